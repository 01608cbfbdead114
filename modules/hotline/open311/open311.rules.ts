// Our states mapped down to open and closed, and the XML of GeoReport v2 (schemaless, no namespace). Pure.
import type { State } from '../hotline.contract.ts'

/** Open311 knows two states. */
export function statusOf(state: State): 'open' | 'closed' {
  return ['closed', 'archived', 'merged', 'dropped'].includes(state) ? 'closed' : 'open'
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text in XML: escaped, without what XML 1.0 can't hold. */
function textOf(value: unknown): string {
  return String(value ?? '')
    .replace(/[^\t\n\r\u{20}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (mark) => escapes[mark] ?? '')
}

/** What a list's items are called inside it. */
const items: Record<string, string> = { services: 'service', service_requests: 'request', attributes: 'attribute', values: 'value', errors: 'error' }

function elementOf(name: string, value: unknown): string {
  if (Array.isArray(value)) return `<${name}>${value.map((one) => elementOf(items[name] ?? 'item', one)).join('')}</${name}>`
  if (typeof value === 'object' && value !== null)
    return `<${name}>${Object.entries(value)
      .map(([key, inner]) => elementOf(key, inner))
      .join('')}</${name}>`
  return `<${name}>${textOf(value)}</${name}>`
}

/** An XML document of a value under a root. */
export function xmlOf(root: string, value: unknown): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${elementOf(root, value)}`
}

/** The moments between which requests are read: 90 days that end now where nothing is said, never more. Null where one can't be read. */
export function spanOf(start: string | undefined, end: string | undefined, now: Date): { since: string; until: string } | null {
  const days = 90 * 86_400_000
  const read = (text: string | undefined): number | undefined => (text === undefined || text === '' ? undefined : Date.parse(text))
  const [from, to] = [read(start), read(end)]
  if (Number.isNaN(from) || Number.isNaN(to)) return null
  const until = to ?? (from === undefined ? now.getTime() : Math.min(from + days, now.getTime()))
  const since = Math.max(from ?? until - days, until - days)
  const far = 8_000_000_000_000
  return Math.abs(since) > far || Math.abs(until) > far ? null : { since: new Date(since).toISOString(), until: new Date(until).toISOString() }
}
