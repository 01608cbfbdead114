// An item's score as a sentence that a person can follow with a pocket calculator. Pure: from the IR and the result's own numbers.
import {
  add,
  ceiling,
  compare,
  comparePlaces,
  type Decimal,
  decimal,
  divide,
  floor,
  format,
  greatest,
  multiply,
  round,
  subtract,
  whole,
  zero,
} from '#base/decimal.ts'
import { gatheredText } from '#engine/explain-input.ts'
import { exprText, meanText, measureName, namedText, peersText, peerText, ruleText, stepText, tableText } from '#engine/explain-rule.ts'
import { type Expr, inputName, references } from '#engine/expr.ts'
import { traceKeys } from '#engine/gathered.ts'
import type { ItemIr, MeasureIr, RubricIr } from '#engine/ir.ts'
import type { ItemResult } from '#engine/reference.ts'
import { evaluateCel, isDecimalValue, read, type Value, type Written } from '#engine/reference-cel.ts'

/** A number that went in: what it is called, and its value as text (null: not recorded). */
export interface InputText {
  name: string
  label: string
  value: string | null
}

export interface Explanation {
  id: string
  label: string
  /** The rule in words. */
  rule: string
  inputs: InputText[]
  /** The arithmetic, or why there is none. */
  sentence: string
}

const missingText: Record<string, string> = {
  zero: '没有数据，按规则记 0 分',
  full: '没有数据，按规则记满分',
  'peer-mean': '没有数据，按规则取可比对象的平均分',
  exclude: '没有数据，按规则不计入，其余各项按比例折算',
  manual: '没有数据，由人工评定',
  veto: '有一票否决的情形，本项记 0 分',
  'exempt-full': '符合免考条件，记满分',
  'exempt-exclude': '符合免考条件，不计入，其余各项按比例折算',
}

/** Text of a value; decimals at most 12 places. */
export function plain(value: Value | undefined): string {
  if (value === undefined || value === null) return '无数据'
  if (isDecimalValue(value)) return format(round(value, comparePlaces))
  return typeof value === 'boolean' ? (value ? '是' : '否') : Array.isArray(value) ? value.join('、') : String(value)
}

/** Numbers of a result that belong to no measure. */
const fixed: Record<string, string> = {
  x: '计分数值',
  place: '名次',
  equals: '并列个数',
  peers: '参加排名个数',
  known: '有数据的可比对象个数',
  knownSum: '可比对象得分合计',
  best: '可比对象中最好的数值',
  peersSum: '可比对象数值合计',
}

/** What a name stands for, for people. */
function labelOf(name: string, ir: RubricIr): string {
  const [group, ...rest] = name.split('.')
  const key = rest.join('.')
  if (group === 'subject') return ir.population.columns.find((column) => column.name === key)?.label ?? key
  if (group === 'items' && ir.items[key] !== undefined) return `“${ir.items[key].label}”得分`
  if (group === 'peers' && rest.length > 0) return peerText(key)
  if (group === 'blocks') return `${key} 得分`
  if (Object.hasOwn(fixed, name)) return fixed[name] ?? name
  // A measure's name may hold dots itself.
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const measure = ir.measures[name.slice(0, dot)]
    const part = measure === undefined ? undefined : traceKeys(measure).find(({ key: own }) => own === name.slice(dot + 1))
    if (measure !== undefined && part !== undefined) return `${measure.label}（${part.label}）`
  }
  return ir.measures[name] === undefined ? name : measureName(ir.measures[name])
}

/** An input's value; attributes are exact in a result, and shown to 12 places as everything else. */
function inputValue(name: string, { inputs }: ItemResult, { population }: RubricIr): string {
  const attribute = population.columns.find((column) => name === inputName({ scope: 'subject', name: column.name }))
  return plain(attribute === undefined ? inputs[name] : read(inputs[name], attribute.type))
}

/** Explains one item of a result row: `given` is that item in `items`. */
export function explainItem(ir: RubricIr, given: ItemResult): Explanation {
  const item = Object.hasOwn(ir.items, given.id) ? ir.items[given.id] : undefined
  if (item === undefined) throw new Error(`no item ${given.id} in rubric ${ir.rubric}`)
  const inputs = Object.entries(given.inputs).map(([name, value]) => ({
    name,
    label: labelOf(name, ir),
    value: value === null ? null : inputValue(name, given, ir),
  }))
  return { id: item.id, label: item.label, rule: ruleText(item, ir), inputs, sentence: sentenceOf(item, given, ir) }
}

function sentenceOf(item: ItemIr, given: ItemResult, ir: RubricIr): string {
  if (given.missing === 'peer-mean') {
    const { known, knownSum } = given.inputs
    const mean =
      known === '0'
        ? '没有可比对象有数据，记'
        : `${peersText(item.peers, ir)}中有数据的 ${plain(known)} 个得分合计 ${plain(knownSum)}，${plain(knownSum)} ÷ ${plain(known)}，四舍五入到 ${item.round} 位小数`
    return `${missingText['peer-mean']}：${mean}：${given.points} 分。`
  }
  if (given.missing !== null) return `${missingText[given.missing] ?? given.missing}${given.points === null ? '。' : `：${given.points} 分。`}`
  const lookup = (ref: Extract<Expr, { op: 'ref' }>): Value =>
    ref.scope === 'x' ? xOf(item, given) : read(given.inputs[inputName(ref)] as Written | undefined, ref.type)
  const number = (expr: Expr): Decimal => {
    const value = evaluateCel(expr, lookup)
    return isDecimalValue(value) ? value : zero
  }
  const x = xOf(item, given)
  const steps = arithmetic(item, isDecimalValue(x) ? x : zero, number, (expr) => evaluateCel(expr, lookup), given, ir)
  return `${inputText(item, given, ir)}${targetText(item, number, given, ir)}${steps}${limitsText(item, given)}`
}

/** The rule's input, from the result's inputs. */
function xOf(item: ItemIr, given: ItemResult): Value {
  if (item.input === null) return null
  const name = item.input.op === 'ref' ? inputName(item.input) : 'x'
  return read(given.inputs[name], 'decimal')
}

function measureText(measure: MeasureIr, name: string, given: ItemResult, ir: RubricIr): string {
  const gathered = gatheredText(measure, name, given, (item) => ruleText(item, ir))
  if (gathered !== null) return gathered
  const [numerator, denominator, value] = [given.inputs[`${name}.numerator`], given.inputs[`${name}.denominator`], given.inputs[name]]
  if (numerator === undefined || denominator === undefined || numerator === null) return `${measure.label} ${plain(value)}${measure.unit}`
  const hundredfold = measure.take.kind === 'share' || measure.percent
  return hundredfold || measure.take.kind === 'avg'
    ? `${measure.label} ${plain(numerator)} ÷ ${plain(denominator)}${hundredfold ? ' × 100' : ''} = ${plain(value)}${measure.unit}`
    : `${measure.label} ${plain(value)}${measure.unit}（共 ${plain(denominator)}）`
}

/** `会议 3 次；x = …；` */
function inputText(item: ItemIr, given: ItemResult, ir: RubricIr): string {
  const refs = [
    item.input,
    ...(item.rule.kind === 'gate' ? [item.rule.when] : []),
    ...(item.rule.kind === 'formula' ? [item.rule.value] : []),
    ...(item.rule.kind === 'checklist' ? item.rule.parts.map((part) => part.when) : []),
  ]
    .filter((expr) => expr !== null)
    .flatMap(references)
  const names = [...new Set(refs.filter((ref) => ref.scope !== 'x').map(inputName))]
  const texts = names.map((name) =>
    ir.measures[name] === undefined
      ? `${labelOf(name, ir)} ${inputValue(name, given, ir)}`
      : measureText({ ...ir.measures[name], label: measureName(ir.measures[name]) }, name, given, ir),
  )
  const made = item.input !== null && item.input.op !== 'ref' ? [`x = ${exprText(item.input)} = ${plain(given.inputs.x)}`] : []
  const all = [...texts, ...made]
  return all.length === 0 ? '' : `${all.join('，')}。`
}

/** `目标 (12 × 存续占比（无数据按 1）) = 6。` where the target is worked out. */
function targetText({ rule }: ItemIr, number: (expr: Expr) => Decimal, given: ItemResult, ir: RubricIr): string {
  if (!('target' in rule) || references(rule.target).length === 0) return ''
  const names = [
    ...new Set(
      references(rule.target)
        .filter((ref) => ref.scope !== 'x')
        .map(inputName),
    ),
  ]
  return `${names.map((name) => `${labelOf(name, ir)} ${inputValue(name, given, ir)}`).join('，')}，目标 ${namedText(rule.target, ir)} = ${plain(number(rule.target))}。`
}

function arithmetic(item: ItemIr, x: Decimal, number: (expr: Expr) => Decimal, value: (expr: Expr) => Value, given: ItemResult, ir: RubricIr): string {
  const rule = item.rule
  const full = decimal(item.points ?? '0')
  const near = (one: Decimal): Decimal => round(one, comparePlaces)
  switch (rule.kind) {
    case 'proportional': {
      const ratio = divide(x, number(rule.target)) ?? zero
      const capped = compare(near(ratio), decimal(rule.cap)) > 0
      return `${plain(x)} ÷ ${plain(number(rule.target))} = ${plain(ratio)}${capped ? `，按最高 ${rule.cap} 计` : ''}；${plain(full)} × ${capped ? rule.cap : plain(ratio)} = ${plain(multiply(full, capped ? decimal(rule.cap) : ratio))}`
    }
    case 'tiers':
      return `${plain(x)} 对照：${tableText(rule)}；得 ${plain(given.points)}`
    case 'shortfall':
    case 'excess': {
      const target = number(rule.target)
      const away = rule.kind === 'shortfall' ? subtract(target, x) : subtract(x, target)
      if (compare(near(away), zero) <= 0) return `${plain(x)} ${rule.kind === 'shortfall' ? '≥' : '≤'} ${plain(target)}，得满分 ${plain(full)}`
      const units = divide(away, decimal(rule.unit)) ?? zero
      const steps = rule.step === 'pro-rata' ? units : rule.step === 'whole' ? floor(near(units)) : ceiling(near(units))
      return `${rule.kind === 'shortfall' ? '差' : '超'} ${plain(away)}，合 ${plain(away)} ÷ ${rule.unit} = ${plain(units)} 个单位（${stepText[rule.step]}，计 ${plain(steps)}）；${plain(full)} − ${plain(number(rule.lose))} × ${plain(steps)} = ${plain(subtract(full, multiply(number(rule.lose), steps)))}`
    }
    case 'gate':
      return `${value(rule.when) === true ? '满足' : '不满足'}条件（${exprText(rule.when)}），得 ${value(rule.when) === true ? plain(full) : '0'}`
    case 'checklist': {
      const met = rule.parts.filter((part) => value(part.when) === true)
      const points = met.map((part) => number(part.points))
      if (met.length === 0) return '各项均不满足，得 0'
      const text = met.map((part, index) => `${part.label} ${plain(points[index])}`)
      return rule.take === 'sum'
        ? `满足：${text.join(' + ')} = ${plain(points.reduce(add, zero))}`
        : `满足：${text.join('，')}；取最高，得 ${plain(given.points)}`
    }
    case 'deduct': {
      const lost = multiply(number(rule.lose), x)
      const held = rule.limit !== null && compare(near(lost), decimal(rule.limit)) > 0 ? decimal(rule.limit) : lost
      return `扣 ${plain(number(rule.lose))} × ${plain(x)} = ${plain(lost)}${held === lost ? '' : `，最多扣 ${rule.limit}`}；${plain(full)} − ${plain(held)} = ${plain(subtract(full, held))}`
    }
    case 'each':
      return `${plain(number(rule.points))} × ${plain(x)} = ${plain(multiply(number(rule.points), x))}`
    case 'convert':
      return `${plain(x)} × ${plain(number(rule.factor))} + ${plain(number(rule.offset))} = ${plain(add(multiply(x, number(rule.factor)), number(rule.offset)))}`
    case 'escalate': {
      const events = greatest(floor(near(x)), zero)
      const count = Number(format(events))
      if (rule.beyond === 'all' && count > rule.lose.length) return `共 ${plain(events)} 次，第 ${rule.lose.length + 1} 次起不得分，得 0`
      const lost = rule.lose.slice(0, count)
      const more = rule.beyond === 'last' ? Math.max(0, count - rule.lose.length) : 0
      const last = rule.lose.at(-1) ?? '0'
      const left = [...lost.map(decimal), multiply(decimal(last), whole(more))].reduce(subtract, full)
      return `共 ${plain(events)} 次；${[plain(full), ...lost, ...(more === 0 ? [] : [`${last} × ${more}`])].join(' − ')} = ${plain(left)}`
    }
    case 'convert-range': {
      const [low, high, least, most] = [...rule.from, ...rule.to] as [string, string, string, string]
      const end = compare(near(x), decimal(low)) < 0 ? [low, least] : compare(near(x), decimal(high)) > 0 ? [high, most] : null
      if (end !== null && rule.outside === 'clamp') return `${plain(x)} 在 ${low} 至 ${high} 以外，按 ${end[0]} 计，得 ${end[1]}`
      const along = divide(multiply(subtract(x, decimal(low)), subtract(decimal(most), decimal(least))), subtract(decimal(high), decimal(low))) ?? zero
      return `${least} + (${plain(x)} − ${low}) × (${most} − ${least}) ÷ (${high} − ${low}) = ${plain(add(decimal(least), along))}`
    }
    case 'ratio-to-best': {
      const best = decimal(given.inputs.best as string)
      const who = `${peersText(rule.peers, ir)} ${plain(given.inputs.peers)} 个中${rule.best === 'high' ? '最高' : '最低'}为 ${plain(best)}`
      if (compare(best, zero) === 0 && compare(near(x), zero) === 0) return `${who}，本对象也为 0，按规则记 ${plain(given.points)}`
      const [a, b] = rule.best === 'high' ? [x, best] : [best, x]
      const ratio = divide(a, b) ?? zero
      return `${who}；${plain(a)} ÷ ${plain(b)} = ${plain(ratio)}；${plain(full)} × ${plain(ratio)} = ${plain(multiply(full, ratio))}`
    }
    case 'relative-ratio': {
      const { mean, text } = meanOf(given, meanText(rule, ir))
      const ratio = divide(x, mean) ?? zero
      const capped = compare(near(ratio), decimal(rule.cap)) > 0
      return `${text}；${plain(x)} ÷ ${plain(mean)} = ${plain(ratio)}${capped ? `，按最高 ${rule.cap} 计` : ''}；${plain(full)} × ${capped ? rule.cap : plain(ratio)} = ${plain(multiply(full, capped ? decimal(rule.cap) : ratio))}`
    }
    case 'relative-difference': {
      const { mean, text } = meanOf(given, meanText(rule, ir))
      const away = subtract(x, mean)
      const [base, factor] = [number(rule.base), number(rule.factor)]
      return `${text}；${plain(x)} − ${plain(mean)} = ${plain(away)}；${plain(base)} + ${plain(factor)} × ${signed(away)} = ${plain(add(base, multiply(factor, away)))}`
    }
    case 'rank':
    case 'rank-lose': {
      const { place, equals, peers } = given.inputs
      const shared = equals !== undefined && equals !== null && equals !== '1' ? `（${plain(equals)} 个并列，取平均）` : ''
      return `在${peersText(rule.peers, ir)} ${plain(peers)} 个中列第 ${plain(place)} 名${shared}，${ruleText(item, ir).split('，').slice(1).join('，')}；得 ${plain(given.points)}`
    }
    case 'formula':
      return `${exprText(rule.value)} = ${plain(number(rule.value))}`
  }
}

/** The mean of the peers, from their sum and number. */
function meanOf({ inputs }: ItemResult, name: string): { mean: Decimal; text: string } {
  const [sum, count] = [decimal(inputs.peersSum as string), decimal(inputs.peers as string)]
  const mean = divide(sum, count) ?? zero
  return { mean, text: `${name} ${plain(sum)} ÷ ${plain(count)} = ${plain(mean)}` }
}

/** A number in brackets where a minus would stand behind an operator. */
function signed(value: Decimal): string {
  return compare(value, zero) < 0 ? `(${plain(value).replace('-', '−')})` : plain(value)
}

function limitsText(item: ItemIr, given: ItemResult): string {
  const limits = [...(item.floor === null ? [] : [`不低于 ${item.floor}`]), ...(item.cap === null ? [] : [`不高于 ${item.cap}`])]
  return `。四舍五入到 ${item.round} 位小数${limits.length === 0 ? '' : `，${limits.join('、')}`}：${plain(given.points)} 分。`
}
