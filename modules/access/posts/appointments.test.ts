// The security officer over HTTP: posts given and ended, what excludes what, sessions ended, second factors reset.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { officersCity, password, TODAY } from '#test/officers-city.ts'

const city = await officersCity()
const { app, owner, org, unit } = city
const security = await city.as('security')

interface Given {
  id: string
  post: string
  body: string | null
  by: string
  from: string
  until: string | null
}
interface Line {
  id: string
  login: string
  sessions: number
  blocked: boolean
  secondFactor: boolean
  posts: Given[]
}
const list = async (query = '') => (await security.get(`/api/appointments${query}`)).json().rows as Line[]
const lineOf = async (login: string) => (await list(`?q=${login}`)).find((row) => row.login === login)
const idOf = async (login: string) => (await lineOf(login))?.id ?? ''
const appoint = async (login: string, given: object) =>
  security.post('/api/appointments', { id: newId(), account: await idOf(login), body: null, from: TODAY, until: null, reason: '示例任命', ...given })
const end = (id: string | undefined) => security.post(`/api/appointments/${id}/end`, { reason: '示例结束' })
const mayOf = async (caller: Awaited<ReturnType<typeof city.as>>) => (await caller.get('/api/session')).json().may as string[]

test('each account is listed with where each of its posts comes from', async () => {
  const member = await lineOf('member')
  assert.deepEqual(member?.posts.map(({ post, body, by }) => [post, body, by]).sort(), [
    ['discipline-member', '示例市局第一党支部', 'holding'],
    ['publicity-member', '示例市局第一党支部', 'appointment'],
  ])
  assert.deepEqual(
    (await list('?post=security-officer')).map(({ login }) => login),
    ['security', 'security2'],
  )
  assert.doesNotMatch(JSON.stringify(await list()), /argon2|hash/i)
})

test('a post of the city is given and its actions are there at once; ended, the session ends with it', async () => {
  const caller = await city.as('secretary')
  assert.ok(!(await mayOf(caller)).includes('scoring.run'))
  const reply = await appoint('secretary', { post: 'desk', until: '2025-06-30' })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.ok((await mayOf(caller)).includes('scoring.run'))
  const given = (await lineOf('secretary'))?.posts.find(({ post }) => post === 'desk')
  assert.deepEqual([given?.by, given?.from, given?.until, given?.body], ['appointment', TODAY, '2025-06-30', null])
  const again = await city.as('secretary')
  assert.equal((await again.get('/api/session')).json().posts.find((post: { id: string }) => post.id === 'desk').until, '2025-06-30')
  assert.equal((await end(given?.id)).statusCode, 200)
  assert.equal((await again.get('/api/session')).statusCode, 401)
  assert.ok(!(await mayOf(await city.as('secretary'))).includes('scoring.run'))
  assert.equal((await end(given?.id)).statusCode, 200, 'a second time does nothing')
})

test('an appointment of a later day gives nothing yet, and is listed', async () => {
  assert.equal((await appoint('second', { post: 'joint-discipline', from: '2025-01-10' })).statusCode, 200)
  assert.ok(!(await mayOf(await city.as('second'))).includes('approval.opinion'))
  assert.equal((await lineOf('second'))?.posts.find(({ post }) => post === 'joint-discipline')?.from, '2025-01-10')
  // … and stands against what excludes it already.
  assert.equal((await appoint('second', { post: 'auditor' })).statusCode, 409)
})

test('a county’s desk is appointed in its unit, and reaches what is below it', async () => {
  assert.equal((await appoint('town', { post: 'county-desk', body: unit.county })).statusCode, 200)
  const { posts } = (await (await city.as('town')).get('/api/session')).json()
  assert.ok(posts.find((post: { id: string; reach: number }) => post.id === 'county-desk').reach >= 4)
  for (const body of [null, org.county, newId()]) assert.equal((await appoint('member', { post: 'county-desk', body })).statusCode, 422, String(body))
})

test('three officers exclude one another and every other post, whichever comes first', async () => {
  for (const [login, post] of [
    ['secretary', 'operator'],
    ['secretary', 'auditor'],
    ['county', 'security-officer'],
    ['auditor', 'operator'],
    ['auditor', 'desk'],
    ['operator', 'joint-petitions'],
    ['security2', 'auditor'],
  ] as const) {
    const reply = await appoint(login, { post })
    assert.deepEqual([reply.statusCode, reply.json().code], [409, 'conflict'], `${login} ${post}: ${reply.body}`)
    assert.match(reply.json().message, /三员/)
  }
})

test('two officers’ posts given in the same moment: one is refused', async () => {
  const [accountId, personId] = [newId(), newId()]
  await owner.query(`insert into org.person (tenant_id, person_id, name) values (1, $1, '新来的人')`, [personId])
  await owner.query(`insert into access.account (tenant_id, account_id, login, person_id) values (1, $1, 'fresh', $2)`, [accountId, personId])
  const replies = await Promise.all([appoint('fresh', { post: 'operator' }), appoint('fresh', { post: 'auditor' }), appoint('fresh', { post: 'desk' })])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 409, 409])
})

test('nobody appoints, ends, frees or resets for oneself', async () => {
  const mine = (await lineOf('security'))?.posts[0]?.id
  assert.equal((await appoint('security', { post: 'security-officer' })).statusCode, 403)
  assert.equal((await end(mine)).statusCode, 403)
  const id = await idOf('security')
  for (const verb of ['sessions-end', 'throttle-lift', 'second-factor-reset'])
    assert.equal((await security.post(`/api/appointments/accounts/${id}/${verb}`, {})).statusCode, 403, verb)
  assert.equal((await security.get('/api/session')).statusCode, 200)
})

test('what won’t do is refused at its field', async () => {
  for (const [given, field] of [
    [{ post: 'secretary', body: org.first }, '/post'],
    [{ post: 'no-such-post' }, '/post'],
    [{ post: 'desk', body: unit.bureau }, '/body'],
    [{ post: 'desk', from: '2024-12-19' }, '/from'],
    [{ post: 'desk', from: '2025-02-30' }, '/from'],
    [{ post: 'desk', until: '2024-12-01' }, '/until'],
    [{ post: 'desk', reason: 'x' }, '/reason'],
  ] as const) {
    const reply = await appoint('second', given)
    assert.deepEqual([reply.statusCode, reply.json().issues[0]?.field], [422, field], reply.body)
  }
  assert.equal((await appoint('desk', { post: 'desk' })).statusCode, 409, 'the same post twice')
  assert.equal(
    (await security.post('/api/appointments', { id: newId(), account: newId(), post: 'desk', body: null, from: TODAY, until: null, reason: '示例' }))
      .statusCode,
    404,
  )
  assert.equal((await end(newId())).statusCode, 404)
  const id = newId()
  assert.equal((await appoint('second', { id, post: 'joint-petitions' })).statusCode, 200)
  assert.equal((await appoint('second', { id, post: 'joint-organisation' })).statusCode, 409)
})

test('every session of an account is ended; failed sign-ins are lifted; second factors are taken away', async () => {
  const caller = await city.as('county')
  const id = await idOf('county')
  const act = (verb: string) => security.post(`/api/appointments/accounts/${id}/${verb}`, {})
  assert.ok((await lineOf('county'))?.sessions)
  assert.ok((await act('sessions-end')).json().ended >= 1)
  assert.equal((await caller.get('/api/session')).statusCode, 401)
  assert.equal((await lineOf('county'))?.sessions, 0)

  for (let round = 0; round < 7; round += 1) await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: 'county', password: 'wrong' } })
  assert.equal((await lineOf('county'))?.blocked, true)
  const right = () => app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: 'county', password } })
  assert.equal((await right()).statusCode, 429)
  assert.equal((await act('throttle-lift')).statusCode, 200)
  assert.equal((await lineOf('county'))?.blocked, false)
  assert.equal((await right()).statusCode, 200)

  await owner.query(`update access.account set totp_secret = 'sealed' where login = 'county'`)
  await owner.query(
    `insert into access.passkey (tenant_id, passkey_id, account_id, credential_id, public_key, counter, name) values (1, gen_random_uuid(), $1, 'c', '\\x00', 0, '示例')`,
    [id],
  )
  assert.equal((await lineOf('county'))?.secondFactor, true)
  assert.equal((await act('second-factor-reset')).statusCode, 200)
  assert.deepEqual([(await lineOf('county'))?.secondFactor, (await lineOf('county'))?.sessions], [false, 0])
})

test('nobody but the security officer sees or changes appointments', async () => {
  for (const login of ['desk', 'operator', 'auditor', 'secretary'] as const) {
    const caller = await city.as(login)
    assert.equal((await caller.get('/api/appointments')).statusCode, 403, login)
    const body = { id: newId(), account: newId(), post: 'desk', body: null, from: TODAY, until: null, reason: '示例' }
    assert.equal((await caller.post('/api/appointments', body)).statusCode, 403, login)
  }
})

test('each act leaves one audit entry of whom and what, with ids alone', async () => {
  const { rows } = await owner.query<{ action: string; object_kind: string; detail: object; post: string }>(
    `select action, object_kind, detail, post from audit.entry where action in ('access.appoint', 'access.appointment-end', 'access.throttle-lift', 'access.second-factor-reset') order by at`,
  )
  assert.deepEqual([...new Set(rows.map(({ action }) => action))].sort(), [
    'access.appoint',
    'access.appointment-end',
    'access.second-factor-reset',
    'access.throttle-lift',
  ])
  for (const { object_kind, detail, post } of rows) {
    assert.deepEqual([object_kind, post], ['account', 'security-officer'])
    assert.doesNotMatch(JSON.stringify(detail), /[\u4e00-\u9fff]/)
  }
})
