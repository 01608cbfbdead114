// Objections over HTTP on a small city: when and by whom, once, one after the other, and what comes of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { workingDaysAfter } from '#base/working-days.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity, TODAY } from '#test/ledger-city.ts'
import { releaseRubrics } from '#test/release.ts'
import type { ObjectionPage, ObjectionRow } from './objection.contract.ts'

const { owner, pool, unit, org, person, as } = await ledgerCity()
const [secretary, second, member, deputy, desk] = [await as('secretary'), await as('second'), await as('member'), await as('deputy'), await as('desk')]
const [tenant] = await loadTenants(pool)
await releaseRubrics({ desk, office: await as('office'), chief: await as('chief') }, 'branch-2024')
const base = '/api/scoring/objections'

async function ok<T>(reply: Promise<{ statusCode: number; body: string; json: () => unknown }>): Promise<T> {
  const given = await reply
  assert.equal(given.statusCode, 200, given.body)
  return given.json() as T
}
async function run(open: 'open' | 'shut' = 'open'): Promise<string> {
  const { run: id } = await ok<{ run: string }>(desk.post('/api/scoring/runs', { id: newId(), rubric: 'branch-2024' }))
  if (open === 'open') await ok(desk.post(`/api/scoring/runs/${id}/objection-period`, {}))
  return id
}
const themeDay = (on: string) =>
  ok<{ recordId: string }>(
    secretary.post('/api/records', {
      id: newId(),
      kind: 'theme-day',
      bodyId: org.first,
      happenedOn: on,
      title: '主题党日',
      fields: { theme: '学习' },
      absent: [person.liu],
    }),
  )
const body = (of: string, more: object = {}) => ({
  id: newId(),
  run: of,
  subject: org.first,
  target: { kind: 'item', id: 'theme_day' },
  reason: '十月的主题党日没有计入',
  records: [],
  ...more,
})
const raise = (caller: Caller, of: string, more: object = {}) => caller.post(base, body(of, more))
async function raised(of: string, more: object = {}): Promise<string> {
  return (await ok<{ objection: string }>(raise(secretary, of, more))).objection
}
const accept = (id: string, act = newId()) => desk.post(`${base}/${id}/acceptance`, { id: act })
const decide = (id: string, upheld: boolean, act = newId()) => desk.post(`${base}/${id}/decision`, { id: act, upheld, answer: '经核对登记情况答复' })
const page = (caller: Caller, id: string) => ok<ObjectionPage>(caller.get(`${base}/${id}`))
const list = (caller: Caller, query = '') => ok<{ rows: ObjectionRow[]; next: string | null }>(caller.get(`${base}?${query}`))
const entries = async (action: string, id: string) =>
  (await owner.query('select count(*)::int as n from audit.entry where action = $1 and object_id = $2', [action, id])).rows[0].n

test('[OBJ-1] a run that is not open, one whose days are over and a foreign body take no objection', async () => {
  const shut = await run('shut')
  assert.match((await raise(secretary, shut)).body, /还没有公布征求异议/)
  const open = await run()
  assert.equal((await raise(secretary, open, { subject: org.county })).statusCode, 404)
  assert.equal((await raise(secretary, open, { subject: newId() })).body, (await raise(secretary, open, { subject: org.county })).body)
  assert.equal((await raise(member, open)).statusCode, 403, 'a post without objection.raise')
  assert.equal((await raise(secretary, newId())).statusCode, 404)
  await owner.query(`update scoring.objection_period set until = '2024-12-19' where run_id = $1`, [open])
  const late = await raise(secretary, open)
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /异议期到2024年12月19日为止/)
})
test('[OBJ-1] opening a run twice opens it once, for the working days of the pack', async () => {
  const id = await run('shut')
  const both = await Promise.all(
    [1, 2].map(() => ok<{ period: { from: string; until: string }; repeated: boolean }>(desk.post(`/api/scoring/runs/${id}/objection-period`, {}))),
  )
  assert.deepEqual(both.map(({ repeated }) => repeated).sort(), [false, true])
  assert.deepEqual(both[0]?.period, { from: TODAY, until: workingDaysAfter(TODAY, 5), ended: false, running: true })
  assert.equal(await entries('objection.open', id), 1)
  assert.equal((await secretary.post(`/api/scoring/runs/${id}/objection-period`, {})).statusCode, 403)
})
test('[OBJ-1] [OBJ-2] what the score does not hold, records that are not seen, and bad fields are refused by name', async () => {
  const of = await run()
  const foreign = newId()
  await owner.query(
    `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
     values (1, $1, 1, 'theme-day', $2, $3, '2024-06-03', '别处的主题党日', true, false, now() + (select clock_offset from kit.tenant))`,
    [foreign, unit.town, org.town],
  )
  for (const [more, field] of [
    [{ target: { kind: 'item', id: 'no_such' } }, '/target'],
    [{ target: { kind: 'block', id: 'theme_day' } }, '/target'],
    [{ target: { kind: 'total', id: 'x' } }, '/target'],
    [{ records: [foreign] }, '/records'],
    [{ records: [newId()] }, '/records'],
    [{ reason: '短' }, '/reason'],
    [{ more: 1 }, 'more'],
  ] as const) {
    const reply = await raise(secretary, of, more)
    assert.equal(reply.statusCode, 422, JSON.stringify(more))
    assert.match(reply.body, new RegExp(field))
  }
})
test('[OBJ-3] [OBJ-4] the same request twice is one objection; another to the same item waits; an id is not used twice', async () => {
  const of = await run()
  const given = body(of)
  const both = await Promise.all([1, 2].map(() => ok<{ repeated: boolean }>(secretary.post(base, given))))
  assert.deepEqual(both.map(({ repeated }) => repeated).sort(), [false, true])
  assert.equal(await entries('objection.raise', given.id), 1)
  assert.match((await raise(secretary, of)).body, /正在办理/)
  assert.equal((await secretary.post(base, { ...given, reason: '另外一个理由在这里' })).statusCode, 409)
  assert.equal((await second.post(base, { ...given, subject: org.second })).statusCode, 409, 'somebody else’s id tells nothing of theirs')
  await ok(raise(secretary, of, { target: { kind: 'block', id: 'daily' } }))
  await ok(secretary.post(`${base}/${given.id}/withdrawal`, { id: newId(), reason: '已经核对清楚' }))
  await raised(of)
})
test('[OBJ-5] [OBJ-6] taken up, then decided; of two deciders one acts and the other is told', async () => {
  const id = await raised(await run())
  assert.equal((await page(desk, id)).objection.due, workingDaysAfter(TODAY, 2))
  assert.match((await decide(id, true)).body, /请先受理/)
  await ok(accept(id))
  assert.equal((await page(desk, id)).objection.due, workingDaysAfter(TODAY, 10))
  const both = await Promise.all([decide(id, true), decide(id, false)])
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409])
  assert.match(both.find(({ statusCode }) => statusCode === 409)?.body ?? '', /可能刚有人办过/)
  const { acts, objection } = await page(secretary, id)
  assert.equal(acts.filter(({ act }) => act === 'uphold' || act === 'reject').length, 1)
  assert.deepEqual(
    acts.slice(0, 2).map(({ act, post }) => [act, post]),
    [
      ['raise', '书记'],
      ['accept', '市直工委干部'],
    ],
  )
  assert.equal(objection.due === null, objection.state === 'rejected')
})
test('[OBJ-4] a deed sent twice acts once', async () => {
  const id = await raised(await run())
  const act = newId()
  const both = await Promise.all([accept(id, act), accept(id, act)].map((one) => ok<{ repeated: boolean }>(one)))
  assert.deepEqual(both.map(({ repeated }) => repeated).sort(), [false, true])
  assert.equal(await entries('objection.accept', id), 1)
  assert.equal((await decide(id, true, act)).statusCode, 409)
})
test('only the desk takes up, decides and computes; only the own side withdraws, and not what is decided', async () => {
  const of = await run()
  const id = await raised(of)
  for (const [url, payload] of [
    [`${base}/${id}/acceptance`, { id: newId() }],
    [`${base}/${id}/decision`, { id: newId(), upheld: true, answer: '我说它成立' }],
    [`/api/scoring/runs/${of}/recomputation`, { id: newId() }],
  ] as const)
    assert.equal((await secretary.post(url, payload)).statusCode, 403, url)
  const withdrawal = (caller: Caller) => caller.post(`${base}/${id}/withdrawal`, { id: newId(), reason: '' })
  assert.equal((await desk.post(`${base}/${id}/withdrawal`, { id: newId(), reason: '' })).statusCode, 403)
  assert.equal((await withdrawal(second)).statusCode, 404)
  await ok(accept(id))
  await ok(decide(id, false))
  assert.equal((await withdrawal(secretary)).statusCode, 409)
})
test('[OBJ-7] an upheld one leads to another run; the first stays as it was, and the page shows both', async () => {
  // Three, so that the item stands above its floor.
  for (const on of ['2024-03-11', '2024-04-11', '2024-05-11']) await themeDay(on)
  const of = await run()
  const stored = async (id: string) => (await owner.query('select subject_id, total, items from scoring.result where run_id = $1 order by 1', [id])).rows
  const first = await stored(of)
  const record = (await themeDay('2024-10-11')).recordId
  const [id, other] = [await raised(of, { records: [record] }), await raised(of, { target: { kind: 'block', id: 'daily' } })]
  for (const one of [id, other]) {
    await ok(accept(one))
    await ok(decide(one, true))
  }
  const next = newId()
  const recompute = () => ok<{ run: string; objections: number; repeated: boolean }>(desk.post(`/api/scoring/runs/${of}/recomputation`, { id: next }))
  const both = await Promise.all([recompute(), recompute()])
  assert.deepEqual(both.map(({ repeated }) => repeated).sort(), [false, true])
  assert.deepEqual(
    both.map(({ objections }) => objections),
    [2, 2],
  )
  assert.deepEqual(await stored(of), first)
  const shown = await page(secretary, id)
  assert.deepEqual([shown.objection.state, shown.before.run, shown.after?.run, shown.deeds], ['recomputed', of, next, []])
  assert.equal(Number(shown.after?.points) - Number(shown.before.points), 1.5)
  assert.ok((shown.after?.asOf ?? '') > shown.before.asOf)
  assert.deepEqual(
    shown.records.map((one) => one.record),
    [record],
  )
  assert.match((await page(secretary, other)).before.arithmetic, /基础分加各项：100/)
  assert.equal(await entries('objection.recompute', next), 1)
  const again = await desk.post(`/api/scoring/runs/${of}/recomputation`, { id: newId() })
  assert.equal(again.statusCode, 409)
  assert.match(again.body, /没有成立而等待重算/)
})
test('[OBJ-8] no grade while a run is open to objections, has one under way, or was computed anew; none is raised once it is graded', async () => {
  const grade = (of: string) => desk.post('/api/appraisals', { id: newId(), run: of, title: '示例定级' })
  const of = await run()
  const id = await raised(of)
  assert.match((await grade(of)).body, /还有 1 条异议没有办结/)
  await ok(accept(id))
  await ok(decide(id, true))
  assert.match((await grade(of)).body, /还有 1 条异议没有办结/)
  const next = newId()
  await ok(desk.post(`/api/scoring/runs/${of}/recomputation`, { id: next }))
  assert.match((await grade(of)).body, /请在新的一次计算上定级/)
  await ok(desk.post(`/api/scoring/runs/${next}/objection-period`, {}))
  assert.match((await grade(next)).body, /正在征求异议/)
  await owner.query(`update scoring.objection_period set until = '2024-12-19' where run_id = $1`, [next])
  await ok(grade(next))
  await owner.query(`update scoring.objection_period set until = '2024-12-31' where run_id = $1`, [next])
  assert.match((await raise(secretary, next)).body, /已经定级，不再接收异议/)
  assert.equal((await desk.post(`/api/scoring/runs/${next}/objection-period`, {})).statusCode, 409)
})
test('[OBJ-9] each reads the own objections: list, page, search, workbench, export', async () => {
  const of = await run()
  const [mine, theirs] = [await raised(of), (await ok<{ objection: string }>(raise(second, of, { subject: org.second }))).objection]
  const ids = async (caller: Caller) => (await list(caller, `run=${of}`)).rows.map((row) => row.id)
  assert.deepEqual(await ids(secretary), [mine])
  assert.deepEqual((await ids(deputy)).sort(), [mine, theirs].sort())
  assert.deepEqual((await ids(desk)).sort(), [mine, theirs].sort())
  const [foreign, missing] = [await secretary.get(`${base}/${theirs}`), await secretary.get(`${base}/${newId()}`)]
  assert.equal(foreign.statusCode, 404)
  assert.equal(foreign.body, missing.body)
  const first = await list(desk, `run=${of}&limit=1`)
  assert.equal((await list(desk, `run=${of}&limit=1&after=${encodeURIComponent(first.next ?? '')}`)).rows.length, 1)
  assert.equal((await desk.get(`${base}?after=x`)).statusCode, 422)
  assert.deepEqual(
    (await list(desk, `run=${of}&q=${encodeURIComponent('第二党支部')}`)).rows.map((row) => row.id),
    [theirs],
  )
  const todo = async (caller: Caller) => (await ok<{ items: { id: string; title: string; state: string }[] }>(caller.get('/api/desk/todo'))).items
  const line = async (caller: Caller, id: string) => (await todo(caller)).find((item) => item.id === `objection.${id}`)
  assert.deepEqual(
    [(await line(desk, mine))?.title, (await line(secretary, mine))?.state, await line(secretary, theirs)],
    ['受理异议：示例市局第一党支部对“主题党日每月1次”的异议', 'waiting', undefined],
  )
  assert.ok((await todo(secretary)).some(({ id }) => id === `objection.period.${of}`))
  const found = async (caller: Caller) =>
    (await ok<{ items: { kind: string; id: string }[] }>(caller.get(`/api/search?q=${encodeURIComponent('主题党日每月')}`))).items
      .filter(({ kind }) => kind === '异议')
      .map(({ id }) => id)
  assert.ok((await found(secretary)).includes(mine) && !(await found(secretary)).includes(theirs))
  const csv = await deputy.post(`${base}/export`, { run: of })
  assert.ok(csv.body.includes(mine) && csv.body.includes(theirs) && csv.body.includes('导出编号'))
  assert.equal((await secretary.post(`${base}/export`, {})).statusCode, 403)
})
test('[OBJ-9] the database keeps rows within the scope, and lets a unit change no reason and no act', async () => {
  const of = await run()
  const [mine, theirs] = [await raised(of), (await ok<{ objection: string }>(raise(second, of, { subject: org.second }))).objection]
  assert.ok(tenant)
  const asSecretary = (text: string, values: unknown[] = []) =>
    transaction(pool, { tenant, actorId: null, scope: [org.first], mode: 'write' }, (tx) => tx.compiled<{ id: string }>({ text, values }))
  assert.deepEqual(
    (await asSecretary('select objection_id as id from scoring.objection where run_id = $1', [of])).map(({ id }) => id),
    [mine],
  )
  assert.deepEqual(await asSecretary('select act_id as id from scoring.objection_act where objection_id = $1', [theirs]), [])
  assert.deepEqual(await asSecretary(`update scoring.objection set state = 'withdrawn' where objection_id = $1 returning objection_id as id`, [theirs]), [])
  await assert.rejects(asSecretary(`update scoring.objection set reason = '成立' where objection_id = $1`, [mine]), /permission denied/)
  await assert.rejects(asSecretary('update scoring.objection_act set text = $1', ['x']), /permission denied/)
  await assert.rejects(asSecretary('delete from scoring.objection', []), /permission denied/)
})
test('[OBJ-10] who started the run is shown beside who decided', async () => {
  const id = await raised(await run())
  await ok(accept(id))
  await ok(decide(id, false))
  const { startedBy, acts } = await page(secretary, id)
  assert.deepEqual([startedBy.author, acts.at(-1)?.author], ['孙强', '孙强'])
})
test('one objection and a page of them take few queries', async () => {
  const id = await raised(await run())
  for (const [url, most] of [
    [base, 3],
    [`${base}/${id}`, 9],
  ] as const)
    assert.ok(Number((await desk.get(url)).headers['x-queries']) <= most, `${url}: ${(await desk.get(url)).headers['x-queries']}`)
})
