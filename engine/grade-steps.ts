// From a total to a grade: what vetoes took from the total, the threshold it reaches, what vetoes lower it to, how many a quota lets in. Pure.
import { ceiling, compare, decimal, divide, floor, format, hundred, multiply, round, whole } from '#base/decimal.ts'
import type { QuotaIr, RubricIr, VetoIr } from '#engine/ir.ts'
import { blocksById } from '#engine/plan.ts'

/** A step to a grade: points or the total zeroed, then by threshold, lowered by a ceiling, lowered by a quota. */
export interface GradeStep {
  kind: 'zero' | 'threshold' | 'ceiling' | 'quota'
  grade: string
  reason: string
}

/** Whether a subject is one of those among whom the quota of a grade is counted. */
export type Competes = (grade: string) => boolean

/** The best grade, from a place on (0 is the best), whose threshold the total reaches; without one it is for those who compete for it (R-GRD-1). */
export function thresholdGrade(ir: RubricIr, total: string, competes: Competes = () => true, first = 0): { grade: string; reason: string } {
  for (const [index, { grade, from }] of ir.grades.entries()) {
    if (index === ir.grades.length - 1) break
    if (index < first || (from === null && !competes(grade))) continue
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

/** How many of a peer group of so many may have a grade; `key` is the text that the group shares, or null (SPEC.md R-QUO). */
export function allowedBy(quota: QuotaIr, key: string | null, of: number): number {
  if (quota.small !== null && of < quota.small.fewest) return quota.small.give === 'open' ? of : 0
  const own = quota.groups.find((one) => one.key === key)?.most
  if (quota.count !== null) return Number(own ?? quota.count)
  const share = round(divide(multiply(decimal(own ?? quota.percent ?? '0'), whole(of)), hundred) ?? whole(0), 12)
  const rounded = quota.round === 'down' ? floor(share) : quota.round === 'up' ? ceiling(share) : round(share, 0)
  return Number(format(rounded))
}

/** What a veto does, in words. */
export function vetoEffect(ir: RubricIr, { zero, zeroes, ceiling }: VetoIr): string {
  if (zero) return '总分记0分'
  if (zeroes.length === 0) return `等次最高为${ceiling ?? ''}`
  const blocks = blocksById(ir)
  return `${zeroes.map((id) => `“${ir.items[id]?.label ?? blocks.get(id)?.label ?? id}”`).join('')}记0分`
}

/** The steps of a total to its grade before quotas: what vetoes zeroed, the threshold, then each veto that lowers the grade. */
export function gradeSteps(
  ir: RubricIr,
  result: { total: string; vetoes: readonly string[]; vetoNumbers?: ReadonlyMap<string, string> },
  competes?: Competes,
): GradeStep[] {
  const { grade: byThreshold, reason } = thresholdGrade(ir, result.total, competes)
  const met = ir.vetoes.filter(({ id }) => result.vetoes.includes(id))
  const step = (kind: GradeStep['kind'], grade: string, veto: VetoIr): GradeStep => {
    const number = result.vetoNumbers?.get(veto.id)
    return { kind, grade, reason: `${veto.label}${number === undefined ? '' : `（${number}）`}，${vetoEffect(ir, veto)}` }
  }
  const zeroed = met.filter(({ ceiling }) => ceiling === null).map((veto) => step('zero', byThreshold, veto))
  const steps: GradeStep[] = [...zeroed, { kind: 'threshold', grade: byThreshold, reason }]
  let grade = byThreshold
  for (const veto of met) {
    if (veto.ceiling === null || placeOfGrade(ir, veto.ceiling) <= placeOfGrade(ir, grade)) continue
    grade = thresholdGrade(ir, result.total, competes, placeOfGrade(ir, veto.ceiling)).grade
    const lowered = step('ceiling', grade, veto)
    steps.push(grade === veto.ceiling ? lowered : { ...lowered, reason: `${lowered.reason}；得分${result.total}不到${veto.ceiling}的分数线` })
  }
  return steps
}
