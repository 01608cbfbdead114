// The packs that are loaded, by id. Each module declares its parts (a file and its schema, or a folder of texts) and asks for
// them by tenant; server/app/pack.ts reads and checks the files.
import type { Static, TSchema } from 'typebox'
import type { Diagnostic } from '#base/errors.ts'
import type { YamlFile } from '#base/yaml.ts'
import type { Tenant } from './tenant.ts'

export interface PackPart<T> {
  /** File name inside the pack's folder. */
  file: string
  schema: TSchema
  /** True where packs/shared has the file for packs that have none of their own. */
  shared: boolean
  _type?: T
}

/** Declares a module's part of a pack. */
export function packPart<T extends TSchema>(file: string, schema: T): PackPart<Static<T>> {
  return { file, schema, shared: false }
}

/** Declares a module's part that is the same in most cities: a pack's own file stands instead of that in packs/shared. */
export function sharedPart<T extends TSchema>(file: string, schema: T): PackPart<Static<T>> {
  return { file, schema, shared: true }
}

/** A folder of texts in a pack: the files of `folder` that end in `ending`. */
export interface PackFolder {
  folder: string
  ending: string
}

export interface PackText {
  /** Path as diagnostics show it. */
  file: string
  /** File name without its ending. */
  name: string
  text: string
}

/** A pack as read: parts of the right shape, folders of texts. */
export interface Pack {
  id: string
  part: <T>(part: PackPart<T>) => T
  /** A part as it was read, for places in diagnostics. */
  yaml: (part: PackPart<unknown>) => YamlFile
  texts: (folder: PackFolder) => readonly PackText[]
}

/** What a module checks beyond what a schema can say, once every part has the right shape. */
export type PackCheck = (pack: Pack) => Diagnostic[]

/** Makes a pack of what was read from its folder. */
export function makePack(id: string, files: ReadonlyMap<string, YamlFile>, texts: ReadonlyMap<string, readonly PackText[]>): Pack {
  const yaml = (part: PackPart<unknown>): YamlFile => {
    const file = files.get(part.file)
    if (file === undefined) throw new Error(`pack ${id} has no ${part.file}`)
    return file
  }
  return { id, yaml, part: <T>(part: PackPart<T>) => yaml(part).tree as T, texts: ({ folder }) => texts.get(folder) ?? [] }
}

const loaded = new Map<string, Pack>()

/** Makes a checked pack available to its tenants. */
export function usePack(pack: Pack): void {
  loaded.set(pack.id, pack)
}

/** The tenant's pack. A bug of ours when it was not loaded. */
export function packOf(tenant: Pick<Tenant, 'pack'>): Pack {
  const pack = loaded.get(tenant.pack)
  if (pack === undefined) throw new Error(`pack ${tenant.pack} is not loaded`)
  return pack
}

/** The tenant's part of this kind. */
export function partOf<T>(tenant: Pick<Tenant, 'pack'>, part: PackPart<T>): T {
  return packOf(tenant).part(part)
}
