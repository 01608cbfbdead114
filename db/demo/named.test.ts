// What the article names loses no point by what was invented: under every rubric of the pack (product.md, "What must not happen").
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadRubric, type ResultRow, type RunRow, resultOf, runSql } from '#engine/index.ts'
import { catalogueOf } from '#modules/rubric/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { cityDatabase } from '#test/city.ts'

const packs = fileURLToPath(new URL('../../packs', import.meta.url))
loadPacks(packs)
const { pool } = await cityDatabase()
const [tenant] = await loadTenants(pool)
assert.ok(tenant !== undefined)

async function scores(rubric: string): Promise<ResultRow[]> {
  const file = join(packs, 'changzhi/rubrics', `${rubric}.yaml`)
  const checked = loadRubric(readFileSync(file, 'utf8'), file, catalogueOf(tenant!))
  assert.ok(checked.ok)
  const context = { tenant: tenant!.id, on: '2024-12-20', asOf: '2024-12-20T02:00:00Z', ...checked.value.period }
  const rows = await transaction(pool, { tenant: tenant!, actorId: null, scope: 'tenant', mode: 'read' }, (tx) =>
    tx.compiled<RunRow>(runSql(checked.value, catalogueOf(tenant!), context)),
  )
  return rows.map(resultOf)
}

for (const rubric of ['model-2024', 'clean-2024', 'branch-2024']) {
  test(`${rubric}: all named have the same total near the top, the invented ones differ and some are low`, async () => {
    const rows = await scores(rubric)
    const named = rows.filter((row) => !row.name?.includes('示例'))
    const invented = rows.filter((row) => row.name?.includes('示例')).map((row) => Number(row.total))
    assert.ok(named.length >= 13, `${named.length} named`)
    assert.deepEqual([...new Set(named.map((row) => row.total))].length, 1, named.map((row) => `${row.name} ${row.total}`).join(', '))
    assert.ok(Number(named[0]?.total) >= 98)
    assert.ok(new Set(invented).size > invented.length / 10, 'invented totals separate')
    const low = invented.filter((total) => total < 80).length / invented.length
    assert.ok(low > 0.02 && low < 0.25, `${low} of the invented are below 80`)
  })
}
