// Days as whole numbers since 1970-01-01 and moments as epoch milliseconds: quick to reckon with, written as text once each.
import type { Random } from './random.ts'

export const NEVER = Number.POSITIVE_INFINITY
const DAY = 86_400_000
const CHINA = 8 * 3_600_000

/** The day of a date `YYYY-MM-DD`. */
export function day(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY)
}

const dates = new Map<number, string>()

/** `YYYY-MM-DD`, or `infinity` for NEVER. */
export function dateText(at: number): string {
  if (at === NEVER) return 'infinity'
  let text = dates.get(at)
  if (text === undefined) dates.set(at, (text = new Date(at * DAY).toISOString().slice(0, 10)))
  return text
}

const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))

/** The moment in China time to the second, or `infinity` for NEVER. */
export function momentText(at: number): string {
  if (at === NEVER) return 'infinity'
  const local = at + CHINA
  const today = Math.floor(local / DAY)
  const seconds = Math.floor((local - today * DAY) / 1000)
  return `${dateText(today)} ${two[Math.floor(seconds / 3600)]}:${two[Math.floor(seconds / 60) % 60]}:${two[seconds % 60]}+08`
}

/** The moment of a day in China at `hour` (may have a fraction). */
export function moment(at: number, hour: number): number {
  return at * DAY - CHINA + Math.round(hour * 3600) * 1000
}

/** The day in China of a moment. */
export function dayOf(at: number): number {
  return Math.floor((at + CHINA) / DAY)
}

/** The first day of the month `months` after the month of `at`. */
export function monthStart(at: number, months = 0): number {
  const date = new Date(at * DAY)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY
}

/** The same day `years` later. */
export function addYears(at: number, years: number): number {
  const date = new Date(at * DAY)
  return Date.UTC(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate()) / DAY
}

/** Year and month (1–12) of a day. */
export function yearMonth(at: number): { year: number; month: number } {
  const text = dateText(at)
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)) }
}

/** The day itself, or the Monday after a weekend; the first week of October is moved by a week. */
export function workday(at: number): number {
  const weekday = (at + 4) % 7
  const moved = weekday === 0 ? at + 1 : weekday === 6 ? at + 2 : at
  const text = dateText(moved).slice(5)
  return text >= '10-01' && text <= '10-07' ? workday(moved + 7) : moved
}

/** A moment of a day when people enter things: mostly office hours, one in twenty in the evening. */
export function entryMoment(at: number, stream: Random): number {
  return moment(at, stream.chance(0.05) ? 18 + stream.next() * 4 : 8.5 + stream.next() * 9.4)
}
