// What is told of burden outside the desk: a month's totals by kind of asking, released by a paper; no asking body, and no group below k [B6].
import { createHash } from 'node:crypto'
import { kOf } from '#modules/access/index.ts'
import { releasesOf, type Subject } from '#modules/approval/index.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { PublishedMonth } from './burden.contract.ts'
import { burdenPack } from './burden.pack.ts'
import { type MonthKindRow, monthKinds } from './burden-totals.sql.ts'

/** Months that are told of. */
const MONTHS = 12

type Row = PublishedMonth['rows'][number]

async function monthsOf(tx: Tx): Promise<Map<string, Row[]>> {
  const names = new Map(partOf(tx.tenant, burdenPack).kinds.map(({ id, name }) => [id, name]))
  const now = `${today(tx.tenant).slice(0, 7)}-01`
  const found = await tx.all(monthKinds, { tenantId: tx.tenant.id, before: now, months: MONTHS })
  const groups = Map.groupBy(found, ({ month }) => month)
  const row = ({ kind, askings, receivers, seconds, saved }: MonthKindRow): Row => ({
    ...{ name: names.get(kind) ?? kind, askings, receivers },
    ...{ minutes: Math.round(seconds / 60), saved: Math.round(saved / 60) },
  })
  return new Map([...groups].map(([month, rows]) => [month, rows.filter(({ receivers }) => receivers >= kOf(tx.tenant)).map(row)]))
}

const hashOf = (rows: readonly Row[]): string => createHash('sha256').update(JSON.stringify(rows)).digest('hex')

/** The months whose totals stand released to the reader, the newest first; and the newest that could be sent in. */
export async function publishedOf(tx: Tx): Promise<{ months: PublishedMonth[]; latest: string | null }> {
  const months = await monthsOf(tx)
  const released = await releasesOf(tx, 'burden')
  return {
    months: [...months].flatMap(([month, rows]) => {
      const release = released(month, hashOf(rows))
      return release === undefined ? [] : [{ month, number: release.number, rows }]
    }),
    latest: [...months].find(([, rows]) => rows.length > 0)?.[0] ?? null,
  }
}

/** A month's totals as a thing to be approved; its id is the month. */
export const burdenSubject: Subject = {
  kind: 'burden',
  name: '减负合计',
  read: async (tx, month) => {
    const rows = (await monthsOf(tx)).get(month)
    if (rows === undefined) return undefined
    const [year, number] = month.split('-')
    return {
      title: `${year}年${Number(number)}月减负合计`,
      bodyId: null,
      address: '/burden',
      hash: hashOf(rows),
      summary: [
        ...rows.map(
          ({ name, askings, receivers, minutes, saved }) =>
            `${name}${askings}项，${receivers}个组织，合计约${Math.round(minutes / 60)}小时，自动填好省下约${Math.round(saved / 60)}小时。`,
        ),
        '只到类别，不写提出要求的单位；组织太少的类别不显示。',
      ],
      ...(rows.length === 0 ? { stop: '这个月每一类接收的组织都太少，不能公布。' } : {}),
    }
  },
}
