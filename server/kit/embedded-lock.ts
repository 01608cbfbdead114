// What an earlier run left in a data directory: a lock file, a PostgreSQL that outlived its parent, or a dajuan that is alive.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { OperatorError } from './operator-error.ts'

const OWNER = 'dajuan.owner'
const STOP_MS = 30_000

/** Parent and command line of a process; undefined when there is none with that id. */
export function processOf(pid: number): { parent: number; command: string } | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state === 'Z') return undefined
      return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }
    }
    const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    const [parent, ...command] = line.split(/\s+/)
    return { parent: Number(parent), command: command.join(' ') }
  } catch {
    return undefined
  }
}

/** Notes that this process is the parent of the PostgreSQL in `dataDir`. */
export function noteOwner(dataDir: string): void {
  writeFileSync(join(dataDir, OWNER), `${process.pid}\n`)
}

function ownerOf(dataDir: string): number | undefined {
  const file = join(dataDir, OWNER)
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined
}

/**
 * Clears the way for a start in `dataDir`: removes the lock of a run that was killed and stops a PostgreSQL whose dajuan is gone.
 * Throws an OperatorError when a dajuan that is alive uses the directory.
 */
export async function clearEarlierRun(dataDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid')
  if (!existsSync(lock)) return
  const [first, , , , socketDir] = readFileSync(lock, 'utf8').split('\n')
  const pid = Number(first)
  const found = Number.isInteger(pid) && pid > 0 ? processOf(pid) : undefined
  // A number may have gone to another program since, after a reboot for instance: only a postgres of this very directory counts.
  const running = found !== undefined && /\bpostgres\b/.test(found.command) && found.command.includes(dataDir)
  if (running) {
    const owner = ownerOf(dataDir)
    if (owner === found.parent) {
      throw new OperatorError(
        `The data directory ${dirname(dataDir)} is in use by another dajuan (process ${owner}). Stop that one, or set DAJUAN_DATA to another directory.`,
      )
    }
    console.error('Stopping the PostgreSQL that a killed run left behind …')
    process.kill(pid, 'SIGINT')
    for (const end = Date.now() + STOP_MS; processOf(pid) !== undefined; await wait(20)) {
      if (Date.now() > end) throw new OperatorError(`A PostgreSQL left by a killed run (process ${pid}) does not stop. Run "kill -9 ${pid}", then start again.`)
    }
  }
  rmSync(lock, { force: true })
  if (socketDir !== undefined && basename(socketDir).startsWith('dajuan-')) rmSync(socketDir, { recursive: true, force: true })
}
