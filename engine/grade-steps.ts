// From a total to a grade: the threshold it reaches, what vetoes lower it to, and how many a quota lets in. Pure.
import { ceiling, compare, decimal, divide, floor, format, hundred, multiply, round, whole } from '#base/decimal.ts'
import type { QuotaIr, RubricIr } from '#engine/ir.ts'

/** A step to a grade: by threshold, lowered by a ceiling, lowered by a quota. */
export interface GradeStep {
  kind: 'threshold' | 'ceiling' | 'quota'
  grade: string
  reason: string
}

/** The best grade whose threshold the total reaches. */
export function thresholdGrade(ir: RubricIr, total: string): { grade: string; reason: string } {
  for (const [index, { grade, from }] of ir.grades.entries()) {
    if (index === ir.grades.length - 1) break
    if (from === null) return { grade, reason: `${grade}不设分数线` }
    if (compare(decimal(total), decimal(from)) >= 0) return { grade, reason: `得分${total}，达到${grade}的分数线${from}分` }
  }
  const last = ir.grades.at(-1)?.grade ?? ''
  const lowest = ir.grades.at(-2)?.from
  return { grade: last, reason: lowest === null || lowest === undefined ? '其余为这一等次' : `得分${total}，不到${lowest}分` }
}

/** The place of a grade, the best 0. */
export function placeOfGrade(ir: RubricIr, grade: string): number {
  return ir.grades.findIndex((one) => one.grade === grade)
}

/** How many of a peer group may have a grade (SPEC.md R-QUO). */
export function allowedBy(quota: QuotaIr, of: number): number {
  if (quota.small !== null && of < quota.small.fewest) return quota.small.give === 'open' ? of : 0
  if (quota.count !== null) return quota.count
  const share = round(divide(multiply(decimal(quota.percent ?? '0'), whole(of)), hundred) ?? whole(0), 12)
  const rounded = quota.round === 'down' ? floor(share) : quota.round === 'up' ? ceiling(share) : round(share, 0)
  return Number(format(rounded))
}

/** The steps of a total to its grade before quotas: the threshold first, then each veto that lowers it. */
export function gradeSteps(ir: RubricIr, result: { total: string; vetoes: readonly string[]; vetoNumbers?: ReadonlyMap<string, string> }): GradeStep[] {
  const { grade: byThreshold, reason } = thresholdGrade(ir, result.total)
  const steps: GradeStep[] = [{ kind: 'threshold', grade: byThreshold, reason }]
  let grade = byThreshold
  for (const veto of ir.vetoes) {
    if (!result.vetoes.includes(veto.id)) continue
    if (veto.zero) steps.push({ kind: 'ceiling', grade, reason: `${veto.label}，总分记0分` })
    if (veto.ceiling === null || placeOfGrade(ir, veto.ceiling) <= placeOfGrade(ir, grade)) continue
    grade = veto.ceiling
    const number = result.vetoNumbers?.get(veto.id)
    steps.push({ kind: 'ceiling', grade, reason: `${veto.label}${number === undefined ? '' : `（${number}）`}，等次最高为${grade}` })
  }
  return steps
}
