// Measures computed one row at a time, for the reference.
import { add, compare, type Decimal, divide, format, hundred, multiply, one, whole, zero } from '#base/decimal.ts'
import { type Context, contextOf } from '#engine/context.ts'
import type { Expr } from '#engine/expr.ts'
import type { MeasureIr } from '#engine/ir.ts'
import { evaluateCel, isDecimalValue, numberOf, read, type Value, type Written } from '#engine/reference-cel.ts'

/** A row of a fact source: whose it is, its date, its columns as written. */
export interface Fact {
  id: string
  subject: string | null
  when: string | null
  values: Record<string, Written>
}

/** The rows of a source that are known and valid in a context; the period is applied here. */
export type Facts = (source: string, context: Context) => Fact[]

/** A measure's numbers; all null where there is nothing to take. */
export interface Measured {
  numerator: Decimal | null
  denominator: Decimal | null
  value: Decimal | null
}

function lookupIn(fact: Fact): (ref: Extract<Expr, { op: 'ref' }>) => Value {
  return (ref) => read(fact.values[ref.name], ref.type)
}

/** The value that a column expression has on a row. */
export function onRow(expr: Expr, fact: Fact): Value {
  return evaluateCel(expr, lookupIn(fact))
}

/** A measure for one subject, or for the whole tenant when `subject` is undefined. */
export function measure(given: MeasureIr, all: Record<string, MeasureIr>, facts: Facts, context: Context, subject: string | undefined): Measured {
  const own = contextOf(given.period, context)
  const rows = facts(given.source, own)
    .filter((fact) => (subject === undefined ? true : fact.subject === subject))
    .filter((fact) => fact.when === null || (fact.when >= own.from && fact.when <= own.to))
    .filter((fact) => given.where === null || onRow(given.where, fact) === true)
  const { take } = given
  if (take.kind === 'share') {
    const numerator = whole(rows.filter((fact) => onRow(take.where, fact) === true).length)
    const denominator = whole(rows.length)
    return { numerator, denominator, value: divide(multiply(numerator, hundred), denominator) }
  }
  if (take.kind === 'avg') {
    const numbers = numbersOf(take.of, rows)
    const numerator = numbers.length === 0 ? null : numbers.reduce(add, zero)
    const denominator = whole(numbers.length)
    return { numerator, denominator, value: numerator === null ? null : divide(numerator, denominator) }
  }
  const numerator = given.once === null ? plain(given, rows) : byCase(given, given.once, rows)
  const other = given.of === null ? undefined : all[given.of]
  if (other === undefined) return { numerator, denominator: null, value: numerator }
  const denominator = measure(other, all, facts, context, subject).value
  const percent = numerator === null || denominator === null ? null : divide(multiply(numerator, hundred), denominator)
  return { numerator, denominator, value: given.percent ? percent : numerator }
}

function numbersOf(of: Expr, rows: Fact[]): Decimal[] {
  return rows.map((fact) => numberOf(of, lookupIn(fact))).filter((value) => value !== null)
}

function plain(given: MeasureIr, rows: Fact[]): Decimal | null {
  const { take } = given
  switch (take.kind) {
    case 'count':
      return whole(rows.length)
    case 'countDistinct':
      return whole(new Set(rows.map((fact) => keyOf(onRow(take.of, fact))).filter((key) => key !== null)).size)
    case 'sum':
      return numbersOf(take.of, rows).reduce(add, zero)
    case 'min':
    case 'max': {
      const numbers = numbersOf(take.of, rows)
      return numbers.length === 0 ? null : numbers.reduce((best, value) => (compare(value, best) === (take.kind === 'min' ? -1 : 1) ? value : best))
    }
    case 'share':
    case 'avg':
      throw new Error(`${take.kind} has a denominator of its own`)
  }
}

/** Equal values have equal keys: 1.0 and 1.00 too. */
function keyOf(value: Value): string | null {
  return value === null ? null : isDecimalValue(value) ? `number ${format(value)}` : JSON.stringify(value)
}

/** Rows of one case count once, by the heaviest; a row without a key is a case of its own (R-ONC). */
function byCase(given: MeasureIr, once: Expr, rows: Fact[]): Decimal {
  const heaviest = new Map<string, Decimal>()
  for (const fact of rows) {
    const weight = given.take.kind === 'sum' ? numberOf(given.take.of, lookupIn(fact)) : one
    if (weight === null) continue
    const key = keyOf(onRow(once, fact)) ?? `row ${fact.id}`
    const before = heaviest.get(key)
    if (before === undefined || compare(weight, before) > 0) heaviest.set(key, weight)
  }
  return [...heaviest.values()].reduce(add, zero)
}
