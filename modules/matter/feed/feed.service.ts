// One's own deadlines as a calendar. It leaves the house, so it tells kinds and stages; the title is behind the link, after signing in.
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { type CalendarEvent, icalendar } from '#base/icalendar.ts'
import { actorOfLink, linkToken } from '#modules/access/index.ts'
import { now } from '#server/kit/clock.ts'
import { transaction } from '#server/kit/db.ts'
import type { Preparing } from '#server/kit/route.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { MatterRow } from '../matter.contract.ts'
import { kindsOf } from '../matter.pack.ts'
import { listMatters } from '../matter-list.service.ts'

const PURPOSE = 'calendar'
/** As many as a page of the list has. */
const MOST = 100

const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`

/** The address of the caller's calendar. */
export async function ownCalendar(call: Preparing<unknown, unknown, unknown>): Promise<string> {
  return `${originOf(call.request)}/api/calendars/${await linkToken(call, PURPOSE, call.actor.accountId)}`
}

/** The calendar behind a token, read as its account. Refuses what is no token, or no longer one, as what isn't there. */
export async function calendarOfToken(call: Preparing<{ token: string }, unknown, unknown>): Promise<string> {
  const { pool, tenant, params, request } = call
  const actor = await actorOfLink(call, PURPOSE, params.token)
  if (actor === null) throw new Refusal('not-found', '这个日历地址已经失效，请登录后在“事项”的日历里重新取。')
  const posts = actor.posts.map(({ post }) => post)
  const opening = { tenant, actorId: actor.accountId, scope: actor.scope, posts, mode: 'read' } as const
  const { rows } = await transaction(pool, opening, (tx) => listMatters(tx, actor, { state: 'mine', limit: MOST }))
  return icalendar(
    '我的事项',
    rows.flatMap((row) => eventOf(tenant, originOf(request), row)),
  )
}

/** A deadline that ends a day in China is that day's, any other a moment. */
function eventOf(tenant: Tenant, origin: string, { matterId, kind, stageName, dueAt }: MatterRow): CalendarEvent[] {
  if (dueAt === null) return []
  const at = /T15:59:59\.\d{3}Z$/.test(dueAt) ? dueAt.slice(0, 10) : dueAt
  const title = `${kindsOf(tenant).get(kind)?.name ?? kind}：${stageName}`
  return [
    { uid: `${matterId}@${tenant.slug}.dajuan`, title, text: '到期。打开链接，登录后办理。', url: `${origin}/matters/${matterId}`, at, changed: now(tenant) },
  ]
}
