// Plan → one SQL statement: population, a CTE per pass over a source, stages of items, blocks, total, grades; then the result rows.
import type { Catalogue } from '#engine/catalogue.ts'
import { addBlocks, addTotal } from '#engine/block-sql.ts'
import { celSql } from '#engine/cel-sql.ts'
import type { Context } from '#engine/context.ts'
import { columnOf, passSql, rowsOf, sourceOf, valueOf } from '#engine/facts-sql.ts'
import { addGrades } from '#engine/grade-sql.ts'
import { type Expr, type ItemIr, itemExpressions, type MeasureIr, references, type RubricIr } from '#engine/ir.ts'
import { addItems, inputOf, missingText } from '#engine/item-sql.ts'
import { blocksById, isPeerBased, measuresOf, planRun } from '#engine/plan.ts'
import { createWriter, quote, type Sql, type Writer } from '#engine/sql.ts'
import { applies, createStages, type Stages } from '#engine/stages.ts'

/** `subjects` restricts a run to some subjects: then final ranks are null, and so are grades where there are quotas (R-RUN-4). */
export interface RunOptions {
  subjects?: string[]
}

/**
 * The statement of a run. One row per subject, by id: `id`, `name`, `class`, `parent`, `total`, `grade`, `rank` (text or null),
 * `vetoes` (ids, json), `blocks` (json, points by id), `items` (json: `[{id, points, max, inputs, missing}]`). Numbers are decimal text.
 */
export function runSql(ir: RubricIr, catalogue: Catalogue, context: Context, options: RunOptions = {}): Sql {
  const writer = createWriter()
  const plan = planRun(ir)
  const only = options.subjects === undefined ? null : writer.bind(options.subjects, '', 'subjects')
  const everybody = only === null || Object.values(ir.items).some(isPeerBased)
  const stages = createStages(ir, writer, 'base')
  const blocks = blocksById(ir)
  const passes = plan.passes.map((pass, index) => {
    const measures = pass.measures.map((name) => measureIr(ir, name))
    const subjects = pass.reach === 'all' ? null : only
    return { name: `facts${index + 1}`, pass, text: passSql(pass, measures, stages.measureName, ir.subject, catalogue, context, subjects, writer) }
  })
  const head = [
    `population as materialized (\n  ${populationSql(ir, catalogue, context, everybody ? null : only, writer)})`,
    ...passes.map(({ name, text }) => `${name} as materialized (\n  ${text})`),
    `base as materialized (\n  ${baseSql(ir, passes, stages)})`,
  ]
  for (const level of plan.levels) {
    addItems(level.items.flatMap((id) => ir.items[id] ?? []), stages)
    for (const row of level.blocks) addBlocks(row.flatMap((id) => blocks.get(id) ?? []), stages)
  }
  addTotal(stages)
  addGrades(stages, only === null ? 'all' : 'some')
  const text = `with ${[...head, ...stages.ctes].join(',\n')}\n${outputSql(stages, only)}`
  return { text, values: writer.values }
}

function measureIr(ir: RubricIr, name: string): MeasureIr {
  const measure = ir.measures[name]
  if (measure === undefined) throw new Error(`no measure ${name} in rubric ${ir.rubric}`)
  return measure
}

/** Columns of the population that the rubric reads. */
function subjectColumns(ir: RubricIr): string[] {
  const all = [...Object.values(ir.items).flatMap(itemExpressions), ...ir.vetoes.map((veto) => veto.when)]
  return [...new Set(all.flatMap(references).filter((ref) => ref.scope === 'subject').map((ref) => ref.name))]
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

function baseSql(ir: RubricIr, passes: { name: string; pass: { measures: string[] } }[], stages: Stages): string {
  const passOf = new Map(passes.flatMap(({ name, pass }) => pass.measures.map((measure) => [measure, name] as const)))
  const column = (measure: string, part: 'n' | 'd'): string => `${passOf.get(measure) ?? ''}.${stages.measureName(measure)}${part}`
  const columns = [...passOf.keys()].flatMap((name) => {
    const { numerator, denominator, value } = valueOf(measureIr(ir, name), ir.measures, column)
    const own = stages.measureName(name)
    return denominator === null ? [`${value} as ${own}`] : [`${value} as ${own}`, `${numerator} as ${own}n`, `${denominator} as ${own}d`]
  })
  return `select population.*${columns.map((one) => `,\n    ${one}`).join('')}\n  from population${passes.map(({ name }) => `\n  left join ${name} on ${name}.id = population.id`).join('')}`
}

/** A number as the shortest decimal text; null stays null. */
function shown(number: string): string {
  return `trim_scale(${number})::text`
}

/** A flat map as json; at most 100 arguments a call. */
function objectSql(pairs: [string, string][]): string {
  const parts: string[] = []
  for (let at = 0; at < pairs.length; at += 50) parts.push(`jsonb_build_object(${pairs.slice(at, at + 50).map(([key, value]) => `${key}, ${value}`).join(', ')})`)
  return parts.length === 0 ? "'{}'::jsonb" : parts.join(' || ')
}

/** The numbers that went into an item, by name: measures with numerator and denominator, attributes, other items, place among peers. */
function inputsOf(item: ItemIr, stages: Stages): [string, string][] {
  const { ir, writer } = stages
  const key = (name: string): string => writer.bind(name, 'text')
  const round = (sql: string): string => shown(`round(${sql}, 12)`)
  const pairs = new Map<string, string>()
  for (const name of measuresOf(item, ir)) {
    const column = `z.${stages.measureName(name)}`
    const { take, of } = measureIr(ir, name)
    pairs.set(key(name), round(column))
    if (take.kind === 'share' || take.kind === 'avg' || of !== null) {
      pairs.set(key(`${name}.numerator`), round(`${column}n`))
      pairs.set(key(`${name}.denominator`), round(`${column}d`))
    }
  }
  for (const ref of itemExpressions(item).flatMap(references)) {
    if (ref.scope === 'measure' || ref.scope === 'x' || ref.scope === 'column' || ref.scope === 'total') continue
    const sql = stages.resolve(ref)
    const name = `${ref.scope === 'subject' ? 'subject' : `${ref.scope}s`}.${ref.name}`
    pairs.set(key(name), ref.type === 'decimal' || ref.type === 'int' ? round(`${sql}::numeric`) : ref.type === 'bool' || ref.type === 'list(string)' ? sql : `${sql}::text`)
  }
  if (item.input !== null && item.input.op !== 'ref') pairs.set(key('x'), round(inputOf(item, stages)))
  if (item.rule.kind === 'rank' || item.rule.kind === 'rank-lose') {
    for (const [name, kind] of [['place', 'k'], ['equals', 't'], ['peers', 'c']] as const) pairs.set(key(name), shown(`z.${stages.itemColumn(kind, item.id)}`))
  }
  return [...pairs]
}

function outputSql(stages: Stages, only: string | null): string {
  const { ir, writer } = stages
  const key = (name: string): string => writer.bind(name, 'text')
  const items = Object.values(ir.items).map((item) => {
    const row = objectSql([
      [key('id'), key(item.id)],
      [key('points'), shown(`z.${stages.itemColumn('p', item.id)}`)],
      [key('max'), item.points === null ? 'null::text' : shown(stages.number(item.points))],
      [key('inputs'), objectSql(inputsOf(item, stages))],
      [key('missing'), missingText(item, stages)],
    ])
    return item.when === null ? row : `case when ${applies(item, stages)} then ${row} end`
  })
  const blocks = [...blocksById(ir).keys()].map((id): [string, string] => [key(id), shown(`round(z.${stages.blockColumn('b', id)}, 12)`)])
  const vetoes = ir.vetoes.map((veto, index) => `case when z.veto${index} then ${key(veto.id)} end`)
  const grades = writer.bind(ir.grades.map(({ grade }) => grade), 'text[]')
  return `select z.id::text as id, z.name, z.class, z.parent, ${shown('z.total')} as total, (${grades})[z.grade_no] as grade, ${shown('z.place')} as rank,
  ${vetoes.length === 0 ? "'[]'::jsonb" : `to_jsonb(array_remove(array[${vetoes.join(', ')}], null))`} as vetoes,
  ${objectSql(blocks)} as blocks,
  to_jsonb(array_remove(array[${items.join(',\n    ')}]::jsonb[], null)) as items
from ${stages.last()} z${only === null ? '' : `\nwhere z.id = any(${only})`}
order by z.id::text collate "C"`
}
