// A folder of CSV files → facts for the engine, as docs/rubric-files.md says. Every mistake with its place; what is odd but allowed is a note.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Cell } from '#base/csv.ts'
import { chinaDate } from '#base/dates.ts'
import type { Diagnostic } from '#base/errors.ts'
import { suggest } from '#base/suggest.ts'
import type { Fact, Facts, Written } from '#engine/index.ts'
import { looks, momentOf, type TypeName, valueIn, wayOut } from './columns.ts'
import { readCsv, type Sheet } from './csv.ts'
import { columnsOf, fixedTypes, placeOf, type Said } from './header.ts'

export interface FactColumn {
  name: string
  type: TypeName
}

/** One row: whose, its date (null: none), when it was known (null: always), and the columns' values. */
export interface FactRow {
  /** Line of the file. */
  line: number
  whose: string
  day: string | null
  knownFrom: string | null
  knownUntil: string | null
  values: Written[]
}

/** One source. `dated` is true when its rows have dates, else it is a state. */
export interface FactTable {
  name: string
  dated: boolean
  columns: FactColumn[]
  rows: FactRow[]
}

/** A folder: `diagnostics` say why nothing can be scored, `notes` what is allowed but looks like a slip. */
export interface Folder extends Said {
  tables: FactTable[]
  /** Sources that could not be read: what a rubric says of them can't be checked. */
  unread: string[]
}

const needed: Record<string, string[]> = { unit: ['id'], mark: ['unit', 'item', 'value'], ballot: ['unit', 'item', 'choice', 'count'] }
const knowledge = ['known_from', 'known_until']

/** Reads the folder. `shown` is what diagnostics call it. */
export function readFolder(folder: string, shown: string): Folder {
  const result: Folder = { tables: [], diagnostics: [], notes: [], untyped: [], unread: [] }
  const complain = (message: string, hint: string): Folder => {
    result.diagnostics.push({ file: shown, line: 1, column: 1, code: 'csv-file', message, hint })
    return { ...result, unread: ['unit'] }
  }
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (stat === undefined) return complain('there is no such folder', '--facts names the folder with units.csv')
  if (!stat.isDirectory()) return complain('this is a file, not a folder', '--facts names the folder with units.csv')
  const files = readdirSync(folder).filter((name) => /\.csv$/i.test(name) && !name.startsWith('.'))
  const names = files.map((name) => name.slice(0, -4))
  if (!names.includes('units'))
    return complain('there is no units.csv in this folder', suggest('units', names) ?? 'it lists who is scored: id,name,class,parent')
  const units = new Map<string, string>()
  for (const name of ['units', ...names.filter((one) => one !== 'units').sort()]) {
    const source = name === 'units' ? 'unit' : name === 'marks' ? 'mark' : name
    const file = files.find((one) => one.slice(0, -4) === name) ?? ''
    const { sheet, diagnostics } = readCsv(join(folder, file), join(shown, file))
    result.diagnostics.push(...diagnostics)
    if (name === 'unit' || name === 'mark' || names.indexOf(name) !== names.lastIndexOf(name)) {
      const message = `\`${source}\` is a source already${name === source ? `, that of ${name}s.csv` : ''}`
      result.diagnostics.push({ file: join(shown, file), line: 1, column: 1, code: 'csv-file', message, hint: 'rename this file' })
      continue
    }
    const table = sheet === null ? null : tableOf(source, sheet, units, result)
    if (table === null) result.unread.push(source)
    else result.tables.push(table)
  }
  // Without the file there are no marks yet.
  if (!names.includes('marks'))
    result.tables.push({ name: 'mark', dated: false, columns: Object.entries(fixedTypes['mark'] ?? {}).map(([name, type]) => ({ name, type })), rows: [] })
  return result
}

function tableOf(source: string, sheet: Sheet, units: Map<string, string>, result: Folder): FactTable | null {
  const { diagnostics } = result
  const columns = columnsOf(source, sheet, result)
  const missing = (needed[source] ?? ['unit']).filter((name) => !columns.some((column) => column.name === name))
  const names = columns.map(({ name }) => name)
  for (const name of missing) {
    const hint = suggest(name, names)
    diagnostics.push({ ...placeOf(sheet.header[0]), code: 'csv-header', message: `no column \`${name}\``, ...(hint === undefined ? {} : { hint }) })
  }
  if (missing.length > 0) return null
  const when = source === 'unit' ? undefined : columns.find(({ name }) => name === (source === 'mark' ? 'at' : 'date'))
  const kept = columns.filter(({ name }) => source === 'unit' || !knowledge.includes(name))
  const cellOf = (row: Cell[], name: string): Cell | undefined => row[columns.find((column) => column.name === name)?.index ?? -1]
  const seen = new Map<string, number>()
  const rows = sheet.rows.map((row): FactRow => {
    const whose = cellOf(row, source === 'unit' ? 'id' : 'unit')
    if (source === 'unit') checkId(whose, cellOf(row, 'name'), units, seen, diagnostics)
    else if (!result.unread.includes('unit')) checkUnit(whose, units, diagnostics)
    if (source === 'mark') checkMark(row, cellOf, seen, diagnostics)
    const known = (name: string): string | null => (source === 'unit' ? null : knownAt(cellOf(row, name), diagnostics))
    const day = when === undefined ? null : dayOf(row[when.index], when.type, diagnostics)
    const values = kept.map((column) => {
      const cell = row[column.index]
      return column === when ? day : cell === undefined ? null : cellValue(cell, column, diagnostics)
    })
    // A mark is known from the moment it was given, if nothing else is said.
    const given = source === 'mark' && when !== undefined ? momentOf(row[when.index]?.text ?? '', 'start') : undefined
    return { line: whose?.line ?? 1, whose: whose?.text ?? '', day, knownFrom: known('known_from') ?? given ?? null, knownUntil: known('known_until'), values }
  })
  if (when !== undefined) {
    const undated = sheet.rows.find((row) => row[when.index]?.text === '')
    if (undated !== undefined)
      result.notes.push({ ...placeOf(undated[when.index]), code: 'csv-undated', message: `a row without \`${when.name}\` is never counted` })
  }
  return { name: source, dated: when !== undefined, columns: kept.map(({ name, type }) => ({ name, type })), rows }
}

function checkId(cell: Cell | undefined, name: Cell | undefined, units: Map<string, string>, seen: Map<string, number>, diagnostics: Diagnostic[]): void {
  const id = cell?.text ?? ''
  const first = seen.get(id)
  if (id === '') diagnostics.push({ ...placeOf(cell), code: 'csv-unit', message: '`id` is empty', hint: 'each unit has an id of its own' })
  else if (first !== undefined)
    diagnostics.push({ ...placeOf(cell), code: 'csv-duplicate', message: `the unit \`${id}\` is there twice`, hint: `first in line ${first}` })
  else {
    seen.set(id, cell?.line ?? 1)
    units.set(id, name?.text ?? '')
  }
}

function checkUnit(cell: Cell | undefined, units: Map<string, string>, diagnostics: Diagnostic[]): void {
  const id = cell?.text ?? ''
  if (units.has(id)) return
  if (id === '')
    return void diagnostics.push({
      ...placeOf(cell),
      code: 'csv-unit',
      message: '`unit` is empty: whose row is this?',
      hint: 'write the id of a unit of units.csv',
    })
  const named = [...units].find(([, name]) => name === id)?.[0]
  const hint = named === undefined ? suggest(id, [...units.keys()].slice(0, 2000)) : `that is the name of \`${named}\`; write the id`
  diagnostics.push({ ...placeOf(cell), code: 'csv-unit', message: `no unit \`${id}\` in units.csv`, ...(hint === undefined ? {} : { hint }) })
}

/** A mark has an item and a value; one reviewer gives one mark for one item on one day. */
function checkMark(row: Cell[], cellOf: (row: Cell[], name: string) => Cell | undefined, seen: Map<string, number>, diagnostics: Diagnostic[]): void {
  for (const name of ['item', 'value'])
    if (cellOf(row, name)?.text === '')
      diagnostics.push({
        ...placeOf(cellOf(row, name)),
        code: 'csv-value',
        message: `\`${name}\` is empty`,
        hint: 'a mark says for which item and how much; delete the row if there is none',
      })
  const by = cellOf(row, 'by')?.text ?? ''
  if (by === '') return
  const key = JSON.stringify([...['unit', 'item', 'at'].map((name) => cellOf(row, name)?.text ?? ''), by])
  const first = seen.get(key)
  const item = cellOf(row, 'item')
  if (first === undefined) seen.set(key, item?.line ?? 1)
  else
    diagnostics.push({
      ...placeOf(item),
      code: 'csv-duplicate',
      message: `${by} marks \`${item?.text}\` of this unit twice`,
      hint: `first in line ${first}; keep the one in force`,
    })
}

function knownAt(cell: Cell | undefined, diagnostics: Diagnostic[]): string | null {
  if (cell === undefined || cell.text === '') return null
  const known = momentOf(cell.text, 'start')
  if (known === undefined)
    diagnostics.push({ ...placeOf(cell), code: 'csv-value', message: `\`${cell.text}\` is no moment`, hint: 'write 2024-01-31 or 2024-01-31T18:00:00+08:00' })
  return known ?? null
}

/** The day of a row; marks may carry a moment, whose day in China counts. */
function dayOf(cell: Cell | undefined, type: TypeName, diagnostics: Diagnostic[]): string | null {
  if (cell === undefined || cell.text === '') return null
  if (valueIn(cell.text, 'date') !== undefined) return cell.text
  const moment = momentOf(cell.text, 'start')
  if (moment !== undefined) return chinaDate(new Date(moment))
  diagnostics.push({ ...placeOf(cell), code: 'csv-value', message: `\`${cell.text}\` is not ${looks[type]}`, hint: wayOut(cell.text, 'date') })
  return null
}

function cellValue(cell: Cell, { name, type }: FactColumn, diagnostics: Diagnostic[]): Written {
  const value = valueIn(cell.text, type)
  if (value === undefined)
    diagnostics.push({
      ...placeOf(cell),
      code: 'csv-value',
      message: `\`${cell.text}\` in column \`${name}\` is not ${looks[type]}`,
      hint: wayOut(cell.text, type),
    })
  return value ?? null
}

/** The tables as the reference evaluator reads them. */
export function factsOf(tables: FactTable[]): Facts {
  const known = new Map<string, Fact[]>()
  return (source, { asOf }) => {
    const key = `${source} ${asOf}`
    const facts = known.get(key) ?? factsAt(tables, source, Date.parse(asOf))
    known.set(key, facts)
    return facts
  }
}

function factsAt(tables: FactTable[], source: string, at: number): Fact[] {
  const table = tables.find(({ name }) => name === source)
  if (table === undefined) throw new Error(`no source ${source}`)
  return table.rows.flatMap((row, index): Fact[] => {
    const known = (row.knownFrom === null || Date.parse(row.knownFrom) <= at) && (row.knownUntil === null || Date.parse(row.knownUntil) > at)
    // A row that has no date in a dated source is never counted; an empty text is before every period.
    const when = table.dated ? (row.day ?? '') : null
    const values = Object.fromEntries(table.columns.map(({ name }, column) => [name, row.values[column] ?? null]))
    return known ? [{ id: source === 'unit' ? row.whose : String(index + 1), subject: row.whose, when, values }] : []
  })
}
