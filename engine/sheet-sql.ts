// What is known of each subject before scoring, its sheet: attributes and measured numbers. From the facts, or given (SPEC.md R-RUN-5).
import type { Catalogue, ColumnType } from '#engine/catalogue.ts'
import { celSql } from '#engine/cel-sql.ts'
import type { Context } from '#engine/context.ts'
import { type Expr, references } from '#engine/expr.ts'
import { columnOf, measuredSql, rowsOf, sourceOf } from '#engine/facts-sql.ts'
import { traceColumn, traceKeys } from '#engine/gathered.ts'
import type { MeasureIr, RubricIr } from '#engine/ir.ts'
import { anyPassSql } from '#engine/members-sql.ts'
import { isPeerBased, type Pass, type Plan, passesOver, planRun, rubricExpressions } from '#engine/plan.ts'
import { createWriter, quote, type Sql, statement, type Writer } from '#engine/sql.ts'
import { createStages, type Stages } from '#engine/stages.ts'

/** A subject's sheet before it is scored, as the row of text that PostgreSQL gives, in the order of `sheetColumns`; the first is the subject's id. */
export type SheetRow = readonly (string | null)[]

/** A column of sheets, settled or not. */
export interface SheetColumn {
  name: string
  type: ColumnType
}

/** A measure of the rubric by name. */
export function measureIr(ir: RubricIr, name: string): MeasureIr {
  const measure = ir.measures[name]
  if (measure === undefined) throw new Error(`no measure ${name} in rubric ${ir.rubric}`)
  return measure
}

/** Columns of the population that the rubric reads. */
function subjectColumns(ir: RubricIr): string[] {
  return [
    ...new Set(
      rubricExpressions(ir)
        .flatMap(references)
        .filter((ref) => ref.scope === 'subject')
        .map((ref) => ref.name),
    ),
  ]
}

function populationSql(ir: RubricIr, catalogue: Catalogue, context: Context, subjects: string | null, writer: Writer): string {
  const source = sourceOf(catalogue, ir.population.source)
  const has = (name: string): boolean => source.columns.some((column) => column.name === name)
  const column = (name: string): Expr => ({ op: 'ref', type: 'string', scope: 'column', name })
  const wanted = [...new Set([...subjectColumns(ir), ...['name', 'parent'].filter(has), ...(ir.population.class === null ? [] : [ir.population.class])])]
  const from = rowsOf(source, [...wanted.map(column), ...(ir.population.where === null ? [] : [ir.population.where])], ir.subject, context, subjects, writer)
  const held = (name: string | null): string => (name !== null && has(name) ? `q.${quote(`c_${name}`)}::text` : 'null::text')
  const own = subjectColumns(ir).map((name) => `, q.${quote(`c_${name}`)} as ${quote(`s_${name}`)}`)
  const where = ir.population.where === null ? '' : ` where ${celSql(ir.population.where, columnOf, writer)}`
  return `select q.s as id, ${held('name')} as name, ${held(ir.population.class)} as class, ${held('parent')} as parent${own.join('')} from ${from}${where}`
}

/** The columns of a measure in `base`: its value, and the numbers that the trace shows beside it. */
export function measureColumns(measure: MeasureIr, { measureName }: Pick<Stages, 'measureName'>): string[] {
  const own = measureName(measure.name)
  return [own, ...traceKeys(measure).map(({ key }, index) => `${own}${traceColumn(key, index)}`)]
}

function baseSql(ir: RubricIr, passes: { name: string; pass: { measures: string[] } }[], stages: Stages): string {
  const passOf = new Map(passes.flatMap(({ name, pass }) => pass.measures.map((measure) => [measure, name] as const)))
  const column = (measure: string, part: string): string => `${passOf.get(measure) ?? ''}.${stages.measureName(measure)}${part}`
  const columns = [...passOf.keys()].flatMap((name) => {
    const measure = measureIr(ir, name)
    const { value, parts } = measuredSql(measure, ir.measures, column, stages.writer)
    const numbers = [value, ...traceKeys(measure).map(({ key }) => parts[key] ?? 'null::numeric')]
    return measureColumns(measure, stages).map((own, index) => `${numbers[index]} as ${own}`)
  })
  return `select population.*${columns.map((one) => `,\n    ${one}`).join('')}\n  from population${passes.map(({ name }) => `\n  left join ${name} on ${name}.id = population.id`).join('')}`
}

type NamedPass = { name: string; pass: Pass; text: string }

/** The passes as statements; those of which not all subjects are needed are restricted to the bound list `only`. */
function passTexts(passes: Pass[], catalogue: Catalogue, context: Context, only: string | null, { ir, writer, measureName }: Stages): NamedPass[] {
  return passes.map((pass, index) => {
    const measures = pass.measures.map((name) => measureIr(ir, name))
    const subjects = pass.reach === 'all' ? null : only
    return { name: `facts${index + 1}`, pass, text: anyPassSql(pass, measures, measureName, ir.subject, catalogue, context, subjects, writer) }
  })
}

/** The CTEs that lead to `base`, the sheets of a run: of everybody, or of what a run over some subjects needs. `only` is the bound list of these. */
export function sheetCtes(ir: RubricIr, plan: Plan, catalogue: Catalogue, context: Context, only: string | null, stages: Stages): string[] {
  const everybody = only === null || Object.values(ir.items).some(isPeerBased)
  const passes = passTexts(plan.passes, catalogue, context, only, stages)
  return [
    `population as materialized (\n  ${populationSql(ir, catalogue, context, everybody ? null : only, stages.writer)})`,
    ...passes.map(({ name, text }) => `${name} as materialized (\n  ${text})`),
    `base as materialized (\n  ${baseSql(ir, passes, stages)})`,
  ]
}

/** The columns of a sheet and their types. */
export function sheetColumns(ir: RubricIr, catalogue: Catalogue): SheetColumn[] {
  const source = sourceOf(catalogue, ir.population.source)
  const stages = createStages(ir, createWriter(), 'base')
  const typeOf = (name: string): ColumnType => source.columns.find((column) => column.name === name)?.type ?? 'string'
  return [
    ...['id', 'name', 'class', 'parent'].map((name) => ({ name, type: 'string' as const })),
    ...subjectColumns(ir).map((name) => ({ name: quote(`s_${name}`), type: typeOf(name) })),
    ...planRun(ir, 'all')
      .passes.flatMap(({ measures }) => measures)
      .flatMap((name) => measureColumns(measureIr(ir, name), stages))
      .map((name) => ({ name, type: 'decimal' as const })),
  ]
}

/** The statement that gives the sheets of all subjects, a row each with the columns of `sheetColumns` as text. */
export function sheetsSql(ir: RubricIr, catalogue: Catalogue, context: Context): Sql {
  const writer = createWriter()
  const ctes = sheetCtes(ir, planRun(ir, 'all'), catalogue, context, null, createStages(ir, writer, 'base'))
  const columns = sheetColumns(ir, catalogue).map(({ name }) => `z.${name}::text as ${name}`)
  return statement(`with ${ctes.join(',\n')}\nselect ${columns.join(', ')} from base z order by z.id::text collate "C"`, writer)
}

/**
 * The statement that measures some subjects anew, over the sources whose facts have changed: a row each, `id` and the columns of these
 * measures as text. Null when the rubric reads none of these sources.
 */
export function remeasureSql(ir: RubricIr, catalogue: Catalogue, context: Context, subjects: string[], sources: readonly string[]): Sql | null {
  const writer = createWriter()
  const stages = createStages(ir, writer, 'base')
  const only = writer.bind(subjects, '', 'subjects')
  const passes = passTexts(passesOver(ir, sources), catalogue, context, only, stages)
  if (passes.length === 0) return null
  const columns = passes.flatMap(({ pass }) => pass.measures).flatMap((name) => measureColumns(measureIr(ir, name), stages))
  // The passes come first: their comparisons give the list its type.
  const ctes = [...passes.map(({ name, text }) => `${name} as materialized (\n  ${text})`), `population as (select unnest(${only}) as id)`]
  return statement(
    `with ${ctes.join(',\n')}\nselect z.id::text as id, ${columns.map((name) => `z.${name}::text as ${name}`).join(', ')} from (${baseSql(ir, passes, stages)}) z`,
    writer,
  )
}

/** A sheet with what was measured anew. */
export function withMeasured(columns: readonly SheetColumn[], sheet: SheetRow, measured: Readonly<Record<string, string | null>>): SheetRow {
  return columns.map(({ name }, index) => (Object.hasOwn(measured, name) ? (measured[name] ?? null) : (sheet[index] ?? null)))
}

const sqlTypes: Record<ColumnType, string> = {
  string: 'text',
  int: 'int8',
  decimal: 'numeric',
  bool: 'bool',
  date: 'date',
  timestamp: 'timestamptz',
  'list(string)': 'text',
}

/** Stands for the values of a column of sheets until they are known: a statement's text doesn't depend on them. */
class GivenColumn {
  readonly column: number
  constructor(column: number) {
    this.column = column
  }
}

/** The select that reads sheets of these columns, given as arrays, one a column; `valueOf` gives a bound value with the sheets put in. */
export function sheetsAsArrays(
  columns: readonly SheetColumn[],
  writer: Writer,
): { text: string; valueOf: (value: unknown, sheets: readonly SheetRow[]) => unknown } {
  const arrays = columns.map(({ type }, index) => writer.bind(new GivenColumn(index), `${sqlTypes[type]}[]`, 'sheets'))
  // A list is given as text, since arrays don't hold arrays.
  const read = columns.map(({ name, type }, index) => `c.c${index}${type === 'list(string)' ? '::text[]' : ''} as ${name}`)
  return {
    text: `select ${read.join(', ')} from unnest(${arrays.join(', ')}) c (${columns.map((_, index) => `c${index}`).join(', ')})`,
    valueOf: (value, sheets) => (value instanceof GivenColumn ? arrayOf(sheets, value.column, columns[value.column]?.type ?? 'string') : value),
  }
}

/** A column of sheets as the text of an array. */
function arrayOf(sheets: readonly SheetRow[], column: number, type: ColumnType): string {
  const isPlain = type === 'decimal' || type === 'int' || type === 'bool'
  const cells = sheets.map((sheet) => {
    const cell = sheet[column]
    return cell == null ? 'NULL' : isPlain ? cell : `"${cell.replace(/["\\]/g, '\\$&')}"`
  })
  return `{${cells.join(',')}}`
}
