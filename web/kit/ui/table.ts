// What a column of the kit's table is, and how rows on show are sorted by one.
import type { Snippet } from 'svelte'

export interface Column<Row> {
  key: string
  title: string
  /** The cell as text; also what is sorted by. Left out: the row's property of that key. */
  text?: (row: Row) => string
  /** The cell as markup, where text is not enough: a snippet of the page. */
  cell?: Snippet<[Row]>
  /** `end` for numbers: right-aligned, tabular. */
  align?: 'start' | 'end'
  width?: string
  sortable?: boolean
}

/** A cell as text. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text) return column.text(row)
  const value = (row as Record<string, unknown>)[column.key]
  return value === null || value === undefined ? '—' : String(value)
}

/** The rows by `key` or `-key`: numbers as numbers, with those that have none last either way; text in Chinese order. */
export function sortedBy<Row>(rows: Row[], columns: Column<Row>[], sort: string): Row[] {
  const key = sort.replace(/^-/, '')
  const column = columns.find((candidate) => candidate.key === key)
  if (column === undefined) return rows
  const direction = sort.startsWith('-') ? -1 : 1
  return [...rows].sort((left, right) => compare(cellText(column, left), cellText(column, right), direction))
}

function compare(left: string, right: string, direction: number): number {
  if (left === '—' || right === '—') return Number(left === '—') - Number(right === '—')
  const [a, b] = [asNumber(left), asNumber(right)]
  return direction * (a !== null && b !== null ? a - b : left.localeCompare(right, 'zh-Hans-CN', { numeric: true }))
}

function asNumber(text: string): number | null {
  const match = /^-?[\d,]+(\.\d+)?/.exec(text)
  return match === null || /^\d{4}[-年]/.test(text) ? null : Number(match[0].replaceAll(',', ''))
}
