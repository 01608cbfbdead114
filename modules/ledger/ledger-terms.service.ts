// What records say of the pack's terms, told to burden: with each entry, and once for all where nothing has been told yet.
import { learn, termsPack } from '#modules/burden/index.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { recordsPack } from './ledger.pack.ts'
import type { NewVersion } from './ledger.sql.ts'
import { handedIn, learnAll, nothingLearned } from './ledger-terms.sql.ts'

/** Tells burden what a version says of the terms that its kind's fields name; what is withdrawn says nothing. */
export async function learnFrom(tx: Tx, version: NewVersion): Promise<void> {
  const kind = partOf(tx.tenant, recordsPack).kinds.find(({ id }) => id === version.kind)
  const bound = (kind?.fields ?? []).flatMap(({ id, term }) => (term === undefined ? [] : [{ id, term }]))
  if (kind === undefined || bound.length === 0) return
  const fields = JSON.parse(version.fields) as Record<string, unknown>
  const values = version.state === 'valid' ? bound.map(({ id, term }) => ({ term, value: fields[id] })) : []
  await learn(tx, version.ownerId, { id: version.recordId, name: `${kind.name}《${version.title}》`, on: version.happenedOn }, values)
}

/** Tells burden what all records say, where it knows nothing yet: after an import, or when a pack begins to name terms. */
export async function learnRecords(tx: Tx): Promise<void> {
  if (!(await tx.one(nothingLearned, { tenantId: tx.tenant.id })).nothing) return
  const days = new Map(partOf(tx.tenant, termsPack).terms.map(({ id, valid_days }) => [id, valid_days]))
  const bound = partOf(tx.tenant, recordsPack).kinds.flatMap((kind) =>
    kind.fields.flatMap(({ id, term }) => (term === undefined ? [] : [{ kind: kind.id, name: kind.name, field: id, term, days: days.get(term) ?? 0 }])),
  )
  await tx.all(learnAll, { tenantId: tx.tenant.id, bound })
}

/** Kinds of record that each body of the scope entered since a day, and how many records. */
export async function handedInSince(tx: Tx, since: string): Promise<{ body: string; kinds: number; submissions: number }[]> {
  return tx.all(handedIn, { tenantId: tx.tenant.id, since })
}
