// Typed expression → SQL. Numbers are numeric, comparisons of text go by code point, an error is null (SPEC.md R-CEL).
import { comparePlaces, quotientPlaces } from '#base/decimal.ts'
import type { Expr } from '#engine/expr.ts'
import type { Writer } from '#engine/sql.ts'

type Ref = Extract<Expr, { op: 'ref' }>
/** Where a reference's value stands in the statement. */
export type Resolve = (ref: Ref) => string

const sqlTypes = {
  string: 'text',
  int: 'bigint',
  decimal: 'numeric',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  'list(string)': 'text[]',
  null: 'text',
} as const
const operators = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const

/** a ÷ b, exactly to 30 places, null when b is 0 (R-NUM-1). */
export function quotient(a: string, b: string): string {
  return `(div((${a}) * 1e${quotientPlaces}, nullif(${b}, 0)) * 1e-${quotientPlaces})`
}

/** Rounded for comparing (R-NUM-2). */
export function comparing(number: string): string {
  return `round(${number}, ${comparePlaces})`
}

/** True when a quotient may be in the value, so that it is rounded before it is compared. */
export function mayBeQuotient(expr: Expr): boolean {
  switch (expr.op) {
    case 'ref':
      return expr.scope !== 'column' && expr.scope !== 'subject' && expr.scope !== 'item'
    case 'arith':
      return (expr.how === '/' && expr.type === 'decimal') || mayBeQuotient(expr.left) || mayBeQuotient(expr.right)
    case 'pick':
      return mayBeQuotient(expr.left) || mayBeQuotient(expr.right)
    case 'negate':
      return mayBeQuotient(expr.of)
    case 'choose':
      return mayBeQuotient(expr.yes) || mayBeQuotient(expr.no)
    default:
      return false
  }
}

/** An expression as SQL. */
export function celSql(expr: Expr, resolve: Resolve, writer: Writer): string {
  const sql = (part: Expr): string => celSql(part, resolve, writer)
  const number = (part: Expr): string =>
    part.op === 'literal' ? writer.bind(part.value, 'numeric') : part.op === 'ref' && part.type === 'int' ? `${sql(part)}::numeric` : sql(part)
  // Text is ordered by code point; equality is the same in every collation and keeps its index.
  const side = (part: Expr): string => {
    if (part.type === 'string' && expr.op === 'compare' && expr.how !== '==' && expr.how !== '!=') return `${sql(part)} collate "C"`
    return part.type === 'decimal' && mayBeQuotient(part) ? comparing(sql(part)) : sql(part)
  }
  switch (expr.op) {
    case 'literal':
      return writer.bind(expr.value, sqlTypes[expr.type])
    case 'ref':
      return resolve(expr)
    case 'compare':
      return `(${side(expr.left)} ${operators[expr.how]} ${side(expr.right)})`
    case 'and':
    case 'or':
      return `(${sql(expr.left)} ${expr.op} ${sql(expr.right)})`
    case 'not':
      return `(not ${sql(expr.of)})`
    case 'has':
      return `(${sql(expr.of)} is not null)`
    case 'arith': {
      const [a, b] = [number(expr.left), number(expr.right)]
      if (expr.how === '/') return expr.type === 'int' ? `div(${a}, nullif(${b}, 0))` : quotient(a, b)
      return expr.how === '%' ? `mod(${a}, nullif(${b}, 0))` : `(${a} ${expr.how} ${b})`
    }
    case 'negate':
      return `(- ${number(expr.of)})`
    case 'choose': {
      const value = (part: Expr): string =>
        part.type === 'null' ? writer.bind(null, isNumeric(expr) ? 'numeric' : sqlTypes[expr.type]) : isNumeric(expr) ? number(part) : sql(part)
      const [yes, no] = [value(expr.yes), value(expr.no)]
      return `(case when ${sql(expr.when)} then ${yes} when not ${sql(expr.when)} then ${no} end)`
    }
    case 'in':
      if (expr.list.every((one) => one.op === 'literal' && one.type === 'string'))
        return `(${sql(expr.item)} = any(${writer.bind(
          expr.list.map((one) => (one.op === 'literal' ? one.value : null)),
          'text[]',
        )}))`
      return `(${expr.list.map((one) => `${side(expr.item)} = ${side(one)}`).join(' or ')})`
    case 'member':
      // `= any` would give false for null in an empty list, and null for a text that isn't beside nulls.
      return `(case when ${sql(expr.item)} is not null and ${sql(expr.list)} is not null then array_position(${sql(expr.list)}, ${sql(expr.item)}) is not null end)`
    case 'text': {
      const [a, b] = [sql(expr.left), sql(expr.right)]
      if (expr.how === 'startsWith') return `starts_with(${a}, ${b})`
      return expr.how === 'endsWith' ? `(right(${a}, char_length(${b})) = ${b})` : `(strpos(${a}, ${b}) > 0)`
    }
    case 'join':
      return `(${sql(expr.left)} || ${sql(expr.right)})`
    case 'size':
      return expr.of.type === 'string' ? `char_length(${sql(expr.of)})::bigint` : `cardinality(${sql(expr.of)})::bigint`
    case 'days':
      return `(${sql(expr.left)} - ${sql(expr.right)})::bigint`
    case 'shift':
      return `(case when abs(${sql(expr.days)}) <= 100000 then ${sql(expr.left)} + (${sql(expr.days)})::int end)`
    case 'part':
      return `extract(${expr.part} from ${sql(expr.of)})::bigint`
    case 'pick': {
      const [a, b] = [number(expr.left), number(expr.right)]
      const [x, y] = [expr.left, expr.right].map((part, index) => (mayBeQuotient(part) ? comparing(index === 0 ? a : b) : index === 0 ? a : b))
      return `(case when ${x} ${expr.how === 'min' ? '<=' : '>='} ${y} then ${a} when ${b} is not null and ${a} is not null then ${b} end)`
    }
    case 'round':
      return `round(${comparing(number(expr.of))}, ${expr.places})`
  }
}

function isNumeric(expr: Expr): boolean {
  return expr.type === 'int' || expr.type === 'decimal'
}
