// The search in tickets: found before and after folding, page by page, with every filter; by the least-privileged first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { searchText } from '#modules/ledger/index.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, hotlineCity } from '#test/hotline-city.ts'
import { randomOf } from '../rates/rates.fixture.ts'
import { groupsOf, meet, readList, writeList } from './search.rules.ts'
import { foldIn } from './search.service.ts'

const city = await hotlineCity()
const [agent, dispatcher, lamps, heat] = (await Promise.all((['agent', 'dispatcher', 'lamps', 'heat'] as const).map((login) => city.as(login)))) as [
  ...[Caller, Caller, Caller, Caller],
]
const [tenant] = await loadTenants(city.pool)
const fold = () => transaction(city.pool, { tenant: tenant as never, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => foldIn(tx, 20))
async function opened(title: string, body: string, category = 'street-lamps'): Promise<{ ticketId: string; number: string }> {
  const reply = await agent.post('/api/hotline/tickets', { id: newId(), channel: 'phone', category, title, body })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
async function find(who: Caller, query: string): Promise<{ numbers: string[]; next: string | null; total: { count: number; capped: boolean } | null }> {
  const reply = await who.get(`/api/hotline/tickets?${query}`)
  assert.equal(reply.statusCode, 200, reply.body)
  const { rows, next, total } = reply.json()
  return { numbers: rows.map(({ number }: { number: string }) => number), next, total }
}
const q = (text: string): string => `q=${encodeURIComponent(text)}`

test('a list of numbers is read as it was written, twice the same and out of order', () => {
  const random = randomOf(7)
  const numbers = Array.from({ length: 500 }, () => 202412 * 1e8 + Math.floor(random() * 32e6))
  const wanted = [...new Set(numbers)].sort((left, right) => left - right)
  assert.deepEqual(readList(202412, writeList([...numbers, ...numbers])), wanted)
  const half = wanted.filter((_number, at) => at % 2 === 0)
  assert.deepEqual(meet(202412, [writeList(wanted), writeList(half)]), half.reverse())
  assert.deepEqual(meet(202412, []), [])
})

test('months are read newest first, four times as many tickets each time', () => {
  const months = [202412, 202411, 202410, 202409, 202408].map((month) => ({ month, tickets: 60 }))
  assert.deepEqual(groupsOf(months, 50), [[202412], [202411, 202410, 202409, 202408]])
  assert.deepEqual(groupsOf(months, 500), [months.map(({ month }) => month)])
})

test('[H2] a unit finds and counts its own tickets alone, folded or not; whoever sees the city finds all', async () => {
  const mine = await opened('英雄路鳄梨树倒了', '树压着线。')
  const other = await opened('太行街无题', '鳄梨树 倒在路上，Ａｂ１２。')
  const step = { stepId: newId(), revision: 1, step: 'dispatch', unitId: city.unit.lamps }
  assert.equal((await dispatcher.post(`/api/hotline/tickets/${mine.ticketId}/steps`, step)).statusCode, 200)
  for (const folded of [false, true]) {
    if (folded) assert.ok((await fold()) >= 2)
    assert.deepEqual(await find(heat, `${q('鳄梨')}&page=1`), { numbers: [], next: null, total: { count: 0, capped: false } })
    assert.deepEqual(await find(lamps, `${q('鳄梨')}&page=1`), { numbers: [mine.number], next: null, total: { count: 1, capped: false } })
    assert.deepEqual((await find(agent, q('鳄梨'))).numbers, [other.number, mine.number], 'newest first, at once and after')
    assert.deepEqual((await find(agent, q('鳄梨树倒在'))).numbers, [other.number], 'white space parts no word')
    assert.deepEqual((await find(agent, q('鳄梨 aB12'))).numbers, [other.number], 'every word, wide or narrow, capital or not')
    assert.deepEqual((await find(agent, q('树鳄'))).numbers, [])
    assert.deepEqual((await find(agent, `${q('鳄梨')}&state=dispatched`)).numbers, [mine.number])
    assert.deepEqual((await find(agent, `${q('鳄梨')}&to=2024-12-01`)).numbers, [])
  }
  const { rows } = await city.owner.query('select count(*)::int as n from hotline.content where not folded')
  assert.equal(rows[0].n, 0)
})

test('page by page every ticket comes once, by key and by number, in two foldings and one not folded', async () => {
  const made: string[] = []
  for (let n = 0; n < 12; n += 1) {
    made.unshift((await opened(`长街蓟草 ${n}`, '蓟草长得比人高。', n % 2 === 0 ? 'street-lamps' : 'parking')).number)
    if (n === 4 || n === 8) await fold()
  }
  const seen: string[] = []
  let next: string | null = null
  do {
    const page = await find(agent, `${q('蓟草')}&limit=5${next === null ? '' : `&after=${encodeURIComponent(next)}`}`)
    assert.equal(page.total, null)
    seen.push(...page.numbers)
    next = page.next
  } while (next !== null)
  assert.deepEqual(seen, made)
  const second = await find(agent, `${q('蓟草')}&limit=5&page=2`)
  assert.deepEqual([second.numbers, second.total], [made.slice(5, 10), { count: 12, capped: false }])
  assert.equal((await find(agent, `${q('蓟草')}&category=parking&page=1`)).total?.count, 6)
})

test('a text that is changed is found by its new words alone', async () => {
  const { ticketId, number } = await opened('旧词貔貅', '旧词。')
  await fold()
  await city.owner.query(`update hotline.content set body = '新词麒麟', folded = false where ticket_id = $1`, [ticketId])
  await city.owner.query(`update hotline.ticket set title = '无题' where ticket_id = $1`, [ticketId])
  for (const folded of [false, true]) {
    if (folded) await fold()
    assert.deepEqual([(await find(agent, q('麒麟'))).numbers, (await find(agent, q('貔貅'))).numbers], [[number], []])
  }
})

test('one character is refused with the way out; an open key of another list too', async () => {
  const reply = await agent.get(`/api/hotline/tickets?${q('路')}`)
  assert.equal(reply.statusCode, 422)
  assert.match(reply.body, /至少要两个字/)
  assert.equal((await agent.get(`/api/hotline/tickets?${q('路灯')}&after=WyJ4Il0`)).statusCode, 422)
  assert.equal(searchText('Ａ b'), 'ab')
})
