// What the pages of scores work out for themselves: buckets, differences, tones, addresses. Pure.
import { compare, decimal, format, subtract } from '#base/decimal.ts'
import type { Bucket } from '#web/kit/ui/chart.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import type { BasisQuery, ClassSpread, ScoreBlock, ScoreItem } from '../scoring.contract.ts'

/** The bands of all classes cut to the part where anybody is, at multiples of ten, at least thirty points wide. */
export function bandWindow(classes: readonly Pick<ClassSpread, 'bands'>[], width: number): { low: number; high: number } {
  const known = classes.flatMap(({ bands }) => (bands === null ? [] : [bands.findIndex((count) => count > 0)])).filter((first) => first >= 0)
  const first = Math.min(...known, 100 / width - 1)
  return { low: Math.min(70, Math.floor((first * width) / 10) * 10), high: 100 }
}

/** The bands of a class as buckets between `low` and 100. */
export function bucketsOf(bands: readonly number[], width: number, low: number): Bucket[] {
  return bands.map((count, index) => ({ from: index * width, to: (index + 1) * width, count })).filter(({ from }) => from >= low)
}

/** `+1.5`, `−2`, `持平`; empty where one of the two is missing. */
export function difference(now: string | null, before: string | null): string {
  if (now === null || before === null) return ''
  const change = subtract(decimal(now), decimal(before))
  const side = compare(change, decimal('0'))
  return side === 0 ? '持平' : side > 0 ? `+${format(change)}` : format(change).replace('-', '−')
}

const tones: Record<string, Tone> = { 好: 'good', 较好: 'plain', 一般: 'soon', 较差: 'bad', 差: 'bad', 优秀: 'good', 后进: 'bad' }

/** The tone of a grade; grades that a pack names otherwise are plain. */
export function gradeTone(grade: string): Tone {
  return tones[grade] ?? 'plain'
}

/** All items of a tree of blocks, in order. */
export function itemsBelow(blocks: readonly ScoreBlock[]): ScoreItem[] {
  return blocks.flatMap((block) => [...block.items, ...itemsBelow(block.blocks)])
}

/** Points that an item leaves open: what it is worth less what it got. Losses count whole; 0 where nothing is open. */
export function lostPoints({ points, max }: Pick<ScoreItem, 'points' | 'max'>): string {
  if (points === null || max === null) return '0'
  const open = subtract(decimal(max), decimal(points))
  return compare(open, decimal('0')) > 0 ? format(open) : '0'
}

/** The items that cost most, dearest first. */
export function dearest(blocks: readonly ScoreBlock[], count: number): { item: ScoreItem; lost: string }[] {
  return itemsBelow(blocks)
    .map((item) => ({ item, lost: lostPoints(item) }))
    .filter(({ lost }) => lost !== '0')
    .sort((a, b) => compare(decimal(b.lost), decimal(a.lost)))
    .slice(0, count)
}

/** What scores stand on, as the address says it: a run; else a day, and a day by whose end one knew what is counted. '' is not said. */
export interface At {
  run: string
  on: string
  asOf: string
}

/** The query of the basis that an address asks for. A day of knowledge counts to its end, in China's time. */
export function basisQuery(rubric: string, { run, on, asOf }: At): BasisQuery {
  if (run !== '') return { run }
  return { rubric, ...(on === '' ? {} : { on }), ...(asOf === '' ? {} : { asOf: `${asOf}T23:59:59.999+08:00` }) }
}

/** Query of an address: what is set, in order. */
export function withQuery(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return text === '' ? path : `${path}?${text}`
}
