// Passkeys over HTTP, answered by an authenticator in memory: honest, and in every way dishonest.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { authenticator, type Lie } from '#test/authenticator.ts'
import { ledgerCity, password } from '#test/ledger-city.ts'

const closing: (() => Promise<void>)[] = []
// Registered before the city's own end: this server closes first.
after(async () => {
  for (const close of closing) await close()
})
const { owner, pool, dataDir } = await ledgerCity()
await owner.query(`insert into kit.tenant (tenant_id, slug, name, host, pack) values (2, 'second', '第二市', 'second.example', 'changzhi')`)
const app = await buildHttp({ pool, dataDir, checkReplies: true, proxies: ['127.0.0.1'] })
closing.push(() => app.close())
const origin = 'http://localhost:8080'
const host = 'localhost:8080'
type Cookies = Record<string, string>
const post = (url: string, payload: object, cookies: Cookies = {}, from = host) =>
  app.inject({ method: 'POST', url, payload, cookies, headers: { host: from } })
const get = (url: string, cookies: Cookies) => app.inject({ method: 'GET', url, cookies, headers: { host } })
const cookiesOf = (reply: Awaited<ReturnType<typeof post>>): Cookies => Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
const byPassword = async (account: string) => cookiesOf(await post('/api/sign-in', { account, password }))
const begin = async (cookies: Cookies, given = password, from = host) => post('/api/passkeys/options', { password: given }, cookies, from)
/** Adds a passkey to the account of the session. */
const add = async (cookies: Cookies, key = authenticator(origin), lie: Lie = {}, name = '办公室电脑') => {
  const { challenge, options } = (await begin(cookies)).json()
  return { key, reply: await post('/api/passkeys', { challenge, name, response: key.create(options, lie) }, cookies) }
}
const ask = async (from = host) => (await post('/api/sign-in/passkey/challenge', {}, {}, from)).json()
const signIn = async (key: ReturnType<typeof authenticator>, lie: Lie = {}) => {
  const { challenge, options } = await ask()
  return post('/api/sign-in/passkey', { challenge, response: key.get(options, lie) })
}
const entries = async (action: string) =>
  (await owner.query<{ detail: Record<string, string> }>('select detail from audit.entry where action = $1 order by at, entry_id', [action])).rows.map(
    ({ detail }) => detail,
  )

test('a passkey is added with the password, and signs in without a login name as both factors', async () => {
  const cookies = await byPassword('secretary')
  const { key, reply } = await add(cookies)
  assert.equal(reply.statusCode, 200, reply.body)
  const entered = await signIn(key)
  assert.equal(entered.statusCode, 200, entered.body)
  assert.deepEqual([entered.json().account, entered.json().must], ['secretary', null])
  assert.equal((await get('/api/session', cookiesOf(entered))).json().account, 'secretary')
  const listed = (await get('/api/passkeys', cookies)).json()
  assert.deepEqual([listed.asksPassword, listed.passkeys.length, listed.passkeys[0].name], [true, 1, '办公室电脑'])
  assert.ok(listed.passkeys[0].usedAt)
  assert.deepEqual((await entries('access.sign-in')).at(-1)?.['method'], 'passkey')
  assert.equal((await entries('access.passkey-add')).length, 1)
})

test('what is asked of an authenticator: a key of this site that finds its account, and a person verified', async () => {
  const { options } = (await begin(await byPassword('secretary'))).json()
  assert.deepEqual(
    [options.rp.id, options.authenticatorSelection.residentKey, options.authenticatorSelection.userVerification, options.attestation],
    ['localhost', 'required', 'required', 'none'],
  )
  assert.equal(options.excludeCredentials.length, 1, 'what it has is not offered again')
  const { options: asked } = await ask()
  assert.deepEqual([asked.rpId, asked.userVerification, asked.allowCredentials], ['localhost', 'required', undefined])
})

test('a new passkey wants a session and its account’s password', async () => {
  assert.equal((await begin({})).statusCode, 401)
  const cookies = await byPassword('second')
  const wrong = await begin(cookies, 'wrong')
  assert.deepEqual([wrong.statusCode, wrong.json().issues[0].field], [422, '/password'])
  assert.equal((await begin(cookies, '')).statusCode, 422)
})

test('a dishonest registration keeps nothing, and uses its challenge up', async () => {
  const cookies = await byPassword('second')
  const certificate = Uint8Array.from([48, 0])
  const lies: [string, Lie][] = [
    ['another origin', { origin: 'http://evil.example' }],
    ['another port', { origin: 'http://localhost:9090' }],
    ['another site', { site: 'evil.example' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['an answer to a sign-in', { type: 'webauthn.get' }],
    ['nobody verified', { flags: 1 }],
    ['nobody there', { flags: 4 }],
    [
      'certificates that name addresses',
      {
        attestation: new Map<string, unknown>([
          ['fmt', 'packed'],
          ['attStmt', new Map([['x5c', [certificate]]])],
        ]),
      },
    ],
    [
      'a format of phones',
      {
        attestation: new Map<string, unknown>([
          ['fmt', 'android-key'],
          ['attStmt', new Map([['x5c', [certificate]]])],
        ]),
      },
    ],
  ]
  for (const [what, lie] of lies) assert.equal((await add(cookies, authenticator(origin), lie)).reply.statusCode, 422, what)
  const key = authenticator(origin)
  const { challenge, options } = (await begin(cookies)).json()
  assert.equal((await post('/api/passkeys', { challenge, name: 'x', response: key.create(options, { flags: 1 }) }, cookies)).statusCode, 422)
  assert.equal((await post('/api/passkeys', { challenge, name: 'x', response: key.create(options) }, cookies)).statusCode, 422, 'used up')
  assert.deepEqual((await get('/api/passkeys', cookies)).json().passkeys, [])
})

test('a challenge belongs to its account, its purpose and its city', async () => {
  const [mine, theirs] = [await byPassword('second'), await byPassword('county')]
  const key = authenticator(origin)
  const { challenge, options } = (await begin(theirs)).json()
  assert.equal((await post('/api/passkeys', { challenge, name: 'x', response: key.create(options) }, mine)).statusCode, 422)
  const asked = await ask()
  const response = key.create({ ...options, challenge: asked.options.challenge })
  assert.equal((await post('/api/passkeys', { challenge: asked.challenge, name: 'x', response }, mine)).statusCode, 422)
})

test('a credential is registered once, whoever offers it again', async () => {
  const [mine, theirs] = [await byPassword('second'), await byPassword('county')]
  const { key } = await add(mine)
  for (const cookies of [mine, theirs]) assert.equal((await add(cookies, key)).reply.statusCode, 409)
  assert.deepEqual((await get('/api/passkeys', theirs)).json().passkeys, [])
})

test('a dishonest answer lets nobody in, tells nothing of why, and leaves its audit entry', async () => {
  const { key } = await add(await byPassword('deputy'))
  const before = (await entries('access.sign-in-refused')).length
  const lies: [string, Lie][] = [
    ['another origin', { origin: 'https://localhost:8080' }],
    ['another site', { site: 'evil.example' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['an answer to a registration', { type: 'webauthn.create' }],
    ['nobody verified', { flags: 1 }],
    ['nobody there', { flags: 4 }],
    ['another account', { userHandle: Buffer.from(newId()).toString('base64url') }],
    ['another signature', { signature: 'MEUCIQDN' }],
  ]
  const messages = new Set<string>()
  for (const [what, lie] of lies) {
    const reply = await signIn(key, lie)
    assert.deepEqual([reply.statusCode, reply.cookies.length], [401, 0], `${what} ${reply.body}`)
    messages.add(reply.body)
  }
  messages.add((await signIn(authenticator(origin))).body)
  assert.equal(messages.size, 1)
  const left = (await entries('access.sign-in-refused')).slice(before).map(({ wrong }) => wrong)
  assert.deepEqual(left, [...lies.map(() => 'answer'), 'unknown'])
  assert.equal((await signIn(key)).statusCode, 200)
})

test('a challenge is answered once, and within five minutes', async () => {
  const { key } = await add(await byPassword('desk'))
  const { challenge, options } = await ask()
  const response = key.get(options)
  const replies = await Promise.all([1, 2, 3].map(() => post('/api/sign-in/passkey', { challenge, response })))
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 401, 401])
  const late = await ask()
  await owner.query(`update access.challenge set expires_at = clock_timestamp() - interval '1 second' where challenge_id = $1`, [late.challenge])
  assert.equal((await post('/api/sign-in/passkey', { challenge: late.challenge, response: key.get(late.options) })).statusCode, 401)
  await ask()
  const { rows } = await owner.query('select 1 from access.challenge where challenge_id = $1', [late.challenge])
  assert.equal(rows.length, 0, 'what has expired goes')
  const other = await ask('second.example')
  assert.equal((await post('/api/sign-in/passkey', { challenge: other.challenge, response: key.get(other.options) })).statusCode, 401)
})

test('an authenticator whose counter stands still or goes back is a copy', async () => {
  const { key } = await add(await byPassword('desk'))
  assert.equal((await signIn(key, { counter: 20 })).statusCode, 200)
  for (const counter of [20, 19, 0]) assert.equal((await signIn(key, { counter })).statusCode, 401, String(counter))
  assert.equal((await signIn(key, { counter: 21 })).statusCode, 200)
})

test('a passkey of a closed account, and one of another city, let nobody in', async () => {
  const { key } = await add(await byPassword('county'))
  await owner.query(`update access.account set active = false where login = 'county'`)
  assert.equal((await signIn(key)).statusCode, 401)
  await owner.query(`update access.account set active = true where login = 'county'`)
  const { challenge, options } = await ask('second.example')
  const response = key.get({ ...options, rpId: 'second.example' }, { origin: 'http://second.example' })
  assert.equal((await post('/api/sign-in/passkey', { challenge, response }, {}, 'second.example')).statusCode, 401)
})

test('a passkey is renamed and removed by its own account alone, and signs in no more', async () => {
  const [mine, theirs] = [await byPassword('member'), await byPassword('second')]
  const { key, reply } = await add(mine)
  const { id } = reply.json()
  for (const [path, payload] of [
    ['name', { name: '抢来的' }],
    ['removal', {}],
  ] as const) {
    assert.equal((await post(`/api/passkeys/${id}/${path}`, payload, theirs)).statusCode, 404)
    assert.equal((await post(`/api/passkeys/${newId()}/${path}`, payload, mine)).statusCode, 404)
    assert.equal((await post(`/api/passkeys/${id}/${path}`, payload)).statusCode, 401)
  }
  for (const name of ['', '   ', 'x'.repeat(41)]) assert.equal((await post(`/api/passkeys/${id}/name`, { name }, mine)).statusCode, 422)
  assert.equal((await post(`/api/passkeys/${id}/name`, { name: ' 手机 ' }, mine)).statusCode, 200)
  assert.equal((await get('/api/passkeys', mine)).json().passkeys[0].name, '手机')
  assert.equal((await post(`/api/passkeys/${id}/removal`, {}, mine)).statusCode, 200)
  assert.equal((await signIn(key)).statusCode, 401)
  assert.equal((await post(`/api/passkeys/${id}/removal`, {}, mine)).statusCode, 404)
  assert.deepEqual((await get('/api/passkeys', mine)).json().passkeys, [])
  assert.deepEqual([(await entries('access.passkey-rename')).length, (await entries('access.passkey-remove')).length], [1, 1])
})

test('the only way in is not removed', async () => {
  const mine = await byPassword('member')
  const [one, two] = [(await add(mine)).reply.json().id, (await add(mine)).reply.json().id]
  await owner.query(`update access.account set password_hash = null where login = 'member'`)
  assert.equal((await get('/api/passkeys', mine)).json().asksPassword, false)
  assert.equal((await begin(mine, '')).statusCode, 200, 'an account without a password has shown itself by its session')
  assert.equal((await post(`/api/passkeys/${one}/removal`, {}, mine)).statusCode, 200)
  const last = await post(`/api/passkeys/${two}/removal`, {}, mine)
  assert.deepEqual([last.statusCode, (await get('/api/passkeys', mine)).json().passkeys.length], [409, 1])
  assert.match(last.json().message, /唯一的登录方式/)
})

test('by an address of numbers passkeys are refused, with the address to use instead', async () => {
  const cookies = await byPassword('secretary')
  for (const from of ['127.0.0.1:8080', '[::1]:8080']) {
    const reply = await post('/api/sign-in/passkey/challenge', {}, {}, from)
    assert.deepEqual([reply.statusCode, reply.json().message.includes('http://localhost:8080')], [409, true])
    assert.equal((await begin(cookies, password, from)).statusCode, 409)
  }
})

test('behind a proxy of ours the site is the one that browsers see', async () => {
  const headers = { host: '127.0.0.1:8080', 'x-forwarded-host': 'dajuan.example.gov.cn', 'x-forwarded-proto': 'https' }
  const seen = (url: string, payload: object, cookies: Cookies = {}) => app.inject({ method: 'POST', url, payload, cookies, headers })
  const session = cookiesOf(await seen('/api/sign-in', { account: 'desk', password }))
  const key = authenticator('https://dajuan.example.gov.cn')
  const begun = (await seen('/api/passkeys/options', { password }, session)).json()
  assert.equal(begun.options.rp.id, 'dajuan.example.gov.cn')
  const added = await seen('/api/passkeys', { challenge: begun.challenge, name: 'x', response: key.create(begun.options) }, session)
  assert.equal(added.statusCode, 200, added.body)
  const { challenge, options } = (await seen('/api/sign-in/passkey/challenge', {})).json()
  assert.equal((await seen('/api/sign-in/passkey', { challenge, response: key.get(options) })).statusCode, 200)
})

test('what is no answer at all is refused by its form', async () => {
  const { challenge, options } = await ask()
  const good = authenticator(origin).get(options)
  for (const response of [
    {},
    { ...good, id: '../x' },
    { ...good, rawId: 'AAAA' },
    { ...good, type: 'x' },
    { ...good, response: { ...good.response, signature: '' } },
  ]) {
    const { statusCode } = await post('/api/sign-in/passkey', { challenge, response })
    assert.ok([401, 422].includes(statusCode), String(statusCode))
  }
  const nonsense = Buffer.from('{"challenge":').toString('base64url')
  const reply = await post('/api/sign-in/passkey', { challenge, response: { ...good, response: { ...good.response, clientDataJSON: nonsense } } })
  assert.equal(reply.statusCode, 401)
})
