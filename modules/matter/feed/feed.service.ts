// One's own deadlines as a calendar. It leaves the house, so it tells kinds and stages; the title is behind the link, after signing in.
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { type CalendarEvent, icalendar } from '#base/icalendar.ts'
import { newId, uuidPattern } from '#base/ids.ts'
import { actorOfLink, linkToken } from '#modules/access/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import type { Preparing } from '#server/kit/route.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { MatterRow } from '../matter.contract.ts'
import { kindsOf } from '../matter.pack.ts'
import { listMatters } from '../matter-list.service.ts'
import { calendarKey, setCalendarKey } from './feed.sql.ts'

/** The tokens of a key: with another key, or none, they are none. */
const purposeOf = (key: string): string => `calendar/${key}`
/** As many as a page of the list has. */
const MOST = 100

const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`

const addressOf = async (call: Preparing<unknown, unknown, unknown>, key: string): Promise<string> =>
  `${originOf(call.request)}/api/calendars/${await linkToken(call, purposeOf(key), call.actor.accountId)}`

/** The key of an account's calendar; null where it has none. */
async function keyOf({ pool, tenant }: Pick<Preparing<unknown, unknown, unknown>, 'pool' | 'tenant'>, accountId: string): Promise<string | null> {
  const opening = { tenant, actorId: accountId, scope: [], mode: 'read' } as const
  return (await transaction(pool, opening, (tx) => tx.maybe(calendarKey, { tenantId: tenant.id, accountId })))?.key ?? null
}

/** The address of the caller's calendar; null where it is off. */
export async function ownCalendar(call: Preparing<unknown, unknown, unknown>): Promise<string | null> {
  const key = await keyOf(call, call.actor.accountId)
  return key === null ? null : addressOf(call, key)
}

/** A new key with its address, or none of both, to be kept by `keepKey`. */
export async function newCalendar(call: Preparing<unknown, unknown, { on: boolean }>): Promise<{ key: string | null; address: string | null }> {
  if (!call.body.on) return { key: null, address: null }
  const key = newId()
  return { key, address: await addressOf(call, key) }
}

/** Puts a key in the place of the one before, whose address is dead from then on. */
export async function keepKey(tx: Tx, { accountId }: Actor, key: string | null): Promise<void> {
  await tx.all(setCalendarKey, { tenantId: tx.tenant.id, accountId, key })
  await leaveEntry(tx, 'matter.calendar', { kind: 'account', id: accountId }, { on: key !== null })
}

/** The calendar behind a token, read as its account. Refuses what is no token, or no longer one, as what isn't there. */
export async function calendarOfToken(call: Preparing<{ token: string }, unknown, unknown>): Promise<string> {
  const { pool, tenant, params, request } = call
  const [account = ''] = params.token.split('.')
  const key = new RegExp(uuidPattern).test(account) ? await keyOf(call, account) : null
  const actor = key === null ? null : await actorOfLink(call, purposeOf(key), params.token)
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
