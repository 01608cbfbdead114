// From a score to a grade, with the reason of each step. The grade itself is the engine's; here is why. Pure.
import {
  type Competes,
  gradeSteps,
  type KnownRow,
  peersName,
  placeOfGrade,
  type QuotaGroup,
  quotaGroups,
  type RubricIr,
  thresholdGrade,
} from '#engine/index.ts'
import type { Step } from './appraisal.contract.ts'

/** What the reasons need of a result. Its items tell what the groups of quotas read. */
export interface Graded extends KnownRow {
  total: string | null
  grade: string | null
  /** Numbers that a veto speaks of, by its id, for the reason. */
  vetoNumbers?: Map<string, string>
}

/** A quota in one group of peers. */
export interface QuotaUse {
  grade: string
  /** What the group has in common: a class, a superior, the value of an attribute; '' is all. */
  peers: string
  of: number
  allowed: number
  /** Those who had earned the grade by threshold and ceilings (and quotas above). */
  eligible: number
  given: number
  /** Those whom nothing parts where the quota ends, and whether they have the grade; null where it ends between two. Older decisions don't say. */
  edge?: { count: number; isIn: boolean } | null
}

export interface Decision {
  byThreshold: string
  grade: string
  steps: Step[]
}

const peerNames = { class: '同类', parent: '同一上级', all: '全部' } as const
/** Peers without what makes a group. */
const apart = '未分组'

/** The decisions for all results of a run, and how each quota was used. A subject without a total gets no decision. */
export function decide(ir: RubricIr, results: readonly Graded[]): { decisions: Map<string, Decision>; quotas: QuotaUse[] } {
  const decisions = new Map<string, Decision>()
  const groups = quotaGroups(ir, results)
  const competing = new Map(
    ir.grades.flatMap(({ grade, quota }) => (quota === null ? [] : [[grade, new Set(groups.flatMap((group) => (group.grade === grade ? group.peers : [])))]])),
  )
  const competes = (id: string, grade: string): boolean => competing.get(grade)?.has(id) ?? true
  for (const result of results)
    if (result.total !== null && result.grade !== null)
      decisions.set(
        result.id,
        earned(ir, result, result.total, (grade) => competes(result.id, grade)),
      )
  const totals = new Map(results.map(({ id, total }) => [id, total ?? '']))
  const quotas = groups.map((group) => {
    for (const rank of group.ranks) if (!rank.isIn) lowerBy(ir, group, rank, decisions, totals, competes)
    return useOf(group)
  })
  for (const result of results) {
    const decision = decisions.get(result.id)
    if (decision !== undefined && decision.grade !== result.grade) throw new Error(`${result.id}: reasons give ${decision.grade}, the engine ${result.grade}`)
  }
  return { decisions, quotas }
}

function earned(ir: RubricIr, result: Graded, total: string, competes: Competes): Decision {
  const steps = gradeSteps(ir, { ...result, total }, competes)
  return { byThreshold: steps.find(({ kind }) => kind === 'threshold')?.grade ?? '', grade: steps.at(-1)?.grade ?? '', steps }
}

function useOf({ grade, quota, value, peers, allowed, ranks }: QuotaGroup): QuotaUse {
  const count = (of: QuotaGroup['ranks']): number => of.reduce((sum, { ids }) => sum + ids.length, 0)
  const edge = ranks.find(({ from, until }) => from < allowed && until > allowed)
  return {
    grade,
    peers: value === null ? (quota.peers.by === null ? '' : apart) : value,
    of: peers.length,
    allowed,
    eligible: count(ranks),
    given: count(ranks.filter(({ isIn }) => isIn)),
    edge: edge === undefined ? null : { count: edge.ids.length, isIn: edge.isIn },
  }
}

/** Those beyond a quota fall to the next grade that they reach, each with the reason. */
function lowerBy(
  ir: RubricIr,
  group: QuotaGroup,
  { ids, from }: QuotaGroup['ranks'][number],
  decisions: Map<string, Decision>,
  totals: Map<string, string>,
  competes: (id: string, grade: string) => boolean,
): void {
  const { grade, quota, peers, allowed } = group
  const name = peersName(quota.peers, ir.population)
  const among = `${name === null ? '同组' : peerNames[name]}${peers.length}个`
  const percent = quota.groups.find(({ key }) => key === group.value)?.most ?? quota.percent
  const share = quota.percent === null ? '' : `的${percent}%`
  const isSmall = quota.small !== null && peers.length < quota.small.fewest
  const tie = ids.length > 1 && from < allowed ? `，与另外${ids.length - 1}个${ir.tieBreak.length === 0 ? '同分' : '分不出先后'}，按规则都不进` : ''
  for (const id of ids) {
    const decision = decisions.get(id)
    if (decision === undefined) continue
    const next = thresholdGrade(ir, totals.get(id) ?? '0', (one) => competes(id, one), placeOfGrade(ir, grade) + 1).grade
    const reason = isSmall
      ? `${among}，不足${quota.small?.fewest}个的没有${grade}的名额，定为${next}`
      : `${grade}的名额为${allowed}个（${among}${share}），得分${totals.get(id)}在其中列第${from + 1}位${tie}，定为${next}`
    decision.steps.push({ kind: 'quota', grade: next, reason })
    decision.grade = next
  }
}
