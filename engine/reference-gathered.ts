// Marks, ballots and members computed the obvious way, for the reference.
import { add, compare, type Decimal, decimal, divide, multiply, one, whole, zero } from '#base/decimal.ts'
import type { Expr } from '#engine/expr.ts'
import { ballotSum, isMean, questionsOf, slotKeys, straysOf } from '#engine/gathered.ts'
import type { BallotIr, RatedIr } from '#engine/ir.ts'
import type { Fact } from '#engine/reference-measure.ts'

/** How an expression is read on a row. */
export interface OnRow {
  holds: (expr: Expr, fact: Fact) => boolean
  number: (expr: Expr, fact: Fact) => Decimal | null
}

export interface GatheredValue {
  value: Decimal | null
  parts: Record<string, Decimal | null>
}

/** The value of marks or ballots; `rows` are those that meet the measure's condition. */
export function gathered(take: RatedIr | BallotIr, rows: Fact[], on: OnRow): GatheredValue {
  const parts: Record<string, Decimal | null> = {}
  const howMany = (some: Fact[]): Decimal =>
    take.kind === 'rated' ? whole(some.length) : some.map((fact) => on.number(take.count, fact) ?? zero).reduce(add, zero)
  let marks = zero
  const questions = questionsOf(take).map((question) => {
    const slots = question.slots.map((slot) => {
      const own = rows.filter((fact) => on.holds(slot.when, fact))
      const counted = howMany(own)
      marks = add(marks, counted)
      const made = take.kind === 'ballot' ? ballotMean(take, own, counted, on) : marksMade(take, own, on)
      const keys = slotKeys(take, question, slot)
      if (keys.rows !== undefined) parts[keys.rows.key] = counted
      if (keys.sum !== undefined) parts[keys.sum.key] = made.sum
      if (keys.counted !== undefined) parts[keys.counted.key] = made.counted
      if (keys.value !== undefined) parts[keys.value.key] = made.value
      return { weight: decimal(slot.weight), value: made.value }
    })
    const value = combined(slots, take.without)
    if (question.key !== null && slots.length > 1) parts[`${question.key}.value`] = value
    return { weight: one, value }
  })
  for (const { key, when } of straysOf(take)) parts[key] = howMany(rows.filter((fact) => on.holds(when, fact)))
  const value = combined(questions, take.without)
  return { value: take.kind === 'rated' && compare(marks, whole(take.fewest)) < 0 ? null : value, parts }
}

interface Made {
  sum: Decimal | null
  counted: Decimal | null
  value: Decimal | null
}

function ballotMean(take: BallotIr, rows: Fact[], counted: Decimal, on: OnRow): Made {
  const sum = rows.length === 0 ? null : rows.map((fact) => on.number(ballotSum(take), fact) ?? zero).reduce(add, zero)
  return { sum, counted, value: sum === null || compare(counted, whole(take.fewest)) < 0 ? null : divide(sum, counted) }
}

function marksMade(take: RatedIr, rows: Fact[], on: OnRow): Made {
  const marks = rows
    .map((fact) => on.number(take.of, fact))
    .filter((mark) => mark !== null)
    .sort(compare)
  const [lowest = null, highest = null] = [marks[0], marks.at(-1)]
  if (lowest === null) return { sum: null, counted: zero, value: null }
  if (!isMean(take)) {
    const value = take.pick === 'sum' ? marks.reduce(add, zero) : take.pick === 'min' ? lowest : highest
    return { sum: value, counted: whole(marks.length), value }
  }
  const used = ((): Decimal[] | null => {
    if (take.pick === 'avg' || take.trim === null) return take.pick === 'median' ? middleOf(marks) : marks
    if (marks.length >= take.trim.from) return marks.slice(take.trim.each, marks.length - take.trim.each)
    return take.trim.fewer === 'all' ? marks : null
  })()
  if (used === null) return { sum: null, counted: zero, value: null }
  const sum = used.reduce(add, zero)
  return { sum, counted: whole(used.length), value: divide(sum, whole(used.length)) }
}

/** The middle one of sorted marks, or the middle two. */
function middleOf(marks: Decimal[]): Decimal[] {
  return marks.slice(Math.ceil(marks.length / 2) - 1, Math.floor(marks.length / 2) + 1)
}

function combined(values: { weight: Decimal; value: Decimal | null }[], without: 'rescale' | 'zero' | 'missing'): Decimal | null {
  const [first] = values
  if (first !== undefined && values.length === 1) return first.value
  const known = values.flatMap(({ weight, value }) => (value === null ? [] : [{ weight, value }]))
  if (known.length === 0 || (without === 'missing' && known.length < values.length)) return null
  const sum = known.map(({ weight, value }) => multiply(weight, value)).reduce(add, zero)
  const weights = (without === 'rescale' ? known : values).map(({ weight }) => weight).reduce(add, zero)
  return divide(sum, weights)
}
