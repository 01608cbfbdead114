// Working days that the operator adds to the State Council's calendar, file calendar.yaml: years not yet known, days off of one's own.
import { type Static, Type } from 'typebox'
import { isDate } from '#base/dates.ts'
import type { Diagnostic } from '#base/errors.ts'
import { closed, Day } from '#base/schemas.ts'
import { type Calendar, calendarWith } from '#base/working-days.ts'
import { type Pack, partOf, sharedPart } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'

export const CalendarPack = Type.Object(
  {
    /** Days that are worked although they are a Saturday, a Sunday or a holiday. */
    workdays: Type.Array(Day),
    /** Days off. */
    holidays: Type.Array(Day),
  },
  closed,
)
export type CalendarPack = Static<typeof CalendarPack>

export const calendarPack = sharedPart('calendar.yaml', CalendarPack)

const calendars = new WeakMap<CalendarPack, Calendar>()

/** The tenant's calendar. */
export function calendarOf(tenant: Pick<Tenant, 'pack'>): Calendar {
  const part = partOf(tenant, calendarPack)
  const known = calendars.get(part) ?? calendarWith(part)
  calendars.set(part, known)
  return known
}

/** Days must exist, and be named once. */
export function checkCalendar(pack: Pack): Diagnostic[] {
  const yaml = pack.yaml(calendarPack)
  const { workdays, holidays } = pack.part(calendarPack)
  const named = [...workdays.map((day, index) => ({ day, at: ['workdays', index] })), ...holidays.map((day, index) => ({ day, at: ['holidays', index] }))]
  const seen = new Set<string>()
  return named.flatMap(({ day, at }): Diagnostic[] => {
    const twice = seen.has(day)
    seen.add(day)
    if (!isDate(day)) return [{ ...yaml.placeOf(at), code: 'date', message: `${day} is no date`, hint: 'a day of the calendar as YYYY-MM-DD' }]
    return twice ? [{ ...yaml.placeOf(at), code: 'twice', message: `${day} is named twice`, hint: 'a day is worked or off: keep one of the two' }] : []
  })
}
