// Working days by the State Council's calendar, with 调休 (rules.md §7): a Sunday may be one, a Monday may not. Known to the end of 2026;
// later years count Monday to Friday. The package's table is read, not its functions: they go wrong in time zones west of Greenwich.
import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays } from './dates.ts'

/** Says whether a date is a working day. */
export type Calendar = (date: string) => boolean

/** True on a working day. */
export function isWorkingDay(date: string): boolean {
  if (Object.hasOwn(calendar.workdays, date)) return true
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !Object.hasOwn(calendar.holidays, date)
}

/** The State Council's calendar with days of one's own: years that the table doesn't know yet, a day off after a flood. */
export function calendarWith({ workdays, holidays }: { workdays: readonly string[]; holidays: readonly string[] }): Calendar {
  const own = new Map([...workdays.map((date) => [date, true] as const), ...holidays.map((date) => [date, false] as const)])
  return (date) => own.get(date) ?? isWorkingDay(date)
}

/** The `days`-th working day after a date, or before it when negative; the date itself doesn't count. */
export function workingDaysAfter(date: string, days: number, works: Calendar = isWorkingDay): string {
  let at = date
  for (let left = Math.abs(days); left > 0; ) {
    at = addDays(at, Math.sign(days))
    if (works(at)) left -= 1
  }
  return at
}
