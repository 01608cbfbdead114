// A PostgreSQL of a command's own, in a temporary folder, gone with the command however it ends.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openPool, type Pool } from '#server/kit/db.ts'
import { type Cluster, startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { shortPlace } from '#server/kit/embedded-place.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const settings = { ...throwAwaySettings, shared_buffers: '64MB', max_connections: '8' }

/**
 * Runs `work` with a pool of one connection to an empty database, and removes the database afterwards, also when `work` fails.
 * When the command is stopped meanwhile it ends with exit code 130.
 */
export async function withTemporaryDatabase<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  let folder = ''
  let starting: Promise<Cluster> | undefined
  let clearing: Promise<void> | undefined
  const clear = async (): Promise<void> => {
    const cluster = await starting?.catch(() => undefined)
    await cluster?.stop()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  }
  const leave = (): void => {
    clearing ??= clear()
    void clearing.finally(() => process.exit(130))
  }
  // Before there is anything to remove: a signal that nobody listens to ends the program on the spot.
  for (const signal of signals) process.on(signal, leave)
  process.on('disconnect', leave)
  process.channel?.unref()
  try {
    folder = mkdtempSync(join(shortPlace(), 'dajuan-score-'))
    // As root the server runs as another user, who must be able to enter.
    chmodSync(folder, 0o755)
    starting = startCluster({ dataDir: join(folder, 'postgres'), settings })
    const pool = openPool((await starting).url('postgres'), 1)
    try {
      return await work(pool)
    } finally {
      // `end` doesn't wait for the connection: the server may close it first, which is no loss.
      pool.removeAllListeners('error').on('error', () => undefined)
      await pool.end()
    }
  } finally {
    clearing ??= clear()
    await clearing
    for (const signal of signals) process.off(signal, leave)
    process.off('disconnect', leave)
  }
}
