// One pass over a fact source → SQL: every measure over it as a filtered aggregate (SPEC.md R-MEA, R-ONC).
import { type Catalogue, findSource, type Source, type SubjectKind } from '#engine/catalogue.ts'
import { celSql, quotient, type Resolve } from '#engine/cel-sql.ts'
import { type Context, contextOf } from '#engine/context.ts'
import { type Expr, type ExprType, references } from '#engine/expr.ts'
import { ballotSum, questionsOf, straysOf } from '#engine/gathered.ts'
import { gatheredAggregates, gatheredValue } from '#engine/gathered-sql.ts'
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
  switch (take.kind) {
    case 'count':
    case 'members':
      return []
    case 'share':
      return [take.where]
    case 'rated':
    case 'ballot':
      return [
        take.kind === 'ballot' ? ballotSum(take) : take.of,
        ...questionsOf(take).flatMap(({ slots }) => slots.map(({ when }) => when)),
        ...straysOf(take).map(({ when }) => when),
      ]
    default:
      return [take.of]
  }
}

/** All expressions of a measure over its source. */
export function measureExpressions(measure: MeasureIr): Expr[] {
  return [measure.where, measure.once, measure.late?.when ?? null, ...aggregateExpressions(measure.take)].filter((expr) => expr !== null)
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

/** A column as expressions read it: an infinite date or moment is none (R-CEL-16). */
export function finite(type: ExprType, sql: string): string {
  return type === 'date' || type === 'timestamp' ? `nullif(nullif(${sql}, 'infinity'), '-infinity')` : sql
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
  const columns = source.columns
    .filter(({ name }) => used.has(name))
    .map(({ name, type, sql: column }) => `, ${finite(type, sql(column))} as ${quote(`c_${name}`)}`)
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

/** The aggregates of one measure over `q`, by column suffix: `n`, and `d` where it has a denominator of its own. Numeric; null where there is nothing to take. */
function aggregatesOf(measure: MeasureIr, writer: Writer): [suffix: string, sql: string][] {
  const { take, where, late } = measure
  const only = filtered([where], writer)
  switch (take.kind) {
    case 'count':
      return [['n', `(count(*)${only})::numeric`]]
    case 'countDistinct':
      return [['n', `(count(distinct ${celSql(take.of, columnOf, writer)})${only})::numeric`]]
    case 'share':
      return [
        ['n', `(count(*)${filtered([where, take.where], writer)})::numeric`],
        ['d', `(count(*)${only})::numeric`],
      ]
    case 'avg': {
      const of = celSql(take.of, columnOf, writer)
      return [
        ['n', `(sum(${of})${only})::numeric`],
        ['d', `(count(${of})${only})::numeric`],
      ]
    }
    case 'sum':
    case 'min':
    case 'max': {
      const of = celSql(take.of, columnOf, writer)
      const entered: [string, string][] = [
        ['r', `(count(${of})${only})::numeric`],
        ['l', `(count(${of})${filtered([where, late?.when ?? null], writer)})::numeric`],
      ]
      return [['n', `(${take.kind}(${of})${only})::numeric`], ...(late === null ? [] : entered)]
    }
    case 'rated':
    case 'ballot':
      return gatheredAggregates(take, (also) => filtered([where, also], writer), columnOf, writer)
    case 'members':
      throw new Error(`${measure.name}: members have a pass of their own`)
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
  return groupedSql(from, subject === null ? [] : [['id', 'q.s']], measures, pass.once, nameOf, writer)
}

/** Measures of the same rows, one row per group; `keys` are the columns that make a group. */
export function groupedSql(
  from: string,
  keys: [alias: string, sql: string][],
  measures: MeasureIr[],
  once: Expr | null,
  nameOf: (measure: string) => string,
  writer: Writer,
): string {
  const conditions = [...keys.map(([, sql]) => `${sql} is not null`), ...shared(measures, writer)]
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  const selected = keys.map(([alias, sql]) => `${sql} as ${alias}, `).join('')
  const groups = keys.map(([, sql]) => sql)
  if (once === null) {
    const columns = measures.flatMap((measure) => aggregatesOf(measure, writer).map(([suffix, sql]) => `${sql} as ${nameOf(measure.name)}${suffix}`))
    return `select ${selected}${columns.join(', ')} from ${from}${where}${groups.length === 0 ? '' : ` group by ${groups.join(', ')}`}`
  }
  const inner = measures.map((measure) => `${caseWeight(measure, writer)} as ${nameOf(measure.name)}`)
  const cases = `select ${selected}${inner.join(', ')} from ${from}${where} group by ${[...groups, caseOf(once, writer)].join(', ')}`
  const outer = keys.map(([alias]) => `g.${alias}`)
  const sums = measures.map((measure) => {
    const own = nameOf(measure.name)
    const counted = measure.among === null ? `sum(g.${own})` : `(count(*) filter (where g.${own} = any(${writer.bind(measure.among, 'numeric[]')})))::numeric`
    return `${counted} as ${own}n`
  })
  return `select ${[...outer, ...sums].join(', ')} from (${cases}) g${outer.length === 0 ? '' : ` group by ${outer.join(', ')}`}`
}

/** What a case weighs: its heaviest row, or the first by date, then id. */
function caseWeight(measure: MeasureIr, writer: Writer): string {
  const weight = weightOf(measure, writer)
  return measure.pick !== 'first' ? `max(${weight})` : `(array_agg(${weight} order by q.day, q.rid) filter (where ${weight} is not null))[1]`
}

/** A condition that every counted row meets, where it helps: few measures, each with a condition. */
function shared(measures: MeasureIr[], writer: Writer): string[] {
  const texts = [...new Set(measures.map(({ where }) => (where === null ? '' : celSql(where, columnOf, writer))))]
  return texts.includes('') || texts.length > 4 ? [] : [texts.length === 1 ? (texts[0] ?? 'true') : `(${texts.join(' or ')})`]
}

/** A measure's value from the columns of its pass (R-MEA-4 to R-MEA-8), and the numbers beside it by trace key. */
export interface MeasuredSql {
  value: string
  /** What counts, before a denominator: the value itself where there is none. */
  numerator: string
  denominator: string | null
  parts: Record<string, string>
}

/** A measure's numbers; `column` gives a pass's column, null without rows. */
export function measuredSql(measure: MeasureIr, all: Record<string, MeasureIr>, column: (name: string, suffix: string) => string, writer: Writer): MeasuredSql {
  const own = (suffix: string): string => column(measure.name, suffix)
  const { take, late } = measure
  if (take.kind === 'rated' || take.kind === 'ballot') {
    const { value, parts } = gatheredValue(take, own, writer)
    return { value, numerator: value, denominator: null, parts }
  }
  const known = (suffix: string): string => `coalesce(${own(suffix)}, 0)`
  if (take.kind === 'members') {
    const value = take.how === 'mean' ? quotient(own('s'), own('d')) : own('s')
    return { value, numerator: value, denominator: null, parts: { members: known('t'), counted: known('d'), without: known('w'), sum: own('s') } }
  }
  const numerator = take.kind === 'min' || take.kind === 'max' || take.kind === 'avg' ? own('n') : known('n')
  if (take.kind === 'share' || take.kind === 'avg') {
    const denominator = known('d')
    const value = quotient(take.kind === 'share' ? `${numerator} * 100` : numerator, denominator)
    return { value, numerator, denominator, parts: { numerator, denominator } }
  }
  const entered: Record<string, string> = late === null || measure.once !== null ? {} : { rows: known('r'), late: known('l') }
  const other = measure.of === null ? undefined : all[measure.of]
  if (other === undefined) return { value: numerator, numerator, denominator: null, parts: entered }
  const denominator = measuredSql(other, all, column, writer).value
  const value = measure.percent ? quotient(`${numerator} * 100`, denominator) : numerator
  return { value, numerator, denominator, parts: { numerator, denominator, ...entered } }
}
