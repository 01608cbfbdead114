// Answers that may be given directly, what waits on the desks, and the files of a ticket, over HTTP.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { hotlineCity } from '#test/hotline-city.ts'

const city = await hotlineCity()
const [agent, dispatcher, lamps, heat] = [await city.as('agent'), await city.as('dispatcher'), await city.as('lamps'), await city.as('heat')]
const write = (who: typeof agent, change: object = {}) =>
  who.post('/api/hotline/knowledge', {
    ...{ knowledgeId: newId(), revision: 0, category: 'heating', question: '暖气费什么时候交', answer: '每年十月底以前到供热单位窗口或网上交。' },
    ...change,
  })
const suggested = async (text: string): Promise<string[]> =>
  (await agent.post('/api/hotline/suggestions', { category: 'heating', text })).json().knowledge.map((one: { question: string }) => one.question)

async function opened(): Promise<string> {
  const id = newId()
  const reply = await agent.post('/api/hotline/tickets', {
    id,
    channel: 'phone',
    category: 'street-lamps',
    title: '路灯不亮',
    body: '小区门口的路灯三天不亮。',
  })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}

test('[H2] an answer is written by the dispatcher alone, suggested for its words, and no more once it is withdrawn or its last day is over', async () => {
  assert.equal((await write(agent)).statusCode, 403)
  const id = newId()
  assert.equal((await write(dispatcher, { knowledgeId: id })).statusCode, 200)
  assert.deepEqual(await suggested('问暖气费几号交'), ['暖气费什么时候交'])
  assert.deepEqual(await suggested('楼道的灯不亮'), [])
  assert.equal((await write(dispatcher, { question: '暖气费交到哪天', validUntil: '2024-12-01' })).statusCode, 200)
  assert.deepEqual(await suggested('问暖气费几号交'), ['暖气费什么时候交'])
  assert.equal((await dispatcher.post(`/api/hotline/knowledge/${id}/withdrawal`, { revision: 1 })).statusCode, 200)
  assert.deepEqual(await suggested('问暖气费几号交'), [])
})

test('of two who change an answer at once the second is told; the same words sent twice are written once', async () => {
  const id = newId()
  for (const _ of [1, 2]) assert.deepEqual((await write(dispatcher, { knowledgeId: id })).json(), { knowledgeId: id, revision: 1 })
  assert.equal((await write(dispatcher, { knowledgeId: id, revision: 1, answer: '十一月底以前。' })).json().revision, 2)
  const late = await write(dispatcher, { knowledgeId: id, revision: 1, answer: '十二月底以前。' })
  assert.deepEqual([late.statusCode, /别人改过/.test(late.json().message)], [409, true])
  const wrong = await write(dispatcher, { category: 'no-such' })
  assert.deepEqual([wrong.statusCode, wrong.json().issues[0].field], [422, '/category'])
})

test('a ticket waits on the dispatcher’s desk, then on the desk of the unit that holds it, and on no other unit’s', async () => {
  const id = await opened()
  const on = async (who: typeof agent, desk: string): Promise<boolean> =>
    (await who.get(`/api/hotline/desks/${desk}`)).json().rows.some((row: { ticketId: string }) => row.ticketId === id)
  assert.deepEqual([await on(dispatcher, 'dispatch'), await on(lamps, 'dispatch'), await on(lamps, 'unit')], [true, false, false])
  const unitId = city.unit.lamps
  assert.equal((await dispatcher.post(`/api/hotline/tickets/${id}/steps`, { stepId: newId(), revision: 1, step: 'dispatch', unitId })).statusCode, 200)
  assert.deepEqual([await on(dispatcher, 'dispatch'), await on(lamps, 'unit'), await on(heat, 'unit')], [false, true, false])
  const count = async (who: typeof agent): Promise<number> =>
    (await who.get('/api/hotline/waiting')).json().states.find((one: { state: string }) => one.state === 'dispatched')?.count ?? 0
  assert.deepEqual([(await count(lamps)) > 0, await count(heat)], [true, 0])
  const { number } = (await lamps.get(`/api/hotline/tickets/${id}`)).json().ticket
  assert.deepEqual(
    [(await lamps.get(`/api/hotline/numbers/${number}`)).json().ticketId, (await heat.get(`/api/hotline/numbers/${number}`)).statusCode],
    [id, 404],
  )
  assert.equal((await dispatcher.get('/api/hotline/desks/dispatch?after=xx')).statusCode, 422)
})

test('a file is added by the hotline and the unit that holds the ticket; another unit finds neither the ticket nor the file', async () => {
  const id = await opened()
  const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')
  const send = (who: typeof agent) => who.upload(`/api/hotline/tickets/${id}/attachments?name=a.pdf`, paper)
  assert.equal((await send(lamps)).statusCode, 404, 'not before it is theirs')
  const file = (await send(agent)).json()
  assert.equal((await send(agent)).json().id, file.id, 'the same content once')
  assert.deepEqual(
    [(await agent.get(`/api/hotline/attachments/${file.id}`)).statusCode, (await heat.get(`/api/hotline/attachments/${file.id}`)).statusCode],
    [200, 404],
  )
  assert.deepEqual(
    [(await heat.get(`/api/hotline/tickets/${id}/attachments`)).statusCode, (await agent.get(`/api/hotline/tickets/${id}/attachments`)).json().files.length],
    [404, 1],
  )
})
