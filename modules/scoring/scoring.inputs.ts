// What went into an item or a veto, as the page of a score shows it. Pure.
import { type InputText, type ItemIr, type ItemResult, measureName, type RubricIr, type Written } from '#engine/index.ts'
import { wordsOfExpr } from '#modules/rubric/index.ts'
import type { InputLine } from './scoring.contract.ts'

/** Inputs that say something only where the peers' mean stands in. */
const ofPeerMean = ['known', 'knownSum']

/** The numbers that went into an item, with their labels: the engine's, save for measures and formulas. */
export function inputsOf(ir: RubricIr, item: ItemIr, { inputs, missing }: ItemResult, texts: ReadonlyMap<string, InputText>): InputLine[] {
  return Object.keys(inputs).flatMap((name): InputLine[] => {
    const measure = measureLine(ir, name, inputs, item.label)
    if (measure !== null) return [measure]
    if (/\.(numerator|denominator)$/.test(name) || (ofPeerMean.includes(name) && missing !== 'peer-mean')) return []
    const label = name === 'x' && item.input !== null ? wordsOfExpr(item.input, ir) : (texts.get(name)?.label ?? name)
    return [{ name, label, value: texts.get(name)?.value ?? null, unit: '', numerator: null, denominator: null, rows: false }]
  })
}

/** A measure's number among inputs; null where the name is no measure's. `of` is what a mark is given for. */
export function measureLine(ir: RubricIr, name: string, inputs: ItemResult['inputs'], of: string): InputLine | null {
  const measure = Object.hasOwn(ir.measures, name) ? ir.measures[name] : undefined
  if (measure === undefined) return null
  const label = measure.label.startsWith('mark ') ? `${of}（评分）` : measureName(measure)
  const [value, numerator, denominator] = [text(inputs[name]), text(inputs[`${name}.numerator`]), text(inputs[`${name}.denominator`])]
  return { name, label, value, unit: measure.unit, numerator, denominator, rows: true }
}

/** A number or word of a result as pages show it. */
export function text(value: Written | undefined): string | null {
  return Array.isArray(value) ? value.join('、') : typeof value === 'boolean' ? (value ? '是' : '否') : (value ?? null)
}
