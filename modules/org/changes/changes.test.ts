// Changing the organisation over HTTP: permissions, both axes of time, reorganisation, idempotency, two editors at once.
import assert from 'node:assert/strict'
import test from 'node:test'
import { newId } from '#base/ids.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { type Caller, orgCity } from '#test/org-city.ts'
import { organisationPack } from '../org.pack.ts'

const city = await orgCity()
const { unit, org, person } = city
const desk = await city.as('desk')

type Body = Record<string, unknown>
const send = (who: Caller, what: string, body: Body) => who.post(`/api/org/changes/${what}`, { id: newId(), on: '2024-06-01', ...body })
async function done(what: string, body: Body): Promise<{ bodies: string[]; recordedAt: string }> {
  const reply = await send(desk, what, body)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const revision = async (kind: 'units' | 'party-orgs', id: string): Promise<string | null> => (await desk.get(`/api/org/${kind}/${id}`)).json().revision
async function unitNew(name: string, parent: string | null = unit.bureau, on = '2020-01-01'): Promise<string> {
  return (
    (await done('unit-create', { on, name, kind: 'public-institution', class: 'public-institution', level: 'city', divisionCode: '140400', parent }))
      .bodies[0] ?? ''
  )
}
async function branchNew(name: string, unitId: string = unit.bureau, on = '2020-01-01'): Promise<string> {
  return (await done('party-org-create', { on, name, kind: 'branch', unit: unitId, parent: org.committee })).bodies[0] ?? ''
}

test('a branch secretary changes nothing, not even the own branch', async () => {
  const secretary = await city.as('secretary')
  const reply = await send(secretary, 'party-org-amend', { body: org.first, seen: null, name: '改名党支部' })
  assert.equal(reply.statusCode, 403)
  assert.equal((await secretary.get(`/api/org/party-orgs/${org.first}`)).json().name, '示例市局第一党支部')
})

test('a post that may change stays inside its scope: foreign bodies are as if they were not there', async () => {
  // No post of the pack has both a scope below the city and the right to change: lend the deputies the right.
  const deputies = partOf({ pack: 'changzhi' } as Tenant, organisationPack).posts.find((post) => post.id === 'full-time-deputy')!
  deputies.may.push('org.change')
  const deputy = await city.as('deputy')
  const own = await send(deputy, 'party-org-amend', { body: org.first, seen: null, name: '示例市局第一党支部（新）' })
  assert.equal(own.statusCode, 200, own.body)
  const foreign = await send(deputy, 'party-org-amend', { body: org.town, seen: null, name: '别人的支部' })
  assert.equal(foreign.statusCode, 404)
  assert.equal((await send(deputy, 'move', { body: org.first, seen: own.json().changeId, tree: 'party', parent: org.root })).statusCode, 404)
  assert.equal((await send(deputy, 'party-org-create', { name: '无上级支部', kind: 'branch', unit: unit.bureau, parent: null })).statusCode, 403)
  const stranger = await send(deputy, 'member-join', { partyOrg: org.first, kind: 'full', person: { id: person.qian } })
  assert.equal(stranger.statusCode, 404)
  const made = await send(deputy, 'party-org-create', { name: '示例市局第三党支部', kind: 'branch', unit: unit.bureau, parent: org.committee })
  assert.equal(made.statusCode, 200, made.body)
  assert.equal((await deputy.get(`/api/org/party-orgs/${made.json().bodies[0]}`)).json().inScope, true, 'a body made just now is in reach at once')
  deputies.may.pop()
})

test('a rename keeps both names by valid date, and what was known before by moment of knowledge', async () => {
  const id = await unitNew('示例档案室')
  const before = new Date(
    Date.parse((await done('unit-amend', { body: id, seen: await revision('units', id), staff: 9, on: '2021-01-01' })).recordedAt),
  ).toISOString()
  await new Promise((resolve) => setTimeout(resolve, 5))
  await done('unit-amend', { body: id, seen: await revision('units', id), name: '示例档案馆', on: '2023-03-01' })
  const name = async (query: string) => (await desk.get(`/api/org/units/${id}${query}`)).json().name
  assert.equal(await name('?on=2023-02-28'), '示例档案室')
  assert.equal(await name('?on=2023-03-01'), '示例档案馆')
  assert.equal(await name(`?on=2023-03-01&asOf=${before}`), '示例档案室')
  const { rows } = await city.owner.query(
    'select name, staff, valid_from::text, valid_until::text from org.unit where unit_id = $1 and known_until = $2 order by valid_from',
    [id, 'infinity'],
  )
  assert.deepEqual(
    rows.map((row) => [row.name, row.staff, row.valid_from]),
    [
      ['示例档案室', null, '2020-01-01'],
      ['示例档案室', 9, '2021-01-01'],
      ['示例档案馆', 9, '2023-03-01'],
    ],
  )
  const history = (await desk.get(`/api/org/bodies/${id}/history`)).json().lines.map((line: { title: string }) => line.title)
  assert.ok(history.includes('由“示例档案室”更名为“示例档案馆”'), history.join())
  assert.deepEqual((await desk.get(`/api/org/units?q=sdag`)).json().rows.length, 0)
  assert.equal((await desk.get(`/api/org/units?q=sldag`)).json().rows[0].name, '示例档案馆')
})

test('the same request twice has one effect; the same id with another content is refused', async () => {
  const body = { id: newId(), on: '2020-01-01', name: '示例一次中心', kind: 'public-institution', class: 'government', level: 'city', parent: unit.bureau }
  const [first, second] = [await desk.post('/api/org/changes/unit-create', body), await desk.post('/api/org/changes/unit-create', body)]
  assert.deepEqual(second.json(), first.json())
  assert.equal((await desk.get(`/api/org/units?q=${encodeURIComponent('一次中心')}`)).json().total.count, 1)
  const other = await desk.post('/api/org/changes/unit-create', { ...body, name: '示例二次中心' })
  assert.equal(other.statusCode, 409)
  const { rows } = await city.owner.query('select action from audit.entry where object_id = $1', [body.id])
  assert.deepEqual(rows, [{ action: 'org.unit-create' }])
})

test('two editors at once: one gets through, the other is told to look again, nothing is half done', async () => {
  const id = await unitNew('示例两人中心')
  const seen = await revision('units', id)
  const [a, b] = await Promise.all([send(desk, 'unit-amend', { body: id, seen, staff: 11 }), send(desk, 'unit-amend', { body: id, seen, staff: 12 })])
  assert.deepEqual([a.statusCode, b.statusCode].sort(), [200, 409])
  const refused = a.statusCode === 409 ? a : b
  assert.match(refused.json().message, /刚被改过。请刷新页面/)
  const { rows } = await city.owner.query(`select staff from org.unit where unit_id = $1 and known_until = 'infinity' and valid_until = 'infinity'`, [id])
  assert.deepEqual(rows, [{ staff: a.statusCode === 200 ? 11 : 12 }])
})

test('a move changes the parent from its day on and refuses circles, foreign divisions and the wrong tree', async () => {
  const [upper, lower] = [await unitNew('示例移动上级'), await unitNew('示例移动下级')]
  await done('move', { body: lower, seen: await revision('units', lower), tree: 'administrative', parent: upper, on: '2022-05-01' })
  const parent = async (on: string) => (await desk.get(`/api/org/units/${lower}?on=${on}`)).json().places[0].path.at(-1).name
  assert.deepEqual([await parent('2022-04-30'), await parent('2022-05-01')], ['示例市局', '示例移动上级'])
  const wrong = async (body: Body) => (await send(desk, 'move', { tree: 'administrative', ...body })).json().issues[0]
  assert.equal((await wrong({ body: upper, seen: await revision('units', upper), parent: lower })).field, '/parent')
  assert.equal((await wrong({ body: upper, seen: await revision('units', upper), parent: upper })).field, '/parent')
  assert.match((await wrong({ body: lower, seen: await revision('units', lower), parent: unit.county })).message, /140403/)
  assert.equal((await wrong({ body: lower, seen: await revision('units', lower), tree: 'party', parent: null })).field, '/tree')
  assert.equal((await wrong({ body: lower, seen: await revision('units', lower), parent: org.root })).field, '/parent')
})

test('a merge carries members, children and Party organisations over; the counts on either side of the day agree', async () => {
  const [a, b] = [await branchNew('示例并甲党支部'), await branchNew('示例并乙党支部')]
  for (const [name, to] of [
    ['甲一', a],
    ['甲二', a],
    ['乙一', b],
  ] as const)
    await done('member-join', { on: '2020-02-01', partyOrg: to, kind: 'full', person: { name } })
  await done('post-hold', { on: '2020-02-01', body: a, post: 'secretary', person: { name: '甲书记' } })
  const merged = await done('merge', {
    on: '2022-07-01',
    from: [
      { body: a, seen: await revision('party-orgs', a) },
      { body: b, seen: await revision('party-orgs', b) },
    ],
    into: { name: '示例合并党支部' },
    note: '机构改革',
  })
  const target = merged.bodies.at(-1) ?? ''
  const page = async (id: string, on: string) => desk.get(`/api/org/party-orgs/${id}?on=${on}`)
  assert.equal((await page(a, '2022-06-30')).json().members.own, 2)
  assert.equal((await page(target, '2022-07-01')).json().members.own, 3)
  const gone = await page(a, '2022-07-01')
  assert.equal(gone.statusCode, 404)
  assert.match(gone.json().message, /已经不存在，止于2022年7月1日/)
  assert.equal((await page(target, '2022-06-30')).statusCode, 404)
  const committee = async (on: string) => (await page(org.committee, on)).json().members.all
  assert.equal(await committee('2022-06-30'), await committee('2022-07-01'))
  const lines = (await desk.get(`/api/org/bodies/${target}/history`)).json().lines.filter((line: { what: string }) => line.what === 'lineage')
  assert.deepEqual(lines.map((line: { title: string; note: string }) => [line.title, line.note]).sort(), [
    ['由“示例并乙党支部”并入', '机构改革'],
    ['由“示例并甲党支部”并入', '机构改革'],
  ])
  const again = await send(desk, 'party-org-amend', { on: '2023-01-01', body: a, seen: await revision('party-orgs', target), name: '复活支部' })
  assert.equal(again.statusCode, 422, again.body)
  assert.equal(again.json().issues[0].field, '/on')
})

test('a merge into a unit below the merged one takes its place, and one that would go round is refused', async () => {
  const top = await unitNew('示例顶')
  const middle = await unitNew('示例中', top)
  const low = await unitNew('示例低', middle)
  const seen = (id: string) => revision('units', id)
  const round = await send(desk, 'merge', { from: [{ body: top, seen: await seen(top) }], into: { body: low, seen: await seen(low) } })
  assert.equal(round.statusCode, 409)
  await done('merge', { from: [{ body: top, seen: await seen(top) }], into: { body: middle, seen: await seen(middle) } })
  const places = (await desk.get(`/api/org/units/${middle}`)).json().places[0]
  assert.deepEqual([places.path.map((node: { name: string }) => node.name), places.children], [['示例市局'], 1])
})

test('a split gives children, Party organisations and members away, and what ends must be given away whole', async () => {
  const old = await branchNew('示例拆党支部')
  const persons: string[] = []
  for (const name of ['拆一', '拆二']) await done('member-join', { on: '2020-02-01', partyOrg: old, kind: 'full', person: { name } })
  for (const row of (await desk.get(`/api/org/party-orgs/${old}/members`)).json().rows) persons.push(row.personId)
  const seen = await revision('party-orgs', old)
  const parts = (second: string[]) => [
    { name: '示例拆甲党支部', persons: [persons[0]] },
    { name: '示例拆乙党支部', persons: second },
  ]
  const left = await send(desk, 'split', { on: '2023-04-01', body: old, seen, remains: false, parts: parts([]) })
  assert.equal(left.statusCode, 422)
  assert.match(left.json().message, /1名党员没有分配去向/)
  assert.equal((await send(desk, 'split', { on: '2023-04-01', body: old, seen, remains: false, parts: parts([persons[0] ?? '']) })).statusCode, 422)
  assert.equal((await send(desk, 'split', { on: '2023-04-01', body: old, seen, remains: false, parts: parts([person.qian]) })).statusCode, 422)
  const { bodies } = await done('split', { on: '2023-04-01', body: old, seen, remains: false, parts: parts([persons[1] ?? '']) })
  assert.equal((await desk.get(`/api/org/party-orgs/${bodies[1]}`)).json().members.own, 1)
  assert.equal((await desk.get(`/api/org/party-orgs/${old}?on=2023-03-31`)).json().members.own, 2)
})

test('a scope follows merged and split bodies, so that old rows stay in reach', async () => {
  const own = await branchNew('示例并入党支部')
  const seen = await revision('party-orgs', org.first)
  await done('merge', { on: '2024-12-19', from: [{ body: own, seen: await revision('party-orgs', own) }], into: { body: org.first, seen } })
  const secretary = await city.as('secretary')
  assert.equal((await secretary.get(`/api/org/party-orgs/${own}?on=2024-12-01`)).json().inScope, true)
})

test('nothing ends while something hangs on it', async () => {
  const reply = await send(desk, 'dissolve', { body: unit.centre, seen: null })
  assert.equal(reply.statusCode, 409)
  assert.match(reply.json().message, /还有1个党组织/)
  const empty = await unitNew('示例空壳')
  await done('dissolve', { on: '2024-01-01', body: empty, seen: await revision('units', empty) })
  assert.equal((await desk.get(`/api/org/units/${empty}`)).statusCode, 404)
  assert.equal((await desk.get(`/api/org/units/${empty}?on=2023-12-31`)).statusCode, 200)
})

test('posts: one holder where the pack says so, leaving frees it, the day before still shows the old holder', async () => {
  const second = await send(desk, 'post-hold', { body: org.second, post: 'secretary', person: { id: person.sun } })
  assert.equal(second.statusCode, 409)
  const [held] = (await desk.get(`/api/org/party-orgs/${org.second}`)).json().posts
  await done('post-leave', { on: '2024-09-01', holding: held.holdingId })
  await done('post-hold', { on: '2024-09-01', body: org.second, post: 'secretary', person: { id: person.sun } })
  const names = async (on: string) => (await desk.get(`/api/org/party-orgs/${org.second}?on=${on}`)).json().posts.map((post: { name: string }) => post.name)
  assert.deepEqual([await names('2024-08-31'), await names('2024-09-01')], [['杨帆'], ['孙强']])
  assert.equal((await send(desk, 'post-leave', { holding: held.holdingId })).statusCode, 409, 'the entry that was superseded')
  assert.equal((await send(desk, 'post-hold', { body: unit.town, post: 'secretary', person: { id: person.sun } })).json().issues[0].field, '/post')
})

test('members: join, confirm, transfer, leave, each from its day on', async () => {
  const { bodies } = await done('member-join', {
    on: '2023-07-01',
    partyOrg: org.town,
    kind: 'probationary',
    person: { name: '新党员', sex: '女', birthYear: 1999 },
  })
  assert.deepEqual(bodies, [org.town])
  const line = async (where: string, on: string) =>
    (await desk.get(`/api/org/party-orgs/${where}/members?q=${encodeURIComponent('新党员')}&on=${on}`)).json().rows[0]
  const joined = await line(org.town, '2023-07-01')
  assert.equal((await send(desk, 'member-join', { on: '2024-01-01', partyOrg: org.second, kind: 'full', person: { id: joined.personId } })).statusCode, 409)
  await done('member-confirm', { on: '2024-07-01', membership: joined.membershipId })
  assert.deepEqual([(await line(org.town, '2024-06-30')).kind, (await line(org.town, '2024-07-01')).kind], ['probationary', 'full'])
  const full = await line(org.town, '2024-07-01')
  assert.equal((await send(desk, 'member-transfer', { on: '2024-08-01', membership: full.membershipId, to: org.committee })).json().issues[0].field, '/to')
  await done('member-transfer', { on: '2024-08-01', membership: full.membershipId, to: org.second })
  const moved = await line(org.second, '2024-08-01')
  assert.equal(await line(org.town, '2024-08-01'), undefined)
  await done('member-leave', { on: '2024-10-01', membership: moved.membershipId })
  assert.equal(await line(org.second, '2024-10-01'), undefined)
  assert.equal((await line(org.second, '2024-09-30')).name, '新**')
})

test('a term: the pack gives its length, a later editor must have seen the last one', async () => {
  const page = (await desk.get(`/api/org/party-orgs/${org.second}`)).json()
  assert.equal((await send(desk, 'term-set', { on: '2024-12-21', partyOrg: org.second, seenTerm: page.term.termId })).json().issues[0].field, '/on')
  assert.equal((await send(desk, 'term-set', { on: '2024-12-10', partyOrg: org.second, seenTerm: null })).statusCode, 409)
  assert.equal(
    (await send(desk, 'term-set', { on: '2024-12-10', dueOn: '2024-12-10', partyOrg: org.second, seenTerm: page.term.termId })).json().issues[0].field,
    '/dueOn',
  )
  await done('term-set', { on: '2024-12-10', partyOrg: org.second, seenTerm: page.term.termId })
  assert.equal((await desk.get(`/api/org/party-orgs/${org.second}`)).json().term.dueOn, '2027-12-10')
  assert.equal((await desk.get(`/api/org/party-orgs/${org.second}?on=2024-12-09`)).json().term.dueOn, '2024-12-01')
})

test('each field wrong in turn is a clear 422 with the field, and nothing is written', async () => {
  const good = { name: '示例逐项中心', kind: 'public-institution', class: 'government', level: 'city', parent: unit.bureau }
  const wrong: [Body, string][] = [
    [{ ...good, name: '' }, '/name'],
    [{ ...good, name: '   ' }, '/name'],
    [{ ...good, name: 'x'.repeat(101) }, '/name'],
    [{ ...good, kind: 'castle' }, '/kind'],
    [{ ...good, class: 'first' }, '/class'],
    [{ ...good, level: 'planet' }, '/level'],
    [{ ...good, creditCode: '91310115MA1H8R7C6D' }, '/creditCode'],
    [{ ...good, divisionCode: '14040' }, '/divisionCode'],
    [{ ...good, divisionCode: '130100' }, '/divisionCode'],
    [{ ...good, staff: -1 }, '/staff'],
    [{ ...good, parent: newId() }, '/parent'],
    [{ ...good, parent: 'x' }, '/parent'],
    [{ ...good, parent: org.root }, '/parent'],
    [{ ...good, on: '2023-02-29' }, '/on'],
    [{ ...good, on: '1900-01-01' }, '/on'],
    [{ ...good, on: '2019-06-30' }, '/on'],
    [{ ...good, id: '1' }, '/id'],
    [{ ...good, colour: 'red' }, '/colour'],
  ]
  for (const [body, field] of wrong) {
    const reply = await send(desk, 'unit-create', body)
    assert.ok([404, 422].includes(reply.statusCode), reply.body)
    assert.ok(
      reply.json().issues.some((issue: { field: string }) => issue.field === field),
      `${field}: ${reply.body}`,
    )
  }
  assert.equal((await desk.get(`/api/org/units?q=${encodeURIComponent('逐项中心')}`)).json().total.count, 0)
  assert.equal((await send(desk, 'unit-create', { ...good, name: '示例市站' })).statusCode, 409)
})
