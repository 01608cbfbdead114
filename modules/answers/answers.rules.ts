// Pure decisions of the answer sheet: which day and moment are meant, what a number says, which groups the public may see.
import { addDays, chinaDate, isDate } from '#base/dates.ts'
import { decimal, divide, format, hundred, multiply, round } from '#base/decimal.ts'
import { type Issue, Refusal } from '#base/errors.ts'
import type { FigureDefinition } from './answers.pack.ts'

/** Valid date and moment of knowledge. `asOf` is null where now is meant. */
export interface Time {
  on: string
  asOf: string | null
}

const FIRST_DAY = '1949-10-01'
const LAST_DAY = '2100-12-31'
/** A caller's clock may be this much ahead of ours. */
const SKEW_MS = 60_000
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/

/**
 * The sliders as asked for (house.md §6.3): `on` a date, default today; `asOf` a moment with its zone, or a date, which means the end of that day in China; default now.
 * Refuses (invalid) what is no date, no moment, or a moment still to come.
 */
export function timeOf(given: { on?: string | undefined; asOf?: string | undefined }, now: Date): Time {
  const issues: Issue[] = []
  const on = given.on || chinaDate(now)
  if (!isDate(on)) issues.push({ field: '/on', value: given.on, message: '没有这一天，请按“2024-07-31”的格式填写' })
  else if (on < FIRST_DAY || on > LAST_DAY) issues.push({ field: '/on', value: on, message: `日期应在 ${FIRST_DAY} 到 ${LAST_DAY} 之间` })
  const asOf = given.asOf ? momentOf(given.asOf) : null
  if (Number.isNaN(asOf)) issues.push({ field: '/asOf', value: given.asOf, message: '不是时刻，请按“2024-07-31”或“2024-07-31T18:00:00+08:00”的格式填写' })
  else if (asOf !== null && asOf > now.getTime() + SKEW_MS && given.asOf !== chinaDate(now)) {
    issues.push({ field: '/asOf', value: given.asOf, message: `这个时刻还没有到，系统时间是 ${new Date(now.getTime()).toISOString()}；不填就是现在` })
  }
  if (issues.length > 0) throw new Refusal('invalid', `日期不对：${issues[0]?.message}`, issues)
  return { on, asOf: asOf === null || asOf >= now.getTime() ? null : new Date(asOf).toISOString() }
}

function momentOf(text: string): number {
  const at = isDate(text)
    ? Date.parse(`${addDays(text, 1)}T00:00:00+08:00`) - 1
    : moment.test(text) && isDate(text.slice(0, 10))
      ? Date.parse(text)
      : Number.NaN
  return at >= Date.parse(FIRST_DAY) ? at : Number.NaN
}

/** A figure's own day and period at `on`: a period that has ended keeps its last day, one that runs is counted up to `on`; null when it hasn't begun. */
export function spanOf(figure: Pick<FigureDefinition, 'period'>, on: string): { on: string; from: string; to: string } | null {
  if (figure.period === 'day') return { on, from: on, to: on }
  const { from, to } = figure.period
  if (on < from) return null
  const end = on < to ? on : to
  return { on: end, from, to: end }
}

/** What a figure shows: the numerator, or numerator ÷ denominator × 100 with two places half-up; null where there is nothing to divide by. */
export function shownValue(show: FigureDefinition['show'], numerator: string | null, denominator: string | null): string | null {
  if (show === 'count' || numerator === null) return numerator
  const quotient = denominator === null ? null : divide(multiply(decimal(numerator), hundred), decimal(denominator))
  if (quotient === null) return null
  const [whole = '0', places = ''] = format(round(quotient, 2)).split('.')
  return `${whole}.${places.padEnd(2, '0')}`
}

/** The spans of a series: months of a period up to two years, else its years; the last twelve. */
export function seriesSpans(from: string, to: string): { label: string; from: string; to: string }[] {
  const size = to < `${Number(from.slice(0, 4)) + 2}${from.slice(4)}` ? 7 : 4
  const spans: { label: string; from: string; to: string }[] = []
  for (let start = from; start <= to; ) {
    const label = start.slice(0, size)
    const last = size === 4 ? `${label}-12-31` : addDays(nextMonth(label), -1)
    spans.push({ label, from: start, to: last < to ? last : to })
    start = addDays(last, 1)
  }
  return spans.slice(-12)
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
}

/**
 * Groups as the public may see them: those below k without a number. As long as just one lacks it, or those that lack it are fewer than k
 * together, the smallest other one lacks it too: the total would give them away.
 */
export function suppressed<G extends { count: number }>(groups: readonly G[], k: number): (Omit<G, 'count'> & { count: number | null })[] {
  const hidden = new Set(groups.filter(({ count }) => count < k))
  const others = groups.filter((group) => !hidden.has(group)).sort((a, b) => a.count - b.count)
  for (const smallest of others) {
    const together = [...hidden].reduce((sum, { count }) => sum + count, 0)
    if (hidden.size !== 1 && (together === 0 || together >= k)) break
    hidden.add(smallest)
  }
  return groups.map((group) => ({ ...group, count: hidden.has(group) ? null : group.count }))
}
