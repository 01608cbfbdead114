// Duties as pages show them: mine, the grid, the list and its file, gaps, one duty of a body; the line on the workbench.

import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import { exportCsv } from '#modules/access/index.ts'
import type { Todo } from '#modules/ledger/index.ts'
import { kindsOf } from '#modules/matter/index.ts'
import { bodiesUnder, organisationPack } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import {
  type Counts,
  type DutyFilter,
  type DutyGrid,
  type DutyPage,
  DutyRow,
  type DutyState,
  type DutyWay,
  type GapKind,
  type GapRow,
} from './duty.contract.ts'
import { conductOf } from './duty.pack.ts'
import { type Period, periodName, periodsOf, type Standing } from './duty.rules.ts'
import { dutyCount, dutyGrid, dutyPage, fulfilledBy, gapCounts, gapPage, type Key, type StandingRow } from './duty.sql.ts'
import { asked, dutyAsked, editionsOf, monthEnd, recordOf, standingsOf } from './duty-editions.service.ts'

const EXPORTED = 50_000
/** Rows of one's own posts; nobody holds so many. */
const MINE = 500
const firstKey: Key = { name: '', id: '00000000-0000-0000-0000-000000000000', n: 0 }
const isId = new RegExp(uuidPattern)
const anywhere = { titled: [], after: firstKey }

/** Names that are null where the reader may not see them. */
const holdersOf = (names: StandingRow['names']): (string | null)[] => names ?? []

function wayOf(tx: Tx, { duty }: Standing, { bodyId, unitId }: Pick<StandingRow, 'bodyId' | 'unitId'>): DutyWay {
  const { way } = duty
  if (way === undefined) return { by: 'none', name: '', href: null }
  if ('hand' in way) return { by: 'hand', name: way.hand, href: null }
  if ('record' in way) {
    const kind = recordOf(tx.tenant, way.record)
    return { by: 'record', name: kind?.name ?? way.record, href: `/records/new?kind=${way.record}&body=${kind?.of === 'unit' ? unitId : bodyId}` }
  }
  const kind = kindsOf(tx.tenant).get(way.matter)
  const href =
    way.fields === undefined && kind?.opened_by === 'owner' ? `/matters/new?kind=${way.matter}&body=${bodyId}` : `/matters?kind=${way.matter}&body=${bodyId}`
  return { by: 'matter', name: kind?.name ?? way.matter, href }
}

const rhythmNames = { once: '一次', monthly: '每月', quarterly: '每季度', 'half-yearly': '每半年', yearly: '每年', continuous: '常态' } as const

function rowOf(tx: Tx, one: Standing, row: StandingRow): DutyRow {
  const { duty, seat, list, listName, period, before } = one
  return {
    ...{ duty: duty.id, title: duty.title, level: { id: list, name: listName }, seat: { id: seat.id, name: seat.name } },
    body: { id: row.bodyId, name: row.bodyName },
    ...{ holders: holdersOf(row.names), rhythm: rhythmNames[duty.rhythm], period: period === null ? '' : periodName(period), due: period?.due ?? null },
    state: row.state as DutyState,
    missed: row.missed && before !== null ? periodName(before) : null,
    way: wayOf(tx, one, row),
  }
}
function rowsOf(tx: Tx, standings: readonly Standing[], rows: readonly StandingRow[]): DutyRow[] {
  const byN = new Map(standings.map((one) => [one.n, one]))
  return rows.flatMap((row) => {
    const one = byN.get(row.n)
    return one === undefined ? [] : [rowOf(tx, one, row)]
  })
}

/** The bodies that are asked about: the reader's, or of these what is below a body. */
async function bodiesOf(tx: Tx, actor: Actor, body: string | undefined): Promise<readonly string[] | null> {
  if (body === undefined) return actor.scope === 'tenant' ? null : actor.scope
  const below = await bodiesUnder(tx, body)
  return actor.scope === 'tenant' ? below : below.filter((id) => actor.scope.includes(id))
}

/** The posts of the actor, as the statements look for them. */
export const postsOf = (actor: Actor) => actor.posts.map(({ post, bodyId }) => ({ post, body_id: bodyId }))

/** The rows of the actor's own posts, of the duties that are wanted. */
export async function mineOf(
  tx: Tx,
  actor: Actor,
  isWanted: (duty: Standing['duty']) => boolean = () => true,
): Promise<{ standings: Standing[]; rows: StandingRow[] }> {
  const all = await standingsOf(tx)
  const held = new Set(actor.posts.map(({ post }) => post))
  const standings = all.filter(({ seat, duty }) => isWanted(duty) && seat.held_as.some(({ post }) => held.has(post)))
  if (standings.length === 0) return { standings, rows: [] }
  // A post of the whole city has its seat in a body that it doesn't name.
  const bodies = actor.posts.map(({ bodyId }) => bodyId)
  const ids = bodies.every((id) => id !== null) ? bodies : null
  return { standings, rows: await tx.all(dutyPage, { ...asked(tx, standings, ids, postsOf(actor)), ...anywhere, limit: MINE }) }
}

/** The duties of the actor's posts, post by post, with the codes of conduct of each [D7]. */
export async function myDuties(tx: Tx, actor: Actor) {
  const { standings, rows } = await mineOf(tx, actor)
  const codes = conductOf(packOf(tx.tenant))
  const held = new Set(actor.posts.map(({ post }) => post))
  const spots = Map.groupBy(rowsOf(tx, standings, rows), ({ level, seat, body }) => `${level.id} ${seat.id} ${body.id}`)
  const posts = [...spots.values()].flatMap((duties) => {
    const [first] = duties
    if (first === undefined) return []
    const { level, seat, body } = first
    const own = standings.find((one) => one.list === level.id && one.seat.id === seat.id)?.seat.held_as.filter(({ post }) => held.has(post)) ?? []
    const conduct = codes.filter(({ posts: of }) => own.some(({ post }) => of.includes(post)))
    return [{ level, seat, body, duties, conduct: conduct.map(({ name, basis, rules }) => ({ name, basis, rules: rules.map(({ text }) => text) })) }]
  })
  return { posts }
}

const none = (): Counts => ({ done: 0, open: 0, soon: 0, late: 0, nobody: 0, standing: 0 })

/** Levels and their posts with how the duties stand, and how many gaps there are. */
export async function gridOf(tx: Tx, actor: Actor, { body }: { body?: string }): Promise<DutyGrid> {
  const standings = await standingsOf(tx)
  const given = asked(tx, standings, await bodiesOf(tx, actor, body))
  const cells = await tx.all(dutyGrid, given)
  const gaps = await tx.all(gapCounts, given)
  const countOf = (kind: GapKind): number => gaps.find(({ gap }) => gap === kind)?.count ?? 0
  const levels = [...Map.groupBy(standings, ({ list }) => list)].map(([id, of]) => {
    const seats = [...new Map(of.map(({ seat }) => [seat.id, seat])).values()].map((seat) => {
      const those = cells.filter((cell) => cell.list === id && cell.seat === seat.id)
      const [first] = those
      const counts = none()
      for (const { state, count } of those) counts[state as DutyState] += count
      const single = first?.bodies === 1
      return {
        ...{ id: seat.id, name: seat.name, bodies: first?.bodies ?? 0, counts, holders: single ? holdersOf(first.names) : [] },
        body: single ? { id: first.bodyId, name: first.bodyName } : null,
      }
    })
    return { id, name: of[0]?.listName ?? id, edition: Math.max(...of.map(({ edition }) => edition)), seats }
  })
  return { levels, gaps: { nobody: countOf('nobody'), double: countOf('double'), idle: countOf('idle') } }
}

async function wantedOf(tx: Tx, actor: Actor, { body, level, seat, state, q = '' }: DutyFilter) {
  const standings = (await standingsOf(tx)).filter((one) => (level === undefined || one.list === level) && (seat === undefined || one.seat.id === seat))
  const text = q.trim()
  if (text !== '' && [...text].length < 2) throw new Refusal('invalid', '搜索至少要两个字。', [{ field: '/q', value: q, message: '至少两个字' }])
  const titled = standings.filter(({ duty }) => duty.title.includes(text)).map(({ n }) => n)
  return { standings, wanted: { ...asked(tx, standings, await bodiesOf(tx, actor, body)), state, q: text === '' ? undefined : text, titled } }
}

function keyOf(text: string | undefined): Key {
  if (text === undefined) return firstKey
  const [name, id, n] = readPageKey(text) ?? []
  if (
    typeof name === 'string' &&
    !name.includes('\u0000') &&
    typeof id === 'string' &&
    isId.test(id) &&
    typeof n === 'number' &&
    Number.isInteger(n) &&
    n >= 0 &&
    n < 100_000
  )
    return { name, id, n }
  throw badPageKey(text)
}

/** One page of duties; the total comes with the first page only. */
export async function listDuties(tx: Tx, actor: Actor, given: DutyFilter & { after?: string; limit?: number }) {
  const { standings, wanted } = await wantedOf(tx, actor, given)
  const limit = given.limit ?? 30
  const rows = await tx.all(dutyPage, { ...wanted, after: keyOf(given.after), limit: limit + 1 })
  const last = rows[limit - 1]
  const more = rows.length > limit && last !== undefined
  const total = given.after !== undefined ? null : more ? (await tx.one(dutyCount, wanted)).count : rows.length
  return {
    rows: rowsOf(tx, standings, rows.slice(0, limit)),
    next: more ? writePageKey([last.bodyName, last.bodyId, last.n]) : null,
    total: total === null ? null : { count: total, capped: false },
  }
}

const stateNames: Record<DutyState, string> = { done: '已落实', open: '未到期', soon: '快到期', late: '逾期', nobody: '无人承担', standing: '常态' }

/** The filtered duties as csv. Refuses more than fit into a file. */
export async function exportDuties(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: DutyFilter): Promise<string> {
  const { tx, actor } = call
  const { standings, wanted } = await wantedOf(tx, actor, given)
  const rows = await tx.all(dutyPage, { ...wanted, after: firstKey, limit: EXPORTED + 1 })
  if (rows.length > EXPORTED) throw new Refusal('too-large', `一次最多导出 ${EXPORTED} 项，请选择层级或组织。`)
  return exportCsv(call, {
    name: '责任清单',
    action: 'duty.export',
    object: { kind: 'duty-list', id: given.level ?? 'all' },
    detail: { filter: given },
    schema: DutyRow,
    rows: rowsOf(tx, standings, rows),
    columns: [
      { title: '层级', cell: (row) => row.level.name },
      { title: '组织', cell: (row) => row.body.name },
      { title: '岗位', cell: (row) => row.seat.name },
      { title: '责任人', cell: (row) => row.holders.map((name) => name ?? '（不在您的范围内）').join('、') },
      { title: '责任', cell: (row) => row.title },
      { title: '频次', cell: (row) => row.rhythm },
      { title: '时段', cell: (row) => row.period },
      { title: '截止', cell: (row) => row.due },
      { title: '落实方式', cell: (row) => row.way.name },
      { title: '状态', cell: (row) => stateNames[row.state] },
      { title: '上期未落实', cell: (row) => row.missed },
    ],
  })
}

/** What has nobody, several holders, or no duty [D5]. */
export async function gapsOf(tx: Tx, actor: Actor, given: { kind: GapKind; body?: string; level?: string; after?: string; limit?: number }) {
  const standings = (await standingsOf(tx)).filter(({ list }) => given.kind === 'idle' || given.level === undefined || list === given.level)
  const limit = given.limit ?? 30
  const [name = '', id = firstKey.id, key = ''] = given.after === undefined ? [] : (readPageKey(given.after) ?? [null])
  if (typeof name !== 'string' || typeof id !== 'string' || !isId.test(id) || typeof key !== 'string' || `${name}${key}`.includes('\u0000'))
    throw badPageKey(given.after ?? '')
  const ids = await bodiesOf(tx, actor, given.body)
  const rows = await tx.all(gapPage, { ...asked(tx, standings, ids), kind: given.kind, after: { name, id, key }, limit: limit + 1 })
  const { posts } = partOf(tx.tenant, organisationPack)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit).map(({ bodyId, bodyName, of, list, seat, post, names }): GapRow => {
      const those = standings.filter((one) => one.list === list && one.seat.id === seat)
      const named = those[0] === undefined ? { id: post, name: posts.find((kind) => kind.id === post)?.name ?? post } : { id: seat, name: those[0].seat.name }
      return {
        ...{ body: { id: bodyId, name: bodyName }, bodyKind: of === 'unit' ? 'unit' : 'party-org', holders: holdersOf(names), seat: named },
        ...{ level: those[0] === undefined ? null : { id: list, name: those[0].listName }, duties: those.map(({ duty }) => duty.title) },
      }
    }),
    next: rows.length > limit && last !== undefined ? writePageKey([last.bodyName, last.bodyId, `${last.list} ${last.seat} ${last.post}`]) : null,
    total: given.after === undefined ? { count: rows[0]?.total ?? 0, capped: false } : null,
  }
}

/** One sentence for a duty that is not there and for one of a body that is not the reader's. */
export const unseen = () => new Refusal('not-found', '没有找到这项责任，或者它不在您的范围内。')

/** A duty of a body in the reader's scope. */
export async function oneOf(tx: Tx, actor: Actor, body: string, duty: string): Promise<{ one: Standing; row: StandingRow }> {
  if (actor.scope !== 'tenant' && !actor.scope.includes(body)) throw unseen()
  const standings = (await standingsOf(tx)).filter((one) => one.duty.id === duty)
  const [row] = standings.length === 0 ? [] : await tx.all(dutyPage, { ...asked(tx, standings, [body]), ...anywhere, limit: 1 })
  const one = standings.find(({ n }) => n === row?.n)
  if (row === undefined || one === undefined) throw unseen()
  return { one, row }
}

/** One duty of a body with this year's periods and the rows of each. */
export async function readDuty(tx: Tx, actor: Actor, body: string, duty: string): Promise<DutyPage> {
  const { one, row } = await oneOf(tx, actor, body, duty)
  const mine = await mineOf(tx, actor)
  const periods = periodsOf(one, await editionsOf(tx), today(tx.tenant))
  const { way, ref, origin, of_unit: ofUnit } = dutyAsked(tx.tenant, one)
  const [newest, oldest] = [periods[0], periods.at(-1)]
  const found =
    newest === undefined || oldest === undefined
      ? []
      : await tx.all(fulfilledBy, {
          tenantId: tx.tenant.id,
          way,
          ref,
          doerId: ofUnit ? row.unitId : row.bodyId,
          bodyId: row.bodyId,
          duty,
          origin,
          from: oldest.first,
          to: newest.last,
        })
  return {
    row: rowOf(tx, one, row),
    ...{ basis: one.duty.basis, edition: one.edition, mine: mine.rows.some(({ n, bodyId }) => n === row.n && bodyId === row.bodyId) },
    periods: periods.map((period) => {
      const rows = found.filter(({ day }) => day >= period.first && day <= period.last)
      const done = rows.filter((each) => each.done)
      return {
        ...{
          first: period.first,
          name: periodName(period),
          due: period.due,
          state: stateIn(period, row.state as DutyState, done.length > 0, today(tx.tenant)),
        },
        rows: done.map(({ day: _day, done: _done, ...each }) => ({ ...each, by: each.by as 'record' })),
        open: rows.find((each) => !each.done)?.id ?? null,
      }
    }),
  }
}

/** How a period stands: the duty's own state in the one that runs, else whether it was fulfilled. */
function stateIn({ last, due }: Period, now: DutyState, done: boolean, day: string): DutyState {
  if (done) return 'done'
  if (day > last || day > due) return now === 'nobody' && day <= last ? 'nobody' : 'late'
  return now === 'late' ? 'open' : now
}

/** True for what another line of the workbench tells already: a record that the ledger reminds of, a matter that is opened by itself. */
function isToldElsewhere(tx: Tx, { way }: Standing['duty']): boolean {
  if (way === undefined || 'hand' in way) return false
  return 'record' in way ? recordOf(tx.tenant, way.record)?.rhythm !== undefined : way.fields !== undefined
}

/** The line on the workbench: how many of the actor's duties are due this month or late besides what other lines tell, in one sentence. */
export async function dutyTodo(tx: Tx, actor: Actor): Promise<Todo[]> {
  const { standings, rows } = await mineOf(tx, actor, (duty) => !isToldElsewhere(tx, duty))
  const end = monthEnd(today(tx.tenant))
  const open = rowsOf(tx, standings, rows).filter(
    ({ state, due }) => state === 'late' || ((state === 'soon' || state === 'open') && due !== null && due <= end),
  )
  if (open.length === 0) return []
  const late = open.filter(({ state }) => state === 'late').length
  const words = [open.length - late > 0 ? `${open.length - late} 项本月到期` : '', late > 0 ? `${late} 项逾期` : ''].filter((each) => each !== '')
  const due = open.map((row) => row.due ?? '').sort()[0] ?? null
  return [{ id: 'duty.due', title: `责任清单：${words.join('，')}`, kind: '责任', due, minutes: 5 * open.length, href: '/duties', state: 'open' }]
}
