// Lists of matters, the board and the month, one matter with its track, export; what waits for the reader; the search.
import { formatMoment, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { exportCsv, kOf } from '#modules/access/index.ts'
import { searchText } from '#modules/ledger/index.ts'
import { bodiesUnder } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import { type MatterFilter, MatterRow } from './matter.contract.ts'
import { kindsOf } from './matter.pack.ts'
import { stageOf } from './matter.rules.ts'
import {
  type After,
  countByDay,
  countByStage,
  type Filter,
  firstByDay,
  firstByStage,
  type ListRow,
  type Mine,
  matterCount,
  matterPage,
  ofSmallOffices,
  topOrgs,
} from './matter-list.sql.ts'
import { editionOf, kindOf } from './matter-prepare.service.ts'

/** Lists count no further than this; a page says "1000+". */
const COUNTED = 1000
const EXPORTED = 50_000
/** Matters shown of a stage or a day. */
const EACH = 5

/** A row as lists show it. */
export async function rowOf(tx: Tx, row: ListRow): Promise<MatterRow> {
  const { hash: _hash, ownerId, ownerName, askerId, askerName, ...rest } = row
  return {
    ...rest,
    stageName: stageOf(await editionOf(tx, row), row.stage).name,
    owner: { id: ownerId, name: ownerName },
    asker: askerId === null ? null : { id: askerId, name: askerName },
  }
}
const rowsOf = (tx: Tx, rows: readonly ListRow[]): Promise<MatterRow[]> => Promise.all(rows.map((row) => rowOf(tx, row)))

/** The bodies for which the reader's posts handle, ask and check: the posts' own; a post of the whole city stands for the top of the tree. */
export async function mineOf(tx: Tx, actor: Actor): Promise<Mine> {
  const ofCity = actor.posts.some(({ bodyId, may }) => bodyId === null && (may.includes('matter.ask') || may.includes('matter.check')))
  const tops = ofCity ? (await tx.all(topOrgs, { on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })).map(({ id }) => id) : []
  const bodies = (action: string): string[] =>
    actor.posts.filter(({ may }) => may.includes(action)).flatMap(({ bodyId }) => (bodyId === null ? tops : [bodyId]))
  return { handles: bodies('matter.handle'), asks: bodies('matter.ask'), checks: bodies('matter.check'), personId: actor.personId }
}

async function filterOf(tx: Tx, actor: Actor, given: MatterFilter): Promise<Filter> {
  for (const name of ['from', 'to'] as const) {
    const value = given[name]
    if (value !== undefined && !isDate(value)) throw new Refusal('invalid', '没有这一天。', [{ field: `/${name}`, value, message: '没有这一天' }])
  }
  const words = (given.q ?? '')
    .trim()
    .split(/\s+/)
    .map(searchText)
    .filter((word) => word !== '')
  const short = words.find((word) => word.length < 2)
  if (short !== undefined) throw new Refusal('invalid', '搜索至少要两个字。', [{ field: '/q', value: short, message: '至少两个字' }])
  const ofGroup = given.group === undefined ? undefined : [...kindsOf(tx.tenant).values()].filter(({ group }) => group === given.group).map(({ id }) => id)
  return {
    tenantId: tx.tenant.id,
    kinds: given.kind === undefined ? ofGroup : [given.kind].filter((kind) => ofGroup === undefined || ofGroup.includes(kind)),
    owners: given.body === undefined ? undefined : await bodiesUnder(tx, given.body),
    request: given.request,
    stage: given.stage,
    state: given.state,
    mine: given.state === 'mine' ? await mineOf(tx, actor) : undefined,
    words,
    from: given.from,
    to: given.to,
  }
}

/** One page of matters in the reader's scope; the total comes with the first page only. */
export async function listMatters(
  tx: Tx,
  actor: Actor,
  given: MatterFilter & { after?: string; limit?: number },
): Promise<{ rows: MatterRow[]; next: string | null; total: { count: number; capped: boolean } | null }> {
  const filter = await filterOf(tx, actor, given)
  const limit = given.limit ?? 30
  const order = given.state === undefined || given.state === 'closed' ? 'opened' : 'due'
  const after = given.after === undefined ? undefined : readKey(given.after, order)
  const rows = await tx.all(matterPage, { ...filter, order, after, limit: limit + 1 })
  const last = rows[limit - 1]
  const more = rows.length > limit && last !== undefined
  const { count } = after === undefined ? (more ? await tx.one(matterCount, { ...filter, most: COUNTED }) : { count: rows.length }) : { count: 0 }
  return {
    rows: await rowsOf(tx, rows.slice(0, limit)),
    next: more ? `${order === 'due' ? (last.dueAt ?? 'infinity') : last.openedOn}_${last.matterId}` : null,
    total: after === undefined ? { count: Math.min(count, COUNTED), capped: count > COUNTED } : null,
  }
}

function readKey(key: string, order: 'due' | 'opened'): After {
  const [at = '', id = ''] = key.split('_')
  if (!new RegExp(uuidPattern).test(id)) throw badPageKey(key)
  if (order === 'opened' && isDate(at)) return { by: 'opened', on: at, id }
  if (
    order === 'due' &&
    (at === 'infinity' || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(at)) &&
    (at === 'infinity' || !Number.isNaN(Date.parse(at)))
  )
    return { by: 'due', due: at, id }
  throw badPageKey(key)
}

/** Open matters of a kind by stage, in the order of the kind as it is now; stages that only older editions have come last. */
export async function boardOf(tx: Tx, actor: Actor, given: { kind: string; body?: string }) {
  const kind = kindOf(tx.tenant, given.kind)
  const filter = await filterOf(tx, actor, given)
  const counts = await tx.all(countByStage, filter)
  const first = await rowsOf(tx, await tx.all(firstByStage, { ...filter, each: EACH }))
  const open = kind.stages.filter(({ end }) => end === undefined).map(({ id, name }) => ({ id, name }))
  const older = counts
    .filter(({ stage }) => !open.some(({ id }) => id === stage))
    .map(({ stage }) => ({ id: stage, name: first.find((row) => row.stage === stage)?.stageName ?? stage }))
  const stages = [...open, ...older].map(({ id, name }) => {
    const { count, late } = counts.find(({ stage }) => stage === id) ?? { count: 0, late: 0 }
    return { id, name, count, late, first: first.filter((row) => row.stage === id) }
  })
  return { stages }
}

/** Deadlines of open matters by day of a month. */
export async function monthOf(tx: Tx, actor: Actor, given: { month: string; kind?: string }) {
  const [year, month] = given.month.split('-').map(Number) as [number, number]
  if (month < 1 || month > 12 || year < 1900 || year > 2199)
    throw new Refusal('invalid', '没有这个月份。', [{ field: '/month', value: given.month, message: '请按“2024-12”的格式填写' }])
  const filter = await filterOf(tx, actor, given.kind === undefined ? {} : { kind: given.kind })
  const span = { first: `${given.month}-01`, last: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) }
  const counts = await tx.all(countByDay, { ...filter, ...span })
  const first = await tx.all(firstByDay, { ...filter, ...span, each: EACH })
  const days = counts.map(async ({ day, count }) => {
    const those = first.filter((row) => row.day === day).map(({ day: _day, ...row }) => row)
    return { day, count, first: await rowsOf(tx, those) }
  })
  return { days: await Promise.all(days) }
}

/** The rows that may leave in a file: less those of kinds that would single somebody out in a small office, the reader's own aside (M15). */
async function mayLeave(tx: Tx, actor: Actor, rows: readonly ListRow[]): Promise<ListRow[]> {
  const withholds = new Set([...kindsOf(tx.tenant).values()].filter(({ withhold_small }) => withhold_small === true).map(({ id }) => id))
  const { handles } = await mineOf(tx, actor)
  const ids = rows.filter(({ kind, ownerId }) => withholds.has(kind) && !handles.includes(ownerId)).map(({ matterId }) => matterId)
  if (ids.length === 0) return [...rows]
  const small = await tx.all(ofSmallOffices, { tenantId: tx.tenant.id, ids, least: kOf(tx.tenant), on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  const withheld = new Set(small.map(({ matterId }) => matterId))
  return rows.filter(({ matterId }) => !withheld.has(matterId))
}

/** The filtered matters as csv. Refuses more than fit into a file. */
export async function exportMatters(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: MatterFilter): Promise<string> {
  const { tx, actor } = call
  const filter = await filterOf(tx, actor, given)
  const rows = await tx.all(matterPage, { ...filter, order: 'opened', limit: EXPORTED + 1 })
  if (rows.length > EXPORTED) throw new Refusal('too-large', `一次最多导出 ${EXPORTED} 件，请缩小日期范围。`)
  const kinds = kindsOf(tx.tenant)
  const leaving = await mayLeave(tx, actor, rows)
  const withheld = rows.length - leaving.length
  return exportCsv(call, {
    name: '事项',
    action: 'matter.export',
    object: { kind: 'matter-list', id: given.kind ?? 'all' },
    detail: { filter: given, withheld },
    schema: MatterRow,
    ...(withheld === 0 ? {} : { origin: `另有${withheld}件，承办单位不足${kOf(tx.tenant)}人，列出会指到个人，未列出` }),
    rows: await rowsOf(tx, leaving),
    columns: [
      { title: '立项日期', cell: (row) => row.openedOn },
      { title: '种类', cell: (row) => kinds.get(row.kind)?.name ?? row.kind },
      { title: '事项', cell: (row) => row.title },
      { title: '承办组织', cell: (row) => row.owner.name },
      { title: '交办组织', cell: (row) => row.asker?.name ?? '' },
      { title: '承办人', cell: (row) => row.person },
      { title: '阶段', cell: (row) => row.stageName },
      { title: '期限', cell: (row) => (row.dueAt === null ? null : formatMoment(new Date(row.dueAt))) },
      { title: '逾期', cell: (row) => (row.late ? '是' : '否') },
      { title: '办结日期', cell: (row) => row.closedOn },
      { title: '编号', cell: (row) => row.matterId },
    ],
  })
}

/** What the search finds: matters whose title holds the text, newest first. */
export async function findMatters(tx: Tx, title: string, most: number): Promise<MatterRow[]> {
  return rowsOf(tx, await tx.all(matterPage, { tenantId: tx.tenant.id, words: [searchText(title)], order: 'opened', limit: most }))
}
