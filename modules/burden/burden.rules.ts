// Pure decisions of burden: buckets of fillings, the price of a form, budgets, notice, caps.
import { addDays } from '#base/dates.ts'
import { type Calendar, isWorkingDay } from '#base/working-days.ts'
import type { Price } from './burden.contract.ts'

/** Upper ends of the buckets of fillings, in seconds; the last takes what is longer, too. */
export const edges: readonly number[] = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700, 3600]

/** The bucket of a filling that took so many seconds [B2]. */
export function bucketOf(seconds: number): number {
  const found = edges.findIndex((end) => seconds <= end)
  return found === -1 ? edges.length - 1 : found
}

export interface Bucket {
  bucket: number
  count: number
}

/** The median of fillings in whole seconds, taken along a straight line within its bucket; undefined where there is none. */
export function medianOf(buckets: readonly Bucket[]): number | undefined {
  const half = buckets.reduce((sum, { count }) => sum + count, 0) / 2
  let below = 0
  for (const { bucket, count } of [...buckets].sort((left, right) => left.bucket - right.bucket)) {
    if (count > 0 && below + count >= half) {
      const [from, to] = [edges[bucket - 1] ?? 0, edges[bucket] ?? 3600]
      return Math.round(from + ((half - below) / count) * (to - from))
    }
    below += count
  }
  return undefined
}

/** A form as far as its price goes: its fields' types, and the minutes that its file states. */
export interface Priced {
  fields: readonly { type: string }[]
  minutes: number | undefined
}

/**
 * What a form costs [B1]: the measured median of at least `enough` fillings, else the sum of its fields by type, else the guess that is
 * stated; in seconds. Which of the three is told.
 */
export function priceOf(form: Priced, buckets: readonly Bucket[], given: { enough: number; fieldSeconds: Readonly<Record<string, number>> }): Price {
  const fillings = buckets.reduce((sum, { count }) => sum + count, 0)
  const median = medianOf(buckets)
  if (median !== undefined && fillings >= given.enough) return { seconds: median, by: 'measured', fillings }
  const sum = form.fields.reduce((total, { type }) => total + (given.fieldSeconds[type] ?? 0), 0)
  if (sum > 0) return { seconds: sum, by: 'fields', fillings }
  return { seconds: (form.minutes ?? 0) * 60, by: 'stated', fillings }
}

/** The share of a form's seconds that each of its fields stands for, by the type of each: they add up to the price but for rounding. */
export function fieldShares(fields: readonly { type: string }[], seconds: number, fieldSeconds: Readonly<Record<string, number>>): number[] {
  const weights = fields.map(({ type }) => fieldSeconds[type] ?? 0)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum === 0 ? 0 : Math.floor((seconds * weight) / sum)))
}

/** Working days that receivers have: those after the day of asking, up to the deadline's own. */
export function noticeDays(askedOn: string, dueOn: string, works: Calendar = isWorkingDay): number {
  let days = 0
  for (let at = addDays(askedOn, 1); at <= dueOn && days < 60; at = addDays(at, 1)) if (works(at)) days += 1
  return days
}

export interface Budget {
  of: 'unit' | 'party-org'
  kinds?: readonly string[] | undefined
  minutes: number
}

/** Minutes that a body of this kind may be asked for in a month: the first budget that fits; undefined where none is set. */
export function budgetOf(budgets: readonly Budget[], body: { of: string; kind: string }): number | undefined {
  return budgets.find(({ of, kinds }) => of === body.of && (kinds === undefined || kinds.includes(body.kind)))?.minutes
}

export interface Cap {
  kind: string
  name: string
  most_a_year?: number | undefined
  most_characters?: number | undefined
}

/** The caps that an asking would break, each as a sentence: so many of its kind a year of one asker, so many characters. */
export function capsBroken(caps: readonly Cap[], asking: { kind: string; thisYear: number; characters?: number | undefined }): string[] {
  return caps
    .filter(({ kind }) => kind === asking.kind)
    .flatMap(({ name, most_a_year: most, most_characters: longest }) => [
      ...(most !== undefined && asking.thisYear + 1 > most ? [`${name}一年最多 ${most} 次，今年已有 ${asking.thisYear} 次`] : []),
      ...(longest !== undefined && (asking.characters ?? 0) > longest ? [`${name}最多 ${longest} 字，现在 ${asking.characters} 字`] : []),
    ])
}
