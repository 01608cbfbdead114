// What the hotline does by itself: tickets of units that are no more go on (H11), closed ones are archived.
import { newId } from '#base/ids.ts'
import { now, today } from '#server/kit/clock.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { hotlineOf } from './hotline.pack.ts'
import { makeStep } from './hotline.service.ts'
import { orphaned, toArchive } from './hotline.sql.ts'

const BATCH = 200

/** Moves tickets on that are held by units which are no more: to the successor, else back to the hotline. @returns how many. */
export async function moveOrphans(tx: Tx): Promise<number> {
  const rows = await tx.all(orphaned, { tenantId: tx.tenant.id, on: today(tx.tenant), limit: BATCH })
  for (const { ticketId, revision, unitName, successorId } of rows) {
    const to = successorId === null ? {} : { unitId: successorId }
    await makeStep({ tx, actor: null }, ticketId, 'system', {
      stepId: newId(),
      revision,
      step: 'move-unit',
      note: `${unitName ?? '承办单位'}已撤销或合并。`,
      ...to,
    })
  }
  return rows.length
}

/** Archives what was closed so many days ago. @returns how many. */
export async function archiveOld(tx: Tx): Promise<number> {
  const before = new Date(now(tx.tenant).getTime() - hotlineOf(tx.tenant).rules.archive_days * 86_400_000).toISOString()
  const rows = await tx.all(toArchive, { tenantId: tx.tenant.id, before, limit: BATCH })
  for (const { ticketId, revision } of rows) await makeStep({ tx, actor: null }, ticketId, 'system', { stepId: newId(), revision, step: 'archive' })
  return rows.length
}

/** The job that does both, a batch at a time. */
export const ticketJob: Job = {
  name: 'hotline.tickets',
  everySeconds: 60,
  run: async ({ pool }, tenant) => {
    for (const work of [moveOrphans, archiveOld]) {
      const turn = () => transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, work)
      while ((await turn()) === BATCH);
    }
  },
}
