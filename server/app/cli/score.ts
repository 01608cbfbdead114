// dajuan score: scores plain CSV facts by a rubric file, with a database of its own that is gone afterwards.
import { parseArgs } from 'node:util'
import { csvLine } from '#base/csv.ts'
import { chinaDate, isDate } from '#base/dates.ts'
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { type Context, defaultContext, peersName, type ResultRow, type RubricIr, telling } from '#engine/index.ts'
import { lintRubric } from '#modules/rubric/index.ts'
import { UsageError } from '#server/kit/operator-error.ts'
import { linesOfFindings, lintRulesOf } from '../lint.ts'
import { sharedFolder } from '../pack.ts'
import { momentOf } from '../score/columns.ts'
import { dryLines, dryRunOf } from '../score/dry.ts'
import { type Case, loadCase, scoreByReference, scoreBySql } from '../score/score.ts'

export const summary = 'score a folder of CSV facts by a rubric file'

export const usage = `Usage: dajuan score RUBRIC --facts DIR [--base FILE …] [--on DATE] [--as-of MOMENT] [--json | --csv] [--reference]
                    [--lint] [--dry-run [--against FILE]]

Checks the rubric file and scores every unit of DIR/units.csv, running the same SQL as the server in a temporary PostgreSQL.
docs/rubric-files.md says how rubrics and facts are written. Mistakes in either are all told at once, with file, line and column.

  --facts DIR      units.csv (id,name,class,parent, …), one <source>.csv each (unit, date, …), marks.csv (unit,item,value,by,at)
  --base FILE      a rubric that RUBRIC extends; once for each
  --on DATE        the valid date: nothing after it counts (default: the end of the rubric's period)
  --as-of MOMENT   score with the knowledge of that moment, e.g. 2025-01-10T18:00:00+08:00, or a date: the end of that day (default: now)
  --json           {rubric, version, on, asOf, evaluator, units: [{id, class, total, grade, rank, items: [{id, points, max, inputs, missing}]}]}
  --csv            a line for each unit: rank, total, grade, the points of every block and item, the vetoes
  --reference      use the slow, obvious evaluator instead of SQL; the output says which was used
  --dry-run        what the facts say of the rubric: items that separate nobody or say the same, weight against influence, sensitivity
  --against FILE   with --dry-run: another rubric over the same facts; who moves between grades
  --lint           first tell what the burden rules in force today say of the rubric, as "dajuan rubric lint" does`

/** Scores and prints; 1 when rubric or facts have mistakes, which are printed. Rule: issue 2 §4. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      facts: { type: 'string' },
      base: { type: 'string', multiple: true },
      on: { type: 'string' },
      'as-of': { type: 'string' },
      json: { type: 'boolean' },
      csv: { type: 'boolean' },
      reference: { type: 'boolean' },
      lint: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      against: { type: 'string' },
    },
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0)
    throw new UsageError(file === undefined ? 'name the rubric file' : `one rubric at a time, found ${positionals.join(' ')}`)
  if (values.facts === undefined) throw new UsageError('--facts DIR is needed: the folder with units.csv')
  if (values.csv === true && (values.json === true || values['dry-run'] === true)) throw new UsageError('--csv stands alone: without --json and --dry-run')
  if (values.against !== undefined && values['dry-run'] !== true) throw new UsageError('--against goes with --dry-run')
  if (values.on !== undefined && !isDate(values.on)) throw new UsageError(`--on is "${values.on}"; give a date such as 2024-12-31`)
  const asOf = values['as-of'] === undefined ? new Date().toISOString() : momentOf(values['as-of'], 'end')
  if (asOf === undefined) throw new UsageError(`--as-of is "${values['as-of']}"; give a date or a moment with its zone such as 2025-01-10T18:00:00+08:00`)

  const { case: loaded, diagnostics, notes } = loadCase(file, values.facts, values.base)
  say(diagnostics, '')
  say(notes, 'note: ')
  if (loaded === null) {
    console.error(`${diagnostics.length} to mend; nothing was scored.`)
    return 1
  }
  if (values.lint === true) {
    const rules = lintRulesOf(sharedFolder, chinaDate(new Date()))
    for (const line of linesOfFindings(file, lintRubric(loaded.definition, rules))) console.error(line)
  }
  const other = values.against === undefined ? null : loadCase(values.against, values.facts, values.base)
  if (other !== null && other.case === null) {
    say(other.diagnostics, '')
    return 1
  }
  if (values.on !== undefined && values.on < loaded.rubric.period.from)
    console.error(`note: --on ${values.on} is before the period, which begins on ${loaded.rubric.period.from}: no fact counts`)
  const context = defaultContext(loaded.rubric, { tenant: 1, asOf, ...(values.on === undefined ? {} : { on: values.on }) })
  // Loaded when needed: the reference does without a database.
  const { withTemporaryDatabase } = await import('../score/database.ts')
  const evaluator = values.reference === true ? 'reference' : 'sql'
  const score = (one: Case): Promise<ResultRow[]> | ResultRow[] =>
    values.reference === true ? scoreByReference(one, context) : withTemporaryDatabase((pool) => scoreBySql(pool, one, context))
  if (values['dry-run'] === true) {
    const against = other === null || other.case === null ? null : { rubric: other.case.rubric, rows: await score(other.case) }
    const dry = dryRunOf({ rubric: loaded.rubric, rows: await score({ ...loaded, rubric: telling(loaded.rubric) }) }, against)
    console.log(values.json === true ? JSON.stringify(dry, null, 2) : dryLines(dry).join('\n'))
    return 0
  }
  const rows = await score(loaded)
  if (values.csv === true) process.stdout.write(csv(loaded.rubric, rows))
  else
    console.log(
      values.json === true ? JSON.stringify(jsonOf(loaded.rubric, context, evaluator, rows), null, 2) : table(loaded.rubric, context, evaluator, rows),
    )
  return 0
}

function say(diagnostics: Diagnostic[], before: string): void {
  for (const one of diagnostics) console.error(`${before}${formatDiagnostic(one)}`)
}

function jsonOf({ rubric, version }: RubricIr, { on, asOf }: Context, evaluator: string, rows: ResultRow[]): object {
  const units = rows.map(({ id, class: kind, total, grade, rank, items }) => ({
    ...{ id, class: kind, total, grade, rank },
    items: items.map(({ id: item, points, max, inputs, missing }) => ({ id: item, points, max, inputs, missing })),
  }))
  return { rubric, version: /^\d{1,15}$/.test(version) ? Number(version) : version, on, asOf, evaluator, units }
}

const evaluators: Record<string, string> = { sql: 'SQL in a temporary PostgreSQL', reference: 'the reference evaluator' }

/** The names of the columns, and a line for each unit in order of rank; `none` stands where there is nothing. */
function linesOf(rubric: RubricIr, rows: ResultRow[], blocks: string[], items: string[], none: string): string[][] {
  const graded = rubric.grades.length > 0
  const head = ['rank', 'id', 'name', 'class', 'total', ...(graded ? ['grade'] : []), ...blocks, ...items, 'vetoes']
  const place = ({ rank }: ResultRow): number => (rank === null ? Number.POSITIVE_INFINITY : Number(rank))
  const byClass = Number(peersName(rubric.rank.peers, rubric.population) === 'class')
  const ordered = rows.toSorted((a, b) => (a.class ?? '').localeCompare(b.class ?? '') * byClass || place(a) - place(b))
  const lines = ordered.map((row) => {
    const points = (id: string): string => row.items.find((item) => item.id === id)?.points ?? none
    const grade = graded ? [row.grade ?? none] : []
    const own = [row.rank ?? none, row.id, row.name ?? '', row.class ?? '', row.total ?? none, ...grade]
    return [...own, ...blocks.map((id) => row.blocks[id] ?? none), ...items.map(points), row.vetoes.join(' ')]
  })
  return [head, ...lines]
}

function csv(rubric: RubricIr, rows: ResultRow[]): string {
  const blocks = rubric.blocks.flatMap(function down({ id, blocks: inner }): string[] {
    return [id, ...inner.flatMap(down)]
  })
  return linesOf(rubric, rows, blocks, Object.keys(rubric.items), '').map(csvLine).join('')
}

function table(rubric: RubricIr, { on, asOf }: Context, evaluator: string, rows: ResultRow[]): string {
  const extras = [...rubric.bonuses.items, ...rubric.penalties.items]
  const blocks = rubric.blocks.map(({ id }) => id)
  const lines = linesOf(rubric, rows, blocks, extras, '-')
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))))
  const drawn = lines.map((line) =>
    line
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  )
  return `${rubric.title} (${rubric.rubric}, version ${rubric.version})  on ${on}  as of ${asOf}  by ${evaluators[evaluator]}\n\n${drawn.join('\n')}`
}

/** Columns a text takes on a terminal: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
}
