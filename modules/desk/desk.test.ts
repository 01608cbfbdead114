// The workbench and the search over HTTP, in the small city of the ledger; the clock is set anew for each day that is tried.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { newId } from '#base/ids.ts'
import { spanOf } from '#modules/ledger/ledger-todo.service.ts'
import { buildHttp } from '#server/app/http.ts'
import { type Login, ledgerCity, password } from '#test/ledger-city.ts'
import type { Found, TodoItem } from './desk.contract.ts'

const city = await ledgerCity()
const { owner, org, unit } = city
const apps: FastifyInstance[] = []
after(async () => {
  for (const app of apps) await app.close()
})

/** The server with its clock at a moment of China's time. */
async function serverAt(moment: string): Promise<FastifyInstance> {
  await owner.query('update kit.tenant set clock_offset = $1', [`${Date.parse(`${moment}+08:00`) - Date.now()} milliseconds`])
  const app = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  apps.push(app)
  return app
}

async function signedIn(app: FastifyInstance, account: Login | 'leader' | 'operator') {
  const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account, password } })
  assert.equal(reply.statusCode, 200, reply.body)
  const cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
  return {
    get: (url: string) => app.inject({ method: 'GET', url, cookies }),
    enter: (kind: string, happenedOn: string, more: object = {}) =>
      app.inject({ method: 'POST', url: '/api/records', cookies, payload: { id: newId(), kind, bodyId: org.first, happenedOn, title: '示例的一次', ...more } }),
  }
}
type Seat = Awaited<ReturnType<typeof signedIn>>

async function owed(seat: Seat): Promise<Record<string, string>> {
  const { items } = (await seat.get('/api/desk/todo')).json() as { items: TodoItem[] }
  return Object.fromEntries(items.filter(({ id }) => id.startsWith('ledger.owed.')).map(({ id, due }) => [id.slice('ledger.owed.'.length), due ?? '']))
}
const search = async (seat: Seat, q: string): Promise<Found[]> => {
  const reply = await seat.get(`/api/search?q=${encodeURIComponent(q)}`)
  assert.equal(reply.statusCode, 200, `${q}: ${reply.body}`)
  return reply.json().items
}
const labels = async (seat: Seat, q: string, kind?: string) =>
  (await search(seat, q)).filter((item) => kind === undefined || item.kind === kind).map(({ label }) => label)

// All of this before the first test begins, for tests move the clock.
const now = await serverAt('2024-12-20T10:00:00')
await owner.query(
  `with made as (insert into access.account (tenant_id, account_id, login, password_hash, person_id)
     select 1, gen_random_uuid(), x.login, a.password_hash, p.person_id from access.account a, org.person p,
       (values ('leader', '许红'), ('operator', '冯军')) x(login, name) where a.login = 'secretary' and p.name = x.name returning login, account_id)
   insert into access.appointment (tenant_id, appointment_id, account_id, post, body_id, valid_from)
     select 1, gen_random_uuid(), made.account_id, x.post, x.body, '2024-01-01' from made
       join (values ('leader', 'first-responsible', $1::uuid), ('operator', 'operator', null)) x(login, post, body) using (login)`,
  [unit.bureau],
)
const [secretary, second, deputy, desk, operator, leader] = [
  await signedIn(now, 'secretary'),
  await signedIn(now, 'second'),
  await signedIn(now, 'deputy'),
  await signedIn(now, 'desk'),
  await signedIn(now, 'operator'),
  await signedIn(now, 'leader'),
]

for (const [every, day, first, last] of [
  ['month', '2024-02-01', '2024-02-01', '2024-02-29'],
  ['month', '2024-02-29', '2024-02-01', '2024-02-29'],
  ['month', '2023-02-28', '2023-02-01', '2023-02-28'],
  ['month', '2024-12-31', '2024-12-01', '2024-12-31'],
  ['quarter', '2024-01-01', '2024-01-01', '2024-03-31'],
  ['quarter', '2024-03-31', '2024-01-01', '2024-03-31'],
  ['quarter', '2024-04-01', '2024-04-01', '2024-06-30'],
  ['quarter', '2024-12-31', '2024-10-01', '2024-12-31'],
  ['year', '2024-01-01', '2024-01-01', '2024-12-31'],
  ['year', '2024-12-31', '2024-01-01', '2024-12-31'],
] as const)
  test(`the ${every} of ${day} is ${first} to ${last}`, () => assert.deepEqual(spanOf(every, day), { first, last }))

const atEnd = { month: '2024-03-31', quarter: '2024-03-31', year: '2024-12-31' }

test('at the last minute of a quarter what is due by month, quarter and year ends that day and that year', async () => {
  const seat = await signedIn(await serverAt('2024-03-31T23:50:00'), 'secretary')
  assert.deepEqual(await owed(seat), {
    'members-meeting': atEnd.quarter,
    'committee-meeting': atEnd.month,
    'party-lecture': atEnd.year,
    'theme-day': atEnd.month,
    'organisational-life': atEnd.year,
    'heart-talk': atEnd.year,
  })
})

test('an entry settles its span and no other: a record of the last day settles nothing of the next', async () => {
  const before = await signedIn(await serverAt('2024-03-31T23:50:00'), 'secretary')
  for (const kind of ['theme-day', 'members-meeting']) assert.equal((await before.enter(kind, '2024-03-31')).statusCode, 200)
  assert.deepEqual(Object.keys(await owed(before)).sort(), ['committee-meeting', 'heart-talk', 'organisational-life', 'party-lecture'])
  const next = await signedIn(await serverAt('2024-04-01T00:05:00'), 'secretary')
  const due = await owed(next)
  assert.deepEqual([due['theme-day'], due['members-meeting'], due['heart-talk']], ['2024-04-30', '2024-06-30', atEnd.year])
  // Entered late, on the first day of the month for the month before: that month is not asked about any more.
  assert.equal((await next.enter('theme-day', '2024-03-30')).statusCode, 200)
  assert.equal((await owed(next))['theme-day'], '2024-04-30')
  assert.equal((await next.enter('theme-day', '2024-04-01')).statusCode, 200)
  assert.equal((await owed(next))['theme-day'], undefined)
})

test('on New Year’s Day the year begins anew, by China’s time', async () => {
  const seat = await signedIn(await serverAt('2024-12-31T23:55:00'), 'secretary')
  assert.equal((await seat.enter('heart-talk', '2024-12-31')).statusCode, 200)
  assert.equal((await owed(seat))['heart-talk'], undefined)
  const next = await signedIn(await serverAt('2025-01-01T00:05:00'), 'secretary')
  assert.deepEqual(
    [(await owed(next))['heart-talk'], (await owed(next))['theme-day'], (await owed(next))['members-meeting']],
    ['2025-12-31', '2025-01-31', '2025-03-31'],
  )
})

test('a branch is told its own, a committee and the city how many branches owe', async () => {
  const title = async (seat: Seat, id: string) =>
    ((await seat.get('/api/desk/todo')).json().items as TodoItem[]).find((item) => item.id === `ledger.owed.${id}`)?.title
  assert.equal(await title(secretary, 'theme-day'), '示例市局第一党支部还没有登记12月份主题党日')
  assert.equal(await title(deputy, 'theme-day'), '2 个党支部还没有登记12月份主题党日')
  assert.equal(await title(desk, 'theme-day'), '4 个党支部还没有登记12月份主题党日')
  assert.equal(await title(desk, 'members-meeting'), '4 个党支部还没有登记第四季度党员大会')
  assert.equal((await secretary.enter('theme-day', '2024-12-20')).statusCode, 200)
  assert.equal(await title(secretary, 'theme-day'), undefined)
  assert.equal(await title(deputy, 'theme-day'), '示例市局第二党支部还没有登记12月份主题党日')
  assert.equal(await title(desk, 'theme-day'), '3 个党支部还没有登记12月份主题党日')
})

test('what is due soonest comes first, the quicker one before the slower; the next step is the first', async () => {
  const { items, next } = (await secretary.get('/api/desk/todo')).json() as { items: TodoItem[]; next: TodoItem }
  const keys = items.map(({ due, minutes }) => `${due ?? '9999'} ${String(minutes).padStart(3, '0')}`)
  assert.deepEqual(keys, [...keys].sort())
  assert.deepEqual(next, items[0])
})

test('records that lack something are told of, as many as are in the scope', async () => {
  const incomplete = async (seat: Seat) => ((await seat.get('/api/desk/todo')).json().items as TodoItem[]).find(({ id }) => id === 'ledger.incomplete')?.title
  assert.match((await incomplete(secretary)) ?? '', /^\d+ 条近三个月的纪实要素不齐/)
  assert.equal(await incomplete(second), undefined)
})

test('a post without reading has nothing to do and finds the directory alone', async () => {
  assert.deepEqual((await operator.get('/api/desk/todo')).json(), { items: [], next: null })
  for (const q of ['王', 'wjg', '示例的一次', '何示例教授']) assert.deepEqual(await labels(operator, q), [], q)
  assert.deepEqual(await labels(operator, '县局'), ['示例县局', '示例县局党支部'])
})

test('the workbench takes six statements, however many organisations there are, one more for whoever has a post with duties, one more for whoever has more matters than are shown, one for whoever takes part in approvals, one for whoever answers complaints, one or two for whoever takes part in objections', async () => {
  for (const [seat, statements] of [
    [second, '9'],
    [deputy, '9'],
    [desk, '11'],
    [leader, '9'],
  ] as const)
    assert.equal((await seat.get('/api/desk/todo')).headers['x-queries'], statements)
  assert.ok(Number((await desk.get('/api/search?q=%E4%B8%BB%E9%A2%98')).headers['x-queries']) <= 7)
  assert.equal((await desk.get('/api/search?q=wjg')).headers['x-queries'], '3')
})

test('people, units, organisations and records are found by Chinese text from one character on, people by initials too; members’ names are masked', async () => {
  assert.deepEqual(await labels(secretary, '王建'), ['王**'])
  assert.deepEqual(await labels(secretary, '王', '人员'), ['王**'])
  assert.deepEqual(await labels(secretary, 'wjg'), ['王**'])
  assert.deepEqual(await labels(secretary, 'WJ'), ['王**'])
  assert.deepEqual(await labels(secretary, '  王建国 '), ['王**'])
  assert.deepEqual((await labels(secretary, '市局')).sort(), ['示例市局', '示例市局机关党委', '示例市局第一党支部', '示例市局第二党支部'].sort())
  assert.ok((await labels(secretary, '的一次', '纪实')).length > 0)
  assert.ok((await labels(secretary, '的 一次', '纪实')).length > 0)
})

test('what is found leads to its page, a person to the organisation', async () => {
  const [person] = await search(secretary, '王建国')
  assert.deepEqual(person, {
    kind: '人员',
    id: city.person.wang,
    label: '王**',
    bodyId: org.first,
    detail: '示例市局第一党支部',
    href: `/org/party-orgs/${org.first}`,
  })
  const [found] = await search(secretary, '示例县局')
  assert.deepEqual(found, { kind: '单位', id: unit.office, label: '示例县局', detail: '', href: `/org/units/${unit.office}` })
})

test('marks of patterns are letters like any other', async () => {
  await owner.query(
    `insert into org.person (tenant_id, person_id, name, initials, outside) values (1, $1, '百分之100%示例', 'bfz', true), (1, $2, '下划_线示例', 'xh', true)`,
    [newId(), newId()],
  )
  assert.deepEqual(await labels(secretary, '%', '外请'), ['百分之100%示例'])
  assert.deepEqual(await labels(secretary, '_', '外请'), ['下划_线示例'])
  for (const q of ['%%', '__', '\\', '王%', '王_国', "'", '"', '$1', ';', '*', '.*', '(', '🙂', 'é', '\u202e', '①', '%E'])
    for (const kind of ['人员', '外请']) assert.deepEqual(await labels(secretary, q, kind), [], q)
})

test('a person without initials is not found by everything', async () => {
  await owner.query(`insert into org.person (tenant_id, person_id, name, outside) values (1, $1, '无拼音者', true)`, [newId()])
  assert.deepEqual(await labels(secretary, '王', '人员'), ['王**'])
  assert.deepEqual(await labels(secretary, '无拼音'), ['无拼音者'])
})

test('a branch secretary finds no members and no records of other branches; the committee and the city do', async () => {
  for (const q of ['杨帆', 'yf', '周涛', 'zt', '钱丽']) assert.deepEqual(await labels(secretary, q), [], q)
  assert.deepEqual(await labels(deputy, '杨帆'), ['杨**'])
  assert.deepEqual(await labels(deputy, '周涛'), [])
  assert.deepEqual(await labels(desk, '周涛'), ['周**'])
  assert.deepEqual(await labels(second, '示例的一次', '纪实'), [])
  assert.ok((await labels(deputy, '示例的一次', '纪实')).length > 0)
})

test('an empty, too long or missing text answers clearly', async () => {
  assert.deepEqual(await search(secretary, '   '), [])
  for (const [query, field] of [
    ['', '/q'],
    ['?q=', '/q'],
    [`?q=${'长'.repeat(51)}`, '/q'],
    ['?q=a&q=b', '/q'],
  ] as const) {
    const reply = await secretary.get(`/api/search${encodeURI(query)}`)
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [422, field], query)
  }
  assert.equal((await secretary.get('/api/search?q=%00')).statusCode, 400)
})

test('whoever may not enter is led to the list, not to the entry form', async () => {
  const { items } = (await leader.get('/api/desk/todo')).json() as { items: TodoItem[] }
  assert.ok(items.length > 0)
  assert.deepEqual(
    items.filter(({ href }) => href.startsWith('/records/new')),
    [],
  )
})
