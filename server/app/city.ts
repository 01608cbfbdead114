// Work of the command line on one city: the database opened, the pack loaded, one transaction that sees the city, and everything closed again.
import { join } from 'node:path'
import { openPool, type Tx, transaction } from '#server/kit/db.ts'
import { appUrl, migrate } from '#server/kit/migrate.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './main.ts'
import { loadPacks } from './pack.ts'

/** Runs `work` on the city with this slug (undefined: the first one). Throws a sentence where there is none. */
export async function inCity<T>(slug: string | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
  const config = readConfig()
  loadPacks(join(config.root, 'packs'))
  const secrets = loadSecrets(config.dataDir, config.secretFile)
  const database = await openDatabase(config)
  try {
    await migrate(database.url)
    const pool = openPool(appUrl(database.url), 1)
    try {
      const tenants = await loadTenants(pool)
      const tenant = slug === undefined ? tenants[0] : tenants.find((one) => one.slug === slug)
      if (tenant === undefined)
        throw new OperatorError(
          slug === undefined ? 'There is no city yet.' : `There is no city "${slug}"; there are: ${tenants.map((one) => one.slug).join(', ')}.`,
        )
      const mark = (text: string) => secrets.mark('audit', text)
      return await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write', mark }, work)
    } finally {
      await pool.end()
    }
  } finally {
    await database.stop()
  }
}
