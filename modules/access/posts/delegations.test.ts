// Delegations over HTTP: who may hand over which post to whom, what the receiver then may, and when it ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { officersCity, TODAY } from '#test/officers-city.ts'

const city = await officersCity()
const { owner, org, unit, person } = city
type Caller = Awaited<ReturnType<typeof city.as>>
type Login = Parameters<typeof city.as>[0]

const give = (caller: Caller, given: object) =>
  caller.post('/api/delegations', {
    id: newId(),
    kind: 'cover',
    post: 'secretary',
    body: org.first,
    person: person.yang,
    from: TODAY,
    until: '2025-01-19',
    reason: '外出学习',
    ...given,
  })
const rows = async (caller: Caller, query: string) => (await caller.get(`/api/delegations${query}`)).json().rows
const posts = async (caller: Caller) =>
  (await caller.get('/api/session')).json().posts as { id: string; by: string; until: string | null; may: string[]; body: { id: string } | null }[]
const delegated = async (login: Login) => (await posts(await city.as(login))).filter(({ by }) => by === 'delegation')
const recall = (caller: Caller, id: string) => caller.post(`/api/delegations/${id}/recall`, {})
const clear = () => owner.query('update access.delegation set ended_at = now() where ended_at is null')
const enter = (caller: Caller, body: string) =>
  caller.post('/api/records', { id: newId(), kind: 'theme-day', bodyId: body, happenedOn: TODAY, title: '代行期间的主题党日' })
const vacate = async (body: string, post = 'secretary') =>
  owner.query(`update org.holding set valid_until = '2024-12-01' where body_id = $1 and post = $2`, [body, post])
const fill = async (body: string, post = 'secretary') =>
  owner.query(`update org.holding set valid_until = 'infinity' where body_id = $1 and post = $2`, [body, post])

test('a secretary away hands over the post: the other may enter records there, in the audit by that post, and no more after recall', async () => {
  const [wang, yang] = [await city.as('secretary'), await city.as('second')]
  assert.equal((await enter(yang, org.first)).statusCode, 404)
  const id = newId()
  const reply = await give(wang, { id })
  assert.equal(reply.statusCode, 200, reply.body)
  const [post] = (await posts(yang)).filter(({ by }) => by === 'delegation')
  assert.deepEqual([post?.id, post?.body?.id, post?.until], ['secretary', org.first, '2025-01-19'])
  assert.ok(!post?.may.includes('post.delegate'), 'nothing is handed on')
  const entered = await enter(yang, org.first)
  assert.equal(entered.statusCode, 200, entered.body)
  const { rows: audit } = await owner.query(
    `select post, post_body_id from audit.entry where action = 'ledger.enter' or action like 'record.%' or action like 'ledger.%' order by at desc limit 1`,
  )
  assert.deepEqual(audit[0], { post: 'secretary', post_body_id: org.first })
  assert.deepEqual(
    (await rows(wang, '?side=given')).map((row: { id: string; state: string; mayRecall: boolean; receiver: string }) => [
      row.id,
      row.state,
      row.mayRecall,
      row.receiver,
    ]),
    [[id, 'running', true, '杨帆']],
  )
  assert.deepEqual(
    (await rows(yang, '?side=received')).map((row: { giver: string; state: string; mayRecall: boolean }) => [row.giver, row.state, row.mayRecall]),
    [['王建国', 'running', false]],
  )
  const fresh = await city.as('second')
  assert.equal((await recall(yang, id)).statusCode, 403)
  assert.equal((await recall(wang, id)).statusCode, 200)
  assert.equal((await fresh.get('/api/session')).statusCode, 401, 'a session that began with the post ends with it')
  assert.deepEqual(await delegated('second'), [])
  assert.equal((await enter(yang, org.first)).statusCode, 404)
})

test('the giver keeps the post meanwhile', async () => {
  const wang = await city.as('secretary')
  assert.equal((await give(wang, {})).statusCode, 200)
  assert.ok((await posts(wang)).some(({ id, by }) => id === 'secretary' && by === 'holding'))
  await clear()
})

test('a post by appointment with a body is handed over too, one of the whole city is not', async () => {
  const county = await city.as('county')
  const offered = (await county.get('/api/delegations/posts')).json().rows
  assert.deepEqual(
    offered.map(({ post, body }: { post: string; body: { id: string } }) => [post, body.id]),
    [['county-desk', org.county]],
  )
  const reply = await give(county, { post: 'county-desk', body: org.county, person: person.qian })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.deepEqual(
    (await delegated('town')).map(({ id, body }) => [id, body?.id]),
    [['county-desk', unit.county]],
  )
  await owner.query(`update access.appointment set ended_at = now() where post = 'county-desk'`)
  const after = (await rows(await city.as('county'), '?side=given'))[0]
  assert.equal(after.state, 'idle')
  await owner.query(`update access.appointment set ended_at = null where post = 'county-desk'`)
  await clear()
  const desk = await city.as('desk')
  assert.deepEqual((await desk.get('/api/delegations/posts')).json().rows, [])
  assert.equal((await give(desk, { post: 'desk', body: org.root })).statusCode, 422)
})

test('what is delegated is not delegated on, nor what belongs to somebody else', async () => {
  assert.equal((await give(await city.as('secretary'), {})).statusCode, 200)
  const yang = await city.as('second')
  for (const given of [
    { person: person.li },
    { body: org.second, post: 'discipline-member', person: person.li },
    { body: org.committee, person: person.li },
    { kind: 'acting', body: org.first, post: 'full-time-deputy', person: person.li },
  ]) {
    const reply = await give(yang, given)
    assert.ok([404, 422].includes(reply.statusCode), `${JSON.stringify(given)} ${reply.body}`)
  }
  await clear()
})

test('who receives must be somebody else, with an account, and no officer', async () => {
  const wang = await city.as('secretary')
  for (const [receiver, status] of [
    [person.wang, 422],
    [person.zhang, 422],
    [newId(), 422],
    [person.shen, 409],
    [person.guan, 409],
  ] as const)
    assert.equal((await give(wang, { person: receiver })).statusCode, status, receiver)
  await owner.query(`update access.account set active = false where login = 'second'`)
  assert.equal((await give(wang, {})).statusCode, 422)
  await owner.query(`update access.account set active = true where login = 'second'`)
})

test('days: not in the past, a year at most, not overlapping another of the same post', async () => {
  const wang = await city.as('secretary')
  for (const [given, field] of [
    [{ from: '2024-12-19' }, '/from'],
    [{ until: '2024-12-19' }, '/until'],
    [{ until: '2025-12-21' }, '/until'],
    [{ until: '2025-02-30' }, '/until'],
    [{ reason: '' }, '/reason'],
  ] as const) {
    const reply = await give(wang, given)
    assert.deepEqual([reply.statusCode, reply.json().issues[0].field], [422, field], reply.body)
  }
  assert.equal((await give(wang, { from: '2025-01-01', until: '2025-01-31' })).statusCode, 200)
  assert.deepEqual(await delegated('second'), [], 'not before its first day')
  assert.equal((await give(wang, { from: '2025-01-31', until: '2025-02-10', person: person.li })).statusCode, 409)
  assert.equal((await give(wang, { from: '2025-02-01', until: '2025-02-10', person: person.li })).statusCode, 200)
  await clear()
})

test('two at the same moment: one stands', async () => {
  const wang = await city.as('secretary')
  const replies = await Promise.all([person.yang, person.li, person.zhao].map((receiver) => give(wang, { person: receiver })))
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 409, 409])
  await clear()
})

test('it ends by its date, and when the giver leaves the post', async () => {
  const wang = await city.as('secretary')
  const id = newId()
  await give(wang, { id })
  await owner.query(`update access.delegation set starts_on = '2024-11-01', ends_on = '2024-12-19' where delegation_id = $1`, [id])
  assert.deepEqual(await delegated('second'), [])
  assert.equal((await rows(wang, '?side=given'))[0].state, 'over')
  await owner.query(`update access.delegation set ends_on = $2 where delegation_id = $1`, [id, TODAY])
  assert.equal((await delegated('second')).length, 1, 'the last day counts')
  const yang = await city.as('second')
  const holding = (await owner.query(`select holding_id from org.holding where body_id = $1 and post = 'secretary'`, [org.first])).rows[0].holding_id
  const desk = await city.as('desk')
  const left = await desk.post('/api/org/changes/post-leave', { id: newId(), on: TODAY, holding })
  assert.equal(left.statusCode, 200, left.body)
  assert.equal((await yang.get('/api/session')).statusCode, 401, 'at once, without waiting for a cache')
  assert.deepEqual(await delegated('second'), [])
  const back = await desk.post('/api/org/changes/post-hold', { id: newId(), on: TODAY, body: org.first, post: 'secretary', person: { id: person.wang } })
  assert.equal(back.statusCode, 200, back.body)
  await clear()
})

test('a superior has a vacant post looked after; it ends when somebody takes it up', async () => {
  const committee = await city.as('committee')
  const vacancies = async () =>
    (await committee.get('/api/delegations/vacancies')).json().rows.map((row: { post: string; body: { id: string } }) => `${row.post} ${row.body.id}`)
  assert.ok(!(await vacancies()).includes(`secretary ${org.second}`))
  const acting = { kind: 'acting', body: org.second, person: person.li }
  assert.equal((await give(committee, acting)).statusCode, 422, 'not while it is held')
  await vacate(org.second)
  assert.ok((await vacancies()).includes(`secretary ${org.second}`))
  assert.equal((await give(committee, { ...acting, person: person.zhao })).statusCode, 422, 'not to oneself')
  const id = newId()
  const reply = await give(committee, { ...acting, id })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.deepEqual(
    (await delegated('member')).map(({ body }) => body?.id),
    [org.second],
  )
  await fill(org.second)
  assert.deepEqual(await delegated('member'), [])
  assert.equal((await rows(committee, '?side=given'))[0].state, 'idle')
  await vacate(org.second)
  // A post that never was is no vacancy; nor is one outside of the reach.
  assert.equal((await give(committee, { ...acting, post: 'full-time-deputy' })).statusCode, 422)
  assert.equal((await give(committee, { ...acting, body: org.town })).statusCode, 404)
  assert.equal((await give(committee, { ...acting, body: newId() })).statusCode, 404)
  // A branch secretary delegates over the own branch only.
  assert.equal((await give(await city.as('secretary'), { ...acting, person: person.yang })).statusCode, 404)
  await fill(org.second)
  await clear()
})

test('a county’s desk looks after what is below its unit, and recalls what others gave there', async () => {
  const county = await city.as('county')
  const id = newId()
  assert.equal((await give(await city.as('town'), { id, body: org.town, person: person.zhao })).statusCode, 200)
  const seen = (await rows(county, '/within')).find((row: { id: string }) => row.id === id)
  assert.deepEqual([seen?.state, seen?.mayRecall], ['running', true])
  const elsewhere = await rows(await city.as('secretary'), '/within')
  assert.ok(elsewhere.length > 0 && elsewhere.every((row: { body: { id: string } }) => row.body.id === org.first), 'another branch sees its own alone')
  assert.equal((await recall(await city.as('secretary'), id)).statusCode, 404)
  assert.equal((await recall(county, id)).statusCode, 200)
  assert.deepEqual(await delegated('committee'), [])
})

test('a dissolved body takes the rights at once: of its holder, of the appointed and of the delegated', async () => {
  assert.equal((await give(await city.as('town'), { body: org.town, person: person.zhao })).statusCode, 200)
  const zhao = await city.as('committee')
  const desk = await city.as('desk')
  // Its members go elsewhere first.
  await owner.query(`update org.membership set party_org_id = $1 where party_org_id = $2`, [org.second, org.town])
  const gone = await desk.post('/api/org/changes/dissolve', { id: newId(), on: TODAY, body: org.town, seen: null })
  assert.equal(gone.statusCode, 200, gone.body)
  assert.equal((await zhao.get('/api/session')).statusCode, 401)
  assert.deepEqual(await delegated('committee'), [])
  assert.deepEqual(await posts(await city.as('town')), [])
})

test('receivers are found by a part of the name in the bodies one reads, elsewhere by the exact full name', async () => {
  const find = async (login: Login, q: string) =>
    (await (await city.as(login)).get(`/api/delegations/receivers?q=${encodeURIComponent(q)}`)).json().rows.map(({ name }: { name: string }) => name)
  assert.deepEqual(await find('secretary', '李'), ['李明'])
  assert.deepEqual(await find('secretary', '杨'), [])
  assert.deepEqual(await find('secretary', '杨帆'), ['杨帆'])
  assert.deepEqual(await find('secretary', '张伟'), [], 'without an account')
  assert.deepEqual(await find('secretary', '王建国'), [], 'not oneself')
  assert.deepEqual(await find('committee', '杨'), ['杨帆'])
  for (const login of ['operator', 'auditor', 'desk'] as const) assert.deepEqual(await find(login, '杨帆'), [], 'nothing to give')
  // Who belongs where is told of the bodies one reads alone; posts are the directory’s.
  const whole = (await (await city.as('secretary')).get(`/api/delegations/receivers?q=${encodeURIComponent('杨帆')}`)).json().rows[0]
  assert.deepEqual([whole.org, whole.posts], [null, ['示例市局第二党支部书记']])
})

test('who may not read sees none within; who may not delegate finds no vacancies', async () => {
  for (const login of ['operator', 'security', 'auditor'] as const) assert.equal((await (await city.as(login)).get('/api/delegations/within')).statusCode, 403)
  assert.equal((await (await city.as('member')).get('/api/delegations/vacancies')).statusCode, 403)
  for (const bad of ['x', 'a'.repeat(60)]) assert.equal((await (await city.as('desk')).get(`/api/delegations?side=given&after=${bad}`)).statusCode, 422)
})
