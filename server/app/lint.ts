// Linting of rubric files on the command line: the rules of a folder, and findings as lines.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { checkYaml, parseYaml } from '#base/yaml.ts'
import { type Bases, readDefinition } from '#engine/index.ts'
import { checkLint, type Finding, type LintPack, lintPack, lintRubric, rulesOn, wordOfSeverity } from '#modules/rubric/index.ts'
import { UsageError } from '#server/kit/operator-error.ts'
import { makePack } from '#server/kit/pack.ts'
import { sharedFolder } from './pack.ts'

export type Rules = ReturnType<typeof rulesOn>

/** The burden rules of a pack's folder, or the shared ones, that are in force on a day. Refuses a file with mistakes. */
export function lintRulesOf(folder: string, on: string): Rules {
  const own = join(folder, lintPack.file)
  const path = existsSync(own) ? own : join(sharedFolder, lintPack.file)
  const yaml = parseYaml(readFileSync(path, 'utf8'), path, 'native')
  const shape = yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, lintPack.schema)
  const wrong = shape.length > 0 ? shape : checkLint(makePack('', new Map([[lintPack.file, yaml]]), new Map()))
  if (wrong.length > 0) throw new UsageError(`the burden rules have mistakes:\n${wrong.map(formatDiagnostic).join('\n')}`)
  return rulesOn(yaml.tree as LintPack, on)
}

/** What the rules say of a file with those it extends; of one that isn't whole, of itself. Its mistakes are told where it extends or can't be read. */
export function lintFile(text: string, file: string, bases: Bases, rules: Rules): { findings: Finding[]; diagnostics: Diagnostic[] } {
  const own = parseYaml(text, file)
  const read = readDefinition(text, file, bases)
  return { findings: lintRubric(read.ok ? read.value : own, rules), diagnostics: read.ok ? [] : own.diagnostics }
}

/** Findings for people: two lines each, and how many there are. */
export function linesOfFindings(file: string, findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ severity, rule, name, item, field, line, column, words, why, instead, documents }) => [
    `${file}:${line}:${column} ${wordOfSeverity(severity)} ${name}（${rule}）：${[item, field].filter((one) => one !== '').join('.')}“${words}”`,
    `    ${why}依据${documents.map((one) => `${one.name}${one.part === '' ? '' : `（${one.part}）`}，${one.from}`).join('；')}。建议：${instead}`,
  ])
  return [...lines, findings.length === 0 ? `${file}: nothing found.` : `${file}: ${findings.length} found.`]
}
