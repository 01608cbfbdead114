// Sign-in and sessions over HTTP, against a real PostgreSQL.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { organisationPack } from '#modules/org/index.ts'
import { buildHttp } from '#server/app/http.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import { partOf } from '#server/kit/pack.ts'
import { ledgerCity, password } from '#test/ledger-city.ts'
import { hashPassword } from './access.rules.ts'

const city = await ledgerCity()
const { owner, org, person } = city
// A second city on the same server, no demonstration, with an account of its own; and the first one's operator.
await owner.query(`insert into kit.tenant (tenant_id, slug, name, host, pack) values (2, 'second', '第二市', 'second.example', 'changzhi')`)
const addAccount = async (tenantId: number, login: string, post: string, bodyId: string | null) => {
  const [personId, accountId] = [newId(), newId()]
  await owner.query('insert into org.person (tenant_id, person_id, name) values ($1, $2, $3)', [tenantId, personId, login])
  await owner.query('insert into access.account (tenant_id, account_id, login, password_hash, person_id) values ($1, $2, $3, $4, $5)', [
    tenantId,
    accountId,
    login,
    await hashPassword(password),
    personId,
  ])
  await appoint(tenantId, accountId, post, bodyId)
  return accountId
}
const appoint = (tenantId: number, accountId: string, post: string, bodyId: string | null) =>
  owner.query('insert into access.appointment (tenant_id, appointment_id, account_id, post, body_id, valid_from) values ($1, $2, $3, $4, $5, $6)', [
    ...[tenantId, newId(), accountId, post, bodyId],
    '2019-07-01',
  ])
await addAccount(2, 'other-desk', 'desk', null)
await addAccount(1, 'operator', 'operator', null)
await addAccount(1, 'gone', 'secretary', org.first)
await addAccount(1, 'postless', 'no-such-post', org.first)
await owner.query(`update access.account set active = false where login = 'gone'`)
const app = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
after(() => app.close())
const host = { host: 'second.example' }

const signIn = (account: unknown, given: unknown = password, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/sign-in', payload: { account, password: given } as object, headers })
const tokenOf = (reply: Awaited<ReturnType<typeof signIn>>) => reply.cookies.find(({ name }) => name === 'dajuan-session')?.value ?? ''
const opened = async (account: string, headers: Record<string, string> = {}) => {
  const reply = await signIn(account, password, headers)
  assert.equal(reply.statusCode, 200, reply.body)
  return tokenOf(reply)
}
const get = (url: string, token: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers, cookies: { 'dajuan-session': token } })
const signOut = (token: string) => app.inject({ method: 'POST', url: '/api/sign-out', cookies: { 'dajuan-session': token } })
/** Failed attempts are forgotten, as a day later. */
const freed = () => owner.query('delete from access.throttle')
/** What was looked up is looked up again, as ten seconds later. */
const later = scopesChanged

test('who signs in is told who they are, what they may do and how far they see', async () => {
  const reply = await signIn('secretary')
  assert.equal(reply.statusCode, 200)
  const { person: who, post, scope, may, tenant, account, today } = reply.json()
  assert.deepEqual(
    { who, account, tenant, today },
    { who: { id: person.wang, name: '王建国' }, account: 'secretary', tenant: { slug: 'changzhi', name: '示例市', demonstration: true }, today: '2024-12-20' },
  )
  assert.deepEqual(
    { post: post.name, body: post.body.id, kind: post.body.kind, scope },
    { post: '书记', body: org.first, kind: 'party-org', scope: { kind: 'bodies', count: 1 } },
  )
  assert.deepEqual(may, partOf({ pack: 'changzhi' }, organisationPack).posts.find(({ id }) => id === 'secretary')?.may)
  assert.deepEqual((await get('/api/session', tokenOf(reply))).json(), reply.json())
  assert.doesNotMatch(reply.body, /argon2|hash/i)
})

test('a post of the whole city sees the tenant, an operator’s and one the pack doesn’t know see nothing', async () => {
  assert.deepEqual((await signIn('desk')).json().scope, { kind: 'tenant', count: 0 })
  const operator = (await signIn('operator')).json()
  assert.deepEqual([operator.scope, operator.may], [{ kind: 'bodies', count: 0 }, ['account.manage']])
  const unknown = (await signIn('postless')).json()
  assert.deepEqual([unknown.scope, unknown.may], [{ kind: 'bodies', count: 0 }, []])
})

test('the session’s cookie is out of reach of scripts and of other sites, and over TLS of plain HTTP', async () => {
  const reply = await signIn('secretary')
  const [cookie] = reply.cookies
  assert.ok(cookie)
  const { value, ...attributes } = cookie
  assert.deepEqual(attributes, { name: 'dajuan-session', path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 12 * 3600 })
  assert.match(value, /^[\w-]{43}$/)
})

test('the token is random, new with each sign-in, and stored as its hash alone', async () => {
  const tokens = await Promise.all([opened('secretary'), opened('secretary')])
  assert.notEqual(tokens[0], tokens[1])
  const { rows } = await owner.query<{ text: string }>(`select string_agg(s::text, '') as text from access.session s`)
  for (const token of tokens) assert.ok(!rows[0]?.text.includes(token))
})

test('a wrong password, an unknown account and an inactive one are told apart neither by words', async () => {
  const replies = await Promise.all([
    signIn('secretary', 'wrong'),
    signIn('nobody'),
    signIn('gone'),
    signIn('other-desk'),
    signIn("' or 1=1 --"),
    signIn('secretary', 'DEMO-2024'),
  ])
  for (const reply of replies) {
    assert.equal(reply.statusCode, 401)
    assert.deepEqual(reply.json(), replies[0]?.json())
    assert.equal(reply.cookies.length, 0)
  }
})

test('… nor by time: each costs the same work', async () => {
  const least = { wrong: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY, inactive: Number.POSITIVE_INFINITY }
  const logins = { wrong: 'secretary', unknown: 'nobody', inactive: 'gone' }
  // Processor time rather than the clock's: other tests run beside this one.
  for (let round = 0; round < 6; round += 1)
    for (const kind of ['wrong', 'unknown', 'inactive'] as const) {
      await freed()
      const start = process.cpuUsage()
      await signIn(logins[kind], 'wrong')
      const { user, system } = process.cpuUsage(start)
      least[kind] = Math.min(least[kind], user + system)
    }
  await freed()
  const { wrong, unknown, inactive } = least
  assert.ok(Math.min(unknown, inactive) > wrong * 0.5 && Math.max(unknown, inactive) < wrong * 2, JSON.stringify(least))
})

test('account and password are checked for shape; spaces around the account don’t matter', async () => {
  assert.equal((await signIn(' secretary ')).statusCode, 200)
  for (const [body, field] of [
    [{ password }, '/account'],
    [{ account: 'secretary' }, '/password'],
    [{ account: '', password }, '/account'],
    [{ account: 'x'.repeat(65), password }, '/account'],
    [{ account: 'secretary', password: 'x'.repeat(257) }, '/password'],
    [{ account: ['secretary'], password }, '/account'],
    [{ account: { $ne: '' }, password }, '/account'],
    [{ account: 'secretary', password: null }, '/password'],
    [{ account: 'secretary', password, admin: true }, '/admin'],
  ] as const) {
    const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: body as object })
    assert.equal(reply.statusCode, 422)
    assert.equal(reply.json().issues[0].field, field)
  }
  assert.equal((await signIn('secretary\u0000')).statusCode, 400)
  assert.equal((await app.inject({ method: 'POST', url: '/api/sign-in', payload: '{', headers: { 'content-type': 'application/json' } })).statusCode, 400)
})

test('a form of another site can’t sign anyone in: only JSON is read', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/sign-in',
      payload: JSON.stringify({ account: 'secretary', password }),
      headers: { 'content-type': type },
    })
    assert.ok([415, 422].includes(reply.statusCode), `${type} ${reply.statusCode}`)
    assert.equal(reply.cookies.length, 0)
  }
})

test('a token that is none, tampered with, or absurd is no session', async () => {
  const token = await opened('secretary')
  for (const bad of ['', 'x', `${token}x`, token.slice(1), token.toUpperCase(), 'x'.repeat(5000), "' or true --", '\u4e66'])
    assert.equal((await get('/api/desk/todo', encodeURIComponent(bad))).statusCode, 401, bad.slice(0, 20))
  assert.equal((await get('/api/desk/todo', token)).statusCode, 200)
})

test('signing out ends the session at once, everywhere, and a second time does nothing', async () => {
  const token = await opened('secretary')
  assert.equal((await get('/api/desk/todo', token)).statusCode, 200)
  const reply = await signOut(token)
  assert.equal(reply.statusCode, 200)
  assert.deepEqual([reply.cookies[0]?.value, reply.cookies[0]?.maxAge], ['', 0])
  for (const url of ['/api/desk/todo', '/api/session', '/api/records']) assert.equal((await get(url, token)).statusCode, 401, url)
  assert.equal((await signOut(token)).statusCode, 200)
  assert.equal((await signOut('')).statusCode, 200)
  assert.equal((await app.inject({ method: 'POST', url: '/api/sign-out' })).statusCode, 200)
})

test('a session that was being looked up while it ended is not kept', async () => {
  for (let round = 0; round < 5; round += 1) {
    const token = await opened('secretary')
    const reads = Array.from({ length: 6 }, () => get('/api/desk/todo', token))
    await signOut(token)
    await Promise.all(reads)
    assert.equal((await get('/api/desk/todo', token)).statusCode, 401)
  }
})

test('one session’s end leaves the others of the account', async () => {
  const [one, two] = await Promise.all([opened('secretary'), opened('secretary')])
  await signOut(one)
  assert.equal((await get('/api/session', two)).statusCode, 200)
})

test('a session of one city is none in another, even where it was looked up a moment ago', async () => {
  const [first, second] = [await opened('desk'), await opened('other-desk', host)]
  assert.equal((await get('/api/desk/todo', first)).statusCode, 200)
  assert.equal((await get('/api/desk/todo', second, host)).statusCode, 200)
  for (const url of ['/api/session', '/api/desk/todo', '/api/records', '/api/org/persons?q=王']) {
    assert.equal((await get(url, first, host)).statusCode, 401, `${url} of the second city with the first’s session`)
    assert.equal((await get(url, second)).statusCode, 401, `${url} of the first city with the second’s session`)
  }
})

test('an account that becomes inactive loses its sessions', async () => {
  const token = await opened('county')
  await owner.query(`update access.account set active = false where login = 'county'`)
  later()
  assert.equal((await get('/api/desk/todo', token)).statusCode, 401)
  await owner.query(`update access.account set active = true where login = 'county'`)
})

const idleSince = (minutes: number) =>
  owner.query(
    `update access.session set last_seen_at = clock_timestamp() - make_interval(mins => $1) where created_at = (select max(created_at) from access.session)`,
    [minutes],
  )
const whyEnded = async () => (await owner.query(`select ended_why from access.session order by created_at desc limit 1`)).rows[0].ended_why

test('a session ends when the post ends that it began with, whether held or appointed, and one that comes in between is there at once', async () => {
  const temporary = await addAccount(1, 'temporary', 'discipline-member', org.first)
  const token = await opened('temporary')
  await appoint(1, temporary, 'discipline-member', org.second)
  later()
  assert.equal((await get('/api/session', token)).json().posts.length, 2)
  await owner.query(`update access.appointment set valid_until = '2024-12-20' where account_id = $1 and body_id = $2`, [temporary, org.first])
  later()
  assert.equal((await get('/api/session', token)).statusCode, 401)
  assert.equal(await whyEnded(), 'post-ended')
  assert.equal((await signIn('temporary')).json().posts.length, 1)

  // The same by a holding of the person in the organisation.
  const { rows } = await owner.query<{ person_id: string }>(`select person_id from access.account where login = 'temporary'`)
  await owner.query(
    `insert into org.holding (tenant_id, holding_id, post, body_id, person_id, valid_from, known_from) values (1, $1, 'publicity-member', $2, $3, '2019-07-01', '2019-07-01')`,
    [newId(), org.county, rows[0]?.person_id],
  )
  const holder = await opened('temporary')
  assert.equal((await get('/api/session', holder)).json().posts.length, 2)
  await owner
    .query(`update org.holding set known_until = kit.now() where post = 'publicity-member'`)
    .catch(() => owner.query(`update org.holding set valid_until = '2024-12-20' where post = 'publicity-member'`))
  later()
  assert.equal((await get('/api/session', holder)).statusCode, 401)
  const { rows: entries } = await owner.query(`select detail from audit.entry where action = 'access.session-end' order by at desc, entry_id desc limit 1`)
  assert.deepEqual(entries[0].detail, { why: 'post-ended', lost: [`publicity-member ${org.county}`] })
})

test('a session that nobody used for the idle time is over; one in use goes on', async () => {
  const token = await opened('deputy')
  await idleSince(59)
  later()
  assert.equal((await get('/api/session', token)).statusCode, 200)
  later()
  const { rows } = await owner.query(
    `select clock_timestamp() - last_seen_at < interval '1 minute' as fresh from access.session order by created_at desc limit 1`,
  )
  assert.deepEqual(rows, [{ fresh: true }], 'its use is noted')
  await idleSince(60)
  later()
  assert.equal((await get('/api/session', token)).statusCode, 401)
})

test('a session ends by itself after its hours', async () => {
  const token = await opened('deputy')
  const { rows } = await owner.query<{ hours: number }>(
    `select round(extract(epoch from expires_at - created_at) / 3600)::int as hours from access.session order by created_at desc limit 1`,
  )
  assert.deepEqual(rows, [{ hours: 12 }])
  await owner.query(
    `update access.session set expires_at = clock_timestamp() - interval '1 second' where expires_at = (select max(expires_at) from access.session)`,
  )
  later()
  for (const url of ['/api/session', '/api/desk/todo']) assert.equal((await get(url, token)).statusCode, 401, url)
})

test('a session outlives the server’s restart', async () => {
  const token = await opened('secretary')
  const again = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  after(() => again.close())
  later()
  const reply = await again.inject({ method: 'GET', url: '/api/session', cookies: { 'dajuan-session': token } })
  assert.equal(reply.statusCode, 200)
})

test('every sign-in and sign-out leaves one audit entry with the account as actor', async () => {
  const entries = async () =>
    (await owner.query<{ action: string; actor_id: string }>(`select action, actor_id from audit.entry where action like 'access.%' order by at, entry_id`))
      .rows
  const before = (await entries()).length
  const token = await opened('secretary')
  await signOut(token)
  await signOut(token)
  const { rows } = await owner.query<{ id: string }>(`select account_id as id from access.account where login = 'secretary'`)
  const id = rows[0]?.id
  assert.deepEqual((await entries()).slice(before), [
    { action: 'access.sign-in', actor_id: id },
    { action: 'access.sign-out', actor_id: id },
  ])
})

test('the accounts to try are shown in a demonstration, with the post’s name, and nowhere else', async () => {
  writeFileSync(
    join(city.dataDir, 'demo-accounts.json'),
    JSON.stringify([{ account: 'zhibu', password: 'zhibu-2024', post: 'secretary', org: '示例支部', name: '王示例' }]),
  )
  const hints = (headers: Record<string, string>) => app.inject({ method: 'GET', url: '/api/session/hints', headers })
  assert.deepEqual((await hints({})).json(), { accounts: [{ account: 'zhibu', password: 'zhibu-2024', post: '书记', org: '示例支部', name: '王示例' }] })
  assert.deepEqual((await hints(host)).json(), { accounts: [] })
})

test('anyone is told the city, its date and whether it is the demonstration', async () => {
  const first = (await app.inject({ method: 'GET', url: '/api/place' })).json()
  assert.deepEqual({ ...first, now: first.now.slice(0, 10) }, { slug: 'changzhi', name: '示例市', demonstration: true, today: '2024-12-20', now: '2024-12-20' })
  const second = (await app.inject({ method: 'GET', url: '/api/place', headers: host })).json()
  assert.deepEqual([second.slug, second.demonstration, second.now.slice(0, 10)], ['second', false, new Date().toISOString().slice(0, 10)])
})
