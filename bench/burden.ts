// What the sender of a request waits for: the cost of a form of 42 fields to all 918 units, of which each has said half of the terms already.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { preview, termsPack } from '#modules/burden/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { openPool, transaction } from '#server/kit/db.ts'
import { appUrl } from '#server/kit/migrate.ts'
import { partOf } from '#server/kit/pack.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { percentile } from './load.ts'
import type { Result } from './results.ts'

const FIELDS = 42
const UNITS = 918
const RUNS = 30
const MOST_MS = 200

/** The preview of such a request, one after the other. */
export async function benchBurden(ownerUrl: string): Promise<Result> {
  loadPacks(join(fileURLToPath(new URL('../', import.meta.url)), 'packs'))
  const pool = openPool(appUrl(ownerUrl), 1)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const [tenant] = await loadTenants(pool)
    if (tenant === undefined) throw new Error('the database has no tenant')
    const terms = partOf(tenant, termsPack).terms
    const fields = Array.from({ length: FIELDS }, (_, at) => ({ name: `栏目${at}`, type: 'int', ...(terms[at] === undefined ? {} : { term: terms[at].id }) }))
    await owner.query(
      `insert into burden.known (tenant_id, body_id, term, source_id, source, value, said_on, valid_until, known_from)
       select distinct $1::int, unit_id, term, gen_random_uuid(), '测量', '1'::jsonb, date '2024-12-01', date '2025-12-01', now() from org.unit, unnest($2::text[]) term where tenant_id = $1`,
      [tenant.id, terms.filter((_, at) => at % 2 === 0).map(({ id }) => id)],
    )
    const { rows } = await owner.query<{ id: string }>(
      `select distinct unit_id as id from org.unit where tenant_id = $1 and valid_until = 'infinity' and known_until = 'infinity' limit $2`,
      [tenant.id, UNITS],
    )
    const ids = rows.map(({ id }) => id)
    const times: number[] = []
    let errors = 0
    for (let run = 0; run < RUNS + 3; run += 1) {
      const started = performance.now()
      const made = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, (tx) =>
        preview(tx, { kind: 'form', receivers: { under: ids[0] ?? '', of: 'unit' }, fields }, ids),
      )
      if (run >= 3) times.push(performance.now() - started)
      if (made.receivers !== UNITS || made.fields !== FIELDS || made.knownFields === 0) errors += 1
    }
    const [p50, p95] = [percentile(times, 50), percentile(times, 95)]
    return {
      id: 'cost-preview',
      what: `cost preview of a request of ${FIELDS} fields to ${UNITS} units`,
      bar: `p95 ≤ ${MOST_MS} ms`,
      value: p95,
      unit: 'ms',
      n: times.length,
      p50,
      p95,
      baseline: null,
      scope: 'tenant: the work committee’s desk',
      errors,
      met: errors === 0 && p95 <= MOST_MS,
      note: `${terms.length} of the fields name a term, every other one known of each unit; without HTTP`,
    }
  } finally {
    await owner.end()
    await pool.end()
  }
}
