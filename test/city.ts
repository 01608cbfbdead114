// The full demonstration city, loaded once per test cluster and shared: read it, or write inside a transaction that is rolled back.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loadDemo } from '#db/demo/load.ts'
import { openPool } from '#server/kit/db.ts'
import { appUrl, migrate, migrations } from '#server/kit/migrate.ts'
import { type TestDatabase, testServer, withDatabase } from './postgres.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Changes whenever the city's rows would: the schema, the builders, the kinds of record and of matter. */
function cityHash(): string {
  const hash = createHash('sha256')
  for (const migration of migrations()) hash.update(migration.hash)
  const folder = join(root, 'db/demo')
  for (const name of readdirSync(folder).sort()) if (/(?<!\.test)\.(ts|json)$/.test(name)) hash.update(readFileSync(join(folder, name)))
  const pack = join(root, 'packs/changzhi')
  hash.update(readFileSync(join(pack, 'records.yaml')))
  for (const name of readdirSync(join(pack, 'matters')).sort()) hash.update(name).update(readFileSync(join(pack, 'matters', name)))
  return hash.digest('hex').slice(0, 12)
}

export interface CityDatabase extends TestDatabase {
  /** A connection as the owner, who sees everything. */
  owner: pg.Client
}

/** Connections to the shared full-size city, tenant 1. Call it once, at the top of the file; the database stays for the next one. */
export async function cityDatabase(): Promise<CityDatabase> {
  const server = await testServer()
  const database = `dajuan_city_${cityHash()}`
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    // Whoever comes second waits here while the first one loads.
    await client.query('select pg_advisory_lock(7004)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) {
      await client.query(`drop database if exists ${database}_new with (force)`)
      await client.query(`create database ${database}_new`)
      const url = withDatabase(server.url, `${database}_new`)
      await migrate(url)
      await loadDemo({ ownerUrl: url })
      await client.query(`alter database ${database}_new rename to ${database}`)
    }
  } finally {
    await client.end()
  }
  const url = withDatabase(server.url, database)
  const pool = openPool(appUrl(url))
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  after(async () => {
    await pool.end()
    await owner.end()
    await server.stop()
  })
  return { url, pool, owner }
}
