// What an event makes of a ticket: pure, so that any order, repetition and division of the events comes to the same.
import { createHash } from 'node:crypto'
import type { Calendar } from '#base/working-days.ts'
import type { Ticket } from '../hotline.contract.ts'
import { categoryOf, type HotlinePack } from '../hotline.pack.ts'
import { newTicket } from '../hotline.service.ts'
import { citizensDue, dispatched } from '../hotline-life.service.ts'
import { cleanLine } from '../hotline-text.rules.ts'
import type { FeedEvent } from './feed.contract.ts'

/** The mark of an event: the same revision with other words is told by it. */
export function digestOf(event: FeedEvent): string {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)])
      : value
  return createHash('sha256')
    .update(JSON.stringify(sorted(event)))
    .digest('base64url')
    .slice(0, 22)
}

/** The id of a source's ticket here: it follows from both names. */
export function ticketIdOf(tenantId: number, source: string, id: string): string {
  const hex = createHash('sha256').update(`${tenantId}/${source}/${id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The source as it stands at its tickets: what a feed brought is worked on there, not here. */
export const sourceName = (source: string): string => `feed:${source}`

/** The last event of each ticket of a batch, in the order they came first. */
export function newestOf<T extends { event: FeedEvent }>(events: readonly T[]): T[] {
  const newest = new Map<string, T>()
  for (const one of events) {
    const known = newest.get(one.event.id)
    if (known === undefined || one.event.revision > known.event.revision) newest.set(one.event.id, one)
  }
  return [...newest.values()]
}

export interface Ground {
  pack: HotlinePack
  works: Calendar
  tenantId: number
  source: string
  /** Units by name and by id. */
  units: ReadonlyMap<string, string>
  /** The moment at which it becomes known here. */
  at: string
}

const moment = (text: string | null | undefined): string | null => (text === null || text === undefined ? null : new Date(text).toISOString())

/** What is wrong with an event that its shape doesn't say; null where nothing is. */
export function faultOf({ ticket, at: told }: FeedEvent, { pack, units, at }: Ground): string | null {
  const moments = [
    told,
    ticket.receivedAt,
    ticket.dueAt,
    ticket.dispatchedAt,
    ticket.signedAt,
    ticket.respondedAt,
    ticket.answeredAt,
    ticket.calledAt,
    ticket.closedAt,
  ]
  const wrong = moments.find((one) => typeof one === 'string' && Number.isNaN(Date.parse(one)))
  if (wrong !== undefined) return `时间“${wrong}”不存在，请改正`
  if (Date.parse(told) > Date.parse(at) + 86_400_000) return `事件时间“${told}”在将来，请检查对方系统的时钟`
  if (categoryOf(pack, ticket.category) === undefined) return `没有类别“${ticket.category}”，请先在对照表里对应到本系统的类别`
  if (ticket.class !== undefined && !pack.classes.some(({ id }) => id === ticket.class)) return `没有等级“${ticket.class}”，请改为本系统的等级`
  if (!pack.channels.some(({ id }) => id === ticket.channel)) return `没有渠道“${ticket.channel}”，请改为本系统的渠道`
  if (ticket.unit && !units.has(ticket.unit)) return `今天没有单位“${ticket.unit}”，请写单位全称或编号`
  const isClosed = ['closed', 'archived', 'dropped', 'merged'].includes(ticket.state)
  if (isClosed !== (moment(ticket.closedAt) !== null)) return isClosed ? '已经办结的要有 closedAt' : '没有办结的不能有 closedAt'
  return null
}

/** The ticket as an event tells it; deadlines that the platform doesn't give are those of our clocks (H4). `before` gives number and known_from. */
export function ticketOfEvent({ id, revision, ticket }: FeedEvent, ground: Ground, before: Ticket | undefined): Ticket {
  const { pack, works, source, units, tenantId, at } = ground
  const class_ = ticket.class ?? categoryOf(pack, ticket.category)?.class ?? ''
  const receivedAt = new Date(ticket.receivedAt)
  const dispatchedAt = moment(ticket.dispatchedAt)
  const unitId = ticket.unit ? (units.get(ticket.unit) ?? null) : null
  const clocks =
    dispatchedAt === null || unitId === null ? null : dispatched({ class: class_, dueAt: '' } as Ticket, unitId, { pack, works, at: new Date(dispatchedAt) })
  return newTicket({
    ...{ ticketId: ticketIdOf(tenantId, source, id), number: before?.number ?? '0', knownFrom: before?.knownFrom ?? at, revision, source: sourceName(source) },
    ...{ receivedAt: receivedAt.toISOString(), dueAt: moment(ticket.dueAt) ?? citizensDue(pack, class_, receivedAt, works), unitId, dispatchedAt },
    ...{ signDueAt: clocks?.signDueAt ?? null, respondDueAt: clocks?.respondDueAt ?? null, unitDueAt: clocks?.unitDueAt ?? null },
    ...{ signedAt: moment(ticket.signedAt), respondedAt: moment(ticket.respondedAt), answeredAt: moment(ticket.answeredAt), calledAt: moment(ticket.calledAt) },
    ...{ closedAt: moment(ticket.closedAt), reached: ticket.reached ?? null, solved: ticket.solved ?? null, satisfaction: ticket.satisfaction ?? null },
    ...{ direct: ticket.direct ?? false, withheld: ticket.withheld ?? false, transfers: ticket.transfers ?? 0, rehandled: ticket.rehandled ?? 0 },
    ...{ state: ticket.state, channel: ticket.channel, class: class_, category: ticket.category, county: ticket.county ?? '' },
    ...{ place: cleanLine('/place', ticket.place ?? ''), title: cleanLine('/title', ticket.title) },
  })
}
