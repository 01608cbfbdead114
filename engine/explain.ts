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
import { callWords, eachWords, overWords } from '#engine/cel-words.ts'
import { gatheredText } from '#engine/explain-input.ts'
import { type Expr, inputName, references } from '#engine/expr.ts'
import { traceKeys } from '#engine/gathered.ts'
import { type ItemIr, type MeasureIr, type Peers, peersName, type RubricIr, type RuleIr } from '#engine/ir.ts'
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

const peersWords = { class: '同类', parent: '同一上级', all: '全体' }
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

/** Text of a written value; decimals at most 12 places. */
function plain(value: Value | undefined): string {
  if (value === undefined || value === null) return '无数据'
  if (isDecimalValue(value)) return format(round(value, comparePlaces))
  return typeof value === 'boolean' ? (value ? '是' : '否') : Array.isArray(value) ? value.join('、') : String(value)
}

/** What a name stands for, for people. */
function labelOf(name: string, ir: RubricIr): string {
  const [group, ...rest] = name.split('.')
  const key = rest.join('.')
  if (group === 'subject') return ir.population.columns.find((column) => column.name === key)?.label ?? key
  if (group === 'items' && ir.items[key] !== undefined) return `“${ir.items[key].label}”得分`
  if (group === 'blocks') return `${key} 得分`
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
  if (Object.hasOwn(fixed, name)) return fixed[name] ?? name
  for (const measure of Object.values(ir.measures)) {
    if (!name.startsWith(`${measure.name}.`)) continue
    const part = traceKeys(measure).find(({ key }) => name === `${measure.name}.${key}`)
    if (part !== undefined) return `${measure.label}（${part.label}）`
  }
  return ir.measures[name]?.label ?? name
}

/** Explains one item of a result row: `given` is that item in `items`. */
export function explainItem(ir: RubricIr, given: ItemResult): Explanation {
  const item = Object.hasOwn(ir.items, given.id) ? ir.items[given.id] : undefined
  if (item === undefined) throw new Error(`no item ${given.id} in rubric ${ir.rubric}`)
  const inputs = Object.entries(given.inputs).map(([name, value]) => ({ name, label: labelOf(name, ir), value: value === null ? null : plain(value) }))
  return { id: item.id, label: item.label, rule: ruleText(item, ir), inputs, sentence: sentenceOf(item, given, ir) }
}

/** CEL as it is read back. */
export function exprText(expr: Expr): string {
  switch (expr.op) {
    case 'literal':
      return expr.value === null ? '空' : expr.type === 'string' ? `“${expr.value}”` : String(expr.value)
    case 'ref':
      return expr.scope === 'x' || expr.scope === 'column' ? expr.name : inputName(expr)
    case 'compare':
      return `${exprText(expr.left)} ${expr.how} ${exprText(expr.right)}`
    case 'and':
      return `${exprText(expr.left)} 且 ${exprText(expr.right)}`
    case 'or':
      return `(${exprText(expr.left)} 或 ${exprText(expr.right)})`
    case 'not':
      return `非(${exprText(expr.of)})`
    case 'has':
      return `${exprText(expr.of)} 有数据`
    case 'arith':
      return `(${exprText(expr.left)} ${{ '+': '+', '-': '−', '*': '×', '/': '÷', '%': '除余' }[expr.how]} ${exprText(expr.right)})`
    case 'negate':
      return `−${exprText(expr.of)}`
    case 'choose':
      return `若 ${exprText(expr.when)} 则 ${exprText(expr.yes)} 否则 ${exprText(expr.no)}`
    case 'in':
      return `${exprText(expr.item)} 属于 [${expr.list.map(exprText).join('、')}]`
    case 'member':
      return `${exprText(expr.item)} 属于 ${exprText(expr.list)}`
    case 'text':
      return `${exprText(expr.left)} ${{ startsWith: '开头是', endsWith: '结尾是', contains: '包含' }[expr.how]} ${exprText(expr.right)}`
    case 'join':
      return `${exprText(expr.left)} 接 ${exprText(expr.right)}`
    case 'size':
      return `${exprText(expr.of)} 的长度`
    case 'days':
      return `${exprText(expr.left)} 与 ${exprText(expr.right)} 相差天数`
    case 'shift':
      return `${exprText(expr.left)} 后 ${exprText(expr.days)} 天`
    case 'part':
      return `${exprText(expr.of)} 的${{ year: '年', month: '月', day: '日' }[expr.part]}`
    case 'pick':
      return `${exprText(expr.left)} 与 ${exprText(expr.right)} 中较${expr.how === 'min' ? '小' : '大'}者`
    case 'round':
      return `${exprText(expr.of)} 四舍五入到 ${expr.places} 位`
    case 'list':
      return `[${expr.items.map(exprText).join('、')}]`
    case 'each':
      return eachWords(expr)
    case 'over':
      return overWords(expr, exprText)
    case 'call':
      return callWords(expr.fn, expr.args.map(exprText))
  }
}

function tableText(rule: Extract<RuleIr, { kind: 'tiers' }>): string {
  const word = { '>=': '≥', '>': '>', '<=': '≤', '<': '<', '==': '=' }[rule.compare]
  return `${rule.table.map((row) => `${word} ${exprText(row.bound)} 得 ${exprText(row.points)} 分`).join('，')}，其余 ${exprText(rule.otherwise)} 分`
}

const stepText = { 'pro-rata': '按比例', whole: '不足一个单位不计', started: '不足一个单位按一个计' }

/** Who is compared, in words without a comma. */
export function peersText(peers: Peers, { population }: RubricIr): string {
  const name = peersName(peers, population)
  if (name !== null) return peersWords[name]
  const text = (expr: Expr): string =>
    exprText(expr).replace(/subject\.(\w+)/g, (_, key: string) => population.columns.find((one) => one.name === key)?.label ?? key)
  return `${peers.where === null ? '' : `符合 ${text(peers.where)} 的`}${peers.by === null ? '全体' : `${text(peers.by)} 相同的对象`}`
}

/** What the events lose one by one. */
function escalateText({ lose, beyond }: Extract<RuleIr, { kind: 'escalate' }>): string {
  const listed = lose.map((one, index) => `第 ${index + 1} 次扣 ${one} 分`)
  const more = { all: `第 ${lose.length + 1} 次起不得分`, last: `以后每次扣 ${lose.at(-1) ?? '0'} 分`, none: '以后不再扣' }[beyond]
  return [...listed, more].join('，')
}

/** The rule in words. */
export function ruleText(item: ItemIr, ir: RubricIr): string {
  const text = rulePart(item, ir)
  // 扣完为止: a loss that stops at 0.
  const stops = ['shortfall', 'excess', 'deduct', 'escalate'].includes(item.rule.kind) && item.floor !== null && compare(decimal(item.floor), zero) === 0
  return stops ? `${text}，扣完为止` : text
}

function rulePart(item: ItemIr, ir: RubricIr): string {
  const rule = item.rule
  const full = item.points ?? '不封顶'
  switch (rule.kind) {
    case 'proportional':
      return `${full} 分 × (x ÷ ${exprText(rule.target)})，比值最高 ${rule.cap}`
    case 'tiers':
      return `按档：${tableText(rule)}`
    case 'shortfall':
    case 'excess':
      return `${rule.kind === 'shortfall' ? '达到' : '不超过'} ${exprText(rule.target)} 得 ${full} 分；每${rule.kind === 'shortfall' ? '少' : '多'} ${rule.unit} 扣 ${exprText(rule.lose)} 分（${stepText[rule.step]}）`
    case 'gate':
      return `满足 ${exprText(rule.when)} 得 ${full} 分，否则 0 分`
    case 'checklist':
      return `${rule.take === 'sum' ? '各项相加' : '取最高一项'}：${rule.parts.map((part) => `${part.label}：${exprText(part.when)}，${exprText(part.points)} 分`).join('；')}`
    case 'deduct':
      return `${full} 分，每个扣 ${exprText(rule.lose)} 分${rule.limit === null ? '' : `，最多扣 ${rule.limit} 分`}`
    case 'each':
      return `每个 ${exprText(rule.points)} 分`
    case 'convert':
      return `x × ${exprText(rule.factor)} + ${exprText(rule.offset)}`
    case 'escalate':
      return `${full} 分，${escalateText(rule)}`
    case 'convert-range':
      return `把 ${rule.from.join(' 至 ')} 换算为 ${rule.to.join(' 至 ')} 分，范围以外${{ clamp: '按两端计', extend: '同样换算', missing: '视为没有数据' }[rule.outside]}`
    case 'ratio-to-best':
      return `${full} 分 × ${rule.best === 'high' ? `(x ÷ ${peersText(rule.peers, ir)}中最高的)` : `(${peersText(rule.peers, ir)}中最低的 ÷ x)`}`
    case 'relative-ratio':
      return `${full} 分 × (x ÷ ${meanText(rule, ir)})，比值最高 ${rule.cap}`
    case 'relative-difference':
      return `${exprText(rule.base)} + ${exprText(rule.factor)} × (x − ${meanText(rule, ir)})`
    case 'rank':
      return `在${peersText(rule.peers, ir)}中排名，${rule.points.map((points, index) => `第 ${index + 1} 名 ${points} 分`).join('，')}，其余 ${rule.otherwise} 分`
    case 'rank-lose':
      return `在${peersText(rule.peers, ir)}中排名，第 1 名 ${full} 分，每低一名扣 ${rule.lose} 分`
    case 'formula':
      return `得分 = ${exprText(rule.value)}`
  }
}

function meanText({ peers, self }: { peers: Peers; self: 'included' | 'excluded' }, ir: RubricIr): string {
  return `${peersText(peers, ir)}${self === 'included' ? '' : '其他对象'}的平均数`
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
    ir.measures[name] === undefined ? `${labelOf(name, ir)} ${plain(given.inputs[name])}` : measureText(ir.measures[name], name, given, ir),
  )
  const made = item.input !== null && item.input.op !== 'ref' ? [`x = ${exprText(item.input)} = ${plain(given.inputs.x)}`] : []
  const all = [...texts, ...made]
  return all.length === 0 ? '' : `${all.join('，')}。`
}

/** `目标 12 × subject.share = 6。` where the target is worked out. */
function targetText({ rule }: ItemIr, number: (expr: Expr) => Decimal, given: ItemResult, ir: RubricIr): string {
  if (!('target' in rule) || references(rule.target).length === 0) return ''
  const names = [
    ...new Set(
      references(rule.target)
        .filter((ref) => ref.scope !== 'x')
        .map(inputName),
    ),
  ]
  return `${names.map((name) => `${labelOf(name, ir)} ${plain(given.inputs[name])}`).join('，')}，目标 ${exprText(rule.target)} = ${plain(number(rule.target))}。`
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
