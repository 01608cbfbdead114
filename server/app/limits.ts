// How often an endpoint may be asked: a class for each kind of endpoint, told from its contract.
import type { Endpoint } from '#base/endpoint.ts'

export type RouteClass = 'read' | 'write' | 'public-write' | 'sign-in' | 'export' | 'upload'
export type Limits = Record<RouteClass, number>

/**
 * Requests a minute of one session, or of one address without a session. Reads and writes are what a script at full speed on a big machine
 * may want; they keep a runaway loop from filling the disk. Failed sign-ins are throttled far below this by access.
 */
export const usualLimits: Limits = { read: 600_000, write: 300_000, 'public-write': 60, 'sign-in': 6000, export: 60, upload: 300 }

const USUAL_BODY = 1_048_576

/** The class of an endpoint, told by its contract. */
export function classOf({ path, method, access, bodyLimit }: Endpoint): RouteClass {
  if (path.startsWith('/api/sign-in')) return 'sign-in'
  if (/\/export$/.test(path)) return 'export'
  if ((bodyLimit ?? USUAL_BODY) > USUAL_BODY) return 'upload'
  if (method === 'GET') return 'read'
  return access === 'public' ? 'public-write' : 'write'
}

/** For measurements and tests that ask more than anybody would. */
export const unlimited: Limits = { read: 1e9, write: 1e9, 'public-write': 1e9, 'sign-in': 1e9, export: 1e9, upload: 1e9 }
