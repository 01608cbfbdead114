// From a score to a grade, with the reason of each step. The grade itself is the engine's; here is why. Pure.
import { compare, decimal } from '#base/decimal.ts'
import { allowedBy, gradeSteps, peersName, placeOfGrade, type RubricIr } from '#engine/index.ts'
import type { Step } from './appraisal.contract.ts'

type Quota = NonNullable<RubricIr['grades'][number]['quota']>

/** What the reasons need of a result. */
export interface Graded {
  id: string
  class: string
  parent: string | null
  total: string | null
  grade: string | null
  vetoes: string[]
  /** Numbers that a veto speaks of, by its id, for the reason. */
  vetoNumbers?: Map<string, string>
}

/** A quota in one peer group. */
export interface QuotaUse {
  grade: string
  peers: string
  of: number
  allowed: number
  /** Those who had earned the grade by threshold and ceilings (and quotas above). */
  eligible: number
  given: number
}

export interface Decision {
  byThreshold: string
  grade: string
  steps: Step[]
}

const peerNames = { class: '同类', parent: '同一上级', all: '全部' } as const

function groupOf(name: keyof typeof peerNames, one: Graded): string {
  return name === 'all' ? '' : name === 'class' ? one.class : (one.parent ?? '')
}

/** What a quota's peers are called where a result says who they are and the total alone decides; null where only the engine knows. */
function knownPeers(ir: RubricIr, quota: Quota): keyof typeof peerNames | null {
  return ir.tieBreak.length > 0 || quota.small !== null ? null : peersName(quota.peers, ir.population)
}

/** The decisions for all results of a run, and how each quota was used. A subject without a total gets no decision. */
export function decide(ir: RubricIr, results: readonly Graded[]): { decisions: Map<string, Decision>; quotas: QuotaUse[] } {
  const decisions = new Map<string, Decision>()
  for (const result of results) if (result.total !== null && result.grade !== null) decisions.set(result.id, earned(ir, result, result.total))
  const quotas = ir.grades.flatMap(({ grade, quota }) => (quota === null ? [] : applyQuota(ir, grade, quota, results, decisions)))
  for (const result of results) {
    const decision = decisions.get(result.id)
    if (decision !== undefined && decision.grade !== result.grade) throw new Error(`${result.id}: reasons give ${decision.grade}, the engine ${result.grade}`)
  }
  return { decisions, quotas }
}

function earned(ir: RubricIr, result: Graded, total: string): Decision {
  const steps = gradeSteps(ir, { ...result, total })
  return { byThreshold: steps.find(({ kind }) => kind === 'threshold')?.grade ?? '', grade: steps.at(-1)?.grade ?? '', steps }
}

/** Those beyond a quota fall one grade; equals at the edge are all out or all in, as the rubric says. */
function applyQuota(ir: RubricIr, grade: string, quota: Quota, results: readonly Graded[], decisions: Map<string, Decision>): QuotaUse[] {
  const next = ir.grades[placeOfGrade(ir, grade) + 1]?.grade ?? grade
  const name = knownPeers(ir, quota)
  if (name === null) return [lowerAsGraded(ir, grade, next, results, decisions)]
  return [...Map.groupBy(results, (one) => groupOf(name, one))].map(([group, peers]): QuotaUse => {
    const allowed = allowedBy(quota, peers.length)
    const eligible = peers.flatMap(({ id, total }) => (total !== null && decisions.get(id)?.grade === grade ? [{ id, total }] : []))
    let above = 0
    let given = 0
    // Totals are in their shortest form, so equal numbers are equal texts.
    for (const [total, equals] of [...Map.groupBy(eligible, (one) => one.total)].sort(([a], [b]) => compare(decimal(b), decimal(a)))) {
      const at = quota.ties === 'out' ? above + equals.length : above + 1
      if (at <= allowed) given += equals.length
      else
        for (const { id } of equals)
          lower(decisions.get(id), next, quotaReason(grade, quota, { name, allowed, of: peers.length, above, equals: equals.length, total, next }))
      above += equals.length
    }
    return { grade, peers: group, of: peers.length, allowed, eligible: eligible.length, given }
  })
}

/** Those whom the engine graded lower than they had earned fell by this quota. */
function lowerAsGraded(ir: RubricIr, grade: string, next: string, results: readonly Graded[], decisions: Map<string, Decision>): QuotaUse {
  const eligible = results.filter(({ id }) => decisions.get(id)?.grade === grade)
  const beyond = eligible.filter((one) => placeOfGrade(ir, one.grade ?? grade) > placeOfGrade(ir, grade))
  for (const { id, total } of beyond) lower(decisions.get(id), next, `${grade}的名额分组计算，得分${total}在本组名额以外，定为${next}`)
  const given = eligible.length - beyond.length
  return { grade, peers: '', of: results.length, allowed: given, eligible: eligible.length, given }
}

function lower(decision: Decision | undefined, grade: string, reason: string): void {
  if (decision === undefined) return
  decision.steps.push({ kind: 'quota', grade, reason })
  decision.grade = grade
}

interface Beyond {
  name: keyof typeof peerNames
  allowed: number
  of: number
  above: number
  equals: number
  total: string
  next: string
}

function quotaReason(grade: string, quota: Quota, { name, allowed, of, above, equals, total, next }: Beyond): string {
  const share = quota.percent === null ? '' : `的${quota.percent}%`
  const tie = equals > 1 && above < allowed ? `，与另外${equals - 1}个同分，按规则都不进` : ''
  return `${grade}的名额为${allowed}个（${peerNames[name]}${of}个${share}），得分${total}在其中列第${above + 1}位${tie}，定为${next}`
}
