// Every endpoint there is, collected from the contracts: for tests that must forget none.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '#base/endpoint.ts'

const modules = join(import.meta.dirname, '..', 'modules')

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value && 'reach' in value
}

/** All endpoints of `modules/**.contract.ts`, by id. */
export async function allEndpoints(): Promise<Endpoint[]> {
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.contract.ts'))
  const found = new Map<string, Endpoint>()
  for (const file of files)
    for (const value of Object.values((await import(join(modules, file))) as Record<string, unknown>)) if (isEndpoint(value)) found.set(value.id, value)
  return [...found.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
}
