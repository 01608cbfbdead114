// What later modules may call: leave an entry.
import { newId } from '#base/ids.ts'
import type { Tx } from '#server/kit/db.ts'
import { insertEntry } from './audit.sql.ts'

/** Appends an audit entry in this transaction: who did what to which object. `detail` holds ids and numbers, never personal data. */
export async function leaveEntry(
  tx: Tx,
  action: string,
  object: { kind: string; id: string },
  detail: Record<string, unknown> = {},
  actorId = tx.actorId,
): Promise<void> {
  tx.append(insertEntry, {
    tenantId: tx.tenant.id,
    entryId: newId(),
    actorId,
    action,
    objectKind: object.kind,
    objectId: object.id,
    detail: JSON.stringify(detail),
    post: tx.origin?.post ?? null,
    postBodyId: tx.origin?.postBodyId ?? null,
    address: tx.origin?.address ?? null,
    requestId: tx.origin?.requestId ?? null,
  })
}
