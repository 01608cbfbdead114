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

/** Who takes data out, when, and the number of the audit entry that it leaves. */
export interface Watermark {
  by: string
  at: string
  number: string
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Taking = Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor'>

/** Leaves the audit entry of taking something out of the system, as a file or on paper; gives the watermark that goes with it. */
export async function watermarkOf(call: Taking, { action, object, detail }: Pick<CsvExport<never>, 'action' | 'object' | 'detail'>): Promise<Watermark> {
  const number = await leaveEntry(call.tx, action, object, detail)
  return { by: `${call.actor.name}（${postOf(call)}）`, at: formatMoment(new Date()), number }
}

function fileHead(reply: Call<unknown, unknown, unknown>['reply'], type: string, file: string): void {
  reply.type(type).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file)}`)
}

/** Sends one value as json, masked along its schema, with its watermark beside it. */
export async function exportJson<Value extends object>(
  call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>,
  given: Pick<CsvExport<Value>, 'name' | 'action' | 'object' | 'detail' | 'schema' | 'origin'> & { value: Value },
): Promise<string> {
  const mask = maskerOf(given.schema)
  const value = mask === null ? given.value : mask(given.value, maskingFor(call.tx.tenant, call.actor))
  const watermark = await watermarkOf(call, given)
  fileHead(call.reply, 'application/json; charset=utf-8', `${given.name}.json`)
  return JSON.stringify({ origin: given.origin ?? '', value, watermark }, null, 2)
}

/** Sends rows as csv with a byte order mark. Leaves an audit entry, whose id is the number in the watermark. */
export async function exportCsv<Row>(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: CsvExport<Row>): Promise<string> {
  const { tx, actor, reply } = call
  const { name, columns, origin } = given
  const mask = maskerOf(given.schema)
  const masking = maskingFor(tx.tenant, actor)
  const rows = mask === null ? given.rows : given.rows.map((row) => mask(row, masking))
  const { by, at, number } = await watermarkOf(call, { ...given, detail: { ...given.detail, rows: rows.length } })
  const file = `${name}.csv`
  fileHead(reply, 'text/csv; charset=utf-8', file)
  const lines = [
    ...(origin === undefined ? [] : [[origin]]),
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => cell(row) ?? '')),
    ['导出人', by],
    ['导出时间', at],
    ['文件', file],
    ['导出编号', number],
  ]
  return `\uFEFF${lines.map(csvLine).join('')}`
}

/** A sheet of a workbook: what it is called, and its columns as those of a csv. */
export type Sheet<Row> = Pick<CsvExport<Row>, 'schema' | 'rows' | 'columns' | 'origin'> & { sheet: string }

type Cells = (string | number | null)[]

/** The lines of a sheet, masked along its schema; text stays text, whatever it begins with. */
export function sheetLines<Row>({ tx, actor }: Taking, { sheet, schema, rows, columns, origin }: Sheet<Row>): { name: string; rows: Cells[] } {
  const mask = maskerOf(schema)
  const masking = maskingFor(tx.tenant, actor)
  const lines = rows.map((row) => columns.map(({ cell }) => cell(mask === null ? row : mask(row, masking))))
  return { name: sheet, rows: [...(origin === undefined ? [] : [[origin]]), columns.map(({ title }) => title), ...lines] }
}

/** Sends sheets as one xlsx file, the last sheet its watermark. Leaves an audit entry, whose id is the number in the watermark. */
export async function exportXlsx(
  call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>,
  given: Pick<CsvExport<never>, 'name' | 'action' | 'object' | 'detail'> & { sheets: readonly { name: string; rows: Cells[] }[] },
): Promise<Uint8Array> {
  const file = `${given.name}.xlsx`
  const rows = given.sheets.reduce((sum, sheet) => sum + sheet.rows.length - 1, 0)
  const { by, at, number } = await watermarkOf(call, { ...given, detail: { ...given.detail, rows } })
  fileHead(call.reply, xlsxType, file)
  const mark = {
    name: '导出说明',
    rows: [
      ['导出人', by],
      ['导出时间', at],
      ['文件', file],
      ['导出编号', number],
    ],
  }
  // Loaded when first needed: the server is smaller without it.
  const { writeXlsx } = await import('hucre/xlsx')
  return Buffer.from(await writeXlsx({ sheets: [...given.sheets, mark] }))
}

/** The post that the export is done by, in words. */
function postOf({ tx, actor }: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor'>): string {
  const id = tx.origin?.post ?? actor.posts[0]?.post
  return partOf(tx.tenant, organisationPack).posts.find((post) => post.id === id)?.name ?? ''
}
