// Sealing waits for every transaction of the cluster that began earlier, those of other test files' databases too.
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

/** Resolves once all transactions that have begun anywhere in the cluster by now have ended. */
export async function earlierEnded(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next')
  const ended = async (): Promise<boolean> =>
    (await client.query<{ ended: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as ended', [rows[0]?.next])).rows[0]?.ended === true
  while (!(await ended())) await pause(20)
}
