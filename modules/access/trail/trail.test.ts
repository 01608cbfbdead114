// The page 审计 over HTTP: found by what an auditor asks for, page by page, without content, for nobody else; and fast however many there are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { searchEntries } from '#modules/audit/index.ts'
import { madeCity } from '#test/made-city.ts'
import type { TrailRow } from './trail.contract.ts'

const city = await madeCity({
  units: { bureau: { name: '示例市局' } },
  orgs: { branch: { name: '示例支部', kind: 'branch', unit: 'bureau' } },
  people: { li: ['李示例', 'lsl', 'branch'], wang: ['王示例', 'wsl', 'branch'], shen: ['沈示例', 'ssl', null] },
  posts: [],
  accounts: {
    li: { post: 'secretary', org: 'branch', person: 'li' },
    wang: { post: 'desk', org: null, person: 'wang' },
    auditor: { post: 'auditor', org: null, person: 'shen' },
  },
})
const [li, wang, auditor] = [await city.as('li'), await city.as('wang'), await city.as('auditor')]
const record = newId()
const entered = await li.post('/api/records', {
  id: record,
  kind: 'theme-day',
  bodyId: city.org.branch,
  happenedOn: '2024-12-19',
  title: '机密的标题',
  place: '一楼',
})
assert.equal(entered.statusCode, 200, entered.body)
const corrected = await li.post(`/api/records/${record}/correction`, {
  version: 1,
  reason: '地点写错',
  happenedOn: '2024-12-18',
  title: '机密的标题',
  place: '二楼',
})
assert.equal(corrected.statusCode, 200, corrected.body)

/** Waits until the job has sealed what was left. */
async function sealed(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await city.owner.query('select (select count(*) from audit.entry) = (select count(*) from audit.link) as whole')
    if (rows[0]?.whole === true) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail('entries are not sealed within ten seconds')
}
const find = async (query = ''): Promise<TrailRow[]> => {
  const reply = await auditor.get(`/api/audit/entries${query}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json().rows
}
const deeds = (rows: TrailRow[]) => rows.map(({ actor, action }) => `${actor?.login} ${action}`)

test('entries are found by person, action, object, address and day, newest first', async () => {
  await sealed()
  assert.deepEqual(deeds(await find('?person=%E6%9D%8E')), ['li record.correct', 'li record.enter', 'li access.sign-in'])
  assert.deepEqual(deeds(await find('?person=wan')), ['wang access.sign-in'])
  assert.deepEqual(deeds(await find('?action=access.sign-in')), ['auditor access.sign-in', 'wang access.sign-in', 'li access.sign-in'])
  assert.deepEqual(deeds(await find(`?object=${record}`)), ['li record.correct', 'li record.enter'])
  assert.deepEqual(deeds(await find(`?object=${record}&action=record.enter&person=li&address=127.0.0.1`)), ['li record.enter'])
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  assert.equal((await find(`?person=li&from=${today}&to=${today}`)).length, 3)
  for (const none of ['?person=%E5%BC%A0', '?object=x', '?address=10.0.0.1', '?to=2020-01-01', '?person=%25']) assert.deepEqual(await find(none), [], none)
  const [row] = await find(`?object=${record}`)
  assert.deepEqual([row?.actor?.name, row?.post, row?.body, row?.objectKind], ['李示例', '书记', '示例支部', 'record'])
})

test('pages follow each other by key, each entry once', async () => {
  const seen: number[] = []
  let after = ''
  do {
    const page = (await auditor.get(`/api/audit/entries?limit=2${after}`)).json()
    seen.push(...page.rows.map(({ seq }: TrailRow) => seq))
    after = page.next === null ? '' : `&after=${page.next}`
  } while (after !== '')
  assert.equal(new Set(seen).size, seen.length)
  assert.equal(seen.length, (await find()).length)
})

test('an entry says what it was and is, of texts by marks, and where it stands in the chain', async () => {
  const [correction] = await find(`?object=${record}`)
  const reply = await auditor.get(`/api/audit/entries/${correction?.seq}`)
  const entry = reply.json()
  assert.deepEqual(entry.detail.changed.happenedOn, ['2024-12-19', '2024-12-18'])
  assert.match(entry.detail.changed.place.join(), /^~[\w-]{22},~[\w-]{22}$/)
  assert.equal(entry.detail.changed.title, undefined)
  assert.equal(entry.alg, 'sm3')
  assert.match(entry.hash, /^[0-9a-f]{64}$/)
  assert.match(entry.requestId, /^[0-9a-f-]{36}$/)
  assert.ok(entry.chain.seq >= entry.seq && entry.chain.signedSeq >= 1)
  assert.doesNotMatch(reply.body, /机密|一楼|二楼|地点写错/)
  assert.equal((await auditor.get('/api/audit/entries/999999')).statusCode, 404)
})

test('nobody but the auditor reads the trail, and who tries stands in it', async () => {
  for (const caller of [li, wang])
    for (const url of ['/api/audit/entries', '/api/audit/entries/1', '/api/audit/chain']) assert.equal((await caller.get(url)).statusCode, 403, url)
  await sealed()
  for (const login of ['li', 'wang']) assert.equal((await find(`?action=access.refused&person=${login}`)).length, 3)
})

test('an export holds what was found, with a watermark, and leaves its own entry', async () => {
  const reply = await auditor.post('/api/audit/export', { person: '李', action: 'record.correct' })
  assert.equal(reply.statusCode, 200)
  assert.match(reply.body, /李示例,li,书记,示例支部,更正纪实,纪实,/)
  assert.match(reply.body, /沈示例（安全审计员）/)
  await sealed()
  const [entry] = await find('?action=audit.export')
  const { detail } = (await auditor.get(`/api/audit/entries/${entry?.seq}`)).json()
  assert.deepEqual([detail.rows, detail.filter.action, detail.filter.actors.length], [1, 'record.correct', 1])
})

test('a day that is none is refused', async () => {
  assert.equal((await auditor.get('/api/audit/entries?from=2024-02-30')).statusCode, 422)
})

test('however many entries there are, a page is read from an index by each filter', async () => {
  // At once, so that the job finds none of them unsealed.
  await city.owner.query(`with left_behind as (
    insert into audit.entry (tenant_id, entry_id, at, actor_id, action, object_kind, object_id, address)
    select 1, gen_random_uuid(), now() - n * interval '1 minute', ('00000000-0000-0000-0000-' || lpad((n % 100)::text, 12, '0'))::uuid, 'test.' || (n % 7), 'thing', n::text, '10.0.0.' || (n % 50)
    from generate_series(1, 30000) n returning *)
    insert into audit.link (tenant_id, seq, entry_id, xid, alg, hash, at, actor_id, action, object_kind, object_id, address)
    select 1, 100000 + row_number() over (), entry_id, xid, 'sm3', '', at, actor_id, action, object_kind, object_id, address from left_behind`)
  await city.owner.query('analyze audit.entry, audit.link')
  const actors = ['00000000-0000-0000-0000-000000000017', '00000000-0000-0000-0000-000000000018']
  for (const [filter, most] of [
    [{}, 200],
    [{ actors }, 400],
    [{ action: 'test.3' }, 200],
    [{ objectId: '77' }, 20],
    [{ address: '10.0.0.7' }, 200],
    [{ until: '2020-01-01' }, 20],
    [{ after: 110_000 }, 200],
  ] as const) {
    const { text, values } = searchEntries.build({ tenantId: 1, limit: 51, ...filter })
    const { rows } = await city.owner.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`explain (analyze, format json) ${text}`, values as unknown[])
    const read = scanned(rows[0]?.['QUERY PLAN'][0].Plan)
    assert.ok(read <= most, `${JSON.stringify(filter)} reads ${read} rows`)
  }
})

interface Node {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}
/** Rows that the scans of a plan have read. */
function scanned(node: Node | undefined): number {
  if (node === undefined) return 0
  const own = node['Node Type'].includes('Scan') ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] : 0
  return own + (node.Plans ?? []).reduce((sum, one) => sum + scanned(one), 0)
}
