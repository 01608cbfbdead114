// Typed expression → SQL. Numbers are numeric, comparisons of text go by code point, an error is null (SPEC.md R-CEL).
import { comparePlaces, quotientPlaces } from '#base/decimal.ts'
import { callFormula } from '#engine/cel-call-sql.ts'
import { doubleArith, doubleCompare } from '#engine/cel-double-sql.ts'
import { localSeconds, zoned } from '#engine/cel-time-sql.ts'
import { boundValue, mayOverflow, once, rangeOf, sqlType } from '#engine/cel-types-sql.ts'
import { patternForSql } from '#engine/cel-written.ts'
import { type CompareHow, type Expr, elementType, isList } from '#engine/expr.ts'
import type { Writer } from '#engine/sql.ts'

type Ref = Extract<Expr, { op: 'ref' }>
/** Where a reference's value stands in the statement. */
export type Resolve = (ref: Ref) => string

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
  const number = (part: Expr): string => {
    if (part.op === 'literal') return writer.bind(part.value, 'numeric')
    return part.type === 'int' && (part.op === 'ref' || part.op === 'call') ? `${sql(part)}::numeric` : sql(part)
  }
  const seconds = (part: Expr): string => (isColumnTime(part) ? inSeconds(sql(part)) : sql(part))
  const argument = (part: Expr): string => (part.type === 'timestamp' ? seconds(part) : sql(part))
  // Text is ordered by code point; equality is the same in every collation and keeps its index.
  const side = (part: Expr, other: Expr, how: CompareHow): string => {
    if (part.type === 'string' && how !== '==' && how !== '!=') return `${sql(part)} collate "C"`
    if (part.type === 'timestamp') return isColumnTime(other) ? sql(part) : seconds(part)
    return part.type === 'decimal' && mayBeQuotient(part) ? comparing(sql(part)) : sql(part)
  }
  const compared = (how: CompareHow, left: Expr, right: Expr): string => {
    if (left.type === 'timestamp' && isColumnTime(left) !== isColumnTime(right)) return `${seconds(left)} ${operators[how]} ${seconds(right)}`
    if (left.type !== 'double' && right.type !== 'double') return `${side(left, right, how)} ${operators[how]} ${side(right, left, how)}`
    const [a, b] = [left, right].map((part) => (part.type === 'double' ? sql(part) : `(${sql(part)})::float8`)) as [string, string]
    return mayBeNan(left) || mayBeNan(right) ? doubleCompare(how, operators[how], a, b) : `${a} ${operators[how]} ${b}`
  }
  switch (expr.op) {
    case 'literal':
      return writer.bind(boundValue(expr.type, expr.value), sqlType(expr.type))
    case 'ref':
      return resolve(expr)
    case 'compare':
      return `(${compared(expr.how, expr.left, expr.right)})`
    case 'and':
    case 'or':
      return `(${sql(expr.left)} ${expr.op} ${sql(expr.right)})`
    case 'not':
      return `(not ${sql(expr.of)})`
    case 'has':
      return `(${sql(expr.of)} is not null)`
    case 'arith': {
      if (expr.type === 'double') return doubleArith(expr.how, sql(expr.left), sql(expr.right))
      const [a, b] = [number(expr.left), number(expr.right)]
      if (expr.how === '/' && expr.type === 'decimal') return quotient(a, b)
      return inRange(expr, expr.how === '/' ? `div(${a}, nullif(${b}, 0))` : expr.how === '%' ? `mod(${a}, nullif(${b}, 0))` : `(${a} ${expr.how} ${b})`)
    }
    case 'negate':
      return inRange(expr, `(- ${number(expr.of)})`)
    case 'choose': {
      const value = (part: Expr): string => {
        if (part.type === 'null') return writer.bind(null, isExactNumber(expr) ? 'numeric' : expr.type === 'timestamp' ? 'numeric' : sqlType(expr.type))
        return isExactNumber(expr) ? number(part) : argument(part)
      }
      return `(case ${sql(expr.when)} when true then ${value(expr.yes)} when false then ${value(expr.no)} end)`
    }
    case 'in':
      if (expr.list.every((one) => one.op === 'literal' && one.type === 'string'))
        return `(${sql(expr.item)} = any(${writer.bind(
          expr.list.map((one) => (one.op === 'literal' ? one.value : null)),
          'text[]',
        )}))`
      return `(${expr.list.map((one) => compared('==', expr.item, one)).join(' or ')})`
    case 'member':
      // `= any` would give false for null in an empty list, and null for a text that isn't beside nulls.
      return once(
        [elementType(expr.list.type) === 'string' ? sql(expr.item) : isExactNumber(expr.item) ? number(expr.item) : argument(expr.item), sql(expr.list)],
        (item, list) => {
          const found = `array_position(${list}, ${item}) is not null${expr.item.type === 'double' ? ` and ${item} <> 'NaN'::float8` : ''}`
          return `(case when ${item} is not null and ${list} is not null then ${found} end)`
        },
      )
    case 'text': {
      const [a, b] = [sql(expr.left), sql(expr.right)]
      if (expr.how === 'startsWith') return `starts_with(${a}, ${b})`
      return expr.how === 'endsWith' ? once([a, b], (x, y) => `(right(${x}, char_length(${y})) = ${y})`) : `(strpos(${a}, ${b}) > 0)`
    }
    case 'join':
      return `(${sql(expr.left)} || ${sql(expr.right)})`
    case 'size': {
      const of = sql(expr.of)
      return `${expr.of.type === 'string' ? `char_length(${of})` : expr.of.type === 'bytes' ? `octet_length(${of})` : `cardinality(${of})`}::bigint`
    }
    case 'days':
      return `(${sql(expr.left)} - ${sql(expr.right)})::bigint`
    case 'shift':
      return once([sql(expr.left), sql(expr.days)], (day, days) => `(case when ${days} between -100000 and 100000 then ${day} + (${days})::int end)`)
    case 'part':
      return `extract(${expr.part} from ${sql(expr.of)})::bigint`
    case 'pick':
      return once([number(expr.left), number(expr.right)], (a, b) => {
        const [x, y] = [mayBeQuotient(expr.left) ? comparing(a) : a, mayBeQuotient(expr.right) ? comparing(b) : b]
        return `(case when ${x} ${expr.how === 'min' ? '<=' : '>='} ${y} then ${a} when ${b} is not null and ${a} is not null then ${b} end)`
      })
    case 'round':
      return expr.toward === undefined
        ? `round(${comparing(number(expr.of))}, ${expr.places})`
        : `${expr.toward === 'down' ? 'floor' : 'ceil'}(${comparing(number(expr.of))})`
    case 'list': {
      if (expr.items.length === 0) return `'{}'::${sqlType(expr.type)}`
      const items = expr.items.map(argument)
      const unsure = expr.items.every((item) => item.op === 'literal' && item.value !== null) ? null : items
      const array = (...values: string[]): string => `array[${values.join(', ')}]::${sqlType(expr.type)}`
      return unsure === null ? array(...items) : once(items, (...values) => `(case when num_nulls(${values.join(', ')}) = 0 then ${array(...values)} end)`)
    }
    case 'each':
      return expr.what === 'value' ? `${expr.name}.v` : `(${expr.name}.i - 1)`
    case 'over':
      return overSql(expr, sql, argument)
    case 'call': {
      const formula = callFormula(expr.fn)
      const types = expr.args.map((part) => part.type)
      const [first, second] = expr.args
      if (first === undefined || second?.op !== 'literal') return formula(expr.args.map(argument), types)
      if (expr.fn === 'matches') return formula([sql(first), writer.bind(patternForSql(String(second.value)), 'text')], types)
      if (zoned.has(expr.fn)) return formula([localSeconds(argument(first), String(second.value), (zone) => writer.bind(zone, 'text'))], types)
      return formula(expr.args.map(argument), types)
    }
  }
}

/** An expression as SQL that gives its value as text: bytes in hexadecimal, moments in seconds since 1970, lists as JSON of texts. */
export function resultSql(expr: Expr, resolve: Resolve, writer: Writer): string {
  const sql = celSql(expr, resolve, writer)
  if (isList(expr.type)) return once([sql], (list) => `(case when ${list} is not null then to_json((${list})::text[])::text end)`)
  if (expr.type === 'bytes') return `encode(${sql}, 'hex')`
  return `(${expr.type === 'timestamp' && isColumnTime(expr) ? inSeconds(sql) : sql})::text`
}

/** True for a moment that is timestamptz in SQL; others are numeric seconds. */
function isColumnTime(expr: Expr): boolean {
  return expr.type === 'timestamp' && (expr.op === 'ref' || expr.op === 'literal')
}

function inSeconds(moment: string): string {
  return `nullif(nullif(extract(epoch from ${moment}), 'Infinity'), '-Infinity')`
}

/** Null where an int or uint leaves its range, if what it is made of lets it (R-CEL-5). */
function inRange(expr: Expr, value: string): string {
  return mayOverflow(expr) ? once([value], (x) => `(case when ${x} ${rangeOf(expr.type)} then ${x} end)`) : value
}

function mayBeNan(expr: Expr): boolean {
  return expr.type === 'double' && expr.op !== 'literal' && !(expr.op === 'call' && expr.fn === 'doubleOfNumber')
}

/** A macro over a list. A condition's or value's null is an error: of the whole, save where all or exists is decided without it. */
function overSql(expr: Extract<Expr, { op: 'over' }>, sql: (part: Expr) => string, value: (part: Expr) => string): string {
  const where = expr.where === null ? 'true' : sql(expr.where)
  const made = expr.make === null ? `${expr.name}.v` : value(expr.make)
  const rows = (list: string): string =>
    `from (select ${where} as p${expr.how === 'map' || expr.how === 'filter' ? `, ${made} as m, ${expr.name}.i` : ''} from unnest(${list}) with ordinality as ${expr.name}(v, i)) ${expr.name}s`
  const row = `${expr.name}s`
  const result = {
    all: `case when bool_or(not ${row}.p) then false when bool_or(${row}.p is null) then null else true end`,
    exists: `case when bool_or(${row}.p) then true when bool_or(${row}.p is null) then null else false end`,
    existsOne: `case when bool_or(${row}.p is null) then null else count(*) filter (where ${row}.p) = 1 end`,
    filter: `case when bool_or(${row}.p is null) then null else coalesce(array_agg(${row}.m order by ${row}.i) filter (where ${row}.p), '{}')::${sqlType(expr.type)} end`,
    map: `case when bool_or(${row}.p is null or (${row}.p and ${row}.m is null)) then null else coalesce(array_agg(${row}.m order by ${row}.i) filter (where ${row}.p)::${sqlType(expr.type)}, '{}') end`,
  }[expr.how]
  return once([sql(expr.list)], (list) => `(case when ${list} is not null then (select ${result} ${rows(list)}) end)`)
}

function isExactNumber(expr: Expr): boolean {
  return expr.type === 'int' || expr.type === 'decimal' || expr.type === 'uint'
}
