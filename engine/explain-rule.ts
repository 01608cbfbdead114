// Expressions, peers and rules of a checked rubric in Chinese: what the explanation of a score and the difference of two rubrics say of them.
import { compare, decimal, zero } from '#base/decimal.ts'
import { callWords, eachWords, overWords } from '#engine/cel-words.ts'
import { type Expr, inputName } from '#engine/expr.ts'
import { type ItemIr, type MeasureIr, type PeerName, type Peers, peersName, type RubricIr, type RuleIr } from '#engine/ir.ts'

const given: Record<PeerName, string> = { count: '个数', place: '中的名次', max: '最高数值', min: '最低数值', mean: '平均数值' }

/** What a formula names of its peers. */
export function peerText(name: string): string {
  return `可比对象${given[name as PeerName] ?? name}`
}

const peersWords = { class: '同类', parent: '同一上级', all: '全体' }

/** CEL as it is read back. */
export function exprText(expr: Expr): string {
  switch (expr.op) {
    case 'literal':
      return expr.value === null ? '空' : expr.type === 'string' ? `“${expr.value}”` : String(expr.value)
    case 'ref':
      if (expr.scope === 'peers') return peerText(expr.name)
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
      return isOrElse(expr)
        ? `${exprText(expr.yes)}（无数据按 ${exprText(expr.no)}）`
        : `若 ${exprText(expr.when)} 则 ${exprText(expr.yes)} 否则 ${exprText(expr.no)}`
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
      return expr.toward === undefined
        ? `${exprText(expr.of)} 四舍五入到 ${expr.places} 位`
        : `${exprText(expr.of)} ${expr.toward === 'down' ? '舍去' : '进一'}取整`
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

/** `has(a) ? a : b`, as the share of a period is written (R-PAR-1). */
export function isOrElse({ when, yes }: Extract<Expr, { op: 'choose' }>): boolean {
  return when.op === 'has' && when.of.op === 'ref' && yes.op === 'ref' && when.of.scope === yes.scope && when.of.name === yes.name
}

/** The expression, attributes of the subject by their labels. */
export function namedText(expr: Expr, { population }: RubricIr): string {
  return exprText(expr).replace(/subject\.(\w+)/g, (_, key: string) => population.columns.find((one) => one.name === key)?.label ?? key)
}

/** What a measure is called; one whose rows follow a merger says so. */
export function measureName({ label, follow }: Pick<MeasureIr, 'label' | 'follow'>): string {
  return follow ? `${label}（含并入的）` : label
}

export function tableText(rule: Extract<RuleIr, { kind: 'tiers' }>): string {
  const word = { '>=': '≥', '>': '>', '<=': '≤', '<': '<', '==': '=' }[rule.compare]
  return `${rule.table.map((row) => `${word} ${exprText(row.bound)} 得 ${exprText(row.points)} 分`).join('，')}，其余 ${exprText(rule.otherwise)} 分`
}

export const stepText = { 'pro-rata': '按比例', whole: '不足一个单位不计', started: '不足一个单位按一个计' }

/** Who is compared, in words without a comma. */
export function peersText(peers: Peers, ir: RubricIr): string {
  const name = peersName(peers, ir.population)
  if (name !== null) return peersWords[name]
  return `${peers.where === null ? '' : `符合 ${namedText(peers.where, ir)} 的`}${peers.by === null ? '全体' : `${namedText(peers.by, ir)} 相同的对象`}`
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
      return `得分 = ${exprText(rule.value)}${rule.peers === null ? '' : `，与${peersText(rule.peers, ir)}比较，数值${rule.best === 'high' ? '高' : '低'}的名次在前`}`
  }
}

export function meanText({ peers, self }: { peers: Peers; self: 'included' | 'excluded' }, ir: RubricIr): string {
  return `${peersText(peers, ir)}${self === 'included' ? '' : '其他对象'}的平均数`
}
