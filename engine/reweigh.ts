// Totals, grades and places once more from item points that are known: with other weights of the blocks at the top, or a total changed.
// Exact, by the reference's own pieces; but groups are sorted where the reference compares everybody with everybody, so that a dozen of
// trials over a city take a fraction of a second. What reads the points of a block or the total keeps what it had (`readsTotals`).
import { add, compare, type Decimal, decimal, divide, format, multiply, whole, zero } from '#base/decimal.ts'
import { references } from '#engine/expr.ts'
import { type BlockIr, itemExpressions, type Peers, type RubricIr, type VetoIr } from '#engine/ir.ts'
import { addVetoes, allowedBy, emptySheet, extrasOf, type ResultRow, type Sheet, scoreBlock, summed, totalOf } from '#engine/reference.ts'

/** What a subject's blocks add up to before they are put together. */
export interface AddedUp {
  id: string
  class: string | null
  parent: string | null
  blocks: { id: string; value: Decimal | null; worth: Decimal }[]
  extras: Decimal
  met: VetoIr[]
}

/** A subject's total, number of the grade (1 is the best) and place. */
export interface Outcome {
  id: string
  class: string | null
  parent: string | null
  total: Decimal | null
  grade: number | null
  place: Decimal | null
}

/** Adds a result's item points up to its blocks at the top. */
export function addedUp(ir: RubricIr, row: Pick<ResultRow, 'id' | 'class' | 'parent' | 'vetoes' | 'items'>): AddedUp {
  const sheet = emptySheet({ id: row.id, attributes: {}, class: row.class, parent: row.parent })
  for (const { id, points } of row.items) {
    sheet.applies.set(id, true)
    sheet.points.set(id, points === null ? null : decimal(points))
  }
  const score = (block: BlockIr): void => {
    block.blocks.forEach(score)
    scoreBlock(block, ir, sheet)
  }
  ir.blocks.forEach(score)
  return {
    id: row.id,
    class: row.class,
    parent: row.parent,
    blocks: ir.blocks.map(({ id }) => ({ id, value: sheet.blocks.get(id) ?? null, worth: sheet.worth.get(id) ?? zero })),
    extras: extrasOf(ir, sheet),
    met: ir.vetoes.filter(({ id }) => row.vetoes.includes(id)),
  }
}

/**
 * Everybody's total, grade and place. A block in `factors` weighs so many times what it weighs; all blocks then make room for each other, so
 * that the total is worth what it was and thresholds keep their meaning.
 */
export function outcomesOf(ir: RubricIr, subjects: readonly AddedUp[], factors: ReadonlyMap<string, Decimal> = new Map()): Outcome[] {
  const outcomes = subjects.map(({ id, class: of, parent, blocks, extras, met }): Outcome => {
    const sheet: { total: Decimal | null; grade: number | null; vetoes: string[] } = {
      total: totalOf(ir, sumOf(blocks, factors), extras),
      grade: null,
      vetoes: [],
    }
    addVetoes(ir, sheet, met)
    return { id, class: of, parent, total: sheet.total, grade: sheet.grade, place: null }
  })
  place(ir, outcomes)
  return outcomes
}

function sumOf(blocks: AddedUp['blocks'], factors: ReadonlyMap<string, Decimal>): Decimal | null {
  if (factors.size === 0) return summed(blocks, zero).sum
  const weighed = blocks.map(({ id, value, worth }) => {
    const factor = factors.get(id)
    return factor === undefined ? { value, worth } : { value: value === null ? null : multiply(value, factor), worth: multiply(worth, factor) }
  })
  const { sum, full } = summed(weighed, zero)
  const before = blocks.map(({ worth }) => worth).reduce(add, zero)
  return sum === null ? null : (divide(multiply(sum, before), full) ?? sum)
}

/** Applies the quotas and gives places, once totals and grades by threshold are known. */
export function place(ir: RubricIr, outcomes: Outcome[]): void {
  for (const [index, { quota }] of ir.grades.entries()) {
    if (quota === null) continue
    for (const group of peersOf(outcomes, quota.peers)) {
      const allowed = allowedBy(quota, group.length)
      const among = inOrder(group.filter(({ grade }) => grade === index + 1))
      for (const { from, until, equals } of runs(among)) {
        if (compare(whole(quota.ties === 'out' ? until : from + 1), allowed) <= 0) continue
        for (const one of equals) one.grade = index + 2
      }
    }
  }
  for (const group of peersOf(outcomes, ir.rank.peers))
    for (const [no, { from, until, equals }] of runs(inOrder(group)).entries())
      for (const one of equals)
        one.place =
          ir.rank.ties === 'dense' ? whole(no + 1) : ir.rank.ties === 'min' ? whole(from + 1) : add(whole(from + 1), multiply(whole(until - from - 1), half))
}

const half = decimal('0.5')

function peersOf<T extends { class: string | null; parent: string | null }>(all: T[], peers: Peers): T[][] {
  return peers === 'all' ? [all] : [...Map.groupBy(all, (one) => one[peers]).values()]
}

/** Those that have a total, best first. */
function inOrder(outcomes: Outcome[]): (Outcome & { total: Decimal })[] {
  return outcomes.filter((one): one is Outcome & { total: Decimal } => one.total !== null).sort((a, b) => compare(b.total, a.total))
}

/** Stretches of equal totals: how many are before, and how many up to the last of them. */
function runs(sorted: (Outcome & { total: Decimal })[]): { from: number; until: number; equals: Outcome[] }[] {
  const found: { from: number; until: number; equals: Outcome[]; total: Decimal }[] = []
  for (const [index, one] of sorted.entries()) {
    const last = found.at(-1)
    if (last !== undefined && compare(last.total, one.total) === 0) {
      last.equals.push(one)
      last.until = index + 1
    } else found.push({ from: index, until: index + 1, equals: [one], total: one.total })
  }
  return found
}

/** The grade that one subject would have among all others as they are, quotas included. */
export function gradingAmong(ir: RubricIr, others: readonly Pick<ResultRow, 'id' | 'class' | 'parent' | 'total' | 'vetoes'>[]): (own: Sheet) => string | null {
  const hasQuotas = ir.grades.some(({ quota }) => quota !== null)
  const base = others.map((row): Outcome => {
    const sheet: Pick<Sheet, 'total' | 'vetoes' | 'grade'> = { total: row.total === null ? null : decimal(row.total), vetoes: [], grade: null }
    addVetoes(
      ir,
      sheet,
      ir.vetoes.filter(({ id }) => row.vetoes.includes(id)),
    )
    return { id: row.id, class: row.class, parent: row.parent, total: sheet.total, grade: sheet.grade, place: null }
  })
  return (own) => {
    const outcome: Outcome = { id: own.id, class: own.class, parent: own.parent, total: own.total, grade: own.grade, place: null }
    if (hasQuotas) place(ir, [outcome, ...base.map((one) => ({ ...one }))])
    return outcome.grade === null ? null : (ir.grades[outcome.grade - 1]?.grade ?? null)
  }
}

/** The labels of items and vetoes that read the points of a block or the total: with other weights they would have to be computed anew. */
export function readsTotals(ir: RubricIr): string[] {
  const reads = (expressions: Parameters<typeof references>[0][]): boolean =>
    expressions.flatMap(references).some(({ scope }) => scope === 'block' || scope === 'total')
  return [...Object.values(ir.items).filter((item) => reads(itemExpressions(item))), ...ir.vetoes.filter(({ when }) => reads([when]))].map(({ label }) => label)
}

/** A number as results show it. */
export function shownNumber(value: Decimal | null): string | null {
  return value === null ? null : format(value)
}
