// What if: one subject's score again with other numbers put in, everybody else's as they are. By the reference's own pieces, from what a
// result shows of itself (its inputs), so that no fact is read again.
import { type Decimal, decimal, divide, hundred, multiply, zero } from '#base/decimal.ts'
import { references } from '#engine/expr.ts'
import { type BlockIr, itemExpressions, type RubricIr, type VetoIr } from '#engine/ir.ts'
import { isPeerBased, type Level, measuresOf, planRun } from '#engine/plan.ts'
import { addVetoes, blocksOf, emptySheet, extrasOf, type ResultRow, scoreBlock, scoreItem, totalOf } from '#engine/reference.ts'
import { evaluateCel } from '#engine/reference-cel.ts'
import type { Measured } from '#engine/reference-measure.ts'
import { lookupIn, type Sheet } from '#engine/reference-sheet.ts'

/** A subject as its result shows it. */
export type KnownRow = Pick<ResultRow, 'id' | 'class' | 'parent' | 'blocks' | 'vetoes' | 'items'>

/** A result as the sheet that it was computed on: what went into the items that apply. */
export function sheetOf(ir: RubricIr, row: KnownRow): Sheet {
  const attributes = { ...(ir.population.class === null ? {} : { [ir.population.class]: row.class }), parent: row.parent }
  const sheet = emptySheet({ id: row.id, attributes, class: row.class, parent: row.parent })
  sheet.vetoes = row.vetoes
  for (const [id, points] of Object.entries(row.blocks)) sheet.blocks.set(id, points === null ? null : decimal(points))
  for (const { id, points, inputs, missing } of row.items) {
    sheet.applies.set(id, true)
    sheet.exempt.set(id, missing === 'exempt-full' ? 'full' : missing === 'exempt-exclude' ? 'exclude' : null)
    sheet.zeroed.set(id, missing === 'veto')
    const exact = points === null ? null : decimal(points)
    sheet.points.set(id, exact)
    // Of a peer nothing but the points it has by the rule is asked for; those are held already.
    sheet.raw.set(id, missing === null ? exact : null)
    for (const [name, value] of Object.entries(inputs)) {
      if (name.startsWith('subject.')) sheet.attributes[name.slice('subject.'.length)] = value
      else if (Object.hasOwn(ir.measures, name) && !sheet.measures.has(name)) sheet.measures.set(name, measuredIn(ir, name, inputs))
    }
  }
  return sheet
}

function measuredIn(ir: RubricIr, name: string, inputs: KnownRow['items'][number]['inputs']): Measured {
  const read = (key: string): Decimal | null => {
    const written = inputs[key]
    return typeof written === 'string' ? decimal(written) : null
  }
  const value = read(name)
  const [numerator, denominator] = [read(`${name}.numerator`), read(`${name}.denominator`)]
  const quotient = (times: Decimal | null): Decimal | null => (times === null || denominator === null ? null : divide(times, denominator))
  const { take, percent } = ir.measures[name] ?? { take: { kind: 'count' }, percent: false }
  // Results show twelve places; a quotient is taken again.
  if (take.kind === 'avg') return { numerator, denominator, value: quotient(numerator) }
  if (take.kind === 'share' || percent) return { numerator, denominator, value: quotient(numerator === null ? null : multiply(numerator, hundred)) }
  return { numerator: numerator ?? value, denominator, value }
}

/** Levels of a rubric, planned once: a unit's next steps ask for them a thousand times. */
const planned = new WeakMap<RubricIr, Level[]>()
function levelsOf(ir: RubricIr): Level[] {
  const levels = planned.get(ir) ?? planRun(ir, 'all').levels
  planned.set(ir, levels)
  return levels
}

/** The items that a measure goes into, by way of other items and blocks too. */
export function itemsReading(ir: RubricIr, measures: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  const holders = new Map<string, string[]>()
  const hold = (block: BlockIr, around: string[]): void => {
    for (const id of block.items) holders.set(id, [...around, block.id])
    for (const inner of block.blocks) hold(inner, [...around, block.id])
  }
  for (const block of ir.blocks) hold(block, [])
  const touched = new Set<string>()
  for (const level of levelsOf(ir))
    for (const id of level.items) {
      const item = ir.items[id]
      if (item === undefined) continue
      const others = itemExpressions(item).flatMap(references)
      const reads =
        measuresOf(item, ir).some((name) => measures.has(name)) ||
        others.some((ref) => (ref.scope === 'item' || ref.scope === 'block') && touched.has(ref.name))
      if (!reads) continue
      found.add(id)
      for (const one of [id, ...(holders.get(id) ?? [])]) touched.add(one)
    }
  return found
}

/**
 * The sheet with other measures put in. What doesn't read them keeps its points; what doesn't apply now isn't looked at. `peers` are the
 * sheets of all others. Total and grade are those before quotas; a veto that reads what the sheet doesn't know stays as it was.
 */
export function rescored(ir: RubricIr, start: Sheet, peers: () => Sheet[], changes: ReadonlyMap<string, Measured>): Sheet {
  const sheet: Sheet = {
    ...copyOf(start),
    measures: new Map([...start.measures, ...changes]),
    blocks: new Map(start.blocks),
    worth: new Map(start.worth),
    grade: null,
  }
  const reading = itemsReading(ir, new Set(changes.keys()))
  const scoreAll = (block: BlockIr): void => {
    block.blocks.forEach(scoreAll)
    scoreBlock(block, ir, sheet)
    keepUnknown(ir, block, start, sheet)
  }
  for (const level of levelsOf(ir)) {
    for (const id of level.items) {
      const item = ir.items[id]
      if (item === undefined || !reading.has(id) || start.applies.get(id) !== true) continue
      // A result that a veto zeroed doesn't show what the rule gave; the mean of peers asks for that.
      const vetoed = new Map((item.missing === 'peer-mean' ? peers() : []).filter((peer) => peer.zeroed.get(id)).map((peer) => [peer, copyOf(peer)]))
      const others = isPeerBased(item) ? peers().map((peer) => vetoed.get(peer) ?? peer) : []
      scoreItem(item, ir, [sheet, ...others], [sheet, ...vetoed.values()])
    }
    ir.blocks.forEach(scoreAll)
  }
  sheet.total = totalOf(ir, blocksOf(ir, sheet), extrasOf(ir, sheet))
  addVetoes(
    ir,
    sheet,
    ir.vetoes.filter((veto) => (knows(sheet, veto) ? evaluateCel(veto.when, lookupIn(ir, sheet, null)) === true : start.vetoes.includes(veto.id))),
  )
  return sheet
}

/** Whether a block applies, or is zeroed by a veto, stays as it was where that is said by what the sheet doesn't know. */
function keepUnknown(ir: RubricIr, block: BlockIr, start: Sheet, sheet: Sheet): void {
  const before = start.blocks.get(block.id) ?? null
  if (block.when !== null && !knows(sheet, { when: block.when }) && !holdsItem(block, start)) {
    sheet.blocks.set(block.id, before)
    if (before !== null) sheet.worth.set(block.id, zero)
  } else if (block.zeroed !== null && !knows(sheet, { when: block.zeroed })) {
    const isVetoed = ir.vetoes.some(({ id, zeroes }) => start.vetoes.includes(id) && zeroes.includes(block.id))
    if (isVetoed && sheet.blocks.get(block.id) !== null) sheet.blocks.set(block.id, zero)
  }
}

/** True where an item of the block, or of a block in it, applies. */
function holdsItem(block: BlockIr, sheet: Sheet): boolean {
  return block.items.some((id) => sheet.applies.get(id)) || block.blocks.some((inner) => holdsItem(inner, sheet))
}

function copyOf(sheet: Sheet): Sheet {
  return {
    ...sheet,
    exempt: new Map(sheet.exempt),
    zeroed: new Map(sheet.zeroed),
    raw: new Map(sheet.raw),
    points: new Map(sheet.points),
    standing: new Map(),
    known: new Map(),
  }
}

function knows(sheet: Sheet, { when }: Pick<VetoIr, 'when'>): boolean {
  return references(when).every(({ scope, name }) =>
    scope === 'measure'
      ? sheet.measures.has(name)
      : scope === 'subject'
        ? Object.hasOwn(sheet.attributes, name)
        : scope !== 'item' || sheet.applies.get(name) === true,
  )
}
