// Rows for COPY: text lines gathered into buffers, one sheet per table.

export type Cell = string | number | boolean | null

export interface Sheet {
  table: string
  columns: readonly string[]
  rows: number
  add: (...cells: Cell[]) => void
  /** The buffers filled so far; they leave the sheet. */
  take: () => Buffer[]
}

const PIECE = 1 << 18
const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function cellText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string') return special.test(cell) ? cell.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : cell
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  return String(cell)
}

/** An empty sheet for a table: its name with the schema, and the columns in the order in which `add` gets them. */
export function sheet(table: string, columns: readonly string[]): Sheet {
  let text = ''
  let full: Buffer[] = []
  const made: Sheet = {
    table,
    columns,
    rows: 0,
    add: (...cells) => {
      let line = cellText(cells[0] ?? null)
      for (let i = 1; i < cells.length; i += 1) line += `\t${cellText(cells[i] ?? null)}`
      text += `${line}\n`
      made.rows += 1
      if (text.length < PIECE) return
      full.push(Buffer.from(text))
      text = ''
    },
    take: () => {
      if (text !== '') full.push(Buffer.from(text))
      text = ''
      const taken = full
      full = []
      return taken
    },
  }
  return made
}
