// What later modules and the app may call of audit.
import { newId } from '#base/ids.ts'
import type { Tx } from '#server/kit/db.ts'
import { insertEntry } from './audit.sql.ts'

export { auditPack } from './audit.pack.ts'
export { addedBehind, chainOf, type Pruned, prune } from './chain.service.ts'
export { keyIdOf } from './chain.ts'
export { chainLines, chainOfFile, checkpointsOf } from './chain-file.ts'
export { relayJob } from './relay.service.ts'
export { checkpointsFile, sealJob } from './seal.service.ts'
export { chainState, type EntryFilter, type FoundEntry, readEntry, searchEntries } from './search.sql.ts'
export { targetOf as syslogTarget } from './syslog.ts'
export { type Fault, type Verdict, verifyChain } from './verify.ts'

/** Appends an audit entry in this transaction: who did what to which object. `detail` holds ids, days and numbers, never personal data. @returns the entry's id. */
export async function leaveEntry(
  tx: Tx,
  action: string,
  object: { kind: string; id: string },
  detail: Record<string, unknown> = {},
  actorId = tx.actorId,
): Promise<string> {
  const entryId = newId()
  tx.append(insertEntry, {
    tenantId: tx.tenant.id,
    entryId,
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
  return entryId
}

type Fields = Readonly<Record<string, unknown>>

/** What an object was and is: null before it was there, and after it has gone. */
export interface Change {
  before: Fields | null
  after: Fields | null
  /** Fields whose values are personal or free text: of these the entry holds keyed marks. */
  sensitive: readonly string[]
  detail?: Fields
}

/** Appends an entry that says which fields of an object a change has changed, from what to what. */
export function leaveChange(tx: Tx, action: string, object: { kind: string; id: string }, { before, after, sensitive, detail }: Change): Promise<string> {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const shown = (name: string, value: unknown): unknown => {
    if (value === undefined || value === null || !sensitive.includes(name)) return value ?? null
    return `~${tx.mark?.(JSON.stringify(value)).slice(0, 22) ?? ''}`
  }
  const changed = names.flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [[name, [shown(name, was), shown(name, is)]] as const]
  })
  return leaveEntry(tx, action, object, { ...detail, changed: Object.fromEntries(changed) })
}
