// How well the burden rules tell forbidden and doubtful indicators from harmless ones, on texts labelled by people who had not seen the rules.
//   npm run lint-figures [-- FILE.csv …] [--wrong]        columns text, label; --wrong lists what was told wrongly
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { csvCells } from '#base/csv.ts'
import { chinaDate } from '#base/dates.ts'
import { gravest, lintText } from '#modules/rubric/index.ts'
import { lintRulesOf } from '#server/app/lint.ts'

const labels = ['forbidden', 'doubtful', 'harmless'] as const
const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({ allowPositionals: true, options: { wrong: { type: 'boolean' } } })
const rules = lintRulesOf(join(root, 'packs', 'shared'), chinaDate(new Date()))

/** What the rules say of a text: the gravest of their findings; a note is no objection. */
function toldOf(text: string): string {
  const severity = gravest(lintText(text, rules).map(({ rule }) => rule.severity))
  return severity === undefined || severity === 'note' ? 'harmless' : severity
}

for (const file of positionals.length > 0
  ? positionals
  : readdirSync(join(root, 'modules/rubric/lint'))
      .filter((name) => name.endsWith('.csv'))
      .sort()
      .map((name) => join(root, 'modules/rubric/lint', name))) {
  const [head = [], ...rows] = csvCells(readFileSync(file, 'utf8'), file, ',').rows
  const [textAt, labelAt] = ['text', 'label'].map((name) => head.findIndex((cell) => cell.text === name))
  if (textAt === undefined || labelAt === undefined || textAt < 0 || labelAt < 0) throw new Error(`${file} needs columns text and label`)
  const texts = rows
    .map((row) => ({ line: row[0]?.line ?? 0, text: row[textAt]?.text ?? '', label: row[labelAt]?.text ?? '' }))
    .filter(({ text }) => text !== '')
    .map((one) => ({ ...one, told: toldOf(one.text) }))
  const count = (label: string, told: string): number => texts.filter((one) => one.label === label && one.told === told).length
  const flagged = texts.filter(({ told }) => told !== 'harmless')
  const wanted = texts.filter(({ label }) => label !== 'harmless')
  const right = flagged.filter(({ label }) => label !== 'harmless').length
  const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} % (${part} of ${of})`
  console.log(`${basename(file)}: ${texts.length} texts, ${texts.length - wanted.length} harmless`)
  console.log(`  precision ${percent(right, flagged.length)}, recall ${percent(right, wanted.length)}; flagged = forbidden or doubtful`)
  console.log(
    `  severity right ${percent(
      labels.reduce((sum, label) => sum + count(label, label), 0),
      texts.length,
    )}`,
  )
  console.log(`  ${'labelled'.padEnd(12)}${labels.map((told) => `told ${told}`.padStart(16)).join('')}`)
  for (const label of labels) console.log(`  ${label.padEnd(12)}${labels.map((told) => String(count(label, told)).padStart(16)).join('')}`)
  if (values.wrong === true)
    for (const { line, text, label, told } of texts)
      if (label !== told) {
        const why = lintText(text, rules).map(({ rule, words }) => `${rule.id} “${words}”`)
        console.log(`  ${line}: ${label}, told ${told}: ${text}${why.length === 0 ? '' : `  [${why.join(', ')}]`}`)
      }
}
