// Duties over HTTP on a small city: states from records, matters and entries by hand; hand-over, gaps, editions; by the least-privileged first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { transaction } from '#server/kit/db.ts'
import { type Pack, packOf, usePack } from '#server/kit/pack.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { madeCity, password } from '#test/made-city.ts'
import { type Caller, callerOf } from '#test/server.ts'
import type { DutyPage, DutyRow, GapRow } from './duty.contract.ts'
import { openDue } from './duty.jobs.ts'

const city = await madeCity({
  units: { committee: { name: '示例市直工委' }, bureau: { name: '示例市局' } },
  orgs: {
    root: { name: '示例工委', kind: 'work-committee', unit: 'committee' },
    committee: { name: '示例市局机关党委', kind: 'committee', unit: 'bureau', under: 'root' },
    first: { name: '示例市局第一党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
    second: { name: '示例市局第二党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
  },
  people: {
    wang: ['王建国', 'wjg', 'first'],
    li: ['李明', 'lm', 'first'],
    zhang: ['张伟', 'zw', 'first'],
    yang: ['杨帆', 'yf', 'second'],
    zhao: ['赵敏', 'zm', 'second'],
    sun: ['孙强', 'sq', 'second'],
  },
  posts: [
    ['secretary', 'first', 'wang'],
    ['discipline-member', 'first', 'li'],
    ['secretary', 'second', 'yang'],
    ['full-time-deputy', 'committee', 'zhao'],
  ],
  accounts: {
    secretary: { post: 'secretary', org: 'first', person: 'wang' },
    member: { post: 'discipline-member', org: 'first', person: 'li' },
    second: { post: 'secretary', org: 'second', person: 'yang' },
    deputy: { post: 'full-time-deputy', org: 'committee', person: 'zhao' },
    desk: { post: 'desk', org: null, person: 'sun' },
    zhang: { post: 'publicity-member', org: 'second', person: 'zhang' },
  },
})
const { org, owner, person } = city
const [secretary, member, second, deputy, desk] = (await Promise.all(
  (['secretary', 'member', 'second', 'deputy', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller]

const mine = async (who: Caller): Promise<DutyRow[]> =>
  ((await who.get('/api/duties/mine')).json() as { posts: { duties: DutyRow[] }[] }).posts.flatMap(({ duties }) => duties)
const stateOf = async (who: Caller, duty: string): Promise<string | undefined> => (await mine(who)).find((row) => row.duty === duty)?.state
const page = async (who: Caller, body: string, duty: string): Promise<DutyPage> => (await who.get(`/api/duties/${body}/${duty}`)).json()
const list = async (who: Caller, query = ''): Promise<DutyRow[]> => (await who.get(`/api/duties?limit=100&${query}`)).json().rows
const gaps = async (who: Caller, kind: string): Promise<GapRow[]> => (await who.get(`/api/duties/gaps?limit=100&kind=${kind}`)).json().rows
const entry = (change: object = {}) => ({
  ...{ id: newId(), bodyId: org.first, duty: 'b-report', period: '2024-01-01', doneOn: '2024-12-19', note: '向党员大会报告了全年工作' },
  ...change,
})
const fulfil = (who: Caller, body: object) => who.post('/api/duties/fulfilments', body)
const rowsOf = async (id: string): Promise<number> =>
  (await owner.query('select count(*)::int as n from duty.fulfilment where fulfilment_id = $1', [id])).rows[0].n
const record = async (who: Caller, happenedOn: string): Promise<string> => {
  const id = newId()
  const reply = await who.post('/api/records', { id, kind: 'theme-day', bodyId: org.first, happenedOn, title: '示例主题党日' })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
/** Ends whoever holds a post in a body, and seats somebody else. */
async function handOver(post: string, body: string, to: string | null): Promise<void> {
  await owner.query(`update org.holding set valid_until = '2024-12-20' where post = $1 and body_id = $2 and valid_until = 'infinity'`, [post, body])
  await owner.query(`update access.appointment set valid_until = '2024-12-20' where post = $1 and body_id = $2`, [post, body])
  if (to !== null)
    await owner.query(
      `insert into org.holding (tenant_id, holding_id, post, body_id, person_id, valid_from, known_from) values (1, $1, $2, $3, $4, '2024-12-20', '2024-12-01')`,
      [newId(), post, body, to],
    )
}

test('[D4] a record of the period fulfils a duty, a withdrawn one doesn’t, nor does one of another month; what was missed the month before is told', async () => {
  assert.deepEqual((await mine(secretary)).map(({ duty }) => duty).sort(), ['b-lecture', 'b-members', 'b-report', 'b-theme'])
  assert.equal(await stateOf(secretary, 'b-theme'), 'late', 'November was missed')
  await record(secretary, '2024-11-30')
  assert.equal(await stateOf(secretary, 'b-theme'), 'soon')
  const id = await record(secretary, '2024-12-05')
  assert.equal(await stateOf(secretary, 'b-theme'), 'done')
  assert.notEqual(await stateOf(second, 'b-theme'), 'done', 'of another branch')
  const { periods, mine: own } = await page(secretary, org.first, 'b-theme')
  assert.deepEqual([periods.length, periods[0]?.rows[0]?.id, periods[1]?.state, periods[2]?.state, own], [12, id, 'done', 'late', true])
  const reply = await secretary.post(`/api/records/${id}/withdrawal`, { version: 1, reason: '重复登记' })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.equal(await stateOf(secretary, 'b-theme'), 'soon')
  await record(secretary, '2024-12-06')
})

test('[D5] only the holder enters by hand; the same twice has one effect, the same id for something else is a conflict', async () => {
  const said = entry()
  for (const [who, status] of [
    [member, 403],
    [second, 404],
    [deputy, 403],
    [desk, 403],
  ] as const)
    assert.equal((await fulfil(who, said)).statusCode, status)
  assert.equal((await fulfil(secretary, said)).json().repeated, false)
  assert.equal((await fulfil(secretary, said)).json().repeated, true)
  assert.equal((await fulfil(secretary, { ...said, note: '另一件事' })).statusCode, 409)
  assert.equal(await rowsOf(said.id), 1)
  assert.equal(await stateOf(secretary, 'b-report'), 'done')
  assert.equal((await page(deputy, org.first, 'b-report')).periods[0]?.rows[0]?.title, said.note)
})

test('[D5] what can’t be is refused at its field', async () => {
  for (const [change, field] of [
    [{ doneOn: '2024-12-21' }, '/doneOn'],
    [{ doneOn: '2023-12-31' }, '/doneOn'],
    [{ doneOn: '2024-02-30' }, '/doneOn'],
    [{ period: '2024-02-01' }, '/period'],
    [{ note: '  。' }, '/note'],
    [{ duty: 'b-theme' }, '/duty'],
  ] as const) {
    const reply = await fulfil(secretary, entry(change))
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [422, field], JSON.stringify(change))
  }
  assert.equal((await fulfil(secretary, entry({ duty: 'no-such' }))).statusCode, 404)
})

test('[D5] a correction keeps the version before; of two at once one wins; withdrawn, the duty is open again', async () => {
  const said = entry()
  await fulfil(secretary, said)
  const correct = (who: Caller, version: number, note: string) =>
    who.post(`/api/duties/fulfilments/${said.id}/correction`, { version, doneOn: '2024-12-18', note, evidence: '记录3号', reason: '日期写错' })
  assert.equal((await correct(member, 1, '改一改')).statusCode, 403)
  assert.equal((await correct(second, 1, '改一改')).statusCode, 404)
  const both = await Promise.all([correct(secretary, 1, '第一种说法'), correct(secretary, 1, '第二种说法')])
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409])
  assert.equal(await rowsOf(said.id), 2)
  const shown = (await page(secretary, org.first, 'b-report')).periods[0]?.rows.find(({ id }) => id === said.id)
  assert.deepEqual([shown?.version, shown?.on, shown?.evidence], [2, '2024-12-18', '记录3号'])
  const back = () => secretary.post(`/api/duties/fulfilments/${said.id}/withdrawal`, { version: 2, reason: '登记重复' })
  assert.deepEqual([(await back()).json().repeated, (await back()).json().repeated], [false, true])
  assert.equal(
    (await page(secretary, org.first, 'b-report')).periods[0]?.rows.some(({ id }) => id === said.id),
    false,
  )
})

test('[D8] a branch sees its own duties alone, in list, count, grid, gaps and one by one; the committee those below it', async () => {
  const bodies = async (who: Caller) => [...new Set((await list(who)).map(({ body }) => body.id))].sort()
  assert.deepEqual(await bodies(second), [org.second])
  assert.deepEqual(await bodies(secretary), [org.first])
  assert.deepEqual(await bodies(deputy), [org.first, org.second, org.committee, city.unit.bureau].sort())
  assert.equal((await second.get(`/api/duties?body=${org.committee}`)).statusCode, 404)
  assert.equal((await second.get(`/api/duties/${org.first}/b-report`)).statusCode, 404)
  const { levels } = (await second.get('/api/duties/grid')).json()
  assert.deepEqual(
    levels.flatMap((level: { id: string; seats: { id: string; bodies: number }[] }) =>
      level.seats.filter(({ bodies: n }) => n > 0).map(({ id }) => `${level.id} ${id}`),
    ),
    ['branch secretary', 'branch publicity', 'branch discipline'],
  )
  const all = (await desk.get('/api/duties?limit=1')).json()
  assert.ok(all.total.count > (await list(deputy)).length && all.next !== null)
})

test('[D8] list pages follow one another without loss, filters narrow, a short search is told', async () => {
  const whole = await list(desk)
  const read: DutyRow[] = []
  for (let after = ''; ; ) {
    const { rows, next } = (await desk.get(`/api/duties?limit=7${after}`)).json()
    read.push(...rows)
    if (next === null) break
    after = `&after=${next}`
  }
  assert.deepEqual(read, whole)
  assert.deepEqual([...new Set((await list(desk, 'state=done')).map(({ state }) => state))], ['done'])
  assert.ok((await list(desk, `q=${encodeURIComponent('主题党日')}`)).every(({ duty }) => duty === 'b-theme'))
  assert.equal((await desk.get(`/api/duties?q=${encodeURIComponent('党')}`)).statusCode, 422)
  for (const key of ['x', 'W10', '%00']) assert.ok([400, 422].includes((await desk.get(`/api/duties?after=${key}`)).statusCode), key)
})

test('[D4] a change of person hands the duty over with its state; without a holder what is done stays done, the rest has nobody and is a gap', async () => {
  await handOver('secretary', org.first, null)
  const states = Object.fromEntries((await list(desk, `body=${org.first}&seat=secretary&level=branch`)).map(({ duty, state }) => [duty, state]))
  assert.deepEqual(states, { 'b-theme': 'done', 'b-report': 'done', 'b-members': 'nobody', 'b-lecture': 'nobody' })
  assert.ok((await gaps(desk, 'nobody')).some(({ body, seat, duties }) => body.id === org.first && seat.id === 'secretary' && duties.includes('讲党课')))
  await handOver('secretary', org.first, person.zhang)
  const heir = await callerOf(city.app, { account: 'zhang', password })
  assert.equal((await mine(heir)).find(({ duty }) => duty === 'b-report')?.state, 'done')
  assert.deepEqual((await page(heir, org.first, 'b-report')).row.holders, ['张伟'])
  assert.equal(
    (await gaps(desk, 'nobody')).some(({ body, seat }) => body.id === org.first && seat.id === 'secretary'),
    false,
  )
  assert.equal((await fulfil(await city.as('secretary'), entry())).statusCode, 403, 'whoever left enters nothing more')
})

test('[D5] two holders of one post and a holder without a duty are shown, each in its scope', async () => {
  assert.deepEqual(await gaps(desk, 'double'), [])
  await owner.query(
    `insert into org.holding (tenant_id, holding_id, post, body_id, person_id, valid_from, known_from)
      values (1, $1, 'full-time-deputy', $3, $4, '2024-01-01', '2024-01-01'), (1, $2, 'publicity-member', $3, $4, '2024-01-01', '2024-01-01')`,
    [newId(), newId(), org.committee, person.sun],
  )
  const doubles = await gaps(desk, 'double')
  assert.deepEqual(
    doubles.map(({ body, seat, holders }) => [body.id, seat.id, holders]),
    [[org.committee, 'full-time', ['孙强', '赵敏']]],
  )
  assert.deepEqual(
    (await gaps(desk, 'idle')).map(({ body, seat }) => [body.id, seat.id]),
    [[org.committee, 'publicity-member']],
  )
  for (const kind of ['double', 'idle']) assert.deepEqual(await gaps(second, kind), [], kind)
})

const [tenant] = await loadTenants(city.pool)
const openNow = () => transaction(city.pool, { tenant: tenant ?? assert.fail(), actorId: null, scope: 'tenant', mode: 'write' }, openDue)

test('[D6] a duty’s matter is opened once in its period, however often and at once the job runs; closed as done it fulfils the duty', async () => {
  assert.equal(await stateOf(deputy, 'c-quarter'), 'late', 'the third quarter passed without it')
  const counts = await Promise.all([openNow(), openNow(), openNow()])
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    1,
  )
  assert.equal(await openNow(), 0)
  const { rows } = await owner.query(
    `select matter_id as id, owner_id as owner, asker_id as asker, title, asked_until as due from matter.matter where origin = 'duty'`,
  )
  assert.deepEqual(
    rows.map((row) => [row.owner, row.asker, row.title, new Date(row.due).toISOString()]),
    [[org.committee, org.root, '报告本季度责任落实情况（2024年第四季度）', '2024-12-31T15:59:59.000Z']],
  )
  const id: string = rows[0].id
  assert.equal((await page(deputy, org.committee, 'c-quarter')).periods[0]?.open, id)
  const move = async (who: Caller, revision: number, name: string, more: object = {}) => {
    const reply = await who.post(`/api/matters/${id}/moves`, { moveId: newId(), revision, move: name, ...more })
    assert.equal(reply.statusCode, 200, reply.body)
  }
  await move(deputy, 1, 'receive')
  await move(deputy, 2, 'hand-in', { fields: { answer: '都做到了' } })
  await move(desk, 3, 'accept')
  const [newest] = (await page(deputy, org.committee, 'c-quarter')).periods
  assert.deepEqual([newest?.state, newest?.rows[0]?.id, newest?.open], ['done', id, null])
  assert.equal(await openNow(), 0, 'what is done is not asked for again')
})

test('[D6] after downtime the running period’s matter is opened, once; the period that passed meanwhile is not asked for', async () => {
  const { rows } = await owner.query<{ off: string }>('select clock_offset as off from kit.tenant')
  await owner.query(`update kit.tenant set clock_offset = clock_offset + interval '200 days'`)
  const [later] = await loadTenants(city.pool)
  const opened = await transaction(city.pool, { tenant: later ?? assert.fail(), actorId: null, scope: 'tenant', mode: 'write' }, openDue)
  assert.equal(opened, 1)
  const titles = await owner.query(`select title from matter.matter where origin = 'duty' order by opened_on`)
  assert.deepEqual(
    titles.rows.map(({ title }) => title),
    ['报告本季度责任落实情况（2024年第四季度）', '报告本季度责任落实情况（2025年第三季度）'],
  )
  await owner.query('update kit.tenant set clock_offset = $1', [rows[0]?.off])
})

test('[D7] a code of conduct is shown with the duties of the post, and counted nowhere', async () => {
  const { posts } = (await member.get('/api/duties/mine')).json()
  assert.equal(posts[0].conduct[0].name, '十项要求')
  assert.equal(posts[0].conduct[0].rules.length, 10)
  assert.deepEqual(posts[0].duties.map(({ duty }: DutyRow) => duty).sort(), ['b-remind', 'b-warning'])
})

test('the workbench says in one line how many duties are due this month or late', async () => {
  const { items } = (await second.get('/api/desk/todo')).json()
  const lines = items.filter(({ id }: { id: string }) => id.startsWith('duty.'))
  assert.deepEqual(
    lines.map(({ title, href }: { title: string; href: string }) => [title, href]),
    [['责任清单：1 项本月到期', '/duties']],
  )
})

test('[D2] a list that changed leaves the running periods on their edition; what begins later has the new one', async () => {
  const changzhi = packOf({ pack: 'changzhi' })
  const texts: Pack['texts'] = (folder) =>
    changzhi.texts(folder).map((file) => (file.name === 'branch' ? { ...file, text: file.text.replace('title: 组织主题党日', 'title: 办好主题党日') } : file))
  usePack({ ...changzhi, texts })
  const app = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  const again = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  try {
    const who = await callerOf(app, { account: 'second', password })
    const theme = (await mine(who)).find(({ duty }) => duty === 'b-theme')
    assert.equal(theme?.title, '组织主题党日')
    const { rows } = await owner.query(`select number, in_force_from::text as from from duty.edition where list = 'branch' order by number`)
    assert.deepEqual(rows, [
      { number: 1, from: '2024-01-01' },
      { number: 2, from: '2024-12-20' },
    ])
  } finally {
    await app.close()
    await again.close()
    usePack(changzhi)
  }
})
