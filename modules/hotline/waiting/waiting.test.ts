// What waits, and a ticket by its number: of the reader's scope alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, hotlineCity } from '#test/hotline-city.ts'

const city = await hotlineCity()
const [agent, dispatcher, lamps, heat] = (await Promise.all((['agent', 'dispatcher', 'lamps', 'heat'] as const).map((login) => city.as(login)))) as [
  ...[Caller, Caller, Caller, Caller],
]
const ticket = { channel: 'phone', category: 'street-lamps', title: '建设路路灯不亮', body: '建设路东段有三盏路灯不亮。' }
const { ticketId, number } = (await agent.post('/api/hotline/tickets', { id: newId(), ...ticket })).json()
await agent.post('/api/hotline/tickets', { id: newId(), ...ticket })
await dispatcher.post(`/api/hotline/tickets/${ticketId}/steps`, { stepId: newId(), revision: 1, step: 'dispatch', unitId: city.unit.lamps })

test('[H2] a number is found by whoever sees the ticket; to others it is as one that is not there', async () => {
  const of = (who: Caller, asked: string) => who.get(`/api/hotline/numbers/${asked}`)
  assert.equal((await of(agent, number)).statusCode, 200)
  assert.equal((await of(lamps, number)).statusCode, 200)
  const [foreign, missing] = [await of(heat, number), await of(heat, '20241220999999')]
  assert.deepEqual([foreign.statusCode, foreign.json()], [404, missing.json()])
})

test('[H2] what waits is counted and listed of one’s own: the hotline’s two, the unit’s one, nothing of others', async () => {
  const counts = async (who: Caller) =>
    (await who.get('/api/hotline/waiting')).json().states.map(({ state, count }: { state: string; count: number }) => [state, count])
  assert.deepEqual((await counts(agent)).toSorted(), [
    ['dispatched', 1],
    ['received', 1],
  ])
  assert.deepEqual([await counts(lamps), await counts(heat)], [[['dispatched', 1]], []])
  const rows = async (who: Caller, desk: string) => (await who.get(`/api/hotline/desks/${desk}`)).json().rows.length
  assert.deepEqual([await rows(dispatcher, 'dispatch'), await rows(lamps, 'unit'), await rows(heat, 'unit'), await rows(lamps, 'dispatch')], [1, 1, 0, 0])
})
