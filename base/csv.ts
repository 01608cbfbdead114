// Comma-separated values: written for spreadsheets, read with the place of every cell.
import type { Diagnostic, Place } from './errors.ts'

/** What a spreadsheet takes for the beginning of a formula, also behind blanks, and in the wide letters of Chinese text. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** One line ended by CRLF. Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection). */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number): string {
  const text = String(value)
  const safe = typeof value === 'string' && FORMULA.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell: its text without the quotes and spaces around it, and where it begins. */
export interface Cell extends Place {
  text: string
}

/**
 * Reads text by RFC 4180: double quotes, lines ended by LF, CR or CRLF, cells divided by `separator`. A blank line is a row of one empty
 * cell. Broken quotes become diagnostics, and the rest is read as well as it can be.
 */
export function csvCells(given: string, file: string, separator: ',' | ';' | '\t'): { rows: Cell[][]; diagnostics: Diagnostic[] } {
  const text = given.replace(/\r(?!\n)/g, '\n')
  const diagnostics: Diagnostic[] = []
  const toEnd = new RegExp(`[^${separator}\\n]*`, 'y')
  const rows: Cell[][] = []
  let row: Cell[] = []
  let at = 0
  let line = 1
  let lineStart = 0
  const endRow = (): void => {
    rows.push(row)
    row = []
  }
  const upToEnd = (): string => {
    toEnd.lastIndex = at
    return toEnd.exec(text)?.[0] ?? ''
  }
  while (at < text.length || row.length > 0) {
    const place = { file, line, column: at - lineStart + 1 }
    const say = (message: string, hint: string): void => void diagnostics.push({ ...place, code: 'csv-form', message, hint })
    while (text[at] === ' ') at += 1
    let value = ''
    if (text[at] === '"') {
      at += 1
      for (;;) {
        const quote = text.indexOf('"', at)
        const part = text.slice(at, quote < 0 ? text.length : quote)
        value += part
        const breaks = part.split('\n').length - 1
        if (breaks > 0) {
          line += breaks
          lineStart = at + part.lastIndexOf('\n') + 1
        }
        at = quote < 0 ? text.length : quote + 1
        if (quote < 0) say('this double quote is never closed', 'close it, or write "" for one inside a quoted cell')
        if (quote < 0 || text[at] !== '"') break
        value += '"'
        at += 1
      }
      const after = upToEnd()
      if (after.trim() !== '') say(`text after the closing quote: ${after.trim().slice(0, 20)}`, 'inside a quoted cell write "" for a double quote')
      at += after.length
    } else {
      value = upToEnd()
      at += value.length
    }
    row.push({ ...place, text: value.trim() })
    const end = text[at]
    at += 1
    if (end === separator) {
      if (at < text.length) continue
      row.push({ file, line, column: at - lineStart + 1, text: '' })
    }
    endRow()
    line += 1
    lineStart = at
  }
  return { rows, diagnostics }
}
