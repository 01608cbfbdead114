// One pass over a fact source → SQL: every measure over it as a filtered aggregate (SPEC.md R-MEA, R-ONC).
import { type Catalogue, findSource, type Source, type SubjectKind } from '#engine/catalogue.ts'
import { celSql, quotient, type Resolve } from '#engine/cel-sql.ts'
import { type Context, contextOf } from '#engine/context.ts'
import { type Expr, references } from '#engine/expr.ts'
import type { Aggregate, MeasureIr } from '#engine/ir.ts'
import type { Pass } from '#engine/plan.ts'
import { fragment, quote, type Writer } from '#engine/sql.ts'
import { successorsSql } from '#engine/successors-sql.ts'

/** The source of a checked measure. */
export function sourceOf(catalogue: Catalogue, name: string): Source {
  const source = findSource(catalogue, name)
  if (source === undefined) throw new Error(`the catalogue has no source ${name}: check the rubric against this catalogue first`)
  return source
}

/** Where a source's columns stand in `rowsOf`'s result. */
export const columnOf: Resolve = (ref) => `q.${quote(`c_${ref.name}`)}`

/** The expressions of an aggregate. */
function aggregateExpressions(take: Aggregate): Expr[] {
  return take.kind === 'count' ? [] : take.kind === 'share' ? [take.where] : [take.of]
}

/** All expressions of a measure over its source. */
export function measureExpressions(measure: MeasureIr): Expr[] {
  return [measure.where, measure.once, ...aggregateExpressions(measure.take)].filter((expr) => expr !== null)
}

/** True for one pair of brackets around the whole: a subselect without an alias. */
function isBracketed(relation: string): boolean {
  const bare = relation.replace(/'[^']*'/g, (text) => ' '.repeat(text.length))
  let depth = 0
  for (const [index, letter] of [...bare].entries()) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
    if (depth === 0) return index > 0 && index === [...bare].length - 1
  }
  return false
}

/**
 * A source's rows in a period, as a subselect `q`: `rid` its id, `s` its subject (null when none is asked for), `day` its date, `c_…` the columns that the expressions use.
 * `subjects` is a bound list that restricts the rows; `successors` says for whom the rows of merged subjects count (see successors-sql.ts).
 */
export function rowsOf(
  source: Source,
  expressions: Expr[],
  subject: SubjectKind | null,
  context: Context,
  subjects: string | null,
  writer: Writer,
  successors: string | null = null,
): string {
  const sql = (part: string): string => fragment(part, context, writer)
  const used = new Set(expressions.flatMap(references).map((ref) => ref.name))
  const own = subject === null ? 'null::text' : sql(source.subjects[subject] ?? 'null')
  const [whose, join] =
    successors === null ? [own, ''] : [`coalesce(followed.now, ${own})`, ` left join ${successors} followed on followed.old = (${own})::text`]
  const columns = source.columns.filter(({ name }) => used.has(name)).map(({ name, sql: column }) => `, ${sql(column)} as ${quote(`c_${name}`)}`)
  const when = source.when === null ? null : sql(source.when)
  const relation = isBracketed(source.relation.trim()) ? `${source.relation} r` : source.relation
  const conditions = [
    ...(when === null ? [] : [`${when} between ${writer.bind(context.from, 'date', 'from')} and ${writer.bind(context.to, 'date', 'to')}`]),
    ...(subjects === null ? [] : [`${whose} = any(${subjects})`]),
  ]
  return `(select ${whose} as s, ${sql(source.id)} as rid, ${when ?? 'null::date'} as day${columns.join('')} from ${sql(relation)}${join}${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`}) q`
}

/** ` filter (where …)`, or nothing. */
function filtered(conditions: (Expr | null)[], writer: Writer): string {
  const given = conditions.filter((condition) => condition !== null).map((condition) => celSql(condition, columnOf, writer))
  return given.length === 0 ? '' : ` filter (where ${given.join(' and ')})`
}

/** The aggregates of one measure over `q`: numerator, and denominator if it has one of its own. Numeric; null where there is nothing to take. */
function aggregatesOf(measure: MeasureIr, writer: Writer): { numerator: string; denominator: string | null } {
  const { take, where } = measure
  const only = filtered([where], writer)
  switch (take.kind) {
    case 'count':
      return { numerator: `(count(*)${only})::numeric`, denominator: null }
    case 'countDistinct':
      return { numerator: `(count(distinct ${celSql(take.of, columnOf, writer)})${only})::numeric`, denominator: null }
    case 'share':
      return { numerator: `(count(*)${filtered([where, take.where], writer)})::numeric`, denominator: `(count(*)${only})::numeric` }
    case 'avg': {
      const of = celSql(take.of, columnOf, writer)
      return { numerator: `(sum(${of})${only})::numeric`, denominator: `(count(${of})${only})::numeric` }
    }
    case 'sum':
    case 'min':
    case 'max':
      return { numerator: `(${take.kind}(${celSql(take.of, columnOf, writer)})${only})::numeric`, denominator: null }
  }
}

/** What a row weighs in a `once` measure: 1 when counting, else the summed value; null when the row isn't counted. */
export function weightOf(measure: MeasureIr, writer: Writer): string {
  const value = measure.take.kind === 'sum' ? `(${celSql(measure.take.of, columnOf, writer)})::numeric` : '1::numeric'
  return measure.where === null ? value : `case when ${celSql(measure.where, columnOf, writer)} then ${value} end`
}

/** The grouping of one case: its key, or the row itself where it has none (R-ONC-2). */
export function caseOf(once: Expr, writer: Writer): string {
  const key = celSql(once, columnOf, writer)
  return `${key}, case when ${key} is null then q.rid end`
}

/** A pass as a select: one row per subject (`id`), or one row for the whole tenant when `subject` is null. Columns `<name>n`, `<name>d`. */
export function passSql(
  pass: Pass,
  measures: MeasureIr[],
  nameOf: (measure: string) => string,
  subject: SubjectKind | null,
  catalogue: Catalogue,
  context: Context,
  subjects: string | null,
  writer: Writer,
): string {
  const own = contextOf(pass.period, context)
  const from = rowsOf(
    sourceOf(catalogue, pass.source),
    measures.flatMap(measureExpressions),
    subject,
    own,
    subjects,
    writer,
    successorsSql(measures, subject, catalogue, context, writer),
  )
  const conditions = [...(subject === null ? [] : ['q.s is not null']), ...shared(measures, writer)]
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  const [id, group] = subject === null ? ['', ''] : ['q.s as id, ', ' group by q.s']
  if (pass.once === null) {
    const columns = measures.map((measure) => {
      const { numerator, denominator } = aggregatesOf(measure, writer)
      return `${numerator} as ${nameOf(measure.name)}n${denominator === null ? '' : `, ${denominator} as ${nameOf(measure.name)}d`}`
    })
    return `select ${id}${columns.join(', ')} from ${from}${where}${group}`
  }
  const inner = measures.map((measure) => `max(${weightOf(measure, writer)}) as ${nameOf(measure.name)}`)
  const cases = `select ${id}${inner.join(', ')} from ${from}${where} group by ${subject === null ? '' : 'q.s, '}${caseOf(pass.once, writer)}`
  return `select ${subject === null ? '' : 'g.id, '}${measures.map(({ name }) => `sum(g.${nameOf(name)}) as ${nameOf(name)}n`).join(', ')} from (${cases}) g${subject === null ? '' : ' group by g.id'}`
}

/** A condition that every counted row meets, where it helps: few measures, each with a condition. */
function shared(measures: MeasureIr[], writer: Writer): string[] {
  const texts = [...new Set(measures.map(({ where }) => (where === null ? '' : celSql(where, columnOf, writer))))]
  return texts.includes('') || texts.length > 4 ? [] : [texts.length === 1 ? (texts[0] ?? 'true') : `(${texts.join(' or ')})`]
}

/** A measure's numerator, denominator and value from the columns of its pass (R-MEA-4 to R-MEA-8). `column` gives a pass's column, null without rows. */
export function measuredSql(
  measure: MeasureIr,
  all: Record<string, MeasureIr>,
  column: (name: string, part: 'n' | 'd') => string,
): { numerator: string; denominator: string | null; value: string } {
  const raw = column(measure.name, 'n')
  const { kind } = measure.take
  const numerator = kind === 'min' || kind === 'max' || kind === 'avg' ? raw : `coalesce(${raw}, 0)`
  if (kind === 'share' || kind === 'avg') {
    const denominator = `coalesce(${column(measure.name, 'd')}, 0)`
    return { numerator, denominator, value: quotient(kind === 'share' ? `${numerator} * 100` : numerator, denominator) }
  }
  const other = measure.of === null ? undefined : all[measure.of]
  if (other === undefined) return { numerator, denominator: null, value: numerator }
  const denominator = measuredSql(other, all, column).value
  return { numerator, denominator, value: measure.percent ? quotient(`${numerator} * 100`, denominator) : numerator }
}
