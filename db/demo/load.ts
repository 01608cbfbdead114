// Loads the demonstration: one city, or several, each a tenant. The builders are imported only when there is something to load.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { OperatorError } from '#server/kit/operator-error.ts'
import type { DemoSummary, Progress } from './load-tenant.ts'
import { mix } from './random.ts'
import type { TicketSummary } from './tickets.ts'

export interface DemoOptions {
  /** Connection string of the owner of a migrated database. */
  ownerUrl: string
  /** How many cities, each a tenant: changzhi, changzhi-2 … */
  scale?: number
  seed?: number
  /** `small`: about a hundredth, for tests that write. */
  size?: 'full' | 'small'
  /** Where to write the accounts of the first city, as JSON. */
  accountsFile?: string
  progress?: Progress
}

const SEED = 1404

const slugOf = (index: number) => (index === 0 ? 'changzhi' : `changzhi-${index + 1}`)

/**
 * Loads the demonstration city by COPY in one transaction: all of it or nothing.
 * @throws OperatorError when one of the tenants is there already, or the database was not migrated.
 */
export async function loadDemo(options: DemoOptions): Promise<DemoSummary> {
  const { ownerUrl, scale = 1, seed = SEED, size = 'full', accountsFile, progress } = options
  const summary: DemoSummary = { tenants: Array.from({ length: scale }, (_, index) => slugOf(index)), rows: {}, steps: {}, accounts: [] }
  const { loadTenants } = await import('./load-tenant.ts')
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    // Two loads at once would both find the tenant missing.
    await client.query('select pg_advisory_xact_lock(7003)')
    await refuseExisting(client, summary.tenants)
    await loadTenants(client, { summary, seed, size, report: progress })
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
  if (accountsFile !== undefined) {
    mkdirSync(dirname(accountsFile), { recursive: true })
    writeFileSync(accountsFile, `${JSON.stringify(summary.accounts, null, 2)}\n`, { mode: 0o600 })
  }
  return summary
}

/** Cities of the demonstration whose tickets aren't loaded. */
export async function withoutTickets(ownerUrl: string): Promise<{ tenant: number; slug: string }[]> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ tenant: number; slug: string }>(
      `select tenant_id as tenant, slug from kit.tenant t where demonstration
       and not exists (select from hotline.loading l where l.tenant_id = t.tenant_id and l.finished) order by tenant_id`,
    )
    return rows
  })
}

/**
 * Loads the tickets of the cities that have none, each city's in one transaction: all or nothing, again if it was broken off. What has been
 * done can be read meanwhile in hotline.loading.
 */
export async function loadDemoTickets(options: Pick<DemoOptions, 'ownerUrl' | 'seed' | 'size' | 'progress'>): Promise<Record<string, TicketSummary>> {
  const { ownerUrl, seed = SEED, size = 'full', progress } = options
  const cities = await withoutTickets(ownerUrl)
  const summaries: Record<string, TicketSummary> = {}
  if (cities.length === 0) return summaries
  const { loadTickets } = await import('./tickets.ts')
  for (const { tenant, slug } of cities) {
    const own = mix(seed, Number(slug.split('-')[1] ?? 1) - 1)
    summaries[slug] = await loadTickets({ ownerUrl, tenant, seed: own, size, progress: (done, total) => progress?.('工单', done, total) })
  }
  return summaries
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function refuseExisting(client: pg.Client, slugs: string[]): Promise<void> {
  const { rows: table } = await client.query<{ there: boolean }>(`select to_regclass('access.account') is not null as there`)
  if (table[0]?.there !== true) throw new OperatorError('The database has no tables of Dajuan yet. Run "dajuan migrate" first.')
  const { rows } = await client.query<{ slug: string }>('select slug from kit.tenant where slug = any ($1) order by slug', [slugs])
  if (rows.length === 0) return
  throw new OperatorError(
    `The demonstration city is there already (${rows.map((row) => row.slug).join(', ')}). Nothing was loaded; to load it anew, start with an empty data directory (DAJUAN_DATA) or database.`,
  )
}
