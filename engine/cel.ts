// CEL text → typed expression. What SQL can't do exactly as SPEC.md says is refused here, with a place.
import { type ASTNode, Environment, type ParseError } from '@marcbachmann/cel-js'
import { isDate } from '#base/dates.ts'
import { isDecimal } from '#base/decimal.ts'
import { suggest } from '#base/suggest.ts'
import { methodCall, plainCall } from '#engine/cel-calls.ts'
import { type Compiling, isNumber, type Names, ofType, type Problem } from '#engine/cel-typing.ts'
import type { ArithHow, CompareHow, Expr, ExprType } from '#engine/expr.ts'

const syntax = new Environment({ unlistedVariablesAreDyn: true, limits: { maxDepth: 100, maxAstNodes: 5000, maxListElements: 1000 } })

/** Compiles an expression; null when there are problems, which are then all in the list. */
export function compileCel(text: string, names: Names): { expr: Expr | null; problems: Problem[] } {
  const problems: Problem[] = []
  let tree: ASTNode
  try {
    tree = syntax.parse(text).ast
  } catch (error) {
    const { summary, range, message } = error as ParseError
    if (range === undefined && summary === undefined) throw error
    const hint = syntaxHint(text)
    const problem = { offset: range?.start ?? 0, code: 'cel-syntax', message: `not a CEL expression: ${summary ?? message}` }
    return { expr: null, problems: [hint === undefined ? problem : { ...problem, hint }] }
  }
  const on: Compiling = {
    names,
    problems,
    fail: (node, code, message, hint) => {
      problems.push({ offset: node.start, code, message, ...(hint === undefined ? {} : { hint }) })
      return null
    },
    expr: (node) => typed(node, on),
  }
  const expr = typed(tree, on)
  return { expr: problems.length > 0 ? null : expr, problems }
}

/** What was probably meant, for the mistakes that people make most. */
function syntaxHint(text: string): string | undefined {
  const bare = text.replace(/"[^"]*"|'[^']*'/g, '""')
  if (/(^|[^=!<>])=($|[^=])/.test(bare)) return 'two values are compared by =='
  if (/[，。：；（）“”‘’＝＞＜]/.test(bare)) return 'write English punctuation, and text in double quotes'
  if (/\d\s*[%％]/.test(bare)) return 'a number has no per cent sign: write 90, or 0.9'
  if (/\b(and|or|not)\b/i.test(bare)) return 'write &&, ||, !'
  return /[^\x20-\x7e\s]/.test(bare) ? 'names are English; text stands in double quotes' : undefined
}

function typed(node: ASTNode, on: Compiling): Expr | null {
  switch (node.op) {
    case 'value':
      return literal(node, node.args, on)
    case 'id':
      return own(on.names.plain, node.args) ?? unknownName(node, node.args, on)
    case '.':
      return member(node, node.args[0], node.args[1], on)
    case '[]': {
      const [object, key] = node.args
      return key.op === 'value' && typeof key.args === 'string'
        ? member(node, object, key.args, on)
        : on.fail(node, 'cel-refused', 'an index is only for names, as in items["a1"]')
    }
    case '&&':
    case '||': {
      const left = ofType(node.args[0], 'bool', on)
      const right = ofType(node.args[1], 'bool', on)
      return left && right && { op: node.op === '&&' ? 'and' : 'or', type: 'bool', left, right }
    }
    case '!_': {
      const of = ofType(node.args, 'bool', on)
      return of && { op: 'not', type: 'bool', of }
    }
    case '-_':
      return negated(node.args, on)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(node, node.op, node.args, on)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return calculated(node, node.op, node.args, on)
    case '?:':
      return chosen(node, node.args, on)
    case 'in':
      return membership(node, node.args, on)
    case 'call':
      return plainCall(node, node.args[0], node.args[1], on)
    case 'rcall':
      return methodCall(node, node.args[0], node.args[1], node.args[2], on)
    case 'list':
      return on.fail(node, 'cel-refused', 'a list can only stand to the right of `in`')
    case 'map':
    case '.?':
    case '[?]':
      return on.fail(node, 'cel-refused', 'maps and optional fields are not available here')
  }
}

function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function unknownName(node: ASTNode, name: string, on: Compiling): null {
  if (own(on.names.groups, name) !== undefined)
    return on.fail(node, 'cel-name', `\`${name}\` needs a name behind it, as in \`${name}.${Object.keys(on.names.groups[name] ?? {})[0] ?? 'name'}\``)
  const group = Object.entries(on.names.groups).find(([, names]) => own(names, name) !== undefined)?.[0]
  if (group !== undefined) return on.fail(node, 'cel-name', `no field \`${name}\``, `did you mean \`${group}.${name}\`?`)
  return on.fail(node, 'cel-name', `no field \`${name}\``, suggest(name, [...Object.keys(on.names.plain), ...Object.keys(on.names.groups)]))
}

function member(node: ASTNode, object: ASTNode, name: string, on: Compiling): Expr | null {
  const group = object.op === 'id' ? own(on.names.groups, object.args) : undefined
  if (group !== undefined)
    return own(group, name) ?? on.fail(node, 'cel-name', `no \`${name}\` in \`${String(object.args)}\``, suggest(name, Object.keys(group)))
  if (object.op === 'id') return unknownName(object, object.args, on)
  return on.fail(node, 'cel-refused', 'fields of fields are not available here')
}

function literal(node: ASTNode, value: unknown, on: Compiling): Expr | null {
  if (typeof value === 'string')
    return value.includes('\0') ? on.fail(node, 'cel-refused', "text can't hold the character NUL") : { op: 'literal', type: 'string', value }
  if (typeof value === 'boolean') return { op: 'literal', type: 'bool', value }
  if (typeof value === 'bigint' && value > 9223372036854775807n) return on.fail(node, 'cel-refused', 'a whole number has at most 18 digits here')
  if (typeof value === 'bigint') return { op: 'literal', type: 'int', value: String(value) }
  if (value === null) return { op: 'literal', type: 'null', value: null }
  const text = node.input.slice(node.start, node.end)
  if (typeof value === 'number' && isDecimal(text)) return { op: 'literal', type: 'decimal', value: text }
  return on.fail(node, 'cel-refused', `\`${text}\` is not available here`, 'write numbers as 12 or 1.5')
}

function negated(inner: ASTNode, on: Compiling): Expr | null {
  const of = ofType(inner, 'number', on)
  if (of === null || !isNumber(of.type)) return null
  if (of.op === 'literal' && typeof of.value === 'string') return { ...of, value: of.value.startsWith('-') ? of.value.slice(1) : `-${of.value}` }
  return { op: 'negate', type: of.type, of }
}

/** True when the two can be compared: the same scalar type, or numbers. */
function comparable(a: ExprType, b: ExprType): boolean {
  return (a === b && a !== 'list(string)') || (isNumber(a) && isNumber(b))
}

function mismatch(node: ASTNode, what: string, left: Expr, right: Expr, on: Compiling): null {
  const [day, text] = left.type === 'string' ? [right, left] : [left, right]
  const hint =
    (day.type === 'date' || day.type === 'timestamp') && text.op === 'literal' && typeof text.value === 'string'
      ? `write ${day.type}("${isDate(text.value) || day.type === 'timestamp' ? text.value : '2024-01-31'}")`
      : undefined
  return on.fail(node, 'cel-type', `${what} doesn't work with ${left.type} and ${right.type}`, hint)
}

function compared(node: ASTNode, how: CompareHow, [a, b]: [ASTNode, ASTNode], on: Compiling): Expr | null {
  const left = on.expr(a)
  const right = on.expr(b)
  if (left === null || right === null) return null
  if (left.type === 'null' || right.type === 'null') {
    const of = left.type === 'null' ? right : left
    if ((how !== '==' && how !== '!=') || of.type === 'null') return on.fail(node, 'cel-type', 'null can only be compared with a field, by == or !=')
    const has: Expr = { op: 'has', type: 'bool', of }
    return how === '!=' ? has : { op: 'not', type: 'bool', of: has }
  }
  if (!comparable(left.type, right.type)) return mismatch(node, `\`${how}\``, left, right, on)
  return { op: 'compare', type: 'bool', how, left, right }
}

function calculated(node: ASTNode, how: ArithHow, [a, b]: [ASTNode, ASTNode], on: Compiling): Expr | null {
  const left = on.expr(a)
  const right = on.expr(b)
  if (left === null || right === null) return null
  if (how === '+' && left.type === 'string' && right.type === 'string') return { op: 'join', type: 'string', left, right }
  if (how === '-' && left.type === 'date' && right.type === 'date') return { op: 'days', type: 'int', left, right }
  if ((how === '+' || how === '-') && left.type === 'date' && right.type === 'int')
    return { op: 'shift', type: 'date', left, days: how === '+' ? right : { op: 'negate', type: 'int', of: right } }
  if (!isNumber(left.type) || !isNumber(right.type)) return mismatch(node, `\`${how}\``, left, right, on)
  const type = left.type === 'int' && right.type === 'int' ? 'int' : 'decimal'
  if (how === '%' && type === 'decimal') return on.fail(node, 'cel-type', '`%` is for whole numbers')
  return { op: 'arith', type, how, left, right }
}

function chosen(node: ASTNode, [test, a, b]: [ASTNode, ASTNode, ASTNode], on: Compiling): Expr | null {
  const when = ofType(test, 'bool', on)
  const yes = on.expr(a)
  const no = on.expr(b)
  if (when === null || yes === null || no === null) return null
  const type =
    yes.type === 'null' ? no.type : no.type === 'null' || yes.type === no.type ? yes.type : isNumber(yes.type) && isNumber(no.type) ? 'decimal' : null
  if (type === null || type === 'null') return on.fail(node, 'cel-type', `the two sides of \`? :\` must be of one type, found ${yes.type} and ${no.type}`)
  return { op: 'choose', type, when, yes, no }
}

function membership(node: ASTNode, [a, b]: [ASTNode, ASTNode], on: Compiling): Expr | null {
  const item = on.expr(a)
  if (b.op !== 'list') {
    const list = ofType(b, 'list(string)', on)
    if (item === null || list === null) return null
    return item.type === 'string' ? { op: 'member', type: 'bool', item, list } : on.fail(a, 'cel-type', `expected string, found ${item.type}`)
  }
  const list = b.args.map(on.expr)
  if (item === null || list.includes(null)) return null
  const known = list.filter((one) => one !== null)
  for (const [index, one] of known.entries())
    if (!comparable(item.type, one.type) || one.type === 'null') return mismatch(b.args[index] ?? node, '`in`', item, one, on)
  return known.length === 0 ? { op: 'literal', type: 'bool', value: false } : { op: 'in', type: 'bool', item, list: known }
}
