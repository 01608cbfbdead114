// Previewing and applying imports.
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Preparing } from '#server/kit/route.ts'
import { type Asking, flush, mustBeDate } from '../changes/change.service.ts'
import { addPersons, lockChanges } from '../changes/changes.sql.ts'
import { organisationPack } from '../org.pack.ts'
import type * as contract from './imports.contract.ts'
import { type Plan, planImport } from './imports.plan.ts'
import { readSheet, type Sheet } from './imports.reader.ts'
import { importFields, mapFields } from './imports.rules.ts'
import { addImport, importByHash, lastImports } from './imports.sql.ts'

type Query = Static<typeof contract.applyImport.query>
const SHOWN = 200

/** A file that was read: nothing of it has met the database yet. */
export interface Reading {
  sheet: Sheet
  columns: contract.ImportColumn[]
  hash: string
}

function mappingOf({ kind, mapping }: Query): Map<number, string> {
  const bad = (): never => {
    throw new Refusal('invalid', '列的对应关系不对，请重新选择。', [{ field: '/mapping', value: mapping, message: '应是列号到字段的对应' }])
  }
  let given: unknown
  try {
    given = JSON.parse(mapping ?? '{}')
  } catch {
    return bad()
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return bad()
  const chosen = new Map<number, string>()
  for (const [column, field] of Object.entries(given)) {
    if (!/^\d{1,2}$/.test(column) || typeof field !== 'string' || (field !== '' && !importFields[kind].some(({ id }) => id === field))) return bad()
    if (field !== '' && [...chosen.values()].includes(field))
      throw new Refusal('invalid', `“${importFields[kind].find(({ id }) => id === field)?.name}”选了两列，请只留一列。`, [
        { field: '/mapping', value: mapping, message: '同一个字段选了两列' },
      ])
    chosen.set(Number(column), field)
  }
  return chosen
}

/** Reads the file before the transaction opens: a hundred thousand rows take seconds, in which writers would hold each other up. */
export async function readFile({ tenant }: Pick<Preparing<unknown, unknown, unknown>, 'tenant'>, query: Query, bytes: unknown): Promise<Reading> {
  mustBeDate('/on', query.on)
  if (query.on > today(tenant)) throw new Refusal('invalid', '起始日期不能在今天以后。', [{ field: '/on', value: query.on, message: '不能在今天以后' }])
  const chosen = mappingOf(query)
  if (!(bytes instanceof Uint8Array) || bytes.length === 0)
    throw new Refusal('invalid', '没有收到文件内容，请重新选择文件。', [{ field: '/file', message: '文件是空的' }])
  const sheet = await readSheet(bytes)
  const columns = mapFields(importFields[query.kind], sheet.header, sheet.rows, chosen)
  const hash = createHash('sha256')
    .update(bytes)
    .update(JSON.stringify([query.on, columns.map((column) => column.field)]))
    .digest('hex')
  return { sheet, columns, hash }
}

async function planOf({ tx, actor }: Asking, query: Query, { sheet, columns }: Reading): Promise<Plan> {
  await tx.all(lockChanges, {})
  const ground = { tx, actor, pack: partOf(tx.tenant, organisationPack), on: query.on, today: today(tx.tenant), asOf: now(tx.tenant).toISOString() }
  return planImport(ground, query.kind, sheet, columns)
}

/** What a file would do. Writes nothing. */
export async function preview(asking: Asking, query: Query, reading: Reading): Promise<contract.ImportPreview> {
  const { sheet, columns, hash } = reading
  const plan = await planOf(asking, query, reading)
  const before = await asking.tx.maybe(importByHash, { kind: query.kind, hash })
  return {
    rows: sheet.rows.length,
    columns,
    counts: plan.counts,
    errors: plan.errors.slice(0, SHOWN),
    errorCount: plan.errors.length,
    warnings: plan.warnings,
    fields: importFields[query.kind].map(({ id, name, required }) => ({ id, name, required })),
    sample: sheet.rows
      .slice(0, 10)
      .map((row, index) => ({ line: sheet.headerLine + 1 + index, cells: columns.map((column) => (column.field === null ? '' : (row[column.index] ?? ''))) })),
    importedAt: before?.at ?? null,
  }
}

/** Imports a file: everything or nothing. What it writes becomes known at the end, when all has been checked. */
export async function apply(asking: Asking, query: Query, reading: Reading): Promise<Static<typeof contract.applyImport.reply>> {
  const { tx } = asking
  const { sheet, hash } = reading
  const plan = await planOf(asking, query, reading)
  const before = await tx.maybe(importByHash, { kind: query.kind, hash })
  if (before !== undefined) return { importId: before.id, counts: before.counts, rows: before.rows, importedAt: before.at, before: true }
  if (plan.errors.length > 0) {
    const issues = plan.errors
      .slice(0, SHOWN)
      .map((problem) => ({ field: `/line/${problem.line}/${problem.column}`, value: problem.value, message: problem.message }))
    throw new Refusal('invalid', `文件有${plan.errors.length}处错误，一行也没有导入。请改好后重新上传。`, issues)
  }
  const id = newId()
  const at = now(tx.tenant).toISOString()
  if (plan.persons.length > 0) await tx.all(addPersons, { rows: JSON.stringify(plan.persons) })
  await flush(tx, { batch: plan.batch, on: query.on, at })
  await tx.all(addImport, { id, kind: query.kind, hash, name: query.name, rows: sheet.rows.length, counts: JSON.stringify(plan.counts), at })
  await leaveEntry(tx, 'org.import', { kind: 'org-import', id }, { kind: query.kind, rows: sheet.rows.length, ...plan.counts })
  tx.afterCommit(scopesChanged)
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { importId: id, counts: plan.counts, rows: sheet.rows.length, importedAt: at, before: false }
}

/** The last imports. */
export async function imports(tx: Tx): Promise<Static<typeof contract.listImports.reply>> {
  const rows = await tx.all(lastImports, {})
  return { rows: rows.map((row) => ({ ...row, kind: row.kind as contract.ImportKind })) }
}
