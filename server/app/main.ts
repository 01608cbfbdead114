// Starts everything in order: PostgreSQL, migrations, packs, the demonstration, the pages, the HTTP server.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openPool, type Pool } from '#server/kit/db.ts'
import { type Cluster, startCluster } from '#server/kit/embedded.ts'
import { appUrl, migrate } from '#server/kit/migrate.ts'
import { checkOutside } from '#server/kit/outside.ts'
import { startProgress } from '#server/kit/progress.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import type { Config } from './config.ts'
import { buildHttp } from './http.ts'
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

/** Serves until `stop` is called. `empty`: no demonstration is loaded into a new database. */
export async function serve(config: Config, options: { empty: boolean }): Promise<Serving> {
  loadPacks(join(config.root, 'packs'))
  const database = await openDatabase(config)
  let pool: Pool | undefined
  try {
    await migrate(database.url)
    pool = openPool(appUrl(database.url))
    if (!options.empty && (await loadTenants(pool)).length === 0) {
      const { loadDemo } = await import('#db/demo/load.ts')
      const progress = startProgress('演示城市')
      await loadDemo({
        ownerUrl: database.url,
        accountsFile: join(config.dataDir, 'demo-accounts.json'),
        progress: (_step, done, total) => progress.step(done, total),
      })
      progress.end()
    }
    const pages = join(config.root, 'web', 'build')
    await buildPages(config.root, pages)
    const app = await buildHttp({ pool, pages: existsSync(pages) ? pages : undefined, dataDir: config.dataDir, checkReplies: config.checkReplies })
    const connections = pool
    const address = await app.listen({ port: config.port, host: '127.0.0.1' })
    return {
      address,
      stop: async () => {
        await app.close()
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
