// The chain of the database, for whoever checks, exports or prunes it.
import { newId } from '#base/ids.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Owner } from '#server/kit/owner.ts'
import { partOf } from '#server/kit/pack.ts'
import { auditPack } from './audit.pack.ts'
import { insertEntry } from './audit.sql.ts'
import { checkpoints, type LinkRow, leftBehind, linksAfter, prunable, pruneEntries, pruneLinks } from './chain.sql.ts'
import type { SealedEntry } from './chain.ts'
import type { Chain, Fault, Link } from './verify.ts'

const BATCH = 2000

/** The tenant's chain, read in batches as it is walked, inside this transaction. */
export async function chainOf(tx: Tx): Promise<Chain> {
  const { id: tenantId, slug: tenant } = tx.tenant
  async function* links(): AsyncGenerator<Link> {
    for (let seq = 0, more = true; more; ) {
      const rows = await tx.all(linksAfter, { tenantId, seq, limit: BATCH })
      for (const row of rows) yield linkOf(row)
      seq = rows.at(-1)?.seq ?? seq
      more = rows.length === BATCH
    }
  }
  return { tenant, tenantId, links: links(), checkpoints: await tx.all(checkpoints, { tenantId, after: 0, upTo: null }) }
}

function linkOf({ seq, alg, hash, linked, isCopy, ...entry }: LinkRow): Link {
  return { seq, alg, hash, entryId: linked, entry: entry.entryId === null ? undefined : (entry as SealedEntry), differs: !isCopy }
}

/** An entry that was put in behind the chain's back: older than what is sealed, and sealed nowhere. */
export async function addedBehind(tx: Tx): Promise<Fault | null> {
  const entry = await tx.maybe(leftBehind, { tenantId: tx.tenant.id })
  return entry === undefined
    ? null
    : { what: 'added', seq: 0, entryId: entry.entryId, words: 'the entry says it is older than what is sealed, and was never sealed' }
}

export interface Pruned {
  seq: number
  entries: number
  first: string | null
  last: string | null
}

/** Deletes, as the database's owner, what is older than the pack's `keep_days`, up to a signed checkpoint; leaves an entry. Null where nothing is that old. */
export async function prune({ tenant, all }: Owner): Promise<Pruned | null> {
  const tenantId = tenant.id
  const [mark] = await all(prunable, { tenantId, keepDays: partOf(tenant, auditPack).keep_days })
  if (mark === undefined) return null
  const [gone] = await all(pruneEntries, { tenantId, seq: mark.seq })
  await all(pruneLinks, { tenantId, seq: mark.seq })
  const pruned = { seq: mark.seq, entries: gone?.count ?? 0, first: gone?.first ?? null, last: gone?.last ?? null }
  const origin = { actorId: null, post: null, postBodyId: null, address: null, requestId: null }
  await all(insertEntry, {
    tenantId,
    entryId: newId(),
    action: 'audit.prune',
    objectKind: 'audit',
    objectId: tenant.slug,
    detail: JSON.stringify(pruned),
    ...origin,
  })
  return pruned
}
