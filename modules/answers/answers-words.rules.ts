// A figure's measure in Chinese, with the pack's names for columns and values, for people who don't read YAML.
import type { Expr, MeasureIr, Source } from '#engine/index.ts'

/** The pack's name of a value in a source's column: `discipline-study-2024` → 党纪学习教育; undefined where it has none. */
export type ValueName = (source: string, column: string, value: string) => string | undefined

const compareWords = { '==': '是', '!=': '不是', '<': '小于', '<=': '不超过', '>': '大于', '>=': '不少于' } as const
const textWords = { startsWith: '开头是', endsWith: '结尾是', contains: '含有' } as const

/** The condition of a measure in words; `全部` where it has none. */
export function wordsOfCondition(measure: MeasureIr, source: Source, nameOf: ValueName): string {
  return measure.where === null ? '全部' : words(measure.where, source, nameOf)
}

/** How its rows become a number, in words. */
export function wordsOfTake({ take, once }: MeasureIr, source: Source, nameOf: ValueName): string {
  const say = (expr: Expr): string => words(expr, source, nameOf)
  const cases = once === null ? '' : `，同一${say(once)}只计一次`
  switch (take.kind) {
    case 'count':
      return `逐条计数${cases}`
    case 'countDistinct':
      return `按“${say(take.of)}”去重计数`
    case 'share':
      return `其中${say(take.where)}的占比`
    case 'sum':
      return `“${say(take.of)}”相加${cases}`
    case 'avg':
      return `“${say(take.of)}”的平均`
    case 'min':
      return `“${say(take.of)}”的最小值`
    case 'max':
      return `“${say(take.of)}”的最大值`
  }
}

function words(expr: Expr, source: Source, nameOf: ValueName): string {
  const say = (part: Expr): string => words(part, source, nameOf)
  const side = (part: Expr): string => (part.op === 'or' || part.op === 'and' ? `（${say(part)}）` : say(part))
  const label = (name: string): string => source.columns.find((column) => column.name === name)?.label ?? name
  const value = (part: Expr, beside: Expr): string => {
    if (part.op !== 'literal' || typeof part.value !== 'string' || part.type !== 'string') return say(part)
    return `“${(beside.op === 'ref' ? nameOf(source.name, beside.name, part.value) : undefined) ?? part.value}”`
  }
  switch (expr.op) {
    case 'literal':
      return expr.value === null ? '空' : expr.value === true ? '是' : expr.value === false ? '否' : String(expr.value)
    case 'ref':
      return label(expr.name)
    case 'compare':
      return `${value(expr.left, expr.right)}${compareWords[expr.how]}${value(expr.right, expr.left)}`
    case 'and':
      return `${expr.left.op === 'or' ? side(expr.left) : say(expr.left)}，且${expr.right.op === 'or' ? side(expr.right) : say(expr.right)}`
    case 'or':
      return `${say(expr.left)}，或${say(expr.right)}`
    case 'not':
      return `不是“${say(expr.of)}”`
    case 'has':
      return `登记了${say(expr.of)}`
    case 'in':
      return `${say(expr.item)}是${expr.list.map((one) => value(one, expr.item)).join('、')}之一`
    case 'member':
      return `${say(expr.list)}中有${value(expr.item, expr.list)}`
    case 'text':
      return `${say(expr.left)}${textWords[expr.how]}${value(expr.right, expr.left)}`
    case 'arith':
      return `${say(expr.left)}${expr.how}${say(expr.right)}`
    case 'negate':
      return `－${say(expr.of)}`
    case 'choose':
      return `${say(expr.when)}时为${say(expr.yes)}，否则为${say(expr.no)}`
    case 'join':
      return `${say(expr.left)}接${say(expr.right)}`
    case 'size':
      return `${say(expr.of)}的个数`
    case 'days':
      return `${say(expr.right)}到${say(expr.left)}的天数`
    case 'shift':
      return `${say(expr.left)}之后${say(expr.days)}天`
    case 'part':
      return `${say(expr.of)}的${{ year: '年', month: '月', day: '日' }[expr.part]}`
    case 'pick':
      return `${say(expr.left)}与${say(expr.right)}中${expr.how === 'min' ? '较小' : '较大'}的`
    case 'round':
      return `${say(expr.of)}（保留${expr.places}位小数）`
  }
}
