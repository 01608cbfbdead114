// IR → plan: which measures share one pass over a source, and in which order items and blocks can be computed.
import type { MeasurePeriod } from '#engine/definition.ts'
import { type Expr, references } from '#engine/expr.ts'
import {
  allPeers,
  type BlockIr,
  blockExpressions,
  type ItemIr,
  itemExpressions,
  type MeasureIr,
  peersExpressions,
  peersOfRule,
  type RubricIr,
  type VetoIr,
} from '#engine/ir.ts'

/** Measures computed in one pass over a source. `reach` is `all` where peers are needed, `some` where a restricted run may leave subjects out. */
export interface Pass {
  source: string
  period: MeasurePeriod | null
  once: Expr | null
  reach: 'all' | 'some'
  measures: string[]
}

/** Items that can be computed together, then the blocks that are complete after them, inner before outer. */
export interface Level {
  items: string[]
  blocks: string[][]
}

export interface Plan {
  passes: Pass[]
  levels: Level[]
}

/** Plans a run over everybody (`all`), or over some subjects, where only what peers need is computed for everybody. */
export function planRun(ir: RubricIr, reach: Pass['reach']): Plan {
  return { passes: passesOf(ir, reach), levels: levelsOf(ir) }
}

/** The sources that a measure reads: its own, and those of its members. */
function sourcesOf({ source, take }: MeasureIr): string[] {
  return take.kind === 'members' ? [source, take.source, ...sourcesOf(take.inner)] : [source]
}

/** The passes of the measures in which facts of these sources have a part. */
export function passesOver(ir: RubricIr, sources: readonly string[]): Pass[] {
  const isOver = (name: string | null): boolean => {
    const measure = name === null ? undefined : ir.measures[name]
    return measure !== undefined && sourcesOf(measure).some((source) => sources.includes(source))
  }
  const used = new Set(planRun(ir, 'all').passes.flatMap(({ measures }) => measures))
  const touched = Object.values(ir.measures).filter(({ name, of }) => used.has(name) && (isOver(name) || isOver(of)))
  const names = withDenominators(
    touched.map(({ name }) => name),
    ir,
  )
  return groupPasses(
    Object.values(ir.measures).filter(({ name }) => names.includes(name)),
    () => 'some',
  )
}

/** True when an item's points depend on other subjects. */
export function isPeerBased(item: ItemIr): boolean {
  return peersOfRule(item.rule) !== null || item.missing === 'peer-mean'
}

/** Every expression that a rubric reads, those of its measures aside. */
export function rubricExpressions(ir: RubricIr): Expr[] {
  const ofBlocks = [...blocksById(ir).values()].flatMap(blockExpressions)
  return [...Object.values(ir.items).flatMap(itemExpressions), ...ofBlocks, ...ir.vetoes.map((veto) => veto.when), ...allPeers(ir).flatMap(peersExpressions)]
}

/** The items and blocks whose points, or the numbers they came from, may change when another subject's facts do: items with peers, and what is computed from them. */
export function peerDependents(ir: RubricIr): Set<string> {
  const found = new Set<string>()
  const reads = (exprs: Expr[]): boolean => exprs.flatMap(references).some(({ scope, name }) => (scope === 'item' || scope === 'block') && found.has(name))
  const blocks = blocksById(ir)
  for (const level of levelsOf(ir)) {
    for (const id of level.items) {
      const item = ir.items[id]
      if (item !== undefined && (isPeerBased(item) || reads(itemExpressions(item)))) found.add(id)
    }
    for (const id of level.blocks.flat()) {
      const block = blocks.get(id)
      if (block === undefined) continue
      const inner = [...block.items, ...block.blocks.map((one) => one.id)]
      if (inner.some((one) => found.has(one)) || reads(blockExpressions(block))) found.add(id)
    }
  }
  return found
}

/** Groups measures that read the same rows: one pass each. */
export function groupPasses(measures: MeasureIr[], reachOf: (name: string) => Pass['reach']): Pass[] {
  const passes = new Map<string, Pass>()
  for (const { name, source, period, once, take } of measures) {
    const reach = reachOf(name)
    // Members are scored one by one: a pass of their own.
    const key = JSON.stringify([source, period, once, reach, take.kind === 'members' ? name : ''])
    const pass = passes.get(key) ?? { source, period, once, reach, measures: [] }
    pass.measures.push(name)
    passes.set(key, pass)
  }
  return [...passes.values()]
}

/** All blocks by id. */
export function blocksById(ir: Pick<RubricIr, 'blocks'>): Map<string, BlockIr> {
  const blocks = new Map<string, BlockIr>()
  const add = (block: BlockIr): void => {
    blocks.set(block.id, block)
    block.blocks.forEach(add)
  }
  ir.blocks.forEach(add)
  return blocks
}

/** The measures that an item is computed from, itself and its manual mark included, `of` measures too. */
export function measuresOf(item: ItemIr, ir: RubricIr): string[] {
  const own = itemExpressions(item)
    .flatMap(references)
    .filter((ref) => ref.scope === 'measure')
    .map((ref) => ref.name)
  return withDenominators([...own, ...(item.manual === null ? [] : [item.manual])], ir)
}

/** The measures that a veto looks at, `of` measures too. */
export function measuresOfVeto({ when }: VetoIr, ir: RubricIr): string[] {
  return withDenominators(
    references(when).flatMap(({ scope, name }) => (scope === 'measure' ? [name] : [])),
    ir,
  )
}

/** These measures and those that they are divided by. */
function withDenominators(names: string[], ir: RubricIr): string[] {
  return [...new Set(names.flatMap((name) => [name, ...(ir.measures[name]?.of ? [ir.measures[name].of] : [])]))]
}

/** Measures that are read beside the items: by vetoes and blocks. */
export function measuresBesideItems(ir: RubricIr): string[] {
  const read = [...ir.vetoes.map((veto) => veto.when), ...[...blocksById(ir).values()].flatMap(blockExpressions)].flatMap(references)
  return withDenominators(
    read.flatMap((ref) => (ref.scope === 'measure' ? [ref.name] : [])),
    ir,
  )
}

function passesOf(ir: RubricIr, reach: Pass['reach']): Pass[] {
  const used = new Set([...Object.values(ir.items).flatMap((item) => measuresOf(item, ir)), ...measuresBesideItems(ir)])
  const everybody = new Set(peerClosure(ir))
  return groupPasses(
    Object.values(ir.measures).filter((measure) => used.has(measure.name)),
    (name) => (reach === 'all' || everybody.has(name) ? 'all' : 'some'),
  )
}

/** Measures that are needed of every subject: those of peer-based items, and of all they are computed from. */
function peerClosure(ir: RubricIr): string[] {
  const blocks = blocksById(ir)
  const found = new Set<string>()
  const visit = (id: string): void => {
    const item = ir.items[id]
    const block = blocks.get(id)
    if (found.has(id)) return
    found.add(id)
    if (item !== undefined) {
      for (const ref of itemExpressions(item).flatMap(references)) if (ref.scope === 'item' || ref.scope === 'block') visit(ref.name)
    } else if (block !== undefined) {
      for (const inner of [...block.items, ...block.blocks.map((one) => one.id)]) visit(inner)
      for (const ref of blockExpressions(block).flatMap(references)) if (ref.scope === 'item' || ref.scope === 'block') visit(ref.name)
    }
  }
  for (const item of Object.values(ir.items)) if (isPeerBased(item)) visit(item.id)
  const ofBlocks = [...found].flatMap((id) => blocks.get(id) ?? []).flatMap(blockExpressions)
  const named = ofBlocks.flatMap(references).filter((ref) => ref.scope === 'measure')
  return withDenominators(
    [...[...found].flatMap((id) => (ir.items[id] === undefined ? [] : measuresOf(ir.items[id], ir))), ...named.map((ref) => ref.name)],
    ir,
  )
}

function levelsOf(ir: RubricIr): Level[] {
  const blocks = blocksById(ir)
  const known = new Map<string, number>()
  const levelOf = (id: string): number => {
    const before = known.get(id)
    if (before !== undefined) return before
    const item = ir.items[id]
    const block = blocks.get(id)
    const level =
      item !== undefined
        ? Math.max(
            0,
            ...itemExpressions(item)
              .flatMap(references)
              .filter((ref) => ref.scope === 'item' || ref.scope === 'block')
              .map((ref) => levelOf(ref.name) + 1),
          )
        : Math.max(
            0,
            ...(block?.items ?? []).map(levelOf),
            ...(block?.blocks ?? []).map((one) => levelOf(one.id)),
            ...(block === undefined ? [] : blockExpressions(block))
              .flatMap(references)
              .filter((ref) => ref.scope === 'item' || ref.scope === 'block')
              .map((ref) => levelOf(ref.name) + 1),
          )
    known.set(id, level)
    return level
  }
  const height = (block: BlockIr): number => Math.max(0, ...block.blocks.map((one) => height(one) + 1))
  const levels: Level[] = []
  const at = (level: number): Level => {
    while (levels.length <= level) levels.push({ items: [], blocks: [] })
    return levels[level] as Level
  }
  for (const id of Object.keys(ir.items)) at(levelOf(id)).items.push(id)
  for (const block of blocks.values()) {
    const rows = at(levelOf(block.id)).blocks
    const row = height(block)
    while (rows.length <= row) rows.push([])
    rows[row]?.push(block.id)
  }
  return levels
}
