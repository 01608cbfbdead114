// Lists of the ledger: filter, search, paging by key, export.

import { isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { exportCsv } from '#modules/access/index.ts'
import { bodiesUnder } from '#modules/org/index.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import { type RecordFilter, RecordRow } from './ledger.contract.ts'
import { recordsPack } from './ledger.pack.ts'
import { bigrams, searchText } from './ledger.rules.ts'
import { type Filter, rarestPair, recordCount, recordPage, recordsByIds, recordsByMonth } from './ledger.sql.ts'

/** Lists count no further than this; a page says "1000+". */
const COUNTED = 1000
const EXPORTED = 50_000

async function filterOf(tx: Tx, given: RecordFilter): Promise<Filter> {
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
  const owners = given.body === undefined ? undefined : await bodiesUnder(tx, given.body)
  return {
    tenantId: tx.tenant.id,
    kind: given.kind,
    owners,
    from: given.from,
    to: given.to,
    state: given.state,
    words,
    pair: words.length === 0 ? undefined : await tx.one(rarestPair, { tenantId: tx.tenant.id, pairs: words.flatMap(bigrams) }),
  }
}

/** One page of records in the reader's scope, newest first; the total comes with the first page only. */
export async function listRecords(
  tx: Tx,
  given: RecordFilter & { after?: string; limit?: number },
): Promise<{ rows: RecordRow[]; next: string | null; total: { count: number; capped: boolean } | null }> {
  const filter = await filterOf(tx, given)
  const limit = given.limit ?? 30
  const after = given.after === undefined ? undefined : readKey(given.after)
  const rows = await tx.all(recordPage, { ...filter, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  const { count } = after === undefined ? (more ? await tx.one(recordCount, { ...filter, most: COUNTED }) : { count: rows.length }) : { count: 0 }
  return {
    rows: shown,
    next: more ? `${last.happenedOn}_${last.recordId}` : null,
    total: after === undefined ? { count: Math.min(count, COUNTED), capped: count > COUNTED } : null,
  }
}

function readKey(key: string): { on: string; id: string } {
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(key)
  if (match === null || !isDate(match[1] ?? '') || !new RegExp(uuidPattern).test(match[2] ?? '')) throw badPageKey(key)
  return { on: match[1] ?? '', id: match[2] ?? '' }
}

/** Records by month over the twelve months that end with that of `to`, or of today; months without any are 0. */
export async function monthsOf(tx: Tx, given: RecordFilter): Promise<{ months: { month: string; count: number }[] }> {
  const filter = await filterOf(tx, given)
  const last = given.to !== undefined && given.to < today(tx.tenant) ? given.to : today(tx.tenant)
  const months = Array.from({ length: 12 }, (_, index) =>
    new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5, 7)) - 12 + index, 1)).toISOString().slice(0, 7),
  )
  const first = `${months[0]}-01`
  const found = await tx.all(recordsByMonth, { ...filter, from: given.from !== undefined && given.from > first ? given.from : first, to: last })
  return { months: months.map((month) => ({ month, count: found.find((row) => row.month === month)?.count ?? 0 })) }
}

/** The filtered records as csv. Refuses more than fit into a file. */
export async function exportRecords(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: RecordFilter): Promise<string> {
  const { tx } = call
  const filter = await filterOf(tx, given)
  const rows = await tx.all(recordPage, { ...filter, limit: EXPORTED + 1 })
  if (rows.length > EXPORTED) throw new Refusal('too-large', `一次最多导出 ${EXPORTED} 条，请缩小日期范围。`)
  const kinds = new Map(partOf(tx.tenant, recordsPack).kinds.map((kind) => [kind.id, kind.name]))
  return exportCsv(call, {
    name: '纪实',
    action: 'record.export',
    object: { kind: 'record-list', id: given.kind ?? 'all' },
    detail: { filter: given },
    schema: RecordRow,
    rows,
    columns: [
      { title: '日期', cell: (row) => row.happenedOn },
      { title: '种类', cell: (row) => kinds.get(row.kind) ?? row.kind },
      { title: '标题', cell: (row) => row.title },
      { title: '组织', cell: (row) => row.bodyName },
      { title: '地点', cell: (row) => row.place },
      { title: '应到', cell: (row) => row.due },
      { title: '实到', cell: (row) => row.present },
      { title: '要素齐全', cell: (row) => (row.complete ? '是' : '否') },
      { title: '补录', cell: (row) => (row.late ? '是' : '否') },
      { title: '编号', cell: (row) => row.recordId },
    ],
  })
}

/** Records with these ids as known at a moment, in the order of the ids; those outside the reader's scope are left out. */
export async function recordsOf(tx: Tx, ids: string[], asOf: string): Promise<RecordRow[]> {
  const found = new Map((await tx.all(recordsByIds, { tenantId: tx.tenant.id, ids, asOf })).map((row) => [row.recordId, row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}
