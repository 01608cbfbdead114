// Statistics of a rubric's results: which items separate nobody, which say the same, what weight comes to. Floats: these numbers are about
// scores and are none (house.md §6.8).
import { decimal, format, greatest, least, multiply } from '#base/decimal.ts'
import { type BlockIr, peersName, type RubricIr } from '#engine/ir.ts'
import type { ResultRow } from '#engine/reference.ts'

export type AnalysedRow = Pick<ResultRow, 'class' | 'parent' | 'blocks' | 'items'>

/**
 * An item over all to whom it applies with a result. Shares are null for what has no full score (`weight`), or where totals don't differ (`influence`).
 * Influences of all items add up to 1, and so do those of all blocks, and the weights of all blocks. A block's influence is more than that of its
 * items where these differ from class to class.
 */
export interface ItemNumbers {
  id: string
  /** The block at the top; `bonuses`, `penalties`. */
  block: string
  count: number
  mean: number | null
  deviation: number | null
  best: string | null
  least: string | null
  atFull: number
  missing: number
  weight: number | null
  influence: number | null
}
export interface Shares {
  id: string
  weight: number | null
  influence: number | null
}
export interface Pair {
  a: string
  b: string
  correlation: number
  count: number
}

interface Column {
  id: string
  block: string
  /** What a point of the item is worth in the total, before anything is left out: −1 in penalties. */
  factor: number
  full: string | null
  values: Float64Array
  missing: number
}

/** Where an item stands, and the product of the weights around it. */
function placesOf(ir: RubricIr): Map<string, { block: string; factor: number }> {
  const places = new Map<string, { block: string; factor: number }>()
  const visit = (block: BlockIr, top: string, around: number): void => {
    const factor = around * Number(block.weight)
    for (const id of block.items) places.set(id, { block: top, factor })
    for (const inner of block.blocks) visit(inner, top, factor)
  }
  for (const block of ir.blocks) visit(block, block.id, 1)
  for (const id of ir.bonuses.items) places.set(id, { block: 'bonuses', factor: 1 })
  for (const id of ir.penalties.items) places.set(id, { block: 'penalties', factor: -1 })
  return places
}

/** An item without a result (it doesn't apply, or is left out) is NaN. */
function columnsOf(ir: RubricIr, rows: readonly AnalysedRow[]): Column[] {
  const places = placesOf(ir)
  const columns = Object.values(ir.items).map(({ id, points }): Column => {
    const { block = '', factor = 0 } = places.get(id) ?? {}
    return { id, block, factor, full: points, values: new Float64Array(rows.length).fill(Number.NaN), missing: 0 }
  })
  const byId = new Map(columns.map((column) => [column.id, column]))
  for (const [at, { items }] of rows.entries())
    for (const { id, points, missing } of items) {
      const column = byId.get(id)
      if (column === undefined) continue
      if (points !== null) column.values[at] = Number(points)
      if (missing !== null && !missing.startsWith('exempt')) column.missing += 1
    }
  return columns
}

/** Everything about the items of a run over everybody. Pairs are those that correlate above `alike` over at least `k` subjects to whom both apply. */
export function analyse(
  ir: RubricIr,
  rows: readonly AnalysedRow[],
  { k, alike }: { k: number; alike: number },
): { items: ItemNumbers[]; blocks: Shares[]; pairs: Pair[] } {
  const columns = columnsOf(ir, rows)
  const { weights, starts } = weightsOf(columns, startsOf(ir), rows.length)
  const groups = groupsOf(ir, rows)
  const influences = influencesOf(columns, groups)
  const items = columns.map((column, index): ItemNumbers => {
    const known = [...column.values].filter((value) => !Number.isNaN(value))
    const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
    return {
      id: column.id,
      block: column.block,
      count: known.length,
      mean,
      deviation: mean === null ? null : Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length),
      ...endsOf(column.id, rows),
      atFull: column.full === null ? 0 : known.filter((value) => value >= Number(column.full)).length,
      missing: column.missing,
      weight: weights[index] ?? null,
      influence: influences[index] ?? null,
    }
  })
  const tops = [...ir.blocks.map(({ id }) => id), ...(ir.bonuses.items.length > 0 ? ['bonuses'] : []), ...(ir.penalties.items.length > 0 ? ['penalties'] : [])]
  const ofBlocks = influencesOf(
    tops.map((id) => blockColumn(id, columns, rows)),
    groups,
  )
  const blocks = tops.map((id, index): Shares => {
    const known = [...items.filter(({ block }) => block === id).flatMap(({ weight }) => weight ?? []), ...(starts.get(id) ?? [])]
    return { id, weight: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0), influence: ofBlocks[index] ?? null }
  })
  return { items, blocks, pairs: pairsOf(columns, k, alike) }
}

/** What a block gives to the total, subject by subject: items that differ from class to class are held against each other here, as what makes the total. */
function blockColumn(id: string, columns: Column[], rows: readonly AnalysedRow[]): Pick<Column, 'factor' | 'values'> {
  if (id !== 'bonuses' && id !== 'penalties') return { factor: 1, values: Float64Array.from(rows, ({ blocks }) => Number(blocks[id] ?? Number.NaN)) }
  const own = columns.filter(({ block }) => block === id)
  return { factor: id === 'bonuses' ? 1 : -1, values: Float64Array.from(rows, (_row, at) => own.reduce((sum, { values }) => sum + (values[at] || 0), 0)) }
}

/** The best and the least points of an item, exactly. */
function endsOf(id: string, rows: readonly AnalysedRow[]): { best: string | null; least: string | null } {
  const texts = new Set(rows.flatMap(({ items }) => items.find((item) => item.id === id)?.points ?? []))
  const points = [...texts].map(decimal)
  return points.length === 0 ? { best: null, least: null } : { best: format(points.reduce(greatest)), least: format(points.reduce(least)) }
}

/** What the blocks at the top and those in them start with, in points of the total: what is lost from there has no full score of its own. */
function startsOf(ir: RubricIr): Map<string, number> {
  const startOf = (block: BlockIr, around: number): number => {
    const factor = around * Number(block.weight)
    return Number(block.start) * factor + block.blocks.reduce((sum, inner) => sum + startOf(inner, factor), 0)
  }
  return new Map(ir.blocks.map((block) => [block.id, startOf(block, 1)]))
}

/** Each item's share of what all blocks are worth, of the items that a subject has a result for, on the average of all subjects; and what blocks start with. */
function weightsOf(columns: Column[], given: ReadonlyMap<string, number>, count: number): { weights: (number | null)[]; starts: Map<string, number[]> } {
  const sums = columns.map(() => 0)
  const worth = columns.map(({ factor, full, block }) => (full === null || block === 'bonuses' || block === 'penalties' ? 0 : Number(full) * factor))
  const started = [...given.values()].reduce((sum, value) => sum + value, 0)
  let [counted, ofStarts] = [0, 0]
  for (let at = 0; at < count; at += 1) {
    const all = columns.reduce((sum, { values }, index) => (Number.isNaN(values[at]) ? sum : sum + (worth[index] ?? 0)), started)
    if (all === 0) continue
    counted += 1
    ofStarts += 1 / all
    for (const [index, { values }] of columns.entries()) if (!Number.isNaN(values[at])) sums[index] = (sums[index] ?? 0) + (worth[index] ?? 0) / all
  }
  return {
    weights: sums.map((sum, index) => (counted === 0 || worth[index] === 0 ? null : sum / counted)),
    starts: new Map([...given].map(([id, start]) => [id, counted === 0 || start === 0 ? [] : [(start * ofStarts) / counted]])),
  }
}

/** The rows by whom they are ranked among: what differs between the groups moves nobody. A group that isn't by class or parent can't be told here: then all are one. */
function groupsOf(ir: RubricIr, rows: readonly AnalysedRow[]): number[][] {
  const peers = peersName(ir.rank.peers, ir.population)
  const all = rows.map((_row, index) => index)
  return peers === 'class' || peers === 'parent' ? [...Map.groupBy(all, (index) => rows[index]?.[peers]).values()] : [all]
}

/**
 * Each part's share of what makes totals differ: the covariance of its weighed points with the sum of all parts' weighed points, over that
 * sum's variance, within the groups that are ranked. A part without a result differs from nobody. Shares add up to 1; null when totals don't differ.
 */
function influencesOf(columns: Pick<Column, 'factor' | 'values'>[], groups: number[][]): (number | null)[] {
  const away = columns.map(({ values, factor }) => {
    const column = new Float64Array(values.length)
    for (const group of groups) {
      const known = group.filter((at) => !Number.isNaN(values[at]))
      const mean = known.reduce((sum, at) => sum + (values[at] ?? 0), 0) / known.length
      for (const at of known) column[at] = ((values[at] ?? 0) - mean) * factor
    }
    return column
  })
  const size = columns[0]?.values.length ?? 0
  const total = Float64Array.from({ length: size }, (_, at) => away.reduce((sum, column) => sum + (column[at] ?? 0), 0))
  const variance = total.reduce((sum, value) => sum + value * value, 0)
  return away.map((column) => (variance < 1e-9 ? null : column.reduce((sum, value, at) => sum + value * (total[at] ?? 0), 0) / variance))
}

function pairsOf(columns: Column[], k: number, alike: number): Pair[] {
  const pairs: Pair[] = []
  for (const [index, a] of columns.entries())
    for (const b of columns.slice(index + 1)) {
      const { correlation, count } = correlationOf(a.values, b.values)
      if (correlation !== null && correlation > alike && count >= k) pairs.push({ a: a.id, b: b.id, correlation, count })
    }
  return pairs.sort((left, right) => right.correlation - left.correlation)
}

/** Pearson's correlation over the places where both have a value; null where one of them doesn't vary. */
export function correlationOf(a: Float64Array, b: Float64Array): { correlation: number | null; count: number } {
  let [count, sumA, sumB] = [0, 0, 0]
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? Number.NaN, b[at] ?? Number.NaN]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    count += 1
    sumA += x
    sumB += y
  }
  const [meanA, meanB] = [sumA / count, sumB / count]
  let [together, ownA, ownB] = [0, 0, 0]
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [(a[at] ?? Number.NaN) - meanA, (b[at] ?? Number.NaN) - meanB]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    together += x * y
    ownA += x * x
    ownB += y * y
  }
  // Below this the points are equal and what is left is rounding.
  return { correlation: ownA < 1e-9 || ownB < 1e-9 ? null : Math.min(1, together / Math.sqrt(ownA * ownB)), count }
}

/** The most points that an item's rule and cap can ever give; null where that isn't plain from its text. */
export function mostPoints({ items }: RubricIr, id: string): string | null {
  const item = items[id]
  if (item === undefined || item.points === null) return null
  const byRule = mostByRule(item)
  const limits = [byRule, item.cap].filter((limit) => limit !== null).map(decimal)
  return limits.length === 0 ? null : format(limits.reduce(least))
}

function mostByRule({ rule, points }: RubricIr['items'][string]): string | null {
  const literal = (expr: { op: string; value?: unknown }): string | null => (expr.op === 'literal' && typeof expr.value === 'string' ? expr.value : null)
  const most = (texts: (string | null)[]): string | null =>
    texts.length === 0 || texts.includes(null) ? null : format(texts.flatMap((text) => (text === null ? [] : decimal(text))).reduce(greatest))
  switch (rule.kind) {
    case 'proportional':
      return format(multiply(decimal(points ?? '0'), decimal(rule.cap)))
    case 'tiers':
      return most([...rule.table.map((row) => literal(row.points)), literal(rule.otherwise)])
    case 'rank':
      return most([...rule.points, rule.otherwise])
    default:
      return null
  }
}
