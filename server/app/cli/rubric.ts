// dajuan rubric diff: what changed between two rubric files, in words or as data.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatDiagnostic } from '#base/errors.ts'
import { basesAmong, type Catalogue, loadRubric, rubricDiff } from '#engine/index.ts'
import { catalogueOfPack, rubricFolder } from '#modules/rubric/index.ts'
import { OperatorError, UsageError } from '#server/kit/operator-error.ts'
import { readConfig } from '../config.ts'
import { checkPack, packFoldersIn } from '../pack.ts'
import { catalogueOf } from '../score/facts.sql.ts'
import { readFolder } from '../score/facts.ts'

export const summary = 'compare two rubric files'

export const usage = `Usage: dajuan rubric diff BEFORE AFTER [--base FILE …] [--facts DIR] [--json]

Prints what changed from one rubric to the other: items, blocks, measures, grades, vetoes and settings, field by field, in Chinese.
Either may extend another (docs/rubric-files.md): the other of the two, a --base, or a rubric of the pack.

  --base FILE   a rubric that one of the two extends; once for each
  --facts DIR   the facts the rubrics are written for, as of "dajuan score"; without it, the sources of the pack
  --json        [{what, id, label, how, fields: [{field, label, before, after}], sentence}]`

/** Compares and prints; 1 when a file has mistakes. Rule: R-DIF. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { base: { type: 'string', multiple: true }, facts: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [job, before, after, ...rest] = positionals
  if (job !== 'diff') throw new UsageError(job === undefined ? 'say what to do: "rubric diff"' : `there is no "rubric ${job}"`)
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
