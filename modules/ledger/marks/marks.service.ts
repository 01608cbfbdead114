// Marks: listed, entered, corrected, withdrawn. Nothing is overwritten; the same request twice has one effect.
import { isDate } from '#base/dates.ts'
import { decimal, format } from '#base/decimal.ts'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { exportCsv } from '#modules/access/index.ts'
import { leaveChange, leaveEntry } from '#modules/audit/index.ts'
import { findBody } from '#modules/org/index.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import type { Allow } from '../ledger-prepare.service.ts'
import { type MarkFilter, MarkRow, type MarkVersion, type NewMark } from './marks.contract.ts'
import { itemNamed, itemsHolding, nameOfItem } from './marks.names.ts'
import { addMarks, closeMarks, type MarkQuery, markById, markCount, markPage, markVersions, type StoredMark } from './marks.sql.ts'

/** Lists count no further than this; a page says "1000+". */
const COUNTED = 1000
const EXPORTED = 50_000

function queryOf(tx: Tx, given: MarkFilter): MarkQuery {
  for (const name of ['from', 'to'] as const) if (given[name] !== undefined) mustBeDay(`/${name}`, given[name])
  const q = (given.q ?? '').trim()
  return { asOf: now(tx.tenant).toISOString(), q, items: itemsHolding(tx.tenant, q), from: given.from, to: given.to }
}

const named = (tx: Tx, mark: StoredMark): MarkRow => ({ ...mark, itemName: nameOfItem(tx.tenant, mark.item) })

function mustBeDay(field: string, value: string): void {
  if (!isDate(value)) throw new Refusal('invalid', '没有这一天。', [{ field, value, message: '没有这一天' }])
}

/** One page of marks in force in the reader's scope; the total comes with the first page only. */
export async function listMarks(tx: Tx, given: MarkFilter & { after?: string; limit?: number }) {
  const filter = queryOf(tx, given)
  const limit = given.limit ?? 30
  const after = given.after === undefined ? undefined : keyOf(given.after)
  const rows = await tx.all(markPage, { ...filter, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  const { count } = after === undefined ? (more ? await tx.one(markCount, { ...filter, most: COUNTED }) : { count: rows.length }) : { count: 0 }
  return {
    rows: shown.map((mark) => named(tx, mark)),
    next: more ? `${last.givenOn}_${last.markId}` : null,
    total: after === undefined ? { count: Math.min(count, COUNTED), capped: count > COUNTED } : null,
  }
}

function keyOf(key: string): { on: string; id: string } {
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(key)
  if (match === null || !isDate(match[1] ?? '') || !new RegExp(uuidPattern).test(match[2] ?? '')) throw badPageKey(key)
  return { on: match[1] ?? '', id: match[2] ?? '' }
}

/** A mark with all its states. One outside the reader's scope is as one that isn't there. */
export async function readMark(tx: Tx, markId: string): Promise<{ mark: MarkRow; current: boolean; versions: MarkVersion[] }> {
  const { knownUntil, ...mark } = await standing(tx, markId)
  return { mark: named(tx, mark), current: knownUntil === null, versions: await tx.all(markVersions, mark) }
}

async function standing(tx: Tx, markId: string): Promise<StoredMark & { knownUntil: string | null }> {
  const found = await tx.maybe(markById, { id: markId, asOf: now(tx.tenant).toISOString() })
  if (found === undefined) throw new Refusal('not-found', '没有找到这份评分。它可能不在您的范围内。')
  return found
}

/** Enters a mark under the id that its maker gave it; the item by its id or its name. */
export async function enterMark(tx: Tx, allow: Allow, written: NewMark): Promise<{ markId: string; repeated: boolean }> {
  const given = { ...written, item: itemNamed(tx.tenant, written.item) }
  allow('marks.write', given.subjectId)
  mustBeDay('/givenOn', given.givenOn)
  if (given.givenOn > today(tx.tenant))
    throw new Refusal('invalid', '评分日期不能在今天以后。', [{ field: '/givenOn', value: given.givenOn, message: '不能在今天以后' }])
  if ((await findBody(tx, given.subjectId, given.givenOn)) === undefined)
    throw new Refusal('invalid', '那一天没有这个单位或党组织，请重新选择。', [{ field: '/subjectId', value: given.subjectId, message: '那一天没有这个组织' }])
  const before = await tx.maybe(markById, { id: given.id, asOf: now(tx.tenant).toISOString() })
  if (before !== undefined && sameMark(before, given)) return { markId: given.id, repeated: true }
  const isWritten = await add(tx, { ...given, source: '手工录入', reason: '' })
  if (!isWritten)
    throw new Refusal('conflict', '这位评分人这一天对这个对象的这一项已经有评分，请更正原来的那一份。', [
      { field: '/by', value: given.by, message: '已有评分' },
    ])
  await leaveEntry(tx, 'marks.enter', { kind: 'mark', id: given.id }, { item: given.item, bodyId: given.subjectId })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { markId: given.id, repeated: false }
}

function sameMark(one: StoredMark, { subjectId, item, value, by, group, givenOn }: NewMark): boolean {
  return (
    one.subjectId === subjectId && one.item === item && one.value === format(decimal(value)) && one.by === by && one.group === group && one.givenOn === givenOn
  )
}

async function add(tx: Tx, mark: NewMark & { source: string; reason: string }): Promise<boolean> {
  const { id, subjectId, item, value, by, group, givenOn, source, reason } = mark
  const made = { mark_id: id, subject_id: subjectId, item, value, given_by: by, given_group: group, given_on: givenOn, source, import_hash: null, reason }
  return (await tx.all(addMarks, { rows: JSON.stringify([made]), at: now(tx.tenant).toISOString() })).length === 1
}

/** Supersedes a mark in force; its earlier value stays known for earlier moments. */
export async function correctMark(
  tx: Tx,
  allow: Allow,
  markId: string,
  given: { id: string; value: string; group: string; reason: string },
): Promise<{ markId: string; repeated: boolean }> {
  const before = await standing(tx, markId)
  allow('marks.write', before.subjectId)
  const { knownUntil, subjectId, item, by, givenOn } = before
  const next = { id: given.id, subjectId, item, value: given.value, by, group: given.group, givenOn }
  if (knownUntil !== null) {
    const made = await tx.maybe(markById, { id: given.id, asOf: now(tx.tenant).toISOString() })
    if (made !== undefined && sameMark(made, next)) return { markId: given.id, repeated: true }
    throw superseded()
  }
  if ((await tx.all(closeMarks, { ids: [markId], at: now(tx.tenant).toISOString() })).length === 0) throw superseded()
  if (!(await add(tx, { ...next, source: before.source, reason: given.reason })))
    throw new Refusal('conflict', '这个编号已经用于另一份评分，请刷新页面后重新填写。', [{ field: '/id', value: given.id, message: '编号已被使用' }])
  await leaveChange(
    tx,
    'marks.correct',
    { kind: 'mark', id: given.id },
    {
      before: { value: before.value, group: before.group },
      after: { value: format(decimal(given.value)), group: given.group, reason: given.reason },
      sensitive: ['group', 'reason'],
      detail: { item },
    },
  )
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { markId: given.id, repeated: false }
}

function superseded(): Refusal {
  return new Refusal('conflict', '这份评分已经更正或撤回，请刷新后再看。')
}

/** Withdraws a mark: it counts nowhere from now on. Withdrawn once more, nothing happens. */
export async function withdrawMark(tx: Tx, allow: Allow, markId: string, reason: string): Promise<{ markId: string; repeated: boolean }> {
  const before = await standing(tx, markId)
  allow('marks.write', before.subjectId)
  if ((await tx.all(closeMarks, { ids: [markId], at: now(tx.tenant).toISOString() })).length === 0) return { markId, repeated: true }
  await leaveChange(
    tx,
    'marks.withdraw',
    { kind: 'mark', id: markId },
    { before: {}, after: { reason }, sensitive: ['reason'], detail: { item: before.item, bodyId: before.subjectId } },
  )
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { markId, repeated: false }
}

/** The filtered marks as csv. */
export async function exportMarks(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: MarkFilter): Promise<string> {
  const rows = await call.tx.all(markPage, { ...queryOf(call.tx, given), after: undefined, limit: EXPORTED + 1 })
  if (rows.length > EXPORTED) throw new Refusal('too-large', `一次最多导出 ${EXPORTED} 条，请缩小日期范围。`)
  return exportCsv(call, {
    name: '评分',
    action: 'marks.export',
    object: { kind: 'mark-list', id: 'all' },
    detail: { filter: given },
    schema: MarkRow,
    rows: rows.map((mark) => named(call.tx, mark)),
    columns: [
      { title: '日期', cell: (one) => one.givenOn },
      { title: '评分对象', cell: (one) => one.subjectName },
      { title: '指标', cell: (one) => one.itemName },
      { title: '分值', cell: (one) => one.value },
      { title: '评分人', cell: (one) => one.by },
      { title: '评分组', cell: (one) => one.group },
      { title: '来源', cell: (one) => one.source },
      { title: '编号', cell: (one) => one.markId },
    ],
  })
}
