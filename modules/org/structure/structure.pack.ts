// The pack's structure rules compiled by the engine: per rule the bodies it speaks of, those that keep it, those that break it.
import type { Diagnostic } from '#base/errors.ts'
import { type Catalogue, checkMeasures, type MeasureIr } from '#engine/index.ts'
import type { Pack } from '#server/kit/pack.ts'
import { type OrganisationPack, organisationPack, type StructureRule } from '../org.pack.ts'
import { orgSources } from '../org-sources.sql.ts'

export interface CompiledRules {
  catalogue: Catalogue
  /** By rule id: measures `kept` (of `all`) and `broken`. */
  measures: ReadonlyMap<string, Record<string, MeasureIr>>
}

const compiled = new WeakMap<OrganisationPack, CompiledRules>()

function measuresOf(rule: StructureRule) {
  const { over, where, must } = rule
  return { all: { over, where }, kept: { over, where: `(${where}) && (${must})`, of: 'all' }, broken: { over, where: `(${where}) && !(${must})` } }
}

/** Compiles the rules once per pack. They were checked when the pack was loaded: a rule that does not compile is a bug of ours. */
export function compileRules(pack: OrganisationPack): CompiledRules {
  const known = compiled.get(pack)
  if (known !== undefined) return known
  const catalogue: Catalogue = { sources: orgSources(pack) }
  const measures = new Map<string, Record<string, MeasureIr>>()
  for (const rule of pack.structure_rules) {
    const checked = checkMeasures(measuresOf(rule), catalogue, () => ({ file: organisationPack.file, line: 1, column: 1 }))
    if (!checked.ok) throw new Error(`structure rule ${rule.id}: ${checked.diagnostics.map(({ message }) => message).join('; ')}`)
    measures.set(rule.id, checked.value)
  }
  const rules = { catalogue, measures }
  compiled.set(pack, rules)
  return rules
}

/** What is wrong with the structure rules of a pack, with places. */
export function checkStructureRules(pack: Pack): Diagnostic[] {
  const file = pack.yaml(organisationPack)
  const part = pack.part(organisationPack)
  const catalogue: Catalogue = { sources: orgSources(part) }
  return part.structure_rules.flatMap((rule, index) => {
    const { over, where, must } = rule
    const checked = checkMeasures({ where: { over, where }, must: { over, where: must } }, catalogue, ([field]) =>
      file.placeOf(['structure_rules', index, String(field)]),
    )
    return checked.ok ? [] : checked.diagnostics
  })
}

/** True when the rule is in force on the day. */
export function ruleInForce(rule: StructureRule, on: string): boolean {
  return rule.valid_from <= on && (rule.valid_until === undefined || on < rule.valid_until)
}
