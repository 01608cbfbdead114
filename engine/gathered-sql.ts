// Marks and ballots → SQL: what a pass gathers per slot, and the value made of it (SPEC.md R-RAT, R-BAL).
import { celSql, quotient, type Resolve } from '#engine/cel-sql.ts'
import type { Expr } from '#engine/expr.ts'
import { ballotSum, isMean, questionsOf, type Slot, slotKeys, straysOf } from '#engine/gathered.ts'
import type { BallotIr, RatedIr } from '#engine/ir.ts'
import type { Writer } from '#engine/sql.ts'

type Opinions = RatedIr | BallotIr
/** A measure's value, and the numbers that the trace shows beside it, by key; SQL over a pass's columns. */
export interface GatheredSql {
  value: string
  parts: Record<string, string>
}

/** What a pass gathers: column suffix and aggregate. `s0`, `d0` are sum (or the sorted marks) and number of the first slot, `o0` the first stray. */
export function gatheredAggregates(take: Opinions, filtered: (also: Expr) => string, resolve: Resolve, writer: Writer): [suffix: string, sql: string][] {
  const sql = (expr: Expr): string => celSql(expr, resolve, writer)
  const value = take.kind === 'ballot' ? sql(ballotSum(take)) : sql(take.of)
  const taken = take.kind === 'ballot' || take.pick === 'avg' ? 'sum' : take.pick
  const sum =
    taken === 'median' || taken === 'trimmed'
      ? (only: string) => `array_agg(${value} order by ${value})${only}`
      : (only: string) => `(${taken}(${value})${only})::numeric`
  const rows = (only: string): string => (take.kind === 'ballot' ? `(sum(${sql(take.count)})${only})::numeric` : `(count(*)${only})::numeric`)
  return [
    ...slotsOf(take).flatMap(({ when }, index): [string, string][] => [
      [`s${index}`, sum(filtered(when))],
      [`d${index}`, rows(filtered(when))],
    ]),
    ...straysOf(take).map(({ when }, index): [string, string] => [`o${index}`, rows(filtered(when))]),
  ]
}

function slotsOf(take: Opinions): Slot[] {
  return questionsOf(take).flatMap(({ slots }) => slots)
}

/** The value of a pass's columns. */
export function gatheredValue(take: Opinions, column: (suffix: string) => string, writer: Writer): GatheredSql {
  const parts: Record<string, string> = {}
  const counts: string[] = []
  let at = 0
  const questions = questionsOf(take).map((question) => {
    const slots = question.slots.map((slot) => {
      const [s, d] = [column(`s${at}`), column(`d${at}`)]
      at += 1
      const made = take.kind === 'ballot' ? ballotMean(s, d, take.fewest) : marksMade(take, s, d)
      const keys = slotKeys(take, question, slot)
      for (const [name, sql] of [
        [keys.rows, `coalesce(${d}, 0)`],
        [keys.sum, made.sum],
        [keys.counted, `coalesce(${made.counted}, 0)`],
        [keys.value, made.value],
      ] as const)
        if (name !== undefined) parts[name.key] = sql
      counts.push(`coalesce(${d}, 0)`)
      return { weight: slot.weight, value: made.value }
    })
    const value = combined(slots, take.without, writer)
    if (question.key !== null && slots.length > 1) parts[`${question.key}.value`] = value
    return { weight: '1', value }
  })
  for (const [index, { key }] of straysOf(take).entries()) parts[key] = `coalesce(${column(`o${index}`)}, 0)`
  const value = combined(questions, take.without, writer)
  if (take.kind === 'ballot' || take.fewest <= 1) return { value, parts }
  return { value: `case when ${counts.join(' + ')} >= ${writer.bind(take.fewest, 'numeric')} then ${value} end`, parts }
}

function ballotMean(s: string, d: string, fewest: number): { sum: string; counted: string; value: string } {
  return { sum: s, counted: d, value: `case when ${d} >= ${fewest} then ${quotient(s, d)} end` }
}

/** One slot's marks made into one. `s` is a number, or for median and trimmed the sorted marks. */
function marksMade(take: RatedIr, s: string, d: string): { sum: string; counted: string; value: string } {
  if (!isMean(take)) return { sum: s, counted: d, value: s }
  if (take.pick === 'avg') return { sum: s, counted: d, value: quotient(s, d) }
  const slice = (from: string, to: string): string => `(select sum(u) from unnest(${s}[${from}:${to}]) u)`
  const n = `cardinality(${s})`
  if (take.pick === 'median') {
    const [sum, counted] = [slice(`(${n} + 1) / 2`, `${n} / 2 + 1`), `(2 - ${n} % 2)::numeric`]
    return { sum, counted, value: quotient(sum, counted) }
  }
  const { each = 0, from = 0, fewer = 'missing' } = take.trim ?? {}
  const trimmed = slice(`${1 + each}`, `${n} - ${each}`)
  const enough = `${n} >= ${from}`
  const sum = fewer === 'all' ? `case when ${enough} then ${trimmed} else ${slice('1', n)} end` : `case when ${enough} then ${trimmed} end`
  const counted =
    fewer === 'all' ? `case when ${enough} then ${n} - ${2 * each} else ${n} end::numeric` : `case when ${enough} then ${n} - ${2 * each} end::numeric`
  return { sum, counted, value: quotient(sum, counted) }
}

/** Weighted mean of the values; what to do without some is stated. One value stays as it is. */
function combined(values: { weight: string; value: string }[], without: 'rescale' | 'zero' | 'missing', writer: Writer): string {
  const [first] = values
  if (first !== undefined && values.length === 1) return first.value
  const weight = (value: string): string => writer.bind(value, 'numeric')
  const all = values.map((one) => weight(one.weight)).join(' + ')
  if (without === 'missing') return quotient(values.map((one) => `${weight(one.weight)} * ${one.value}`).join(' + '), all)
  const sum = values.map((one) => `coalesce(${weight(one.weight)} * ${one.value}, 0)`).join(' + ')
  if (without === 'zero') return `case when coalesce(${values.map((one) => one.value).join(', ')}) is not null then ${quotient(sum, all)} end`
  return quotient(sum, values.map((one) => `case when ${one.value} is not null then ${weight(one.weight)} else 0 end`).join(' + '))
}
