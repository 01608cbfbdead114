// Records proposed for matters and matters for records, over HTTP on a small city.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import { likest } from './propose.rules.ts'

const city = await ledgerCity()
const { org, owner } = city
const [secretary, member, second, county, deputy, desk] = (await Promise.all(
  (['secretary', 'member', 'second', 'county', 'deputy', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller]

async function opened(who: Caller, kind: string, title: string, fields: object, on = '2024-12-01'): Promise<string> {
  const reply = await who.post('/api/matters', { id: newId(), kind, bodyId: org.first, title, fields })
  assert.equal(reply.statusCode, 200, reply.body)
  await owner.query('update matter.matter set opened_on = $2 where matter_id = $1', [reply.json().matterId, on])
  return reply.json().matterId
}
async function recorded(who: Caller, kind: string, bodyId: string, title: string, happenedOn: string): Promise<string> {
  const id = newId()
  const reply = await who.post('/api/records', { id, kind, bodyId, happenedOn, title })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
const proposed = async (who: Caller, id: string): Promise<string[]> =>
  (await who.get(`/api/matters/${id}/proposals`)).json().rows.map(({ recordId }: { recordId: string }) => recordId)
const served = async (who: Caller, id: string): Promise<string[]> =>
  (await who.get(`/api/records/${id}/matters`)).json().rows.map(({ matterId }: { matterId: string }) => matterId)
const link = async (who: Caller, matter: string, recordId: string) =>
  assert.equal((await who.post(`/api/matters/${matter}/links`, { recordId, linked: true })).statusCode, 200)

test('the likest titles come first, others as they came', () => {
  const rows = ['12月主题党日', '条例学习会', '支委会', '学习条例'].map((title) => ({ title }))
  assert.deepEqual(
    likest(rows, '报送条例学习情况', 3).map(({ title }) => title),
    ['条例学习会', '学习条例', '12月主题党日'],
  )
})

test('[M14] of the matter’s body and within its time; of the kinds that its kind names first; linked it is proposed no more, to other matters it is', async () => {
  const [first, again] = await Promise.all([1, 2].map(() => opened(secretary, 'election', '支部换届', { due_on: '2024-12-31' })))
  const meeting = await recorded(secretary, 'members-meeting', org.first, '换届选举大会', '2024-12-09')
  const election = await recorded(secretary, 'election', org.first, '选举产生新一届委员', '2024-12-10')
  await recorded(secretary, 'theme-day', org.first, '主题党日', '2024-12-11')
  await recorded(secretary, 'election', org.first, '上一届选举', '2024-11-10')
  await recorded(second, 'election', org.second, '别家的支部换届', '2024-12-10')
  assert.deepEqual(await proposed(secretary, first ?? ''), [election, meeting])
  assert.deepEqual((await served(secretary, election)).sort(), [first, again].sort())
  await link(secretary, first ?? '', election)
  assert.deepEqual(
    [await proposed(secretary, first ?? ''), await proposed(secretary, again ?? ''), await served(secretary, election)],
    [[meeting], [election, meeting], [again]],
  )
})

test('[M14] a kind that names none takes any record, by likeness of the titles; what is not the owner’s turn, later or closed is not offered', async () => {
  const [task, other] = [await opened(desk, 'task', '开展条例学习', { text: '示例' }), await opened(desk, 'task', '报送花名册', { text: '示例' })]
  const study = await recorded(secretary, 'theme-day', org.first, '条例学习会', '2024-12-18')
  assert.equal((await proposed(secretary, task))[0], study)
  assert.deepEqual(await served(secretary, study), [task], `${other} is not alike`)
  await owner.query(`update matter.matter set opened_on = '2024-12-19' where matter_id = $1`, [task])
  assert.deepEqual(await served(secretary, study), [], 'asked for later')
  await owner.query(`update matter.matter set opened_on = '2024-12-01', waits_for = 'asker' where matter_id = $1`, [task])
  assert.deepEqual(await served(secretary, study), [])
})

test('[M8] nobody is offered what they may not link: the asker nothing, a stranger what is not there', async () => {
  const id = await opened(desk, 'task', '开展主题党日', { text: '示例' })
  const record = await recorded(secretary, 'theme-day', org.first, '主题党日', '2024-12-19')
  assert.deepEqual([await proposed(desk, id), await served(desk, record)], [[], []])
  assert.ok((await proposed(member, id)).includes(record))
  assert.ok((await served(deputy, record)).includes(id), 'the committee above handles it, too')
  for (const stranger of [county, second]) {
    for (const [url, none] of [
      [`/api/matters/${id}/proposals`, `/api/matters/${newId()}/proposals`],
      [`/api/records/${record}/matters`, `/api/records/${newId()}/matters`],
    ] as const) {
      const [foreign, missing] = [await stranger.get(url), await stranger.get(none)]
      assert.deepEqual([foreign.statusCode, foreign.body], [404, missing.body])
    }
  }
})
