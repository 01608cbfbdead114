import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { transaction } from '#server/kit/db.ts'
import { query, sql } from '#server/kit/sql.ts'
import { testDatabase } from './postgres.ts'

const { pool } = await testDatabase()
const count = query('test.count', Type.Object({ n: Type.Integer() }), (_: object) => sql`select count(*)::int as n from org.unit`)

test('the app role sees nothing without taking a role', async () => {
  await assert.rejects(pool.query('select * from org.unit'), /permission denied/)
})
test('a transaction reads through the policies', async () => {
  const tenant = { id: 1, slug: 'x', name: 'x', host: null, pack: 'x', demonstration: false, clockOffset: 0 }
  const row = await transaction(pool, { tenant, actorId: null, scope: [], mode: 'read' }, (tx) => tx.one(count, {}))
  assert.equal(row.n, 0)
})
