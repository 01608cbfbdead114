// Totals, grades and places once more from item points that are known: with other weights of the blocks at the top, or a total changed.
// Exact, by the reference's own pieces; but groups are sorted where the reference compares everybody with everybody, so that a dozen of
// trials over a city take a fraction of a second. What reads the points of a block or the total keeps what it had (`readsTotals`).
import { add, type Decimal, decimal, divide, format, multiply, whole, zero } from '#base/decimal.ts'
import { plain } from '#engine/explain.ts'
import { references } from '#engine/expr.ts'
import { allowedBy } from '#engine/grade-steps.ts'
import { type BlockIr, type ItemIr, itemExpressions, type Peers, peersExpressions, peersName, type QuotaIr, type RubricIr, type VetoIr } from '#engine/ir.ts'
import { addVetoes, ahead, extrasOf, gradeFrom, type ResultRow, scoreBlock, summed, totalOf } from '#engine/reference.ts'
import { evaluateCel, type Value } from '#engine/reference-cel.ts'
import { lookupIn, type Sheet } from '#engine/reference-sheet.ts'
import { type KnownRow, sheetOf } from '#engine/rescore.ts'

/** What a subject's blocks add up to before they are put together. */
export interface AddedUp {
  sheet: Sheet
  blocks: { id: string; value: Decimal | null; worth: Decimal }[]
  extras: Decimal
  met: VetoIr[]
}

/** A subject's total, number of the grade (1 is the best) and place, on a sheet of its own. */
export type Outcome = Sheet

/**
 * The rubric with an item more, in no block: it is worth nothing and shows everything that blocks, vetoes and groups read, so that a result tells
 * all that is needed to put it together again.
 */
export function telling(ir: RubricIr): RubricIr {
  const blocks = ir.blocks.flatMap(blocksIn)
  const groups = [ir.rank.peers, ...ir.grades.flatMap(({ quota }) => quota?.peers ?? [])]
  const read = [...blocks.flatMap(({ when, zeroed }) => [when, zeroed]), ...ir.vetoes.map(({ when }) => when), ...groups.flatMap(peersExpressions)]
  const shown = read.flatMap((expr) => (expr === null ? [] : references(expr))).filter(({ scope }) => scope === 'measure' || scope === 'subject')
  if (shown.length === 0) return ir
  const nothing = { op: 'literal', type: 'int', value: '0' } as const
  const item: ItemIr = {
    id: TOLD,
    label: '',
    points: '0',
    when: null,
    exempt: [],
    zeroed: null,
    input: null,
    rule: { kind: 'checklist', take: 'sum', parts: shown.map((of) => ({ label: '', when: { op: 'has', type: 'bool', of }, points: nothing })) },
    missing: 'zero',
    manual: null,
    peers: { by: null, where: null },
    floor: null,
    cap: null,
    round: 0,
  }
  return { ...ir, items: { ...ir.items, [TOLD]: item } }
}

/** No rubric has an item of this id: ids have no spaces. */
export const TOLD = 'read by blocks'

function blocksIn(block: BlockIr): BlockIr[] {
  return [block, ...block.blocks.flatMap(blocksIn)]
}

/** Adds a result's item points up to its blocks at the top. The result is one of `telling(ir)`, or tells as much by its items alone. */
export function addedUp(ir: RubricIr, row: KnownRow): AddedUp {
  const sheet = sheetOf(ir, row)
  const score = (block: BlockIr): void => {
    block.blocks.forEach(score)
    scoreBlock(block, ir, sheet)
  }
  ir.blocks.forEach(score)
  return {
    sheet,
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
  const outcomes = subjects.map(({ sheet, blocks, extras, met }): Outcome => {
    const outcome: Outcome = { ...sheet, total: totalOf(ir, sumOf(blocks, factors), extras), grade: null, place: null }
    addVetoes(ir, outcome, met)
    return outcome
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

/** A quota in one group of its peers: who competes for it, best first. Those whom nothing parts stand together, with how many are before and up to them. */
export interface QuotaGroup {
  grade: string
  quota: QuotaIr
  /** What the group has in common, as text; null where all compete, or for those without it. */
  value: string | null
  /** Ids of all peers, also of those who don't compete. */
  peers: string[]
  allowed: number
  ranks: { from: number; until: number; ids: string[]; isIn: boolean }[]
}

/** Applies the quotas, best grade first, once grades by threshold are known. */
function applyQuotas(ir: RubricIr, outcomes: Outcome[]): QuotaGroup[] {
  return ir.grades.flatMap(({ grade, quota }, index) => {
    if (quota === null) return []
    const graded = outcomes.filter(({ total }) => total !== null)
    return groupsOf(ir, graded, quota.peers).map(({ value, group }): QuotaGroup => {
      const key = value === null ? null : plain(value)
      const allowed = allowedBy(quota, key, group.length)
      const among = group.filter((one) => one.grade === index + 1)
      const ranks = stretches(ir, inOrder(ir, among)).map(({ from, until, equals }) => {
        const isIn = (quota.ties === 'out' ? until : from + 1) <= allowed
        if (!isIn) for (const one of equals) one.grade = gradeFrom(ir, one, index + 2)
        return { from, until, ids: equals.map(({ id }) => id), isIn }
      })
      return { grade, quota, value: key, peers: group.map(({ id }) => id), allowed, ranks }
    })
  })
}

/** How each quota is used in each group of results that tell what the groups read (`telling`, where a quota's peers have no name). */
export function quotaGroups(ir: RubricIr, rows: readonly (KnownRow & Pick<ResultRow, 'total'>)[]): QuotaGroup[] {
  return applyQuotas(
    ir,
    rows.map((row) => gradedSheet(ir, row)),
  )
}

/** A result as a sheet with its total, and the grade before quotas. */
function gradedSheet(ir: RubricIr, row: KnownRow & Pick<ResultRow, 'total'>): Sheet {
  const sheet = { ...sheetOf(ir, row), total: row.total === null ? null : decimal(row.total) }
  addVetoes(
    ir,
    sheet,
    ir.vetoes.filter(({ id }) => row.vetoes.includes(id)),
  )
  return sheet
}

/** Applies the quotas and gives places, once totals and grades by threshold are known. */
function place(ir: RubricIr, outcomes: Outcome[]): void {
  applyQuotas(ir, outcomes)
  for (const { group } of groupsOf(ir, outcomes, ir.rank.peers)) {
    const ranked = inOrder(
      ir,
      group.filter(({ total }) => total !== null),
    )
    for (const [no, { from, until, equals }] of stretches(ir, ranked).entries())
      for (const one of equals)
        one.place =
          ir.rank.ties === 'dense' ? whole(no + 1) : ir.rank.ties === 'min' ? whole(from + 1) : add(whole(from + 1), multiply(whole(until - from - 1), half))
  }
}

const half = decimal('0.5')

function groupsOf(ir: RubricIr, all: Outcome[], { by, where }: Peers): { value: Value; group: Outcome[] }[] {
  const among = all.filter((one) => where === null || evaluateCel(where, lookupIn(ir, one, null)) === true)
  if (by === null) return [{ value: null, group: among }]
  const sharedBy = (one: Outcome): Value => evaluateCel(by, lookupIn(ir, one, null))
  const groups = Map.groupBy(among, (one) => JSON.stringify(sharedBy(one), (_key, value) => (typeof value === 'bigint' ? String(value) : value)))
  return [...groups.values()].map((group) => ({ value: group[0] === undefined ? null : sharedBy(group[0]), group }))
}

function inOrder(ir: RubricIr, outcomes: Outcome[]): Outcome[] {
  return outcomes.sort((a, b) => ahead(ir, b, a))
}

/** Stretches of those whom nothing parts: how many are before, and how many up to the last of them. */
function stretches(ir: RubricIr, sorted: Outcome[]): { from: number; until: number; equals: Outcome[] }[] {
  const found: { from: number; until: number; equals: Outcome[] }[] = []
  for (const [index, one] of sorted.entries()) {
    const last = found.at(-1)
    const [first] = last?.equals ?? []
    if (last !== undefined && first !== undefined && ahead(ir, first, one) === 0) {
      last.equals.push(one)
      last.until = index + 1
    } else found.push({ from: index, until: index + 1, equals: [one] })
  }
  return found
}

/** True where quotas are of other groups than class, parent or all, or points part equal totals: then it takes the items of others to grade one. */
export function gradesByItems(ir: RubricIr): boolean {
  return ir.tieBreak.length > 0 || ir.grades.some(({ quota }) => quota !== null && peersName(quota.peers, ir.population) === null)
}

/** The grade that one subject would have among all others as they are, quotas included. Others may come without items unless `gradesByItems`. */
export function gradingAmong(ir: RubricIr, others: () => (KnownRow & Pick<ResultRow, 'total'>)[]): (own: Sheet) => string | null {
  const hasQuotas = ir.grades.some(({ quota }) => quota !== null)
  let known: Sheet[] | undefined
  const all = (): Sheet[] => {
    known ??= others().map((row) => gradedSheet(ir, row))
    return known.map((sheet) => ({ ...sheet }))
  }
  return (own) => {
    const outcome = { ...own }
    if (hasQuotas) place(ir, [outcome, ...all()])
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
