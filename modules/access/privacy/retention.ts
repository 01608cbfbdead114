// What is kept for a time only: what access and org have of it, and the job that deletes what is over and writes down what it was.
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { erasePerson, personsWhoLeft } from '#modules/org/index.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Kept } from '#server/kit/personal.ts'
import { agedRows, insertRetentionRun, withAccount } from './personal.sql.ts'
import { privacyPack } from './privacy.pack.ts'

async function leftPersons(tx: Tx, days: number): Promise<string[]> {
  const ids = await personsWhoLeft(tx, days)
  const kept = new Set((await tx.all(withAccount, { tenantId: tx.tenant.id, ids })).map(({ personId }) => personId))
  return ids.filter((id) => !kept.has(id))
}

/** The kinds of row that access deletes: its own, and the persons who have left, whose accounts it knows. */
export const accessKept: readonly Kept[] = [
  ...Object.entries(agedRows).map(
    ([kind, { count, remove }]): Kept => ({
      kind,
      count: async (tx, days) => (await tx.one(count, { tenantId: tx.tenant.id, days })).rows,
      remove: async (tx, days) => (await tx.one(remove, { tenantId: tx.tenant.id, days })).rows,
    }),
  ),
  {
    kind: 'person',
    count: async (tx, days) => (await leftPersons(tx, days)).length,
    remove: async (tx, days) => {
      const ids = await leftPersons(tx, days)
      for (const id of ids) await erasePerson(tx, id)
      return ids.length
    },
  },
]

export interface RetentionLine {
  kind: string
  name: string
  days: number
  rows: number
}

/** What is over by the pack's days: counted, or deleted and written down. The transaction sees the tenant. */
export async function retain(tx: Tx, kept: readonly Kept[], what: 'count' | 'delete'): Promise<RetentionLine[]> {
  const lines: RetentionLine[] = []
  for (const { kind, name, days } of partOf(tx.tenant, privacyPack).retention) {
    const found = kept.find((one) => one.kind === kind)
    if (found !== undefined) lines.push({ kind, name, days, rows: await (what === 'count' ? found.count(tx, days) : found.remove(tx, days)) })
  }
  const gone = lines.filter(({ rows }) => rows > 0)
  if (what === 'count' || gone.length === 0) return lines
  const runId = newId()
  for (const { kind, days, rows } of gone) await tx.all(insertRetentionRun, { tenantId: tx.tenant.id, runId, kind, days, rows })
  await leaveEntry(tx, 'privacy.retention', { kind: 'retention-run', id: runId }, Object.fromEntries(gone.map(({ kind, rows }) => [kind, rows])))
  return lines
}

/** The job over the kinds of all modules. */
export function retentionJob(kept: readonly Kept[]): Job {
  return {
    name: 'privacy.retention',
    // More often than a day: a server that is restarted every night must get there, too.
    everySeconds: 3 * 3600,
    run: async ({ pool }, tenant) => {
      await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => retain(tx, kept, 'delete'))
    },
  }
}
