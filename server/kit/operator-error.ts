// What the person who runs the server can mend: said in one sentence, never as a stack trace.

/** The message is a sentence that says what is wrong and what to do about it. */
export class OperatorError extends Error {}

/** A command that was typed wrongly: the message says how; the command line adds the usage and exits with 2. */
export class UsageError extends Error {}

const advice: Record<string, string> = {
  ENOSPC: 'The disk is full. Make room (or set DAJUAN_DATA to a directory on another disk), then run the command again.',
  EDQUOT: 'The disk quota is used up. Make room (or set DAJUAN_DATA to a directory on another disk), then run the command again.',
  EROFS: 'The file system is read-only. Set DAJUAN_DATA to a directory that can be written.',
  EMFILE: 'Too many files are open. Raise the limit (ulimit -n 4096), then run the command again.',
  ENOMEM: 'The machine has no memory left. Stop something else, then run the command again.',
  '53100': 'The disk that holds the database is full. Make room, then run the command again; nothing half-written is kept.',
  '53200': 'PostgreSQL has no memory left. Stop something else on this machine, then run the command again.',
  '53300': 'PostgreSQL has no connection left. Close other programs that use this database or raise max_connections, then run the command again.',
}

/** The sentence for an error that an operator can mend; undefined when the error is a bug of ours. */
export function adviceFor(error: unknown): string | undefined {
  if (error instanceof OperatorError) return error.message
  if (error instanceof AggregateError) return error.errors.map(adviceFor).find((sentence) => sentence !== undefined)
  if (!(error instanceof Error)) return undefined
  const { code, path, syscall, address, port } = error as Error & { code?: string; syscall?: string; path?: string; address?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${(port ?? 8080) + 1} (or --port ${(port ?? 8080) + 1}).`
  if (code === 'EACCES' && port !== undefined) return `Port ${port} may not be opened by this user. Choose one above 1023, for example --port 8080.`
  if (code === 'EADDRNOTAVAIL') return `This machine has no network address ${address}. Choose one that it has, for example 127.0.0.1.`
  if ((code === 'EACCES' || code === 'EPERM') && path !== undefined)
    return `${path} can't be used by this user. Give this user the right to write there, or set DAJUAN_DATA to a directory of its own.`
  if (path !== undefined && (code === 'ENOTDIR' || (code === 'ENOENT' && syscall === 'mkdir')))
    return `${path} can't be made there. Set DAJUAN_DATA to another place.`
  const known = code === undefined ? undefined : advice[code]
  return known ?? (error.cause === undefined ? undefined : adviceFor(error.cause))
}

/** The sentence for PostgreSQL's own output (initdb, server log), where it names something an operator can mend. */
export function adviceForLog(log: string): string | undefined {
  if (/No space left on device/i.test(log)) return advice.ENOSPC
  if (/Disk quota exceeded/i.test(log)) return advice.EDQUOT
  if (/Read-only file system/i.test(log)) return advice.EROFS
  if (/could not map anonymous shared memory|Cannot allocate memory/i.test(log)) return advice.ENOMEM
  return undefined
}
