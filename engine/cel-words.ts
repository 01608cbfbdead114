// CEL's functions and macros in Chinese, for people who read a rubric. `{0}`, `{1}` stand for the arguments.
import type { CelFunction } from '#engine/cel-functions.ts'
import type { Expr } from '#engine/expr.ts'

const words: Record<CelFunction, string> = {
  same: '{0}',
  charAt: '{0}的第{1}个字（从 0 数）',
  indexOf: '{1}在{0}中的位置（从 0 数）',
  indexOfFrom: '{1}在{0}中从第{2}个字起的位置（从 0 数）',
  lastIndexOf: '{1}在{0}中最后的位置（从 0 数）',
  lastIndexOfFrom: '{1}在{0}中第{2}个字以前最后的位置（从 0 数）',
  substring: '{0}从第{1}个字起的部分（从 0 数）',
  substringTo: '{0}从第{1}到第{2}个字前的部分（从 0 数）',
  replace: '{0}中的{1}换成{2}',
  replaceSome: '{0}中前{3}个{1}换成{2}',
  split: '{0}按{1}分开',
  splitSome: '{0}按{1}分成至多{2}段',
  joinAll: '{0}连成的文字',
  joinWith: '{0}以{1}连成的文字',
  trim: '去掉首尾空白的{0}',
  lowerAscii: '{0}的小写',
  upperAscii: '{0}的大写',
  upper: '{0}的大写',
  reverse: '倒过来的{0}',
  quote: '加引号的{0}',
  matches: '{0}符合格式{1}',
  intOfUint: '{0}的整数',
  intOfDouble: '{0}的整数部分',
  intOfText: '{0}读作整数',
  intOfTime: '{0}的秒数（自 1970 年）',
  uintOfInt: '{0}的非负整数',
  uintOfDouble: '{0}的非负整数部分',
  uintOfText: '{0}读作非负整数',
  doubleOfNumber: '{0}的浮点数',
  doubleOfText: '{0}读作浮点数',
  textOfNumber: '{0}的文字',
  textOfDouble: '{0}的文字',
  textOfBool: '{0}的文字',
  textOfBytes: '{0}的文字',
  textOfTime: '{0}的文字',
  textOfDuration: '{0}的文字',
  boolOfText: '{0}读作是否',
  bytesOfText: '{0}的字节',
  base64: '{0}的 Base64 文字',
  bytesOfBase64: 'Base64 文字{0}的字节',
  timeOfText: '{0}读作时刻',
  timeOfSeconds: '1970 年起第{0}秒',
  durationOfText: '时长{0}',
  fullYear: '{0}的年',
  month: '{0}的月（从 0 数）',
  dayOfMonth: '{0}的日',
  dayOfMonth0: '{0}的日（从 0 数）',
  dayOfWeek: '{0}是星期几（星期日为 0）',
  dayOfYear: '{0}是一年的第几天（从 0 数）',
  hours: '{0}的时',
  minutes: '{0}的分',
  seconds: '{0}的秒',
  milliseconds: '{0}的毫秒',
  durationHours: '{0}的整小时数',
  durationMinutes: '{0}的整分钟数',
  durationSeconds: '{0}的整秒数',
  durationMilliseconds: '{0}不足一秒的毫秒数',
  timePlus: '{0}之后{1}',
  timeMinus: '{0}之前{1}',
  timeBetween: '{1}到{0}的时长',
  durationPlus: '{0}＋{1}',
  durationMinus: '{0}－{1}',
  joinBytes: '{0}接{1}',
  joinLists: '{0}接{1}',
  at: '{0}的第{1}项（从 0 数）',
  equalLists: '{0}与{1}逐项相同',
  never: '不成立',
  greatest: '{0}中最大的',
  least: '{0}中最小的',
  inBase: '{0}的{1}进制文字',
  hexOfText: '{0}的十六进制文字',
  hexOfBytes: '{0}的十六进制文字',
  ceil: '{0}向上取整',
  floor: '{0}向下取整',
  nearest: '{0}四舍五入取整',
  trunc: '{0}的整数部分',
  absInt: '{0}的绝对值',
  absDouble: '{0}的绝对值',
  signInt: '{0}的正负号',
  signDouble: '{0}的正负号',
  isNan: '{0}不是数',
  isInf: '{0}是无穷大',
  isFinite: '{0}是有限数',
  bitAnd: '{0}按位与{1}',
  bitAndUint: '{0}按位与{1}',
  bitOr: '{0}按位或{1}',
  bitOrUint: '{0}按位或{1}',
  bitXor: '{0}按位异或{1}',
  bitXorUint: '{0}按位异或{1}',
  bitNot: '{0}按位取反',
  bitNotUint: '{0}按位取反',
  shiftLeft: '{0}左移{1}位',
  shiftLeftUint: '{0}左移{1}位',
  shiftRight: '{0}右移{1}位',
  shiftRightUint: '{0}右移{1}位',
}
const taking: ReadonlySet<CelFunction> = new Set(['greatest', 'least'])

/** A function of arguments that are in words already. */
export function callWords(fn: CelFunction, args: string[]): string {
  if (taking.has(fn)) return words[fn].replace('{0}', args.join('、'))
  const zone = args.length === 2 && !words[fn].includes('{1}') ? `按${args[1]}时区` : ''
  return zone + words[fn].replace(/\{(\d)\}/g, (_mark, index: string) => args[Number(index)] ?? '')
}

/** A macro over a list, its parts in words; the element is “其项”. */
export function overWords(expr: Extract<Expr, { op: 'over' }>, say: (part: Expr) => string): string {
  const list = say(expr.list)
  const where = expr.where === null ? '' : say(expr.where)
  switch (expr.how) {
    case 'all':
      return `${list}的各项都满足“${where}”`
    case 'exists':
      return `${list}中有一项满足“${where}”`
    case 'existsOne':
      return `${list}中恰有一项满足“${where}”`
    case 'filter':
      return `${list}中满足“${where}”的各项`
    case 'map':
      return `${list}中${where === '' ? '各项' : `满足“${where}”的各项`}的“${expr.make === null ? '' : say(expr.make)}”`
  }
}

/** What a macro's element, or its place, is called. */
export function eachWords(expr: Extract<Expr, { op: 'each' }>): string {
  return expr.what === 'value' ? '其项' : '其项的位置（从 0 数）'
}
