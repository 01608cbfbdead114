// dajuan rubric lint: holds rubric files against the burden rules.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chinaDate, isDate } from '#base/dates.ts'
import { formatDiagnostic } from '#base/errors.ts'
import { parseYaml } from '#base/yaml.ts'
import { UsageError } from '#server/kit/operator-error.ts'
import { readConfig } from '../config.ts'
import { linesOfFindings, lintFile, lintRulesOf } from '../lint.ts'

export const summary = 'hold rubric files against the burden rules'

export const usage = `Usage: dajuan rubric lint FILE… [--on DATE] [--pack FOLDER] [--json]

Tells which indicators the burden rules (packs/shared/lint.yaml) forbid or doubt: where, why, by which document, and what to ask instead.
Exit code 1 when something is forbidden or a file can't be read as YAML.

  --on DATE        with the rules in force on that day (default: today)
  --pack FOLDER    with the rules of that city's pack
  --json           [{file, findings: [{rule, severity, name, item, field, line, column, words, why, instead, documents}]}]`

/** Lints and prints; 1 when something is forbidden. Rule: issue 4 §4. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { on: { type: 'string' }, pack: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [job, ...files] = positionals
  if (job !== 'lint') throw new UsageError(job === undefined ? 'say what to do: "rubric lint FILE"' : `there is no "rubric ${job}"`)
  if (files.length === 0) throw new UsageError('name a rubric file')
  for (const file of files) if (!existsSync(file)) throw new UsageError(`there is no file ${file}`)
  if (values.on !== undefined && !isDate(values.on)) throw new UsageError(`--on is "${values.on}"; give a date such as 2024-12-31`)
  const rules = lintRulesOf(values.pack === undefined ? join(readConfig().root, 'packs', 'shared') : resolve(values.pack), values.on ?? chinaDate(new Date()))
  const linted = files.map((file) => ({ file, ...lintFile(parseYaml(readFileSync(file, 'utf8'), file), rules) }))
  if (values.json === true)
    console.log(
      JSON.stringify(
        linted.map(({ file, findings }) => ({ file, findings })),
        null,
        2,
      ),
    )
  else for (const { file, findings } of linted) console.log(linesOfFindings(file, findings).join('\n'))
  for (const one of linted.flatMap(({ diagnostics }) => diagnostics)) console.error(formatDiagnostic(one))
  return linted.some(({ findings, diagnostics }) => diagnostics.length > 0 || findings.some(({ severity }) => severity === 'forbidden')) ? 1 : 0
}
