// What may be written next in an expression: fields of the source, measures, attributes, functions. Pure.
import type { Names } from './editor-form.rules.ts'
import type { Reading } from './editor-text.rules.ts'
import { valueAt } from './editor-text.rules.ts'

/** A name that can be put at the caret, and what people call it. */
export interface Offer {
  insert: string
  label: string
}

/** The catalogue as the page has it. */
export interface SourceLine {
  name: string
  label: string
  columns: { name: string; label: string; type: string }[]
}

const functions: Offer[] = [
  ['has()', '有没有填'],
  ['min()', '较小的'],
  ['max()', '较大的'],
  ['round()', '四舍五入到几位'],
  ['date()', '日期'],
  ['size()', '长度、个数'],
].map(([insert = '', label = '']) => ({ insert, label }))

/** What a formula that is given peers may name. */
const peers: Offer[] = [
  { insert: 'peers.count', label: '可比对象的个数' },
  { insert: 'peers.place', label: '在可比对象中的名次' },
  { insert: 'peers.max', label: '可比对象中最大的' },
  { insert: 'peers.min', label: '可比对象中最小的' },
  { insert: 'peers.mean', label: '可比对象的平均数' },
]

/** All that an expression at this place may name. */
export function offersFor(names: Names, reading: Reading, sources: readonly SourceLine[]): Offer[] {
  const columns = (source: string, before = ''): Offer[] =>
    (sources.find((one) => one.name === source)?.columns ?? []).map((column) => ({ insert: before + column.name, label: column.label }))
  const population = String(valueAt(reading.whole, ['population', 'source']) ?? '')
  if (names.startsWith('source:')) return [...columns(names.slice('source:'.length)), ...functions]
  if (names === 'population') return [...columns(population), ...functions]
  const spots = (kind: string, before: string, what: string): Offer[] =>
    reading.spots.filter((spot) => spot.kind === kind).map(({ id, label }) => ({ insert: before + id, label: `${label}${what}` }))
  return [
    ...(names === 'rule' ? [{ insert: 'x', label: '取数的数值' }, ...peers] : names === 'veto' ? [{ insert: 'total', label: '总分' }] : []),
    ...spots('measure', '', ''),
    { insert: 'class', label: '类别' },
    ...columns(population, 'subject.'),
    ...spots('item', 'items.', '得分'),
    ...spots('block', 'blocks.', '得分'),
    ...functions,
  ]
}

/** Those of the offers that go on with what stands before the caret, at most twelve, and where it began; none within a text in quotes. */
export function offersAt(text: string, caret: number, offers: readonly Offer[]): { from: number; offers: Offer[] } {
  const before = text.slice(0, caret)
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? ''
  const from = caret - word.length
  const isQuoted = (before.slice(0, from).match(/"/g)?.length ?? 0) % 2 === 1
  if (isQuoted) return { from, offers: [] }
  const wanted = word.toLowerCase()
  const begins = offers.filter(({ insert }) => insert.toLowerCase().startsWith(wanted) && insert !== word)
  const holds = word === '' ? [] : offers.filter(({ insert }) => !insert.toLowerCase().startsWith(wanted) && insert.toLowerCase().includes(wanted))
  return { from, offers: [...begins, ...holds].slice(0, 12) }
}
