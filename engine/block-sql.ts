// Blocks and the total → stages. What is left out is made up for by the rest, in proportion (SPEC.md R-BLK, R-TOT).
import { decimal, format } from '#base/decimal.ts'
import { comparing, quotient } from '#engine/cel-sql.ts'
import type { BlockIr, RubricIr } from '#engine/ir.ts'
import { limited } from '#engine/rule-sql.ts'
import { applies, type Column, type Stages } from '#engine/stages.ts'

/** True when something in the block can be left out, so that the rest is rescaled. */
export function canRescale(block: Pick<BlockIr, 'items' | 'blocks'>, ir: RubricIr): boolean {
  const leftOut = block.items.some((id) => ir.items[id]?.missing === 'exclude' || ir.items[id]?.exempt.some((one) => one.give === 'exclude'))
  return leftOut || block.blocks.some((inner) => canRescale(inner, ir))
}

const isZero = (value: string): boolean => format(decimal(value)) === '0'

/** Adds the stages of blocks that don't contain one another. */
export function addBlocks(blocks: BlockIr[], stages: Stages): void {
  addSums(blocks, stages)
  stages.add(blocks.flatMap((block): Column[] => {
    const sum = `z.${stages.blockColumn('u', block.id)}`
    const held = limited(sum, block, stages.writer)
    const weighted = isZero(block.weight) ? `${held} * 0` : `${held} * ${stages.number(block.weight)}`
    const rounded = block.round === null ? weighted : `round(${comparing(weighted)}, ${block.round})`
    return [
      [stages.blockColumn('b', block.id), `case when ${sum} is not null then ${rounded} end`],
      [stages.blockColumn('w', block.id), `(${stages.number(block.start)} + z.${stages.blockColumn('f', block.id)}) * ${stages.number(block.weight)}`],
    ]
  }))
}

/** Columns of the sums: `s` points, `f` what applies is worth, `t` what is left of it is worth, `u` start and rescaled points. */
function addSums(blocks: Pick<BlockIr, 'id' | 'items' | 'blocks' | 'start'>[], stages: Stages): void {
  const { ir } = stages
  stages.add(blocks.flatMap((block): Column[] => {
    const items = block.items.flatMap((id) => (ir.items[id] === undefined ? [] : [ir.items[id]]))
    const points = (id: string): string => `z.${stages.itemColumn('p', id)}`
    const [value, most] = [(id: string) => `z.${stages.blockColumn('b', id)}`, (id: string) => `z.${stages.blockColumn('w', id)}`]
    const sum = [...items.map((item) => `coalesce(${points(item.id)}, 0)`), ...block.blocks.map((inner) => `coalesce(${value(inner.id)}, 0)`)]
    const full = [...items.map((item) => (item.when === null ? stages.number(item.points ?? '0') : `case when ${applies(item, stages)} then ${stages.number(item.points ?? '0')} else 0 end`)), ...block.blocks.map((inner) => most(inner.id))]
    const left = [...items.map((item) => `case when ${points(item.id)} is not null then ${stages.number(item.points ?? '0')} else 0 end`), ...block.blocks.map((inner) => `case when ${value(inner.id)} is not null then ${most(inner.id)} else 0 end`)]
    const added = (terms: string[]): string => (terms.length === 0 ? '0::numeric' : terms.join(' + '))
    return [
      [stages.blockColumn('s', block.id), added(sum)],
      [stages.blockColumn('f', block.id), added(full)],
      ...(canRescale(block, ir) ? [[stages.blockColumn('t', block.id), added(left)] satisfies Column] : []),
    ]
  }))
  stages.add(blocks.map((block): Column => {
    const [s, f, t] = (['s', 'f', 't'] as const).map((kind) => `z.${stages.blockColumn(kind, block.id)}`)
    const start = stages.number(block.start)
    if (!canRescale(block, ir)) return [stages.blockColumn('u', block.id), `${start} + ${s}`]
    const nothing = isZero(block.start) ? 'null' : start
    return [stages.blockColumn('u', block.id), `case when ${f} = ${t} then ${start} + ${s} when ${t} = 0 then ${nothing} else ${start} + ${quotient(`${s} * ${f}`, t ?? '')} end`]
  }))
}

/** Adds the total before vetoes: `raw_total`. */
export function addTotal(stages: Stages): void {
  const { ir } = stages
  addSums([{ id: '', items: [], blocks: ir.blocks, start: '0' }], stages)
  const extra = ({ cap, items }: RubricIr['bonuses']): string =>
    items.length === 0 ? '0' : limited(`(${items.map((id) => `coalesce(z.${stages.itemColumn('p', id)}, 0)`).join(' + ')})`, { floor: null, cap }, stages.writer)
  const sum = `z.${stages.blockColumn('u', '')}`
  const rounded = `round(${comparing(`${sum} + ${extra(ir.bonuses)} - ${extra(ir.penalties)}`)}, ${ir.total.round})`
  stages.add([['raw_total', `case when ${sum} is not null then ${limited(rounded, ir.total, stages.writer)} end`]])
}
