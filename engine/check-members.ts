// The mean over a subject's members: their source, the measure of one of them, the inner rule (SPEC.md R-MOV).
import type { Path } from '#base/shape.ts'
import type { Catalogue, SubjectKind } from '#engine/catalogue.ts'
import type { Names } from '#engine/cel-typing.ts'
import { checkMeasure, columnNames, sourceAt } from '#engine/check-measure.ts'
import type { Item, Measure, MembersInput } from '#engine/definition.ts'
import type { Expr } from '#engine/expr.ts'
import type { ItemIr, MeasureIr } from '#engine/ir.ts'
import { isPeerBased } from '#engine/plan.ts'
import { celAt, type Report } from '#engine/report.ts'

/** Checks the rule of an item over some names. */
export type InnerRule = (item: Item, path: Path, names: Names) => ItemIr['rule'] | null

interface MembersAround {
  catalogue: Catalogue
  subject: SubjectKind
  report: Report
}

/** The measure that scores a subject's members one by one and makes them one number. */
export function checkMembers(item: Item, given: MembersInput, at: Path, around: MembersAround, innerRule: InnerRule): MeasureIr | null {
  const { report, catalogue, subject } = around
  const before = report.diagnostics.length
  const source = sourceAt(given.members.over, [...at, 'members', 'over'], catalogue, report)
  const { key: rowKeyText, ...measure } = given.measure
  const path = [...at, 'measure']
  const inner = checkMeasure(`${item.id}.x`, measure as Measure, path, catalogue, subject, {}, report)
  const rowSource = inner === null ? undefined : catalogue.sources.find(({ name }) => name === inner.source)
  const rowKey = rowSource === undefined ? null : celAt(rowKeyText, [...path, 'key'], columnNames(rowSource), 'scalar', report)
  if (source === null) return null
  if (source.subjects[subject] === undefined)
    report.say([...at, 'members', 'over'], 'source', `\`${source.name}\` doesn't say whose its rows are: it has no ${subject}`)
  const names = columnNames(source)
  const where = given.members.where === undefined ? null : celAt(given.members.where, [...at, 'members', 'where'], names, 'bool', report)
  const key = celAt(given.members.key, [...at, 'members', 'key'], names, 'scalar', report)
  if (key !== null && rowKey !== null && kindOf(key) !== kindOf(rowKey))
    report.say([...path, 'key'], 'cel-type', `the member's key is ${key.type}, this is ${rowKey.type}: they can't be the same`)
  const inside = { id: item.id, label: item.label, points: given.points, input: 'x', rule: given.rule } as Item
  const rule = innerRule(inside, at, names)
  if (rule === null || inner === null || rowKey === null || key === null) return null
  const scored: ItemIr = {
    id: item.id,
    label: item.label,
    points: String(given.points),
    when: null,
    exempt: [],
    input: null,
    rule,
    missing: given.missing,
    manual: null,
    zeroed: null,
    peers: { by: null, where: null },
    floor: given.floor === undefined ? '0' : given.floor === 'none' ? null : String(given.floor),
    cap: given.cap === undefined ? String(given.points) : given.cap === 'none' ? null : String(given.cap),
    round: Number(given.round ?? 12),
  }
  if (isPeerBased(scored)) return report.say([...at, 'rule', 'kind'], 'rule', 'a member is scored by itself: no rule that compares with others')
  if (report.diagnostics.length > before) return null
  return {
    ...inner,
    name: `members.${item.id}`,
    label: item.label,
    take: { kind: 'members', source: source.name, where, key, inner, rowKey, item: scored, how: given.take },
    once: null,
    pick: null,
    among: null,
    late: null,
  }
}

/** Whole numbers and decimals compare; other types with their own. */
function kindOf(expr: Expr): string {
  return expr.type === 'int' ? 'decimal' : expr.type
}
