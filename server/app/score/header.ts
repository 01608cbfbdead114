// The header of a CSV file → columns with names and types.
import type { Cell } from '#base/csv.ts'
import type { Diagnostic, Place } from '#base/errors.ts'
import { suggest } from '#base/suggest.ts'
import { compileCel } from '#engine/cel.ts'
import { looks, nearlyOf, type TypeName, typeNames, typeOf, wayOut } from './columns.ts'
import type { Sheet } from './csv.ts'

/** A column that a rubric can name. */
export interface HeaderColumn {
  name: string
  type: TypeName
  /** Which cell of a row, from 0. */
  index: number
}

/** What reading a header says: mistakes, slips, and columns without a value, whose type is unknown. */
export interface Said {
  diagnostics: Diagnostic[]
  notes: Diagnostic[]
  untyped: Diagnostic[]
}

/** Columns whose type doesn't depend on the content, by source. */
export const fixedTypes: Record<string, Record<string, TypeName>> = {
  unit: { id: 'string', name: 'string', class: 'string', parent: 'string' },
  mark: { unit: 'string', item: 'string', value: 'decimal', by: 'string', group: 'string', at: 'date', known_from: 'date', known_until: 'date' },
  ballot: { unit: 'string', date: 'date', item: 'string', choice: 'string', category: 'string', count: 'int', known_from: 'date', known_until: 'date' },
}
const fixedElsewhere: Record<string, TypeName> = { unit: 'string', date: 'date', known_from: 'date', known_until: 'date' }

/** The columns of a sheet; those that a rubric can't name are noted and left out. */
export function columnsOf(source: string, sheet: Sheet, { diagnostics, notes, untyped }: Said): HeaderColumn[] {
  const columns: HeaderColumn[] = []
  for (const [index, cell] of sheet.header.entries()) {
    const [name = '', given] = cell.text.split(':').map((part) => part.trim())
    const wrong = nameProblem(name, columns) ?? typeProblem(given)
    if (wrong !== null) diagnostics.push({ ...placeOf(cell), code: 'csv-header', ...wrong })
    else if (!isName(name)) {
      const message = `the column \`${name}\` is left out: rubrics can't name it`
      notes.push({ ...placeOf(cell), code: 'csv-header', message, hint: 'a name is letters, digits and underscores, a letter first, and no word of CEL' })
    } else {
      const fixed = (fixedTypes[source] ?? fixedElsewhere)[name]
      const texts = sheet.rows.map((row) => row[index]?.text ?? '')
      columns.push({ name, index, type: fixed ?? (given as TypeName | undefined) ?? typeOf(texts) })
      if (fixed === undefined && given === undefined) lookAt(name, cell, sheet.rows, texts, index, { notes, untyped })
    }
  }
  return columns
}

type Wrong = Pick<Diagnostic, 'message' | 'hint'>

function nameProblem(name: string, columns: HeaderColumn[]): Wrong | null {
  if (name === '') return { message: 'a column without a name', hint: 'name it, or delete it' }
  return columns.some((column) => column.name === name) ? { message: `the column \`${name}\` is there twice`, hint: 'rename or delete one' } : null
}

function typeProblem(given: string | undefined): Wrong | null {
  if (given === undefined || typeNames.some((type) => type === given)) return null
  return { message: `no type \`${given}\``, hint: suggest(given, [...typeNames]) ?? typeNames.join(', ') }
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && compileCel(name, { plain: { [name]: { op: 'ref', type: 'string', scope: 'column', name } }, groups: {} }).expr !== null
}

/** Says of a column that was read as text why it may not be meant so. */
function lookAt(name: string, header: Cell, rows: Cell[][], texts: string[], index: number, { notes, untyped }: Pick<Said, 'notes' | 'untyped'>): void {
  if (texts.every((text) => text === '')) {
    const message = `the column \`${name}\` is empty, so it is text`
    untyped.push({ ...placeOf(header), code: 'csv-type', message, hint: `if it is not: \`${name}:decimal\`, or another type` })
  }
  const nearly = typeOf(texts) === 'string' ? nearlyOf(texts) : null
  const odd = rows[nearly?.odd ?? -1]?.[index]
  if (nearly === null || odd === undefined) return
  const message = `\`${odd.text}\` makes the column \`${name}\` text; most of it is ${looks[nearly.type].split(' such')[0]}`
  notes.push({ ...placeOf(odd), code: 'csv-type', message, hint: `${wayOut(odd.text, nearly.type)}; or name the column \`${name}:string\`` })
}

/** The place of a cell, without its text. */
export function placeOf(cell: Cell | undefined): Place {
  return { file: cell?.file ?? '', line: cell?.line ?? 1, column: cell?.column ?? 1 }
}
