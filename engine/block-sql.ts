// Blocks and the total → stages. What is left out is made up for by the rest, in proportion (SPEC.md R-BLK, R-TOT).
import { decimal, format } from '#base/decimal.ts'
import { celSql, comparing, quotient } from '#engine/cel-sql.ts'
import type { Expr } from '#engine/expr.ts'
import type { BlockIr, ExtraIr, ItemIr, RubricIr } from '#engine/ir.ts'
import { limited } from '#engine/rule-sql.ts'
import { applies, type Column, type Stages } from '#engine/stages.ts'

/** True when something in the block can be left out, so that the rest is rescaled. */
function canRescale(block: Pick<BlockIr, 'items' | 'blocks'>, ir: RubricIr): boolean {
  const leftOut = block.items.some((id) => ir.items[id]?.missing === 'exclude' || ir.items[id]?.exempt.some((one) => one.give === 'exclude'))
  return leftOut || block.blocks.some((inner) => isMadeUpFor(inner) || canRescale(inner, ir))
}

/** True when the rest makes up for the block where it doesn't apply. */
function isMadeUpFor(block: Pick<BlockIr, 'when' | 'whenNone'>): boolean {
  return block.when !== null && block.whenNone === 'rescale'
}

const isZero = (value: string): boolean => format(decimal(value)) === '0'

/** Adds the stages of blocks that don't contain one another. */
export function addBlocks(blocks: BlockIr[], stages: Stages): void {
  const condition = (kind: 'a' | 'z', block: BlockIr, expr: Expr | null): Column[] =>
    expr === null ? [] : [[stages.blockColumn(kind, block.id), `coalesce(${celSql(expr, stages.resolve, stages.writer)}, false)`]]
  stages.add(blocks.flatMap((block) => [...condition('a', block, block.when), ...condition('z', block, block.zeroed)]))
  const sums = addSums(blocks, stages)
  const worths = canRescale({ items: [], blocks: stages.ir.blocks }, stages.ir)
  stages.add(
    blocks.flatMap((block): Column[] => {
      const { sum, full } = sums(block.id)
      const weighted = `${limited(sum, block, stages.writer)} * ${stages.number(block.weight)}`
      const rounded = block.round === null ? weighted : `round(${comparing(weighted)}, ${block.round})`
      const value = canRescale(block, stages.ir) ? `case when ${sum} is not null then ${rounded} end` : rounded
      const worth = `(${stages.number(block.start)} + ${full}) * ${stages.number(block.weight)}`
      // Where it doesn't apply a block gives nothing, its start included; what it is worth stays only where it is made up for.
      const missing = `when not z.${stages.blockColumn('a', block.id)} then`
      const rows = [
        ...(block.when === null ? [] : [`${missing} ${isMadeUpFor(block) ? 'null' : '0'}`]),
        ...(block.zeroed === null ? [] : [`when z.${stages.blockColumn('z', block.id)} then 0`]),
      ]
      return [
        [stages.blockColumn('b', block.id), rows.length === 0 ? value : `case ${rows.join(' ')} else ${value} end`],
        ...(worths
          ? [[stages.blockColumn('w', block.id), block.when === null || isMadeUpFor(block) ? worth : `case ${missing} 0 else ${worth} end`] satisfies Column]
          : []),
      ]
    }),
  )
}

/** Start and points of a block, what is left out made up for; and what it would be worth in full. */
type Sums = (id: string) => { sum: string; full: string }

/**
 * Blocks in which nothing can be left out are plain sums; the others need columns: `s` points of what is worth something, `q` of the rest, which is
 * not rescaled, `f` what applies is worth, `t` what is left of it is worth, `u` start and rescaled points.
 */
function addSums(blocks: Pick<BlockIr, 'id' | 'items' | 'blocks' | 'start'>[], stages: Stages): Sums {
  const { ir } = stages
  const known = new Map<string, { sum: string; full: string }>()
  const rescaled = blocks.filter((block) => canRescale(block, ir))
  const column = (kind: 'b' | 's' | 'q' | 'f' | 't' | 'u' | 'w', id: string): string => `z.${stages.blockColumn(kind, id)}`
  const columns = blocks.map((block) => {
    const items = block.items.flatMap((id) => (ir.items[id] === undefined ? [] : [ir.items[id]]))
    const points = (item: ItemIr): string => `z.${stages.itemColumn('p', item.id)}`
    const most = (item: ItemIr): string => stages.number(item.points ?? '0')
    const added = (terms: string[]): string => `(${terms.length === 0 ? '0::numeric' : terms.join(' + ')})`
    const orNought = (value: string): string => `coalesce(${value}, 0)`
    const sum = added([...items.map((item) => orNought(points(item))), ...block.blocks.map((inner) => orNought(column('b', inner.id)))])
    const isOnTop = (item: ItemIr): boolean => isZero(item.points ?? '0')
    const ofBlocks = (how: '=' | '<>'): string[] =>
      block.blocks.map((inner) => `case when ${column('w', inner.id)} ${how} 0 then ${orNought(column('b', inner.id))} else 0 end`)
    const scaled = added([...items.filter((item) => !isOnTop(item)).map((item) => orNought(points(item))), ...ofBlocks('<>')])
    const onTop = added([...items.filter(isOnTop).map((item) => orNought(points(item))), ...ofBlocks('=')])
    const full = added([
      ...items.map((item) => (item.when === null ? most(item) : `case when ${applies(item, stages)} then ${most(item)} else 0 end`)),
      ...block.blocks.map((inner) => column('w', inner.id)),
    ])
    const left = added([
      ...items.map((item) => `case when ${points(item)} is not null then ${most(item)} else 0 end`),
      ...block.blocks.map((inner) => `case when ${column('b', inner.id)} is not null then ${column('w', inner.id)} else 0 end`),
    ])
    known.set(
      block.id,
      rescaled.includes(block) ? { sum: column('u', block.id), full: column('f', block.id) } : { sum: `(${stages.number(block.start)} + ${sum})`, full },
    )
    return { block, scaled, onTop, full, left }
  })
  const needed = columns.filter(({ block }) => rescaled.includes(block))
  stages.add(
    needed.flatMap(({ block, scaled, onTop, full, left }): Column[] => [
      [stages.blockColumn('s', block.id), scaled],
      [stages.blockColumn('q', block.id), onTop],
      [stages.blockColumn('f', block.id), full],
      [stages.blockColumn('t', block.id), left],
    ]),
  )
  stages.add(
    rescaled.map((block): Column => {
      const [s, q, f, t] = [column('s', block.id), column('q', block.id), column('f', block.id), column('t', block.id)]
      const start = stages.number(block.start)
      const nothing = isZero(block.start) ? 'null' : `${start} + ${q}`
      return [
        stages.blockColumn('u', block.id),
        `case when ${f} = ${t} then ${start} + ${s} + ${q} when ${t} = 0 then ${nothing} else ${start} + ${quotient(`${s} * ${f}`, t)} + ${q} end`,
      ]
    }),
  )
  return (id) => {
    const sums = known.get(id)
    if (sums === undefined) throw new Error(`no block ${id}`)
    return sums
  }
}

/** Adds the total before vetoes: `raw_total`. */
export function addTotal(stages: Stages): void {
  const { ir } = stages
  const { sum } = addSums([{ id: '', items: [], blocks: ir.blocks, start: '0' }], stages)('')
  const extra = ({ floor, cap, items }: ExtraIr): string =>
    items.length === 0 ? '0' : limited(`(${items.map((id) => `coalesce(z.${stages.itemColumn('p', id)}, 0)`).join(' + ')})`, { floor, cap }, stages.writer)
  const rounded = `round(${comparing(`${sum} + ${extra(ir.bonuses)} - ${extra(ir.penalties)}`)}, ${ir.total.round})`
  stages.add([['raw_total', `case when ${sum} is not null then ${limited(rounded, ir.total, stages.writer)} end`]])
}
