// Reads and checks the packs of this checkout and makes them available to the modules.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { checkYaml, parseYaml, type YamlFile } from '#base/yaml.ts'
import { makePack, type Pack, type PackFolder, type PackPart, type PackText, packPart, usePack } from '#server/kit/pack.ts'
import { packChecks, packFolders, packParts } from './modules.ts'

export const PackHead = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: Type.String(),
    version: Type.Integer(),
    tenant: Type.String(),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type PackHead = Static<typeof PackHead>
export const packHead = packPart('pack.yaml', PackHead)

/** Checks one pack's folder: all mistakes of all its files at once. What spans files is looked at when each file alone is right. */
export function checkPack(folder: string): { pack: Pack; diagnostics: Diagnostic[] } {
  const files = new Map<string, YamlFile>()
  const diagnostics: Diagnostic[] = []
  for (const part of [packHead, ...packParts] as PackPart<unknown>[]) {
    const path = fileOf(part, folder)
    if (!existsSync(path)) {
      diagnostics.push({ file: path, line: 1, column: 1, code: 'no-file', message: `the pack has no ${part.file}` })
      continue
    }
    const yaml = parseYaml(readFileSync(path, 'utf8'), path, 'native')
    diagnostics.push(...(yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, part.schema)))
    files.set(part.file, yaml)
  }
  const texts = new Map(packFolders.map((one) => [one.folder, readTexts(folder, one)]))
  const head = files.get(packHead.file)?.tree as Partial<PackHead> | null | undefined
  const pack = makePack(head?.id ?? '', files, texts)
  if (diagnostics.length === 0) for (const check of packChecks) diagnostics.push(...check(pack))
  return { pack, diagnostics }
}

/** The folder of the parts that packs share. */
export const sharedFolder = join(import.meta.dirname, '..', '..', 'packs', 'shared')

/** The pack's own file, or the shared one where it may do without. */
function fileOf({ file, shared }: PackPart<unknown>, folder: string): string {
  const own = join(folder, file)
  return shared && !existsSync(own) ? join(sharedFolder, file) : own
}

function readTexts(root: string, { folder, ending }: PackFolder): PackText[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ file: join(path, name), name: name.slice(0, -ending.length), text: readFileSync(join(path, name), 'utf8') }))
}

/** The packs below a folder, by the names of their folders. */
export function packFoldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, packHead.file)))
    .map((entry) => join(folder, entry.name))
}

/** Loads every pack below `folder`; throws one message with every mistake. */
export function loadPacks(folder: string): string[] {
  return packFoldersIn(folder).map((path) => {
    const { pack, diagnostics } = checkPack(path)
    if (diagnostics.length > 0) throw new Error(`Pack ${path} has mistakes:\n${diagnostics.map(formatDiagnostic).join('\n')}`)
    usePack(pack)
    return pack.id
  })
}
