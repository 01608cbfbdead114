// Tickets over HTTP: the whole life, who may, two at once, twice the same, both clocks. By the least-privileged first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, hotlineCity } from '#test/hotline-city.ts'
import type { Receipt, TicketPage } from './hotline.contract.ts'
import { archiveOld, moveOrphans } from './hotline.jobs.ts'

const city = await hotlineCity()
const { owner, unit } = city
const [agent, dispatcher, second, arbiter, caller, lamps, heat, desk] = (await Promise.all(
  (['agent', 'dispatcher', 'second', 'arbiter', 'caller', 'lamps', 'heat', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller, Caller, Caller]

const asking = (change: object = {}) => ({
  ...{ id: newId(), channel: 'phone', category: 'street-lamps', title: '建设路路灯不亮', body: '建设路东段有三盏路灯不亮，晚上看不清路。' },
  ...{ caller: { name: '韩示例', phone: '00000000001' }, ...change },
})
type Opened = Receipt & { code: string; suggested: { unit: { id: string; name: string }; reasons: string[] }[] }
async function opened(change: object = {}): Promise<Opened> {
  const reply = await agent.post('/api/hotline/tickets', asking(change))
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const step = (who: Caller, id: string, revision: number, name: string, more: object = {}) =>
  who.post(`/api/hotline/tickets/${id}/steps`, { stepId: newId(), revision, step: name, ...more })
async function made(who: Caller, id: string, revision: number, name: string, more: object = {}): Promise<Receipt> {
  const reply = await step(who, id, revision, name, more)
  assert.equal(reply.statusCode, 200, `${name}: ${reply.body}`)
  return reply.json()
}
const read = (who: Caller, id: string) => who.get(`/api/hotline/tickets/${id}`)
async function page(who: Caller, id: string): Promise<TicketPage> {
  const reply = await read(who, id)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const toUnit = (unitId: string) => ({ unitId })
/** A ticket that a unit is working on; at revision 3. */
async function handled(by: Caller, unitId: string, change: object = {}): Promise<string> {
  const { ticketId } = await opened(change)
  await made(dispatcher, ticketId, 1, 'dispatch', toUnit(unitId))
  await made(by, ticketId, 2, 'sign')
  return ticketId
}

test('[H1] a ticket goes from the telephone through dispatch, signature, answer and call-back to its end, and each makes its own steps alone', async () => {
  const { ticketId, number, suggested, code } = await opened()
  assert.match(number, /^20241220\d{6}$/)
  assert.match(code, /^\d{8}$/)
  assert.deepEqual(
    suggested.map((one) => one.unit.name),
    ['市城市管理局'],
  )
  assert.equal((await step(lamps, ticketId, 1, 'sign')).statusCode, 404, 'no unit sees it before it is sent')
  assert.equal((await step(agent, ticketId, 1, 'dispatch', toUnit(unit.lamps))).statusCode, 403)
  await made(dispatcher, ticketId, 1, 'dispatch', toUnit(unit.lamps))
  assert.equal((await read(heat, ticketId)).statusCode, 404)
  assert.equal((await step(heat, ticketId, 2, 'sign')).statusCode, 404)
  assert.equal((await step(dispatcher, ticketId, 2, 'sign')).statusCode, 403)
  assert.equal((await made(lamps, ticketId, 2, 'sign')).state, 'handling')
  await made(lamps, ticketId, 3, 'respond', { told: '维修人员今晚到场。' })
  assert.equal((await made(lamps, ticketId, 4, 'answer', { told: '三盏路灯已经修好。' })).state, 'answered')
  assert.equal((await step(lamps, ticketId, 5, 'call', { reached: true, solved: true, satisfaction: 5 })).statusCode, 403, 'no unit calls back')
  assert.equal((await made(caller, ticketId, 5, 'call', { reached: true, solved: true, satisfaction: 4 })).state, 'closed')
  const { ticket, trail, answer } = await page(lamps, ticketId)
  assert.deepEqual([ticket.satisfaction, ticket.solved, ticket.reached, answer], [4, true, true, '三盏路灯已经修好。'])
  assert.deepEqual(
    trail.map(({ stepName, author }) => [stepName, author]),
    [
      ['受理', '王建国'],
      ['派单', '李明'],
      ['签收', '陈静'],
      ['已联系诉求人', '陈静'],
      ['答复', '陈静'],
      ['回访', '刘洋'],
    ],
  )
})

test('[H3] of two dispatchers at once one wins, the other is told who came first; the same step twice has one effect; another step under its id is refused', async () => {
  const { ticketId } = await opened()
  const [one, two] = await Promise.all([
    step(dispatcher, ticketId, 1, 'dispatch', toUnit(unit.lamps)),
    step(second, ticketId, 1, 'dispatch', toUnit(unit.heat)),
  ])
  assert.deepEqual([one.statusCode, two.statusCode].toSorted(), [200, 409])
  assert.match((one.statusCode === 409 ? one : two).json().message, /刚办了“派单”，现在是“待签收”/)
  const again = await opened()
  const given = { stepId: newId(), revision: 1, step: 'dispatch', unitId: unit.lamps }
  const path = `/api/hotline/tickets/${again.ticketId}/steps`
  const replies = await Promise.all([1, 2, 3].map(() => dispatcher.post(path, given)))
  assert.deepEqual(
    replies.map((reply) => [reply.statusCode, reply.json().revision]),
    [1, 2, 3].map(() => [200, 2]),
  )
  assert.equal((await owner.query('select from hotline.step where ticket_id = $1', [again.ticketId])).rowCount, 2)
  assert.equal((await dispatcher.post(path, { ...given, note: '另一句话' })).statusCode, 409)
})

test('[H3] the same ticket entered twice is one; under its id another is refused', async () => {
  const body = asking()
  const replies = await Promise.all([1, 2].map(() => agent.post('/api/hotline/tickets', body)))
  const [one, two] = replies.map((reply) => reply.json()) as [Opened, Opened]
  assert.deepEqual([one.number, one.code], [two.number, two.code])
  assert.equal((await agent.post('/api/hotline/tickets', { ...body, body: '不是同一件事。' })).statusCode, 409)
})

test('[H4] the citizen’s clock runs from the first minute through every return, the unit’s anew from each dispatch; 7 working days over New Year', async () => {
  const { ticketId, dueAt } = await opened()
  assert.equal(dueAt, '2024-12-31T15:59:59.000Z')
  await made(dispatcher, ticketId, 1, 'dispatch', toUnit(unit.lamps))
  const first = (await page(lamps, ticketId)).ticket
  await owner.query(`update hotline.ticket set unit_due_at = unit_due_at - interval '1 day' where ticket_id = $1`, [ticketId])
  await made(lamps, ticketId, 2, 'return', { note: '这段路归热力公司挖掘。' })
  assert.equal((await read(lamps, ticketId)).statusCode, 404, 'who has returned it holds it no more')
  const back = (await page(dispatcher, ticketId)).ticket
  assert.deepEqual([back.dueAt, back.unitDueAt, back.unitId, back.transfers], [dueAt, null, null, 1])
  await made(dispatcher, ticketId, 3, 'dispatch', toUnit(unit.heat))
  const { ticket } = await page(heat, ticketId)
  assert.equal(ticket.dueAt, dueAt)
  assert.equal(ticket.unitDueAt, first.unitDueAt)
  const { rows } = await owner.query('select unit_id, known_from < known_until as was from hotline.ticket_was where ticket_id = $1 order by known_from', [
    ticketId,
  ])
  assert.deepEqual(rows, [{ unit_id: unit.lamps, was: true }], 'who held it before can be counted for a past day')
})

test('[H4] an extension is granted before the end alone, once, and moves both clocks', async () => {
  const id = await handled(lamps, unit.lamps)
  assert.equal((await step(dispatcher, id, 3, 'extend-grant', { told: '同意' })).statusCode, 409)
  await made(lamps, id, 3, 'extend-ask', { note: '等待配件。' })
  const before = (await page(lamps, id)).ticket
  await made(dispatcher, id, 4, 'extend-grant', { told: '配件到货后安装。' })
  const after = (await page(lamps, id)).ticket
  assert.ok(after.dueAt > before.dueAt && (after.unitDueAt ?? '') > (before.unitDueAt ?? ''))
  assert.match((await step(lamps, id, 5, 'extend-ask', { note: '再等配件。' })).json().message, /不能再延期/)
  const late = await handled(lamps, unit.lamps)
  await owner.query(`update hotline.ticket set due_at = '2024-12-19T00:00:00Z' where ticket_id = $1`, [late])
  assert.match((await step(lamps, late, 3, 'extend-ask', { note: '等待配件。' })).json().message, /期限已经过了/)
})

test('[H5] after the second return it goes to arbitration; what was arbitrated can’t be returned', async () => {
  const { ticketId } = await opened()
  await made(dispatcher, ticketId, 1, 'dispatch', toUnit(unit.lamps))
  await made(lamps, ticketId, 2, 'return', { note: '不归我们。' })
  await made(dispatcher, ticketId, 3, 'dispatch', toUnit(unit.heat))
  assert.equal((await made(heat, ticketId, 4, 'return', { note: '也不归我们。' })).state, 'arbitration')
  assert.equal((await step(dispatcher, ticketId, 5, 'dispatch', toUnit(unit.lamps))).statusCode, 409)
  assert.equal((await step(arbiter, ticketId, 5, 'arbitrate', toUnit(unit.lamps))).statusCode, 422, 'with a reason')
  await made(arbiter, ticketId, 5, 'arbitrate', { unitId: unit.lamps, note: '按职责清单由城管部门办理。' })
  assert.match((await step(lamps, ticketId, 6, 'return', { note: '不归我们。' })).json().message, /仲裁/)
})

test('[H6] what isn’t solved is handled again; not reached three times is closed as not reached and says nothing of solved; without reaching nobody is asked', async () => {
  const id = await handled(lamps, unit.lamps)
  await made(lamps, id, 3, 'answer', { told: '修好了。' })
  const again = await made(caller, id, 4, 'call', { reached: true, solved: false, satisfaction: 1 })
  assert.equal(again.state, 'handling')
  const { ticket } = await page(lamps, id)
  assert.deepEqual([ticket.rehandled, ticket.closedAt, ticket.solved, ticket.satisfaction], [1, null, null, null])
  await made(lamps, id, 5, 'answer', { told: '换了新灯。' })
  assert.equal((await step(caller, id, 6, 'call', { reached: false, satisfaction: 5 })).statusCode, 422)
  assert.equal((await made(caller, id, 6, 'call', { reached: false })).state, 'answered')
  await made(caller, id, 7, 'call', { reached: false })
  assert.equal((await made(caller, id, 8, 'call', { reached: false })).state, 'closed')
  const done = (await page(lamps, id)).ticket
  assert.deepEqual([done.reached, done.solved, done.satisfaction, done.calls], [false, null, null, 3])
})

test('[H7] the same place and category again within 90 days: the earlier one counts as not solved', async () => {
  const place = { place: '建设路东段', category: 'heating' }
  const id = await handled(heat, unit.heat, place)
  await made(heat, id, 3, 'answer', { told: '修好了。' })
  await made(caller, id, 4, 'call', { reached: true, solved: true, satisfaction: 5 })
  const sum = async () =>
    (await owner.query('select coalesce(sum(solved), 0)::int as solved, coalesce(sum(relapsed), 0)::int as relapsed from hotline.tally_change')).rows[0]
  const before = await sum()
  const { ticketId } = await opened(place)
  assert.equal((await page(heat, id)).ticket.relapsed, true)
  assert.equal((await page(agent, ticketId)).relapseOf?.ticketId, id)
  assert.deepEqual(await sum(), { solved: before.solved - 1, relapsed: before.relapsed + 1 })
})

test('[H7] many at once about the same place: all are entered, the one before is marked once', async () => {
  const place = { place: '太行街南口', category: 'heating' }
  const id = await handled(heat, unit.heat, place)
  await made(heat, id, 3, 'answer', { told: '修好了。' })
  await made(caller, id, 4, 'call', { reached: true, solved: true, satisfaction: 5 })
  const replies = await Promise.all([1, 2, 3, 4, 5].map(() => agent.post('/api/hotline/tickets', asking(place))))
  assert.deepEqual(
    replies.map((reply) => reply.statusCode),
    [200, 200, 200, 200, 200],
  )
  assert.equal((await owner.query(`select from hotline.step where ticket_id = $1 and step = 'relapse'`, [id])).rowCount, 1)
})

test('[H8] who asked is kept from the unit where the citizen wants it; else it is masked, and open to whoever says why', async () => {
  const kept = await handled(lamps, unit.lamps, { withheld: true })
  assert.equal((await page(lamps, kept)).caller, null)
  assert.deepEqual((await page(agent, kept)).caller, { name: '韩**', phone: '000****0001' })
  const told = await handled(lamps, unit.lamps)
  assert.deepEqual((await page(lamps, told)).caller, { name: '韩**', phone: '000****0001' })
})

test('[H9] the whole isn’t answered while a part is open; the part has its own unit and is in no count', async () => {
  const id = await handled(lamps, unit.lamps)
  await made(dispatcher, id, 3, 'part', { unitId: unit.heat, note: '管沟回填由热力公司配合。' })
  const [part] = (await page(dispatcher, id)).parts
  assert.equal((await read(lamps, part!.ticketId)).statusCode, 404, 'the other unit’s part is its own')
  assert.match((await step(lamps, id, 4, 'answer', { told: '修好了。' })).json().message, /还有 1 件协办/)
  const before = (await owner.query('select from hotline.tally_change')).rowCount
  await made(heat, part!.ticketId, 1, 'sign')
  assert.equal((await made(heat, part!.ticketId, 2, 'answer', { told: '已经回填。' })).state, 'closed')
  assert.equal((await owner.query('select from hotline.tally_change')).rowCount, before)
  await made(lamps, id, 4, 'answer', { told: '修好了。' })
})

test('[H11] the open tickets of a unit that was abolished go to its successor, else back to the hotline; closed ones stay', async () => {
  const gone = newId()
  await owner.query(
    `insert into org.unit (tenant_id, unit_id, version_id, name, kind, class, level, valid_from, valid_until, known_from) values (1, $1, gen_random_uuid(), '旧单位（示例）', 'agency', 'government', 'city', '2019-07-01', '2024-12-20', '2019-07-01')`,
    [gone],
  )
  const { ticketId } = await opened()
  await made(dispatcher, ticketId, 1, 'dispatch', toUnit(unit.lamps))
  await owner.query('update hotline.ticket set unit_id = $2 where ticket_id = $1', [ticketId, gone])
  const tenant = (await loadTenants(city.pool)).find(({ id }) => id === 1)!
  const work = () => transaction(city.pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, moveOrphans)
  assert.equal(await work(), 1)
  assert.deepEqual([(await page(agent, ticketId)).ticket.state, (await page(agent, ticketId)).ticket.unitId], ['returned', null])
  await made(dispatcher, ticketId, 3, 'dispatch', toUnit(unit.lamps))
  await owner.query('update hotline.ticket set unit_id = $2 where ticket_id = $1', [ticketId, gone])
  await owner.query(
    `insert into org.lineage (tenant_id, lineage_id, kind, took_effect_on, from_id, to_id, known_from) values (1, gen_random_uuid(), 'merge', '2024-12-20', $1, $2, '2024-12-01')`,
    [gone, unit.heat],
  )
  assert.equal(await work(), 1)
  assert.equal((await page(heat, ticketId)).ticket.unitId, unit.heat)
  assert.equal(await transaction(city.pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, archiveOld), 0)
})

test('[H2] a post without the hotline sees nothing of it; the desk reads and makes no step', async () => {
  const { ticketId } = await opened()
  const feed = await city.as('feed')
  assert.equal((await read(feed, ticketId)).statusCode, 403)
  assert.equal((await read(desk, ticketId)).statusCode, 200)
  assert.equal((await step(desk, ticketId, 1, 'dispatch', toUnit(unit.lamps))).statusCode, 403)
  assert.equal((await agent.get('/api/records')).json().rows?.length ?? 0, 0, 'whoever answers the telephone reads no Party records')
})

test('hostile words: control characters and letters without width are taken out, reversed writing and too much refused; markup stays words', async () => {
  const dirty = await opened({ title: '<script>alert(1)</script>\u200b路\u0007灯', body: '=cmd|1!A1 \u{1f4a1} 不亮' })
  const { ticket, body } = await page(agent, dirty.ticketId)
  assert.deepEqual([ticket.title, body], ['<script>alert(1)</script>路灯', '=cmd|1!A1 \u{1f4a1} 不亮'])
  for (const change of [{ title: '路\u202e灯' }, { body: '长'.repeat(4001) }, { caller: { phone: '打我电话' } }, { category: 'nowhere' }])
    assert.equal((await agent.post('/api/hotline/tickets', asking(change))).statusCode, 422, JSON.stringify(change).slice(0, 60))
})

test('while it is typed: the unit with its reasons and the ticket that may be the same', async () => {
  const { ticketId } = await opened({ place: '解放西街北口', county: '140427', title: '解放西街路灯整排不亮' })
  const reply = await agent.post('/api/hotline/suggestions', { category: 'street-lamps', county: '140427', place: '解放西街北口', text: '路灯不亮' })
  const { units, doubles } = reply.json()
  assert.deepEqual(
    units.map((one: { unit: { name: string } }) => one.unit.name),
    ['壶关县城市管理局（示例）'],
  )
  assert.equal(doubles[0].ticketId, ticketId)
})
