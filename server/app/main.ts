// Starts everything in order: PostgreSQL, migrations, packs, the demonstration, the pages, the HTTP server.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withoutTickets } from '#db/demo/load.ts'
import { syslogTarget } from '#modules/audit/index.ts'
import { openPool, type Pool } from '#server/kit/db.ts'
import { type Cluster, startCluster } from '#server/kit/embedded.ts'
import { appUrl, migrate } from '#server/kit/migrate.ts'
import { readNotifier } from '#server/kit/notify/notify.ts'
import { readOidcProviders } from '#server/kit/oidc-providers.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { checkOutside } from '#server/kit/outside.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Config, environmentWith } from './config.ts'
import { closeGently } from './connections.ts'
import { buildHttp } from './http.ts'
import { checkNetwork, proxiesAlone, proxyList, readTls } from './network.ts'
import { loadPacks } from './pack.ts'
import { buildPages } from './pages.ts'

export interface Database {
  /** Owner's connection string. */
  url: string
  stop: () => Promise<void>
}

/** The database of the configuration: the outside one, or the embedded one started now. */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    await checkOutside(config.databaseUrl)
    return { url: config.databaseUrl, stop: async () => undefined }
  }
  const cluster: Cluster = await startCluster({ dataDir: join(config.dataDir, 'postgres') })
  // Without its database the server could only answer with errors.
  void cluster.failed.then((words) => {
    console.error(`dajuan: ${words}`)
    process.exit(1)
  })
  return { url: cluster.url('postgres'), stop: cluster.stop }
}

export interface Serving {
  address: string
  stop: () => Promise<void>
}

/** Runs `dajuan demo` in a process of its own, so that its memory (200 MB) goes with it. Its progress and errors go to ours. */
function demo(config: Config, ownerUrl: string, options: string[]): { ended: Promise<number | null>; stop: () => void } {
  const child = spawn(process.execPath, [join(config.root, 'server', 'app', 'cli.ts'), 'demo', ...options], {
    env: environmentWith({ DATABASE_URL: ownerUrl, DAJUAN_DATA: config.dataDir }),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { ended: new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve)), stop: () => void child.kill('SIGKILL') }
}

async function loadDemonstration(config: Config, ownerUrl: string): Promise<void> {
  if ((await demo(config, ownerUrl, []).ended) !== 0)
    throw new OperatorError('The demonstration was not loaded; the line above says why. Nothing of it is in the database: mend that and start again.')
}

/** Serves until `stop` is called. `empty`: no demonstration is loaded into a new database. */
export async function serve(config: Config, options: { empty: boolean }): Promise<Serving> {
  checkNetwork(config)
  proxyList(config.proxies)
  if (config.syslog !== undefined && syslogTarget(config.syslog) === undefined)
    throw new OperatorError(`DAJUAN_SYSLOG is "${config.syslog}"; write udp://host:port or tcp://host:port.`)
  const tls = readTls(config.tls)
  const providers = config.oidcFile === undefined ? [] : readOidcProviders(config.oidcFile)
  const notifier = config.notifyFile === undefined ? undefined : readNotifier(config.notifyFile)
  loadPacks(join(config.root, 'packs'))
  const database = await openDatabase(config)
  let pool: Pool | undefined
  try {
    await migrate(database.url)
    pool = openPool(appUrl(database.url))
    if (!options.empty && (await loadTenants(pool)).length === 0) {
      await loadDemonstration(config, database.url)
    }
    const pages = join(config.root, 'web', 'build')
    await buildPages(config.root, pages)
    const app = await buildHttp({ ...config, pool, pages: existsSync(pages) ? pages : undefined, tls, providers, notifier })
    const connections = pool
    proxiesAlone(app.server, config)
    const address = await app.listen({ port: config.port, host: config.host })
    // The tickets come while the server answers already. A load that is broken off leaves nothing; the next start begins it anew.
    const tickets = options.empty || (await withoutTickets(database.url)).length === 0 ? undefined : demo(config, database.url, ['--tickets'])
    const ticketsEnded = tickets?.ended.catch((error: unknown) => console.error(`dajuan: the demonstration's tickets were not loaded: ${String(error)}`))
    return {
      address,
      stop: async () => {
        await closeGently(app)
        tickets?.stop()
        await ticketsEnded
        await connections.end()
        await database.stop()
      },
    }
  } catch (error) {
    await pool?.end()
    await database.stop()
    throw error
  }
}
