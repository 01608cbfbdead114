// Reminders on a small city: who is reminded, when, once, and what leaves the house; news and followers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Message, NotTaken } from '#server/kit/notify/message.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { NewsRow } from '../news/news.contract.ts'
import { remind } from './reminder.job.ts'

const city = await ledgerCity()
const { org, owner, pool } = city
const [member, secretary, second, county, deputy, desk] = (await Promise.all(
  (['member', 'secretary', 'second', 'county', 'deputy', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller]
const [tenant] = (await loadTenants(pool)) as [Tenant]

/** The tenant at a moment of its own, in China's time. */
const at = (moment: string): Tenant => ({ ...tenant, clockOffset: Date.parse(`${moment}+08:00`) - Date.now() })
const sent: Message[] = []
let trouble: Error | undefined
const notifier = {
  origin: 'https://city.example',
  send: async (message: Message) => {
    if (trouble !== undefined) throw trouble
    sent.push(message)
  },
}
const run = (moment: string) => remind({ pool, notifier }, at(moment))
/** Logins that were sent to since the last time, of one matter or of all. */
const told = (id = ''): string[] =>
  sent
    .splice(0)
    .flatMap(({ login, link }) => (link.includes(id) ? [login] : []))
    .sort()
async function opened(bodyId: string, title = '不能外传的标题'): Promise<string> {
  const reply = await desk.post('/api/matters', { id: newId(), kind: 'task', bodyId, title, fields: { text: '示例' } })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json().matterId
}
const move = async (who: Caller, id: string, revision: number, name: string, more: object = {}) => {
  const reply = await who.post(`/api/matters/${id}/moves`, { moveId: newId(), revision, move: name, ...more })
  assert.equal(reply.statusCode, 200, reply.body)
}
const news = async (who: Caller): Promise<NewsRow[]> => (await who.get('/api/news')).json().rows
const unread = async (who: Caller): Promise<number> => (await who.get('/api/news/unread')).json().count
const states = async (id: string) => (await owner.query('select state, tries from matter.reminder where matter_id = $1 order by account_id', [id])).rows

// Opened Friday 20 December; received within two working days, to the end of Tuesday 24: reminded of on Monday 23 at nine.
test('[M12] whose turn it is is reminded once, in the morning of a working day; nothing but kind, stage and deadline leaves the house', async () => {
  const id = await opened(org.first)
  await run('2024-12-23T08:59:00')
  assert.deepEqual(told(), [])
  await Promise.all([run('2024-12-23T09:00:00'), run('2024-12-23T09:00:00')])
  const [first] = sent
  assert.deepEqual(told(), ['member', 'secretary'], 'both posts of the branch, by two servers at once, each once')
  assert.deepEqual([first?.subject, first?.link], ['工作任务：待签收，2024年12月24日到期', `https://city.example/matters/${id}?move=receive`])
  assert.doesNotMatch(JSON.stringify(first), /不能外传|示例市局/)
  await run('2024-12-23T09:01:00')
  await run('2024-12-24T10:00:00')
  assert.deepEqual(told(), [])
  const [line] = await news(member)
  assert.deepEqual([line?.what, line?.title, line?.kindName, line?.unread], ['reminder', '不能外传的标题', '工作任务', true])
  for (const other of [second, county, deputy]) assert.deepEqual(await news(other), [])
})

test('[M12] what was due while the server was down is said once after it, by day; what has moved on meanwhile is not', async () => {
  const [late, done] = [await opened(org.county), await opened(org.county)]
  await move(county, done, 1, 'receive')
  await run('2024-12-24T21:00:00')
  assert.deepEqual(told(), [], 'not at night')
  await run('2024-12-28T10:00:00')
  assert.deepEqual(told(), [], 'not on a Saturday')
  await run('2024-12-25T08:00:00')
  assert.deepEqual(
    sent.map(({ subject }) => subject),
    ['工作任务：待签收，已过期限'],
  )
  assert.deepEqual(told(), ['county'])
  await run('2024-12-26T09:00:00')
  assert.deepEqual(told(), [])
  assert.deepEqual([(await states(late)).length, (await states(done)).length], [1, 0])
})

test('[M12] a matter that was given to a person reminds that person alone; one that is nobody’s is written down as such', async () => {
  const [own, nobodys] = [await opened(org.first), await opened(org.town)]
  const { person_id: personId } = (await owner.query(`select person_id from access.account where login = 'member'`)).rows[0]
  assert.equal((await member.post(`/api/matters/${own}/person`, { moveId: newId(), revision: 1, personId })).statusCode, 200)
  await run('2024-12-23T11:00:00')
  assert.deepEqual(told(), ['member'])
  assert.deepEqual(await states(nobodys), [{ state: 'page', tries: 0 }])
  await run('2024-12-23T11:01:00')
  assert.deepEqual(told(), [])
})

test('[M12] what surely nobody took is tried again, at most five times; what may have been taken is sent no more', async () => {
  const [again, unsure] = [await opened(org.second), await opened(org.county)]
  trouble = new NotTaken('busy')
  await owner.query(`update matter.matter set remind_at = null where matter_id = $1`, [unsure])
  await run('2024-12-23T12:00:00')
  assert.deepEqual(await states(again), [{ state: 'due', tries: 1 }])
  await run('2024-12-23T21:00:00')
  assert.deepEqual(await states(again), [{ state: 'due', tries: 1 }], 'nor is it tried at night')
  trouble = undefined
  await run('2024-12-24T12:01:00')
  assert.deepEqual([told(), await states(again)], [['second'], [{ state: 'sent', tries: 2 }]])
  await owner.query(`update matter.matter set remind_at = '2024-12-23T01:00:00Z' where matter_id = $1`, [unsure])
  trouble = new Error('hung up after the mail')
  await run('2024-12-24T12:02:00')
  trouble = undefined
  await run('2024-12-24T12:03:00')
  assert.deepEqual([told(), await states(unsure)], [[], [{ state: 'failed', tries: 1 }]])
  assert.equal((await news(county)).filter(({ matterId }) => matterId === unsure).length, 1, 'on the page it is')
})

test('[M12] more time is another deadline, reminded of anew', async () => {
  const id = await opened(org.second)
  await move(second, id, 1, 'receive')
  const due = async (): Promise<string[]> =>
    (await owner.query('select due_at, remind_at from matter.matter where matter_id = $1', [id])).rows.flatMap((row) => [row.due_at, row.remind_at])
  const before = await due()
  assert.deepEqual(before, ['2025-01-06T15:59:59.000Z', '2025-01-02T01:00:00.000Z'])
  await run('2025-01-02T09:00:00')
  assert.deepEqual(told(id), ['second'])
  for (const [who, revision, act] of [
    [second, 2, 'ask'],
    [desk, 3, 'grant'],
  ] as const)
    assert.equal((await who.post(`/api/matters/${id}/extension`, { moveId: newId(), revision, act, note: '需要时间' })).statusCode, 200)
  const [extended = '', remindedOn = ''] = await due()
  assert.ok(extended > (before[0] ?? '') && remindedOn > (before[1] ?? ''))
  await run(`${remindedOn.slice(0, 10)}T09:00:00`)
  assert.deepEqual(told(id), ['second'])
})

test('[M13] a follower hears of others’ moves, marks them read, and hears no more of what may not be seen any longer', async () => {
  const id = await opened(org.first, '关注的任务')
  assert.equal((await county.post(`/api/matters/${id}/follower`, { following: true })).statusCode, 404, 'following gives no right to see')
  for (const following of [true, true]) assert.deepEqual((await deputy.post(`/api/matters/${id}/follower`, { following })).json(), { following: true })
  assert.equal((await deputy.get(`/api/matters/${id}`)).json().following, true)
  const before = await unread(deputy)
  await move(secretary, id, 1, 'receive')
  await move(member, id, 2, 'hand-in', { fields: { answer: '已报' } })
  assert.equal((await unread(deputy)) - before, 2)
  const [newest] = await news(deputy)
  assert.deepEqual([newest?.what, newest?.title, newest?.moveName, newest?.stageName, newest?.author], ['move', '关注的任务', '提交', '待验收', '李明'])
  assert.equal((await deputy.post('/api/news/read', { until: newest?.at })).json().count, 0)
  assert.equal((await deputy.post('/api/news/read', { until: '2020-01-01T00:00:00.000Z' })).json().count, 0, 'never back')
  assert.equal((await news(deputy))[0]?.unread, false)
  assert.deepEqual(
    (await news(secretary)).filter(({ what }) => what === 'move'),
    [],
    'who doesn’t follow hears nothing',
  )
  // The committee is no longer above the branch.
  await owner.query(
    `insert into matter.follow (tenant_id, matter_id, account_id, since) select tenant_id, $1, account_id, '2020-01-01' from access.account where login = 'county'`,
    [id],
  )
  assert.deepEqual(
    (await news(county)).filter(({ matterId }) => matterId === id),
    [],
  )
  assert.equal((await deputy.post(`/api/matters/${id}/follower`, { following: false })).json().following, false)
  assert.deepEqual(
    (await news(deputy)).filter(({ matterId }) => matterId === id),
    [],
  )
})
