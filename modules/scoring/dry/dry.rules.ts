// What a dry run says, from the results of a rubric and of what it is held against. Pure; statistics are floats (see dry.contract.ts).
import { compare, decimal, format, subtract } from '#base/decimal.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import {
  addedUp,
  endBefore,
  type ItemNumbers,
  impossibleConditions,
  type KnownRow,
  mostPoints,
  type Outcome,
  outcomesOf,
  type RubricIr,
  readsTotals,
  yearBefore,
} from '#engine/index.ts'
import type { Finding, Moves, Sensitivity, TriedItem } from './dry.contract.ts'

/** The rubric over the same days a year before: its period, and measures with days of their own. Dates inside conditions stay. */
export function yearEarlier(ir: RubricIr): RubricIr {
  const earlier = ({ from, to }: { from?: string; to?: string }) => ({
    ...(from === undefined ? {} : { from: yearBefore(from) }),
    ...(to === undefined ? {} : { to: endBefore(to) }),
  })
  const measures = Object.entries(ir.measures).map(([name, measure]) => {
    const { period } = measure
    return [name, period === null || period === 'previous-year' ? measure : { ...measure, period: earlier(period) }] as const
  })
  return { ...ir, period: { from: yearBefore(ir.period.from), to: endBefore(ir.period.to) }, measures: Object.fromEntries(measures) }
}

/** A subject as it was or would be. */
export interface Placed {
  id: string
  name: string
  class: string
  total: string | null
  grade: string | null
}
/** A subject whose grade changes; without grades, whose total does. */
export interface Move {
  id: string
  name: string
  class: string
  before: Placed
  after: Placed
  side: 'up' | 'down' | null
}

/** Everybody who moves, in order of names, and the counts over all. `grades` are those of the rubric that is tried, best first; none where totals are compared. */
export function movesOf(
  before: readonly Placed[],
  after: readonly Placed[],
  grades: readonly string[],
): Pick<Moves, 'by' | 'compared' | 'added' | 'gone' | 'changed' | 'up' | 'down' | 'table'> & { moves: Move[] } {
  const known = new Map(before.map((one) => [one.id, one]))
  const both = after.flatMap((one) => {
    const old = known.get(one.id)
    return old === undefined ? [] : [{ before: old, after: one }]
  })
  const graded = grades.length > 0
  const moves = both
    .filter((pair) => (graded ? pair.before.grade !== pair.after.grade : pair.before.total !== pair.after.total))
    .map(
      (pair): Move => ({
        id: pair.after.id,
        name: pair.after.name,
        class: pair.after.class,
        ...pair,
        side: graded ? gradeSide(pair, grades) : totalSide(pair),
      }),
    )
    .sort(inOrder)
  const cells = graded ? Map.groupBy(both, (pair) => JSON.stringify([pair.before.grade, pair.after.grade])) : new Map<string, typeof both>()
  const rankOf = (grade: string | null): number => (grade === null ? grades.length : grades.indexOf(grade))
  const table = [...cells]
    .map(([key, pairs]) => {
      const [from = null, to = null] = JSON.parse(key) as (string | null)[]
      return { from, to, count: pairs.length }
    })
    .sort((a, b) => rankOf(a.from) - rankOf(b.from) || rankOf(a.to) - rankOf(b.to))
  return {
    by: graded ? 'grade' : 'total',
    compared: both.length,
    added: after.length - both.length,
    gone: before.length - both.length,
    changed: moves.length,
    up: moves.filter(({ side }) => side === 'up').length,
    down: moves.filter(({ side }) => side === 'down').length,
    table,
    moves,
  }
}

type Pair = { before: Placed; after: Placed }

/** Null where one of the two grades isn't among those of the rubric. */
function gradeSide({ before, after }: Pair, grades: readonly string[]): Move['side'] {
  const [from, to] = [before, after].map(({ grade }) => (grade === null ? -1 : grades.indexOf(grade)))
  if (from === undefined || to === undefined || from < 0 || to < 0) return null
  return to < from ? 'up' : 'down'
}

function totalSide({ before, after }: Pair): Move['side'] {
  if (before.total === null || after.total === null) return null
  return compare(decimal(after.total), decimal(before.total)) > 0 ? 'up' : 'down'
}

function inOrder(a: { name: string; id: string }, b: { name: string; id: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** A page of those who move, from behind the key of the last page. */
export function pageOfMoves(moves: readonly Move[], after: string | undefined, limit: number): { units: Move[]; next: string | null } {
  const last = after === undefined ? undefined : readKey(after)
  const rest = last === undefined ? moves : moves.filter((move) => inOrder(move, last) > 0)
  const units = rest.slice(0, limit)
  const end = units.at(-1)
  return { units, next: end === undefined || rest.length <= limit ? null : writePageKey([end.name, end.id]) }
}

function readKey(text: string): { name: string; id: string } {
  const [name, id] = readPageKey(text) ?? []
  if (typeof name === 'string' && typeof id === 'string') return { name, id }
  throw badPageKey(text)
}

const [more, less] = [decimal('1.1'), decimal('0.9')]

/**
 * What a tenth more or less of each block's weight would change: grades, and places by more than `places`; places count where the rubric is
 * ranked. Null where the totals can't be put together again from the items.
 */
export function sensitivityOf(
  ir: RubricIr,
  rows: readonly (KnownRow & { total: string | null })[],
  { places, ranked }: { places: number; ranked: boolean },
): Sensitivity | null {
  const subjects = rows.map((row) => addedUp(ir, row))
  const base = outcomesOf(ir, subjects)
  if (base.some(({ total }, index) => (total === null ? null : format(total)) !== rows[index]?.total)) return null
  const shift = (id: string, factor: typeof more) => {
    const changed = outcomesOf(ir, subjects, new Map([[id, factor]]))
    return {
      grades: changed.filter(({ grade }, index) => grade !== base[index]?.grade).length,
      places: ranked ? changed.filter((one, index) => movedBy(one, base[index]) > places).length : 0,
    }
  }
  return {
    places,
    blocks: ir.blocks.map(({ id, label }) => ({ id, label, more: shift(id, more), less: shift(id, less) })),
    held: readsTotals(ir),
  }
}

function movedBy(one: Outcome, before: Outcome | undefined): number {
  if (one.place === null || before === undefined || before.place === null) return 0
  const { digits, scale } = subtract(one.place, before.place)
  return Math.abs(Number(digits)) / 10 ** scale
}

/** The numbers of an item as they are shown: none of fewer than `k` subjects. */
export function shownItem(ir: RubricIr, numbers: ItemNumbers, k: number): TriedItem {
  const item = ir.items[numbers.id]
  const { count } = numbers
  const head = { id: numbers.id, label: item?.label ?? numbers.id, block: numbers.block, full: item?.points ?? null, count }
  if (count < k) return { ...head, mean: null, deviation: null, best: null, least: null, atFull: null, missing: null, weight: null, influence: null }
  const { best, least, atFull, missing } = numbers
  return {
    ...head,
    mean: rounded(numbers.mean),
    deviation: rounded(numbers.deviation),
    best,
    least,
    atFull: item?.points === null ? null : atFull,
    missing,
    weight: rounded(numbers.weight),
    influence: rounded(numbers.influence),
  }
}

/** Statistics to four places. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000
}

/** What to look at again, item by item, then conditions that nothing can meet. Items of fewer than `k` subjects say nothing of themselves. */
export function findingsOf(ir: RubricIr, items: readonly TriedItem[], subject: string): Finding[] {
  const found = items.flatMap((item): Finding[] => {
    const named = { id: item.id, name: item.label }
    const most = mostPoints(ir, item.id)
    if (item.full !== null && most !== null && compare(decimal(most), decimal(item.full)) < 0)
      return [{ kind: 'unreachable', item: named, sentence: `满分${item.full}分，按写法最多只能得${most}分。` }]
    if (item.best === null) return []
    if (item.best === item.least) return [isFull(item) ? { kind: 'all-full', item: named, sentence: allFull(item, subject) } : same(item, named, subject)]
    if (item.atFull === 0)
      return [
        {
          kind: 'unreached',
          item: named,
          sentence:
            item.full === '0' ? `最好的也失${item.best.replace('-', '')}分，没有一个不失分。` : `满分${item.full}分，最好的得${item.best}分，没有一个得满分。`,
        },
      ]
    return []
  })
  const words = { item: '条件自相矛盾，永远不成立。', measure: '统计条件自相矛盾，永远数不到任何一行。', veto: '限制等次的条件自相矛盾，永远不成立。' }
  return [
    ...found,
    ...impossibleConditions(ir).map(({ of, id, label }): Finding => ({ kind: 'contradiction', item: { id, name: label }, sentence: words[of] })),
  ]
}

function isFull({ best, full }: TriedItem): boolean {
  return best !== null && full !== null && compare(decimal(best), decimal(full)) >= 0
}

/** An item worth nothing only takes points away. */
function allFull({ count, full }: TriedItem, subject: string): string {
  return full === '0' ? `${count}${subject}都没有失分，拉不开差距。` : `${count}${subject}都得满分${full}分，拉不开差距。`
}

function same(item: TriedItem, named: Finding['item'], subject: string): Finding {
  return { kind: 'same', item: named, sentence: `${item.count}${subject}都得${item.best}分，拉不开差距。` }
}
