// A rubric file and a folder of facts → results, by SQL or by the reference evaluator.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '#base/errors.ts'
import { suggest } from '#base/suggest.ts'
import {
  basesAmong,
  type Catalogue,
  type Context,
  chainOf,
  type Definition,
  evaluate,
  loadDefinition,
  type Path,
  type PlaceOf,
  type ResultRow,
  type RubricIr,
  type RunRow,
  resultOf,
  runSql,
} from '#engine/index.ts'
import type { Pool } from '#server/kit/db.ts'
import { catalogueOf, loading } from './facts.sql.ts'
import { type FactTable, factsOf, readFolder } from './facts.ts'

/** A rubric with its facts, both checked. */
export interface Case {
  rubric: RubricIr
  definition: Definition
  tables: FactTable[]
  catalogue: Catalogue
}

export type LoadedCase = { case: Case | null; diagnostics: Diagnostic[]; notes: Diagnostic[] }

/** Loads a rubric and its facts: all that is wrong with either at once, and what is allowed but looks like a slip. */
export function loadCase(rubricFile: string, folder: string, baseFiles: string[] = []): LoadedCase {
  const { tables, diagnostics, notes, untyped, unread } = readFolder(folder, folder)
  const catalogue = catalogueOf(tables)
  const read = readText(rubricFile)
  if (typeof read !== 'string') return { case: null, diagnostics: [read, ...diagnostics], notes }
  const given = baseFiles.map((file) => ({ file, text: readText(file) }))
  const missing = given.flatMap(({ text }) => (typeof text === 'string' ? [] : [text]))
  if (missing.length > 0) return { case: null, diagnostics: [...missing, ...diagnostics], notes }
  const bases = basesAmong(given.map(({ file, text }) => ({ file, text: String(text) })))
  const loaded = loadDefinition(read, rubricFile, catalogue, bases)
  if (!loaded.ok) {
    const said = loaded.diagnostics.filter((one) => isCertain(one, unread))
    const types = said.some(({ code }) => code === 'cel-type') ? untyped : []
    return { case: null, diagnostics: [...said.map((one) => inFolder(one, folder)), ...diagnostics], notes: [...notes, ...types] }
  }
  const { ir, definition } = loaded.value
  const { tree, placeOf } = definition
  const own = unread.length > 0 ? [] : wrongHere(ir, tree, placeOf, folder, tables)
  if (own.length > 0 || diagnostics.length > 0) return { case: null, diagnostics: [...own, ...diagnostics], notes }
  return {
    case: { rubric: ir, definition, tables, catalogue },
    diagnostics: [],
    notes: [...notes, ...lostLosses(ir, tree, [], placeOf), ...markNotes(ir, chainOf(read, bases).join('\n'), tree, placeOf, folder, tables)],
  }
}

/** Every unit's result, computed by one SQL statement as the server does. `pool` has one connection, whose temporary tables hold the facts. */
export async function scoreBySql(pool: Pool, { rubric, tables, catalogue }: Case, context: Context): Promise<ResultRow[]> {
  for (const { text, values } of loading(tables)) await pool.query(text, values)
  const { text, values } = runSql(rubric, catalogue, context)
  return (await pool.query<RunRow>(text, values)).rows.map(resultOf)
}

/** Every unit's result, computed by the slow evaluator, without a database. */
export function scoreByReference({ rubric, tables }: Case, context: Context): ResultRow[] {
  return evaluate(rubric, factsOf(tables), context)
}

function readText(file: string): string | Diagnostic {
  const fail = (message: string, hint: string): Diagnostic => ({ file, line: 1, column: 1, code: 'file', message, hint })
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return fail('there is no such file', 'the first word after `score` is the rubric, a YAML file')
  if (stat.isDirectory()) return fail('this is a folder, not a rubric', 'name the YAML file in it')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (error instanceof TypeError) return fail('this file is not UTF-8', 'save it as UTF-8')
    throw error
  }
}

/** False for what only follows from a file that could not be read. */
function isCertain({ code, message }: Diagnostic, unread: string[]): boolean {
  if (unread.includes('unit')) return !['source', 'cel-name', 'cel-type', 'peers'].includes(code)
  return !unread.some((source) => message === `no fact source \`${source}\``)
}

function inFolder(one: Diagnostic, folder: string): Diagnostic {
  return one.code === 'source' && one.message.startsWith('no fact source')
    ? { ...one, hint: `${one.hint ?? ''} — each source is a file <source>.csv in ${folder}` }
    : one
}

/** What is right for the engine, but not over a folder of facts. */
function wrongHere(rubric: RubricIr, tree: unknown, placeOf: PlaceOf, folder: string, tables: FactTable[]): Diagnostic[] {
  const wrong: Diagnostic[] = []
  const { source } = rubric.population
  if (source !== 'unit')
    wrong.push({
      ...placeOf(['population', 'source']),
      code: 'source',
      message: `\`${source}\` doesn't list who is scored`,
      hint: 'write unit: those of units.csv',
    })
  if (rowsOf('unit', tables).length === 0)
    wrong.push({
      file: join(folder, 'units.csv'),
      line: 1,
      column: 1,
      code: 'csv-file',
      message: 'there is no unit in it',
      hint: 'one unit a line: id,name,class,parent',
    })
  const hint = `write ${join(folder, 'marks.csv')}: unit,item,value,by,at`
  if (rowsOf('mark', tables).length === 0)
    for (const { path } of marksAsked(tree, [])) wrong.push({ ...placeOf(path), code: 'source', message: 'marks are asked for here, and there are none', hint })
  return [...wrong, ...choicesWithout(tree, [], placeOf, tables)]
}

/** A choice on a ballot of a question for which the rubric says nothing of it is a mistake, not a ballot to be passed over. */
function choicesWithout(tree: unknown, path: Path, placeOf: PlaceOf, tables: FactTable[]): Diagnostic[] {
  if (typeof tree !== 'object' || tree === null) return []
  const { ballot, ballots, choices } = tree as { ballot?: unknown; ballots?: unknown; choices?: object }
  const questions = Array.isArray(ballots) ? ballots : [ballot]
  const columns = tables.find(({ name }) => name === 'ballot')?.columns.map(({ name }) => name) ?? []
  const [question, choice] = [columns.indexOf('item'), columns.indexOf('choice')]
  const asked = rowsOf('ballot', tables).filter(({ values }) => questions.includes(values[question]))
  const found = new Set(choices === undefined ? [] : asked.map(({ values }) => String(values[choice] ?? '')))
  const unknown = [...found].filter((text) => text !== '' && !Object.hasOwn(choices ?? {}, text))
  return [
    ...unknown.map(
      (text): Diagnostic => ({
        ...placeOf([...path, 'choices']),
        code: 'ballot',
        message: `the choice \`${text}\` of \`${questions.join('`, `')}\` has no coefficient`,
        hint: `a number, or \`${text}: none\` if such ballots don't count`,
      }),
    ),
    ...Object.entries(tree).flatMap(([key, one]) => choicesWithout(one, [...path, Array.isArray(tree) ? Number(key) : key], placeOf, tables)),
  ]
}

/** Losses that a floor of 0 takes back: `each` with a minus, in a line of losses without `floor: none` or in the penalties, which have none. */
function lostLosses(rubric: RubricIr, tree: unknown, path: Path, placeOf: PlaceOf): Diagnostic[] {
  if (typeof tree !== 'object' || tree === null) return []
  const { id, rule } = tree as { id?: unknown; rule?: { kind?: unknown; points?: unknown } }
  const floor = rubric.items[String(id)]?.floor ?? null
  const lost = rule?.kind === 'each' && Number(rule.points) < 0 && floor !== null && Number(floor) >= 0
  const here: Diagnostic = {
    ...placeOf([...path, 'rule', 'points']),
    code: 'no-loss',
    message: `\`${String(id)}\` loses nothing: its points are not below ${floor}`,
    hint: path[0] === 'penalties' ? 'penalties are written without a minus' : 'write floor: none, or the most that can be lost such as floor: -20',
  }
  const inner = Object.entries(tree).flatMap(([key, one]) => lostLosses(rubric, one, [...path, Array.isArray(tree) ? Number(key) : key], placeOf))
  return lost ? [here, ...inner] : inner
}

function rowsOf(source: string, tables: FactTable[]): FactTable['rows'] {
  return tables.find(({ name }) => name === source)?.rows ?? []
}

/** The places of a rubric file that read marks: `{mark: key}` with its key, `over: mark` without one. */
function marksAsked(tree: unknown, path: Path): { path: Path; key: string | null }[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) => {
    const here = [...path, Array.isArray(tree) ? Number(name) : name]
    if (name === 'over' && value === 'mark') return [{ path: here, key: null }]
    return name === 'mark' && typeof value === 'string' ? [{ path: here, key: value }] : marksAsked(value, here)
  })
}

/** Marks that nobody asks for or that lie outside the period, and items without a mark: allowed, but often a slip. */
function markNotes(rubric: RubricIr, text: string, tree: unknown, placeOf: PlaceOf, folder: string, tables: FactTable[]): Diagnostic[] {
  const file = join(folder, 'marks.csv')
  const table = tables.find(({ name }) => name === 'mark')
  const at = table?.columns.findIndex(({ name }) => name === 'item') ?? -1
  const marks = rowsOf('mark', tables).map(({ line, day, values }) => ({ line, day, item: String(values[at]) }))
  const items = [...new Set(marks.map(({ item }) => item))]
  const noted: Diagnostic[] = []
  for (const { path, key } of marksAsked(tree, [])) {
    if (key === null || items.includes(key)) continue
    const hint = suggest(key, items)
    noted.push({ ...placeOf(path), code: 'no-mark', message: `no unit has a mark for \`${key}\``, ...(hint === undefined ? {} : { hint }) })
  }
  for (const { line, item } of items.flatMap((name) => marks.find((mark) => mark.item === name) ?? []))
    if (!text.includes(item)) noted.push({ file, line, column: 1, code: 'unused-mark', message: `the rubric doesn't ask for marks of \`${item}\`` })
  const { from, to } = rubric.period
  const outside = marks.find(({ day }) => day !== null && (day < from || day > to))
  if (outside !== undefined)
    noted.push({
      file,
      line: outside.line,
      column: 1,
      code: 'mark-period',
      message: `the mark of ${outside.day} lies outside the period ${from} to ${to} and isn't counted`,
      hint: '`at` is the day a mark belongs to; without the column `at` all count',
    })
  return noted
}
