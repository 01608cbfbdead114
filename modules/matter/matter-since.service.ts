// What has changed since a moment, for those who keep what they computed from facts; matters by id, for who shows the rows of a figure.
import type { Touched } from '#modules/ledger/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { MatterRow } from './matter.contract.ts'
import { kindsOf } from './matter.pack.ts'
import { rowOf } from './matter-list.service.ts'
import { relapsedAmong, rowsOf, touchedSince } from './matter-list.sql.ts'

const MOST = 500

/** The matters that moved or passed their deadline at or after a moment, by source and body; null when they are too many. To be asked in a transaction that sees the tenant. */
export async function mattersSince(tx: Tx, since: string): Promise<Touched | null> {
  const rows = await tx.all(touchedSince, { tenantId: tx.tenant.id, since, limit: MOST })
  if (rows.length === MOST) return null
  const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
  return {
    sources: distinct(rows.map(({ source }) => source)),
    unit: distinct(rows.map(({ unitId }) => unitId)),
    'party-org': distinct(rows.map(({ partyOrgId }) => partyOrgId)),
  }
}

/** Matters with these ids; those outside the reader's scope are left out. */
export async function mattersOf(tx: Tx, ids: string[]): Promise<MatterRow[]> {
  return Promise.all((await tx.all(rowsOf, { tenantId: tx.tenant.id, ids })).map((row) => rowOf(tx, row)))
}

/** Of matters with these ids, those that are a relapse: the owner had one of the same type struck off shortly before [M9]. */
export async function mattersRelapsed(tx: Tx, ids: string[]): Promise<string[]> {
  const kinds = [...kindsOf(tx.tenant).values()].flatMap(({ id, relapse }) => (relapse === undefined ? [] : [{ id, days: relapse.days }]))
  const found = await tx.all(relapsedAmong, { tenantId: tx.tenant.id, ids, kinds: kinds.map(({ id }) => id), days: kinds.map(({ days }) => days) })
  return found.map(({ id }) => id)
}
