// What type a CSV column has, and the values its cells stand for. The rules are those of docs/rubric-files.md.
import { addDays, isDate } from '#base/dates.ts'
import { isDecimal } from '#base/decimal.ts'
import type { ColumnType, Written } from '#engine/index.ts'

/** The types that a header may name: `hours:decimal`. */
export const typeNames = ['int', 'decimal', 'bool', 'date', 'string', 'list'] as const
export type TypeName = (typeof typeNames)[number]

/** The engine's name of a type. */
export const engineType: Record<TypeName, ColumnType> = { int: 'int', decimal: 'decimal', bool: 'bool', date: 'date', string: 'string', list: 'list(string)' }

const fits: Record<TypeName, (text: string) => boolean> = {
  bool: (text) => /^(true|false)$/i.test(text),
  // More digits, or a 0 in front, make it a code and not a number.
  int: (text) => /^-?(0|[1-9]\d{0,17})$/.test(text),
  decimal: (text) => /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/.test(text),
  date: isDate,
  list: (text) => text.includes(';') || text.includes('；'),
  string: () => true,
}

/** What a cell of a type looks like, for messages. */
export const looks: Record<TypeName, string> = {
  int: 'a whole number such as 12',
  decimal: 'a number such as 12.5',
  bool: 'true or false',
  date: 'a date such as 2024-01-31',
  list: 'texts such as a;b',
  string: 'text',
}

/** The type of a column without a named one: the first of bool, int, decimal, date that all its filled cells are; list where one holds `;`; else string. */
export function typeOf(texts: string[]): TypeName {
  const filled = texts.filter((text) => text !== '')
  if (filled.length === 0) return 'string'
  for (const type of ['bool', 'int', 'decimal', 'date'] as const) if (filled.every(fits[type])) return type
  return filled.some(fits.list) ? 'list' : 'string'
}

/** The type that most, but not all, filled cells are, and the first cell that isn't: a slip of the pen, perhaps. */
export function nearlyOf(texts: string[]): { type: TypeName; odd: number } | null {
  const filled = texts.filter((text) => text !== '')
  for (const type of ['bool', 'int', 'decimal', 'date'] as const) {
    if (filled.filter(fits[type]).length * 2 > filled.length) return { type, odd: texts.findIndex((text) => text !== '' && !fits[type](text)) }
  }
  return null
}

/** The value of a cell; undefined when its text is none of the type. Empty is null: nothing recorded. */
export function valueIn(text: string, type: TypeName): Written | undefined {
  if (text === '') return null
  if (type === 'list')
    return text
      .split(/[;；]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
  if (type === 'decimal' ? !isDecimal(text) : !fits[type](text)) return undefined
  return type === 'bool' ? text.toLowerCase() === 'true' : text
}

/** What to write instead of a cell that is none of the type: said exactly where it can be guessed. */
export function wayOut(text: string, type: TypeName): string {
  const day = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  const guess = day === null ? '' : `${day[1]}-${day[2]?.padStart(2, '0')}-${day[3]?.padStart(2, '0')}`
  if (type === 'date' && isDate(guess)) return `write ${guess}`
  const bare = (/^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(text) ? text.replace(/[,，]/g, '') : text).replace(/\s*[%％分次人件]$/, '')
  if ((type === 'int' || type === 'decimal') && fits[type](bare)) return `write ${bare}`
  return `write ${looks[type]}, or leave the cell empty`
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/

/** A moment as ISO text; a date is its beginning in China, or its end. Undefined when it is neither. */
export function momentOf(text: string, edge: 'start' | 'end'): string | undefined {
  if (isDate(text)) return new Date(Date.parse(`${edge === 'start' ? text : addDays(text, 1)}T00:00:00+08:00`) - (edge === 'start' ? 0 : 1)).toISOString()
  if (!moment.test(text) || !isDate(text.slice(0, 10)) || Number.isNaN(Date.parse(text))) return undefined
  return new Date(text).toISOString()
}
