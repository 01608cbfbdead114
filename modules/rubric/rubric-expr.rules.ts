// A CEL expression in Chinese, for people who don't read code. Who calls says what names and values are called.
import { callWords, type Expr, eachWords, isOrElse, overWords } from '#engine/index.ts'

export type Ref = Extract<Expr, { op: 'ref' }>
type Compare = Extract<Expr, { op: 'compare' }>

/** What people call a name, and a text that stands beside it: `kind == "branch"` → 类别是“党支部”. */
export interface Naming {
  ref: (ref: Ref) => string
  /** Undefined where the text stands for itself. */
  value: (beside: Ref, text: string) => string | undefined
}

const orderWords = { '<': '小于', '<=': '不超过', '>': '大于', '>=': '不少于' } as const
const arithWords = { '+': '＋', '-': '－', '*': '×', '/': '÷', '%': '除余' } as const
const textWords = { startsWith: '开头是', endsWith: '结尾是', contains: '含有' } as const
const partWords = { year: '年', month: '月', day: '日' } as const

/** The expression in words. */
export function inWords(expr: Expr, naming: Naming): string {
  const say = (part: Expr): string => inWords(part, naming)
  const bracket = (part: Expr, ops: readonly Expr['op'][]): string =>
    ops.includes(part.op) && !(part.op === 'choose' && isOrElse(part)) ? `（${say(part)}）` : say(part)
  const beside = (part: Expr, other: Expr): string => {
    if (part.op !== 'literal' || part.type !== 'string' || other.op !== 'ref') return say(part)
    return `“${naming.value(other, String(part.value)) ?? part.value}”`
  }
  switch (expr.op) {
    case 'literal':
      if (expr.type === 'string') return `“${expr.value}”`
      return expr.value === null ? '空' : typeof expr.value === 'boolean' ? (expr.value ? '是' : '否') : String(expr.value)
    case 'ref':
      return naming.ref(expr)
    case 'compare':
      return `${beside(expr.left, expr.right)}${compareWord(expr.how, expr.left.type)}${beside(expr.right, expr.left)}`
    case 'and':
      return `${bracket(expr.left, ['or', 'choose'])}，且${bracket(expr.right, ['or', 'choose'])}`
    case 'or':
      return `${bracket(expr.left, ['choose'])}，或${bracket(expr.right, ['choose'])}`
    case 'not':
      return `不满足“${say(expr.of)}”`
    case 'has':
      return `有${say(expr.of)}`
    case 'arith':
      return `${bracket(expr.left, ['arith', 'choose'])}${arithWords[expr.how]}${bracket(expr.right, ['arith', 'choose'])}`
    case 'negate':
      return `－${bracket(expr.of, ['arith', 'choose'])}`
    case 'choose':
      return isOrElse(expr) ? `${say(expr.yes)}（没有数据的按${say(expr.no)}）` : `${say(expr.when)}时为${say(expr.yes)}，否则为${say(expr.no)}`
    case 'in':
      return `${say(expr.item)}是${expr.list.map((one) => beside(one, expr.item)).join('、')}之一`
    case 'member':
      return `${say(expr.list)}中有${beside(expr.item, expr.list)}`
    case 'text':
      return `${say(expr.left)}${textWords[expr.how]}${beside(expr.right, expr.left)}`
    case 'join':
      return `${say(expr.left)}接${say(expr.right)}`
    case 'size':
      return `${say(expr.of)}的个数`
    case 'days':
      return `${say(expr.right)}到${say(expr.left)}的天数`
    case 'shift':
      return `${say(expr.left)}之后${say(expr.days)}天`
    case 'part':
      return `${say(expr.of)}的${partWords[expr.part]}`
    case 'pick':
      return `${say(expr.left)}与${say(expr.right)}中${expr.how === 'min' ? '较小' : '较大'}的`
    case 'round':
      return `${say(expr.of)}（${expr.toward === undefined ? `保留${expr.places}位小数` : expr.toward === 'down' ? '舍去小数' : '小数进一'}）`
    case 'list':
      return expr.items.length === 0 ? '空表' : `“${expr.items.map(say).join('、')}”`
    case 'each':
      return eachWords(expr)
    case 'over':
      return overWords(expr, say)
    case 'call':
      return callWords(expr.fn, expr.args.map(say))
  }
}

/** How one thing is to another: numbers are equal, everything else is or is not. */
export function compareWord(how: Compare['how'], type: Expr['type']): string {
  const number = type === 'int' || type === 'decimal'
  if (how === '==') return number ? '等于' : '是'
  if (how === '!=') return number ? '不等于' : '不是'
  return orderWords[how]
}
