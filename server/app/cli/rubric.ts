// dajuan rubric: what changed between two rubric files (diff), and what the burden rules say of some (lint).
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chinaDate, isDate } from '#base/dates.ts'
import { formatDiagnostic } from '#base/errors.ts'
import { basesAmong, type Catalogue, loadRubric, rubricDiff } from '#engine/index.ts'
import { catalogueOfPack, rubricFolder } from '#modules/rubric/index.ts'
import { OperatorError, UsageError } from '#server/kit/operator-error.ts'
import { readConfig } from '../config.ts'
import { linesOfFindings, lintFile, lintRulesOf } from '../lint.ts'
import { checkPack, packFoldersIn, sharedFolder } from '../pack.ts'
import { catalogueOf } from '../score/facts.sql.ts'
import { readFolder } from '../score/facts.ts'

export const summary = 'compare two rubric files, or hold some against the burden rules'

export const usage = `Usage: dajuan rubric diff BEFORE AFTER [--base FILE …] [--facts DIR] [--json]
       dajuan rubric lint FILE … [--base FILE …] [--on DATE] [--pack FOLDER] [--json]

diff prints what changed from one rubric to the other: items, blocks, measures, grades, vetoes and settings, field by field, in Chinese.
Either may extend another (docs/rubric-files.md): the other of the two, a --base, or a rubric of the pack.

  --base FILE   a rubric that one of the two extends; once for each
  --facts DIR   the facts the rubrics are written for, as of "dajuan score"; without it, the sources of the pack
  --json        [{what, id, label, how, fields: [{field, label, before, after}], sentence}]

lint tells which indicators the burden rules (packs/shared/lint.yaml) forbid or doubt: where, why, by which document, and what to
ask instead. Exit code 1 when something is forbidden or a file can't be read.

  --on DATE       with the rules in force on that day (default: today)
  --pack FOLDER   with the rules of that city's pack
  --json          [{file, findings: [{rule, severity, name, item, field, file, line, column, words, why, instead, documents}]}]`

/** Compares or lints, and prints; 1 when a file has mistakes or something is forbidden. Rules: R-DIF, issue 4 §4. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      base: { type: 'string', multiple: true },
      facts: { type: 'string' },
      json: { type: 'boolean' },
      on: { type: 'string' },
      pack: { type: 'string' },
    },
  })
  const [job, ...files] = positionals
  if (job === 'lint') return lint(files, values)
  if (job !== 'diff') throw new UsageError(job === undefined ? 'say what to do: "rubric diff" or "rubric lint"' : `there is no "rubric ${job}"`)
  return diff(files, values)
}

interface Options {
  base?: string[]
  facts?: string
  json?: boolean
  on?: string
  pack?: string
}

function diff([before, after, ...rest]: string[], values: Options): number {
  if (before === undefined || after === undefined || rest.length > 0) throw new UsageError('name two rubric files')
  const { catalogue, files } = surroundings(values.facts)
  const given = [...(values.base ?? []), before, after].map((file) => ({ file, text: read(file) }))
  const bases = basesAmong([...files, ...given])
  const loaded = given.slice(-2).map(({ text, file }) => loadRubric(text, file, catalogue, bases))
  const [old, now] = loaded
  if (!old?.ok || !now?.ok) {
    for (const one of loaded) if (!one.ok) for (const diagnostic of one.diagnostics) console.error(formatDiagnostic(diagnostic))
    return 1
  }
  const changes = rubricDiff(old.value, now.value)
  if (values.json === true) console.log(JSON.stringify(changes, null, 2))
  else console.log(changes.length === 0 ? '没有变化。' : changes.map(({ sentence }) => `${sentence}。`).join('\n'))
  return 0
}

function lint(files: string[], { base, json, on, pack }: Options): number {
  if (files.length === 0) throw new UsageError('name a rubric file')
  if (on !== undefined && !isDate(on)) throw new UsageError(`--on is "${on}"; give a date such as 2024-12-31`)
  const rules = lintRulesOf(pack === undefined ? sharedFolder : resolve(pack), on ?? chinaDate(new Date()))
  const given = [...(base ?? []), ...files].map((file) => ({ file, text: read(file) }))
  const bases = basesAmong([...surroundings(undefined).files, ...given])
  const linted = given.slice(-files.length).map(({ file, text }) => ({ file, ...lintFile(text, file, bases, rules) }))
  const lines = linted.flatMap(({ file, findings }) => linesOfFindings(file, findings))
  console.log(
    json === true
      ? JSON.stringify(
          linted.map(({ file, findings }) => ({ file, findings })),
          null,
          2,
        )
      : lines.join('\n'),
  )
  for (const one of linted.flatMap(({ diagnostics }) => diagnostics)) console.error(formatDiagnostic(one))
  return linted.some(({ findings, diagnostics }) => diagnostics.length > 0 || findings.some(({ severity }) => severity === 'forbidden')) ? 1 : 0
}

/** What the rubrics may read, and the rubrics they may extend. */
function surroundings(facts: string | undefined): { catalogue: Catalogue; files: readonly { file: string; text: string }[] } {
  if (facts !== undefined) return { catalogue: catalogueOf(readFolder(facts, facts).tables), files: [] }
  const [folder] = packFoldersIn(join(readConfig().root, 'packs'))
  if (folder === undefined) throw new UsageError('there is no pack here: name the facts with --facts')
  const { pack } = checkPack(folder)
  return { catalogue: catalogueOfPack(pack), files: pack.texts(rubricFolder) }
}

function read(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new OperatorError(`${file}: there is no such file. Name two rubric files.`)
  return readFileSync(file, 'utf8')
}
