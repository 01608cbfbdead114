// The counts of closed tickets: the rule and the recount say the same; whatever steps run at once, tally and changes stay equal to a recount.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { draws } from '#test/draws.ts'
import { testDatabase } from '#test/postgres.ts'
import { insertChanges } from './hotline.sql.ts'
import { differences, fillTally, foldChanges } from './hotline-recount.sql.ts'
import { type Countable, countsOf, tallyOf } from './hotline-tally.rules.ts'
import { type DrawnTicket, drawTicket, plainColumns, randomOf, rowOfDrawn } from './rates/rates.fixture.ts'

const { url, pool } = await testDatabase()
const owner = new pg.Client({ connectionString: url })
await owner.connect()
await owner.query(`insert into kit.tenant (tenant_id, slug, name, pack) values (1, 'city', '示例市', 'changzhi')`)
const tenant: Tenant = { id: 1, slug: 'city', name: '示例市', host: null, pack: 'changzhi', demonstration: false, clockOffset: 0 }
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, work)
const units = [newId(), newId(), newId()]
const start = Date.parse('2024-03-20T00:00:00Z')

/** Writes the ticket as it now stands and what that changes of the counts, in one transaction, as a step does. */
async function write(before: DrawnTicket | null, ticket: DrawnTicket, client: pg.Client): Promise<void> {
  const row = JSON.stringify({ ...plainColumns, ...rowOfDrawn(ticket) })
  await client.query('begin')
  await client.query('delete from hotline.ticket where ticket_id = $1', [ticket.ticketId])
  await client.query('insert into hotline.ticket select * from jsonb_populate_record(null::hotline.ticket, $1::jsonb)', [row])
  const rows = tallyOf(before, ticket).map((change) => rowOfDrawn({ ...change, tenantId: 1, changeId: newId(), ticketId: ticket.ticketId }))
  const built = insertChanges.build({ rows: JSON.stringify(rows) })
  await client.query(built.text, built.values as unknown[])
  await client.query('commit')
}
const recount = () => within((tx) => tx.all(differences, { tenantId: 1 }))
const fold = (limit: number) => within((tx) => tx.one(foldChanges, { tenantId: 1, limit }))
const empty = () => owner.query('truncate hotline.ticket, hotline.tally, hotline.tally_change')

test('[H10] what the rule says of a ticket is what the recount counts, in every dimension and month', async () => {
  await empty()
  const random = randomOf(7)
  for (let n = 0; n < 400; n += 1) await write(null, drawTicket(random, units, start), owner)
  assert.deepEqual(await recount(), [])
  // A month ends in China at 16:00 UTC.
  const edge = {
    ...drawTicket(random, units, start),
    parentId: null,
    state: 'closed',
    receivedAt: '2024-03-31T15:59:59.999Z',
    closedAt: '2024-03-31T16:00:00.000Z',
  }
  assert.deepEqual([countsOf(edge)?.receivedIn, countsOf(edge)?.closedIn], ['2024-03-01', '2024-04-01'])
  await write(null, edge, owner)
  assert.deepEqual(await recount(), [])
  // The same counted afresh into an empty tally, as after a load.
  await owner.query('truncate hotline.tally, hotline.tally_change')
  await within((tx) => tx.all(fillTally, { tenantId: 1 }))
  assert.deepEqual(await recount(), [])
})

test('[H10] a reopened ticket is taken back, a part, a merged and a dropped one count nowhere, a change of nothing writes nothing', () => {
  const closed: Countable = {
    ...drawTicket(randomOf(1), units, start),
    ...{ parentId: null, state: 'closed', direct: false, dispatchedAt: '2024-04-01T01:00:00.000Z', unitId: units[0] as string },
    ...{ closedAt: '2024-04-03T01:00:00.000Z', calledAt: '2024-04-03T01:00:00.000Z', reached: true, solved: true, relapsed: false, satisfaction: 5 },
  }
  const [taken, ...more] = tallyOf(closed, { ...closed, state: 'handling', closedAt: null, calledAt: null })
  assert.deepEqual([taken?.closed, taken?.solved, taken?.satisfied, more.length], [-1, -1, -1, 0])
  const [relapse] = tallyOf(closed, { ...closed, relapsed: true })
  assert.deepEqual([relapse?.closed, relapse?.solved, relapse?.relapsed, relapse?.reached], [0, -1, 1, 0])
  assert.deepEqual(
    tallyOf(closed, { ...closed, unitId: units[1] as string }).map((row) => [row.unitId, row.closed]),
    [
      [units[0], -1],
      [units[1], 1],
    ],
  )
  assert.deepEqual(tallyOf(closed, { ...closed, state: 'archived' }), [])
  for (const out of [{ parentId: newId() }, { state: 'merged' }, { state: 'dropped' }]) assert.equal(countsOf({ ...closed, ...out }), null)
})

test('[H10] whatever steps, folds and looks run at once on two connections, tally and changes equal a recount', async () => {
  const second = new pg.Client({ connectionString: url })
  await second.connect()
  try {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.array(fc.nat(9), { minLength: 8, maxLength: 24 }), async (seed, plan) => {
        await empty()
        const random = randomOf(seed)
        const standing: (DrawnTicket | null)[] = Array.from({ length: 10 }, () => null)
        // Odd tickets are stepped on one connection, even ones on the other, folds on a third: all at once.
        const play = async (client: pg.Client, parity: number) => {
          for (const slot of plan.filter((one) => one % 2 === parity)) {
            const before = standing[slot] ?? null
            const drawn = drawTicket(random, units, start)
            const after = before === null ? drawn : { ...drawn, ticketId: before.ticketId, number: before.number, receivedAt: before.receivedAt }
            await write(before, after, client)
            standing[slot] = after
          }
        }
        const looks: unknown[] = []
        await Promise.all([play(owner, 0), play(second, 1), fold(3).then(() => fold(2)), recount().then((found) => looks.push(...found)), fold(5)])
        assert.deepEqual(looks, [], 'also while steps are under way')
        assert.deepEqual(await recount(), [])
        while ((await fold(7)).count > 0);
        assert.deepEqual(await recount(), [])
        assert.equal((await owner.query('select from hotline.tally_change')).rowCount, 0)
      }),
      draws(25),
    )
  } finally {
    await second.end()
  }
})

test('[H10] a count that was changed behind the tally’s back is found, by its dimension, key and months', async () => {
  await empty()
  const ticket = { ...drawTicket(randomOf(3), units, start), parentId: null, state: 'closed', closedAt: '2024-04-03T01:00:00.000Z' }
  await write(null, ticket, owner)
  await fold(10)
  await owner.query(`update hotline.tally set closed = closed + 1 where dimension = 'county'`)
  const found = await recount()
  assert.deepEqual(
    found.map(({ dimension, key, closedIn }) => [dimension, key, closedIn]),
    [['county', ticket.county, '2024-04-01']],
  )
  await owner.end()
})
