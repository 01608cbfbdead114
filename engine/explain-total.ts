// Blocks and the total as arithmetic that a person can follow with a pocket calculator. Pure: from the IR and the points of a result's items.
import { add, compare, comparePlaces, type Decimal, decimal, divide, format, greatest, least, multiply, round, subtract, zero } from '#base/decimal.ts'
import type { BlockIr, RubricIr } from '#engine/ir.ts'
import type { ResultRow } from '#engine/reference.ts'

/** An item or an inner block as it goes into a sum. */
interface Part {
  label: string
  /** Null: left out. */
  points: Decimal | null
  worth: Decimal
}

/** A block's own arithmetic; numbers are decimal text. */
export interface BlockExplanation {
  points: string | null
  /** What it is worth in full: its start and what applies in it, times its weight (R-BLK-2). */
  worth: string
  sentence: string
}

export interface TotalExplanation {
  blocks: Map<string, BlockExplanation>
  /** The total before vetoes; null when all blocks are left out. */
  beforeVetoes: string | null
  total: string | null
  sentence: string
}

const text = (value: Decimal): string => format(round(value, comparePlaces))

/** `3 + 2.5 − 1`; a first number below 0 keeps its sign. */
function series(values: readonly Decimal[]): string {
  return values.map((value, index) => (index === 0 ? text(value) : text(value).startsWith('-') ? ` − ${text(value).slice(1)}` : ` + ${text(value)}`)).join('')
}

interface Summed {
  sum: Decimal | null
  full: Decimal
  sentence: string
}

/** The parts added up, what is left out made up for by the rest (R-BLK-3), and how that is written. */
function summed(parts: readonly Part[], start: Decimal): Summed {
  const full = parts.map(({ worth }) => worth).reduce(add, zero)
  const left = parts.filter(({ points }) => points !== null)
  const numbers = left.map(({ points }) => points ?? zero)
  const kept = left.map(({ worth }) => worth).reduce(add, zero)
  const hasStart = compare(start, zero) !== 0
  if (compare(full, kept) === 0) {
    const all = [...(hasStart ? [start] : []), ...numbers]
    const sum = add(start, numbers.reduce(add, zero))
    return { sum, full, sentence: `${hasStart ? '基础分加各项：' : ''}${all.length > 1 ? `${series(all)} = ` : ''}${text(sum)}` }
  }
  const names = parts
    .filter((part) => part.points === null)
    .map(({ label }) => `“${label}”`)
    .join('、')
  const isOnTop = ({ worth }: Part): boolean => compare(worth, zero) === 0
  const pointsOf = (some: readonly Part[]): Decimal[] => some.map((part) => part.points ?? zero)
  const [rest, more] = [pointsOf(left.filter((part) => !isOnTop(part))), pointsOf(left.filter(isOnTop))]
  const [points, onTop] = [rest.reduce(add, zero), more.reduce(add, zero)]
  const scaled = divide(multiply(points, full), kept)
  if (scaled === null) {
    const sum = add(start, onTop)
    const alone = more.length === 0 ? `只有基础分 ${text(start)}` : `只有基础分和加减分 ${series([start, ...more])} = ${text(sum)}`
    return { sum: hasStart ? sum : null, full, sentence: hasStart ? `${names}不计，${alone}` : `${names}不计，没有可计的部分` }
  }
  const added = `${rest.length > 1 ? `${series(rest)} = ` : ''}${text(points)}`
  const sum = add(add(start, scaled), onTop)
  const others = [...(hasStart ? [start] : []), scaled, ...more]
  const words = `${hasStart ? '加基础分' : ''}${hasStart && more.length > 0 ? '和' : ''}${more.length > 0 ? '加减分' : ''}`
  return {
    sum,
    full,
    sentence: `${names}不计，其余 ${added}，按 ${text(full)} ÷ ${text(kept)} 折算：${text(points)} × ${text(full)} ÷ ${text(kept)} = ${text(scaled)}${others.length > 1 ? `；${words} ${series(others)} = ${text(sum)}` : ''}`,
  }
}

/** A number between its floor and cap, and the words for what that changed. */
function limited(value: Decimal, { floor, cap }: { floor: string | null; cap: string | null }): { value: Decimal; words: string } {
  if (floor !== null && compare(value, decimal(floor)) < 0) return { value: greatest(value, decimal(floor)), words: `，最低 ${floor}` }
  if (cap !== null && compare(value, decimal(cap)) > 0) return { value: least(value, decimal(cap)), words: `，最高 ${cap}` }
  return { value, words: '' }
}

interface Instead {
  points: Decimal | null
  worthless: boolean
  sentence: string
}

/** What a block has instead of its arithmetic: a veto zeroes it, or it doesn't apply. Null where it has its own. */
function insteadOf(
  ir: RubricIr,
  { id, zeroed, when, whenNone }: BlockIr,
  { vetoes, blocks }: Pick<ResultRow, 'vetoes' | 'blocks'>,
  own: { hasSum: boolean; hasItems: boolean },
): Instead | null {
  const given = blocks[id] ?? null
  const veto = zeroed === null ? undefined : ir.vetoes.find((one) => vetoes.includes(one.id) && one.zeroes.includes(id))
  if (given === '0' && veto !== undefined) return { points: zero, worthless: false, sentence: `${veto.label}，这一部分记 0 分。` }
  if (when === null) return null
  if (given === null) return !own.hasSum ? null : { points: null, worthless: false, sentence: '这一部分不适用，由其余部分按比例折算。' }
  return whenNone === 'zero' && given === '0' && !own.hasItems ? { points: zero, worthless: true, sentence: '这一部分不适用，不计分。' } : null
}

/** Whether an item in a block, or in a block of it, meets a condition. */
function anyOf(block: BlockIr, meets: (id: string) => boolean): boolean {
  return block.items.some(meets) || block.blocks.some((inner) => anyOf(inner, meets))
}

/** Explains every block and the total of a result row; the numbers are those of the run to the last digit. */
export function explainTotal(ir: RubricIr, row: Pick<ResultRow, 'items' | 'vetoes' | 'blocks'>): TotalExplanation {
  const results = new Map(row.items.map((item) => [item.id, item]))
  const blocks = new Map<string, BlockExplanation>()
  const items = (ids: readonly string[]): Part[] =>
    ids.flatMap((id) => {
      const [item, result] = [ir.items[id], results.get(id)]
      if (item === undefined || result === undefined) return []
      return [{ label: item.label, points: result.points === null ? null : decimal(result.points), worth: decimal(item.points ?? '0') }]
    })
  const explain = (block: BlockIr): Part => {
    const inner = block.blocks.map(explain)
    const start = decimal(block.start)
    const { sum, full, sentence } = summed([...items(block.items), ...inner], start)
    const weight = decimal(block.weight)
    const worth = multiply(add(start, full), weight)
    const instead = insteadOf(ir, block, row, { hasSum: sum !== null, hasItems: anyOf(block, (id) => results.has(id)) })
    if (instead !== null) {
      const [points, left] = [instead.points, instead.worthless ? zero : worth]
      blocks.set(block.id, { points: points === null ? null : '0', worth: text(left), sentence: instead.sentence })
      return { label: block.label, points, worth: left }
    }
    if (sum === null) {
      blocks.set(block.id, { points: null, worth: text(worth), sentence: `${sentence}，整个部分不计。` })
      return { label: block.label, points: null, worth }
    }
    const held = limited(sum, block)
    const weighted = multiply(held.value, weight)
    const points = block.round === null ? weighted : round(round(weighted, comparePlaces), block.round)
    const steps = [
      `${sentence}${held.words}`,
      ...(format(weight) === '1' ? [] : [`${text(held.value)} × 权重 ${block.weight} = ${text(weighted)}`]),
      ...(compare(points, weighted) === 0 ? [] : [`四舍五入到 ${block.round} 位小数：${text(points)}`]),
    ]
    blocks.set(block.id, { points: text(points), worth: text(worth), sentence: `${steps.join('；')}。` })
    return { label: block.label, points, worth }
  }
  return { blocks, ...totalOf(ir, row.vetoes, ir.blocks.map(explain), items) }
}

function totalOf(ir: RubricIr, vetoes: readonly string[], parts: Part[], items: (ids: readonly string[]) => Part[]): Omit<TotalExplanation, 'blocks'> {
  const { sum, sentence } = summed(parts, zero)
  if (sum === null) return { beforeVetoes: null, total: null, sentence: `${sentence}，没有总分。` }
  const steps = [sentence]
  const extra = ({ items: ids, ...limits }: RubricIr['bonuses'], word: string): Decimal => {
    const numbers = items(ids).map(({ points }) => points ?? zero)
    const held = ids.length === 0 ? { value: zero, words: '' } : limited(numbers.reduce(add, zero), limits)
    if (ids.length > 0) steps.push(`${word} ${numbers.length > 1 ? `${series(numbers)} = ` : ''}${text(numbers.reduce(add, zero))}${held.words}`)
    return held.value
  }
  const [bonus, penalty] = [extra(ir.bonuses, '加分'), extra(ir.penalties, '扣分')]
  const raw = subtract(add(sum, bonus), penalty)
  if (ir.bonuses.items.length + ir.penalties.items.length > 0) steps.push(`${text(sum)} + ${text(bonus)} − ${text(penalty)} = ${text(raw)}`)
  const rounded = round(round(raw, comparePlaces), ir.total.round)
  if (compare(rounded, raw) !== 0) steps.push(`四舍五入到 ${ir.total.round} 位小数：${text(rounded)}`)
  const held = limited(rounded, ir.total)
  if (held.words !== '') steps.push(held.words.slice(1))
  const zeroed = ir.vetoes.find((veto) => veto.zero && vetoes.includes(veto.id))
  if (zeroed !== undefined) steps.push(`${zeroed.label}，总分记 0 分`)
  const total = text(zeroed === undefined ? held.value : zero)
  return { beforeVetoes: text(held.value), total, sentence: `${steps.join('；')}；总分 ${total} 分。` }
}
