// The calendar of one's own matters: where a calendar program finds it, and the calendar itself.
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed } from '#base/schemas.ts'

export const calendarLink = endpoint({
  id: 'matter.calendar-link',
  method: 'GET',
  path: '/api/matters/calendar',
  summary: 'The secret address of the reader’s own calendar; it ends with the password under which it was asked for',
  reply: Type.Object({ address: Type.String() }),
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
