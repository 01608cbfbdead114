// The one way rows leave as a file: masked along their schema, audited, and with a watermark that says who took them, when, and under which number.
import type { TSchema } from 'typebox'
import { csvLine } from '#base/csv.ts'
import { formatMoment } from '#base/dates.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { maskerOf } from '#server/kit/masking.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import { maskingFor } from './unmasking.service.ts'

export interface CsvExport<Row> {
  /** File name without its ending. */
  name: string
  /** The audit entry: `<module>.export`, of what, with which filter. */
  action: string
  object: { kind: string; id: string }
  detail: Record<string, unknown>
  /** The contract's schema of a row, along which it is masked. */
  schema: TSchema
  rows: readonly Row[]
  columns: readonly { title: string; cell: (row: Row) => string | number | null }[]
  /** A line above the titles that says where the rows come from. */
  origin?: string
}

/** Sends rows as csv with a byte order mark. Leaves an audit entry, whose id is the number in the watermark. */
export async function exportCsv<Row>(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: CsvExport<Row>): Promise<string> {
  const { tx, actor, reply } = call
  const { name, columns, origin } = given
  const mask = maskerOf(given.schema)
  const masking = maskingFor(tx.tenant, actor)
  const rows = mask === null ? given.rows : given.rows.map((row) => mask(row, masking))
  const number = await leaveEntry(tx, given.action, given.object, { ...given.detail, rows: rows.length })
  const file = `${name}.csv`
  reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file)}`)
  const lines = [
    ...(origin === undefined ? [] : [[origin]]),
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => cell(row) ?? '')),
    ['导出人', `${actor.name}（${postOf(call)}）`],
    ['导出时间', formatMoment(new Date())],
    ['文件', file],
    ['导出编号', number],
  ]
  return `\uFEFF${lines.map(csvLine).join('')}`
}

/** The post that the export is done by, in words. */
function postOf({ tx, actor }: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor'>): string {
  const id = tx.origin?.post ?? actor.posts[0]?.post
  return partOf(tx.tenant, organisationPack).posts.find((post) => post.id === id)?.name ?? ''
}
