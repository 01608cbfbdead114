// CEL text → typed expression: names, literals, logic, choices. What SQL can't do exactly as SPEC.md says is refused, with a place.
import { type ASTNode, Environment, type ParseError } from '@marcbachmann/cel-js'
import { suggest } from '#base/suggest.ts'
import { methodCall, plainCall } from '#engine/cel-calls.ts'
import { listOf } from '#engine/cel-lists.ts'
import { calculated, compared, indexed, membership, negated } from '#engine/cel-operators.ts'
import { asDecimal, asDynamic, type Checking, type Compiling, fault, isExact, isFault, type Names, ofType, type Problem } from '#engine/cel-typing.ts'
import { type Expr, type ExprType, parts } from '#engine/expr.ts'

const syntax = new Environment({ unlistedVariablesAreDyn: true, limits: { maxDepth: 100, maxAstNodes: 5000, maxListElements: 1000 } })
/** Macros over lists of several types, and `cel.bind`, are written out; that must end. */
const MAX_PARTS = 20_000
const MAX_TESTED = 60

/** Compiles an expression; null when there are problems, which are then all in the list. */
export function compileCel(text: string, names: Names, checking: Checking = 'checked'): { expr: Expr | null; problems: Problem[] } {
  const problems: Problem[] = []
  const tree = parsed(text, problems)
  if (tree === null) return { expr: null, problems }
  const on = compiling(names, checking, problems)
  const expr = on.expr(tree)
  if (expr !== null && expr.type === 'null' && isFault(expr, on)) on.fail(tree, 'cel-refused', 'this is always an error')
  if (expr !== null && problems.length === 0 && holdsMixed(expr)) on.fail(tree, 'cel-refused', 'a list of several types is no value in SQL')
  if (expr !== null && problems.length === 0 && tested(expr) > MAX_TESTED)
    on.fail(tree, 'cel-refused', `more than ${MAX_TESTED} calculations stand inside one another`)
  return { expr: problems.length > 0 ? null : expr, problems }
}

function compiling(names: Names, checking: Checking, problems: Problem[]): Compiling {
  const on = (shared: Omit<Compiling, 'expr' | 'within'>): Compiling => {
    const self: Compiling = { ...shared, expr: (node) => typed(node, self), within: (local) => on({ ...shared, local: { ...shared.local, ...local } }) }
    return self
  }
  const fail: Compiling['fail'] = (node, code, message, hint) => {
    // What a macro writes out several times is said once.
    if (!problems.some((one) => one.offset === node.start && one.code === code))
      problems.push({ offset: node.start, code, message, ...(hint === undefined ? {} : { hint }) })
    return null
  }
  return on({ names, local: {}, checking, problems, dynamic: new WeakSet(), count: { parts: 0, names: 0 }, fail })
}

function parsed(text: string, problems: Problem[]): ASTNode | null {
  try {
    return syntax.parse(text).ast
  } catch (error) {
    const { summary, range, message } = error as ParseError
    if (range === undefined && summary === undefined) throw error
    const hint = syntaxHint(text)
    const problem = { offset: range?.start ?? 0, code: 'cel-syntax', message: `not a CEL expression: ${summary ?? message}` }
    problems.push(hint === undefined ? problem : { ...problem, hint })
    return null
  }
}

/** What was probably meant, for the mistakes that people make most. */
function syntaxHint(text: string): string | undefined {
  const bare = text.replace(/"[^"]*"|'[^']*'/g, '""')
  if (/(^|[^=!<>])=($|[^=])/.test(bare)) return 'two values are compared by =='
  if (/[，。：；（）“”‘’＝＞＜]/.test(bare)) return 'write English punctuation, and text in double quotes'
  if (/\d\s*[%％]/.test(bare)) return 'a number has no per cent sign: write 90, or 0.9'
  if (/\b(and|or|not)\b/i.test(bare)) return 'write &&, ||, !'
  if (/[\w.]\s*\{/.test(bare)) return 'messages are not available here'
  return /[^\x20-\x7e\s]/.test(bare) ? 'names are English; text stands in double quotes' : undefined
}

/** How many values that are tested before use stand inside one another; each is a subselect, which PostgreSQL plans slowly by the hundred. */
function tested(expr: Expr): number {
  const own = expr.op === 'call' || (expr.op === 'arith' && expr.type !== 'decimal') ? 1 : 0
  return own + Math.max(0, ...parts(expr).map(tested))
}

/** A list of several types can be looked into, but it is no value in SQL; an empty one is. */
function holdsMixed(expr: Expr): boolean {
  return expr.op === 'list' && expr.type === 'list(dyn)' && expr.items.length > 0
}

function typed(node: ASTNode, on: Compiling): Expr | null {
  on.count.parts += 1
  if (on.count.parts > MAX_PARTS)
    return on.problems.length > 0 ? null : on.fail(node, 'cel-refused', 'the expression is too large once its macros are written out')
  switch (node.op) {
    case 'value':
      return literal(node, on)
    case 'id':
      return own(on.local, node.args) ?? own(on.names.plain, node.args) ?? unknownName(node, node.args, on)
    case '.':
      return member(node, node.args[0], node.args[1], on)
    case '[]': {
      const [object, key] = node.args
      const named = object.op === 'id' && own(on.local, object.args) === undefined && own(on.names.groups, object.args) !== undefined
      return named && key.op === 'value' && typeof key.args === 'string' ? member(node, object, key.args, on) : indexed(node, object, key, on)
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
      return membership(node.args, on)
    case 'call':
      return plainCall(node, node.args[0], node.args[1], on)
    case 'rcall':
      return methodCall(node, node.args[0], node.args[1], node.args[2], on)
    case 'list':
      return listOf(node.args, on)
    case 'map':
    case '.?':
    case '[?]':
      return on.fail(node, 'cel-refused', 'maps and optional fields are not available here')
  }
}

function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function unknownName(node: ASTNode, name: string, on: Compiling): Expr | null {
  if (on.checking === 'loose') return fault('null', on)
  if (own(on.names.groups, name) !== undefined)
    return on.fail(node, 'cel-name', `\`${name}\` needs a name behind it, as in \`${name}.${Object.keys(on.names.groups[name] ?? {})[0] ?? 'name'}\``)
  const group = Object.entries(on.names.groups).find(([, names]) => own(names, name) !== undefined)?.[0]
  if (group !== undefined) return on.fail(node, 'cel-name', `no field \`${name}\``, `did you mean \`${group}.${name}\`?`)
  const known = [...Object.keys(on.local), ...Object.keys(on.names.plain), ...Object.keys(on.names.groups)]
  const near = suggest(name, known)
  return on.fail(node, 'cel-name', `no field \`${name}\``, near?.startsWith('known') ? `${near}; text stands in double quotes` : near)
}

function member(node: ASTNode, object: ASTNode, name: string, on: Compiling): Expr | null {
  const group = object.op === 'id' && own(on.local, object.args) === undefined ? own(on.names.groups, object.args) : undefined
  if (group !== undefined)
    return own(group, name) ?? on.fail(node, 'cel-name', `no \`${name}\` in \`${String(object.args)}\``, suggest(name, Object.keys(group)))
  if (object.op === 'id' && own(on.local, object.args) === undefined) return unknownName(object, object.args, on)
  return on.fail(node, 'cel-refused', 'fields of fields are not available here')
}

function literal(node: Extract<ASTNode, { op: 'value' }>, on: Compiling): Expr | null {
  const value: unknown = node.args
  if (typeof value === 'string')
    return value.includes('\0') ? on.fail(node, 'cel-refused', "text can't hold the character NUL") : { op: 'literal', type: 'string', value }
  if (typeof value === 'boolean') return { op: 'literal', type: 'bool', value }
  if (typeof value === 'bigint' && value > 9223372036854775807n) return on.fail(node, 'cel-refused', 'a whole number is at most 9223372036854775807')
  if (typeof value === 'bigint') return { op: 'literal', type: 'int', value: String(value) }
  if (value === null) return { op: 'literal', type: 'null', value: null }
  if (typeof value === 'number') return { op: 'literal', type: 'double', value: node.input.slice(node.start, node.end) }
  if (value instanceof Uint8Array && /[^\0-\x7f]/.test(node.input.slice(node.start, node.end)))
    return on.fail(node, 'cel-refused', 'bytes are written in ASCII, others as \\xff')
  if (value instanceof Uint8Array) return { op: 'literal', type: 'bytes', value: Buffer.from(value).toString('hex') }
  return { op: 'literal', type: 'uint', value: String((value as { valueOf: () => unknown }).valueOf()) }
}

/** A literal and where it stands in the text; a minus before a number belongs to it. */
export interface Literal {
  type: ExprType
  value: string | boolean
  start: number
  end: number
}

/** True for a minus right before a number. */
function isNegative(node: ASTNode, text: string): node is Extract<ASTNode, { op: '-_' }> {
  return node.op === '-_' && node.args.op === 'value' && text.slice(node.start + 1, node.args.start).trim() === ''
}

/** The literals of an expression in order, without null; none where it is no CEL. */
export function literalsIn(text: string): Literal[] {
  const tree = parsed(text, [])
  const on = compiling({ plain: {}, groups: {} }, 'checked', [])
  const found: Literal[] = []
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const one of part) walk(one)
      return
    }
    if (typeof part !== 'object' || part === null || !('op' in part)) return
    const node = part as ASTNode
    const expr = node.op === 'value' ? literal(node, on) : isNegative(node, text) ? negated(node.args, on) : null
    if (expr?.op === 'literal' && expr.value !== null) found.push({ type: expr.type, value: expr.value, start: node.start, end: node.end })
    else walk(node.args)
  }
  walk(tree)
  return found.sort((a, b) => a.start - b.start)
}

function chosen(node: ASTNode, [test, a, b]: [ASTNode, ASTNode, ASTNode], on: Compiling): Expr | null {
  const when = ofType(test, 'bool', on)
  const yes = on.expr(a)
  const no = on.expr(b)
  if (when === null || yes === null || no === null) return null
  const fits = (left: Expr, right: Expr): Expr =>
    left.type === 'null' && right.type !== 'null' && left.op === 'literal' ? { ...left, type: right.type } : left
  const [one, other] = [fits(yes, no), fits(no, yes)]
  const dynamic = [yes, no].some((side) => on.dynamic.has(side) && !isFault(side, on))
  const made = (type: ExprType, left: Expr, right: Expr): Expr => {
    const expr: Expr = { op: 'choose', type, when, yes: left, no: right }
    return dynamic ? asDynamic(expr, on) : expr
  }
  if (one.type === other.type && one.type !== 'null') return made(one.type, yes, no)
  const [left, right] = [asDecimal(one), asDecimal(other)]
  if (isExact(left.type) && isExact(right.type)) return made('decimal', left, right)
  return on.fail(node, 'cel-type', `the two sides of \`? :\` must be of one type, found ${yes.type} and ${no.type}`)
}
