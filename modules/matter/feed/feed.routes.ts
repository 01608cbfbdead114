// Endpoints of the calendar of one's own matters.
import { preparedRoute, type Route } from '#server/kit/route.ts'
import { calendarFeed, calendarLink, setCalendarLink } from './feed.contract.ts'
import { calendarOfToken, keepKey, newCalendar, ownCalendar } from './feed.service.ts'

export const feedRoutes: Route[] = [
  preparedRoute(calendarLink, ownCalendar, async ({ prepared }) => ({ address: prepared })),
  preparedRoute(setCalendarLink, newCalendar, async ({ tx, actor, prepared: { key, address } }) => {
    await keepKey(tx, actor, key)
    return { address }
  }),
  preparedRoute(calendarFeed, calendarOfToken, async ({ reply, prepared }) => {
    reply.type('text/calendar; charset=utf-8')
    return prepared
  }),
]
