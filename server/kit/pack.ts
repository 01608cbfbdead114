// The packs that are loaded, by id. Each module declares its part (a file and its schema) and asks for it by tenant;
// server/app/pack.ts reads and checks the files.
import type { Static, TSchema } from 'typebox'
import type { Tenant } from './tenant.ts'

export interface PackPart<T> {
  /** File name inside the pack's folder. */
  file: string
  schema: TSchema
  _type?: T
}

/** Declares a module's part of a pack. */
export function packPart<T extends TSchema>(file: string, schema: T): PackPart<Static<T>> {
  return { file, schema }
}

const loaded = new Map<string, ReadonlyMap<string, unknown>>()

/** Makes a checked pack available: file name to content. */
export function usePack(id: string, parts: ReadonlyMap<string, unknown>): void {
  loaded.set(id, parts)
}

/** The tenant's part of this kind. A bug of ours when the pack was not loaded. */
export function partOf<T>(tenant: Tenant, part: PackPart<T>): T {
  const value = loaded.get(tenant.pack)?.get(part.file)
  if (value === undefined) throw new Error(`pack ${tenant.pack} has no ${part.file}`)
  return value as T
}
