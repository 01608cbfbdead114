// Matters over HTTP on a small city: opened, moved, refused; two at once, twice the same; by the least-privileged first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { MatterPage, MatterRow, Receipt } from './matter.contract.ts'

const city = await ledgerCity()
const { org, owner } = city
const [member, secretary, second, county, deputy, desk] = (await Promise.all(
  (['member', 'secretary', 'second', 'county', 'deputy', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller]

const task = (change: object = {}) => ({
  id: newId(),
  kind: 'task',
  bodyId: org.first,
  title: '报送年度工作总结',
  fields: { text: '十二月底以前报送' },
  ...change,
})
const finding = (change: object = {}) => ({
  ...{ id: newId(), kind: 'rectification', bodyId: org.first, title: '会议记录不全' },
  ...{ fields: { problem: '三次会议没有记录', source: 'inspection', type: 'service' }, ...change },
})
async function opened(who: Caller, body: object): Promise<string> {
  const reply = await who.post('/api/matters', body)
  assert.equal(reply.statusCode, 200, reply.body)
  return (reply.json() as Receipt).matterId
}
const move = (who: Caller, id: string, revision: number, name: string, more: object = {}) =>
  who.post(`/api/matters/${id}/moves`, { moveId: newId(), revision, move: name, ...more })
async function moved(who: Caller, id: string, revision: number, name: string, more: object = {}): Promise<Receipt> {
  const reply = await move(who, id, revision, name, more)
  assert.equal(reply.statusCode, 200, `${name}: ${reply.body}`)
  return reply.json()
}
async function page(who: Caller, id: string): Promise<MatterPage> {
  const reply = await who.get(`/api/matters/${id}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const rows = async (who: Caller, query: string): Promise<MatterRow[]> => (await who.get(`/api/matters?limit=100&${query}`)).json().rows
const stepCount = async (id: string): Promise<number> => (await owner.query('select count(*)::int as n from matter.move where matter_id = $1', [id])).rows[0].n
const may = async (who: Caller, id: string) => (await page(who, id)).possible.map((one) => one.move)

test('[M2] a task goes from the desk to a branch and back: the 纪检委员 receives and hands in, the desk returns and accepts, and each sees its own moves alone', async () => {
  const id = await opened(desk, task())
  assert.deepEqual(await may(member, id), ['receive'])
  assert.deepEqual(await may(desk, id), ['recall'])
  assert.equal((await move(desk, id, 1, 'receive')).statusCode, 403, 'the desk does not receive for the branch')
  assert.equal((await moved(member, id, 1, 'receive')).stage, 'working')
  assert.equal((await move(member, id, 2, 'accept')).statusCode, 403)
  const empty = await move(member, id, 2, 'hand-in')
  assert.deepEqual([empty.statusCode, empty.json().issues[0].field], [422, '/fields/answer'])
  await moved(member, id, 2, 'hand-in', { fields: { answer: '已经报送' } })
  assert.equal((await move(member, id, 3, 'accept')).statusCode, 403)
  await moved(desk, id, 3, 'return', { fields: { reason: '缺少数字' } })
  await moved(member, id, 4, 'hand-in', { fields: { answer: '补充了数字' } })
  assert.equal((await moved(desk, id, 5, 'accept')).stage, 'accepted')
  const { matter, steps, fields, possible } = await page(member, id)
  assert.deepEqual([matter.stageName, matter.outcome, matter.closedOn, matter.late, possible], ['办结', 'done', '2024-12-20', false, []])
  assert.deepEqual(fields, { text: '十二月底以前报送', answer: '补充了数字', reason: '缺少数字' })
  assert.deepEqual(
    steps.map(({ moveName, author }) => [moveName, author]),
    [
      ['立项', '孙强'],
      ['签收', '李明'],
      ['提交', '李明'],
      ['退回', '孙强'],
      ['提交', '李明'],
      ['验收', '孙强'],
    ],
  )
  const { rows: entries } = await owner.query('select action from audit.entry where object_id = $1 order by at, entry_id', [id])
  assert.deepEqual(
    entries.map(({ action }) => action),
    ['matter.open', ...Array(5).fill('matter.move')],
  )
})

test('[M2] who checks is another person than who did, whatever posts the person has', async () => {
  const id = await opened(desk, finding({ bodyId: org.second }))
  // The full-time deputy of the committee has both over the branch: to handle and to check.
  await moved(deputy, id, 1, 'submit-plan', { fields: { plan: '逐项补记' } })
  await moved(deputy, id, 2, 'apply', { fields: { result: '已经补记' } })
  const refused = await move(deputy, id, 3, 'strike-off', { fields: { verdict: '属实' } })
  assert.deepEqual([refused.statusCode, refused.json().message], [403, '这件事项上一步是您办的，要由另一位同志复查。'])
  assert.equal((await move(second, id, 3, 'strike-off', { fields: { verdict: '属实' } })).statusCode, 403, 'nobody checks the own branch')
  assert.deepEqual([await may(deputy, id), await may(desk, id)], [[], ['strike-off', 'send-back']])
  assert.equal((await moved(desk, id, 3, 'strike-off', { fields: { verdict: '属实' } })).stage, 'struck-off')
})

test('[M2] a committee asks the branches below it, no branch asks itself or another', async () => {
  const id = await opened(deputy, task({ bodyId: org.second }))
  assert.equal((await page(second, id)).matter.asker?.id, org.committee)
  assert.equal((await secretary.post('/api/matters', task())).statusCode, 403, 'not itself')
  assert.equal((await secretary.post('/api/matters', task({ bodyId: org.second }))).statusCode, 404, 'nor whom it does not see')
  assert.equal((await deputy.post('/api/matters', task({ bodyId: org.county }))).statusCode, 404)
  assert.equal((await member.post('/api/matters', task())).statusCode, 403, 'who handles alone asks nobody')
})

test('a move empties a field by null, and only one that it may leave blank; what it said before stays in its steps', async () => {
  const id = await opened(desk, { ...finding(), kind: 'style-problem', fields: { problem: '窗口推诿', attitude: 'unwilling', type: 'service' } })
  const causes = { cause: '职责不清', measure: '一次告知' }
  const all = await move(secretary, id, 1, 'find-cause', { fields: { ...causes, attitude: null, type: null } })
  assert.deepEqual([all.statusCode, all.json().message], [409, '三种分类至少归入一种。'], 'the guard sees what is emptied')
  const needed = await move(secretary, id, 1, 'find-cause', { fields: { ...causes, cause: null } })
  assert.deepEqual([needed.statusCode, needed.json().issues[0].field], [422, '/fields/cause'])
  const foreign = await move(secretary, id, 1, 'find-cause', { fields: { ...causes, problem: null } })
  assert.deepEqual([foreign.statusCode, foreign.json().issues[0].field], [422, '/fields/problem'])
  const sent = { moveId: newId(), revision: 1, move: 'find-cause', fields: { ...causes, attitude: null } }
  for (const repeated of [false, true]) assert.equal((await secretary.post(`/api/matters/${id}/moves`, sent)).json().repeated, repeated)
  const { fields, steps } = await page(secretary, id)
  assert.deepEqual(fields, { problem: '窗口推诿', type: 'service', ...causes })
  assert.deepEqual([steps[0]?.fields['attitude'], steps[1]?.fields['attitude']], ['unwilling', null])
})

test('[M3] of two at once one wins; the other is told who moved the matter, how, and where it stands', async () => {
  const id = await opened(desk, task())
  await moved(secretary, id, 1, 'receive')
  const both = await Promise.all([
    move(secretary, id, 2, 'hand-in', { fields: { answer: '书记的答复' } }),
    move(member, id, 2, 'hand-in', { fields: { answer: '纪检委员的答复' } }),
    move(desk, id, 2, 'recall', { note: '不用报了' }),
  ])
  const [won, ...lost] = both.sort((left, right) => left.statusCode - right.statusCode)
  assert.deepEqual([won?.statusCode, ...lost.map(({ statusCode }) => statusCode)], [200, 409, 409])
  const { matter, steps } = await page(desk, id)
  const last = steps.at(-1)
  for (const reply of lost) assert.equal(reply.json().message, `${last?.author}刚办了“${last?.moveName}”，现在是“${matter.stageName}”。请看过最新情况再办。`)
  assert.deepEqual([matter.revision, steps.length], [3, 3])
})

test('[M5] the same moveId again answers as the first did, also at the same time and when the matter has moved on; for another move it is a conflict', async () => {
  const id = await opened(desk, task())
  const receive = { moveId: newId(), revision: 1, move: 'receive' }
  const taps = await Promise.all([1, 2, 3].map(() => member.post(`/api/matters/${id}/moves`, receive)))
  assert.deepEqual(
    taps.map(({ statusCode }) => statusCode),
    [200, 200, 200],
  )
  const [first, ...again] = taps.map((reply) => reply.json() as Receipt).sort((left, right) => Number(left.repeated) - Number(right.repeated))
  assert.deepEqual([first?.repeated, again.map(({ repeated }) => repeated)], [false, [true, true]])
  await moved(member, id, 2, 'hand-in', { fields: { answer: '已经报送' } })
  const late = (await member.post(`/api/matters/${id}/moves`, receive)).json() as Receipt
  assert.deepEqual(late, { ...first, repeated: true })
  assert.equal(await stepCount(id), 3)
  const other = await opened(desk, task())
  for (const [who, at, body] of [
    [member, id, { ...receive, move: 'hand-in', fields: { answer: '又一份' } }],
    [member, other, receive],
    [secretary, id, receive],
    [county, await opened(desk, task({ bodyId: org.county })), receive],
  ] as const) {
    const reply = await who.post(`/api/matters/${at}/moves`, body)
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [409, '/moveId'], reply.body)
  }
  assert.deepEqual([await stepCount(id), await stepCount(other)], [3, 1])
})

test('[M5] the same opening again, whose reply was lost, is one matter; its id for another is a conflict', async () => {
  const body = task()
  const replies = await Promise.all([desk.post('/api/matters', body), desk.post('/api/matters', body)])
  assert.deepEqual(replies.map((reply) => reply.json().repeated).sort(), [false, true])
  assert.deepEqual((await desk.post('/api/matters', body)).json(), { ...replies[0]?.json(), repeated: true })
  for (const other of [{ title: '报送另一份总结' }, { bodyId: org.second }, { fields: { text: '另一份' } }])
    assert.equal((await desk.post('/api/matters', { ...body, ...other })).statusCode, 409)
  assert.equal(await stepCount(body.id), 1)
})

test('[M8] a matter of others is as good as not there: in the list, by its id, in the board, the month and every refusal', async () => {
  const id = await opened(desk, task({ title: '别人看不见的事项' }))
  const none = newId()
  const told = async (way: (id: string) => ReturnType<Caller['get']>) => {
    const [foreign, missing] = [await way(id), await way(none)]
    assert.deepEqual([foreign.statusCode, foreign.body], [404, missing.body])
  }
  await told((at) => county.get(`/api/matters/${at}`))
  await told((at) => move(county, at, 1, 'receive'))
  await told((at) => county.post(`/api/matters/${at}/person`, { moveId: newId(), revision: 1, personId: null }))
  await told((at) => county.post(`/api/matters/${at}/extension`, { moveId: newId(), revision: 1, act: 'ask', note: '需要时间' }))
  await told((at) => county.post(`/api/matters/${at}/comments`, { id: newId(), text: '留言' }))
  await told((at) => county.post(`/api/matters/${at}/links`, { recordId: newId(), linked: true }))
  const titles = JSON.stringify([
    await rows(county, ''),
    (await county.get('/api/matters/board?kind=task')).json(),
    (await county.get('/api/matters/month?month=2024-12')).json(),
  ])
  assert.ok(!titles.includes(id))
  assert.deepEqual(await rows(county, 'q=看不见'), [])
  assert.equal((await rows(member, `q=${encodeURIComponent('看不见')}`))[0]?.matterId, id)
  assert.ok(
    (await rows(deputy, `body=${org.first}`)).some(({ matterId }) => matterId === id),
    'the committee above sees it',
  )
  assert.deepEqual(await rows(second, `body=${org.first}`), [])
  assert.equal((await (await city.as('joint-petitions')).get('/api/matters')).json().rows.length, 0)
})

test('[M9] a problem of the same type at the same body within the days is told as a relapse, another type or body is not', async () => {
  const first = await opened(desk, finding({ bodyId: org.town }))
  await owner.query(`update matter.matter set closed_on = '2024-01-10', outcome = 'done', opened_on = '2023-11-01' where matter_id = $1`, [first])
  const again = await page(desk, await opened(desk, finding({ bodyId: org.town, title: '记录又不全' })))
  assert.deepEqual(again.relapseOf, { matterId: first, title: '会议记录不全', closedOn: '2024-01-10' })
  const other = await opened(desk, finding({ bodyId: org.town, fields: { problem: '另一类', type: 'pleasure' } }))
  assert.equal((await page(desk, other)).relapseOf, null)
  assert.equal((await page(desk, await opened(desk, finding({ bodyId: org.county })))).relapseOf, null)
  await owner.query(`update matter.matter set closed_on = '2023-12-20' where matter_id = $1`, [first])
  assert.equal((await page(desk, again.matter.matterId)).relapseOf, null, 'a day more than the 365 is long ago')
})

test('[M6] a deadline is written down when a stage begins; reporting in between moves none', async () => {
  const id = await opened(desk, finding())
  // Ten working days after Friday 20 December, New Year's day off.
  assert.equal((await page(member, id)).matter.dueAt, '2025-01-06T15:59:59.000Z')
  await moved(member, id, 1, 'submit-plan', { fields: { plan: '逐项补记' } })
  const due = (await page(member, id)).matter.dueAt
  assert.equal(due, '2025-03-20T15:59:59.000Z')
  assert.equal((await moved(member, id, 2, 'report', { fields: { progress: '补了一次' } })).dueAt, due)
  const resting = await moved(member, id, 3, 'apply', { fields: { result: '补完' } })
  assert.equal((await page(member, id)).matter.paused, true)
  assert.notEqual(resting.dueAt, due)
})

test('what waits for the reader is on the workbench and in the list of one’s own, by deadline; the rest is counted in one line', async () => {
  await Promise.all(Array.from({ length: 7 }, (_, n) => opened(desk, task({ bodyId: org.county, title: `第${n}件报送`, dueAt: `2024-12-${29 - n}` }))))
  const own = await rows(county, 'state=mine')
  assert.ok(own.length >= 7 && own.every((row) => row.owner.id === org.county))
  const { items } = (await county.get('/api/desk/todo')).json()
  const matters = items.filter(({ kind }: { kind: string }) => kind === '事项')
  assert.equal(matters.length, 4)
  assert.match(matters.at(-1).title, new RegExp(`还有 ${own.length - 3} 件`))
  const found = (await county.get(`/api/search?q=${encodeURIComponent('第3件')}`)).json().items
  assert.deepEqual(
    found.map(({ kind, label }: { kind: string; label: string }) => [kind, label]),
    [['事项', '第3件报送']],
  )
})
