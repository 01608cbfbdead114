// A PostgreSQL of a command's own, in a temporary folder, gone with the command however it ends.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openPool, type Pool } from '#server/kit/db.ts'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { shortPlace } from '#server/kit/embedded-place.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `work` with an empty database; removes it afterwards, also when `work` fails or the command is stopped (then the exit code is 130). */
export async function withTemporaryDatabase<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(shortPlace(), 'dajuan-score-'))
  // As root the server runs as another user, who must be able to enter.
  chmodSync(folder, 0o755)
  const starting = startCluster({ dataDir: join(folder, 'postgres'), settings: { ...throwAwaySettings, shared_buffers: '64MB', max_connections: '8' } })
  const clear = async (): Promise<void> => {
    const cluster = await starting.catch(() => undefined)
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  let leaving: Promise<void> | undefined
  const leave = (): void => {
    leaving ??= clear().finally(() => process.exit(130))
  }
  for (const signal of signals) process.on(signal, leave)
  process.on('disconnect', leave)
  process.channel?.unref()
  try {
    const pool = openPool((await starting).url('postgres'), 1)
    try {
      return await work(pool)
    } finally {
      // `end` doesn't wait for the connection: the server may close it first, which is no loss.
      pool.removeAllListeners('error').on('error', () => undefined)
      await pool.end()
    }
  } finally {
    // Being stopped, this command waits to be ended by it.
    await (leaving ?? clear())
    for (const signal of signals) process.off(signal, leave)
    process.off('disconnect', leave)
  }
}
