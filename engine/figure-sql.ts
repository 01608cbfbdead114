// One measure → its number, and the rows behind the number, from the same compiled conditions (SPEC.md R-FIG).
import type { Catalogue, SubjectKind } from '#engine/catalogue.ts'
import { celSql } from '#engine/cel-sql.ts'
import { type Context, contextOf } from '#engine/context.ts'
import type { Expr } from '#engine/expr.ts'
import { caseOf, columnOf, measuredSql, measureExpressions, rowsOf, sourceOf, weightOf } from '#engine/facts-sql.ts'
import { ballotSum, questionsOf } from '#engine/gathered.ts'
import type { MeasureIr, RubricIr } from '#engine/ir.ts'
import { anyPassSql, memberRowsSql, membersOf } from '#engine/members-sql.ts'
import { groupPasses, measuresOf, measuresOfVeto } from '#engine/plan.ts'
import { createWriter, type Sql, statement, type Writer } from '#engine/sql.ts'
import { successorsSql } from '#engine/successors-sql.ts'

/** Whose rows: those of one subject; without it the whole tenant's. */
export interface Whose {
  kind: SubjectKind
  id: string
}

export interface RowsOptions {
  part: 'numerator' | 'denominator'
  subject?: Whose
  /** The id of the last row of the page before. */
  after?: string
  limit: number
}

function measureOf(measures: Record<string, MeasureIr>, name: string): MeasureIr {
  const measure = Object.hasOwn(measures, name) ? measures[name] : undefined
  if (measure === undefined) throw new Error(`no measure ${name}: know ${Object.keys(measures).join(', ')}`)
  return measure
}

/** The statement of a figure: one row, `numerator`, `denominator`, `value` as decimal text; denominator and value may be null. */
export function figureSql(measures: Record<string, MeasureIr>, name: string, catalogue: Catalogue, context: Context, subject?: Whose): Sql {
  const writer = createWriter()
  const measure = measureOf(measures, name)
  const needed = [measure, ...(measure.of === null ? [] : [measureOf(measures, measure.of)])]
  const nameOf = (one: string): string => `m${needed.findIndex((other) => other.name === one)}`
  const subjects = subject === undefined ? null : writer.bind([subject.id], '', 'subjects')
  const passes = groupPasses(needed, () => 'some').map((pass, index) => ({
    alias: `f${index}`,
    pass,
    text: anyPassSql(
      pass,
      pass.measures.map((one) => measureOf(measures, one)),
      nameOf,
      subject?.kind ?? null,
      catalogue,
      context,
      subjects,
      writer,
    ),
  }))
  const column = (one: string, part: string): string => `${passes.find(({ pass }) => pass.measures.includes(one))?.alias ?? ''}.${nameOf(one)}${part}`
  const { numerator, denominator, value } = measuredSql(measure, measures, column, writer)
  const shown = (sql: string | null): string => (sql === null ? 'null::text' : `trim_scale(round(${sql}, 12))::text`)
  const from = passes.map(({ alias, text }) => ` left join (${text}) ${alias} on true`).join('')
  return statement(`select ${shown(numerator)} as numerator, ${shown(denominator)} as denominator, ${shown(value)} as value from (select 1) one${from}`, writer)
}

/**
 * The statement of the rows behind a figure, in order of id: `id`, `day`, `value` (text or null: the distinct value, or what the row weighs).
 * There are exactly as many as the numerator says, where the measure counts (R-FIG-2).
 */
export function rowsSql(measures: Record<string, MeasureIr>, name: string, catalogue: Catalogue, context: Context, options: RowsOptions): Sql {
  const own = measureOf(measures, name)
  const measure = options.part === 'denominator' && own.of !== null ? measureOf(measures, own.of) : own
  const writer = createWriter()
  const subjects = options.subject === undefined ? null : writer.bind([options.subject.id], '', 'subjects')
  const kind = options.subject?.kind ?? null
  const { take } = measure
  const chosen = ((): string => {
    if (take.kind === 'members' && options.part === 'denominator')
      return `select m.rid, m.day, coalesce(trim_scale(round(m.x, 12))::text, '–') || ' → ' || trim_scale(m.p)::text as value
        from (${membersOf(take, kind, catalogue, context, subjects, writer)}) m where m.p is not null`
    const read = take.kind === 'members' ? take.inner : measure
    const expressions = [...measureExpressions(read), ...(take.kind === 'members' ? [take.rowKey] : [])]
    const from = rowsOf(
      sourceOf(catalogue, read.source),
      expressions,
      kind,
      contextOf(read.period, context),
      subjects,
      writer,
      successorsSql([read], kind, catalogue, context, writer),
    )
    const conditions = [
      ...rowConditions(read, options.part).map((expr) => celSql(expr, columnOf, writer)),
      ...(take.kind === 'members' ? [memberRowsSql(take, kind, catalogue, context, subjects, writer)] : []),
    ]
    return chosenRows(read, from, conditions, writer)
  })()
  const after = options.after === undefined ? '' : ` where o.rid > ${writer.bind(options.after, '', 'after')}`
  const limit = ` order by o.rid limit ${writer.bind(options.limit, 'int', 'limit')}`
  return statement(`select o.rid::text as id, o.day::text as day, o.value::text as value from (${chosen}) o${after}${limit}`, writer)
}

/** What a row must meet to be behind the number. */
function rowConditions(measure: MeasureIr, part: 'numerator' | 'denominator'): Expr[] {
  const { take, where } = measure
  const own = ((): Expr[] => {
    switch (take.kind) {
      case 'count':
      case 'members':
        return []
      case 'share':
        return part === 'numerator' ? [take.where] : []
      case 'rated':
      case 'ballot':
        return [
          questionsOf(take)
            .flatMap(({ slots }) => slots.map(({ when }) => when))
            .reduce((left, right) => ({ op: 'or', type: 'bool', left, right })),
        ]
      default:
        return [{ op: 'has', type: 'bool', of: take.of }]
    }
  })()
  return [...(where === null ? [] : [where]), ...own]
}

/** What a row is worth in the list of rows. */
function rowValue({ take }: MeasureIr, writer: Writer): string {
  if (take.kind === 'count' || take.kind === 'share' || take.kind === 'members') return 'null::text'
  return celSql(take.kind === 'ballot' ? ballotSum(take) : take.of, columnOf, writer)
}

function chosenRows(measure: MeasureIr, from: string, conditions: string[], writer: Writer): string {
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  const { take, once } = measure
  if (once !== null) {
    const weight = weightOf(measure, writer)
    const key = caseOf(once, writer)
    const order = measure.pick === 'first' ? 'q.day, q.rid' : `${weight} desc, q.rid`
    const cases = `select distinct on (${key}) q.rid, q.day, ${weight} as value from ${from}${where} order by ${key}, ${order}`
    return measure.among === null ? cases : `select * from (${cases}) c where c.value = any(${writer.bind(measure.among, 'numeric[]')})`
  }
  if (take.kind === 'countDistinct') {
    const value = celSql(take.of, columnOf, writer)
    return `select distinct on (${value}) q.rid, q.day, ${value} as value from ${from}${where} order by ${value}, q.rid`
  }
  return `select q.rid, q.day, ${rowValue(measure, writer)} as value from ${from}${where}`
}

/** One list of rows behind an item's score. */
export interface Evidence {
  measure: string
  label: string
  part: 'numerator' | 'denominator'
  /** The source whose rows these are. */
  source: string
  sql: Sql
}

interface EvidenceOptions {
  subject: string
  after?: string
  limit: number
}

/** The evidence of an item of one subject: for each measure it is computed from, the statement that lists the rows (R-FIG-4). */
export function itemRowsSql(ir: RubricIr, itemId: string, catalogue: Catalogue, context: Context, options: EvidenceOptions): Evidence[] {
  const item = Object.hasOwn(ir.items, itemId) ? ir.items[itemId] : undefined
  if (item === undefined) throw new Error(`no item ${itemId} in rubric ${ir.rubric}`)
  return evidenceOf(ir, measuresOf(item, ir), catalogue, context, options)
}

/** The evidence of a veto of one subject: for each measure it looks at, the statement that lists the rows (R-FIG-4). */
export function vetoRowsSql(ir: RubricIr, vetoId: string, catalogue: Catalogue, context: Context, options: EvidenceOptions): Evidence[] {
  const veto = ir.vetoes.find(({ id }) => id === vetoId)
  if (veto === undefined) throw new Error(`no veto ${vetoId} in rubric ${ir.rubric}`)
  return evidenceOf(ir, measuresOfVeto(veto, ir), catalogue, context, options)
}

function evidenceOf(ir: RubricIr, measures: string[], catalogue: Catalogue, context: Context, options: EvidenceOptions): Evidence[] {
  const subject: Whose = { kind: ir.subject, id: options.subject }
  return measures.flatMap((name) => {
    const measure = measureOf(ir.measures, name)
    const { take } = measure
    const parts: Evidence['part'][] =
      take.kind === 'share' ? ['numerator', 'denominator'] : take.kind === 'members' ? ['denominator', 'numerator'] : ['numerator']
    return parts.map(
      (part): Evidence => ({
        measure: name,
        label: measure.label,
        part,
        source: take.kind === 'members' && part === 'denominator' ? take.source : measure.source,
        sql: rowsSql(ir.measures, name, catalogue, context, { ...options, subject, part }),
      }),
    )
  })
}
