// Plan → one SQL statement: population, a CTE per pass over a source, stages of items, blocks, total, grades; then the result rows.
import { decimal, format } from '#base/decimal.ts'
import { addBlocks, addTotal } from '#engine/block-sql.ts'
import type { Catalogue } from '#engine/catalogue.ts'
import type { Context } from '#engine/context.ts'
import { inputName, references } from '#engine/expr.ts'
import { traceKeys } from '#engine/gathered.ts'
import { addGrades, totalColumn } from '#engine/grade-sql.ts'
import { type ItemIr, itemExpressions, itemPeersExpressions, peerNamesOf, type RubricIr } from '#engine/ir.ts'
import { addItems, canBeNull, inputOf, missingJson, peerInputs, peerValue } from '#engine/item-sql.ts'
import { blocksById, type Level, measuresOf, planRun } from '#engine/plan.ts'
import type { ItemResult, ResultRow } from '#engine/reference.ts'
import { measureColumns, measureIr, sheetCtes } from '#engine/sheet-sql.ts'
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
  addLevels(plan.levels, stages)
  addTotal(stages)
  addGrades(stages, only === null ? 'all' : 'some')
  const items = Object.keys(ir.items)
  addTexts(items, stages)
  const output = resultSql(items, stages, only)
  return statement(`with ${[...ctes, ...stages.ctes].join(',\n')}\n${output}`, writer)
}

/** Adds the stages of these items and blocks, level by level. */
export function addLevels(levels: Level[], stages: Stages): void {
  const { ir } = stages
  const blocks = blocksById(ir)
  for (const level of levels) {
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

/** A value of a json object: SQL of a json text, or of a number that is never null and needs no rounding, around which the quotes are put. */
type Value = string | { digits: string }

const sqlOf = (value: Value): string => (typeof value === 'string' ? value : value.digits)
const placeOf = (value: Value): string => (typeof value === 'string' ? '%s' : '"%s"')
const literal = (text: string): string => text.replaceAll('%', '%%')

function objectOf(pairs: [key: string, value: Value][]): Json {
  return {
    text: `{${pairs.map(([key, value]) => `${literal(JSON.stringify(key))}:${placeOf(value)}`).join(',')}}`,
    values: pairs.map(([, value]) => sqlOf(value)),
  }
}

function jsonSql({ text, values }: Json, writer: Writer): string {
  return values.length === 0 ? writer.bind(text.replaceAll('%%', '%'), 'text') : `format(${writer.bind(text, 'text')}, ${values.join(', ')})`
}

/** The inputs that a measure gives, and the column of each: a count as it is, of another number its text, in the column with a `t` behind it. */
function measureTexts(name: string, stages: Stages): { input: string; column: string; isCount: boolean }[] {
  const measure = measureIr(stages.ir, name)
  const [value = '', ...others] = measureColumns(measure, stages)
  const { kind } = measure.take
  const counts = kind === 'count' || kind === 'countDistinct'
  return [
    { input: name, column: value, isCount: counts && !measure.percent },
    ...traceKeys(measure).map(({ key }, index) => ({
      input: `${name}.${key}`,
      column: others[index] ?? '',
      isCount: (key === 'numerator' && (counts || kind === 'share')) || (key === 'denominator' && (kind === 'share' || kind === 'avg')),
    })),
  ]
}

/** Writes the numbers of these items' measures out once: most are inputs of several items. */
export function addTexts(items: readonly string[], stages: Stages): void {
  const { ir } = stages
  const used = new Set(items.flatMap((id) => (ir.items[id] === undefined ? [] : measuresOf(ir.items[id], ir))))
  const texts = [...used].flatMap((name) => measureTexts(name, stages)).filter(({ isCount }) => !isCount)
  stages.add(texts.map(({ column }) => [`${column}t`, quotedNumber(`round(z.${column}, 12)`)]))
}

/** The numbers that went into an item, by name: measures with numerator and denominator, attributes (exact: a part of a year may have more places), other items, place among peers. */
function inputsOf(item: ItemIr, stages: Stages): [string, Value][] {
  const { ir } = stages
  const number = (sql: string): string => quotedNumber(`round(${sql}, 12)`)
  const pairs = new Map<string, Value>()
  for (const name of measuresOf(item, ir))
    for (const { input, column, isCount } of measureTexts(name, stages)) pairs.set(input, isCount ? { digits: `z.${column}` } : `z.${column}t`)
  for (const ref of [...itemExpressions(item), ...itemPeersExpressions(item)].flatMap(references)) {
    if (ref.scope === 'measure' || ref.scope === 'x' || ref.scope === 'column' || ref.scope === 'total' || ref.scope === 'peers') continue
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
  for (const name of peerNamesOf(item.rule)) pairs.set(`peers.${name}`, number(peerValue(name, item, stages)))
  for (const [name, kind] of peerInputs(item.rule)) pairs.set(name, number(`z.${stages.itemColumn(kind, item.id)}`))
  if (item.missing === 'peer-mean')
    for (const [name, kind] of [
      ['known', 'n'],
      ['knownSum', 'q'],
    ] as const)
      pairs.set(name, quotedNumber(`z.${stages.itemColumn(kind, item.id)}`))
  return [...pairs]
}

/** SQL text of a json list: these items of a subject that apply, in this order. Their measures' numbers are written out (`addTexts`). */
export function itemsSql(ids: readonly string[], stages: Stages): string {
  const { ir, writer } = stages
  const written = (item: ItemIr): string => {
    const inputs = objectOf(inputsOf(item, stages))
    const points = `z.${stages.itemColumn('p', item.id)}`
    const shownPoints: Value = canBeNull(item) ? quotedNumber(points) : { digits: `trim_scale(${points})` }
    const max = item.points === null ? 'null' : `"${format(decimal(item.points))}"`
    const text = `{"id":"${item.id}","max":${max},"points":${placeOf(shownPoints)},"inputs":${inputs.text},"missing":%s}`
    const row = jsonSql({ text, values: [sqlOf(shownPoints), ...inputs.values, missingJson(item, stages)] }, writer)
    return item.when === null ? row : `case when ${applies(item, stages)} then ${row} end`
  }
  const items = ids.flatMap((id) => ir.items[id] ?? []).map(written)
  // concat_ws leaves out what doesn't apply, and takes few arguments at a time.
  const lists: string[] = []
  for (let at = 0; at < items.length; at += 50) lists.push(`nullif(concat_ws(',', ${items.slice(at, at + 50).join(',\n    ')}), '')`)
  return `'[' || concat_ws(',', ${lists.length === 0 ? 'null' : lists.join(',\n    ')}) || ']'`
}

/** The select of the result rows from the last stage, with these items written out; `only` is a bound list of subjects, or null. */
export function resultSql(items: readonly string[], stages: Stages, only: string | null): string {
  const { ir, writer } = stages
  const blocks = [...blocksById(ir).keys()].map((id): [string, string] => [id, quotedNumber(`round(z.${stages.blockColumn('b', id)}, 12)`)])
  const vetoes = ir.vetoes.map((veto, index) => `case when z.veto${index} then ${writer.bind(veto.id, 'text')} end`)
  const grades = writer.bind(
    ir.grades.map(({ grade }) => grade),
    'text[]',
  )
  return `select z.id::text as id, z.name, z.class, z.parent, ${shown(`z.${totalColumn(ir)}`)} as total, (${grades})[z.grade_no] as grade, ${shown('z.place')} as rank,
  ${vetoes.length === 0 ? "'[]'::json" : `array_to_json(array_remove(array[${vetoes.join(', ')}], null))`} as vetoes,
  ${jsonSql(objectOf(blocks), writer)}::json as blocks,
  (${itemsSql(items, stages)}) as items
from ${stages.last()} z${only === null ? '' : `\nwhere z.id = any(${only})`}
order by z.id::text collate "C"`
}
