// Takes what a platform beside us tells: each revision once, none over a later one, a correction as a new version and a change of the counts (H10).
import { chinaDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { calendarOf } from '#modules/matter/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Ticket } from '../hotline.contract.ts'
import { hotlineOf } from '../hotline.pack.ts'
import { columnsOf, insertChanges } from '../hotline.sql.ts'
import { needsVersion, tallyOf } from '../hotline-tally.rules.ts'
import { cleanText } from '../hotline-text.rules.ts'
import type { FeedEvent, FeedReply } from './feed.contract.ts'
import { fedTickets, feedsOf, holdFeed, noteFeed, setCursor, unitsCalled, writeFed } from './feed.sql.ts'
import { digestOf, faultOf, type Ground, newestOf, sourceName, ticketOfEvent } from './feed-fold.service.ts'

interface Taken {
  event: FeedEvent
  before: Ticket | undefined
  after: Ticket
}

/** Takes a batch. `cursor` is where the next read begins, where there is one. What is wrong with an event is said beside it. */
export async function takeEvents(tx: Tx, source: string, events: readonly FeedEvent[], cursor: string | null = null): Promise<FeedReply> {
  const [tenantId, at] = [tx.tenant.id, now(tx.tenant).toISOString()]
  await tx.one(holdFeed, { tenantId, source, at })
  const names = [...new Set(events.flatMap(({ ticket }) => (ticket.unit ? [ticket.unit] : [])))]
  const found = names.length === 0 ? [] : await tx.all(unitsCalled, { tenantId, names, on: today(tx.tenant) })
  const units = new Map(found.flatMap(({ unitId, name }) => [[name, unitId] as const, [unitId, unitId] as const]))
  const ground: Ground = { pack: hotlineOf(tx.tenant), works: calendarOf(tx.tenant), tenantId, source, units, at }
  const refused: FeedReply['refused'] = []
  const fit = events.flatMap((event, index) => {
    const message = faultOf(event, ground)
    if (message === null) return [{ event, index }]
    refused.push({ index, id: event.id, message })
    return []
  })
  const newest = newestOf(fit)
  const stood = await tx.all(fedTickets, { tenantId, source: sourceName(source), ids: newest.map(({ event }) => event.id) })
  const byId = new Map(stood.map(({ sourceId, digest, ...ticket }) => [sourceId, { ticket, digest }]))
  const taken = newest.flatMap(({ event, index }): Taken[] => {
    const before = byId.get(event.id)
    if (before?.ticket.revision === event.revision && before.digest !== digestOf(event))
      refused.push({ index, id: event.id, message: `第${event.revision}版已经收过，内容不同；更正请用更大的版次` })
    if (before !== undefined && before.ticket.revision >= event.revision) return []
    try {
      return [{ event, before: before?.ticket, after: ticketOfEvent(event, ground, before?.ticket) }]
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ index, id: event.id, message: error.message })
      return []
    }
  })
  if (taken.length > 0) await write(tx, taken, at)
  const counted = { taken: taken.length, stale: events.length - taken.length - refused.length, refused: refused.length }
  const newestAt =
    fit
      .map(({ event }) => new Date(event.at).toISOString())
      .sort()
      .at(-1) ?? null
  const noted = await tx.one(noteFeed, { tenantId, source, cursor, newestAt, ...counted })
  if (taken.length > 0) await leaveEntry(tx, 'hotline.feed', { kind: 'feed', id: source }, counted)
  return { ...noted, lagSeconds: lagOf(noted.newestAt, at), ...counted, refused }
}

/** Seconds from the newest event to now; null where none came yet. */
function lagOf(newestAt: string | null, at: string): number | null {
  return newestAt === null ? null : Math.max(0, Math.round((Date.parse(at) - Date.parse(newestAt)) / 1000))
}

async function write(tx: Tx, taken: readonly Taken[], at: string): Promise<void> {
  const tenant_id = tx.tenant.id
  // What is asked as of a day is asked as of its end: what is told on the day it happened needs no version.
  const morning = new Date(`${chinaDate(new Date(at))}T00:00:00+08:00`).toISOString()
  const isVersion = ({ before, after }: Taken): boolean => before !== undefined && needsVersion(before, after, morning)
  const rows = taken.map((one) => {
    const ticket = isVersion(one) ? { ...one.after, knownFrom: at } : one.after
    const day = chinaDate(new Date(ticket.receivedAt)).replaceAll('-', '')
    return { ...columnsOf(ticket), tenant_id, source_id: one.event.id, known_until: 'infinity', day }
  })
  const contents = taken.map(({ event, after }) => ({
    ...{
      tenant_id,
      ticket_id: after.ticketId,
      body: cleanText('/body', event.ticket.body ?? event.ticket.title),
      answer: cleanText('/answer', event.ticket.answer ?? ''),
    },
  }))
  const steps = taken.map(({ event, before, after }) => ({
    ...{
      tenant_id,
      ticket_id: after.ticketId,
      revision: after.revision,
      step: 'feed',
      from_state: before?.state ?? '',
      to_state: after.state,
      unit_id: after.unitId,
    },
    ...{ made_by: 'system', told: '', note: '', fields: { digest: digestOf(event) }, author_id: tx.actorId, at },
  }))
  const json = (value: unknown): string => JSON.stringify(value)
  const versions = taken.filter(isVersion).map(({ after }) => after.ticketId)
  await tx.all(writeFed, { tenantId: tenant_id, rows: json(rows), contents: json(contents), steps: json(steps), versions, at })
  const changes = taken.flatMap(({ before, after }) =>
    tallyOf(before ?? null, after).map((change) => ({ tenant_id, change_id: newId(), ticket_id: after.ticketId, ...columnsOf(change) })),
  )
  if (changes.length > 0) tx.append(insertChanges, { rows: json(changes) })
}

/** How far each feed is. */
export async function listFeeds(tx: Tx) {
  const at = now(tx.tenant).toISOString()
  const feeds = await tx.all(feedsOf, { tenantId: tx.tenant.id })
  return { feeds: feeds.map((feed) => ({ ...feed, lagSeconds: lagOf(feed.newestAt, at) })) }
}

/** Has the folder of a feed read anew from a cursor. */
export async function replay(tx: Tx, source: string, cursor: string): Promise<{ cursor: string }> {
  const set = await tx.maybe(setCursor, { tenantId: tx.tenant.id, source, cursor })
  if (set === undefined) throw new Refusal('not-found', `没有叫“${source}”的来源。`)
  await leaveEntry(tx, 'hotline.feed-replay', { kind: 'feed', id: source }, { cursor })
  return set
}
