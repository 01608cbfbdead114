// Rules and conditions of a rubric in Chinese, for people who don't read YAML.
import { type Expr, type ItemIr, measureName, type Peers, peersName, peerText, type RubricIr, type RuleIr } from '#engine/index.ts'
import { compareWord, inWords, type Ref } from './rubric-expr.rules.ts'
import type { ValueName } from './rubric-names.ts'

/** An expression in words: measures, items and attributes by their labels, values by the pack's names where `valueName` knows one. */
export function wordsOfExpr(expr: Expr, ir: RubricIr, valueName: ValueName = () => undefined): string {
  return inWords(expr, { ref: (ref) => nameOf(ref, ir), value: ({ name }, text) => valueName(ir.population.source, name, text) })
}

function nameOf(ref: Ref, ir: RubricIr): string {
  switch (ref.scope) {
    case 'measure': {
      const measure = ir.measures[ref.name]
      return measure === undefined ? ref.name : measureName(measure).replace(/^mark /, '评分 ')
    }
    case 'item':
      return ir.items[ref.name]?.label ?? ref.name
    case 'subject':
    case 'column':
      return ir.population.columns.find((column) => column.name === ref.name)?.label ?? ref.name
    case 'total':
      return '总分'
    case 'block':
      return `${ref.name}得分`
    case 'peers':
      return peerText(ref.name)
    case 'x':
      return '数值'
  }
}

const peerWords = { class: '同类', parent: '同一上级', all: '全部' } as const
const stepWords = { 'pro-rata': '按比例', whole: '满一个单位', started: '不满一个单位按一个' } as const
const tieWords = { min: '并列同名次、下一名顺延', dense: '并列同名次、下一名不空', average: '并列取平均' } as const

/** Who is compared, in words. */
export function wordsOfPeers(peers: Peers, ir: RubricIr): string {
  const name = peersName(peers, ir.population)
  if (name !== null) return peerWords[name]
  const [by, where] = [peers.by, peers.where].map((expr) => (expr === null ? '' : wordsOfExpr(expr, ir)))
  return `${where === '' ? '' : `${where}的`}${by === '' ? '全部' : `同一${by}`}`
}

/** How an item gives its points, as a sentence without the full stop. */
export function wordsOfRule(item: ItemIr, ir: RubricIr, valueName: ValueName): string {
  const { rule } = item
  const say = (expr: Expr): string => wordsOfExpr(expr, ir, valueName)
  const x = item.input === null ? '' : say(item.input)
  const full = item.points ?? ''
  switch (rule.kind) {
    case 'proportional':
      return `${x}达到${say(rule.target)}得${full}分，不足的按比例${rule.cap === '1' ? '' : `，最多按${rule.cap}倍`}`
    case 'tiers':
      return `${x}${rule.table.map((row) => `${compareWord(rule.compare, 'decimal')}${say(row.bound)}得${say(row.points)}分`).join('，')}，其余得${say(rule.otherwise)}分`
    case 'shortfall':
      return `${x}达到${say(rule.target)}${earns(full)}，每少${rule.unit}扣${say(rule.lose)}分（${stepWords[rule.step]}）`
    case 'excess':
      return `${x}不超过${say(rule.target)}${earns(full)}，每多${rule.unit}扣${say(rule.lose)}分（${stepWords[rule.step]}）`
    case 'gate':
      return `${say(rule.when).replaceAll('数值', x === '' ? '数值' : x)}的得${full}分，否则不得分`
    case 'checklist':
      return `${rule.parts.map((part) => `${/^\d+$/.test(part.label) ? say(part.when) : part.label}得${say(part.points)}分`).join('，')}，${rule.take === 'sum' ? '分项相加' : '取最高的一项'}`
    case 'deduct':
      return `满分${full}分，${x}每有1个扣${say(rule.lose)}分${rule.limit === null ? '' : `，最多扣${rule.limit}分`}`
    case 'each':
      return `${x}每1个${sign(say(rule.points))}分`
    case 'convert':
      return `${x}×${say(rule.factor)}${isZero(rule.offset) ? '' : `＋${say(rule.offset)}`}`
    case 'rank':
    case 'rank-lose':
      return wordsOfRank(rule, x, full, ir)
    case 'escalate':
      return `满分${full}分，${x}${rule.lose.map((lost, index) => `第${index + 1}次扣${lost}分，`).join('')}${{ all: `第${rule.lose.length + 1}次起不得分`, last: `以后每次扣${rule.lose.at(-1) ?? '0'}分`, none: '以后不再扣分' }[rule.beyond]}`
    case 'convert-range':
      return `${x}由${rule.from.join('至')}换算为${rule.to.join('至')}分，${{ clamp: '超出范围的按两端计', extend: '超出范围的同样换算', missing: '超出范围的视为没有数据' }[rule.outside]}`
    case 'ratio-to-best':
      return `${x}以${wordsOfPeers(rule.peers, ir)}中${rule.best === 'high' ? '最高' : '最低'}的为${full}分，其他的按比例得分`
    case 'relative-ratio':
      return `${x}达到${wordsOfMean(rule, ir)}得${full}分，不足的按比例${rule.cap === '1' ? '' : `，最多按${rule.cap}倍`}`
    case 'relative-difference':
      return `${say(rule.base)}分，加上${x}与${wordsOfMean(rule, ir)}之差的${say(rule.factor)}倍`
    case 'formula':
      return `${say(rule.value).replaceAll(/(?<!最高|最低|平均)数值/g, x === '' ? '数值' : x)}${rule.peers === null ? '' : `（在${wordsOfPeers(rule.peers, ir)}中比较，${rule.best === 'high' ? '高' : '低'}的在前）`}`
  }
}

function wordsOfMean({ peers, self }: { peers: Peers; self: 'included' | 'excluded' }, ir: RubricIr): string {
  return `${wordsOfPeers(peers, ir)}${self === 'included' ? '' : '其他单位'}的平均数`
}

function wordsOfRank(rule: Extract<RuleIr, { kind: 'rank' | 'rank-lose' }>, x: string, full: string, ir: RubricIr): string {
  const order = `${x}在${wordsOfPeers(rule.peers, ir)}中${rule.best === 'high' ? '由高到低' : '由低到高'}排位（${tieWords[rule.ties]}）`
  return rule.kind === 'rank'
    ? `${order}，第1至${rule.points.length}位得${rule.points.join('、')}分，其余得${rule.otherwise}分`
    : `${order}，第1位得${full}分，以后每位少${rule.lose}分`
}

function sign(points: string): string {
  return points.startsWith('-') || points.startsWith('－') ? `扣${points.slice(1)}` : `加${points}`
}

/** Full points; of an item that can only lose, that nothing is lost. */
function earns(full: string): string {
  return full === '0' ? '不扣分' : `得${full}分`
}

function isZero(expr: Expr): boolean {
  return expr.op === 'literal' && Number(expr.value) === 0
}

/** What happens to an item without data. */
export function wordsOfMissing(item: ItemIr, ir: RubricIr): string {
  switch (item.missing) {
    case 'zero':
      return '没有数据得0分'
    case 'full':
      return '没有数据得满分'
    case 'exclude':
      return '没有数据不计，其余按比例折算'
    case 'peer-mean':
      return `没有数据取${wordsOfPeers(item.peers, ir)}平均分`
    case 'manual':
      return '没有数据由人工评分'
  }
}
