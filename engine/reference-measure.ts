// Measures computed one row at a time, for the reference.
import { add, compare, type Decimal, decimal, divide, format, hundred, least, multiply, one, whole, zero } from '#base/decimal.ts'
import { type Context, contextOf } from '#engine/context.ts'
import type { Expr } from '#engine/expr.ts'
import type { MeasureIr, MembersIr } from '#engine/ir.ts'
import { evaluateCel, isDecimalValue, numberOf, read, type Value, type Written } from '#engine/reference-cel.ts'
import { gathered } from '#engine/reference-gathered.ts'
import { heldPoints, rulePoints } from '#engine/reference-rule.ts'

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
  /** The numbers beside the value in the trace, by key. */
  parts?: Record<string, Decimal | null>
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
  if (given.take.kind === 'members') return overMembers(given.take, facts, context, subject)
  return measureRows(given, all, rowsOf(given, facts, context, subject), (other) => measure(other, all, facts, context, subject).value)
}

/** The rows that a measure takes. */
function rowsOf(given: MeasureIr, facts: Facts, context: Context, subject: string | undefined): Fact[] {
  const own = contextOf(given.period, context)
  return facts(given.source, own)
    .filter((fact) => (subject === undefined ? true : fact.subject === subject))
    .filter((fact) => fact.when === null || (fact.when >= own.from && fact.when <= own.to))
    .filter((fact) => given.where === null || onRow(given.where, fact) === true)
}

function measureRows(given: MeasureIr, all: Record<string, MeasureIr>, rows: Fact[], otherValue: (other: MeasureIr) => Decimal | null): Measured {
  const { take } = given
  if (take.kind === 'rated' || take.kind === 'ballot') {
    const { value, parts } = gathered(take, rows, {
      holds: (expr, fact) => onRow(expr, fact) === true,
      number: (expr, fact) => numberOf(expr, lookupIn(fact)),
    })
    return { numerator: value, denominator: null, value, parts }
  }
  if (take.kind === 'share') {
    const numerator = whole(rows.filter((fact) => onRow(take.where, fact) === true).length)
    const denominator = whole(rows.length)
    return { numerator, denominator, value: divide(multiply(numerator, hundred), denominator), parts: { numerator, denominator } }
  }
  if (take.kind === 'avg') {
    const numbers = numbersOf(take.of, rows)
    const numerator = numbers.length === 0 ? null : numbers.reduce(add, zero)
    const denominator = whole(numbers.length)
    return { numerator, denominator, value: numerator === null ? null : divide(numerator, denominator), parts: { numerator, denominator } }
  }
  const numerator = given.once === null ? plain(given, rows) : byCase(given, given.once, rows)
  const entered = given.late === null || given.once !== null ? {} : lateParts(given, given.late.when, rows)
  const other = given.of === null ? undefined : all[given.of]
  if (other === undefined) return { numerator, denominator: null, value: numerator, parts: entered }
  const denominator = otherValue(other)
  const percent = numerator === null || denominator === null ? null : divide(multiply(numerator, hundred), denominator)
  return { numerator, denominator, value: given.percent ? percent : numerator, parts: { numerator, denominator, ...entered } }
}

/** How many rows have a weight, and how many of them were entered late. */
function lateParts({ take }: MeasureIr, late: Expr, rows: Fact[]): Record<string, Decimal> {
  const counted = take.kind === 'sum' ? rows.filter((fact) => numberOf(take.of, lookupIn(fact)) !== null) : rows
  return { rows: whole(counted.length), late: whole(counted.filter((fact) => onRow(late, fact) === true).length) }
}

/** Each member by the inner rule, then the members made one (R-MOV). */
function overMembers(take: MembersIr, facts: Facts, context: Context, subject: string | undefined): Measured {
  const own = contextOf(null, context)
  const members = new Map<string, Fact>()
  for (const fact of facts(take.source, own)) {
    const whose = subject === undefined || fact.subject === subject
    const valid = fact.when === null || (fact.when >= own.from && fact.when <= own.to)
    const key = keyOf(onRow(take.key, fact))
    if (whose && valid && key !== null && !members.has(key) && (take.where === null || onRow(take.where, fact) === true)) members.set(key, fact)
  }
  const rows = rowsOf(take.inner, facts, context, subject)
  const points = [...members].map(([key, member]) => {
    const x = measureRows(take.inner, {}, rows.filter((fact) => keyOf(onRow(take.rowKey, fact)) === key), () => null).value // biome-ignore format: one call
    const raw = rulePoints(take.item, x, (ref) => (ref.scope === 'x' ? x : read(member.values[ref.name], ref.type)), null)
    return { raw, points: raw === null ? withoutData(take) : heldPoints(raw, take.item) }
  })
  const known = points.map((one) => one.points).filter((value) => value !== null)
  const sum = known.length === 0 ? null : known.reduce(add, zero)
  const value = sum === null ? null : take.how === 'mean' ? divide(sum, whole(known.length)) : take.how === 'sum' ? sum : known.reduce(least)
  const parts = { members: whole(members.size), counted: whole(known.length), without: whole(points.filter(({ raw }) => raw === null).length), sum }
  return { numerator: value, denominator: null, value, parts }
}

function withoutData({ item }: MembersIr): Decimal | null {
  return item.missing === 'zero' ? zero : item.missing === 'full' ? decimal(item.points ?? '0') : null
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
    default:
      throw new Error(`${take.kind} is made of several numbers`)
  }
}

/** Equal values have equal keys: 1.0 and 1.00 too. */
function keyOf(value: Value): string | null {
  return value === null ? null : isDecimalValue(value) ? `number ${format(value)}` : JSON.stringify(value)
}

/** Rows of one case count once, by the heaviest or the first; a row without a key is a case of its own (R-ONC). */
function byCase(given: MeasureIr, once: Expr, rows: Fact[]): Decimal {
  const counted = new Map<string, Decimal>()
  const byDay = (a: Fact, b: Fact): number => ((a.when ?? '') < (b.when ?? '') ? -1 : (a.when ?? '') > (b.when ?? '') ? 1 : 0)
  for (const fact of given.pick === 'first' ? rows.toSorted(byDay) : rows) {
    const weight = given.take.kind === 'sum' ? numberOf(given.take.of, lookupIn(fact)) : one
    if (weight === null) continue
    const key = keyOf(onRow(once, fact)) ?? `row ${fact.id}`
    const before = counted.get(key)
    if (before === undefined || (given.pick !== 'first' && compare(weight, before) > 0)) counted.set(key, weight)
  }
  const { among } = given
  if (among === null) return [...counted.values()].reduce(add, zero)
  return whole([...counted.values()].filter((weight) => among.some((one) => compare(decimal(one), weight) === 0)).length)
}
