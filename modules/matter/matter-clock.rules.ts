// When a stage's time ends, how much of it is left where it rests, and when it is reminded of (M6). All in China's time; pure, for server and pages.
import { addDays, chinaDate } from '#base/dates.ts'
import { type Calendar, workingDaysAfter } from '#base/working-days.ts'
import type { Clock } from './matter-kinds.contract.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Nobody is reminded outside these hours, nor on a day off (unless the clock says `any_hour`). */
const WAKES = 8
const SLEEPS = 20
/** The hour at which days are reminded of. */
const MORNING = 9

type Span = Pick<Clock, 'within' | 'unit'>

const midnight = (date: string): number => Date.parse(`${date}T00:00:00+08:00`)
const lastSecond = (date: string): Date => new Date(midnight(date) + DAY - 1000)
const hourOf = (date: string, hour: number): Date => new Date(midnight(date) + hour * 60 * MINUTE)
const minutesIn = ({ within, unit }: Span): number => within * (unit === 'hours' ? 60 : 1)

/**
 * The deadline of a clock that starts at a moment. Minutes and hours run day and night; days and working days end with the last second
 * of their last day, and the day on which they start doesn't count.
 */
export function deadlineOf(clock: Span, from: Date, works: Calendar): Date {
  if (clock.unit === 'days') return lastSecond(addDays(chinaDate(from), clock.within))
  if (clock.unit === 'working-days') return lastSecond(workingDaysAfter(chinaDate(from), clock.within, works))
  return new Date(from.getTime() + minutesIn(clock) * MINUTE)
}

/** The deadline after one more extension: `by` more of the clock's unit, from the deadline. The same where the clock can't be extended. */
export function extendedOf(clock: Clock, due: Date, works: Calendar): Date {
  return clock.extend === undefined ? due : deadlineOf({ within: clock.extend.by, unit: clock.unit }, due, works)
}

/** Whole minutes left at a moment; 0 when the deadline has passed. A clock in working days counts the minutes of working days alone. */
export function restOf({ unit }: Pick<Clock, 'unit'>, at: Date, due: Date, works: Calendar): number {
  const [from, until] = [at.getTime(), due.getTime()]
  if (unit !== 'working-days') return Math.max(0, Math.floor((until - from) / MINUTE))
  let left = 0
  for (let date = chinaDate(at); midnight(date) < until; date = addDays(date, 1))
    if (works(date)) left += Math.min(until, midnight(date) + DAY) - Math.max(from, midnight(date))
  return Math.max(0, Math.floor(left / MINUTE))
}

/** The deadline of a clock that goes on at a moment with so many minutes left, as `restOf` counted them. */
export function goOnOf({ unit }: Pick<Clock, 'unit'>, minutes: number, at: Date, works: Calendar): Date {
  let left = minutes * MINUTE
  if (unit !== 'working-days' || left === 0) return new Date(at.getTime() + left)
  for (let date = chinaDate(at); ; date = addDays(date, 1)) {
    if (!works(date)) continue
    const start = Math.max(at.getTime(), midnight(date))
    const today = midnight(date) + DAY - start
    if (left <= today) return new Date(start + left)
    left -= today
  }
}

/** True when people may be written to: 8:00 to 20:00 of a working day. */
export function isAwake(at: Date, works: Calendar): boolean {
  const date = chinaDate(at)
  return works(date) && at >= hourOf(date, WAKES) && at < hourOf(date, SLEEPS)
}

/**
 * When a deadline is reminded of, once; null where it isn't. Days: in the morning of the working day so long before, or the last one before
 * that. Minutes and hours: so long before, else when the night or the holiday ends, else before it begins.
 */
export function remindAt(clock: Clock, from: Date, due: Date, works: Calendar): Date | null {
  const wished = wishedAt(clock, due, works)
  const at = wished === null || clock.any_hour === true || isAwake(wished, works) ? wished : awakeNear(wished, due, works)
  return at !== null && at > from && at < due ? at : null
}

function wishedAt({ remind, unit, any_hour }: Clock, due: Date, works: Calendar): Date | null {
  if (remind === undefined) return null
  const last = chinaDate(due)
  if (unit === 'working-days') return hourOf(workingDaysAfter(last, -remind, works), MORNING)
  if (unit !== 'days') return new Date(due.getTime() - minutesIn({ within: remind, unit }) * MINUTE)
  const date = addDays(last, -remind)
  return hourOf(any_hour === true || works(date) ? date : workingDaysAfter(date, -1, works), MORNING)
}

function awakeNear(wished: Date, due: Date, works: Calendar): Date {
  const date = chinaDate(wished)
  const next = hourOf(works(date) && wished < hourOf(date, WAKES) ? date : workingDaysAfter(date, 1, works), WAKES)
  if (next < due) return next
  const evening = works(date) && wished >= hourOf(date, SLEEPS) ? date : workingDaysAfter(date, -1, works)
  return new Date(hourOf(evening, SLEEPS).getTime() - MINUTE)
}
