// Eleven cities in one database, one a tenant: eleven runs against one city's alone. The cities are copies of the demonstration's rows.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { runSql } from '#engine/index.ts'
import { catalogueOf } from '#modules/rubric/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { now, today } from '#server/kit/clock.ts'
import { openPool, type Pool, transaction } from '#server/kit/db.ts'
import { appUrl } from '#server/kit/migrate.ts'
import { loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { percentile } from './load.ts'
import type { Result } from './results.ts'
import { sixty } from './scoring.ts'

const CITIES = 11
const RUNS = 7
const tables = [
  ...['unit', 'party_org', 'placement', 'person', 'membership', 'holding', 'term', 'lineage'].map((name) => `org.${name}`),
  ...['record', 'participant', 'mark'].map((name) => `ledger.${name}`),
]

/** Copies the city of tenant 1 to tenants 2 to 11. The database grows to eleven times its size. */
async function copyCity(owner: pg.Client): Promise<void> {
  for (const table of ['kit.tenant', ...tables]) {
    const { rows } = await owner.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`,
      [table],
    )
    const own = rows.map(({ name }) => name).filter((name) => !['tenant_id', 'host', ...(table === 'kit.tenant' ? ['slug'] : [])].includes(name))
    const [into, from] =
      table === 'kit.tenant'
        ? [
            ['tenant_id', 'slug'],
            ['n', `slug || '-' || n`],
          ]
        : [['tenant_id'], ['n']]
    const rest = own.map((name) => `, ${name}`).join('')
    await owner.query(
      `insert into ${table} (${into.join(', ')}${rest}) select ${from.join(', ')}${rest} from ${table}, generate_series(2, ${CITIES}) n where tenant_id = 1`,
    )
  }
  await owner.query('vacuum analyze')
}

async function timedRun(pool: Pool, tenant: Tenant, ir: Parameters<typeof runSql>[0]): Promise<{ ms: number; rows: number }> {
  const context = { tenant: tenant.id, on: today(tenant), asOf: now(tenant).toISOString(), ...ir.period }
  const sql = runSql(ir, catalogueOf(tenant), context)
  return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
    const started = performance.now()
    const rows = await tx.compiled(sql)
    return { ms: performance.now() - started, rows: rows.length }
  })
}

/** Eleven runs over eleven cities against one over one. */
export async function benchCities(ownerUrl: string): Promise<Result> {
  loadPacks(join(fileURLToPath(new URL('../', import.meta.url)), 'packs'))
  const pool = openPool(appUrl(ownerUrl), 1)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const [first] = await loadTenants(pool)
    if (first === undefined) throw new Error('the database has no tenant')
    const { ir } = await sixty((mode, work) => transaction(pool, { tenant: first, actorId: null, scope: 'tenant', mode }, work), first)
    const alone: number[] = []
    for (let run = 0; run < RUNS; run += 1) alone.push((await timedRun(pool, first, ir)).ms)
    await copyCity(owner)
    const cities = await loadTenants(pool)
    const sums: number[] = []
    let errors = cities.length === CITIES ? 0 : 1
    for (let run = 0; run < RUNS; run += 1) {
      let sum = 0
      for (const city of cities) {
        const { ms, rows } = await timedRun(pool, city, ir)
        sum += ms
        if (rows !== 918) errors += 1
      }
      sums.push(sum)
    }
    const [one, all] = [percentile(alone, 50), percentile(sums, 50)]
    return {
      id: 'eleven-cities',
      what: 'eleven cities in one database, eleven runs, against one city’s run alone',
      bar: '≤ 12 ×',
      value: all / one,
      unit: `× (${all.toFixed(0)} ms)`,
      p50: all,
      p95: percentile(sums, 95),
      baseline: one,
      n: RUNS,
      scope: 'tenant (published numbers)',
      errors,
      met: all / one <= 12,
      note: `${CITIES} copies of the city’s organisation and ledger, one a tenant; each run gives 918 units`,
    }
  } finally {
    await owner.end()
    await pool.end()
  }
}
