// The job that sends sealed entries and checkpoints to syslog, in order, from where it was.
import { transaction } from '#server/kit/db.ts'
import type { Job, JobHost } from '#server/kit/jobs.ts'
import { log } from '#server/kit/log.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { checkpoints, type LinkRow, linksAfter, noteRelay, takeRelay } from './chain.sql.ts'
import type { Checkpoint } from './chain.ts'
import { sendAll, syslogMessage, targetOf } from './syslog.ts'

const BATCH = 500

/** Sends what is new, for one tenant; what fails stays to be sent the next time. No transaction is open meanwhile. */
export async function relay({ pool, syslog }: Pick<JobHost, 'pool' | 'syslog'>, tenant: Tenant): Promise<void> {
  const target = syslog === undefined ? undefined : targetOf(syslog)
  if (syslog === undefined || target === undefined) return
  const opening = { tenant, actorId: null, scope: 'tenant', mode: 'write' } as const
  const key = { tenantId: tenant.id, target: syslog }
  for (;;) {
    const taken = await transaction(pool, opening, async (tx) => {
      const from = await tx.maybe(takeRelay, key)
      if (from === undefined) return undefined
      const links = await tx.all(linksAfter, { tenantId: tenant.id, seq: from.seq, limit: BATCH })
      const signed = await tx.all(checkpoints, { tenantId: tenant.id, after: from.seq, upTo: links.at(-1)?.seq ?? from.seq })
      return { from: from.seq, links, signed }
    })
    if (taken === undefined) return
    const messages = taken.links.flatMap((link) => {
      const checkpoint = taken.signed.find(({ seq }) => seq === link.seq)
      return [entryMessage(tenant, link), ...(checkpoint === undefined ? [] : [checkpointMessage(tenant, checkpoint)])]
    })
    const seq = await sendAll(target, messages).then(
      () => taken.links.at(-1)?.seq ?? taken.from,
      (error: Error) => {
        log('syslog is not reached', { target: syslog, from: taken.from, error: error.message })
        return taken.from
      },
    )
    await transaction(pool, opening, (tx) => tx.all(noteRelay, { ...key, seq }))
    if (seq === taken.from || taken.links.length < BATCH) return
  }
}

export const relayJob: Job = { name: 'audit.relay', everySeconds: 1, run: relay }

/** Ids alone: who a person is and what was written stay in the database. */
function entryMessage(
  { slug: tenant }: Tenant,
  { seq, hash, linked: entry, at, action, actorId: actor, post, objectKind: kind, objectId: object, requestId: request }: LinkRow,
) {
  return syslogMessage(at ?? '-', action ?? '-', { tenant, seq, entry, actor, post, kind, object, request, hash })
}

function checkpointMessage({ slug: tenant }: Tenant, { seq, at, alg, hash, keyId: key, signature }: Checkpoint) {
  return syslogMessage(at, 'audit.checkpoint', { tenant, seq, alg, hash, key, signature })
}
