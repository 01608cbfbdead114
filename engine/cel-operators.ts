// CEL's operators: comparing, calculating, membership, index (SPEC.md R-CEL-5, R-CEL-7, R-CEL-8, R-CEL-12, R-CEL-14).
import type { ASTNode } from '@marcbachmann/cel-js'
import { isDate } from '#base/dates.ts'
import { asDecimal, type Compiling, fault, isEmptyList, isExact, isFault, isNumber, isOpen, misfit } from '#engine/cel-typing.ts'
import { type ArithHow, type CompareHow, type Expr, elementType, isList, type NumberType } from '#engine/expr.ts'

/** What a comparison or calculation of two parts is called when it doesn't work with them. */
function mismatch(node: ASTNode, what: string, left: Expr, right: Expr, on: Compiling): Expr | null {
  const [day, text] = left.type === 'string' ? [right, left] : [left, right]
  const dated = day.type === 'date' || day.type === 'timestamp'
  const hint =
    dated && text.op === 'literal' && typeof text.value === 'string'
      ? `write ${day.type}("${isDate(text.value) || day.type === 'timestamp' ? text.value : '2024-01-31'}")`
      : [left.type, right.type].includes('double') && [left.type, right.type].includes('decimal')
        ? 'a decimal is exact, a double is not: write numbers as 1.5 or decimal("1.5")'
        : undefined
  return misfit(node, [left, right], 'bool', on, `${what} doesn't work with ${left.type} and ${right.type}`, hint)
}

const literalBool = (value: boolean): Expr => ({ op: 'literal', type: 'bool', value })

/** Two numbers made comparable: an open one is a decimal beside one, and beside a whole number where that is the same as a double. */
function alike(left: Expr, right: Expr): [Expr, Expr] | null {
  if (!isNumber(left.type) || !isNumber(right.type)) return null
  if (left.type === right.type) return [left, right]
  const [a, b] = [
    right.type === 'decimal' || isShortBeside(left, right) ? asDecimal(left) : left,
    left.type === 'decimal' || isShortBeside(right, left) ? asDecimal(right) : right,
  ]
  return (a.type === 'decimal' && b.type === 'double') || (a.type === 'double' && b.type === 'decimal') ? null : [a, b]
}

/** Up to 15 digits a decimal lies on the same side of every whole number as its double, so the shorter SQL serves. */
function isShortBeside(open: Expr, other: Expr): boolean {
  return other.type !== 'double' && open.op === 'literal' && isOpen(open) && String(open.value).replace(/^-?0*|\./g, '').length <= 15
}

/** The single values in lists of lists. */
function leaves(expr: Expr): Expr[] {
  return expr.op === 'list' ? expr.items.flatMap(leaves) : [expr]
}

/** False, or null where one of the values is. */
export function never(...of: Expr[]): Expr {
  const args = of.flatMap(leaves).filter((one) => one.op !== 'literal')
  return args.length === 0 ? literalBool(false) : { op: 'call', type: 'bool', fn: 'never', args }
}

/** a == b; what it is called in a message is `what`. */
export function equal(node: ASTNode, left: Expr, right: Expr, what: string, on: Compiling): Expr | null {
  if (isFault(left, on) || isFault(right, on)) return fault('bool', on)
  if (left.type === 'null' || right.type === 'null') {
    const of = left.type === 'null' ? right : left
    if (of.type === 'null') return literalBool(true)
    return isList(of.type) && of.op === 'list' ? never(of) : { op: 'not', type: 'bool', of: { op: 'has', type: 'bool', of } }
  }
  const numbers = alike(left, right)
  if (numbers !== null) return { op: 'compare', type: 'bool', how: '==', left: numbers[0], right: numbers[1] }
  if (isList(left.type) && isList(right.type)) return equalLists(node, left, right, what, on)
  if (left.type === right.type) return { op: 'compare', type: 'bool', how: '==', left, right }
  if (on.checking === 'loose' || on.dynamic.has(left) || on.dynamic.has(right)) return never(left, right)
  return mismatch(node, what, left, right, on)
}

function equalLists(node: ASTNode, left: Expr, right: Expr, what: string, on: Compiling): Expr | null {
  if (left.op === 'list' && right.op === 'list') {
    if (left.items.length !== right.items.length) return never(left, right)
    let all: Expr | null = literalBool(true)
    for (const [index, item] of left.items.entries()) {
      const same = equal(node, item, right.items[index] ?? item, what, on)
      if (same === null) return null
      all = index === 0 ? same : { op: 'and', type: 'bool', left: all, right: same }
    }
    return all
  }
  const [a, b] = [isEmptyList(left) ? { ...left, type: right.type } : left, isEmptyList(right) ? { ...right, type: left.type } : right] as [Expr, Expr]
  if (a.type !== b.type || elementType(a.type) === null)
    return on.fail(node, 'cel-refused', `${what} works with lists of one type, found ${left.type} and ${right.type}`)
  return { op: 'call', type: 'bool', fn: 'equalLists', args: [a, b] }
}

/** `==`, `!=`, `<` and so on. */
export function compared(node: ASTNode, how: CompareHow, [a, b]: [ASTNode, ASTNode], on: Compiling): Expr | null {
  const left = on.expr(a)
  const right = on.expr(b)
  if (left === null || right === null) return null
  if (how === '==' || how === '!=') {
    const same = equal(node, left, right, `\`${how}\``, on)
    if (same === null || how === '==') return same
    if (same.op === 'compare') return { ...same, how }
    return same.op === 'not' ? same.of : { op: 'not', type: 'bool', of: same }
  }
  if (isFault(left, on) || isFault(right, on)) return fault('bool', on)
  if (left.type === 'null' || right.type === 'null') return misfit(node, [left, right], 'bool', on, 'null can only be compared with a field, by == or !=')
  const [x, y] = alike(left, right) ?? [left, right]
  if ((isNumber(x.type) && alike(left, right) !== null) || (x.type === y.type && !isList(x.type)))
    return { op: 'compare', type: 'bool', how, left: x, right: y }
  return mismatch(node, `\`${how}\``, left, right, on)
}

const timely: Record<string, Extract<Expr, { op: 'call' }>['fn']> = {
  'timestamp + duration': 'timePlus',
  'duration + timestamp': 'timePlus',
  'timestamp - duration': 'timeMinus',
  'timestamp - timestamp': 'timeBetween',
  'duration + duration': 'durationPlus',
  'duration - duration': 'durationMinus',
}

/** `+`, `-`, `*`, `/`, `%`. */
export function calculated(node: ASTNode, how: ArithHow, [a, b]: [ASTNode, ASTNode], on: Compiling): Expr | null {
  const left = on.expr(a)
  const right = on.expr(b)
  if (left === null || right === null) return null
  if (isFault(left, on) || isFault(right, on)) return fault(isFault(left, on) ? right.type : left.type, on)
  if (how === '+' && left.type === 'string' && right.type === 'string') return { op: 'join', type: 'string', left, right }
  if (how === '+' && left.type === 'bytes' && right.type === 'bytes') return { op: 'call', type: 'bytes', fn: 'joinBytes', args: [left, right] }
  if (how === '+' && isList(left.type) && isList(right.type)) return joined(node, left, right, on)
  if (how === '-' && left.type === 'date' && right.type === 'date') return { op: 'days', type: 'int', left, right }
  if ((how === '+' || how === '-') && left.type === 'date' && right.type === 'int')
    return { op: 'shift', type: 'date', left, days: how === '+' ? right : { op: 'negate', type: 'int', of: right } }
  const fn = timely[`${left.type} ${how} ${right.type}`]
  if (fn !== undefined)
    return {
      op: 'call',
      type: fn.startsWith('time') && fn !== 'timeBetween' ? 'timestamp' : 'duration',
      fn,
      args: left.type === 'duration' && right.type === 'timestamp' ? [right, left] : [left, right],
    }
  const numbers = calculable(left, right)
  if (numbers === null) return mismatch(node, `\`${how}\``, left, right, on)
  const [x, y, type] = numbers
  if (how === '/' && type === 'int' && on.checking === 'exact') return { op: 'arith', type: 'decimal', how, left: asDecimal(x), right: asDecimal(y) }
  if (how === '%' && type !== 'int' && type !== 'uint') return misfit(node, [left, right], 'int', on, '`%` is for whole numbers')
  return { op: 'arith', type, how, left: x, right: y }
}

function calculable(left: Expr, right: Expr): [Expr, Expr, NumberType] | null {
  if (!isNumber(left.type) || !isNumber(right.type)) return null
  if (left.type === right.type) return [left, right, left.type]
  const [a, b] = [asDecimal(left), asDecimal(right)]
  if (isExact(a.type) && isExact(b.type) && (a.type === 'decimal' || b.type === 'decimal')) return [a, b, 'decimal']
  return null
}

function joined(node: ASTNode, left: Expr, right: Expr, on: Compiling): Expr | null {
  if (left.op === 'list' && right.op === 'list' && (left.type !== right.type || left.type === 'list(dyn)')) {
    const type = isEmptyList(left) ? right.type : isEmptyList(right) ? left.type : 'list(dyn)'
    return { op: 'list', type: type as 'list(dyn)', items: [...left.items, ...right.items] }
  }
  if (isEmptyList(left)) return right
  if (isEmptyList(right)) return left
  if (left.type !== right.type || elementType(left.type) === null) return mismatch(node, '`+`', left, right, on)
  return { op: 'call', type: left.type, fn: 'joinLists', args: [left, right] }
}

/** `-x`. */
export function negated(inner: ASTNode, on: Compiling): Expr | null {
  if (inner.op === 'value' && inner.args === 9223372036854775808n) return { op: 'literal', type: 'int', value: '-9223372036854775808' }
  const of = on.expr(inner)
  if (of === null) return null
  if (isFault(of, on)) return of
  if (!isNumber(of.type) || of.type === 'uint') return misfit(inner, [of], 'int', on, `expected number, found ${of.type}`)
  if (of.op === 'literal' && typeof of.value === 'string' && !of.value.startsWith('-')) return { ...of, value: of.value === '0' ? '0' : `-${of.value}` }
  return { op: 'negate', type: of.type, of }
}

/** `a in b`. */
export function membership([a, b]: [ASTNode, ASTNode], on: Compiling): Expr | null {
  const item = on.expr(a)
  const list = on.expr(b)
  if (item === null || list === null) return null
  if (isFault(item, on) || isFault(list, on)) return fault('bool', on)
  if (list.op === 'list') return amongWritten(b, item, list, on)
  const element = elementType(list.type)
  if (element === null) return misfit(b, [list], 'bool', on, `expected list(string), found ${list.type}`)
  const fits = element === 'decimal' ? asDecimal(item) : item
  if (fits.type === element || (element === 'decimal' && fits.type === 'int')) return { op: 'member', type: 'bool', item: fits, list }
  return misfit(a, [item], 'bool', on, `expected ${element}, found ${item.type}`)
}

function amongWritten(listNode: ASTNode, item: Expr, list: Extract<Expr, { op: 'list' }>, on: Compiling): Expr | null {
  const nodes = listNode.op === 'list' ? listNode.args : []
  const each = list.items.map((one, index) => equal(nodes[index] ?? listNode, item, one, '`in`', on))
  if (each.includes(null)) return null
  const known = each.filter((one) => one !== null)
  const [first, ...rest] = known
  if (first === undefined) return never(item)
  const compares = known.filter((one) => one.op === 'compare')
  if (compares.length === known.length && compares.every(({ left }) => left.type === compares[0]?.left.type))
    return { op: 'in', type: 'bool', item: compares[0]?.left ?? item, list: compares.map(({ right }) => right) }
  return rest.reduce((left, right): Expr => ({ op: 'or', type: 'bool', left, right }), first)
}

/** `list[index]`. */
export function indexed(node: ASTNode, object: ASTNode, key: ASTNode, on: Compiling): Expr | null {
  const list = on.expr(object)
  const index = on.expr(key)
  if (list === null || index === null) return null
  if (isFault(list, on)) return list
  const element = elementType(list.type)
  if (element === null) return on.fail(node, 'cel-refused', 'an index is for lists of one type, and for names, as in items["a1"]')
  const whole = index.type === 'int' || (on.dynamic.has(index) && isNumber(index.type) && index.type !== 'decimal')
  return whole ? { op: 'call', type: element, fn: 'at', args: [list, index] } : misfit(key, [index], element, on, `expected int, found ${index.type}`)
}
