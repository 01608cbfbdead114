// The functions that CEL expressions may call (SPEC.md R-CEL-3, R-CEL-6 to R-CEL-9).
import type { ASTNode } from '@marcbachmann/cel-js'
import { isDate } from '#base/dates.ts'
import { isDecimal } from '#base/decimal.ts'
import { suggest } from '#base/suggest.ts'
import { type Compiling, isNumber, ofType } from '#engine/cel-typing.ts'
import type { Expr } from '#engine/expr.ts'

const plainNames = ['has', 'size', 'date', 'timestamp', 'decimal', 'min', 'max', 'round']
const methodNames = ['startsWith', 'endsWith', 'contains', 'size', 'getFullYear', 'getMonth', 'getDate', 'getDayOfMonth']
const whyRefused: Record<string, string> = {
  matches: "PostgreSQL's regular expressions differ from CEL's; use startsWith, endsWith, contains or ==",
  double: 'there are no floats here; 1.5 is a decimal',
  exists: 'macros over lists are not available; use `in`',
  all: 'macros over lists are not available; use `in`',
  filter: 'macros over lists are not available',
  map: 'macros over lists are not available',
}
const moment = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/

function refused(node: ASTNode, name: string, known: string[], on: Compiling): null {
  return on.fail(node, 'cel-refused', `no function \`${name}\` here`, whyRefused[name] ?? suggest(name, known))
}

function given(node: ASTNode, name: string, args: ASTNode[], count: number, on: Compiling): boolean {
  if (args.length === count) return true
  on.fail(node, 'cel-type', `\`${name}\` takes ${count} argument${count === 1 ? '' : 's'}, found ${args.length}`)
  return false
}

/** `name(args)`. */
export function plainCall(node: ASTNode, name: string, args: ASTNode[], on: Compiling): Expr | null {
  if (!plainNames.includes(name)) return refused(node, name, plainNames, on)
  if (!given(node, name, args, ['min', 'max', 'round'].includes(name) ? 2 : 1, on)) return null
  const [first, second] = args
  if (first === undefined) return null
  if (name === 'has') {
    const of = on.expr(first)
    return of === null ? null : of.op === 'ref' ? { op: 'has', type: 'bool', of } : on.fail(first, 'cel-type', '`has` takes a field')
  }
  if (name === 'size') return sizeOf(first, on)
  if (name === 'date' || name === 'timestamp' || name === 'decimal') return constant(first, name, on)
  const left = ofType(first, 'number', on)
  const right = second === undefined ? null : ofType(second, 'number', on)
  if (left === null || right === null || !isNumber(left.type) || !isNumber(right.type)) return null
  if (name === 'min' || name === 'max') return { op: 'pick', type: left.type === 'int' && right.type === 'int' ? 'int' : 'decimal', how: name, left, right }
  if (right.op !== 'literal' || right.type !== 'int' || Number(right.value) < 0 || Number(right.value) > 12)
    return on.fail(second ?? node, 'cel-type', '`round` takes a number of places from 0 to 12, written out')
  return { op: 'round', type: 'decimal', of: left, places: Number(right.value) }
}

function sizeOf(node: ASTNode, on: Compiling): Expr | null {
  const of = on.expr(node)
  if (of === null) return null
  return of.type === 'string' || of.type === 'list(string)'
    ? { op: 'size', type: 'int', of }
    : on.fail(node, 'cel-type', `\`size\` takes text or a list, found ${of.type}`)
}

function constant(node: ASTNode, type: 'date' | 'timestamp' | 'decimal', on: Compiling): Expr | null {
  const of = on.expr(node)
  if (of === null) return null
  if (type === 'decimal' && of.type === 'int')
    return { op: 'arith', type: 'decimal', how: '*', left: of, right: { op: 'literal', type: 'decimal', value: '1' } }
  const example = { date: '2024-01-31', timestamp: '2024-01-31T08:00:00+08:00', decimal: '1.5' }[type]
  const fits = of.op === 'literal' && typeof of.value === 'string' && of.type === 'string'
  const good =
    fits &&
    (type === 'date'
      ? isDate(of.value as string)
      : type === 'decimal'
        ? isDecimal(of.value as string)
        : moment.test(of.value as string) && isDate((of.value as string).slice(0, 10)))
  return good ? { op: 'literal', type, value: (of as { value: string }).value } : on.fail(node, 'cel-type', `\`${type}\` takes text such as "${example}"`)
}

/** `receiver.name(args)`. */
export function methodCall(node: ASTNode, name: string, receiver: ASTNode, args: ASTNode[], on: Compiling): Expr | null {
  if (!methodNames.includes(name)) return refused(node, name, methodNames, on)
  if (name === 'startsWith' || name === 'endsWith' || name === 'contains') {
    if (!given(node, name, args, 1, on)) return null
    const left = ofType(receiver, 'string', on)
    const right = args[0] === undefined ? null : ofType(args[0], 'string', on)
    return left && right && { op: 'text', type: 'bool', how: name, left, right }
  }
  if (!given(node, name, args, 0, on)) return null
  if (name === 'size') return sizeOf(receiver, on)
  const of = ofType(receiver, 'date', on)
  if (of === null) return null
  const part: Expr = { op: 'part', type: 'int', part: name === 'getFullYear' ? 'year' : name === 'getMonth' ? 'month' : 'day', of }
  // CEL counts months, and getDayOfMonth days, from 0.
  return name === 'getMonth' || name === 'getDayOfMonth'
    ? { op: 'arith', type: 'int', how: '-', left: part, right: { op: 'literal', type: 'int', value: '1' } }
    : part
}
