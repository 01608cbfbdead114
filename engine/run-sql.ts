// Plan → one SQL statement: population, a CTE per pass over a source, stages of items, blocks, total, grades; then the result rows.
import { decimal, format } from '#base/decimal.ts'
import { addBlocks, addTotal } from '#engine/block-sql.ts'
import type { Catalogue } from '#engine/catalogue.ts'
import type { Context } from '#engine/context.ts'
import { inputName, references } from '#engine/expr.ts'
import { traceKeys } from '#engine/gathered.ts'
import { addGrades, totalColumn } from '#engine/grade-sql.ts'
import { type ItemIr, itemExpressions, itemPeersExpressions, type RubricIr } from '#engine/ir.ts'
import { addItems, inputOf, missingText, peerInputs } from '#engine/item-sql.ts'
import { blocksById, measuresOf, type Plan, peerDependents, planRun } from '#engine/plan.ts'
import type { ItemResult, ResultRow } from '#engine/reference.ts'
import { measureColumns, measureIr, type Sheet, sheetCtes, sheetsAsArrays } from '#engine/sheet-sql.ts'
import { createWriter, type Sql, statement, type Writer } from '#engine/sql.ts'
import { applies, createStages, type Stages } from '#engine/stages.ts'

/** A row of a run as PostgreSQL gives it: `items` is still text. */
export type RunRow = Omit<ResultRow, 'items'> & { items: string }

/** A row of a run with its items read. */
export function resultOf(row: RunRow): ResultRow {
  return { ...row, items: JSON.parse(row.items) as ItemResult[] }
}

/** `subjects` restricts a run to some subjects: then final ranks are null, and so are grades where there are quotas (R-RUN-4). */
export interface RunOptions {
  subjects?: string[]
}

/**
 * The statement of a run. One row per subject, by id: `id`, `name`, `class`, `parent`, `total`, `grade`, `rank` (text or null),
 * `vetoes` (ids), `blocks` (points by id), both json, `items` (`[{id, points, max, inputs, missing}]`), the text of a json: whoever only keeps it
 * need not have it read. Numbers are decimal text.
 */
export function runSql(ir: RubricIr, catalogue: Catalogue, context: Context, options: RunOptions = {}): Sql {
  const writer = createWriter()
  const plan = planRun(ir, options.subjects === undefined ? 'all' : 'some')
  const only = options.subjects === undefined ? null : writer.bind(options.subjects, '', 'subjects')
  const stages = createStages(ir, writer, 'base')
  const ctes = sheetCtes(ir, plan, catalogue, context, only, stages)
  addStages(plan, stages, only === null ? 'all' : 'some')
  addTexts(stages)
  return statement(`with ${[...ctes, ...stages.ctes].join(',\n')}\n${outputSql(stages, { only })}`, writer)
}

/**
 * Compiles a rubric for scoring everybody from sheets. The statement gives what `runSql` gives; but of the subjects that are not in `whole` (null: all are), whose
 * sheets have not changed since they were scored before, `items` holds those alone in which peers have a part, and the others are as they were
 * (R-RUN-5). Its text is always the same, so that it can be prepared.
 */
export function scorerOf(ir: RubricIr, catalogue: Catalogue): (sheets: readonly Sheet[], whole: readonly string[] | null) => Sql {
  const writer = createWriter()
  const stages = createStages(ir, writer, 'base')
  const base = sheetsAsArrays(ir, catalogue, writer)
  addStages(planRun(ir, 'all'), stages, 'all')
  const output = outputSql(stages, { whole: writer.bind(givenWhole, 'text[]', 'whole') })
  const { text, values } = statement(`with base as materialized (\n  ${base.text}),\n${stages.ctes.join(',\n')}\n${output}`, writer)
  return (sheets, whole) => ({ text, values: values.map((value) => (value === givenWhole ? whole : base.valueOf(value, sheets))) })
}

/** Stands for the subjects that are written out whole until they are known. */
const givenWhole = { whole: true }

/** The items of a subject whose sheet has not changed: as they were, but those in which peers have a part as `scoreSql` gives them (R-RUN-5). */
export function withShared(ir: RubricIr, before: readonly ItemResult[], shared: readonly ItemResult[]): ItemResult[] {
  const depends = peerDependents(ir)
  const known = new Map([...before.filter(({ id }) => !depends.has(id)), ...shared].map((item) => [item.id, item]))
  return Object.keys(ir.items).flatMap((id) => known.get(id) ?? [])
}

/** From sheets to grades. */
function addStages(plan: Plan, stages: Stages, reach: 'all' | 'some'): void {
  const { ir } = stages
  const blocks = blocksById(ir)
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
  addGrades(stages, reach)
}

/** A number as the shortest decimal text; null stays null. */
function shown(number: string): string {
  return `trim_scale(${number})::text`
}

/** SQL text of a json value: decimal text in quotes, or `null`. */
function quotedNumber(number: string): string {
  return `coalesce('"' || ${shown(number)} || '"', 'null')`
}

/** A json object being written: its text with `%s` where SQL gives the json text of a value. One `format` is several times faster than concatenating, and that than building jsonb. */
interface Json {
  text: string
  values: string[]
}

const literal = (text: string): string => text.replaceAll('%', '%%')

function objectOf(pairs: [key: string, json: string][]): Json {
  return { text: `{${pairs.map(([key]) => `${literal(JSON.stringify(key))}:%s`).join(',')}}`, values: pairs.map(([, json]) => json) }
}

function jsonSql({ text, values }: Json, writer: Writer): string {
  return values.length === 0 ? writer.bind(text.replaceAll('%%', '%'), 'text') : `format(${writer.bind(text, 'text')}, ${values.join(', ')})`
}

/** The inputs that a measure gives, and the column of each; its text is in the column with a `t` behind it. */
function measureTexts(name: string, stages: Stages): [input: string, column: string][] {
  const measure = measureIr(stages.ir, name)
  const [value = '', ...others] = measureColumns(measure, stages)
  return [[name, value], ...traceKeys(measure).map(({ key }, index): [string, string] => [`${name}.${key}`, others[index] ?? ''])]
}

/** Writes the measures' numbers out once: most are inputs of several items. */
function addTexts(stages: Stages): void {
  const { ir } = stages
  const used = new Set(Object.values(ir.items).flatMap((item) => measuresOf(item, ir)))
  stages.add([...used].flatMap((name) => measureTexts(name, stages)).map(([, column]) => [`${column}t`, quotedNumber(`round(z.${column}, 12)`)]))
}

/** The numbers that went into an item, by name: measures with numerator and denominator, attributes (exact: a part of a year may have more places), other items, place among peers. */
function inputsOf(item: ItemIr, stages: Stages, hasTexts: boolean): [string, string][] {
  const { ir } = stages
  const number = (sql: string): string => quotedNumber(`round(${sql}, 12)`)
  const pairs = new Map<string, string>()
  for (const name of measuresOf(item, ir))
    for (const [input, column] of measureTexts(name, stages)) pairs.set(input, hasTexts ? `z.${column}t` : number(`z.${column}`))
  for (const ref of [...itemExpressions(item), ...itemPeersExpressions(item)].flatMap(references)) {
    if (ref.scope === 'measure' || ref.scope === 'x' || ref.scope === 'column' || ref.scope === 'total') continue
    const sql = stages.resolve(ref)
    const numeric = ref.type === 'decimal' || ref.type === 'int'
    pairs.set(
      inputName(ref),
      numeric
        ? ref.scope === 'subject'
          ? quotedNumber(`${sql}::numeric`)
          : number(`${sql}::numeric`)
        : `coalesce(to_json(${ref.type === 'timestamp' ? `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : sql})::text, 'null')`,
    )
  }
  if (item.input !== null && item.input.op !== 'ref') pairs.set('x', number(inputOf(item, stages)))
  for (const [name, kind] of peerInputs(item.rule)) pairs.set(name, number(`z.${stages.itemColumn(kind, item.id)}`))
  if (item.missing === 'peer-mean')
    for (const [name, kind] of [
      ['known', 'n'],
      ['knownSum', 'q'],
    ] as const)
      pairs.set(name, quotedNumber(`z.${stages.itemColumn(kind, item.id)}`))
  return [...pairs]
}

/** Which rows and items a run writes out: `only` these subjects; `whole` these, of the others what peers have a part in. Bound lists of ids. */
interface Wanted {
  only?: string | null
  whole?: string
}

function outputSql(stages: Stages, { only, whole }: Wanted): string {
  const { ir, writer } = stages
  const written = (item: ItemIr): string => {
    const inputs = objectOf(inputsOf(item, stages, whole === undefined))
    const row = jsonSql(
      {
        text: `{"id":"${item.id}","max":${item.points === null ? 'null' : `"${format(decimal(item.points))}"`},"points":%s,"inputs":${inputs.text},"missing":%s}`,
        values: [quotedNumber(`z.${stages.itemColumn('p', item.id)}`), ...inputs.values, `coalesce('"' || ${missingText(item, stages)} || '"', 'null')`],
      },
      writer,
    )
    return item.when === null ? row : `case when ${applies(item, stages)} then ${row} end`
  }
  // concat_ws leaves out what doesn't apply, and takes few arguments at a time.
  const listed = (items: string[]): string => {
    const lists: string[] = []
    for (let at = 0; at < items.length; at += 50) lists.push(`nullif(concat_ws(',', ${items.slice(at, at + 50).join(',\n    ')}), '')`)
    return `'[' || concat_ws(',', ${lists.length === 0 ? 'null' : lists.join(',\n    ')}) || ']'`
  }
  const all = Object.values(ir.items).map(written)
  const shared = peerDependents(ir)
  const items =
    whole === undefined
      ? listed(all)
      : `case when (${whole}) is null or z.id = any(${whole}) then ${listed(all)} else ${listed(all.filter((_, index) => shared.has(Object.keys(ir.items)[index] ?? '')))} end`
  const blocks = [...blocksById(ir).keys()].map((id): [string, string] => [id, quotedNumber(`round(z.${stages.blockColumn('b', id)}, 12)`)])
  const vetoes = ir.vetoes.map((veto, index) => `case when z.veto${index} then ${writer.bind(veto.id, 'text')} end`)
  const grades = writer.bind(
    ir.grades.map(({ grade }) => grade),
    'text[]',
  )
  return `select z.id::text as id, z.name, z.class, z.parent, ${shown(`z.${totalColumn(ir)}`)} as total, (${grades})[z.grade_no] as grade, ${shown('z.place')} as rank,
  ${vetoes.length === 0 ? "'[]'::json" : `array_to_json(array_remove(array[${vetoes.join(', ')}], null))`} as vetoes,
  ${jsonSql(objectOf(blocks), writer)}::json as blocks,
  (${items}) as items
from ${stages.last()} z${only == null ? '' : `\nwhere z.id = any(${only})`}
order by z.id::text collate "C"`
}
