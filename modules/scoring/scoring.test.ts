// Scores over HTTP on a small city: scope, freshness, frozen runs, bad input, number of queries.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '#base/ids.ts'
import { loadPackRubrics } from '#modules/rubric/index.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import { releaseRubrics } from '#test/release.ts'
import type { BoardRow, ScoreBlock, ScoreItem, ScorePage } from './scoring.contract.ts'
import { frozenMoment } from './scoring.runs.ts'

const { app, owner, pool, unit, org, person, as } = await ledgerCity()
const [secretary, desk, deputy] = [await as('secretary'), await as('desk'), await as('deputy')]
const [tenant] = await loadTenants(pool)
assert.ok(tenant)
await releaseRubrics({ desk, office: await as('office'), chief: await as('chief') }, 'branch-2024', 'model-2024', 'clean-2024')

const board = '/api/scoring/board?rubric=branch-2024'
const scoreOf = (subject: string, basis = 'rubric=branch-2024') => `/api/scoring/subjects/${subject}?${basis}`

async function read<T>(caller: Caller, url: string): Promise<T> {
  const reply = await caller.get(url)
  assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`)
  return reply.json() as T
}
function itemsOf(page: ScorePage): ScoreItem[] {
  const down = (block: ScoreBlock): ScoreItem[] => [...block.items, ...block.blocks.flatMap(down)]
  return page.blocks.flatMap(down)
}
const item = (page: ScorePage, id: string) => itemsOf(page).find((one) => one.id === id)

async function themeDay(id = newId(), on = '2024-11-08'): Promise<string> {
  const reply = await secretary.post('/api/records', {
    id,
    kind: 'theme-day',
    bodyId: org.first,
    happenedOn: on,
    title: '主题党日',
    fields: { theme: '学习' },
    absent: [person.liu],
  })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
async function run(caller: Caller, given: object = {}) {
  const reply = await caller.post('/api/scoring/runs', { id: newId(), rubric: 'branch-2024', ...given })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json() as { run: string; on: string; asOf: string; subjects: number; repeated: boolean }
}
const stored = async (runId: string) =>
  (await owner.query('select subject_id, total, rank, grade, vetoes, blocks, items from scoring.result where run_id = $1 order by subject_id', [runId])).rows

test('a branch secretary sees the branch and its rank among all, and no other', async () => {
  const page = await read<{ rows: BoardRow[]; counts: object }>(secretary, board)
  assert.deepEqual(
    page.rows.map(({ id }) => id),
    [org.first],
  )
  assert.deepEqual(page.counts, { matching: 1, visible: 1, all: 4 })
  assert.match(page.rows[0]?.rank ?? '', /^[1-4]$/)
})
test('a foreign subject and one that is not there get the same answer', async () => {
  const [foreign, missing] = [await secretary.get(scoreOf(org.county)), await secretary.get(scoreOf(newId()))]
  assert.equal(foreign.statusCode, 404)
  assert.equal(foreign.body, missing.body)
  const rows = await secretary.get(`/api/scoring/subjects/${org.county}/items/theme_day/rows?rubric=branch-2024`)
  assert.equal(rows.body, missing.body)
})
test('a record saved shows in the score at once, with its row behind the input', async () => {
  const before = item(await read<ScorePage>(secretary, scoreOf(org.first)), 'theme_day')
  const from = performance.now()
  const id = await themeDay()
  const after = item(await read<ScorePage>(secretary, scoreOf(org.first)), 'theme_day')
  assert.ok(performance.now() - from < 5000)
  assert.equal(Number(after?.inputs[0]?.value), Number(before?.inputs[0]?.value) + 1)
  const rows = await read<{ rows: { record: string }[]; visible: number; all: number }>(
    secretary,
    `/api/scoring/subjects/${org.first}/items/theme_day/rows?rubric=branch-2024`,
  )
  assert.ok(rows.rows.some(({ record }) => record === id))
  assert.equal(rows.visible, rows.all)
  assert.equal(String(rows.all), after?.inputs[0]?.value)
})
test('a change made by another process is seen too', async () => {
  const value = async () => Number(item(await read<ScorePage>(secretary, scoreOf(org.first)), 'heart_talk')?.inputs[0]?.value)
  const before = await value()
  await owner.query(
    `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
     values (1, $1, 1, 'heart-talk', $2, $3, '2024-06-03', '谈心谈话', true, false, now() + (select clock_offset from kit.tenant))`,
    [newId(), unit.bureau, org.first],
  )
  await wait(500)
  assert.equal(await value(), before + 1)
})
test('the score of a day before looks at what had happened by then', async () => {
  await themeDay(newId(), '2024-03-04')
  const march = item(await read<ScorePage>(secretary, scoreOf(org.first, 'rubric=branch-2024&on=2024-03-31')), 'theme_day')
  assert.equal(march?.inputs[0]?.value, '1')
})
test('an official run gives the same result again whatever was entered, corrected, withdrawn or reorganised since', async () => {
  const [first, second] = [await themeDay(newId(), '2024-05-06'), await themeDay(newId(), '2024-05-07')]
  const one = await run(desk)
  const results = await stored(one.run)
  assert.equal(results.length, 4)
  await themeDay(newId(), '2024-05-08')
  const correction = await secretary.post(`/api/records/${first}/correction`, {
    version: 1,
    reason: '日期有误',
    happenedOn: '2023-05-06',
    title: '主题党日',
    fields: { theme: '学习' },
    absent: [],
  })
  assert.equal(correction.statusCode, 200, correction.body)
  assert.equal((await secretary.post(`/api/records/${second}/withdrawal`, { version: 1, reason: '重复登记' })).statusCode, 200)
  await owner.query(`update org.party_org set known_until = now() + (select clock_offset from kit.tenant) where party_org_id = $1`, [org.town])
  const live = item(await read<ScorePage>(secretary, scoreOf(org.first)), 'theme_day')?.inputs[0]?.value
  assert.notEqual(live, item(await read<ScorePage>(secretary, scoreOf(org.first, `run=${one.run}`)), 'theme_day')?.inputs[0]?.value)
  const two = await run(desk, { on: one.on, asOf: one.asOf })
  assert.equal(two.asOf, one.asOf)
  assert.deepEqual(await stored(two.run), results)
  await owner.query(
    `insert into org.party_org (tenant_id, party_org_id, version_id, name, initials, kind, unit_id, attributes, valid_from, valid_until, known_from)
     select tenant_id, party_org_id, $2, name, initials, kind, unit_id, attributes, valid_from, valid_until, known_until from org.party_org where party_org_id = $1`,
    [org.town, newId()],
  )
})
test('a run waits for an entry that is still open, and then counts it, now and later', async () => {
  const id = newId()
  let release = (): void => undefined
  const held = new Promise<void>((done) => (release = done))
  let opened = (): void => undefined
  const open = new Promise<void>((done) => (opened = done))
  const entry = transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
    await tx.compiled({
      text: `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
        values (1, $1, 1, 'party-lecture', $2, $3, '2024-07-01', '党课', true, false, kit.now())`,
      values: [id, unit.bureau, org.first],
    })
    opened()
    await held
  })
  await open
  let ended = false
  const running = run(desk).finally(() => (ended = true))
  await wait(300)
  assert.equal(ended, false, 'the run must not freeze while an entry is open')
  release()
  await entry
  const one = await running
  const lectures = async (runId: string) => item(await read<ScorePage>(secretary, scoreOf(org.first, `run=${runId}`)), 'lecture')?.inputs[0]?.value
  assert.equal(await lectures(one.run), '1')
  const two = await run(desk, { on: one.on, asOf: one.asOf })
  assert.deepEqual(await stored(two.run), await stored(one.run))
})
test('who writes after a freeze is known later than it', async () => {
  const frozen = await frozenMoment(pool, tenant)
  const [later] = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, (tx) =>
    tx.compiled<{ now: string }>({ text: 'select kit.now() as now', values: [] }),
  )
  assert.ok((later?.now ?? '') > frozen)
})
test('the same id makes one run; another rubric under it is a conflict', async () => {
  const id = newId()
  const both = await Promise.all([run(desk, { id }), run(desk, { id })])
  assert.deepEqual(both.map(({ repeated }) => repeated).sort(), [false, true])
  assert.equal((await stored(id)).length, 4)
  assert.equal((await desk.post('/api/scoring/runs', { id, rubric: 'model-2024' })).statusCode, 409)
  const { rows } = await owner.query(`select count(*)::int as n from audit.entry where action = 'scoring.run' and object_id = $1`, [id])
  assert.equal(rows[0].n, 1)
})
test('stored results are filtered to the reader by the database', async () => {
  const { run: id } = await run(desk)
  const seen = await transaction(pool, { tenant, actorId: null, scope: [org.first], mode: 'read' }, (tx) =>
    tx.compiled<{ subject_id: string }>({ text: 'select subject_id from scoring.result where run_id = $1', values: [id] }),
  )
  assert.deepEqual(
    seen.map((row) => row.subject_id),
    [org.first],
  )
  const page = await read<{ rows: BoardRow[] }>(deputy, `/api/scoring/board?run=${id}`)
  assert.deepEqual(page.rows.map((row) => row.id).sort(), [org.first, org.second].sort())
})
test('a score stands beside the official run before', async () => {
  const { run: id } = await run(desk)
  await themeDay(newId(), '2024-09-09')
  const page = await read<ScorePage>(secretary, scoreOf(org.first))
  assert.equal(page.previous?.run, id)
  const now = item(page, 'theme_day')
  assert.ok(Number(now?.points) > Number(now?.before))
})
test('the spread of four branches in one class is not shown', async () => {
  const { classes } = await read<{ classes: { count: number; bands: unknown; mean: unknown }[] }>(secretary, '/api/scoring/distribution?rubric=branch-2024')
  assert.deepEqual(
    classes.map(({ count, bands, mean }) => ({ count, bands, mean })),
    [{ count: 4, bands: null, mean: null }],
  )
})
test('a profile has no rank and no order by total', async () => {
  const page = await read<{ rows: BoardRow[]; basis: { ranked: boolean } }>(desk, '/api/scoring/board?rubric=clean-2024')
  assert.equal(page.basis.ranked, false)
  assert.deepEqual(
    page.rows.map(({ rank }) => rank),
    [null, null, null],
  )
  assert.equal((await desk.get('/api/scoring/board?rubric=clean-2024&sort=-total')).statusCode, 422)
})
test('who may not run, export or check is refused', async () => {
  assert.equal((await secretary.post('/api/scoring/runs', { id: newId(), rubric: 'branch-2024' })).statusCode, 403)
  assert.equal((await secretary.post('/api/scoring/export', { rubric: 'branch-2024' })).statusCode, 403)
  assert.equal((await secretary.post('/api/rubrics/check', { text: 'rubric: x' })).statusCode, 403)
  assert.equal((await app.inject({ url: board })).statusCode, 401)
})
test('the csv has a byte order mark, the reader’s rows alone and a watermark, and leaves an audit entry', async () => {
  const reply = await deputy.post('/api/scoring/export', { rubric: 'branch-2024', sort: 'name' })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.ok(reply.body.startsWith('\uFEFF'))
  assert.deepEqual(
    reply.body
      .split('\r\n')
      .slice(2, -5)
      .map((line) => line.split(',').at(-1))
      .sort(),
    [org.first, org.second].sort(),
  )
  const { rows } = await owner.query(`select detail->>'rows' as n from audit.entry where action = 'scoring.export'`)
  assert.deepEqual(
    rows.map(({ n }) => n),
    ['2'],
  )
})
test('each bad field is refused by name', async () => {
  const bad: [string, number, RegExp][] = [
    [`${board}&on=2024-13-01`, 422, /on/],
    [`${board}&on=yesterday`, 422, /on/],
    [`${board}&on=2023-12-31`, 422, /2024-01-01/],
    [`${board}&asOf=2024-12-20`, 422, /asOf/],
    [`${board}&asOf=2099-01-01T00:00:00Z`, 422, /不能晚于现在/],
    [`${board}&limit=0`, 422, /limit/],
    [`${board}&limit=9999`, 422, /limit/],
    [`${board}&after=x`, 422, /翻页/],
    [`${board}&sort=points`, 422, /sort/],
    [`${board}&colour=red`, 422, /colour/],
    [`${board}&version=7`, 404, /第 7 版/],
    ['/api/scoring/board', 422, /rubric/],
    ['/api/scoring/board?rubric=none', 404, /没有这份/],
    [`/api/scoring/board?run=${newId()}`, 404, /没有这次计算/],
    [scoreOf('x'), 422, /subject/],
    [`/api/scoring/subjects/${org.first}/items/none/rows?rubric=branch-2024`, 404, /没有这一项/],
    [`/api/scoring/subjects/${org.first}/items/overdue/rows?rubric=branch-2024`, 404, /没有这样的数据来源/],
    [`/api/scoring/subjects/${org.first}/items/theme_day/rows?rubric=branch-2024&after=1;drop`, 422, /翻页/],
    [`/api/scoring/subjects/${org.first}/items/theme_day/rows?rubric=branch-2024&part=both`, 422, /part/],
  ]
  for (const [url, status, message] of bad) {
    const reply = await secretary.get(url)
    assert.equal(reply.statusCode, status, `${url}: ${reply.body}`)
    assert.match(reply.body, message, url)
  }
  for (const body of [
    {},
    { id: 'x', rubric: 'branch-2024' },
    { id: newId(), rubric: 'branch-2024', on: '2024-02-30' },
    { id: newId(), rubric: 'branch-2024', note: 'x' },
  ]) {
    assert.equal((await desk.post('/api/scoring/runs', body)).statusCode, 422, JSON.stringify(body))
  }
})
test('a board and a score take few queries, however many items there are', async () => {
  await read(secretary, board)
  const queries = async (url: string) => Number((await secretary.get(url)).headers['x-queries'])
  assert.equal(await queries(board), 2)
  assert.equal(await queries(scoreOf(org.first)), 3)
  assert.equal(await queries(`/api/scoring/subjects/${org.first}/items/theme_day/rows?rubric=branch-2024`), 5)
})
test('a rubric in use is frozen: the server stops with a sentence when the pack changes its text', async () => {
  const starting = () => transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, loadPackRubrics)
  await owner.query(`update rubric.definition set hash = 'older' where rubric_id = 'clean-2024'`)
  await starting()
  assert.notEqual((await owner.query(`select hash from rubric.definition where rubric_id = 'clean-2024'`)).rows[0].hash, 'older')
  await owner.query('alter table rubric.definition disable trigger keep_used')
  await owner.query(`update rubric.definition set hash = 'older' where rubric_id = 'branch-2024'`)
  await owner.query('alter table rubric.definition enable trigger keep_used')
  await assert.rejects(starting(), /branch-2024\.yaml: version 1 of rubric branch-2024 has been used in a run and its text is frozen.*version: 2/)
  await assert.rejects(owner.query(`update rubric.definition set text = '' where rubric_id = 'branch-2024'`), /in use and can no longer be changed/)
})
