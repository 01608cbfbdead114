// Split and merged over HTTP on a small city: parts and the whole that waits for them, doubles and where they lead.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { MatterPage } from './matter.contract.ts'

const city = await ledgerCity()
const { org, owner } = city
const [member, secretary, second, county, deputy, desk] = (await Promise.all(
  (['member', 'secretary', 'second', 'county', 'deputy', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller]

async function opened(who: Caller, kind: string, bodyId: string, title: string, fields: object): Promise<string> {
  const reply = await who.post('/api/matters', { id: newId(), kind, bodyId, title, fields })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json().matterId
}
const task = (bodyId: string, title: string, who = desk) => opened(who, 'task', bodyId, title, { text: '示例' })
const decision = () => opened(desk, 'decision', org.committee, '落实一项部署', { decision: '示例部署', source: '示例会议', share: '全部' })
async function page(who: Caller, id: string): Promise<MatterPage> {
  const reply = await who.get(`/api/matters/${id}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const move = async (who: Caller, id: string, name: string, fields?: object) =>
  who.post(`/api/matters/${id}/moves`, {
    moveId: newId(),
    revision: (await page(who, id)).matter.revision,
    move: name,
    ...(fields === undefined ? {} : { fields }),
  })
async function moved(who: Caller, id: string, name: string, fields?: object): Promise<void> {
  const reply = await move(who, id, name, fields)
  assert.equal(reply.statusCode, 200, `${name}: ${reply.body}`)
}
const part = (bodyId: string, title: string) => ({ bodyId, title, fields: { share: `承担：${title}` } })
const split = async (who: Caller, id: string, parts: object[], more: object = {}) =>
  who.post(`/api/matters/${id}/parts`, { moveId: newId(), revision: 1, parts, ...more })
const merge = async (who: Caller, id: string, into: string, more: object = {}) =>
  who.post(`/api/matters/${id}/merger`, { moveId: newId(), revision: 1, into, ...more })
const count = async (id: string): Promise<number> => (await owner.query('select count(*)::int as n from matter.matter where parent_id = $1', [id])).rows[0].n

test('[M10] a decision is split by whoever has it into parts of those whom it may ask; it is closed only when each is', async () => {
  const id = await decision()
  assert.equal((await page(deputy, id)).may.split, 'decision-part')
  assert.equal((await page(desk, id)).may.split, null, 'who asked for it has it not')
  const sent = { moveId: newId(), parts: [part(org.first, '第一项'), part(org.second, '第二项')] }
  const replies = await Promise.all([1, 2].map(() => split(deputy, id, sent.parts, sent)))
  assert.deepEqual(replies.map((reply) => [reply.statusCode, reply.json().repeated]).sort(), [
    [200, false],
    [200, true],
  ])
  const { children, steps, matter } = await page(deputy, id)
  assert.deepEqual(
    children.map(({ title, owner: by, asker, kind }) => [title, by.id, asker?.id, kind]).sort(),
    [
      ['第一项', org.first, org.committee, 'decision-part'],
      ['第二项', org.second, org.committee, 'decision-part'],
    ],
    'once, though it was sent twice at once',
  )
  assert.deepEqual([steps.at(-1)?.moveName, steps.at(-1)?.note, matter.stage], ['分解', '第一项；第二项', 'assigned'])
  const [one, other] = children.map(({ matterId }) => matterId) as [string, string]
  assert.equal((await page(member, one)).parent, null, 'the part’s owner doesn’t see the whole, which is the committee’s')
  await moved(deputy, id, 'break-down', { plan: '两个支部各一项' })
  assert.equal((await move(deputy, id, 'report-result', { result: '完成' })).json().message, '分解的事项还没有全部办结，办结后再报结果。')
  for (const each of [one, other]) {
    const who = (await page(deputy, each)).matter.owner.id === org.first ? secretary : second
    await moved(who, each, 'receive')
    await moved(who, each, 'hand-in', { result: '完成' })
    await moved(deputy, each, 'accept')
  }
  await moved(deputy, id, 'report-result', { result: '完成' })
})

test('[M10] a kind without a guard waits for its parts, too; what was given up is not waited for', async () => {
  const id = await task(org.committee, '报送台账')
  assert.equal((await page(deputy, id)).may.split, 'task')
  assert.equal((await split(deputy, id, [{ bodyId: org.first, title: '报送第一支部台账', fields: { text: '示例' } }])).statusCode, 200)
  await moved(deputy, id, 'receive')
  await moved(deputy, id, 'hand-in', { answer: '已报' })
  assert.deepEqual(
    [(await move(desk, id, 'accept')).statusCode, (await move(desk, id, 'accept')).json().message],
    [409, '分解出去的还有 1 件没有办结，都办结后再办“验收”。'],
  )
  const [child] = (await page(deputy, id)).children
  const recalled = await deputy.post(`/api/matters/${child?.matterId}/moves`, { moveId: newId(), revision: 1, move: 'recall', note: '不用了' })
  assert.equal(recalled.statusCode, 200, recalled.body)
  await moved(desk, id, 'accept')
})

test('[M10] all parts or none: a body that may not be asked, or is not seen, opens nothing and is told by its part', async () => {
  const id = await decision()
  for (const [body, status, field] of [
    [org.county, 404, '/parts/1/bodyId'],
    [org.committee, 403, '/parts/1/bodyId'],
    [newId(), 404, '/parts/1/bodyId'],
  ] as const) {
    const reply = await split(deputy, id, [part(org.first, '第一项'), part(body, '第二项')])
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [status, field], reply.body)
  }
  const empty = await split(deputy, id, [{ bodyId: org.first, title: '没有内容' }])
  assert.deepEqual([empty.statusCode, empty.json().issues[0]?.field], [422, '/parts/0/fields/share'])
  for (const [who, status] of [
    [desk, 403],
    [county, 404],
    [second, 404],
  ] as const)
    assert.equal((await split(who, id, [part(org.first, '第一项')])).statusCode, status)
  assert.equal((await split(deputy, id, [part(org.first, '第一项')], { revision: 2 })).statusCode, 409)
  assert.equal(await count(id), 0)
})

test('[M11] a double is closed into the other: links, comments and followers lead on, both ways are seen, and nothing is moved in it any more', async () => {
  const [kept, double] = [await task(org.first, '报送名册'), await task(org.first, '报送党员名册')]
  assert.deepEqual([(await page(desk, double)).may.merge, (await page(member, double)).may.merge], [true, false], 'who asked says that it is a double')
  assert.equal((await member.post(`/api/matters/${double}/comments`, { id: newId(), text: '这两件是一回事' })).statusCode, 200)
  const record = { id: newId(), kind: 'theme-day', bodyId: org.first, happenedOn: '2024-12-19', title: '主题党日' }
  assert.equal((await secretary.post('/api/records', record)).statusCode, 200)
  assert.equal((await secretary.post(`/api/matters/${double}/links`, { recordId: record.id, linked: true })).statusCode, 200)
  assert.equal((await deputy.post(`/api/matters/${double}/follower`, { following: true })).statusCode, 200)
  const sent = { moveId: newId() }
  for (const repeated of [false, true]) assert.equal((await merge(desk, double, kept, sent)).json().repeated, repeated)
  const from = await page(member, double)
  assert.deepEqual(
    [from.matter.outcome, from.mergedInto, from.possible, from.steps.at(-1)?.moveName, from.steps.at(-1)?.note],
    ['merged', { matterId: kept, title: '报送名册' }, [], '并入', ''],
  )
  const into = await page(member, kept)
  assert.deepEqual(
    [into.merged, into.links.map(({ recordId }) => recordId), into.comments.map(({ text }) => text)],
    [[{ matterId: double, title: '报送党员名册' }], [record.id], ['这两件是一回事']],
  )
  await moved(member, kept, 'receive')
  const [news] = (await deputy.get('/api/news')).json().rows
  assert.deepEqual([news.matterId, news.moveName], [kept, '签收'], 'whoever followed the double hears of the other')
  assert.equal((await member.post(`/api/matters/${double}/moves`, { moveId: newId(), revision: 2, move: 'receive' })).statusCode, 409)
  // On and on: what leads into a double leads where that leads.
  const third = await task(org.first, '再报名册')
  assert.equal((await merge(desk, kept, third, { revision: 2 })).statusCode, 200)
  assert.deepEqual((await page(member, third)).merged.map(({ matterId }) => matterId).sort(), [kept, double].sort())
  assert.equal((await page(member, third)).links.length, 1)
})

test('[M11] only into an open matter of the same kind and owner, by whoever asked, and never in a circle', async () => {
  const [one, other] = [await task(org.first, '甲'.repeat(2)), await task(org.first, '乙'.repeat(2))]
  const problem = await opened(desk, 'rectification', org.first, '问题', { problem: '示例', source: 'inspection', type: 'service' })
  for (const [into, why] of [
    [await task(org.second, '别家的'), '同一个组织'],
    [problem, '同一种'],
    [one, '自己'],
    [newId(), '没有找到'],
  ] as const) {
    const reply = await merge(desk, one, into)
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [422, '/into'], why)
    assert.match(reply.json().message, new RegExp(why))
  }
  assert.equal((await merge(member, one, other)).statusCode, 403)
  assert.equal((await merge(county, one, other)).statusCode, 404)
  const both = await Promise.all([merge(desk, one, other), merge(desk, other, one)])
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 422])
})

test('[M8] what leads on shows no more than each reader sees: the asker of the one doesn’t read what was said in the other', async () => {
  const [desks, committees] = [await task(org.first, '市里要的'), await task(org.first, '机关党委要的', deputy)]
  assert.equal((await deputy.post(`/api/matters/${committees}/comments`, { id: newId(), text: '机关党委内部的话' })).statusCode, 200)
  assert.equal((await merge(deputy, committees, desks)).statusCode, 200)
  assert.equal((await page(member, desks)).comments.length, 1, 'the owner is in both')
  // A body that asked for the one alone, and is above neither.
  await owner.query('update matter.matter set asker_id = $1 where matter_id = $2', [org.county, desks])
  const seen = await page(county, desks)
  assert.deepEqual([seen.merged, seen.comments, JSON.stringify(seen).includes('机关党委要的')], [[], [], false])
})
