// A measure's definition → IR (SPEC.md R-MEA).
import { isDate } from '#base/dates.ts'
import type { Checked } from '#base/errors.ts'
import { type Path, shapeErrors } from '#base/shape.ts'
import { suggest } from '#base/suggest.ts'
import type { PlaceOf } from '#base/yaml.ts'
import { type Catalogue, findSource, type Source, type SubjectKind } from '#engine/catalogue.ts'
import type { Names } from '#engine/cel-typing.ts'
import { both, severityOf, type Taken, weighed, withLate } from '#engine/check-weight.ts'
import { Measure } from '#engine/definition.ts'
import type { Aggregate, MeasureIr } from '#engine/ir.ts'
import { celAt, createReport, inOrder, type Report } from '#engine/report.ts'

const aggregates = ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'share', 'severity'] as const

/** The names that conditions over a source may use: its columns. */
export function columnNames(source: Source): Names {
  return { plain: Object.fromEntries(source.columns.map(({ name, type }) => [name, { op: 'ref', type, scope: 'column', name }])), groups: {} }
}

/** A source by name, or a diagnostic with the nearest one. */
export function sourceAt(name: string, path: Path, catalogue: Catalogue, report: Report): Source | null {
  return (
    findSource(catalogue, name) ??
    report.say(
      path,
      'source',
      `no fact source \`${name}\``,
      suggest(
        name,
        catalogue.sources.map((source) => source.name),
      ),
    )
  )
}

/**
 * Checks one measure whose shape is right. `subject` is whose figures are wanted, null for the whole tenant.
 * `siblings` are the measures that `of` may name.
 */
export function checkMeasure(
  name: string,
  given: Measure,
  path: Path,
  catalogue: Catalogue,
  subject: SubjectKind | null,
  siblings: Record<string, Measure>,
  report: Report,
): MeasureIr | null {
  const before = report.diagnostics.length
  const source = sourceAt(given.over, [...path, 'over'], catalogue, report)
  const chosen = aggregates.filter((key) => given[key] !== undefined)
  if (chosen.length > 1) report.say([...path, chosen[1] ?? ''], 'measure', `a measure has one aggregate, found ${chosen.join(', ')}`)
  checkPeriod(given, path, source, report)
  checkDenominator(name, given, path, siblings, report)
  if (given.once !== undefined && chosen.some((key) => !weighed.includes(key)))
    report.say([...path, 'once'], 'measure', '`once` works with counting, sum and severity')
  if (given.pick !== undefined && given.once === undefined) report.say([...path, 'pick'], 'measure', '`pick` needs `once`: it says which row of a case counts')
  if (source === null) return null
  if (subject !== null && source.subjects[subject] === undefined)
    report.say([...path, 'over'], 'source', `\`${source.name}\` doesn't say whose its rows are: it has no ${subject}`)
  const names = columnNames(source)
  const where = given.where === undefined ? null : celAt(given.where, [...path, 'where'], names, 'bool', report)
  const plain = aggregateOf(given, path, names, report)
  const taken = plain === null ? null : withLate(given, plain, [...path, 'late'], names, report)
  const once = given.once === undefined ? null : celAt(given.once, [...path, 'once'], names, 'scalar', report)
  if (report.diagnostics.length > before || taken === null) return null
  return {
    name,
    label: given.label ?? name,
    unit: given.unit ?? '',
    source: source.name,
    where: both(where, taken.where),
    take: taken.take,
    once,
    pick: once === null ? null : (given.pick ?? 'heaviest'),
    among: taken.among,
    late: taken.late,
    of: given.of ?? null,
    percent: given.as === 'percent',
    period: given.period ?? null,
    follow: false,
  }
}

function checkPeriod(given: Measure, path: Path, source: Source | null, report: Report): void {
  if (typeof given.period !== 'object') return
  const { from, to } = given.period
  for (const key of ['from', 'to'] as const) {
    const day = given.period[key]
    if (day !== undefined && !isDate(day)) report.say([...path, 'period', key], 'date', `${day} is not a date`)
  }
  if (from !== undefined && to !== undefined && from > to) report.say([...path, 'period', 'to'], 'date', 'the period ends before it begins')
  if (source !== null && source.when === null) report.say([...path, 'period'], 'measure', `\`${source.name}\` is a state on a day: it has no period`)
}

function checkDenominator(name: string, given: Measure, path: Path, siblings: Record<string, Measure>, report: Report): void {
  if (given.as !== undefined && given.of === undefined) report.say([...path, 'as'], 'measure', '`as: percent` needs `of`')
  if (given.of === undefined) return
  const other = Object.hasOwn(siblings, given.of) ? siblings[given.of] : undefined
  if (other === undefined || given.of === name)
    report.say(
      [...path, 'of'],
      'measure',
      `no other measure \`${given.of}\``,
      suggest(
        given.of,
        Object.keys(siblings).filter((key) => key !== name),
      ),
    )
  else if (other.of !== undefined || other.share !== undefined)
    report.say([...path, 'of'], 'measure', `\`${given.of}\` is a ratio itself and can't be a denominator`)
  if (given.share !== undefined) report.say([...path, 'of'], 'measure', '`share` has its own denominator')
}

function aggregateOf(given: Measure, path: Path, names: Names, report: Report): Taken | null {
  const only = (take: Aggregate | null): Taken | null => take && { take, where: null, among: null }
  if (given.countDistinct !== undefined) {
    const of = celAt(given.countDistinct, [...path, 'countDistinct'], names, 'scalar', report)
    return only(of && { kind: 'countDistinct', of })
  }
  for (const kind of ['sum', 'avg', 'min', 'max'] as const) {
    if (given[kind] === undefined) continue
    const of = celAt(given[kind], [...path, kind], names, 'number', report)
    return only(of && { kind, of })
  }
  if (given.share !== undefined) {
    const where = celAt(given.share.where, [...path, 'share', 'where'], names, 'bool', report)
    return only(where && { kind: 'share', where })
  }
  if (given.severity === undefined) return only({ kind: 'count' })
  return severityOf(given.severity, given.once !== undefined, [...path, 'severity'], names, report)
}

/**
 * Checks named measures that stand outside a rubric, e.g. an answer sheet's. `subject` is whose figures are wanted (null: the whole tenant).
 * `placeOf` says where a path below the measures stands in its file.
 */
export function checkMeasures(given: unknown, catalogue: Catalogue, placeOf: PlaceOf, subject: SubjectKind | null = null): Checked<Record<string, MeasureIr>> {
  const report = createReport(placeOf)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    report.say([], 'shape', 'expected a map of measures')
    return { ok: false, diagnostics: report.diagnostics }
  }
  const sound: Record<string, Measure> = {}
  for (const [name, one] of Object.entries(given)) {
    const errors = shapeErrors(Measure, textual(one), {})
    for (const error of errors) report.say([name, ...error.path], error.code, error.message, error.hint)
    if (errors.length === 0) sound[name] = one as Measure
  }
  const measures: Record<string, MeasureIr> = {}
  for (const [name, one] of Object.entries(sound)) {
    const checked = checkMeasure(name, one, [name], catalogue, subject, sound, report)
    if (checked !== null) measures[name] = checked
  }
  return report.diagnostics.length > 0 ? { ok: false, diagnostics: inOrder(report.diagnostics) } : { ok: true, value: measures }
}

/** Numbers as text, as `parseYaml` reads them, for trees that came from elsewhere. */
function textual(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(textual)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textual(one)])) : value
}
