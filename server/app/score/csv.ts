// Reads a CSV file somebody wrote or a spreadsheet saved: every cell with its place, every mistake of form with a way out.
import { readFileSync, statSync } from 'node:fs'
import { type Cell, csvCells } from '#base/csv.ts'
import type { Diagnostic } from '#base/errors.ts'

/** The cells of the first line, and those of each line after it that isn't blank; every row is as long as the header. */
export interface Sheet {
  file: string
  header: Cell[]
  rows: Cell[][]
}

export type Read = { sheet: Sheet; diagnostics: Diagnostic[] } | { sheet: null; diagnostics: Diagnostic[] }

/** Reads the file at `path`; `file` is what diagnostics call it. No sheet where the first line can't be read. */
export function readCsv(path: string, file: string): Read {
  const fail = (message: string, hint: string, line = 1): Read => ({ sheet: null, diagnostics: [{ file, line, column: 1, code: 'csv-file', message, hint }] })
  if (statSync(path).isDirectory()) return fail('this is a folder, not a CSV file', 'facts are files named <source>.csv')
  const bytes = readFileSync(path)
  const starts = (...given: number[]): boolean => given.every((byte, index) => bytes[index] === byte)
  if (starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0)) return fail('this is a workbook, not a CSV file', 'open it and save it as "CSV UTF-8"')
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return fail('this file is UTF-16', 'save it as "CSV UTF-8"')
  if (bytes.includes(0)) return fail('this is not text', 'save it as "CSV UTF-8"')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fail('this file is not UTF-8; perhaps it is GBK, as Chinese Excel saves "CSV"', 'save it as "CSV UTF-8"', lineOfBadByte(bytes))
  }
  return parse(text, file)
}

/** The first line that isn't UTF-8. */
function lineOfBadByte(bytes: Uint8Array): number {
  let from = 0
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(10, from)
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, end < 0 ? bytes.length : end))
    } catch {
      return line
    }
    if (end < 0) return line
    from = end + 1
  }
}

/** Reads text as a sheet. A byte order mark is gone already. */
export function parse(text: string, file: string): Read {
  const { rows: lines, diagnostics } = csvCells(text, file, ',')
  const [header, ...rows] = lines.filter((row) => row.some((cell) => cell.text !== ''))
  if (header === undefined) {
    diagnostics.push({ file, line: 1, column: 1, code: 'csv-file', message: 'the file is empty', hint: 'the first line names the columns' })
    return { sheet: null, diagnostics }
  }
  const only = header.length === 1 ? header[0] : undefined
  const other = [';', '\t', '，'].find((mark) => only?.text.includes(mark))
  if (only !== undefined && other !== undefined) {
    const message = `the columns are separated by ${other === '\t' ? 'tabs' : `\`${other}\``}`
    diagnostics.push({ file, line: only.line, column: only.column, code: 'csv-file', message, hint: 'separate them by commas' })
    return { sheet: null, diagnostics }
  }
  while (header.length > 1 && header.at(-1)?.text === '' && rows.every((row) => (row[header.length - 1]?.text ?? '') === '')) header.pop()
  const sound = rows.filter((row) => {
    while (row.length > header.length && row.at(-1)?.text === '') row.pop()
    const [first] = row
    if (row.length === header.length || first === undefined) return true
    const message = `${row.length} cells here, but ${header.length} columns in the first line`
    const hint = row.length > header.length ? 'text with a comma in it stands in double quotes' : 'an empty cell still has its comma'
    diagnostics.push({ file, line: first.line, column: 1, code: 'csv-form', message, hint })
    return false
  })
  return { sheet: { file, header, rows: sound }, diagnostics }
}
