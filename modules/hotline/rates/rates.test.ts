// The seven rates: what divides what, what stands beside, the range of those not heard; now, and as of a past moment as it was counted then; who sees which groups.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { type Caller, hotlineCity } from '#test/hotline-city.ts'
import { insertChanges } from '../hotline.sql.ts'
import { needsVersion, tallyOf } from '../hotline-tally.rules.ts'
import type { RatesPage } from './rates.contract.ts'
import { type DrawnTicket, drawTicket, plainColumns, randomOf, rowOfDrawn } from './rates.fixture.ts'
import { fold, recount } from './rates.job.ts'
import { addMonths, lastDay, noCounts, perCent, rateOf, riseOf } from './rates.rules.ts'
import { carriedAt, countsAt, recountAt } from './rates.sql.ts'

const city = await hotlineCity()
const { app, owner, pool, unit } = city
const [tenant] = (await loadTenants(pool)) as [Tenant]
const [agent, lamps, desk] = (await Promise.all((['agent', 'lamps', 'desk'] as const).map((login) => city.as(login)))) as [Caller, Caller, Caller]
const units = [unit.lamps, unit.county, unit.heat]
const noon = Date.parse('2024-12-20T01:00:00Z')
const within = { tenant, actorId: null, scope: 'tenant', mode: 'write' } as const
const page = async (who: Caller, query = ''): Promise<RatesPage> => {
  const reply = await who.get(`/api/hotline/rates${query}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}

/** A version is named by its revision; here each has one of its own. */
let versions = 0

/** Writes the ticket as it now stands, what it was where a step keeps that, and what changes of the counts. */
async function step(before: DrawnTicket | null, after: DrawnTicket, at: string): Promise<DrawnTicket> {
  const isKept = before !== null && needsVersion(before, after, at)
  const standing = isKept ? { ...after, knownFrom: at } : after
  const rowOf = (ticket: object, more: object) => JSON.stringify({ ...plainColumns, ...rowOfDrawn(ticket), ...more })
  await owner.query('begin')
  if (isKept)
    await owner.query('insert into hotline.ticket_was select * from jsonb_populate_record(null::hotline.ticket_was, $1::jsonb)', [
      rowOf(before, { known_until: at, revision: (versions += 1) }),
    ])
  await owner.query('delete from hotline.ticket where ticket_id = $1', [after.ticketId])
  await owner.query('insert into hotline.ticket select * from jsonb_populate_record(null::hotline.ticket, $1::jsonb)', [rowOf(standing, {})])
  const rows = tallyOf(before, standing).map((change) => rowOfDrawn({ ...change, tenantId: 1, changeId: newId(), ticketId: after.ticketId }))
  const built = insertChanges.build({ rows: JSON.stringify(rows) })
  await owner.query(built.text, built.values as unknown[])
  await owner.query('commit')
  return standing
}
const empty = () => owner.query('truncate hotline.ticket, hotline.ticket_was, hotline.tally, hotline.tally_change')

test('[H10] a rate is numerator ÷ denominator with the range of those not heard; nothing divided by nothing is no rate', () => {
  // 100 closed, 73 rated, 72 of them satisfied: 98.63 % of those who rated, 72 % to 99 % of all.
  const counts = { ...noCounts, closed: 100, rated: 73, satisfied: 72, reached: 80, called: 90, solved: 60, relapsed: 5, open: 10, overdue: 4, onTime: 95 }
  assert.deepEqual(rateOf('satisfying', counts), { numerator: 72, denominator: 73, value: '98.63', range: { low: '72.00', high: '99.00' } })
  assert.deepEqual(rateOf('solving', counts), { numerator: 60, denominator: 80, value: '75.00', range: { low: '60.00', high: '80.00' } })
  assert.deepEqual(rateOf('closing', counts), { numerator: 100, denominator: 104, value: '96.15', range: null })
  assert.deepEqual([rateOf('on-time', counts).value, rateOf('calling', counts).value], ['91.35', '90.00'])
  assert.deepEqual(rateOf('satisfying', noCounts), { numerator: 0, denominator: 0, value: null, range: null })
  // Half up at two places; no rounding makes a whole of what isn't one... but for the published way of writing it.
  assert.deepEqual([perCent(1, 8), perCent(1, 3), perCent(2, 3), perCent(1, 16_000)], ['12.50', '33.33', '66.67', '0.01'])
  assert.deepEqual([lastDay('2024-02'), addMonths('2024-01', -1), addMonths('2024-12', 1)], ['2024-02-29', '2023-12', '2025-01'])
})

test('a rise is told only above the mean and twice the spread of the weeks before, and never of few', () => {
  assert.deepEqual(riseOf(30, [10, 12, 8, 10, 11, 9, 10, 10]), { mean: 10, spread: 3.2, threshold: 16.3, isRise: true })
  assert.equal(riseOf(16, [10, 12, 8, 10, 11, 9, 10, 10]).isRise, false, 'under the threshold')
  assert.equal(riseOf(9, [0, 0, 0, 0, 0, 0, 0, 0]).isRise, false, 'fewer than ten')
  assert.equal(riseOf(30, [2, 40, 1, 38, 0, 41, 3, 39]).isRise, false, 'it always swings like that')
})

test('[H10] as of now: tally, changes and open tickets together are what a plain count of the rows gives, in every dimension', async () => {
  await empty()
  const random = randomOf(11)
  for (let n = 0; n < 500; n += 1) {
    await step(null, drawTicket(random, units, noon - 100 * 86_400_000, 80), new Date(noon).toISOString())
    if (n === 250) await transaction(pool, within, fold)
  }
  for (const by of ['unit', 'category', 'county', 'channel', 'class', 'month'] as const) {
    const now = await page(agent, `?from=2024-10&to=2024-12&by=${by}`)
    const counted = await transaction(pool, { ...within, mode: 'read' }, (tx) =>
      tx.all(recountAt, { tenantId: 1, by, from: '2024-10-01', until: '2025-01-01', at: now.at }),
    )
    const sorted = (rows: { key: string }[]) => rows.sort((a, b) => a.key.localeCompare(b.key))
    assert.deepEqual(sorted(now.groups.map(({ key, counts }) => ({ key, ...counts }))), sorted(counted as { key: string }[]), by)
    assert.equal(now.rates.length, 7)
  }
  const { rows } = await owner.query(
    `select count(*) filter (where closed_at is not null)::int as closed, count(*) filter (where closed_at is null)::int as open from hotline.ticket
     where parent_id is null and state not in ('merged', 'dropped') and received_at < '2024-10-31T16:00:00Z' and (closed_at is null or closed_at >= '2024-10-31T16:00:00Z')`,
  )
  assert.deepEqual((await page(agent, '?from=2024-11&to=2024-12')).carried, rows[0])
})

test('[H10] as of a past moment: what was counted then, whatever was reopened, moved, extended, rated, merged or relapsed since', async () => {
  await empty()
  const random = randomOf(5)
  const day = (n: number): string => new Date(Date.parse('2024-11-01T00:00:00Z') + n * 86_400_000).toISOString()
  const count = (at: string, how: typeof countsAt = recountAt) =>
    transaction(pool, { ...within, mode: 'read' }, async (tx) =>
      (await tx.all(how, { tenantId: 1, by: 'unit', from: '2024-10-01', until: '2025-01-01', at })).sort((a, b) =>
        (a.key as string).localeCompare(b.key as string),
      ),
    )
  const standing = new Map<number, DrawnTicket>()
  const seen: { at: string; counted: unknown }[] = []
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  // Each day some tickets are received and some take a step of their life, at that day's moment; after it the day is counted as of now.
  for (let n = 0; n < 40; n += 1) {
    const at = day(n)
    for (let k = 0; k < 6; k += 1) {
      const fresh = drawTicket(random, units, Date.parse(at), 0)
      const none = {
        unitId: null,
        dispatchedAt: null,
        signDueAt: null,
        signedAt: null,
        respondDueAt: null,
        respondedAt: null,
        answeredAt: null,
        calledAt: null,
        closedAt: null,
      }
      const told = {
        reached: null,
        solved: null,
        satisfaction: null,
        direct: false,
        relapsed: false,
        rehandled: 0,
        transfers: 0,
        state: 'received',
        parentId: null,
      }
      standing.set(standing.size, await step(null, { ...fresh, ...none, ...told, dueAt: day(n + 7), receivedAt: at, knownFrom: at }, at))
    }
    for (let k = 0; k < 14; k += 1) {
      const slot = Math.floor(random() * standing.size)
      const at = new Date(Date.parse(day(n)) + 1000 * (k + 1)).toISOString()
      const now = standing.get(slot) as DrawnTicket
      const moves: Partial<DrawnTicket>[] =
        now.state === 'merged'
          ? [{}]
          : now.closedAt !== null
            ? [
                {
                  state: 'handling',
                  closedAt: null,
                  calledAt: null,
                  answeredAt: null,
                  reached: null,
                  solved: null,
                  satisfaction: null,
                  rehandled: now.rehandled + 1,
                },
                ...[{ satisfaction: pick([1, 5]) }, { relapsed: true }, { state: 'archived' }, { unitId: now.unitId === null ? null : pick(units) }],
              ]
            : now.dispatchedAt === null
              ? [
                  { state: 'dispatched', unitId: pick(units), dispatchedAt: at, signDueAt: day(n + 1), respondDueAt: day(n + 2), signedAt: null },
                  ...[{ state: 'closed', direct: true, closedAt: at, answeredAt: at }, { state: 'merged', closedAt: at }, { category: 'stalls' }],
                ]
              : now.signedAt === null
                ? [
                    { state: 'handling', signedAt: at },
                    {
                      state: 'returned',
                      unitId: null,
                      dispatchedAt: null,
                      signDueAt: null,
                      signedAt: null,
                      respondDueAt: null,
                      respondedAt: null,
                      transfers: now.transfers + 1,
                    },
                    { dueAt: day(n + 9) },
                  ]
                : [
                    { respondedAt: now.respondedAt ?? at },
                    { state: 'closed', closedAt: at, answeredAt: at, calledAt: at, reached: true, solved: true, satisfaction: pick([3, 5, null]) },
                  ]
      standing.set(slot, await step(now, { ...now, ...pick(moves) }, at))
    }
    seen.push({ at: new Date(Date.parse(at) + 60_000).toISOString(), counted: await count(new Date(Date.parse(at) + 60_000).toISOString()) })
  }
  assert.ok(((await owner.query('select from hotline.ticket_was')).rowCount ?? 0) > 50, 'versions were kept')
  for (const { at, counted } of seen) assert.deepEqual(await count(at), counted, at)
  assert.equal(await recount(pool, tenant), 0)
  // What is kept, set right by what changed since, says the same of each of those days: while changes wait, and when they are folded in.
  for (const { at, counted } of seen) assert.deepEqual(await count(at, countsAt), counted, at)
  await transaction(pool, within, fold)
  for (const { at, counted } of seen) assert.deepEqual(await count(at, countsAt), counted, at)
  // A period may begin and end in the middle of a month; what was open when it began is carried over.
  await transaction(pool, { ...within, mode: 'read' }, async (tx) => {
    for (const { at } of seen.filter((_, n) => n % 8 === 7))
      for (const [from, until] of [
        ['2024-11-05', '2024-11-20'],
        ['2024-11-05', '2024-12-04'],
        ['2024-10-20', '2025-01-01'],
        ['2024-12-01', '2025-01-01'],
      ] as const) {
        const asked = { tenantId: 1, by: 'all', from, until, at } as const
        assert.deepEqual(await tx.all(countsAt, asked), await tx.all(recountAt, asked), `${from} ${until} ${at}`)
      }
    const { at } = seen.at(-1) as { at: string }
    const { rows } = await owner.query(
      `select count(*) filter (where closed_at is not null)::int as closed, count(*) filter (where closed_at is null)::int as open from hotline.ticket
       where parent_id is null and state not in ('merged', 'dropped') and received_at < '2024-11-30T16:00:00Z' and (closed_at is null or closed_at >= '2024-11-30T16:00:00Z')`,
    )
    assert.deepEqual(await tx.one(carriedAt, { tenantId: 1, from: '2024-12-01', until: '2025-01-01', at }), rows[0])
  })
})

test('[H2] [H10] who has not the whole city sees the city’s total and the own units’ rates, and no other division of it', async () => {
  await empty()
  const random = randomOf(2)
  for (let n = 0; n < 60; n += 1) await step(null, { ...drawTicket(random, units, noon - 40 * 86_400_000, 20), parentId: null }, new Date(noon).toISOString())
  const [all, own] = [await page(agent), await page(lamps)]
  assert.deepEqual(own.total, all.total)
  assert.deepEqual([all.wholeCity, own.wholeCity], [true, false])
  assert.deepEqual(
    own.groups.map(({ name }) => name),
    ['市城市管理局'],
  )
  assert.equal(own.groupsInAll, all.groups.length)
  const refused = await lamps.get('/api/hotline/rates?by=category')
  assert.deepEqual([refused.statusCode, refused.json().code], [403, 'not-allowed'])
  assert.match(refused.json().message, /单位或月份/)
  assert.equal((await app.inject({ method: 'GET', url: '/api/hotline/rates' })).statusCode, 401)
  // Hot spots hold rows: of the own units alone.
  assert.equal((await lamps.get('/api/hotline/hot-spots')).statusCode, 200)
})

test('a period that isn’t one, and a day that is to come, are refused with the way out', async () => {
  for (const [query, field, words] of [
    ['?from=2024-12&to=2024-10', '/from', /不能晚于/],
    ['?from=2015-01&to=2024-10', undefined, /./],
    ['?from=2020-01&to=2026-10', '/from', /最多看 60 个月/],
    ['?asOf=2025-01-01', '/asOf', /今天/],
    ['?asOf=2024-02-30', '/asOf', /以前的日期/],
    ['?by=person', undefined, /./],
  ] as const) {
    const reply = await agent.get(`/api/hotline/rates${query}`)
    if (field === undefined) continue
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [422, field], query)
    assert.match(reply.json().message, words)
  }
  const before = await page(agent, '?asOf=2024-12-01')
  assert.deepEqual([before.past, before.at, before.to], [true, '2024-12-01T15:59:59.999Z', '2024-12-31'])
})

test('[H10] the nightly recount says what it found; what was changed behind its back is told', async () => {
  const random = randomOf(9)
  await empty()
  for (let n = 0; n < 20; n += 1) await step(null, { ...drawTicket(random, units, noon - 40 * 86_400_000, 20), parentId: null }, new Date(noon).toISOString())
  await transaction(pool, within, fold)
  assert.equal(await recount(pool, tenant), 0)
  const well = (await desk.get('/api/hotline/counting')).json()
  assert.deepEqual([well.waiting, well.recount?.differences], [0, 0])
  assert.ok(well.recount.tickets > 0)
  await owner.query(`update hotline.tally set satisfied = satisfied + 1 where dimension = 'all'`)
  assert.ok((await recount(pool, tenant)) > 0)
  assert.ok((await agent.get('/api/hotline/counting')).json().recount.differences > 0)
})
