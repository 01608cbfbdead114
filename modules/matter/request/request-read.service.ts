// Requests as they are read: list, one with its preview or its board, receivers, csv.

import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import { exportCsv, mayDo } from '#modules/access/index.ts'
import { releaseOf } from '#modules/approval/index.ts'
import { findBody, organisationPack } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import { kindsOf } from '../matter.pack.ts'
import { type Edition, stageOf } from '../matter.rules.ts'
import { editionOf } from '../matter-prepare.service.ts'
import { type ReceiverFilter, ReceiverRow, type RequestPage, type RequestRow, type RequestState, type Standing, type Tile } from './request.contract.ts'
import { answerOf, filterOf, reviewsOf, standingNames } from './request.rules.ts'
import { boardOf, pageOfRequests, type ReceiverFilterRow, type RequestHead, receiversPage, requestById, rootsOf } from './request.sql.ts'
import { contentOf, ELSEWHERE, hashOf, previewOf, reachOf } from './request-choose.service.ts'

const PAGE = 30
const EXPORTED = 20_000

/** One sentence for a request that is not there and for one that is not the reader's. */
export const unseen = (): Refusal => new Refusal('not-found', '没有这次下发，或者它不在您的范围内。')

const isId = (value: unknown): value is string => typeof value === 'string' && new RegExp(uuidPattern).test(value)

/** The bodies on whose behalf the actor may ask: those of the posts that give it; for the whole city the roots of the party tree. */
export async function askersOf(tx: Tx, actor: Actor): Promise<{ id: string; name: string }[]> {
  const asking = actor.posts.filter(({ may }) => may.includes('matter.ask'))
  const own = await Promise.all([...new Set(asking.flatMap(({ bodyId }) => bodyId ?? []))].map((id) => findBody(tx, id)))
  const roots = asking.some(({ reach }) => reach === 'tenant') ? await tx.all(rootsOf, { on: today(tx.tenant), asOf: now(tx.tenant).toISOString() }) : []
  return [...own.flatMap((body) => (body === undefined ? [] : [{ id: body.id, name: body.name }])), ...roots]
}

function rowOf(tx: Tx, head: RequestHead, { closed, late }: { closed: number; late: number }): RequestRow {
  const { requestId, kind, title, askerId, askerName, state, receivers, minutes, dueAt, draftedAt, sentAt } = head
  const kindName = kindsOf(tx.tenant).get(kind)?.name ?? kind
  return { requestId, kind, kindName, title, asker: { id: askerId, name: askerName }, state, receivers, closed, late, minutes, dueAt, draftedAt, sentAt }
}

const wordsOf = (q: string | undefined): string[] => (q ?? '').split(/\s+/).filter((word) => word !== '')

/** A page of requests in the reader's scope, the latest first. */
export async function requestsPage(tx: Tx, given: { state?: RequestState; q?: string; after?: string; limit?: number }) {
  const limit = given.limit ?? PAGE
  const found = await tx.all(pageOfRequests, {
    tenantId: tx.tenant.id,
    state: given.state ?? null,
    words: wordsOf(given.q),
    after: given.after === undefined ? null : momentKey(given.after),
    limit: limit + 1,
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows: rows.map((row) => rowOf(tx, row, row)),
    next: found.length > limit && last !== undefined ? writePageKey([last.draftedAt, last.requestId]) : null,
  }
}

function momentKey(text: string): { at: string; id: string } {
  const [at, id] = readPageKey(text) ?? []
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !isId(id)) throw badPageKey(text)
  return { at, id }
}

function idKey(text: string): string {
  const [id] = readPageKey(text) ?? []
  if (!isId(id)) throw badPageKey(text)
  return id
}

async function seen(tx: Tx, requestId: string): Promise<RequestHead> {
  const head = await tx.maybe(requestById, { tenantId: tx.tenant.id, requestId })
  if (head === undefined) throw unseen()
  return head
}

/** One request: of a draft who would be asked at what cost, of one that was sent its board. Refuses not-found. */
export async function requestPage(tx: Tx, actor: Actor, requestId: string): Promise<RequestPage> {
  const head = await seen(tx, requestId)
  const { state, askerId } = head
  const asks = mayDo(actor, 'matter.ask', askerId)
  const content = contentOf(head)
  const board = state === 'draft' ? null : await boardPage(tx, head)
  const released = state === 'draft' && (await releaseOf(tx, 'request', requestId, hashOf(head))) !== undefined
  return {
    request: rowOf(tx, head, { closed: board === null ? 0 : board.counts.done + board.counts.dropped + board.counts.recalled, late: board?.late ?? 0 }),
    content,
    author: head.author,
    recallReason: head.recallReason,
    preview: asks && state === 'draft' ? await previewOf(tx, reachOf(actor, askerId), content) : null,
    released,
    board,
    may: {
      edit: asks && state === 'draft',
      send: asks && state === 'draft',
      recall: asks && state === 'sent',
      nudge: asks && state === 'sent' && head.nudgedOn !== today(tx.tenant),
      review: asks && state === 'sent',
    },
    nudgedOn: head.nudgedOn,
  }
}

async function boardPage(tx: Tx, head: RequestHead): Promise<NonNullable<RequestPage['board']>> {
  const groups = await tx.all(boardOf, { tenantId: tx.tenant.id, requestId: head.requestId, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  const counts: Record<Standing, number> = { untouched: 0, working: 0, in: 0, done: 0, dropped: 0, recalled: 0 }
  const elsewhere: Tile = { county: '-', name: ELSEWHERE, total: 0, closed: 0, in: 0, late: 0 }
  const tiles = new Map(partOf(tx.tenant, organisationPack).counties.map(({ code, name }): [string, Tile] => [code, { ...elsewhere, county: code, name }]))
  for (const { county, standing, count, late } of groups) {
    counts[standing] += count
    const tile = tiles.get(county ?? '') ?? elsewhere
    tile.total += count
    tile.late += late
    if (standing === 'in') tile.in += count
    if (['done', 'dropped', 'recalled'].includes(standing)) tile.closed += count
  }
  const kind = await editionOf(tx, head)
  return {
    counts,
    late: groups.reduce((sum, { late }) => sum + late, 0),
    tiles: [elsewhere, ...tiles.values()].filter(({ total }) => total > 0),
    reviews: reviewsOf(kind).map(({ id, name, form, required, note }) => ({ move: id, name, form: form ?? [], required: required ?? [], note: note ?? '' })),
  }
}

function receiverFilter(tx: Tx, requestId: string, given: ReceiverFilter): Omit<ReceiverFilterRow, 'after' | 'limit'> {
  return {
    tenantId: tx.tenant.id,
    requestId,
    on: today(tx.tenant),
    asOf: now(tx.tenant).toISOString(),
    ...filterOf(given.standing),
    county: given.county ?? null,
    counties: partOf(tx.tenant, organisationPack).counties.map(({ code }) => code),
    words: wordsOf(given.q),
  }
}

async function receiverRows(tx: Tx, head: RequestHead, filter: ReceiverFilterRow): Promise<ReceiverRow[]> {
  if (head.state === 'draft') return []
  const kind: Edition = await editionOf(tx, head)
  const counties = new Map(partOf(tx.tenant, organisationPack).counties.map(({ code, name }) => [code, name]))
  return (await tx.all(receiversPage, filter)).map(({ bodyId, name, county, fields, ...row }) => ({
    ...row,
    body: { id: bodyId, name },
    county: counties.get(county ?? '') ?? ELSEWHERE,
    stageName: stageOf(kind, row.stage).name,
    answer: answerOf(kind, fields),
  }))
}

/** A page of a request's receivers, by name as they were called when it was sent. */
export async function receiversOfRequest(tx: Tx, requestId: string, given: ReceiverFilter & { after?: string; limit?: number }) {
  const head = await seen(tx, requestId)
  const limit = given.limit ?? PAGE
  const after = given.after === undefined ? null : idKey(given.after)
  const found = await receiverRows(tx, head, { ...receiverFilter(tx, requestId, given), after, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last !== undefined ? writePageKey([last.matterId]) : null }
}

/** The filtered receivers as csv, with what came in. */
export async function exportBoard(
  call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>,
  requestId: string,
  given: ReceiverFilter,
): Promise<string> {
  const { tx } = call
  const head = await seen(tx, requestId)
  const rows = await receiverRows(tx, head, { ...receiverFilter(tx, requestId, given), after: null, limit: EXPORTED })
  return exportCsv(call, {
    name: `下发-${head.title.slice(0, 40)}`,
    action: 'request.export',
    object: { kind: 'request', id: requestId },
    detail: { filter: given },
    schema: ReceiverRow,
    rows,
    columns: [
      { title: '组织', cell: ({ body }) => body.name },
      { title: '县区', cell: ({ county }) => county },
      { title: '办到哪里', cell: ({ standing }) => standingNames[standing] },
      { title: '环节', cell: ({ stageName }) => stageName },
      { title: '逾期', cell: ({ late }) => (late ? '是' : '否') },
      { title: '截止', cell: ({ dueAt }) => dueAt },
      { title: '报来的内容', cell: ({ answer }) => answer.map(({ name, value }) => `${name}：${value}`).join('；') },
      { title: '编号', cell: ({ matterId }) => matterId },
    ],
  })
}
