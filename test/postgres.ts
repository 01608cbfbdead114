// A migrated database per test file: cloned from a template that is migrated once per cluster, dropped afterwards.
// `npm test` starts one cluster and names it in DAJUAN_TEST_URL; a file run alone starts its own.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { openPool, type Pool } from '#server/kit/db.ts'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { appUrl, migrate, migrations } from '#server/kit/migrate.ts'

export interface TestDatabase {
  /** Connection string of the owner. */
  url: string
  /** Connections as dajuan_app, as the server has them. */
  pool: Pool
}

export interface Server {
  url: string
  stop: () => Promise<void>
}

/** The cluster that `npm test` started, or one of its own with nothing kept safe from a crash. */
export async function testServer(): Promise<Server> {
  const given = process.env['DAJUAN_TEST_URL']
  if (given !== undefined) return { url: given, stop: async () => undefined }
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-test-'))
  const cluster = await startCluster({ dataDir, settings: throwAwaySettings })
  const stop = async () => {
    await cluster.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: cluster.url('postgres'), stop }
}

/** The same server's connection string for another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** A fresh migrated database, dropped when the test file ends. Call it once, at the top of the file. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer()
  const hash = createHash('sha256')
    .update(
      migrations()
        .map((migration) => migration.hash)
        .join(),
    )
    .digest('hex')
    .slice(0, 12)
  const template = `dajuan_template_${hash}`
  const database = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7002)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      await client.query(`create database ${template}_new`)
      await migrate(withDatabase(server.url, `${template}_new`))
      await client.query(`alter database ${template}_new rename to ${template}`)
    }
    await client.query(`create database ${database} template ${template}`)
  } finally {
    await client.end()
  }
  const url = withDatabase(server.url, database)
  const pool = openPool(appUrl(url))
  after(async () => {
    await pool.end()
    const dropper = new pg.Client({ connectionString: server.url })
    await dropper.connect()
    await dropper.query(`drop database if exists ${database} with (force)`)
    await dropper.end()
    await server.stop()
  })
  return { url, pool }
}
