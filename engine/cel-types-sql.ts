// How CEL's types stand in SQL, and how a value that a formula needs twice is computed once.
import type { Expr, ExprType } from '#engine/expr.ts'
import { elementType } from '#engine/expr.ts'

// int is bigint in columns and numeric in what is calculated; a moment that isn't a column's is numeric seconds since 1970.
const scalars: Record<string, string> = {
  string: 'text',
  int: 'bigint',
  uint: 'numeric',
  double: 'float8',
  decimal: 'numeric',
  bool: 'boolean',
  bytes: 'bytea',
  date: 'date',
  timestamp: 'timestamptz',
  duration: 'numeric',
  null: 'text',
}
const elements: Record<string, string> = { ...scalars, int: 'numeric', timestamp: 'numeric' }

/** The SQL type of a column of a type. */
export function sqlType(type: ExprType): string {
  const element = elementType(type)
  return element === null ? (scalars[type] ?? 'text[]') : `${elements[element]}[]`
}

/** A literal's value as a parameter: a double that is too small is 0, as CEL reads it. */
export function boundValue(type: ExprType, value: unknown): unknown {
  if (type === 'bytes' && typeof value === 'string') return `\\x${value}`
  if (type !== 'double' || typeof value !== 'string') return value
  const number = Number(value)
  return Object.is(number, -0) ? '-0' : String(number)
}

const simple = /^(\$\d+(::[\w[\]]+)?|[\w".]+|\([\w".]+ - 1\))$/

/** A formula over values; those that aren't names or marks already are computed once, in a subselect that the planner keeps. */
export function once(values: string[], formula: (...names: string[]) => string): string {
  if (values.every((value) => simple.test(value))) return formula(...values)
  const level = 1 + Math.max(0, ...values.flatMap((value) => [...value.matchAll(/\bv(\d+)\./g)].map(([, number]) => Number(number))))
  const complex = values.filter((value) => !simple.test(value))
  const names = values.map((value) => (simple.test(value) ? value : `v${level}.a${complex.indexOf(value)}`))
  return `(select ${formula(...names)} from (select ${complex.map((value, index) => `${value} as a${index}`).join(', ')} offset 0) v${level})`
}

const least: Record<string, bigint> = { int: -(2n ** 63n), uint: 0n }
const most: Record<string, bigint> = { int: 2n ** 63n - 1n, uint: 2n ** 64n - 1n }
type Bounds = [bigint, bigint]

/** The range in which an int or uint lies, by its type and what it is made of. */
export function boundsOf(expr: Expr): Bounds {
  const [from, to] = reachOf(expr)
  const [low, high] = [least[expr.type] ?? from, most[expr.type] ?? to]
  return [from < low ? low : from, to > high ? high : to]
}

/** True when a calculated int or uint may lie outside its type's range, which is an error (R-CEL-5). */
export function mayOverflow(expr: Expr): boolean {
  if (expr.type !== 'int' && expr.type !== 'uint') return false
  const [from, to] = reachOf(expr)
  return from < (least[expr.type] ?? from) || to > (most[expr.type] ?? to)
}

/** `between` for the range of an int or uint. */
export function rangeOf(type: ExprType): string {
  return `between ${least[type] ?? 0n} and ${most[type] ?? 0n}`
}

function reachOf(expr: Expr): Bounds {
  const all: Bounds = [least[expr.type] ?? 0n, most[expr.type] ?? 0n]
  switch (expr.op) {
    case 'literal':
      return typeof expr.value === 'string' ? [BigInt(expr.value), BigInt(expr.value)] : all
    case 'size':
    case 'days':
    case 'part':
      return [expr.op === 'size' ? 0n : -(2n ** 31n), 2n ** 31n]
    case 'each':
      return expr.what === 'place' ? [0n, 2n ** 31n] : all
    case 'choose':
      return around([...boundsOf(expr.yes), ...boundsOf(expr.no)])
    case 'pick':
      return around([...boundsOf(expr.left), ...boundsOf(expr.right)])
    case 'negate': {
      const [from, to] = boundsOf(expr.of)
      return [-to, -from]
    }
    case 'arith':
      return calculatedReach(expr)
    default:
      return all
  }
}

function around(values: bigint[]): Bounds {
  const inOrder = values.toSorted((a, b) => (a < b ? -1 : 1))
  return [inOrder[0] ?? 0n, inOrder.at(-1) ?? 0n]
}

function calculatedReach({ how, left, right }: Extract<Expr, { op: 'arith' }>): Bounds {
  const [[a, b], [c, d]] = [boundsOf(left), boundsOf(right)]
  switch (how) {
    case '+':
      return [a + c, b + d]
    case '-':
      return [a - d, b - c]
    case '*':
      return around([a * c, a * d, b * c, b * d])
    case '/':
      return around([a, b, 0n, ...(c <= -1n && d >= -1n ? [-a, -b] : [])])
    case '%':
      return around([a, b, 0n])
  }
}
