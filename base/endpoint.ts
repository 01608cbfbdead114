// An HTTP endpoint as a value: one source for the server's routes, the web's calls and the OpenAPI document.
import { type Static, type TSchema, Type } from 'typebox'

/**
 * Who may call an endpoint: anyone; a session, even one that must first set a password or a second factor; or a session in good order.
 * What they then see is decided by `needs`, scope and policies.
 */
export type Access = 'public' | 'session' | 'signed-in'

/**
 * Whose rows an endpoint computes over: `reader` = the rows in the reader's scope;
 * `tenant` = the whole tenant, allowed only where the reply holds numbers and no rows (house.md §6.1).
 */
export type Reach = 'reader' | 'tenant'

export type Method = 'GET' | 'POST'

/** Path parameters, query, body and reply are TypeBox schemas; the path has `:name` marks for the parameters. */
export interface Endpoint<P extends TSchema = TSchema, Q extends TSchema = TSchema, B extends TSchema = TSchema, R extends TSchema = TSchema> {
  id: string
  method: Method
  path: string
  summary: string
  access: Access
  reach: Reach
  /** The action of the pack that one of the caller's posts must give; left out, any session will do. The route refuses without it. */
  needs?: string
  /** The action whose posts give the rows that are seen; left out, `read`. */
  sees?: string
  /** A GET that leaves an audit entry (evidence opened) writes; every other one is read-only. */
  writes: boolean
  params: P
  query: Q
  body: B
  reply: R
  /** A GET whose statements read few rows by key, the same ones all day long: they are planned once, as those of writes are. */
  plannedOnce?: boolean
  /** Its statements are planned for each value: how many rows they read depends on it. */
  plannedAnew?: boolean
  /** Largest body in bytes where it is not the usual 1 MiB. */
  bodyLimit?: number
}

export const Nothing = Type.Object({}, { additionalProperties: false })
export type Nothing = Static<typeof Nothing>

type Given<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> = Pick<Endpoint, 'id' | 'method' | 'path' | 'summary'> & {
  access?: Access
  reach?: Reach
  needs?: string
  sees?: string
  writes?: boolean
  plannedOnce?: boolean
  plannedAnew?: boolean
  params?: P
  query?: Q
  body?: B
  reply: R
  bodyLimit?: number
}

/** Makes an endpoint; parts left out are empty objects, access is `signed-in`, reach is `reader`, all but GET write. */
export function endpoint<R extends TSchema, P extends TSchema = typeof Nothing, Q extends TSchema = typeof Nothing, B extends TSchema = typeof Nothing>(
  given: Given<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return {
    access: 'signed-in',
    reach: 'reader',
    writes: given.method !== 'GET',
    ...given,
    params: given.params ?? (Nothing as unknown as P),
    query: given.query ?? (Nothing as unknown as Q),
    body: given.body ?? (Nothing as unknown as B),
  }
}

/** Fills the `:name` marks of a path and appends the query; undefined and empty values are left out. */
export function address(path: string, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_mark, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? filled : `${filled}?${text}`
}
