// A fact changes, the figure follows; a correction later, the sheet of before can still be read. Over HTTP, as a branch secretary first.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, jointPosts, ledgerCity } from '#test/ledger-city.ts'
import { releaseSheet } from '#test/release.ts'
import type { Evidence, Figure, FigurePage, Figures } from './answers.contract.ts'

const city = await ledgerCity()
const { org, person } = city
const SHEET = '/api/answers/changzhi/figures'
let secretary: Caller
let second: Caller
let desk: Caller
before(async () => {
  ;[secretary, second, desk] = [await city.as('secretary'), await city.as('second'), await city.as('desk')]
  const joint = await Promise.all(jointPosts.map(async (post) => [post, await city.as(post)] as const))
  await releaseSheet({ desk, office: await city.as('office'), chief: await city.as('chief') }, joint)
})

async function figure(key: string, query = ''): Promise<Figure> {
  const reply = await city.app.inject({ url: `${SHEET}${query}` })
  assert.equal(reply.statusCode, 200, reply.body)
  return (reply.json() as Figures).figures.find((one) => one.key === key)!
}
async function known(): Promise<string> {
  const { asOf } = (await city.app.inject({ url: SHEET })).json() as Figures
  return asOf
}
function lecture(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: newId(),
    kind: 'party-lecture',
    bodyId: org.first,
    happenedOn: '2024-05-10',
    title: '把纪律挺在前面',
    fields: { theme: 'discipline', by_secretary: true, campaign: 'discipline-study-2024' },
    people: { lecturer: [person.wang] },
    ...change,
  }
}
async function write(caller: Caller, address: string, body: unknown): Promise<void> {
  const reply = await caller.post(address, body)
  assert.equal(reply.statusCode, 200, reply.body)
}

test('a record saved shows in the figure at once, a second lecture of the same secretary does not, a withdrawn one leaves it', async () => {
  assert.equal((await figure('secretaries-lecturing')).value, '0')
  const first = lecture()
  const start = performance.now()
  await write(secretary, '/api/records', first)
  const after = await figure('secretaries-lecturing')
  assert.ok(performance.now() - start < 600, 'within 600 ms')
  assert.deepEqual([after.value, after.denominator], ['1', '3'])
  await write(secretary, '/api/records', lecture({ happenedOn: '2024-06-10' }))
  assert.equal((await figure('secretaries-lecturing')).value, '1', 'the same secretary counts once')
  await write(secretary, '/api/records', lecture({ fields: { theme: 'history', by_secretary: true, campaign: 'discipline-study-2024' } }))
  await write(second, '/api/records', lecture({ bodyId: org.second, people: { lecturer: [person.yang] }, happenedOn: '2024-08-01' }))
  assert.equal((await figure('secretaries-lecturing')).value, '1', 'neither another theme nor another time counts')
  const other = lecture({ bodyId: org.second, people: { lecturer: [person.yang] } })
  await write(second, '/api/records', other)
  assert.equal((await figure('secretaries-lecturing')).value, '2')
  await write(second, `/api/records/${other['id']}/withdrawal`, { version: 1, reason: '重复登记' })
  assert.equal((await figure('secretaries-lecturing')).value, '1')
})

test('as of before a correction the figure says what was known then, and so do its rows', async () => {
  const body = {
    id: newId(),
    kind: 'warning-education',
    bodyId: org.first,
    happenedOn: '2024-05-20',
    title: '观看警示教育片',
    fields: { concentrated: true, form: 'film', campaign: 'discipline-study-2024' },
  }
  await write(secretary, '/api/records', body)
  const then = await known()
  assert.equal((await figure('organisations-warned')).value, '1')
  const { id: _id, kind: _kind, bodyId: _bodyId, ...content } = body
  await write(secretary, `/api/records/${body.id}/correction`, {
    ...content,
    fields: { ...content.fields, concentrated: false },
    version: 1,
    reason: '不是集中开展',
  })
  assert.equal((await figure('organisations-warned')).value, '0')
  assert.equal((await figure('organisations-warned', `?asOf=${encodeURIComponent(then)}`)).value, '1')
  const rows = async (query: string): Promise<Evidence> => (await desk.get(`${SHEET}/organisations-warned/rows${query}`)).json() as Evidence
  assert.deepEqual((await rows('')).rows, [])
  const before = await rows(`?asOf=${encodeURIComponent(then)}`)
  assert.deepEqual(
    before.rows.map(({ id, title }) => [id, title]),
    [[body.id, '观看警示教育片']],
  )
  assert.deepEqual([before.visible, before.total], [1, 1])
})

test('a figure and its rows agree at the moment that the figure’s own link names', async () => {
  const page = (await secretary.get(`${SHEET}/secretaries-lecturing`)).json() as FigurePage
  const evidence = (await secretary.get(page.figure.rows)).json() as Evidence
  assert.equal(evidence.asOf, page.asOf)
  assert.equal(String(evidence.total), page.figure.value)
  assert.equal(evidence.rows[0]!.person, '王**')
  assert.equal(evidence.rows[0]!.body!.name, '示例市局第一党支部')
})

test('one branch does not see the other’s rows: you may see 0 of 1', async () => {
  const { rows, visible, total } = (await second.get(`${SHEET}/secretaries-lecturing/rows`)).json() as Evidence
  assert.deepEqual([rows, visible, total], [[], 0, 1])
})

test('members count by who came: the absent are not in the figure, and a member of two sessions is one member', async () => {
  const session = (absent: string[]) => ({
    id: newId(),
    kind: 'study-discussion',
    bodyId: org.first,
    happenedOn: '2024-06-03',
    title: '研讨六项纪律',
    fields: { topic: '六项纪律', campaign: 'discipline-study-2024' },
    people: { host: [person.wang] },
    absent,
  })
  await write(secretary, '/api/records', session([person.chen, person.liu]))
  assert.equal((await figure('members-in-discipline-study')).value, '3')
  await write(secretary, '/api/records', session([person.chen]))
  assert.equal((await figure('members-in-discipline-study')).value, '4')
  const { rows } = (await desk.get(`${SHEET}/members-in-discipline-study/rows`)).json() as Evidence
  assert.deepEqual(rows.map((row) => row.person).sort(), ['刘**', '张**', '李**', '王**'].sort())
})

test('years in a row: a gap makes the count begin anew', async () => {
  await city.owner.query(`update org.unit set name = '壶关县人民检察院' where unit_id = $1`, [city.unit.bureau])
  for (const year of [2019, 2020, 2022, 2023]) {
    await write(desk, '/api/records', {
      id: newId(),
      kind: 'honour',
      bodyId: org.committee,
      happenedOn: `${year}-12-20`,
      title: '全国文明单位',
      fields: { honour: 'civilised-unit', level: 'national', state: 'named', year, source: '示例' },
    })
  }
  assert.equal((await figure('civilised-unit-years')).value, '2')
  const { rows } = (await desk.get(`${SHEET}/civilised-unit-years/rows`)).json() as Evidence
  assert.deepEqual(
    rows.map(({ date }) => date),
    ['2022-12-20', '2023-12-20'],
  )
})

test('many who ask at once after a change share one computation, and none waits for ever', async () => {
  await write(secretary, '/api/records', lecture({ happenedOn: '2024-06-11' }))
  const replies = await Promise.all(Array.from({ length: 40 }, () => secretary.get(`${SHEET}/secretaries-lecturing/rows`)))
  assert.deepEqual([...new Set(replies.map(({ statusCode }) => statusCode))], [200])
  assert.equal(new Set(replies.map((reply) => (reply.json() as Evidence).asOf)).size, 1)
})

test('a sheet that was never released is not public, nor said to be there', async () => {
  const host = { host: 'other.example' }
  await city.owner.query(`insert into kit.tenant (tenant_id, slug, name, host, pack) values (2, 'other', '另一座城市', 'other.example', 'changzhi')`)
  const { buildHttp } = await import('#server/app/http.ts')
  const app = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  for (const address of [SHEET, '/api/answers/changzhi', `${SHEET}/clean-units`, `${SHEET}/clean-units/groups`]) {
    assert.equal((await app.inject({ url: address, headers: host })).statusCode, 401, address)
  }
  assert.deepEqual((await app.inject({ url: '/api/answers', headers: host })).json(), { sheets: [] })
  await app.close()
})
