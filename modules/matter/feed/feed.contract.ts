// The calendar of one's own matters: where a calendar program finds it, and the calendar itself.
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'

const CalendarAddress = Type.Object({ address: orNull(Type.String()) })

export const calendarLink = endpoint({
  id: 'matter.calendar-link',
  method: 'GET',
  path: '/api/matters/calendar',
  summary: 'The secret address of the reader’s own calendar; null where there is none. It ends with the password under which it was made',
  reply: CalendarAddress,
})
export const setCalendarLink = endpoint({
  id: 'matter.set-calendar-link',
  needs: 'read',
  method: 'POST',
  path: '/api/matters/calendar',
  summary: 'Makes a new secret address for the reader’s calendar, or none; the old one is dead at once',
  body: Type.Object({ on: Type.Boolean() }, closed),
  reply: CalendarAddress,
})
export const calendarFeed = endpoint({
  id: 'matter.calendar',
  method: 'GET',
  path: '/api/calendars/:token',
  access: 'public',
  summary: 'Deadlines that wait for the account of the token, as iCalendar (RFC 5545): kind and stage, no titles',
  params: Type.Object({ token: Type.String({ minLength: 1, maxLength: 120 }) }, closed),
  reply: Type.String({ contentMediaType: 'text/calendar' }),
})
