// A figure's measure in Chinese, with the pack's names for columns and values, for people who don't read YAML.
import type { Expr, MeasureIr, Source } from '#engine/index.ts'
import { inWords, type ValueName } from '#modules/rubric/index.ts'

/** The condition of a measure in words; `全部` where it has none. */
export function wordsOfCondition(measure: MeasureIr, source: Source, nameOf: ValueName): string {
  return measure.where === null ? '全部' : words(measure.where, source, nameOf)
}

/** How its rows become a number, in words. */
export function wordsOfTake({ take, once, pick, late }: MeasureIr, source: Source, nameOf: ValueName): string {
  const say = (expr: Expr): string => words(expr, source, nameOf)
  const cases = once === null ? '' : `，同一${say(once)}只计${pick === 'first' ? '最早的' : ''}一次`
  if (late !== null && take.kind === 'sum')
    return `${take.of.op === 'arith' ? `“${say(take.of.left)}”相加` : '逐条计数'}，补录的每条按 ${late.counts} 计${cases}`
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
    case 'rated':
    case 'ballot':
    case 'members':
      throw new Error(`${take.kind} is an item's input, not a figure`)
  }
}

function words(expr: Expr, source: Source, nameOf: ValueName): string {
  return inWords(expr, {
    ref: ({ name }) => source.columns.find((column) => column.name === name)?.label ?? name,
    value: ({ name }, text) => nameOf(source.name, name, text),
  })
}
