// The functions that CEL expressions may call: macros, those that need a look at how they are written, and the table of overloads.
import type { ASTNode } from '@marcbachmann/cel-js'
import { isDate } from '#base/dates.ts'
import { isDecimal } from '#base/decimal.ts'
import { suggest } from '#base/suggest.ts'
import { formatted } from '#engine/cel-format.ts'
import { methods, type Overload, plains } from '#engine/cel-functions.ts'
import { bound, macroCall, macroNames } from '#engine/cel-lists.ts'
import { never } from '#engine/cel-operators.ts'
import { asDecimal, asDynamic, type Compiling, fault, fitting, isExact, isFault, isNumber, misfit, ofType } from '#engine/cel-typing.ts'
import { isPattern, isZone } from '#engine/cel-written.ts'
import { type Expr, isList } from '#engine/expr.ts'

const ownNames = ['has', 'size', 'date', 'decimal', 'min', 'max', 'round', 'floor', 'ceil', 'dyn', 'cel.bind', 'math.greatest', 'math.least']
const plainNames = [...ownNames, ...Object.keys(plains)]
const ownMethods = ['startsWith', 'endsWith', 'contains', 'size', 'format']
const methodNames = [...ownMethods, ...macroNames, ...Object.keys(methods)]
const whyRefused: Record<string, string> = {
  type: 'types are no values here',
  transformMap: 'maps are not available here',
  transformMapEntry: 'maps are not available here',
}
const moment = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/
const precise = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{7,9}(Z|[+-]\d{2}:\d{2})$/

function refused(node: ASTNode, name: string, known: string[], on: Compiling): null {
  return on.fail(node, 'cel-refused', `no function \`${name}\` here`, whyRefused[name] ?? suggest(name, known))
}

/** True when there are as many arguments as wanted; else says so. */
function given(node: ASTNode, name: string, args: ASTNode[], count: number, on: Compiling): boolean {
  if (args.length === count) return true
  on.fail(node, 'cel-type', `\`${name}\` takes ${count} argument${count === 1 ? '' : 's'}, found ${args.length}`)
  return false
}

/** `name(args)`. */
export function plainCall(node: ASTNode, name: string, args: ASTNode[], on: Compiling): Expr | null {
  if (!plainNames.includes(name)) return refused(node, name, plainNames, on)
  if (name === 'cel.bind') return given(node, name, args, 3, on) ? bound(node, args, on) : null
  if (name === 'math.greatest' || name === 'math.least') return extreme(node, name === 'math.greatest' ? 'greatest' : 'least', args, on)
  if (!ownNames.includes(name) && !(name === 'timestamp' && isWritten(args))) return overloaded(node, name, args, plains[name] ?? [], on)
  if (!given(node, name, args, ['min', 'max', 'round'].includes(name) ? 2 : 1, on)) return null
  const [first, second] = args
  if (first === undefined) return null
  if (name === 'has') {
    const of = on.expr(first)
    return of === null ? null : of.op === 'ref' ? { op: 'has', type: 'bool', of } : on.fail(first, 'cel-type', '`has` takes a field')
  }
  if (name === 'dyn') {
    const of = on.expr(first)
    return of && asDynamic(of, on)
  }
  if (name === 'size') return sizeOf(first, on)
  if (name === 'date' || name === 'timestamp' || name === 'decimal') return constant(first, name, on)
  const left = ofType(first, 'number', on)
  if (name === 'floor' || name === 'ceil')
    return left && isExact(left.type) ? { op: 'round', type: 'decimal', of: left, places: 0, toward: name === 'floor' ? 'down' : 'up' } : null
  const right = second === undefined ? null : ofType(second, 'number', on)
  if (left === null || right === null || !isExact(left.type) || !isExact(right.type)) return null
  if (name === 'min' || name === 'max') return { op: 'pick', type: left.type === 'int' && right.type === 'int' ? 'int' : 'decimal', how: name, left, right }
  if (right.op !== 'literal' || right.type !== 'int' || Number(right.value) < 0 || Number(right.value) > 12)
    return on.fail(second ?? node, 'cel-type', '`round` takes a number of places from 0 to 12, written out')
  return { op: 'round', type: 'decimal', of: left, places: Number(right.value) }
}

function isWritten([arg]: ASTNode[]): boolean {
  return arg?.op === 'value' && typeof arg.args === 'string' && !precise.test(arg.args)
}

function sizeOf(node: ASTNode, on: Compiling): Expr | null {
  const of = on.expr(node)
  if (of === null) return null
  if (of.op === 'list')
    return { op: 'size', type: 'int', of: of.type === 'list(dyn)' ? { ...of, type: 'list(bool)', items: of.items.map((one) => never(one)) } : of }
  return of.type === 'string' || of.type === 'bytes' || isList(of.type)
    ? { op: 'size', type: 'int', of }
    : misfit(node, [of], 'int', on, `\`size\` takes text or a list, found ${of.type}`)
}

function constant(node: ASTNode, type: 'date' | 'timestamp' | 'decimal', on: Compiling): Expr | null {
  const of = on.expr(node)
  if (of === null) return null
  if (type === 'decimal' && of.type === 'int')
    return { op: 'arith', type: 'decimal', how: '*', left: of, right: { op: 'literal', type: 'decimal', value: '1' } }
  if (type === 'decimal' && asDecimal(of).type === 'decimal') return asDecimal(of)
  const example = { date: '2024-01-31', timestamp: '2024-01-31T08:00:00+08:00', decimal: '1.5' }[type]
  const fits = of.op === 'literal' && typeof of.value === 'string' && of.type === 'string'
  const good =
    fits &&
    (type === 'date'
      ? isDate(of.value as string)
      : type === 'decimal'
        ? isDecimal(of.value as string)
        : moment.test(of.value as string) && isDate((of.value as string).slice(0, 10)))
  return good ? { op: 'literal', type, value: (of as { value: string }).value } : on.fail(node, 'cel-constant', `\`${type}\` takes text such as "${example}"`)
}

/** `receiver.name(args)`. */
export function methodCall(node: ASTNode, name: string, receiver: ASTNode, args: ASTNode[], on: Compiling): Expr | null {
  const spaced = receiver.op === 'id' ? `${receiver.args}.${name}` : ''
  if (plainNames.includes(spaced)) return plainCall(node, spaced, args, on)
  if (macroNames.includes(name)) return macroCall(node, name, receiver, args, on)
  if (!methodNames.includes(name)) return refused(node, name, methodNames, on)
  if (name === 'format') return given(node, name, args, 1, on) ? formatted(node, receiver, args[0] ?? node, on) : null
  if (name === 'startsWith' || name === 'endsWith' || name === 'contains') {
    if (!given(node, name, args, 1, on)) return null
    const left = ofType(receiver, 'string', on)
    const right = args[0] === undefined ? null : ofType(args[0], 'string', on)
    return left && right && { op: 'text', type: 'bool', how: name, left, right }
  }
  if (name === 'size') return given(node, name, args, 0, on) ? sizeOf(receiver, on) : null
  return overloaded(node, name, [receiver, ...args], methods[name] ?? [], on)
}

const dateParts: Record<string, 'year' | 'month' | 'day'> = { getFullYear: 'year', getMonth: 'month', getDate: 'day', getDayOfMonth: 'day' }

function overloaded(node: ASTNode, name: string, nodes: ASTNode[], overloads: Overload[], on: Compiling): Expr | null {
  const args = nodes.map(on.expr)
  if (args.includes(null)) return null
  const known = args.filter((arg) => arg !== null)
  const [first] = known
  const datePart = dateParts[name]
  if (first?.type === 'date' && known.length === 1 && datePart !== undefined) return partOfDate(name, datePart, first)
  const [last] = overloads
  if (known.some((arg) => isFault(arg, on))) return fault(last?.gives ?? 'null', on)
  const sized = overloads.filter(({ takes }) => takes.length === known.length)
  const [candidate] = sized
  if (candidate === undefined || last === undefined) {
    const counts = [...new Set(overloads.map(({ takes }) => takes.length - (name in methods && !(name in plains) ? 1 : 0)))]
    return misfit(
      node,
      known,
      last?.gives ?? 'null',
      on,
      `\`${name}\` takes ${counts.join(' or ')} argument${counts.join() === '1' ? '' : 's'}, found ${known.length - (name in methods && !(name in plains) ? 1 : 0)}`,
    )
  }
  const chosen = sized.find(({ takes }) => takes.every((type, index) => known[index]?.type === type || (type === 'list(string)' && isEmptyText(known[index]))))
  if (chosen !== undefined) return checkedCall(chosen, known, nodes, on)
  if (sized.length > 1)
    return misfit(
      nodes[0] ?? node,
      known,
      candidate.gives,
      on,
      `\`${name}\` takes ${[...new Set(sized.map(({ takes }) => takes.join(', ')))].join(' or ')}, found ${known.map(({ type }) => type).join(', ')}`,
    )
  for (const [index, type] of candidate.takes.entries()) {
    const arg = known[index]
    const at = nodes[index]
    if (arg === undefined || at === undefined) continue
    const fit = fitting(at, arg, type, on)
    if (fit === null) return null
    if (isFault(fit, on)) return fault(candidate.gives, on)
  }
  return checkedCall(candidate, known, nodes, on)
}

function isEmptyText(expr: Expr | undefined): boolean {
  return expr?.op === 'list' && expr.items.length === 0
}

/** CEL counts months, and getDayOfMonth days, from 0. */
function partOfDate(name: string, part: 'year' | 'month' | 'day', of: Expr): Expr {
  const expr: Expr = { op: 'part', type: 'int', part, of }
  return name === 'getMonth' || name === 'getDayOfMonth'
    ? { op: 'arith', type: 'int', how: '-', left: expr, right: { op: 'literal', type: 'int', value: '1' } }
    : expr
}

function checkedCall({ fn, takes, gives, written }: Overload, args: Expr[], nodes: ASTNode[], on: Compiling): Expr | null {
  const fitted = args.map(
    (arg, index): Expr => (isEmptyText(arg) && takes[index] === 'list(string)' ? { ...(arg as Extract<Expr, { op: 'list' }>), type: 'list(string)' } : arg),
  )
  const [first] = fitted
  if (fn === 'same' && first !== undefined) return first
  const constant = written === undefined ? undefined : fitted[written]
  const at = written === undefined ? undefined : nodes[written]
  if (constant !== undefined && at !== undefined) {
    const text = constant.op === 'literal' ? String(constant.value) : null
    if (text === null) return on.fail(at, 'cel-constant', `${fn === 'matches' ? 'the pattern' : 'the time zone'} has to be written out`)
    if (fn === 'matches' && !isPattern(text))
      return on.fail(
        at,
        'cel-refused',
        'this pattern may mean something else in PostgreSQL; use plain characters, . * + ? | ( ) [ ] ^ $ and {n,m}, or startsWith, endsWith, contains',
      )
    if (fn !== 'matches' && !isZone(text)) return on.fail(at, 'cel-type', `no time zone \`${text}\``, 'write "Asia/Shanghai" or "+08:00"')
  }
  return { op: 'call', type: gives, fn, args: fitted }
}

/** `math.greatest(a, b, …)`, also of one list written out. */
function extreme(node: ASTNode, fn: 'greatest' | 'least', nodes: ASTNode[], on: Compiling): Expr | null {
  const args = nodes.map(on.expr)
  if (args.includes(null)) return null
  const known = args.filter((arg) => arg !== null)
  const [only] = known
  const values = only?.op === 'list' && known.length === 1 ? only.items : known
  const [first] = values
  if (first === undefined) return on.fail(node, 'cel-type', `\`math.${fn}\` takes numbers`)
  const odd = values.findIndex((value) => !isNumber(value.type))
  if (odd >= 0) return misfit(nodes[odd] ?? node, values, 'double', on, `expected number, found ${values[odd]?.type}`)
  if (values.length === 1) return first
  const exact = values.map(asDecimal)
  const isSame = values.every((value) => value.type === first.type)
  const type = isSame ? first.type : values.some((value) => value.type === 'decimal') && exact.every((value) => isExact(value.type)) ? 'decimal' : null
  if (type === null)
    return on.fail(node, 'cel-refused', `\`math.${fn}\` takes numbers of one type here, found ${[...new Set(values.map((value) => value.type))].join(', ')}`)
  return { op: 'call', type, fn, args: type === 'decimal' ? exact : values }
}
