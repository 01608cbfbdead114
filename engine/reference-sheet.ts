// A subject's sheet while the reference scores it: what is known so far, what expressions find in it, who its peers are, what went into an item.
import { add, comparePlaces, type Decimal, format, round, zero } from '#base/decimal.ts'
import { type Expr, inputName, references } from '#engine/expr.ts'
import { traceKeys } from '#engine/gathered.ts'
import { type ItemIr, itemExpressions, itemPeersExpressions, type Peers, peerNamesOf, type RubricIr } from '#engine/ir.ts'
import { measuresOf } from '#engine/plan.ts'
import { evaluateCel, isDecimalValue, type Lookup, numberOf, read, type Value, type Written } from '#engine/reference-cel.ts'
import type { Measured } from '#engine/reference-measure.ts'
import { bestOf, peerValue, type Standing } from '#engine/reference-rule.ts'

/** What is known of one subject: at first what its `SheetRow` says, then more and more while it is scored. */
export interface Sheet {
  id: string
  attributes: Record<string, Written>
  class: string | null
  parent: string | null
  measures: Map<string, Measured>
  applies: Map<string, boolean>
  exempt: Map<string, 'full' | 'exclude' | null>
  zeroed: Map<string, boolean>
  raw: Map<string, Decimal | null>
  /** Null where the subject has no place among its peers; how many peers have an x. */
  standing: Map<string, { own: Standing | null; peers: number }>
  /** Points of the peers that have data, for their mean. */
  known: Map<string, Decimal[]>
  points: Map<string, Decimal | null>
  blocks: Map<string, Decimal | null>
  worth: Map<string, Decimal>
  total: Decimal | null
  vetoes: string[]
  grade: number | null
  place: Decimal | null
}

/** Rounded as numbers are before they are compared. */
export const near = (value: Decimal): Decimal => round(value, comparePlaces)

/** The names that expressions of a rubric may use, on one sheet. */
export function lookupIn(ir: RubricIr, sheet: Sheet, x: Decimal | null): Lookup {
  return (ref): Value => {
    switch (ref.scope) {
      case 'measure':
        return sheet.measures.get(ref.name)?.value ?? null
      case 'subject':
        return read(sheet.attributes[ref.name], ref.type)
      case 'item':
        return sheet.points.get(ref.name) ?? null
      case 'block':
        return sheet.blocks.get(ref.name) ?? null
      case 'total':
        return sheet.total
      case 'x':
        return x
      case 'peers':
      case 'column':
        throw new Error(`${ref.name} is a ${ref.scope === 'column' ? 'column' : 'number of peers'}; rubric ${ir.rubric} can't read it here`)
    }
  }
}

/** What goes into an item's rule. */
export function inputOf(item: ItemIr, ir: RubricIr, sheet: Sheet): Decimal | null {
  return item.input === null ? null : numberOf(item.input, lookupIn(ir, sheet, null))
}

/** Those in the subject's group who are compared; the subject itself need not be one of them. */
export function peersOf(ir: RubricIr, sheet: Sheet, sheets: Sheet[], { by, where }: Peers): Sheet[] {
  const groupOf = (one: Sheet): Value => (by === null ? null : evaluateCel(by, lookupIn(ir, one, null)))
  const own = groupOf(sheet)
  return sheets.filter((other) => groupOf(other) === own && (where === null || evaluateCel(where, lookupIn(ir, other, null)) === true))
}

/** A number as a result says it. */
export const shown = (value: Decimal | null | undefined): string | null => (value === null || value === undefined ? null : format(near(value)))

/** The numbers that went into an item, by name. */
export function inputsOf(item: ItemIr, ir: RubricIr, sheet: Sheet): Record<string, Written> {
  const inputs: Record<string, Written> = {}
  for (const name of measuresOf(item, ir)) {
    const numbers = sheet.measures.get(name)
    inputs[name] = shown(numbers?.value)
    const measure = ir.measures[name]
    for (const { key } of measure === undefined ? [] : traceKeys(measure)) inputs[`${name}.${key}`] = shown(numbers?.parts?.[key])
  }
  const given = (ref: Extract<Expr, { op: 'ref' }>): Value => lookupIn(ir, sheet, null)(ref)
  for (const ref of [...itemExpressions(item), ...itemPeersExpressions(item)].flatMap(references)) {
    if (ref.scope === 'measure' || ref.scope === 'x' || ref.scope === 'column' || ref.scope === 'total' || ref.scope === 'peers') continue
    const value = given(ref)
    inputs[inputName(ref)] = !isDecimalValue(value) ? (value as Written) : ref.scope === 'subject' ? format(value) : shown(value)
  }
  if (item.input !== null && item.input.op !== 'ref') inputs.x = shown(inputOf(item, ir, sheet))
  const known = sheet.known.get(item.id)
  if (known !== undefined) {
    inputs.known = String(known.length)
    inputs.knownSum = known.length === 0 ? null : shown(known.reduce(add, zero))
  }
  const standing = sheet.standing.get(item.id)
  const { rule } = item
  if (standing === undefined) return inputs
  const { own, peers } = standing
  if (rule.kind === 'formula') {
    for (const name of peerNamesOf(rule)) inputs[`peers.${name}`] = own === null ? null : shown(peerValue(name, own))
    return inputs
  }
  if ('ties' in rule) inputs.place = own === null ? null : String(own.place)
  if ('ties' in rule && rule.ties === 'average') inputs.equals = own === null ? null : String(own.equals)
  if (rule.kind === 'ratio-to-best') inputs.best = own === null ? null : shown(bestOf(own.others, rule.best))
  if (rule.kind === 'relative-ratio' || rule.kind === 'relative-difference') {
    inputs.peersSum = own === null ? null : shown(own.others.reduce(add, zero))
    inputs.peers = own === null ? null : String(peers)
  } else inputs.peers = String(peers)
  return inputs
}
