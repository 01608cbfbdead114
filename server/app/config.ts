// The only place that reads the environment.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperatorError } from '#server/kit/operator-error.ts'
import { type Limits, type RouteClass, usualLimits } from './limits.ts'
import type { Network } from './network.ts'

export interface Config extends Network {
  /** Folder of the checkout. */
  root: string
  dataDir: string
  /** Owner's connection string of an outside PostgreSQL; undefined = the embedded one. */
  databaseUrl: string | undefined
  /** Checks every reply against its contract: tests set it. */
  checkReplies: boolean
  /** Where the installation's secret is; undefined = `<dataDir>/secret`. */
  secretFile: string | undefined
  /** The file of the providers where one may sign in; undefined = none. */
  oidcFile: string | undefined
  /** Where audit entries are sent beside the database. */
  syslog: string | undefined
  /** The file that says how reminders leave the house; undefined keeps them on the page. */
  notifyFile: string | undefined
  /** Requests a minute, by class of endpoint. */
  limits: Limits
}

/** The configuration of this process, by the variables of docs/running.md. Throws a sentence for a value that won't do. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const port = Number(env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new OperatorError(`PORT is "${env['PORT']}", which is not a port; give a number from 0 to 65535.`)
  return {
    root,
    dataDir: env['DAJUAN_DATA'] ?? join(root, '.data'),
    port,
    host: env['DAJUAN_HOST'] || '127.0.0.1',
    tls: tlsOf(env['DAJUAN_TLS_CERT'], env['DAJUAN_TLS_KEY']),
    proxies: (env['DAJUAN_TRUST_PROXY'] ?? '').split(/[,\s]+/).filter((proxy) => proxy !== ''),
    databaseUrl: env['DATABASE_URL'] || undefined,
    checkReplies: env['DAJUAN_CHECK_REPLIES'] === '1',
    secretFile: env['DAJUAN_SECRET_FILE'] || undefined,
    oidcFile: env['DAJUAN_OIDC'] || undefined,
    syslog: env['DAJUAN_SYSLOG'] || undefined,
    notifyFile: env['DAJUAN_NOTIFY'] || undefined,
    limits: limitsOf(env),
  }
}

/** The pair of TLS files; throws a sentence where one of the two is missing. */
export function tlsOf(certFile: string | undefined, keyFile: string | undefined): Network['tls'] {
  if (!certFile && !keyFile) return undefined
  if (!certFile || !keyFile) throw new OperatorError('TLS needs both a certificate and its key: --tls-cert FILE --tls-key FILE.')
  return { certFile, keyFile }
}

/** DAJUAN_LIMIT_READ, …_PUBLIC_WRITE and so on over the usual limits. */
function limitsOf(env: NodeJS.ProcessEnv): Limits {
  const limits = { ...usualLimits }
  for (const name of Object.keys(limits) as RouteClass[]) {
    const variable = `DAJUAN_LIMIT_${name.toUpperCase().replace('-', '_')}`
    const given = env[variable]
    if (given === undefined || given === '') continue
    if (!/^[1-9]\d{0,8}$/.test(given)) throw new OperatorError(`${variable} is "${given}"; give a number of requests a minute, 1 or more.`)
    limits[name] = Number(given)
  }
  return limits
}

/** The environment for a program that we run, with some variables more. */
export function environmentWith(more: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...more }
}
