// Reading the organisation over HTTP, the least-privileged reader first.
import assert from 'node:assert/strict'
import test from 'node:test'
import { orgCity } from '#test/org-city.ts'

const city = await orgCity()
const { unit, org } = city

test('nobody reads the directory without a session', async () => {
  const reply = await city.app.inject({ method: 'GET', url: '/api/org/units' })
  assert.equal(reply.statusCode, 401)
})

test('a branch secretary lists units by a single Chinese character and by county, with the number of queries fixed', async () => {
  const secretary = await city.as('secretary')
  const reply = await secretary.get('/api/org/units?q=站')
  assert.equal(reply.statusCode, 200)
  assert.deepEqual(
    reply.json().rows.map((row: { name: string }) => row.name),
    ['示例市站'],
  )
  assert.deepEqual(reply.json().total, { count: 1, capped: false })
  assert.equal(Number(reply.headers['x-queries']), 3)
  const county = (await secretary.get('/api/org/units?county=140403')).json()
  assert.deepEqual(
    county.rows.map((row: { name: string; county: string }) => [row.name, row.county]),
    [
      ['潞州区示例工委', '潞州区'],
      ['示例街道', '潞州区'],
    ],
  )
})

test('pages of one row each visit every unit once, whatever the sort', async () => {
  const secretary = await city.as('secretary')
  for (const sort of ['name', 'staff']) {
    const names: string[] = []
    for (let after = ''; ; ) {
      const page = (await secretary.get(`/api/org/units?limit=1&sort=${sort}${after === '' ? '' : `&after=${after}`}`)).json()
      names.push(...page.rows.map((row: { name: string }) => row.name))
      if (page.next === null) break
      after = page.next
    }
    assert.equal(names.length, 5)
    assert.equal(new Set(names).size, 5)
  }
})

test('members and names outside the scope are null for a branch secretary and there for the desk', async () => {
  const [secretary, desk] = [await city.as('secretary'), await city.as('desk')]
  const line = async (who: typeof secretary, name: string) => (await who.get(`/api/org/party-orgs?q=${encodeURIComponent(name)}`)).json().rows[0]
  const [own, other] = [await line(secretary, '示例市局第一党支部'), await line(secretary, '示例市局第二党支部')]
  assert.deepEqual([own.members, own.secretary], [3, '王建国'])
  assert.deepEqual([other.members, other.secretary, other.hasSecretary], [null, null, true])
  const seen = await line(desk, '示例市局第二党支部')
  assert.deepEqual([seen.members, seen.secretary, seen.overdue, seen.termDueOn], [3, '杨帆', true, '2024-12-01'])
})

test('a committee counts the members below it, and the list finds overdue terms', async () => {
  const desk = await city.as('desk')
  const page = (await desk.get(`/api/org/party-orgs/${org.committee}`)).json()
  assert.deepEqual(page.members, { own: 0, all: 9, full: 9 })
  const overdue = (await desk.get('/api/org/party-orgs?state=overdue')).json()
  assert.deepEqual(
    overdue.rows.map((row: { name: string }) => row.name),
    ['示例市局第二党支部'],
  )
})

test('the tree opens level by level with counts of what is below', async () => {
  const secretary = await city.as('secretary')
  const roots = await secretary.get('/api/org/trees/party')
  assert.deepEqual(
    roots.json().nodes.map((node: Record<string, unknown>) => [node['name'], node['children'], node['below']]),
    [['示例市直工委', 2, 6]],
  )
  assert.equal(Number(roots.headers['x-queries']), 3)
  const below = (await secretary.get(`/api/org/trees/party?parent=${org.root}`)).json()
  assert.deepEqual(
    below.nodes.map((node: Record<string, unknown>) => [node['name'], node['children']]),
    [
      ['示例市局机关党委', 4],
      ['示例街道党支部', 0],
    ],
  )
  const units = (await secretary.get('/api/org/trees/administrative')).json()
  assert.deepEqual(
    units.nodes.map((node: Record<string, unknown>) => node['bodyKind']),
    ['unit', 'unit'],
  )
})

test('a unit page shows its place, posts and Party organisations in six queries', async () => {
  const secretary = await city.as('secretary')
  const reply = await secretary.get(`/api/org/units/${unit.town}`)
  assert.equal(Number(reply.headers['x-queries']), 6)
  const page = reply.json()
  assert.deepEqual(page.places, [{ tree: 'administrative', path: [{ id: unit.county, name: '潞州区示例工委' }], children: 0 }])
  assert.deepEqual([page.county, page.inScope, page.revision, page.partyOrgs.length], ['潞州区', false, null, 1])
})

test('a Party organisation page shows term and way up in six queries', async () => {
  const secretary = await city.as('secretary')
  const reply = await secretary.get(`/api/org/party-orgs/${org.first}`)
  assert.equal(Number(reply.headers['x-queries']), 6)
  const page = reply.json()
  assert.deepEqual(
    page.places[0].path.map((node: { name: string }) => node.name),
    ['示例市直工委', '示例市局机关党委'],
  )
  assert.deepEqual([page.term.dueOn, page.term.daysLeft], ['2025-01-10', 21])
  assert.deepEqual(
    page.posts.map((post: { post: string; name: string }) => [post.post, post.name]),
    [
      ['discipline-member', '李明'],
      ['secretary', '王建国'],
    ],
  )
})

test('on a day before it existed a page says since when it does', async () => {
  const secretary = await city.as('secretary')
  const reply = await secretary.get(`/api/org/units/${unit.bureau}?on=2019-06-30`)
  assert.equal(reply.statusCode, 404)
  assert.match(reply.json().message, /还没有设立，它从2019年7月1日起存在/)
})

test('the roll is for the organisation and those above it', async () => {
  const [secretary, deputy] = [await city.as('secretary'), await city.as('deputy')]
  assert.deepEqual(
    (await secretary.get(`/api/org/party-orgs/${org.first}/members`)).json().rows.map((row: { name: string; posts: string[] }) => [row.name, row.posts]),
    [
      ['李**', ['discipline-member']],
      ['王**', ['secretary']],
      ['张**', []],
    ],
  )
  assert.equal((await secretary.get(`/api/org/party-orgs/${org.second}/members`)).statusCode, 403)
  assert.equal((await deputy.get(`/api/org/party-orgs/${org.committee}/members`)).json().total.count, 9)
})

test('persons are found by one character or initials, only in scope', async () => {
  const [secretary, desk] = [await city.as('secretary'), await city.as('desk')]
  const names = async (who: typeof secretary, q: string) =>
    (await who.get(`/api/org/persons?q=${encodeURIComponent(q)}`)).json().rows.map((row: { name: string }) => row.name)
  assert.deepEqual(await names(secretary, '王'), ['王**'])
  assert.deepEqual(await names(secretary, '杨'), [])
  assert.deepEqual(await names(desk, 'YF'), ['杨**'])
})

test('the palette finds bodies of both kinds', async () => {
  const secretary = await city.as('secretary')
  const rows = (await secretary.get(`/api/org/bodies?q=${encodeURIComponent('街道')}`)).json().rows
  assert.deepEqual(
    rows.map((row: { name: string; kind: string; under: string }) => [row.name, row.kind, row.under]),
    [
      ['示例街道', 'unit', ''],
      ['示例街道党支部', 'party-org', '示例街道'],
    ],
  )
})

test('each query field wrong in turn is a clear 4xx', async () => {
  const secretary = await city.as('secretary')
  const wrong: [string, string, number][] = [
    ['/api/org/units?on=2023-02-29', '/on', 422],
    ['/api/org/units?on=yesterday', '/on', 422],
    ['/api/org/units?on=0900-01-01', '/on', 422],
    ['/api/org/units?asOf=later', '/asOf', 422],
    ['/api/org/units?limit=0', '/limit', 422],
    ['/api/org/units?limit=101', '/limit', 422],
    ['/api/org/units?after=nonsense', '/after', 422],
    ['/api/org/units?sort=size', '/sort', 422],
    ['/api/org/units?colour=red', '/colour', 422],
    [`/api/org/units?q=${'长'.repeat(61)}`, '/q', 422],
    ['/api/org/trees/family', '/tree', 422],
    ['/api/org/units/42', '/id', 422],
    ['/api/org/party-orgs?unit=42', '/unit', 422],
    ['/api/org/persons', '/q', 422],
    ['/api/org/due?days=-1', '/days', 422],
  ]
  for (const [url, field, status] of wrong) {
    const reply = await secretary.get(url)
    assert.equal(reply.statusCode, status, `${url}: ${reply.body}`)
    assert.equal(reply.json().issues[0]?.field, field, url)
  }
  assert.equal((await secretary.get('/api/org/units/00000000-0000-7000-8000-000000000000')).statusCode, 404)
  assert.equal((await secretary.get('/api/org/structure/none')).statusCode, 404)
})

test('a NUL in a search text is refused, not a failure of ours', async () => {
  const secretary = await city.as('secretary')
  const reply = await secretary.get('/api/org/units?q=%00')
  assert.equal(reply.statusCode, 400)
})
