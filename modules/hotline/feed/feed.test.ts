// The feed over HTTP: however its events are ordered, repeated and divided, they come to the same tickets and the same counts.
import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '#base/ids.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { hotlineCity } from '#test/hotline-city.ts'
import type { FeedEvent } from './feed.contract.ts'
import { pullFolder } from './feed.jobs.ts'

const city = await hotlineCity()
const { owner, pool } = city
const [feed, dispatcher, agent] = await Promise.all([city.as('feed'), city.as('dispatcher'), city.as('agent')])
const [tenant] = await loadTenants(pool)
assert.ok(tenant)

type Told = FeedEvent['ticket']
const base: Told = { state: 'received', channel: 'phone', category: 'street-lamps', title: '路灯不亮', receivedAt: '2024-11-04T09:00:00+08:00' }
const held: Told = { ...base, state: 'dispatched', unit: '市城市管理局', dispatchedAt: '2024-11-04T09:30:00+08:00' }
const handled: Told = { ...held, state: 'handling', signedAt: '2024-11-04T11:00:00+08:00', respondedAt: '2024-11-04T15:00:00+08:00' }
const closed: Told = {
  ...handled,
  state: 'closed',
  answeredAt: '2024-11-08T10:00:00+08:00',
  calledAt: '2024-11-09T10:00:00+08:00',
  closedAt: '2024-11-09T10:00:00+08:00',
  reached: true,
  solved: true,
  satisfaction: 4,
}
const event = (id: string, revision: number, ticket: Told): FeedEvent => ({
  id,
  revision,
  at: `2024-12-19T10:${String(revision).padStart(2, '0')}:00+08:00`,
  ticket,
})
const push = async (events: FeedEvent[], source = 'old-platform') => {
  const reply = await feed.post(`/api/hotline/feed/${source}`, { events })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const clear = () => owner.query(`truncate hotline.ticket, hotline.ticket_was, hotline.content, hotline.step, hotline.tally_change, hotline.feed`)

/** Tickets without what is drawn or depends on when it came, and the sums of all changes of the counts. */
async function standing(): Promise<unknown> {
  const tickets = await owner.query(
    `select to_jsonb(t) - 'number' - 'known_from' as row, c.body, c.answer from hotline.ticket t join hotline.content c using (tenant_id, ticket_id) order by ticket_id`,
  )
  const counts = await owner.query(`
    select unit_id, category, channel, class, received_in, closed_in, sum(closed) as closed, sum(on_time) as on_time, sum(signed_in_time) as signed, sum(responded_in_time) as responded, sum(called) as called,
      sum(reached) as reached, sum(solved) as solved, sum(rated) as rated, sum(satisfied) as satisfied, sum(transferred) as transferred
    from hotline.tally_change group by 1, 2, 3, 4, 5, 6 having sum(closed) <> 0 order by 1, 2, 3, 4, 5, 6`)
  return { tickets: tickets.rows, counts: counts.rows }
}

test('[H3] an event comes once: sent again it is stale, an older one overwrites nothing, other words under the same revision are refused', async () => {
  await clear()
  assert.deepEqual(await push([event('a', 1, base), event('a', 3, closed)]).then(({ taken, stale }) => [taken, stale]), [1, 1])
  assert.deepEqual(await push([event('a', 3, closed), event('a', 2, held)]).then(({ taken, stale, refused }) => [taken, stale, refused.length]), [0, 2, 0])
  const other = await push([event('a', 3, { ...closed, satisfaction: 5 })])
  assert.match(other.refused[0].message, /第3版已经收过，内容不同/)
  const { rows } = await owner.query('select state, satisfaction, revision from hotline.ticket')
  assert.deepEqual(rows, [{ state: 'closed', satisfaction: 4, revision: 3 }])
})

test('[H10] a milestone corrected later keeps what was known as a version and moves the counts', async () => {
  await clear()
  await push([event('a', 1, closed)])
  await push([event('a', 2, { ...closed, satisfaction: 2, closedAt: '2024-12-01T10:00:00+08:00' })])
  const was = await owner.query(`select satisfaction, closed_at < '2024-11-30' as before, known_until < 'infinity' as past from hotline.ticket_was`)
  assert.deepEqual(was.rows, [{ satisfaction: 4, before: true, past: true }])
  const counts = await owner.query(
    `select closed_in::text, sum(closed)::int as closed, sum(satisfied)::int as satisfied from hotline.tally_change group by 1 order by 1`,
  )
  assert.deepEqual(counts.rows, [
    { closed_in: '2024-11-01', closed: 0, satisfied: 0 },
    { closed_in: '2024-12-01', closed: 1, satisfied: 0 },
  ])
})

test('[H10] any order, any repetition and any division of the events give the same tickets and the same counts', async () => {
  const told = fc.constantFrom(
    base,
    held,
    handled,
    closed,
    { ...closed, satisfaction: 1 },
    { ...closed, unit: '市热力公司（示例）' },
    { ...handled, transfers: 2 },
    { ...closed, category: 'heating' },
  )
  const chains = fc.array(fc.array(told, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(chains, fc.infiniteStream(fc.nat()), async (tickets, draw) => {
      const next = (most: number): number => Number(draw.next().value) % most
      const events = tickets.flatMap((chain, n) => chain.map((ticket, at) => event(`t${n}`, at + 1, ticket)))
      await clear()
      await push(events)
      const right = await standing()
      await clear()
      const mixed = [...events, ...events.filter(() => next(2) === 0)]
        .map((one) => ({ one, key: next(1000) }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one)
      while (mixed.length > 0) await push(mixed.splice(0, 1 + next(4)))
      assert.deepEqual(await standing(), right)
    }),
    { numRuns: 25, seed: 12345 },
  )
})

test('what is wrong with an event is said beside it and holds up no other; the lag is from the newest event to now', async () => {
  await clear()
  const reply = await push([
    event('a', 1, { ...base, category: 'ufo' }),
    event('b', 1, { ...held, unit: '没有这个局' }),
    event('c', 1, { ...base, state: 'closed' }),
    event('d', 1, { ...base, receivedAt: '2024-13-40T09:00:00Z' }),
    { ...event('e', 1, base), at: '2031-01-01T00:00:00Z' },
    event('f', 1, held),
  ])
  assert.deepEqual([reply.taken, reply.refused.map(({ id }: { id: string }) => id)], [1, ['a', 'b', 'c', 'd', 'e']])
  for (const [index, words] of [/没有类别“ufo”/, /没有单位“没有这个局”/, /要有 closedAt/, /不存在/, /在将来/].entries())
    assert.match(reply.refused[index].message, words)
  // The clock stands at 2024-12-20 10:00, the newest event is of 2024-12-19 10:01.
  assert.ok(Math.abs(reply.lagSeconds - 86_340) < 600, `${reply.lagSeconds}`)
  const { feeds } = (await feed.get('/api/hotline/feed')).json()
  assert.deepEqual([feeds[0].source, feeds[0].taken, feeds[0].refused], ['old-platform', 1, 5])
  assert.equal((await dispatcher.post('/api/hotline/feed/old-platform', { events: [] })).statusCode, 403)
})

test('what a feed brought is worked on there: our own steps are refused with the way out', async () => {
  await clear()
  await push([event('a', 1, base)])
  const { rows } = await owner.query('select ticket_id, number, source from hotline.ticket')
  assert.match(String(rows[0].number), /^20241104\d{6}$/)
  const reply = await dispatcher.post(`/api/hotline/tickets/${rows[0].ticket_id}/steps`, {
    stepId: newId(),
    revision: 1,
    step: 'dispatch',
    unitId: city.unit.lamps,
  })
  assert.deepEqual([reply.statusCode, /原有平台/.test(reply.body)], [409, true], reply.body)
  assert.equal((await agent.get(`/api/hotline/tickets/${rows[0].ticket_id}`)).statusCode, 200)
})

test('a folder is read from its cursor on; lines that come later are read with the next turn, a replay reads all again and changes nothing', async () => {
  await clear()
  const folder = mkdtempSync(join(tmpdir(), 'dajuan-feed-'))
  const line = (one: FeedEvent): string => `${JSON.stringify(one)}\n`
  writeFileSync(join(folder, '2024-12-18.ndjson'), line(event('a', 1, base)) + line(event('b', 1, held)))
  writeFileSync(join(folder, '2024-12-19.ndjson'), `${line(event('a', 2, closed))}{"not":"an event"}\n`)
  await pullFolder(pool, tenant, 'folder', folder)
  assert.equal((await feed.get('/api/hotline/feed')).json().feeds[0].cursor, '2024-12-19.ndjson:2', 'a line that is no event is passed once')
  appendFileSync(join(folder, '2024-12-19.ndjson'), line(event('b', 2, closed)))
  await pullFolder(pool, tenant, 'folder', folder)
  const feeds = async () => (await feed.get('/api/hotline/feed')).json().feeds[0]
  const { cursor, taken } = await feeds()
  assert.deepEqual([cursor, taken], ['2024-12-19.ndjson:3', 4])
  const before = await standing()
  assert.equal((await feed.post('/api/hotline/feed/folder/replay', { cursor: '' })).statusCode, 200)
  await pullFolder(pool, tenant, 'folder', folder)
  assert.deepEqual([await standing(), (await feeds()).taken], [before, 4])
  assert.equal((await feed.post('/api/hotline/feed/none/replay', { cursor: '' })).statusCode, 404)
})
