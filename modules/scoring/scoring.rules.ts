// Boards in memory: how scores are spread, who may see which, filtering and paging. Pure.
import { add, compare, type Decimal, decimal, divide, format, round, whole, zero } from '#base/decimal.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import { type ItemResult, type RubricIr, withShared } from '#engine/index.ts'
import type { BoardQuery, ClassSpread } from './scoring.contract.ts'

/** One subject's score without its items. */
export interface ScoreHead {
  id: string
  name: string
  class: string
  parent: string | null
  total: string | null
  rank: string | null
  grade: string | null
  vetoes: string[]
  blocks: Record<string, string | null>
}
export interface Score extends ScoreHead {
  /** The engine's item results as JSON: a board of 918 units is a fifth of its size this way. */
  items: string
  /** The items in which peers have a part, where they are kept beside `items`. */
  shared?: { ir: RubricIr; items: string }
}

/** The item results of a score. */
export function itemsOf({ items, shared }: Pick<Score, 'items' | 'shared'>): ItemResult[] {
  const own = JSON.parse(items) as ItemResult[]
  return shared === undefined ? own : withShared(shared.ir, own, JSON.parse(shared.items) as ItemResult[])
}

/** Points per band of the histogram. */
export const BAND = 5
const BANDS = 100 / BAND

/** A class as the pack's id names it. */
export type ClassNumbers = Omit<ClassSpread, 'class'> & { class: string }

/** Numbers over the whole tenant that any reader may see. */
export interface Spread {
  all: number
  classes: ClassNumbers[]
  /** Mean points by class and item or block; small classes have none. Computed when first asked for. */
  itemMeans: Means
  blockMeans: Means
  /** The lowest total that has each grade, by class ('' is all): where a quota's edge lies. Small classes have none. */
  edges: Means
}

/** Means by name, of a class. */
interface Means {
  get: (name: string) => ReadonlyMap<string, string> | undefined
}

function mean(values: Decimal[]): string | null {
  const sum = values.reduce(add, zero)
  const quotient = divide(sum, whole(values.length))
  return quotient === null ? null : format(round(quotient, 2))
}

function median(sorted: Decimal[]): string | null {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : mean([low, high])
}

function bandOf(total: Decimal): number {
  return Math.min(BANDS - 1, Math.max(0, Math.floor(Number(format(total)) / BAND)))
}

/** How scores are spread by class: count, mean, median, bands, grades, mean points per item. Classes of fewer than `k` show their count alone. */
export function spreadOf(scores: readonly Score[], grades: readonly string[], k: number): Spread {
  const groups = Map.groupBy(scores, (score) => score.class)
  const byClass = (numbersOf: (group: readonly Score[]) => Map<string, string>): Means => {
    const known = new Map<string, ReadonlyMap<string, string>>()
    return {
      get: (name) => {
        const group = name === '' ? scores : (groups.get(name) ?? [])
        const means = known.get(name) ?? (group.length < k ? undefined : numbersOf(group))
        if (means !== undefined) known.set(name, means)
        return means
      },
    }
  }
  const meansBy = (pairsOf: (score: Score) => [string, string | null][]): Means => byClass((group) => meansOf(group.map(pairsOf)))
  const classes = [...groups].map(([name, group]): ClassNumbers => {
    const totals = group.flatMap(({ total }) => (total === null ? [] : [decimal(total)])).sort(compare)
    const small = group.length < k
    const bands = Array.from({ length: BANDS }, () => 0)
    for (const total of totals) bands[bandOf(total)] = (bands[bandOf(total)] ?? 0) + 1
    const byGrade = grades.map((grade) => ({ grade, count: group.filter((score) => score.grade === grade).length }))
    return {
      class: name,
      count: group.length,
      mean: small ? null : mean(totals),
      median: small ? null : median(totals),
      bands: small ? null : bands,
      grades: small || grades.length === 0 ? null : byGrade,
    }
  })
  return {
    all: scores.length,
    classes: classes.sort((a, b) => b.count - a.count || a.class.localeCompare(b.class)),
    itemMeans: meansBy((score) => itemsOf(score).map(({ id, points }) => [id, points])),
    blockMeans: meansBy((score) => Object.entries(score.blocks)),
    edges: byClass(edgesOf),
  }
}

/** The spread with all its means, so that it holds no scores. */
export function settled(spread: Spread): Spread {
  const all = (means: Means): Means =>
    new Map(
      [...spread.classes.map((one) => one.class), ''].flatMap((name) => {
        const own = means.get(name)
        return own === undefined ? [] : [[name, own]]
      }),
    )
  return { ...spread, itemMeans: all(spread.itemMeans), blockMeans: all(spread.blockMeans), edges: all(spread.edges) }
}

/** The lowest total that has each grade. */
function edgesOf(group: readonly Score[]): Map<string, string> {
  const lowest = new Map<string, string>()
  for (const { grade, total } of group) {
    if (grade === null || total === null) continue
    const known = lowest.get(grade)
    if (known === undefined || compareTotals(total, known) < 0) lowest.set(grade, total)
  }
  return lowest
}

/** The mean of each name's numbers; what has none is not counted. */
function meansOf(group: readonly [string, string | null][][]): Map<string, string> {
  const sums = new Map<string, { sum: Decimal; count: number }>()
  for (const pairs of group) {
    for (const [id, points] of pairs) {
      if (points === null) continue
      const known = sums.get(id)
      if (known === undefined) sums.set(id, { sum: decimal(points), count: 1 })
      else {
        known.sum = add(known.sum, decimal(points))
        known.count += 1
      }
    }
  }
  return new Map([...sums].map(([id, { sum, count }]) => [id, format(round(divide(sum, whole(count)) ?? zero, 2))]))
}

export interface BoardPage {
  rows: ScoreHead[]
  matching: number
  next: string | null
}

type Sort = NonNullable<BoardQuery['sort']>
interface Key {
  total: string | null
  name: string
  id: string
}

/** The scores that match, in order, from behind the key of the last page. Without a total they come last. */
export function pageOf(
  scores: readonly ScoreHead[],
  filter: Pick<BoardQuery, 'class' | 'grade' | 'q' | 'sort'>,
  after: string | undefined,
  limit: number,
): BoardPage {
  const words = (filter.q ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  const fits = (score: ScoreHead): boolean =>
    (filter.class === undefined || score.class === filter.class) &&
    (filter.grade === undefined || score.grade === filter.grade) &&
    words.every((word) => score.name.includes(word))
  const sort = filter.sort ?? '-total'
  const matching = scores.filter(fits).sort((a, b) => inOrder(a, b, sort))
  const last = after === undefined ? undefined : readKey(after, sort)
  const rest = last === undefined ? matching : matching.filter((score) => inOrder(score, last, sort) > 0)
  const rows = rest.slice(0, limit)
  const end = rows.at(-1)
  return { rows, matching: matching.length, next: end === undefined || rest.length <= limit ? null : writeKey(end, sort) }
}

function inOrder(a: Key, b: Key, sort: Sort): number {
  const byName = a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
  if (sort === 'name') return byName
  if (a.total === null || b.total === null) return a.total === b.total ? byName : a.total === null ? 1 : -1
  const byTotal = compareTotals(a.total, b.total)
  return (sort === 'total' ? byTotal : -byTotal) || byName
}

/** Exact: numbers of up to fifteen digits keep their order as floats, which are quicker. */
function compareTotals(a: string, b: string): number {
  return a.length <= 15 && b.length <= 15 ? Number(a) - Number(b) : compare(decimal(a), decimal(b))
}

function writeKey(key: Key, sort: Sort): string {
  return writePageKey([sort, key.total, key.name, key.id])
}

function readKey(text: string, sort: Sort): Key {
  const [given, total, name, id] = readPageKey(text) ?? []
  const isTotal = total === null || (typeof total === 'string' && /^-?\d+(\.\d+)?$/.test(total))
  if (given === sort && isTotal && typeof name === 'string' && typeof id === 'string') return { total, name, id }
  throw badPageKey(text)
}
