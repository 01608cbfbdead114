// npm run conformance: the public CEL conformance cases through our compiler and our SQL on PostgreSQL, each twice: literals bound, and
// literals as columns of a one-row relation. Exit code 1 when one gives a wrong answer. -- --write renews what the documents say.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { compileCel } from '#engine/cel.ts'
import { resultSql } from '#engine/cel-sql.ts'
import { boundValue, sqlType } from '#engine/cel-types-sql.ts'
import type { ExprType } from '#engine/expr.ts'
import { finite } from '#engine/facts-sql.ts'
import { createWriter, quote, type Sql, statement } from '#engine/sql.ts'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { type Case, conformanceCases, type Given, givenVariables, isExpected, namesOf, withColumns } from './conformance-cases.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
/** How literals stand in the statement. */
export const ways = ['bound', 'columns'] as const
export type Way = (typeof ways)[number]

/** What became of one case, tried in one way. */
export interface Outcome {
  case: Case
  way: Way
  is: 'passed' | 'refused' | 'wrong'
  /** Why it was refused, or what was wrong. */
  why: string
  /** How many literals had to stay written out. */
  kept: number
}

type Prepared = { sql: Sql; type: ExprType; kept: number } | { refused: string }

/** The statement for a case, or why the checker refuses it. Literals that have to be written out stay so. */
export function prepare(one: Case, way: Way): Prepared {
  const variables = givenVariables(one.variables)
  if (variables === null) return { refused: 'a variable of a type that columns can’t have' }
  if (one.container !== '' && variables.some(({ name }) => name.startsWith(`${one.container}.`))) return { refused: 'names have no containers here' }
  const kept: number[] = []
  for (;;) {
    const { text, given, offsets } = way === 'bound' ? { text: one.text, given: [], offsets: () => -1 } : withColumns(one.text, kept)
    const all: Given[] = [...variables, ...given]
    const { expr, problems } = compileCel(text, namesOf(all), one.unchecked ? 'loose' : 'checked')
    if (expr !== null) return { sql: overOneRow(expr, all), type: expr.type, kept: kept.length }
    const [problem] = problems
    const start = problem?.code === 'cel-constant' ? offsets(problem.offset) : -1
    if (start < 0 || kept.includes(start)) return { refused: problem?.message ?? '' }
    kept.push(start)
  }
}

/** The statement that computes an expression over one row of columns. */
export function overOneRow(expr: NonNullable<ReturnType<typeof compileCel>['expr']>, given: Given[]): Sql {
  const writer = createWriter()
  // As the engine reads a source's columns.
  const columns = given.map(({ name, type, value }) => `${finite(type, writer.bind(boundValue(type, value), sqlType(type), name))} as ${quote(name)}`)
  const sql = resultSql(expr, (ref) => `given.${quote(ref.name)}`, writer)
  return statement(`with given as materialized (select ${['1 as one', ...columns].join(', ')}) select ${sql} as value from given`, writer)
}

/** Tries every case in both ways. */
export async function runConformance(url: string): Promise<Outcome[]> {
  const client = new Client(url)
  await client.connect()
  try {
    const outcomes: Outcome[] = []
    for (const one of conformanceCases()) for (const way of ways) outcomes.push({ case: one, way, ...(await tried(one, way, client)) })
    return outcomes
  } finally {
    await client.end()
  }
}

async function tried(one: Case, way: Way, client: Client): Promise<Pick<Outcome, 'is' | 'why' | 'kept'>> {
  const prepared = prepare(one, way)
  const kept = 'kept' in prepared ? prepared.kept : 0
  if ('refused' in prepared) return { is: 'refused', why: prepared.refused, kept: 0 }
  try {
    const { rows } = await client.query<{ value: string | null }>(prepared.sql.text, prepared.sql.values)
    const value = rows[0]?.value ?? null
    const good = one.expected === undefined ? value === null && prepared.type !== 'null' : isExpected(one.expected, prepared.type, value)
    return good
      ? { is: 'passed', why: '', kept }
      : { is: 'wrong', why: `gave ${prepared.type} ${value}, wanted ${one.expected === undefined ? 'an error' : JSON.stringify(one.expected)}`, kept }
  } catch (error) {
    return { is: 'wrong', why: `the statement failed: ${error instanceof Error ? error.message : String(error)}`, kept }
  }
}

interface Count {
  passed: number
  refused: number
  wrong: number
}

/** Passed, refused and wrong by file of the conformance data and by way. */
export function countBy(outcomes: Outcome[], keyOf: (outcome: Outcome) => string): Map<string, Record<Way, Count>> {
  const counts = new Map<string, Record<Way, Count>>()
  for (const outcome of outcomes) {
    const key = keyOf(outcome)
    const count = counts.get(key) ?? { bound: { passed: 0, refused: 0, wrong: 0 }, columns: { passed: 0, refused: 0, wrong: 0 } }
    count[outcome.way][outcome.is] += 1
    counts.set(key, count)
  }
  return counts
}

const header = '| section | bound: passed | refused | wrong | columns: passed | refused | wrong |\n|---|--:|--:|--:|--:|--:|--:|'
const line = (name: string, { bound, columns }: Record<Way, Count>): string =>
  `| ${name} | ${[bound, columns].flatMap(({ passed, refused, wrong }) => [passed, refused, wrong]).join(' | ')} |`

/** The page docs/cel-conformance.md. */
export function conformancePage(outcomes: Outcome[]): string {
  const table = (keyOf: (outcome: Outcome) => string): string => [...countBy(outcomes, keyOf)].map(([name, count]) => line(name, count)).join('\n')
  const reasons = new Map<string, number>()
  for (const { is, why } of outcomes) if (is === 'refused') reasons.set(why.replace(/`[^`]*`/g, '`…`'), (reasons.get(why.replace(/`[^`]*`/g, '`…`')) ?? 0) + 1)
  return `# CEL conformance

Written by \`npm run conformance -- --write\`; a test holds it to the truth. The cases are those of npm \`@bufbuild/cel-spec\`. Each is compiled by
\`engine/cel.ts\` and run as SQL on PostgreSQL, twice: its literals as bound values, and its literals as columns of a one-row relation. Nothing is evaluated
in JavaScript. *Refused* means that the checker says no, with a reason and a place; *wrong* would be another answer than CEL's, or a statement that fails.
As columns, a literal that our language wants written out (a pattern, a format, a time zone) stays written out: ${outcomes.filter(({ kept }) => kept > 0).length} cases have one.

## By file
${header}
${table(({ case: { section } }) => section.split('/')[0] ?? '')}
${table(() => '**all**')}

## By section
${header}
${table(({ case: { section } }) => section)}

## Why cases are refused
| times | reason |
|--:|---|
${[...reasons]
  .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  .map(([why, times]) => `| ${times} | ${why.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`)
  .join('\n')}
`
}

const [start, end] = ['<!-- conformance: written by npm run conformance -- --write -->\n', '<!-- end of conformance -->']

/** The short table of a README: files of which something passes, and the rest in one line. */
function shortTable(outcomes: Outcome[], words: { section: string; passed: string; refused: string; wrong: string; rest: string; all: string }): string {
  const files = [...countBy(outcomes, ({ case: { section } }) => section.split('/')[0] ?? '')]
  const some = files.filter(([, { bound, columns }]) => bound.passed + columns.passed > 0)
  const rest = files.filter(([, { bound, columns }]) => bound.passed + columns.passed === 0).map(([name]) => name)
  const total = (name: string, of: Outcome[]): string => [...countBy(of, () => name)].map(([, count]) => row(name, count)).join('')
  const row = (name: string, { bound, columns }: Record<Way, Count>): string =>
    `| ${name} | ${bound.passed} / ${columns.passed} | ${bound.refused} / ${columns.refused} | ${bound.wrong} / ${columns.wrong} |\n`
  return [
    `| ${words.section} | ${words.passed} | ${words.refused} | ${words.wrong} |\n|---|--:|--:|--:|\n`,
    ...some.map(([name, count]) => row(name, count)),
    total(
      `${words.rest} (${rest.join(', ')})`,
      outcomes.filter(({ case: { section } }) => rest.includes(section.split('/')[0] ?? '')),
    ),
    total(words.all, outcomes),
  ].join('')
}

/** The documents that state the counts: their paths, and their text as it should be. */
export function documents(outcomes: Outcome[]): { path: string; found: string; wanted: string }[] {
  const between = (file: string, table: string): { path: string; found: string; wanted: string } => {
    const path = join(root, file)
    const found = readFileSync(path, 'utf8')
    const [before = '', after = ''] = [found.slice(0, found.indexOf(start) + start.length), found.slice(found.indexOf(end))]
    return { path, found, wanted: before + table + after }
  }
  const page = join(root, 'docs', 'cel-conformance.md')
  return [
    { path: page, found: readFileSync(page, 'utf8'), wanted: conformancePage(outcomes) },
    between('README.md', shortTable(outcomes, { section: 'section', passed: 'passed', refused: 'refused', wrong: 'wrong', rest: 'the rest', all: '**all**' })),
    between('README.zh-CN.md', shortTable(outcomes, { section: '节', passed: '通过', refused: '拒绝', wrong: '错误', rest: '其余', all: '**合计**' })),
  ]
}

async function main(write: 'write' | 'compare', words: string[]): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-conformance-'))
  const cluster = await startCluster({ dataDir, settings: throwAwaySettings })
  try {
    const outcomes = await runConformance(cluster.url('postgres'))
    for (const outcome of outcomes)
      if (outcome.is === 'wrong' || (words.length > 0 && outcome.is === 'refused' && words.some((word) => outcome.case.section.startsWith(word))))
        console.log(`${outcome.is} (${outcome.way}) ${outcome.case.section} ${outcome.case.name}: ${outcome.case.text}\n    ${outcome.why}`)
    const page = conformancePage(outcomes)
    console.log(page.slice(page.indexOf('## By file')))
    for (const { path, found, wanted } of documents(outcomes))
      if (write === 'write') writeFileSync(path, wanted)
      else if (found !== wanted) console.log(`${path} says otherwise: npm run conformance -- --write`)
    return outcomes.some(({ is }) => is === 'wrong') ? 1 : 0
  } finally {
    await cluster.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: { write: { type: 'boolean' } }, allowPositionals: true })
  process.exitCode = await main(values.write === true ? 'write' : 'compare', positionals)
}
