// Plan → one SQL statement: population, a CTE per pass over a source, stages of items, blocks, total, grades; then the result rows.
import { decimal, format } from '#base/decimal.ts'
import { addBlocks, addTotal } from '#engine/block-sql.ts'
import type { Catalogue } from '#engine/catalogue.ts'
import { celSql } from '#engine/cel-sql.ts'
import type { Context } from '#engine/context.ts'
import { type Expr, inputName, references } from '#engine/expr.ts'
import { columnOf, measuredSql, rowsOf, sourceOf } from '#engine/facts-sql.ts'
import { traceColumn, traceKeys } from '#engine/gathered.ts'
import { addGrades, totalColumn } from '#engine/grade-sql.ts'
import { type ItemIr, itemExpressions, type MeasureIr, type RubricIr } from '#engine/ir.ts'
import { addItems, inputOf, missingText } from '#engine/item-sql.ts'
import { anyPassSql } from '#engine/members-sql.ts'
import { blocksById, isPeerBased, measuresOf, planRun } from '#engine/plan.ts'
import { createWriter, quote, type Sql, statement, type Writer } from '#engine/sql.ts'
import { applies, createStages, type Stages } from '#engine/stages.ts'

/** `subjects` restricts a run to some subjects: then final ranks are null, and so are grades where there are quotas (R-RUN-4). */
export interface RunOptions {
  subjects?: string[]
}

/**
 * The statement of a run. One row per subject, by id: `id`, `name`, `class`, `parent`, `total`, `grade`, `rank` (text or null),
 * `vetoes` (ids), `blocks` (points by id), `items` (`[{id, points, max, inputs, missing}]`), all three json. Numbers are decimal text.
 */
export function runSql(ir: RubricIr, catalogue: Catalogue, context: Context, options: RunOptions = {}): Sql {
  const writer = createWriter()
  const plan = planRun(ir, options.subjects === undefined ? 'all' : 'some')
  const only = options.subjects === undefined ? null : writer.bind(options.subjects, '', 'subjects')
  const everybody = only === null || Object.values(ir.items).some(isPeerBased)
  const stages = createStages(ir, writer, 'base')
  const blocks = blocksById(ir)
  const passes = plan.passes.map((pass, index) => {
    const measures = pass.measures.map((name) => measureIr(ir, name))
    const subjects = pass.reach === 'all' ? null : only
    return { name: `facts${index + 1}`, pass, text: anyPassSql(pass, measures, stages.measureName, ir.subject, catalogue, context, subjects, writer) }
  })
  const head = [
    `population as materialized (\n  ${populationSql(ir, catalogue, context, everybody ? null : only, writer)})`,
    ...passes.map(({ name, text }) => `${name} as materialized (\n  ${text})`),
    `base as materialized (\n  ${baseSql(ir, passes, stages)})`,
  ]
  for (const level of plan.levels) {
    addItems(
      level.items.flatMap((id) => ir.items[id] ?? []),
      stages,
    )
    for (const row of level.blocks)
      addBlocks(
        row.flatMap((id) => blocks.get(id) ?? []),
        stages,
      )
  }
  addTotal(stages)
  addGrades(stages, only === null ? 'all' : 'some')
  const text = `with ${[...head, ...stages.ctes].join(',\n')}\n${outputSql(stages, only)}`
  return statement(text, writer)
}

function measureIr(ir: RubricIr, name: string): MeasureIr {
  const measure = ir.measures[name]
  if (measure === undefined) throw new Error(`no measure ${name} in rubric ${ir.rubric}`)
  return measure
}

/** Columns of the population that the rubric reads. */
function subjectColumns(ir: RubricIr): string[] {
  const all = [...Object.values(ir.items).flatMap(itemExpressions), ...ir.vetoes.map((veto) => veto.when)]
  return [
    ...new Set(
      all
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

function baseSql(ir: RubricIr, passes: { name: string; pass: { measures: string[] } }[], stages: Stages): string {
  const passOf = new Map(passes.flatMap(({ name, pass }) => pass.measures.map((measure) => [measure, name] as const)))
  const column = (measure: string, part: string): string => `${passOf.get(measure) ?? ''}.${stages.measureName(measure)}${part}`
  const columns = [...passOf.keys()].flatMap((name) => {
    const measure = measureIr(ir, name)
    const { value, parts } = measuredSql(measure, ir.measures, column, stages.writer)
    const own = stages.measureName(name)
    return [`${value} as ${own}`, ...traceKeys(measure).map(({ key }, index) => `${parts[key] ?? 'null::numeric'} as ${own}${traceColumn(key, index)}`)]
  })
  return `select population.*${columns.map((one) => `,\n    ${one}`).join('')}\n  from population${passes.map(({ name }) => `\n  left join ${name} on ${name}.id = population.id`).join('')}`
}

/** A number as the shortest decimal text; null stays null. */
function shown(number: string): string {
  return `trim_scale(${number})::text`
}

/** SQL text of a json value: decimal text in quotes, or `null`. */
function quotedNumber(number: string): string {
  return `coalesce('"' || ${shown(number)} || '"', 'null')`
}

/** Json text as SQL: keys are bound, values are SQL that gives json text. Concatenated text is several times faster than building jsonb. */
function objectSql(pairs: [key: string, json: string][], writer: Writer): string {
  const parts = pairs.map(([key, json], index) => `${writer.bind(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`, 'text')} || ${json}`)
  return parts.length === 0 ? "'{}'" : `(${parts.join(' || ')} || '}')`
}

/** The numbers that went into an item, by name: measures with numerator and denominator, attributes, other items, place among peers. */
function inputsOf(item: ItemIr, stages: Stages): [string, string][] {
  const { ir } = stages
  const number = (sql: string): string => quotedNumber(`round(${sql}, 12)`)
  const pairs = new Map<string, string>()
  for (const name of measuresOf(item, ir)) {
    const column = `z.${stages.measureName(name)}`
    pairs.set(name, number(column))
    for (const [index, { key }] of traceKeys(measureIr(ir, name)).entries()) pairs.set(`${name}.${key}`, number(`${column}${traceColumn(key, index)}`))
  }
  for (const ref of itemExpressions(item).flatMap(references)) {
    if (ref.scope === 'measure' || ref.scope === 'x' || ref.scope === 'column' || ref.scope === 'total') continue
    const sql = stages.resolve(ref)
    const numeric = ref.type === 'decimal' || ref.type === 'int'
    pairs.set(
      inputName(ref),
      numeric
        ? number(`${sql}::numeric`)
        : `coalesce(to_json(${ref.type === 'timestamp' ? `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : sql})::text, 'null')`,
    )
  }
  if (item.input !== null && item.input.op !== 'ref') pairs.set('x', number(inputOf(item, stages)))
  if (item.rule.kind === 'rank' || item.rule.kind === 'rank-lose') {
    const kinds =
      item.rule.ties === 'average'
        ? ([
            ['place', 'k'],
            ['equals', 't'],
            ['peers', 'c'],
          ] as const)
        : ([
            ['place', 'k'],
            ['peers', 'c'],
          ] as const)
    for (const [name, kind] of kinds) pairs.set(name, quotedNumber(`z.${stages.itemColumn(kind, item.id)}`))
  }
  if (item.missing === 'peer-mean')
    for (const [name, kind] of [
      ['known', 'n'],
      ['knownSum', 'q'],
    ] as const)
      pairs.set(name, quotedNumber(`z.${stages.itemColumn(kind, item.id)}`))
  return [...pairs]
}

function outputSql(stages: Stages, only: string | null): string {
  const { ir, writer } = stages
  const items = Object.values(ir.items).map((item) => {
    const head = `{"id":${JSON.stringify(item.id)},"max":${item.points === null ? 'null' : `"${format(decimal(item.points))}"`},"points":`
    const row = `${writer.bind(head, 'text')} || ${quotedNumber(`z.${stages.itemColumn('p', item.id)}`)} || ',"inputs":' || ${objectSql(inputsOf(item, stages), writer)} || ',"missing":' || coalesce('"' || ${missingText(item, stages)} || '"', 'null') || '}'`
    return item.when === null ? row : `case when ${applies(item, stages)} then ${row} end`
  })
  // concat_ws leaves out what doesn't apply, and takes few arguments at a time.
  const lists: string[] = []
  for (let at = 0; at < items.length; at += 50) lists.push(`nullif(concat_ws(',', ${items.slice(at, at + 50).join(',\n    ')}), '')`)
  const blocks = [...blocksById(ir).keys()].map((id): [string, string] => [id, quotedNumber(`round(z.${stages.blockColumn('b', id)}, 12)`)])
  const vetoes = ir.vetoes.map((veto, index) => `case when z.veto${index} then ${writer.bind(veto.id, 'text')} end`)
  const grades = writer.bind(
    ir.grades.map(({ grade }) => grade),
    'text[]',
  )
  return `select z.id::text as id, z.name, z.class, z.parent, ${shown(`z.${totalColumn(ir)}`)} as total, (${grades})[z.grade_no] as grade, ${shown('z.place')} as rank,
  ${vetoes.length === 0 ? "'[]'::json" : `array_to_json(array_remove(array[${vetoes.join(', ')}], null))`} as vetoes,
  ${objectSql(blocks, writer)}::json as blocks,
  ('[' || concat_ws(',', ${lists.length === 0 ? 'null' : lists.join(',\n    ')}) || ']')::json as items
from ${stages.last()} z${only === null ? '' : `\nwhere z.id = any(${only})`}
order by z.id::text collate "C"`
}
