// Vetoes of one score: which hold, on what numbers, and what each did to the total, the grade, an item or a block. Pure.
import { blocksById, type ItemResult, measuresOfVeto, placeOfGrade, type RubricIr, thresholdGrade, vetoEffect } from '#engine/index.ts'
import { wordsOfExpr } from '#modules/rubric/index.ts'
import type { InputLine, VetoLine } from './scoring.contract.ts'
import { measureLine } from './scoring.inputs.ts'

type Veto = RubricIr['vetoes'][number]

/** A score as far as vetoes are about it. */
interface Scored {
  total: string | null
  /** The total that vetoes found. */
  beforeVetoes: string | null
  /** Ids of the vetoes that hold. */
  vetoes: readonly string[]
  items: readonly ItemResult[]
}

/** Every veto of the rubric, as the page of a score shows it. */
export function vetoLines(ir: RubricIr, score: Scored): VetoLine[] {
  return ir.vetoes.map((veto) => {
    const holds = score.vetoes.includes(veto.id)
    return {
      id: veto.id,
      label: veto.label,
      kind: veto.ceiling === null ? ('zero' as const) : ('ceiling' as const),
      condition: wordsOfExpr(veto.when, ir),
      effect: vetoEffect(ir, veto),
      holds,
      did: holds ? whatItDid(ir, veto, score) : [],
      inputs: inputsOf(ir, veto, score),
    }
  })
}

function whatItDid(ir: RubricIr, veto: Veto, { total, beforeVetoes, items }: Scored): string[] {
  if (veto.zero) return [`总分由${beforeVetoes ?? ''}分记0分`]
  if (veto.ceiling === null) return veto.zeroes.map((id) => zeroed(ir, id, items))
  if (total === null) return ['没有总分，不定等次']
  const { grade } = thresholdGrade(ir, total)
  const lowers = placeOfGrade(ir, veto.ceiling) > placeOfGrade(ir, grade)
  return [lowers ? `得分够${grade}，等次降为${veto.ceiling}` : `按得分本来就是${grade}，等次没有因此再降`]
}

function zeroed(ir: RubricIr, id: string, items: readonly ItemResult[]): string {
  const item = ir.items[id]
  if (item === undefined) return `“${blocksById(ir).get(id)?.label ?? id}”这一部分记0分`
  if (!items.some((one) => one.id === id)) return `“${item.label}”不适用，不受影响`
  return `“${item.label}”记0分${item.points === null ? '' : `（满分${item.points}分）`}`
}

/** The numbers that the condition reads: as an item shows them, else without a value, but with the rows. */
function inputsOf(ir: RubricIr, veto: Veto, { items }: Scored): InputLine[] {
  return measuresOfVeto(veto, ir).flatMap((name) => {
    const shown = items.find(({ inputs }) => Object.hasOwn(inputs, name))
    return measureLine(ir, name, shown?.inputs ?? {}, shown === undefined ? veto.label : (ir.items[shown.id]?.label ?? '')) ?? []
  })
}
