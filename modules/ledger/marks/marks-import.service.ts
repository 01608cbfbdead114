// A file of marks: read, every mistake told, then all of it or nothing.
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import { isDate } from '#base/dates.ts'
import { decimal, format } from '#base/decimal.ts'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Field, mapFields, readDay, readSheet, type Sheet } from '#modules/org/index.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type * as contract from './marks.contract.ts'
import { itemNamed } from './marks.names.ts'
import { addMarks, bodiesNamed, closeMarks, importedAt, marksNow, type NewMarkRow } from './marks.sql.ts'

const SHOWN = 200
const fields: Field[] = [
  { id: 'subject', name: '评分对象', required: true, headers: ['评分对象', '对象', '单位', '单位名称', '党组织', '党组织名称', '名称', '被考核单位'] },
  { id: 'item', name: '指标', required: true, headers: ['指标', '项目', '考核项目', '指标编号'] },
  { id: 'value', name: '分值', required: true, headers: ['分值', '得分', '分数', '评分'] },
  { id: 'by', name: '评分人', required: true, headers: ['评分人', '评委', '打分人', '评分单位'] },
  { id: 'group', name: '评分组', required: false, headers: ['评分组', '组别', '评委组', '评分人类别'] },
  { id: 'givenOn', name: '日期', required: false, headers: ['日期', '评分日期', '打分日期'] },
]
const nameOf = (id: string): string => fields.find((field) => field.id === id)?.name ?? id

/** A file that was read; nothing of it has met the database yet. */
export interface MarkFile {
  sheet: Sheet
  columns: ReturnType<typeof mapFields>
  hash: string
}

type Query = Static<typeof contract.importMarks.query>

/** Reads the file before the transaction opens. */
export async function readMarkFile({ tenant }: { tenant: Tenant }, query: Query, bytes: unknown): Promise<MarkFile> {
  if (!isDate(query.on) || query.on > today(tenant))
    throw new Refusal('invalid', '评分日期应是今天或以前的一天。', [{ field: '/on', value: query.on, message: '应是今天或以前的一天' }])
  if (!(bytes instanceof Uint8Array) || bytes.length === 0)
    throw new Refusal('invalid', '没有收到文件内容，请重新选择文件。', [{ field: '/file', message: '文件是空的' }])
  const sheet = await readSheet(bytes)
  const columns = mapFields(fields, sheet.header, sheet.rows, new Map())
  return { sheet, columns, hash: createHash('sha256').update(bytes).update(query.on).digest('hex') }
}

interface Plan {
  errors: contract.MarkProblem[]
  counts: contract.MarkCounts
  add: NewMarkRow[]
  close: string[]
}

/** What a file would do. `may` says of a body whether its marks may be written. */
async function planOf(tx: Tx, may: (bodyId: string) => boolean, query: Query, { sheet, columns, hash }: MarkFile): Promise<Plan> {
  const errors: contract.MarkProblem[] = []
  for (const { id, name, required } of fields)
    if (required && !columns.some((column) => column.field === id))
      errors.push({ line: sheet.headerLine, column: name, value: '', message: `没有“${name}”这一列，请在第一行写上列名` })
  if (errors.length > 0) return { errors, counts: { created: 0, changed: 0, unchanged: 0 }, add: [], close: [] }
  const rows = sheet.rows.flatMap((cells, index) => {
    const cell = (id: string): string => (cells[columns.find((column) => column.field === id)?.index ?? -1] ?? '').trim()
    const line = sheet.headerLine + 1 + index
    return cells.every((text) => text.trim() === '') ? [] : [{ line, ...Object.fromEntries(fields.map(({ id }) => [id, cell(id)])) } as Cells]
  })
  const bodies = new Map<string, string[]>()
  const asOf = now(tx.tenant).toISOString()
  for (const { id, name } of await tx.all(bodiesNamed, { names: [...new Set(rows.map(({ subject }) => subject))], on: query.on, asOf }))
    bodies.set(name, [...(bodies.get(name) ?? []), id])
  const seen = new Map<string, number>()
  const sound = rows.flatMap((row) => {
    const wrong = (column: string, message: string): void =>
      void errors.push({ line: row.line, column: nameOf(column), value: row[column as keyof Cells] as string, message })
    const before = errors.length
    const [id, ...others] = (bodies.get(row.subject) ?? []).filter(may)
    if (row.subject === '') wrong('subject', '请写单位或党组织的全称')
    else if (id === undefined) wrong('subject', '没有找到这个单位或党组织，请写全称；也可能不在您的范围内')
    else if (others.length > 0) wrong('subject', '有同名的组织，请逐个录入')
    if (row.item === '' || row.item.length > 80) wrong('item', row.item === '' ? '请写指标' : '最多 80 个字')
    if (!/^-?\d{1,9}(\.\d{1,6})?$/.test(row.value)) wrong('value', '应是数字，例如 92.5，不带“分”和“%”')
    if (row.by === '' || row.by.length > 80) wrong('by', row.by === '' ? '请写评分人或评分单位' : '最多 80 个字')
    if (row.group.length > 80) wrong('group', '最多 80 个字')
    const givenOn = row.givenOn === '' ? query.on : readDay(row.givenOn)
    if (givenOn === null || !isDate(givenOn)) wrong('givenOn', '应是日期，例如 2024-06-30')
    else if (givenOn > today(tx.tenant)) wrong('givenOn', '不能在今天以后')
    if (errors.length > before || id === undefined || givenOn === null) return []
    const mark = { subjectId: id, item: itemNamed(tx.tenant, row.item), value: format(decimal(row.value)), by: row.by, group: row.group, givenOn }
    const first = seen.get(keyOf(mark))
    if (first !== undefined) wrong('by', `与第 ${first} 行重复：同一评分人同一天对同一对象的同一指标只有一份`)
    seen.set(keyOf(mark), first ?? row.line)
    return first === undefined ? [mark] : []
  })
  const inForce = new Map(
    (await tx.all(marksNow, { subjects: [...new Set(sound.map(({ subjectId }) => subjectId))], items: [...new Set(sound.map(({ item }) => item))] })).map(
      (mark) => [keyOf(mark), mark],
    ),
  )
  const plan: Plan = { errors: errors.toSorted((a, b) => a.line - b.line), counts: { created: 0, changed: 0, unchanged: 0 }, add: [], close: [] }
  for (const mark of sound) {
    const old = inForce.get(keyOf(mark))
    if (old !== undefined && old.value === mark.value && old.group === mark.group) {
      plan.counts.unchanged += 1
      continue
    }
    plan.counts[old === undefined ? 'created' : 'changed'] += 1
    if (old !== undefined) plan.close.push(old.markId)
    plan.add.push({
      ...{
        mark_id: newId(),
        subject_id: mark.subjectId,
        item: mark.item,
        value: mark.value,
        given_by: mark.by,
        given_group: mark.group,
        given_on: mark.givenOn,
      },
      ...{ source: query.name, import_hash: hash, reason: old === undefined ? '' : '导入时更正' },
    })
  }
  return plan
}

interface Cells {
  line: number
  subject: string
  item: string
  value: string
  by: string
  group: string
  givenOn: string
}

function keyOf({ subjectId, item, by, givenOn }: { subjectId: string; item: string; by: string; givenOn: string }): string {
  return JSON.stringify([subjectId, item, by, givenOn])
}

/** What a file would do. Writes nothing. */
export async function previewMarks(tx: Tx, may: (bodyId: string) => boolean, query: Query, file: MarkFile): Promise<contract.MarkPreview> {
  const { errors, counts } = await planOf(tx, may, query, file)
  return {
    rows: file.sheet.rows.length,
    columns: file.columns.map(({ header, field, note }) => ({ header, name: field === null ? null : nameOf(field), note })),
    counts,
    errors: errors.slice(0, SHOWN),
    errorCount: errors.length,
    importedAt: (await tx.one(importedAt, { hash: file.hash })).at,
  }
}

/** Imports a file: everything or nothing. */
export async function importMarks(tx: Tx, may: (bodyId: string) => boolean, query: Query, file: MarkFile): Promise<Static<typeof contract.importMarks.reply>> {
  const rows = file.sheet.rows.length
  const { at: before } = await tx.one(importedAt, { hash: file.hash })
  if (before !== null) return { counts: { created: 0, changed: 0, unchanged: rows }, rows, importedAt: before, before: true }
  const { errors, counts, add, close } = await planOf(tx, may, query, file)
  if (errors.length > 0) {
    const issues = errors.slice(0, SHOWN).map(({ line, column, value, message }) => ({ field: `/line/${line}/${column}`, value, message }))
    throw new Refusal('invalid', `文件有${errors.length}处错误，一行也没有导入。请改好后重新上传。`, issues)
  }
  const at = now(tx.tenant).toISOString()
  const closed = await tx.all(closeMarks, { ids: close, at })
  const added = await tx.all(addMarks, { rows: JSON.stringify(add), at })
  if (closed.length < close.length || added.length < add.length) throw new Refusal('conflict', '有人刚刚改过其中的评分，一行也没有导入。请重新检查后再导入。')
  await leaveEntry(tx, 'marks.import', { kind: 'mark-list', id: newId() }, { hash: file.hash, rows, ...counts })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { counts, rows, importedAt: at, before: false }
}
