// dajuan pack check: what is wrong in a pack, file by file; and the JSON Schemas that editors complete by.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { formatDiagnostic } from '#base/errors.ts'
import { rubricJsonSchema } from '#engine/index.ts'
import { UsageError } from '#server/kit/operator-error.ts'
import { readConfig } from '../config.ts'
import { packParts } from '../modules.ts'
import { checkPack, packFoldersIn, packHead } from '../pack.ts'

export const summary = 'check a pack, or write the schemas of its files'

export const usage = `Usage: dajuan pack check [FOLDER] [--schemas]

Checks every file of a pack (of every pack in packs/ if no folder is named): form, names, rubrics against the facts they read.
All mistakes at once, each with file, line and column.

  --schemas   write the JSON Schemas of the kinds of file to packs/schema/ first; without it, only whether they are up to date is checked`

/** Checks packs; 0 when nothing is wrong. Rule: issue 2 §5. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { schemas: { type: 'boolean' } } })
  const [job, folder, ...rest] = positionals
  if (job !== 'check' || rest.length > 0)
    throw new UsageError(job === undefined ? 'say what to do: "pack check"' : job === 'check' ? 'name one folder at most' : `there is no "pack ${job}"`)
  const packs = join(readConfig().root, 'packs')
  const folders = folder === undefined ? packFoldersIn(packs) : [resolve(folder)]
  if (folder !== undefined && !existsSync(join(resolve(folder), packHead.file))) throw new UsageError(`${folder} is not a pack: it has no ${packHead.file}`)
  if (values.schemas === true) writeSchemas(join(packs, 'schema'))
  const lines = folders.flatMap((path) => checkPack(path).diagnostics.map((one) => formatDiagnostic({ ...one, file: relative(process.cwd(), one.file) })))
  const stale = folder === undefined ? staleSchemas(join(packs, 'schema')) : []
  if (stale.length > 0) lines.push(`packs/schema: ${stale.join(', ')} not up to date; run "dajuan pack check --schemas"`)
  for (const line of lines) console.error(line)
  console.log(lines.length === 0 ? `${folders.map((path) => relative(process.cwd(), path) || '.').join(', ')}: nothing wrong.` : `${lines.length} to mend.`)
  return lines.length === 0 ? 0 : 1
}

/** File name to content of each schema: one per kind of file. */
function packSchemas(): Map<string, string> {
  const schema = (file: string, value: object): [string, string] => [
    `${file}.schema.json`,
    `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: `Dajuan pack: ${file}`, ...value }, null, 2)}\n`,
  ]
  return new Map([...[packHead, ...packParts].map((part) => schema(part.file.replace(/\.yaml$/, ''), part.schema)), schema('rubric', rubricJsonSchema())])
}

function writeSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const schemas = packSchemas()
  for (const name of readdirSync(folder)) if (!schemas.has(name)) rmSync(join(folder, name))
  for (const [name, text] of schemas) writeFileSync(join(folder, name), text)
}

/** Names of schemas in the folder that differ from what the loader uses. */
export function staleSchemas(folder: string): string[] {
  const schemas = packSchemas()
  const there = existsSync(folder) ? readdirSync(folder) : []
  const changed = [...schemas].filter(([name, text]) => !there.includes(name) || readFileSync(join(folder, name), 'utf8') !== text).map(([name]) => name)
  return [...changed, ...there.filter((name) => !schemas.has(name))]
}
