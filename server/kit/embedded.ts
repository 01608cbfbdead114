// Starts and stops the PostgreSQL server that comes from npm, in a data directory of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { createConnection } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { clearEarlierRun, noteOwner } from './embedded-lock.ts'
import { binaries, type Identity, placeData, shortPlace } from './embedded-place.ts'
import { adviceForLog, OperatorError } from './operator-error.ts'

/** A running PostgreSQL cluster. `url` gives a connection string over its Unix socket for user `postgres`. */
export interface Cluster {
  socketDir: string
  port: number
  url: (database: string, user?: string) => string
  /** Stops it and waits until it is gone; may be called more than once. */
  stop: () => Promise<void>
  /** Resolves to PostgreSQL's last words when it ends without `stop` (killed for want of memory, disk full): the program should end too. */
  failed: Promise<string>
}

/** The PostgreSQL that npm carries; a data directory belongs to one major version. */
const MAJOR = '18'
const PORT = 5432
const STOP_MS = 60_000

/** For databases that are thrown away: a crash of the machine may lose them, nothing is waited for. */
export const throwAwaySettings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

/** Settings by the memory and processors that this process may use; all can be overridden. */
function settingsFor(socketDir: string): Record<string, string> {
  const constrained = process.constrainedMemory()
  const megabytes = Math.min(totalmem(), constrained > 0 ? constrained : Number.POSITIVE_INFINITY) / 2 ** 20
  const cores = availableParallelism()
  return {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    port: String(PORT),
    timezone: 'Asia/Shanghai',
    max_connections: '60',
    shared_buffers: `${Math.round(Math.min(1024, Math.max(128, megabytes / 8)))}MB`,
    effective_cache_size: `${Math.round(megabytes / 2)}MB`,
    work_mem: `${megabytes < 3000 ? 16 : 32}MB`,
    maintenance_work_mem: `${megabytes < 3000 ? 64 : 256}MB`,
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    max_parallel_workers_per_gather: String(Math.min(4, Math.max(1, Math.floor(cores / 2)))),
    // Containers give /dev/shm 64 MB by default, too little for parallel joins, which then fail with "no space left".
    ...(process.platform === 'linux' && sharedMemoryIsSmall() ? { dynamic_shared_memory_type: 'sysv' } : {}),
  }
}

function sharedMemoryIsSmall(): boolean {
  if (!existsSync('/dev/shm')) return true
  const { bsize, blocks } = statfsSync('/dev/shm')
  return bsize * blocks < 512 * 2 ** 20
}

/** Makes the cluster's files next to their place and moves them there whole, so that a start that is killed leaves nothing half-made. */
async function initialise(dataDir: string, native: string, identity: Identity, sync: 'sync' | 'no-sync'): Promise<void> {
  const making = join(dataDir, 'making')
  // With `making` still there everything beside it is ours too: a start that was killed while it moved the files.
  if (existsSync(making)) for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true })
  const strangers = readdirSync(dataDir)
  if (strangers.length > 0) throw new OperatorError(`${dataDir} holds other files (${strangers[0]}) and no database. Set DAJUAN_DATA to an empty directory.`)
  // PostgreSQL refuses a folder that others may read.
  chmodSync(dataDir, 0o700)
  const args = ['-D', making, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', ...(sync === 'sync' ? [] : ['--no-sync'])]
  let output = ''
  const child = spawn(join(native, 'bin', 'initdb'), args, { ...identity, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  if (code !== 0) {
    rmSync(making, { recursive: true, force: true })
    throw new OperatorError(adviceForLog(output) ?? `PostgreSQL's initdb failed in ${dataDir}: ${complaint(output)}`)
  }
  // PG_VERSION goes last: it marks the cluster as complete.
  for (const name of readdirSync(making).toSorted((a, b) => Number(a === 'PG_VERSION') - Number(b === 'PG_VERSION'))) {
    renameSync(join(making, name), join(dataDir, name))
  }
  rmSync(making, { recursive: true })
}

/** The line of PostgreSQL's output that says what went wrong. */
function complaint(output: string): string {
  const lines = output.trim().split('\n')
  const line = lines.find((each) => /FATAL|PANIC|error:/.test(each)) ?? lines.at(-1) ?? ''
  return line.replace(/^.*?(FATAL|PANIC|error):\s*/, '')
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket)
    connection.on('error', () => resolve(false))
    connection.on('connect', () => {
      connection.destroy()
      resolve(true)
    })
  })
}

/** Waits until the server takes connections (undefined) or has ended (its last words). */
async function started(dataDir: string, socket: string, ended: Promise<string>): Promise<string | undefined> {
  let words: string | undefined
  void ended.then((log) => (words = log))
  const lock = join(dataDir, 'postmaster.pid')
  while (words === undefined) {
    if (existsSync(lock) && /\bready\b/.test(readFileSync(lock, 'utf8')) && (await accepts(socket))) return undefined
    await wait(20)
  }
  return words
}

/** Spawns the server in a session of its own: Ctrl-C in a terminal reaches us alone, and we stop it when our work is over. */
function spawnServer(native: string, dataDir: string, settings: Record<string, string>, identity: Identity): { child: ChildProcess; ended: Promise<string> } {
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', dataDir, ...args], { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let log = ''
  child.stderr.on('data', (part: Buffer) => (log = (log + part).slice(-8000)))
  const ended = new Promise<string>((resolve, reject) => child.on('error', reject).on('exit', () => resolve(log)))
  // However this program ends (an exception, process.exit), its database ends with it.
  const stop = () => {
    child.kill('SIGINT')
    rmSync(settings.unix_socket_directories ?? '', { recursive: true, force: true })
  }
  process.on('exit', stop)
  child.on('exit', () => process.off('exit', stop))
  return { child, ended }
}

/**
 * Starts PostgreSQL in `dataDir` (made with initdb when empty) and waits until it takes connections.
 * Stops a PostgreSQL that a killed run left there. Throws an OperatorError, a sentence for the operator, when it can't:
 * disk full, no right to write, another version's data, a dajuan that is alive there.
 * @param settings server settings, `name=value`, over those chosen for this machine.
 */
export async function startCluster(options: { dataDir: string; settings?: Record<string, string> }): Promise<Cluster> {
  const native = binaries()
  const { dataDir, identity } = placeData(options.dataDir)
  await clearEarlierRun(dataDir)
  const marker = join(dataDir, 'PG_VERSION')
  if (!existsSync(marker)) await initialise(dataDir, native, identity, options.settings?.fsync === 'off' ? 'no-sync' : 'sync')
  const version = readFileSync(marker, 'utf8').trim()
  if (version !== MAJOR) {
    throw new OperatorError(
      `The database in ${dataDir} was made by PostgreSQL ${version}, this dajuan brings ${MAJOR}. Start the earlier dajuan on it, or set DAJUAN_DATA to another directory and restore a backup there.`,
    )
  }
  const socketDir = mkdtempSync(join(shortPlace(), 'dajuan-'))
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(socketDir, identity.uid, identity.gid)
  const settings = { ...settingsFor(socketDir), ...options.settings }
  const socket = join(socketDir, `.s.PGSQL.${settings.port}`)
  let server = spawnServer(native, dataDir, settings, identity)
  let words = await started(dataDir, socket, server.ended)
  // A postmaster that was killed leaves backends behind for a moment; they go by themselves.
  for (let attempt = 0; words !== undefined && /pre-existing shared memory block/.test(words) && attempt < 40; attempt += 1) {
    await wait(250)
    server = spawnServer(native, dataDir, settings, identity)
    words = await started(dataDir, socket, server.ended)
  }
  if (words !== undefined) {
    rmSync(socketDir, { recursive: true, force: true })
    throw new OperatorError(adviceForLog(words) ?? `PostgreSQL did not start in ${dataDir}: ${complaint(words)}`)
  }
  noteOwner(dataDir)
  return handle(server, socketDir)
}

function handle(server: { child: ChildProcess; ended: Promise<string> }, socketDir: string): Cluster {
  const { child, ended } = server
  let stopping = false
  return {
    socketDir,
    port: PORT,
    url: (database, user = 'postgres') => `postgresql://${user}@localhost:${PORT}/${database}?host=${encodeURIComponent(socketDir)}`,
    failed: new Promise((resolve) => {
      void ended.then((log) => {
        if (!stopping) resolve(adviceForLog(log) ?? `PostgreSQL ended: ${complaint(log) || 'it was killed, perhaps for want of memory'}.`)
      })
    }),
    stop: async () => {
      stopping = true
      child.kill('SIGINT')
      const hard = setTimeout(() => child.kill('SIGQUIT'), STOP_MS)
      await ended
      clearTimeout(hard)
      rmSync(socketDir, { recursive: true, force: true })
    },
  }
}
