// Units and Party organisations as fields that search offer them.
import { call } from '#web/kit/api/call.ts'
import type { Option } from '#web/kit/ui/field.ts'
import { findBodies } from '../org.contract.ts'

/** Finds bodies by name or initials, of one kind or of both, each told apart by what it is under; nothing for an empty text. */
export function searchBodies(kind?: 'unit' | 'party-org') {
  return async (text: string, signal: AbortSignal): Promise<Option[]> => {
    if (text === '') return []
    const { rows } = await call(findBodies, { query: { q: text, limit: 20, ...(kind === undefined ? {} : { kind }) } }, signal)
    return rows.map((row) => ({ id: row.id, label: row.name, detail: row.under }))
  }
}
