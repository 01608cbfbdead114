// The server under measurement: `dajuan serve` as a process of its own on the embedded PostgreSQL with the full-size city.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeEnvironment, nodeFlags } from '../scripts/setup.mjs'
import { send, type Target, targetOf } from './load.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

export interface Server {
  origin: string
  pid: number
  dataDir: string
  /** Milliseconds from start to the line that says where it serves. */
  startedIn: number
  stop: () => Promise<void>
}

/** A server beside another one: over its database, or with a file loaded first that changes what it is made of. */
export interface Unusual {
  databaseUrl?: string
  preload?: string
}

/** Starts the server on a free port and waits for the line with its address. Throws its output when it ends before. */
export async function startServer(dataDir: string, other: Unusual = {}): Promise<Server> {
  const started = performance.now()
  const flags = [...nodeFlags, ...(other.preload === undefined ? [] : ['--import', other.preload])]
  const child = spawn(process.execPath, [...flags, join(root, 'server/app/cli.ts'), 'serve', '--port', '0'], {
    cwd: root,
    env: { ...nodeEnvironment(), DAJUAN_DATA: dataDir, ...(other.databaseUrl === undefined ? {} : { DATABASE_URL: other.databaseUrl }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const origin = await addressOf(child)
  return {
    origin,
    pid: child.pid ?? 0,
    dataDir,
    startedIn: performance.now() - started,
    stop: async () => {
      const ended = new Promise((resolve) => child.on('exit', resolve))
      child.kill('SIGINT')
      await ended
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (part: Buffer): void => {
      output += part.toString('utf8')
      const match = /serves at (http:\/\/[\d.:]+)/.exec(output)
      if (match?.[1] !== undefined) resolve(match[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)))
  })
}

export interface Account {
  account: string
  password: string
  post: string
}

/** The demonstration's accounts. */
export function accountsOf(dataDir: string): Account[] {
  const file = join(dataDir, 'demo-accounts.json')
  if (!existsSync(file)) throw new Error(`${file} is not there; the bench needs the demonstration city.`)
  return JSON.parse(readFileSync(file, 'utf8')) as Account[]
}

export interface SignedIn {
  target: Target
  session: { post: { body: { id: string; unitId: string } | null } }
}

/** Signs a demonstration account in; its target has `clients` connections. */
export async function signIn(server: Server, account: string, clients: number): Promise<SignedIn> {
  const known = accountsOf(server.dataDir).find((entry) => entry.account === account)
  if (known === undefined) throw new Error(`the demonstration has no account ${account}`)
  const open = targetOf(server.origin, '', 1)
  const answer = await send(open, { method: 'POST', path: '/api/sign-in', body: { account, password: known.password } })
  if (answer.status !== 200) throw new Error(`sign-in of ${account} answered ${answer.status}: ${answer.text}`)
  const [cookie] = String(answer.headers['set-cookie']).split(';')
  return { target: targetOf(server.origin, cookie ?? '', clients), session: JSON.parse(answer.text) as SignedIn['session'] }
}

/** Resident memory of a process in MB (10^6 bytes), from /proc. */
export function residentMb(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return (Number(match?.[1] ?? Number.NaN) * 1024) / 1e6
}

/** Owner's connection string of the embedded PostgreSQL that runs in a data directory. */
export function ownerUrl(dataDir: string): string {
  const lines = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  return `postgresql://postgres@localhost:${lines[3]}/postgres?host=${encodeURIComponent(lines[4] ?? '')}`
}
