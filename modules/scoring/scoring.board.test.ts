// A board that is brought up to date against one computed anew, with writes between (house.md: live results; engine SPEC R-RUN-5).
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Pool } from 'pg'
import { newId } from '#base/ids.ts'
import { loadPackRubrics, rubricOf } from '#modules/rubric/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { draws } from '#test/draws.ts'
import { smallCity } from '#test/small-city.ts'
import { type Board, computeBoard } from './scoring.board.ts'
import { itemsOf } from './scoring.rules.ts'

loadPacks(join(import.meta.dirname, '../../packs'))
const { url, pool } = await smallCity()
// Its connections are closed when the file ends, or with the database, whichever comes first.
const owner = new Pool({ connectionString: url, max: 2 })
owner.on('error', () => undefined)
after(() => owner.end())
const tenant = (await loadTenants(pool)).find(({ id }) => id === 1)!
const on = '2024-12-20'
await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, loadPackRubrics)

/** The board of a rubric, as plain data. */
function plain(board: Board): object[] {
  return [...board.scores.values()].map(({ shared: _, ...score }) => ({ ...score, items: itemsOf(board.scores.get(score.id)!) }))
}

async function compute(id: string, before: Board | null): Promise<Board> {
  return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) =>
    computeBoard(tx, { rubric: await rubricOf(tx, id), on, asOf: null }, before),
  )
}

const bodies = (await owner.query<{ unit: string; org: string }>(`select unit_id as unit, party_org_id as org from org.party_org where tenant_id = 1`)).rows
// As kit.now() stamps: in whole milliseconds, so that nothing is known later than a board that is computed after it.
const clock = `date_trunc('milliseconds', now() + (select clock_offset from kit.tenant where tenant_id = 1))`
const kinds = ['theme-day', 'heart-talk', 'party-lecture', 'visit', 'discipline-study']

/** What may happen between two looks at a board. `at` chooses whose, `nth` which. */
const deeds: Record<string, (at: number, nth: number) => Promise<unknown>> = {
  enter: (at, nth) => {
    const { unit, org } = bodies[at % bodies.length]!
    return owner.query(
      `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, due, present, complete, late, known_from)
       values (1, $1, 1, $2, $3, $4, date '2024-01-05' + $5::int, '随机', 5, 3, true, false, ${clock})`,
      [newId(), kinds[nth % kinds.length], unit, org, nth],
    )
  },
  withdraw: async (at) => {
    const { rows } = await owner.query(
      `select record_id, version from ledger.record where tenant_id = 1 and state = 'valid' and known_until = 'infinity' order by record_id`,
    )
    const one = rows[at % Math.max(rows.length, 1)]
    if (one === undefined) return
    await owner.query(
      `with closed as (update ledger.record set known_until = greatest(${clock}, known_from) where record_id = $1 and version = $2 returning *)
       insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, fields, due, present, state, complete, late, reason, known_from)
       select tenant_id, record_id, version + 1, kind, unit_id, party_org_id, happened_on, title, fields, due, present, 'withdrawn', complete, late, '重复', known_until from closed`,
      [one.record_id, one.version],
    )
  },
  giveAway: async (at, nth) => {
    const { rows } = await owner.query(
      `select record_id, version from ledger.record where tenant_id = 1 and state = 'valid' and known_until = 'infinity' order by record_id`,
    )
    const one = rows[at % Math.max(rows.length, 1)]
    const { unit, org } = bodies[nth % bodies.length]!
    if (one === undefined) return
    await owner.query(
      `with closed as (update ledger.record set known_until = greatest(${clock}, known_from) where record_id = $1 and version = $2 returning *)
       insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, fields, due, present, state, complete, late, reason, known_from)
       select tenant_id, record_id, version + 1, kind, $3, $4, happened_on, title, fields, due, present, state, complete, late, '记错了', known_until from closed`,
      [one.record_id, one.version, unit, org],
    )
  },
  mark: (at, nth) =>
    owner.query(
      `insert into ledger.mark (tenant_id, mark_id, subject_id, item, value, given_by, given_on, known_from) values (1, $1::uuid, $2, $3, $4, $1::uuid::text, '2024-11-05', ${clock})`,
      [newId(), [bodies[at % bodies.length]!.unit, bodies[at % bodies.length]!.org][nth % 2], ['appraisal', 'year_end'][nth % 2], nth % 100],
    ),
  dismiss: (at) =>
    owner.query(
      `update org.holding set known_until = greatest(${clock}, known_from) where known_until = 'infinity' and holding_id = (select holding_id from org.holding where known_until = 'infinity' order by holding_id offset $1 limit 1)`,
      [at % 5],
    ),
}
const deed = fc.record({
  what: fc.constantFrom('enter', 'enter', 'enter', 'withdraw', 'giveAway', 'mark', 'mark', 'dismiss'),
  at: fc.nat(40),
  nth: fc.nat(300),
  look: fc.boolean(),
})

test('[R-RUN-5] a board brought up to date after any writes equals one computed anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 6 }), fc.constantFrom('branch-2024', 'clean-2024', 'model-2024'), async (happened, id) => {
      let board = await compute(id, null)
      for (const { what, at, nth, look } of happened) {
        await deeds[what]!(at, nth)
        if (look) board = await compute(id, board)
      }
      board = await compute(id, board)
      assert.deepEqual(plain(board), plain(await compute(id, null)))
    }),
    draws(Number(process.env.BOARD_RUNS ?? '25')),
  )
})

test('what a write that was still open when a board was computed has stamped is in the next one', async () => {
  const client = await owner.connect()
  const scored = await compute('branch-2024', null)
  const { unit, org } = bodies.find((body) => scored.scores.has(body.org))!
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock_shared(7001, 1)')
    const id = newId()
    await client.query(
      `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
       values (1, $1, 1, 'theme-day', $2, $3, '2024-06-03', '慢', true, false, ${clock})`,
      [id, unit, org],
    )
    // Older than the margin for clocks by the time it is committed.
    await new Promise((resolve) => setTimeout(resolve, 5_500))
    const before = await compute('branch-2024', null)
    await client.query('commit')
    const after = await compute('branch-2024', before)
    assert.notDeepEqual(plain(after), plain(before))
    assert.deepEqual(plain(after), plain(await compute('branch-2024', null)))
  } finally {
    client.release()
  }
})
