// The only place that reads the environment.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperatorError } from '#server/kit/operator-error.ts'

export interface Config {
  /** Folder of the checkout. */
  root: string
  dataDir: string
  port: number
  /** Owner's connection string of an outside PostgreSQL; undefined = the embedded one. */
  databaseUrl: string | undefined
  /** Checks every reply against its contract: tests set it. */
  checkReplies: boolean
}

/** The configuration of this process: DAJUAN_DATA, PORT, DATABASE_URL, DAJUAN_CHECK_REPLIES. Throws a sentence for a bad port. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const port = Number(env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new OperatorError(`PORT is "${env['PORT']}", which is not a port; give a number from 0 to 65535.`)
  return {
    root,
    dataDir: env['DAJUAN_DATA'] ?? join(root, '.data'),
    port,
    databaseUrl: env['DATABASE_URL'] || undefined,
    checkReplies: env['DAJUAN_CHECK_REPLIES'] === '1',
  }
}

/** The environment for a program that we run, with some variables more. */
export function environmentWith(more: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...more }
}
