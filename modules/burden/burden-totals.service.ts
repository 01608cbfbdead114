// The page 减负: totals by who asks, who receives, month and kind; budgets; our own count beside the published ones.

import type { Static } from 'typebox'
import { addDays, isDate } from '#base/dates.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { exportCsv, exportXlsx, sheetLines } from '#modules/access/index.ts'
import { bodiesUnder } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import { type AskingRow, type overview, Total, type TotalsFilter } from './burden.contract.ts'
import { burdenPack, formsIn, termsPack } from './burden.pack.ts'
import { type Bucket, budgetOf, priceOf } from './burden.rules.ts'
import { fillingsOf } from './burden.sql.ts'
import { askedOfEach, askingCount, askingPage, monthOf, totals, yearOf } from './burden-totals.sql.ts'

const LARGEST = 200
const EXPORTED = 50_000
const COUNTED = 1000
const SHOWN = 12

/** Kinds of form that a body has handed in since a day, and how often, as a later module knows it. */
export type SubmissionsOf = (tx: Tx, since: string) => Promise<{ body: string; kinds: number; submissions: number }[]>
let submissionsOf: SubmissionsOf = async () => []

/** Makes known who counts what bodies hand in; called once, by the app. */
export function useSubmissions(given: SubmissionsOf): void {
  submissionsOf = given
}

async function read(tx: Tx, { by, from, to }: TotalsFilter, most: number): Promise<Total[]> {
  const last = to ?? today(tx.tenant).slice(0, 7)
  const first = from ?? `${Number(last.slice(0, 4)) - 1}-${last.slice(5)}`
  const kinds = new Map(partOf(tx.tenant, burdenPack).kinds.map(({ id, name }) => [id, name]))
  const rows = await tx.all(totals, { tenantId: tx.tenant.id, by, from: `${first}-01`, to: `${last}-01`, most })
  return by === 'kind' ? rows.map((row) => ({ ...row, name: kinds.get(row.name) ?? row.name })) : rows
}

/** The largest totals of the months asked for; left out, the last twelve and this one. */
export async function totalsOf(tx: Tx, filter: TotalsFilter): Promise<Total[]> {
  return read(tx, filter, LARGEST)
}

const titles = { asker: '提出要求的单位', receiver: '接收组织', month: '月份', kind: '类别' } as const

/** The totals as csv [B6]. */
export async function exportTotals(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, filter: TotalsFilter): Promise<string> {
  return exportCsv(call, {
    name: '减负',
    action: 'burden.export',
    object: { kind: 'burden-totals', id: filter.by },
    detail: { filter },
    schema: Total,
    rows: await read(call.tx, filter, EXPORTED),
    columns: columnsBy(filter.by),
  })
}

function columnsBy(by: TotalsFilter['by']): { title: string; cell: (row: Total) => string | number }[] {
  return [
    { title: titles[by], cell: (row) => row.name },
    { title: '要求（项）', cell: (row) => row.askings },
    { title: '接收组织（个）', cell: (row) => row.receivers },
    { title: '用时（分钟）', cell: (row) => Math.round(row.seconds / 60) },
    { title: '自动填好省下（分钟）', cell: (row) => Math.round(row.saved / 60) },
    { title: '时间不足（项）', cell: (row) => row.short },
  ]
}

/** What the page shows as one workbook: totals each way, and our own count beside the published ones with their sources [B6]. */
export async function exportWorkbook(
  call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>,
  months: Pick<TotalsFilter, 'from' | 'to'>,
): Promise<Uint8Array> {
  const { own, published } = await overviewOf(call.tx)
  const ways = Object.keys(titles) as TotalsFilter['by'][]
  const totals = await Promise.all(ways.map((by) => read(call.tx, { ...months, by }, EXPORTED)))
  const counts = [
    ['', '种', '次', '说明', '出处'],
    ['这里的一个组织（居中的）', own.kinds, own.submissions, `${own.bodies}个组织，近十二个月，含纪实和收到的要求`, '本系统'],
    ['这里最多的组织', own.mostKinds, own.mostSubmissions, '', '本系统'],
    ...published.map(({ name, kinds, submissions, note, source }) => [name, kinds, submissions, note, source]),
  ]
  return exportXlsx(call, {
    ...{ name: '减负', action: 'burden.export', object: { kind: 'burden-totals', id: 'workbook' }, detail: { filter: months } },
    sheets: [
      ...ways.map((by, at) => sheetLines(call, { sheet: `按${titles[by]}`, schema: Total, rows: totals[at] ?? [], columns: columnsBy(by) })),
      { name: '与公开数比较', rows: counts },
    ],
  })
}

/** A page of askings that cost bodies of the scope something; the total comes with the first page. */
export async function askingsOf(
  tx: Tx,
  given: { body?: string; after?: string; limit?: number },
): Promise<{ rows: AskingRow[]; next: string | null; total: { count: number; capped: boolean } | null }> {
  const limit = given.limit ?? 30
  const bodies = given.body === undefined ? null : await bodiesUnder(tx, given.body)
  const key = { tenantId: tx.tenant.id, bodies }
  const rows = await tx.all(askingPage, { ...key, after: given.after === undefined ? undefined : readKey(given.after), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  const { count } = given.after === undefined && more ? await tx.one(askingCount, { ...key, most: COUNTED + 1 }) : { count: rows.length }
  return {
    rows: shown,
    next: more ? `${last.askedOn}_${last.askingId}` : null,
    total: given.after === undefined ? { count: Math.min(count, COUNTED), capped: count > COUNTED } : null,
  }
}

function readKey(key: string): { on: string; id: string } {
  const [on = '', id = ''] = key.split('_')
  if (!isDate(on) || !new RegExp(uuidPattern).test(id)) throw badPageKey(key)
  return { on, id }
}

const middle = (values: number[]): number => values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

/** Kinds and submissions of the last twelve months of one body, records and askings together: the middle body and the one with most. */
async function ownCount(tx: Tx, since: string): Promise<Static<typeof overview.reply>['own']> {
  const each = new Map<string, { kinds: number; submissions: number }>()
  for (const { body, kinds, submissions } of [...(await submissionsOf(tx, since)), ...(await tx.all(askedOfEach, { tenantId: tx.tenant.id, since }))]) {
    const before = each.get(body) ?? { kinds: 0, submissions: 0 }
    each.set(body, { kinds: before.kinds + kinds, submissions: before.submissions + submissions })
  }
  const kinds = [...each.values()].map((one) => one.kinds)
  const submissions = [...each.values()].map((one) => one.submissions)
  return {
    bodies: each.size,
    kinds: middle(kinds),
    submissions: middle(submissions),
    mostKinds: kinds.at(-1) ?? 0,
    mostSubmissions: submissions.at(-1) ?? 0,
  }
}

/** What the page 减负 shows first. */
export async function overviewOf(tx: Tx): Promise<Static<typeof overview.reply>> {
  const pack = partOf(tx.tenant, burdenPack)
  const day = today(tx.tenant)
  const since = addDays(day, -365)
  const tenantId = tx.tenant.id
  const month = await tx.all(monthOf, { tenantId, month: `${day.slice(0, 7)}-01`, on: day, asOf: now(tx.tenant).toISOString() })
  const budgets = month.flatMap(({ id, name, of, kind, seconds }) => {
    const minutes = budgetOf(pack.budgets, { of, kind })
    return minutes === undefined ? [] : [{ id, name, minutes, seconds }]
  })
  const buckets = new Map<string, Bucket[]>()
  for (const row of await tx.all(fillingsOf, { tenantId, forms: null })) buckets.set(row.form, [...(buckets.get(row.form) ?? []), row])
  const given = { enough: pack.enough_fillings, fieldSeconds: pack.field_seconds }
  return {
    month: day.slice(0, 7),
    kinds: pack.kinds,
    budgets: budgets.sort((left, right) => right.seconds / right.minutes - left.seconds / left.minutes).slice(0, SHOWN),
    bodies: month.length,
    over: budgets.filter(({ minutes, seconds }) => seconds > minutes * 60).length,
    year: await tx.one(yearOf, { tenantId, since }),
    own: await ownCount(tx, since),
    published: pack.published.map(({ name, kinds = null, submissions = null, note = '', source }) => ({ name, kinds, submissions, note, source })),
    forms: [...formsIn(packOf(tx.tenant)).values()].map((form) => ({ id: form.id, name: form.name, price: priceOf(form, buckets.get(form.id) ?? [], given) })),
    terms: partOf(tx.tenant, termsPack).terms.map(({ id, name, type }) => ({ id, name, type })),
    idleSeconds: pack.idle_seconds,
  }
}
