// Folds changes of the counts into the tally, and recounts all closed tickets once a night: what it finds stands on the rates' page (H10).
import { chinaDate } from '#base/dates.ts'
import { now } from '#server/kit/clock.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { log } from '#server/kit/log.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { differences, foldChanges } from '../hotline-recount.sql.ts'
import { countKept, insertRecount, lastRecount } from './rates.sql.ts'

const BATCH = 2000
/** The hour of the night, in China, after which the day's recount is made. */
const NIGHT = 2

/** Folds what waits into the tally, a batch in the transaction. @returns how many changes. */
export async function fold(tx: Tx): Promise<number> {
  return (await tx.one(foldChanges, { tenantId: tx.tenant.id, limit: BATCH })).count
}

/**
 * Recounts all closed tickets and writes down where the kept counts differ; the counting itself reads only, so that nobody waits for it.
 * @returns how many counts differ, at most 20.
 */
export async function recount(pool: Pool, tenant: Tenant): Promise<number> {
  const opening = { tenant, actorId: null, scope: 'tenant' } as const
  const started = performance.now()
  const { found, tickets } = await transaction(pool, { ...opening, mode: 'read' }, async (tx) => ({
    found: await tx.all(differences, { tenantId: tenant.id }),
    ...(await tx.one(countKept, { tenantId: tenant.id })),
  }))
  const noted = { milliseconds: Math.round(performance.now() - started), tickets, differences: JSON.stringify(found) }
  await transaction(pool, { ...opening, mode: 'write' }, (tx) => tx.all(insertRecount, { tenantId: tenant.id, at: now(tenant).toISOString(), ...noted }))
  if (found.length > 0) log('ticket counts differ from a recount', { tenant: tenant.slug, found: found.slice(0, 3) })
  return found.length
}

/** Once a day, after two at night: true where none was made since. */
async function isDue(tx: Tx): Promise<boolean> {
  const day = (moment: Date): string => chinaDate(new Date(moment.getTime() - NIGHT * 3_600_000))
  const last = await tx.maybe(lastRecount, { tenantId: tx.tenant.id })
  return last === undefined || day(new Date(last.at)) < day(now(tx.tenant))
}

/** Every minute what waits is folded in, and the night's recount made where it wasn't. */
export const tallyJob: Job = {
  name: 'hotline',
  everySeconds: 60,
  run: async ({ pool }, tenant) => {
    const opening = { tenant, actorId: null, scope: 'tenant' } as const
    while ((await transaction(pool, { ...opening, mode: 'write' }, fold)) === BATCH);
    if (await transaction(pool, { ...opening, mode: 'read' }, isDue)) await recount(pool, tenant)
  },
}
