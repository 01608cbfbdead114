// Reads and checks the packs of this checkout and makes them available to the modules.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { checkYaml, readYaml } from '#base/yaml.ts'
import { packPart, type PackPart, usePack } from '#server/kit/pack.ts'
import { packParts } from './modules.ts'

export const PackHead = Type.Object(
  { id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), name: Type.String(), version: Type.String(), tenant: Type.String(), note: Type.Optional(Type.String()) },
  { additionalProperties: false },
)
export type PackHead = Static<typeof PackHead>
export const packHead = packPart('pack.yaml', PackHead)

/** Checks one pack's folder: all mistakes of all its files at once. */
export function checkPack(folder: string): { parts: Map<string, unknown>; diagnostics: Diagnostic[] } {
  const parts = new Map<string, unknown>()
  const diagnostics: Diagnostic[] = []
  for (const part of [packHead, ...packParts] as PackPart<unknown>[]) {
    const path = join(folder, part.file)
    if (!existsSync(path)) {
      diagnostics.push({ file: path, line: 1, column: 1, code: 'no-file', message: `the pack has no ${part.file}` })
      continue
    }
    const read = readYaml(readFileSync(path, 'utf8'), path)
    if (!read.ok) diagnostics.push(...read.diagnostics)
    else {
      diagnostics.push(...checkYaml(read.value, part.schema))
      parts.set(part.file, read.value.value)
    }
  }
  return { parts, diagnostics }
}

/** Loads every pack below `folder`; throws one message with every mistake. */
export function loadPacks(folder: string): string[] {
  const ids = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  for (const id of ids) {
    const { parts, diagnostics } = checkPack(join(folder, id))
    if (diagnostics.length > 0) throw new Error(`Pack ${id} has mistakes:\n${diagnostics.map(formatDiagnostic).join('\n')}`)
    usePack(id, parts)
  }
  return ids
}
