// One subject's score as a tree of blocks and items with rules, inputs, arithmetic and class means. Pure.
import { comparePlaces, decimal, divide, format, round } from '#base/decimal.ts'
import {
  allowedBy,
  type BlockIr,
  explainItem,
  explainTotal,
  gradeSteps,
  type ItemIr,
  type ItemResult,
  peersName,
  placeOfGrade,
  type RubricIr,
} from '#engine/index.ts'
import { wordsOfGrades, wordsOfPeers } from '#modules/rubric/index.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { type Basis, basisLine, className, isRanked } from './scoring.basis.ts'
import type { ScoreBlock, ScoreItem, ScorePage } from './scoring.contract.ts'
import { inputsOf, text } from './scoring.inputs.ts'
import { itemsOf, type Score } from './scoring.rules.ts'
import { vetoLines } from './scoring.vetoes.ts'

type Before = { runId: string; on: string; asOf: string; total: string | null; grade: string | null; rank: string | null; items: string } | null

/** The page of one subject's score. `before` is its result in the official run before. */
export function scorePage(tenant: Tenant, basis: Basis, score: Score, before: Before): ScorePage {
  const { ir, lines } = basis.rubric
  const ranked = isRanked(tenant, basis.rubric.head.rubricId)
  const results = new Map(itemsOf(score).map((item) => [item.id, item]))
  const totals = explainTotal(ir, { items: [...results.values()], vetoes: score.vetoes, blocks: score.blocks })
  const ofClass = className(tenant, score.class)
  const earlier = new Map(before === null ? [] : itemsOf(before).map((item) => [item.id, item.points]))
  const means = basis.spread.itemMeans.get(score.class)
  const blockMeans = basis.spread.blockMeans.get(score.class)
  const line = (id: string): ScoreItem[] => {
    const [item, result, words] = [ir.items[id], results.get(id), lines.get(id)]
    if (item === undefined || result === undefined || words === undefined) return []
    const explained = explainItem(ir, result)
    return [
      {
        id,
        label: item.label,
        points: result.points,
        max: result.max,
        rule: words.rule,
        arithmetic: arithmeticOf(ir, result, score.vetoes),
        missing: result.missing,
        missingRule: words.missing,
        note: [words.applies, words.note].filter((one) => one !== '').join('；'),
        inputs: inputsOf(ir, item, result, new Map(explained.inputs.map((one) => [one.name, one]))),
        peers: peersOf(ir, item, result, ofClass),
        classMean: means?.get(id) ?? null,
        before: earlier.get(id) ?? null,
      },
    ]
  }
  const block = (one: BlockIr): ScoreBlock => {
    const { worth = null, sentence = '' } = totals.blocks.get(one.id) ?? {}
    return {
      id: one.id,
      label: one.label,
      weight: one.weight,
      points: score.blocks[one.id] ?? null,
      max: worth,
      arithmetic: sentence,
      classMean: blockMeans?.get(one.id) ?? null,
      items: one.items.flatMap(line),
      blocks: one.blocks.map(block),
    }
  }
  const own = basis.spread.classes.find((one) => one.class === score.class)
  return {
    basis: basisLine(tenant, basis),
    release: basis.release,
    subject: { id: score.id, name: score.name, class: { id: score.class, name: className(tenant, score.class) } },
    total: score.total,
    grade: score.grade,
    rank: ranked ? score.rank : null,
    peers: peersName(ir.rank.peers, ir.population) === 'class' ? (own?.count ?? 0) : basis.spread.all,
    classMean: own?.mean ?? null,
    totalRule: totalRule(ir),
    totalArithmetic: totals.sentence,
    grading: gradingOf({ ir, spread: basis.spread }, score),
    vetoes: vetoLines(ir, { ...score, items: [...results.values()], beforeVetoes: totals.beforeVetoes }),
    blocks: ir.blocks.map(block),
    bonuses: ir.bonuses.items.flatMap(line),
    penalties: ir.penalties.items.flatMap(line),
    previous:
      before === null
        ? null
        : { run: before.runId, on: before.on, asOf: before.asOf, total: before.total, grade: before.grade, rank: ranked ? before.rank : null },
  }
}

/** An item's arithmetic as a sentence, or the vetoes of those that hold which zeroed it. */
export function arithmeticOf(ir: RubricIr, result: ItemResult, vetoes: readonly string[]): string {
  if (result.missing !== 'veto') return readable(ir, explainItem(ir, result).sentence)
  const by = ir.vetoes.filter(({ id, zeroes }) => vetoes.includes(id) && zeroes.includes(result.id))
  return `${by.map(({ label }) => label).join('；')}，本项记 0 分。`
}

/** The engine's sentence with labels where it names measures by their ids. */
function readable(ir: RubricIr, sentence: string): string {
  return sentence.replace(/[a-z][A-Za-z0-9_]*/g, (name) => (Object.hasOwn(ir.measures, name) ? (ir.measures[name]?.label ?? name) : name))
}

const counted = ({ subject }: RubricIr): string => (subject === 'unit' ? '单位' : '党组织')

/** Whom an item is held against: a rule and numbers, never names. Null where it stands alone. */
function peersOf(ir: RubricIr, item: ItemIr, { inputs, missing }: ItemResult, ofClass: string): ScoreItem['peers'] {
  const isMean = missing === 'peer-mean'
  const compared = 'peers' in item.rule ? item.rule.peers : null
  if (!isMean && compared === null) return null
  const peers = isMean || compared === null ? item.peers : compared
  const group = peersName(peers, ir.population) === 'class' ? `同类（${ofClass}）` : wordsOfPeers(peers, ir)
  const [count, sum] = [text(isMean ? inputs.known : inputs.peers), text(isMean ? inputs.knownSum : inputs.peersSum)]
  const mean = sum === null || count === null ? null : divide(decimal(sum), decimal(count))
  return {
    who: `${group}的${counted(ir)}中适用这一项、不免于考核、有数据的`,
    count,
    place: isMean ? null : text(inputs.place),
    mean: mean === null ? null : format(round(mean, comparePlaces)),
    best: isMean ? null : text(inputs.best),
  }
}

/** How the total became the grade: each step, and the grades with the edge of each quota. Null where the rubric has no grades. */
export function gradingOf(
  { ir, spread }: { ir: RubricIr; spread: Pick<Basis['spread'], 'all' | 'classes' | 'edges'> },
  { total, grade, vetoes, class: of }: Pick<Score, 'total' | 'grade' | 'vetoes' | 'class'>,
): ScorePage['grading'] {
  if (ir.grades.length === 0) return null
  const own = spread.classes.find((one) => one.class === of)?.count ?? null
  const among = ({ peers }: NonNullable<RubricIr['grades'][number]['quota']>): number | null =>
    ({ all: spread.all, class: own, parent: null })[peersName(peers, ir.population) ?? 'parent']
  const grades = wordsOfGrades(ir).map(({ grade: name, rule }, index) => {
    const quota = ir.grades[index]?.quota ?? null
    const many = quota === null ? null : among(quota)
    const lowest = spread.edges.get(quota !== null && peersName(quota.peers, ir.population) === 'all' ? '' : of)?.get(name) ?? null
    return { grade: name, rule, limited: quota !== null, allowed: quota === null || many === null ? null : allowedBy(quota, of, many), lowest }
  })
  const steps = total === null ? [] : gradeSteps(ir, { total, vetoes })
  const last = steps.at(-1)
  if (last !== undefined && grade !== null && placeOfGrade(ir, grade) > placeOfGrade(ir, last.grade)) {
    const { allowed = null, lowest = null } = grades.find((one) => one.grade === last.grade) ?? {}
    const edge = lowest === null ? '' : `，进线的最低${lowest}分`
    const full = `名额${allowed === null ? '' : `为${allowed}个`}已满${edge}，定为${grade}`
    const { from, quota } = ir.grades[placeOfGrade(ir, last.grade)] ?? { from: null, quota: null }
    // Without a threshold the grade is for those who are compared (R-GRD-1); a score doesn't say whether its subject is.
    const reason = from === null && quota?.peers.where ? `${last.grade}只在参加比较的对象中评定，本对象不在其中，或者${full}` : `${last.grade}的${full}`
    steps.push({ kind: 'quota', grade, reason })
  }
  return { steps, grades }
}

function totalRule({ bonuses, penalties, total, blocks }: RubricIr): string {
  const parts = [blocks.map(({ label }) => label).join('＋')]
  if (bonuses.items.length > 0) parts.push(`加分${bonuses.cap === null ? '' : `（最多${bonuses.cap}分）`}`)
  const sum = parts.join('＋') + (penalties.items.length > 0 ? `－扣分${penalties.cap === null ? '' : `（最多${penalties.cap}分）`}` : '')
  return `${sum}，四舍五入到${total.round}位小数${total.floor === null ? '' : `，最低${total.floor}分`}${total.cap === null ? '' : `，最高${total.cap}分`}`
}
