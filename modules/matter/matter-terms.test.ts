// Asking once in matters, over HTTP: what a form is filled in with, what a step says of terms, what was written last time, what a request of it costs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { MatterPage, Receipt } from './matter.contract.ts'
import type { Preview, RequestReceipt } from './request/request.contract.ts'

const city = await ledgerCity()
const { org, owner } = city
const [member, secretary, second, desk] = (await Promise.all((['member', 'secretary', 'second', 'desk'] as const).map((login) => city.as(login)))) as [
  Caller,
  Caller,
  Caller,
  Caller,
]

async function opened(change: object = {}): Promise<string> {
  const reply = await desk.post('/api/matters', {
    ...{ id: newId(), kind: 'base-facts', bodyId: org.first, title: '年度基本情况', fields: { purpose: '年度统计' }, ...change },
  })
  assert.equal(reply.statusCode, 200, reply.body)
  return (reply.json() as Receipt).matterId
}
async function handedIn(matterId: string, fields: object, revision = 1, moveId = newId()): Promise<Receipt> {
  const reply = await member.post(`/api/matters/${matterId}/moves`, { moveId, revision, move: 'hand-in', fields })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const known = async (who: Caller, form: string, body = org.first): Promise<[string, unknown, string][]> => {
  const reply = await who.get(`/api/burden/known?body=${body}&form=${form}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json().values.map(({ field, value, from }: { field: string; value: unknown; from: string }) => [field, value, from])
}
const said = async (where = 'true') => (await owner.query(`select * from burden.known where ${where}`)).rows

test('[B5] what a matter’s owner hands in is known for the next form of any kind that asks the same, with where from; sent again it is said once', async () => {
  const id = await opened()
  assert.deepEqual(await known(member, 'matter.base-facts.hand-in'), [])
  const moveId = newId()
  await handedIn(id, { members: '12', voters: '11', room: true }, 1, moveId)
  assert.equal((await handedIn(id, { members: '12', voters: '11', room: true }, 1, moveId)).repeated, true)
  const from = '基本情况表《年度基本情况》'
  assert.deepEqual(await known(member, 'matter.base-facts.hand-in'), [
    ['room', true, from],
    ['members', '12', from],
    ['voters', '11', from],
  ])
  assert.deepEqual(await known(member, 'record.election'), [['eligible', '11', from]], 'a record asks for it by another name')
  assert.equal((await said()).length, 3)
  assert.deepEqual(await known(second, 'matter.base-facts.hand-in', org.second), [], 'nothing of another body')
})

test('[B5] what is said by a later step holds from its own day; the asker’s words about a body say nothing of it', async () => {
  const id = await opened({ title: '更正基本情况' })
  await handedIn(id, { members: '13' })
  assert.equal((await known(member, 'matter.base-facts.hand-in')).find(([field]) => field === 'members')?.[1], '13', 'the newest stands')
  assert.deepEqual(
    (await desk.post(`/api/matters/${id}/moves`, { moveId: newId(), revision: 2, move: 'return', fields: { reason: '请补全' } })).statusCode,
    200,
  )
  assert.equal((await said("term = 'member-count'")).length, 2)
})

test('[B5] a record fills in a matter’s form, too', async () => {
  const entry = { id: newId(), kind: 'election', bodyId: org.first, happenedOn: '2024-12-12', title: '第一支部换届', people: { secretary: [city.person.wang] } }
  const reply = await secretary.post('/api/records', { ...entry, fields: { eligible: '5', attended: '5', elected: '3', due_on: '2027-12-11' } })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.deepEqual(
    (await known(member, 'matter.election')).map(([field, value]) => [field, value]),
    [['due_on', '2027-12-11']],
  )
})

test('what was filled in last time is there with the move, from the same body’s matters alone', async () => {
  const { last } = (await (await member.get(`/api/matters/${await opened({ title: '下一年基本情况' })}`)).json()) as MatterPage
  assert.deepEqual(
    last.map(({ move, fields }) => [move, fields]),
    [['hand-in', { members: '13' }]],
  )
  const other = await opened({ bodyId: org.second })
  assert.deepEqual(((await (await second.get(`/api/matters/${other}`)).json()) as MatterPage).last, [])
  assert.deepEqual(((await (await desk.get(`/api/matters/${other}`)).json()) as MatterPage).last, [], 'who doesn’t make the move is told nothing of it')
})

test('[B1] a request costs what its forms have been measured to take, and tells how many of its fields are known and where', async () => {
  const asked = { askerId: org.committee, kind: 'base-facts', selection: { list: [org.first, org.second] }, dueOn: null }
  const cost = async () => ((await desk.post('/api/requests/preview', asked)).json() as Preview).cost
  const before = await cost()
  assert.deepEqual([before.from, before.fields, before.receivers], ['按栏目估算', 7, 2])
  assert.ok(
    before.notes.some((note) => note.includes('“党员数”有1个组织已经报过（见基本情况表') && note.includes('会自动填好')),
    before.notes.join(),
  )
  for (let n = 0; n < 20; n += 1) assert.equal((await member.post('/api/burden/fillings', { form: 'matter.base-facts.hand-in', seconds: 290 })).statusCode, 200)
  const after = await cost()
  assert.deepEqual([after.from, after.minutes], ['按实际填报时间', 5])
  const { items } = (await (await member.get('/api/desk/todo')).json()) as { items: { title: string; minutes: number }[] }
  assert.equal(items.find(({ title }) => title === '下一年基本情况')?.minutes, 5, 'the workbench tells the measured minutes, too')
})

test('[B3] what is known and need not be asked is sent to be confirmed, and costs nothing but the rest', async () => {
  const content = { askerId: org.committee, kind: 'base-facts', title: '再报一次', fields: { purpose: '再报' }, selection: { list: [org.first, org.second] } }
  const { requestId, receivers } = (await desk.post('/api/requests', { id: newId(), ...content, dueOn: null, basis: '', reason: '' })).json() as RequestReceipt
  const sent = await desk.post(`/api/requests/${requestId}/sending`, { receivers })
  assert.equal(sent.statusCode, 200, sent.body)
  const { rows } = await owner.query('select body_id, saved, seconds from burden.charge where asking_id = $1', [requestId])
  const of = (body: string) => rows.find(({ body_id: id }) => id === body)
  assert.ok(of(org.first).saved > 0 && of(org.first).seconds + of(org.first).saved === of(org.second).seconds, JSON.stringify(rows))
})
