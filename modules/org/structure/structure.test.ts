// Structure rules over HTTP: numbers over the tenant, bodies in the reader's scope, exceptions as of dates.
import assert from 'node:assert/strict'
import test from 'node:test'
import { newId } from '#base/ids.ts'
import { orgCity } from '#test/org-city.ts'

const city = await orgCity()
const { org } = city
const desk = await city.as('desk')
const secretary = await city.as('secretary')

interface State {
  id: string
  holds: number
  of: number
  excepted: number
  broken: number
  inForce: boolean
}
const state = async (id: string, query = ''): Promise<State> =>
  (await desk.get(`/api/org/structure${query}`)).json().rules.find((rule: State) => rule.id === id)
const numbers = async (id: string, query = '') => {
  const { holds, of, excepted, broken } = await state(id, query)
  return [holds, of, excepted, broken]
}

test('every committee has its discipline committee: 1 of 1', async () => {
  assert.deepEqual(await numbers('discipline-committee'), [1, 1, 0, 0])
})

test('a branch secretary reads the numbers of the whole tenant but only the own bodies', async () => {
  const reply = await secretary.get('/api/org/structure')
  assert.deepEqual(
    reply.json().rules.map((rule: State) => [rule.id, rule.holds, rule.of]),
    (await desk.get('/api/org/structure')).json().rules.map((rule: State) => [rule.id, rule.holds, rule.of]),
  )
  const rows = async (who: typeof desk) => (await who.get('/api/org/structure/discipline-member')).json().rows.map((row: { name: string }) => row.name)
  assert.deepEqual(await rows(secretary), [])
  assert.deepEqual((await rows(desk)).sort(), ['示例市中心党支部', '示例市局第二党支部', '示例街道党支部'].sort())
})

test('a rule about members never takes a branch outside the scope for an empty one', async () => {
  assert.deepEqual((await secretary.get('/api/org/structure/branch-minimum')).json().rows, [])
  assert.deepEqual(
    (await desk.get('/api/org/structure/branch-minimum')).json().rows.map((row: { name: string }) => row.name),
    ['示例街道党支部'],
  )
})

test('a named exception counts from its day on, until it ends, and as of moments before it was known it does not', async () => {
  assert.deepEqual(await numbers('committee-size'), [0, 1, 0, 1])
  const before = new Date(Date.parse('2024-12-20T02:00:00Z')).toISOString()
  const grant = (body: object) =>
    desk.post('/api/org/changes/exception-grant', {
      id: newId(),
      on: '2024-03-01',
      body: org.committee,
      rule: 'committee-size',
      reason: '经上级批准设立',
      ...body,
    })
  assert.equal((await grant({ rule: 'first-responsible' })).json().issues[0].field, '/rule')
  assert.equal((await grant({ until: '2024-03-01' })).json().issues[0].field, '/until')
  assert.equal((await grant({})).statusCode, 200)
  assert.equal((await grant({})).statusCode, 409)
  assert.deepEqual(await numbers('committee-size'), [0, 1, 1, 0])
  assert.deepEqual(await numbers('committee-size', '?on=2024-02-29'), [0, 1, 0, 1])
  assert.deepEqual(await numbers('committee-size', `?asOf=${before}`), [0, 1, 0, 1])
  const [row] = (await desk.get('/api/org/structure/committee-size')).json().rows
  assert.deepEqual([row.name, row.exception.reason, row.exception.from], ['示例市局机关党委', '经上级批准设立', '2024-03-01'])
  assert.equal((await desk.post('/api/org/changes/exception-end', { id: newId(), on: '2024-11-01', exception: row.exception.id })).statusCode, 200)
  assert.deepEqual(await numbers('committee-size'), [0, 1, 0, 1])
  assert.deepEqual(await numbers('committee-size', '?on=2024-10-31'), [0, 1, 1, 0])
})

test('before a rule was in force nothing is counted', async () => {
  assert.deepEqual(await numbers('committee-size', '?on=2019-12-26'), [0, 0, 0, 0])
  assert.equal((await state('committee-size', '?on=2019-12-26')).inForce, false)
})

test('what falls due: overdue first, in scope only, within the days asked', async () => {
  const names = async (who: typeof desk, query: string) =>
    (await who.get(`/api/org/due${query}`)).json().rows.map((row: { name: string; days: number }) => [row.name, row.days])
  assert.deepEqual(await names(desk, '?days=0'), [['示例市局第二党支部', -19]])
  assert.deepEqual(await names(secretary, '?days=30'), [['示例市局第一党支部', 21]])
  assert.deepEqual(await names(secretary, '?days=20'), [])
})

test('the numbers take one query per rule in force and one for the exceptions', async () => {
  const reply = await secretary.get('/api/org/structure')
  assert.equal(Number(reply.headers['x-queries']), 2 + 1 + 10)
})
