// What has changed since a moment, for those who keep what they computed from facts.
import type { Tx } from '#server/kit/db.ts'
import { touchedSince } from './ledger-since.sql.ts'

/** Facts that changed: of which sources, and whose. */
export interface Touched {
  sources: string[]
  unit: string[]
  'party-org': string[]
}

const MOST = 500

/** Sources that are read from records of every kind. */
const overRecords = ['participant', 'attendance']

/**
 * The facts of the ledger that changed at or after a moment, by source and body (of a record that was given to another body, both); null when they
 * are too many to be worth telling apart. To be asked in a transaction that sees the tenant.
 */
export async function factsSince(tx: Tx, since: string): Promise<Touched | null> {
  const rows = await tx.all(touchedSince, { tenantId: tx.tenant.id, since, limit: MOST })
  if (rows.length === MOST) return null
  const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
  const sources = new Set(rows.map(({ source }) => source))
  if ([...sources].some((source) => source.startsWith('record.'))) for (const source of overRecords) sources.add(source)
  return { sources: [...sources], unit: distinct(rows.map(({ unitId }) => unitId)), 'party-org': distinct(rows.map(({ partyOrgId }) => partyOrgId)) }
}
