// A database for commands that work beside a server: the one that it holds open, else one opened for the command.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processOf } from '#server/kit/embedded-lock.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './main.ts'

/** The configuration's database; where a server runs on the data directory, its PostgreSQL is used and left running. */
export async function openForReading(config: Config): Promise<Database> {
  const url = config.databaseUrl === undefined ? runningUrl(join(config.dataDir, 'postgres')) : undefined
  return url === undefined ? openDatabase(config) : { url, stop: async () => undefined }
}

/** Where the PostgreSQL of a data directory listens, undefined when none runs. */
function runningUrl(dataDir: string): string | undefined {
  const lock = join(dataDir, 'postmaster.pid')
  if (!existsSync(lock)) return undefined
  const [pid, , , port, socketDir] = readFileSync(lock, 'utf8').split('\n')
  const found = processOf(Number(pid))
  // The same question as embedded-lock asks: a number may have gone to another program since.
  if (found === undefined || !/\bpostgres\b/.test(found.command) || !found.command.includes(dataDir) || !port || !socketDir) return undefined
  // Its parent is gone: the next start will stop it, so nobody should lean on it.
  if (processOf(found.parent) === undefined || found.parent <= 1) return undefined
  return `postgresql://postgres@localhost:${port}/postgres?host=${encodeURIComponent(socketDir)}`
}
