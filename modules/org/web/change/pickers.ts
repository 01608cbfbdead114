// What the dialogs of change search for besides bodies: persons.
import { call } from '#web/kit/api/call.ts'
import type { Option } from '#web/kit/ui/field.ts'
import { findPersons } from '../../org.contract.ts'

/** Finds persons by name or initials, told apart by where they belong. */
export async function searchPersons(text: string, signal: AbortSignal): Promise<Option[]> {
  if (text === '') return []
  const { rows } = await call(findPersons, { query: { q: text } }, signal)
  return rows.map((row) => ({ id: row.id, label: row.name, detail: row.partyOrg?.name ?? row.posts[0]?.body.name }))
}
