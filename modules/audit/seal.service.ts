// The job that seals entries into the chain and signs its end every so often. README: how writers are left alone.
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool, Tx } from '#server/kit/db.ts'
import { transaction } from '#server/kit/db.ts'
import type { Job, JobHost } from '#server/kit/jobs.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { auditPack } from './audit.pack.ts'
import { beginSealing, insertCheckpoint, insertLinks, lastCheckpoint, lastLink, stretchEnd, type UnsealedRow, unsealed } from './chain.sql.ts'
import { BEGINNING, type Checkpoint, linkHash, signCheckpoint } from './chain.ts'

const BATCH = 2000
const HOUR_MS = 3_600_000
const NO_ENTRY = '00000000-0000-0000-0000-000000000000'
/** No transaction has this number. */
const NEVER = String(2n ** 64n - 1n)
/** Behind every entry. */
const END = { xid: NEVER, entryId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }

/** A walk over unsealed entries in the order (xid, entry_id), from a place to the transaction that was open when it began. */
interface Pass {
  xid: string
  entryId: string
  open: string
  beyond: string
}
interface Progress {
  /** What transactions before this one wrote is sealed; undefined at a process's start. */
  done: string | undefined
  pass: Pass | undefined
}

const progress = new WeakMap<Pool, Map<number, Progress>>()

/** Seals what has been written since, for one tenant; does nothing while another process does. */
export async function seal(host: Pick<JobHost, 'pool' | 'secrets' | 'dataDir'>, tenant: Tenant): Promise<void> {
  const tenants = progress.get(host.pool) ?? new Map<number, Progress>()
  progress.set(host.pool, tenants)
  for (let more = true; more; ) {
    const before = tenants.get(tenant.id) ?? { done: undefined, pass: undefined }
    const after = await transaction(host.pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => sealBatch(tx, host, before))
    tenants.set(tenant.id, after)
    more = after.pass !== undefined && after !== before
  }
}

export const sealJob: Job = { name: 'audit.seal', everySeconds: 1, run: seal }

/**
 * Where to look: since the last pass; or everywhere, at a process's start and where the cluster counts from lower than it did (a restored
 * database), there also beyond its own transactions.
 */
function newPass(done: string | undefined, open: string, next: string): Pass {
  if (done !== undefined && BigInt(open) >= BigInt(done)) return { xid: done, entryId: NO_ENTRY, open, beyond: NEVER }
  return { xid: '0', entryId: NO_ENTRY, open, beyond: next }
}

async function sealBatch(tx: Tx, host: Pick<JobHost, 'secrets' | 'dataDir'>, before: Progress): Promise<Progress> {
  const tenantId = tx.tenant.id
  const { isMine, open, next } = await tx.one(beginSealing, { tenantId })
  if (!isMine) return before
  const pass = before.pass ?? newPass(before.done, open, next)
  const place = await tx.maybe(stretchEnd, { tenantId, ...pass, length: BATCH })
  const [last, signed, entries] = await Promise.all([
    tx.maybe(lastLink, { tenantId }),
    tx.maybe(lastCheckpoint, { tenantId }),
    tx.all(unsealed, { tenantId, ...pass, end: place ?? END }),
  ])
  const { hash: alg, ...pack } = partOf(tx.tenant, auditPack)
  let end = last ?? { seq: 0, hash: BEGINNING }
  const hashes: string[] = []
  for (const entry of entries) {
    end = { seq: end.seq + 1, hash: linkHash(alg, end.hash, tenantId, entry) }
    hashes.push(end.hash)
  }
  if (entries.length > 0) tx.append(insertLinks, { tenantId, first: end.seq - entries.length + 1, alg, hashes, ...columnsOf(entries) })
  const fresh = end.seq - (signed?.seq ?? 0)
  const age = Date.now() - Date.parse(signed?.at ?? '2000-01-01')
  if (fresh > 0 && (fresh >= pack.checkpoint_every || age >= pack.checkpoint_hours * HOUR_MS)) {
    const at = new Date().toISOString().replace('Z', '000Z')
    const checkpoint = signCheckpoint(tx.tenant.slug, { ...end, alg, at }, host.secrets.signingKeys('audit'))
    tx.append(insertCheckpoint, { tenantId, ...checkpoint })
    tx.afterCommit(() => keepOutside(host.dataDir, tx.tenant, checkpoint))
  }
  return place === undefined ? { done: pass.open, pass: undefined } : { done: before.done, pass: { ...pass, ...place } }
}

/** What the search goes by, column by column. */
function columnsOf(entries: readonly UnsealedRow[]) {
  const column = <K extends keyof UnsealedRow>(name: K): UnsealedRow[K][] => entries.map((entry) => entry[name])
  return {
    xids: column('xid'),
    entryIds: column('entryId'),
    ats: column('at'),
    actorIds: column('actorId'),
    actions: column('action'),
    objectKinds: column('objectKind'),
    objectIds: column('objectId'),
    addresses: column('address'),
  }
}

/** The file of signed checkpoints, to be copied to where the database's owner can't reach it. */
export function checkpointsFile(dataDir: string): string {
  return join(dataDir, 'audit', 'checkpoints.ndjson')
}

function keepOutside(dataDir: string, { slug: tenant }: Tenant, checkpoint: Checkpoint): void {
  mkdirSync(join(dataDir, 'audit'), { recursive: true })
  appendFileSync(checkpointsFile(dataDir), `${JSON.stringify({ tenant, ...checkpoint })}\n`)
}
