// Guessing, codes, passwords and sessions of one's own, over HTTP against a real PostgreSQL.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import { partOf } from '#server/kit/pack.ts'
import { ledgerCity, password } from '#test/ledger-city.ts'
import { securityPack } from '../access.pack.ts'
import { hashPassword } from '../access.rules.ts'

const city = await ledgerCity()
const { owner, app } = city
const security = partOf({ pack: 'changzhi' }, securityPack)

type Cookies = Record<string, string>
const call = (method: 'GET' | 'POST', url: string, body: unknown, cookies: Cookies = {}, from = '10.0.0.1') =>
  app.inject({ method, url, cookies, remoteAddress: from, ...(method === 'POST' ? { payload: body as object } : {}) })
const signIn = (body: object, cookies: Cookies = {}, from = '10.0.0.1') => call('POST', '/api/sign-in', body, cookies, from)
const guess = (account: string, from?: string, cookies: Cookies = {}) => signIn({ account, password: 'wrong' }, cookies, from)
const cookiesOf = (reply: Awaited<ReturnType<typeof call>>): Cookies => Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
const opened = async (account: string, more: object = {}) => {
  const reply = await signIn({ account, password, ...more })
  assert.equal(reply.statusCode, 200, reply.body)
  return cookiesOf(reply)
}
const value = async (text: string, values: unknown[] = []) => Object.values((await owner.query(text, values)).rows[0] ?? {})[0]
const idOf = (login: string) => value('select account_id from access.account where login = $1', [login])
const entries = async (action: string) => (await owner.query(`select * from audit.entry where action = $1 order by at, entry_id`, [action])).rows
/** The waits are over, as minutes later. */
const waited = () => owner.query(`update access.throttle set blocked_until = clock_timestamp() - interval '1 second' where blocked_until is not null`)
beforeEach(() => owner.query('delete from access.throttle'))

test('after five wrong passwords even the right one has to wait, and longer each time', async () => {
  for (let count = 0; count < 5; count += 1) assert.equal((await guess('second')).statusCode, 401)
  const refused = await signIn({ account: 'second', password })
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.json().code, 'too-many')
  assert.match(refused.json().message, /请过 (30|29) 秒再试/)
  assert.ok(Math.abs(Number(refused.headers['retry-after']) - 30) <= 1)
  const waits = []
  for (let count = 0; count < 7; count += 1) {
    await waited()
    assert.equal((await guess('second')).statusCode, 401)
    waits.push(Number((await guess('second')).headers['retry-after']))
  }
  assert.deepEqual(waits, [60, 120, 240, 480, 900, 900, 900])
  await waited()
  assert.equal((await signIn({ account: 'second', password })).statusCode, 200)
  assert.equal(await value('select count(*)::int from access.throttle where failures = 12'), 1, 'the address keeps its count')
  assert.equal((await guess('second')).statusCode, 401, 'the account begins anew')
})

test('an account that is not there waits just the same', async () => {
  const replies = async (login: string) => {
    const told = []
    for (let count = 0; count < 7; count += 1) {
      const { statusCode, body, headers } = await guess(login)
      told.push([statusCode, body.replace(/\d+ 秒/, 'n 秒'), headers['retry-after'] === undefined])
    }
    return told
  }
  assert.deepEqual(await replies('nobody-of-this-name'), await replies('county'))
})

test('strangers’ guesses don’t keep out whoever has signed in on this device before', async () => {
  const { 'dajuan-device': device = '' } = await opened('deputy')
  for (let count = 0; count < 8; count += 1) await guess('deputy', '10.9.9.9')
  assert.equal((await signIn({ account: 'deputy', password })).statusCode, 429, 'on a new device one waits')
  assert.equal((await signIn({ account: 'deputy', password }, { 'dajuan-device': device })).statusCode, 200)
  for (const made of [device.split('.')[0] ?? '', `${device}x`, `x${device}`, device.split('.').reverse().join('.')])
    assert.equal((await signIn({ account: 'deputy', password }, { 'dajuan-device': made })).statusCode, 429, 'a device cookie of one’s own making is none')
  // The device is known to this account, not to others; and guesses on it count for it.
  for (let count = 0; count < 5; count += 1) assert.equal((await guess('member', '10.9.9.8', { 'dajuan-device': device })).statusCode, 401)
  assert.equal((await guess('member', '10.9.9.8', { 'dajuan-device': device })).statusCode, 429)
  for (let count = 0; count < 5; count += 1) assert.equal((await guess('deputy', '10.9.9.7', { 'dajuan-device': device })).statusCode, 401)
  assert.equal((await signIn({ account: 'deputy', password }, { 'dajuan-device': device })).statusCode, 429)
})

test('a device that several people use is known to each of them, to six at most', async () => {
  let cookies: Cookies = {}
  for (const account of ['secretary', 'second', 'county']) cookies = { ...cookies, ...cookiesOf(await signIn({ account, password }, cookies)) }
  assert.equal(cookies['dajuan-device']?.split('.').length, 4)
  for (let count = 0; count < 6; count += 1) await guess('secretary', '10.9.9.9')
  assert.equal((await signIn({ account: 'secretary', password }, cookies)).statusCode, 200)
})

test('over TLS the cookies are __Host- ones, and one that a plain page could have set is not read', async () => {
  const behind = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true, proxies: ['127.0.0.1'] })
  const secure = { 'x-forwarded-proto': 'https', host: 'dajuan.example' }
  const reply = await behind.inject({ method: 'POST', url: '/api/sign-in', headers: secure, payload: { account: 'desk', password } })
  assert.deepEqual(
    reply.cookies.map(({ name, secure, httpOnly, sameSite, path, domain }) => ({ name, secure, httpOnly, sameSite, path, domain })),
    ['__Host-dajuan-session', '__Host-dajuan-device'].map((name) => ({ name, secure: true, httpOnly: true, sameSite: 'Strict', path: '/', domain: undefined })),
  )
  const token = reply.cookies[0]?.value ?? ''
  const session = async (name: string) => (await behind.inject({ method: 'GET', url: '/api/session', headers: secure, cookies: { [name]: token } })).statusCode
  assert.deepEqual([await session('__Host-dajuan-session'), await session('dajuan-session')], [200, 401])
  await behind.close()
})

test('guesses sent together are counted one by one', async () => {
  const replies = await Promise.all(Array.from({ length: 15 }, () => guess('county')))
  assert.equal(replies.filter(({ statusCode }) => statusCode === 401).length, 5)
  assert.equal(replies.filter(({ statusCode }) => statusCode === 429).length, 10)
})

test('an address that guesses at many accounts waits; others, and those known on their device, don’t', async () => {
  const { 'dajuan-device': device = '' } = await opened('desk')
  for (let count = 0; count < security.failures.per_address; count += 1) {
    const { statusCode } = await guess(`nobody-${count}`, '10.7.7.7')
    assert.equal(statusCode, 401)
  }
  assert.equal((await signIn({ account: 'desk', password }, {}, '10.7.7.7')).statusCode, 429)
  assert.equal((await signIn({ account: 'desk', password }, {}, '10.7.7.8')).statusCode, 200)
  assert.equal((await signIn({ account: 'desk', password }, { 'dajuan-device': device }, '10.7.7.7')).statusCode, 200)
})

test('failed sign-ins are audited with a mark in place of the login, and nothing that is kept of them tells it', async () => {
  const before = (await entries('access.sign-in-refused')).length
  await guess('a-very-special-login', '10.6.6.6')
  await guess('a-very-special-login', '10.6.6.6')
  await guess('second', '10.6.6.6')
  const left = (await entries('access.sign-in-refused')).slice(before)
  assert.deepEqual(
    left.map(({ actor_id, object_kind, address, detail }) => ({ actor_id, object_kind, address, detail })),
    Array.from({ length: 3 }, () => ({ actor_id: null, object_kind: 'login', address: '10.6.6.6', detail: { wrong: 'password', wait: 0 } })),
  )
  assert.equal(left[0]?.object_id, left[1]?.object_id)
  assert.notEqual(left[0]?.object_id, left[2]?.object_id)
  const kept = JSON.stringify([left, (await owner.query('select * from access.throttle')).rows])
  assert.doesNotMatch(kept, /special-login/)
  assert.doesNotMatch(JSON.stringify((await owner.query('select key from access.throttle')).rows), /10\.6/)
})

const codeOf = (secret: string, seconds = 0) =>
  new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 })
/** As if some codes were not yet used. */
const unused = (login: string) => owner.query('update access.account set totp_step = 0 where login = $1', [login])
/** Sets an authenticator up for a new session of the account. */
async function enrolled(login: string): Promise<{ secret: string; codes: string[]; cookies: Cookies }> {
  const cookies = await opened(login)
  const { ticket, secret, uri } = (await call('POST', '/api/account/authenticator/start', {}, cookies)).json()
  assert.match(uri, new RegExp(`^otpauth://totp/.*${login}\\?.*secret=${secret}`))
  const reply = await call('POST', '/api/account/authenticator', { ticket, code: codeOf(secret) }, cookies)
  assert.equal(reply.statusCode, 200, reply.body)
  return { secret, codes: reply.json().codes, cookies }
}

test('with an authenticator the password alone is not enough; each code is good once, a step early or late', async () => {
  const { secret } = await enrolled('member')
  const account = 'member'
  const asked = await signIn({ account, password })
  assert.deepEqual([asked.statusCode, asked.json().code, asked.cookies.length], [401, 'second-factor', 0])
  assert.doesNotMatch(asked.body, new RegExp(secret))
  assert.equal((await signIn({ account, password: 'wrong', code: codeOf(secret) })).json().code, 'not-signed-in', 'the password comes first')
  assert.equal((await signIn({ account, password, code: codeOf(secret) })).json().code, 'second-factor', 'the code that set it up is used')
  await unused(account)
  for (const seconds of [-30, 0, 30]) {
    const code = codeOf(secret, seconds)
    assert.equal((await signIn({ account, password, code })).statusCode, 200, `${seconds}`)
    assert.equal((await signIn({ account, password, code })).statusCode, 401, 'again')
  }
  await unused(account)
  for (const code of [codeOf(secret, -90), codeOf(secret, 90), '000000', '12345', 'x', '٠٠٠٠٠٠']) {
    await owner.query('delete from access.throttle')
    assert.equal((await signIn({ account, password, code })).json().code, 'second-factor', code)
  }
  const stored = await value(`select totp_secret from access.account where login = 'member'`)
  assert.ok(!String(stored).includes(secret), 'sealed')
})

test('wrong codes are counted like wrong passwords', async () => {
  for (let count = 0; count < 5; count += 1) assert.equal((await signIn({ account: 'member', password, code: '000000' })).statusCode, 401)
  assert.equal((await signIn({ account: 'member', password, code: '000000' })).statusCode, 429)
  assert.deepEqual((await entries('access.sign-in-refused')).at(-1)?.detail, { wrong: 'code', wait: 30 })
})

test('a recovery code stands in for the authenticator, once; new ones void the old; all go with the authenticator', async () => {
  const { codes, cookies } = await enrolled('county')
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  const [first = '', second = '', third = ''] = codes
  assert.equal((await signIn({ account: 'county', password, code: first.toLowerCase().replace('-', ' ') })).statusCode, 200)
  assert.equal((await signIn({ account: 'county', password, code: first })).statusCode, 401)
  assert.equal((await signIn({ account: 'secretary', password, code: second })).statusCode, 200, 'who needs none is let in')
  assert.equal((await call('GET', '/api/account', undefined, cookies)).json().recoveryCodes, 9)
  assert.doesNotMatch(JSON.stringify((await owner.query('select * from access.recovery_code')).rows), new RegExp(second.replace('-', '-?')))

  assert.equal((await call('POST', '/api/account/recovery-codes', { password: 'wrong' }, cookies)).statusCode, 422)
  const renewed = (await call('POST', '/api/account/recovery-codes', { password }, cookies)).json().codes
  assert.equal((await signIn({ account: 'county', password, code: third })).statusCode, 401)
  assert.equal((await signIn({ account: 'county', password, code: renewed[0] })).statusCode, 200)

  assert.equal((await call('POST', '/api/account/authenticator/remove', { password: 'wrong' }, cookies)).statusCode, 422)
  assert.equal((await call('POST', '/api/account/authenticator/remove', { password }, cookies)).statusCode, 200)
  assert.equal((await signIn({ account: 'county', password })).statusCode, 200)
  assert.equal(await value('select count(*)::int from access.recovery_code where account_id = $1', [await idOf('county')]), 0)
})

test('an enrolment is for the account that began it, needs a right code, and never replaces an authenticator', async () => {
  const [one, other] = [await opened('second'), await opened('secretary')]
  const { ticket, secret } = (await call('POST', '/api/account/authenticator/start', {}, one)).json()
  const send = (code: string, cookies: Cookies, sealed = ticket) => call('POST', '/api/account/authenticator', { ticket: sealed, code }, cookies)
  assert.equal((await send(codeOf(secret), other)).statusCode, 410)
  assert.equal((await send(codeOf(secret), one, `${ticket}A`)).statusCode, 410)
  assert.equal((await send('000000', one)).statusCode, 422)
  assert.equal((await send(codeOf(secret), one)).statusCode, 200)
  const again = (await call('POST', '/api/account/authenticator/start', {}, one)).json()
  assert.equal((await send(codeOf(again.secret), one, again.ticket)).statusCode, 409)
  await call('POST', '/api/account/authenticator/remove', { password }, one)
})

test('a post that asks for a second factor lets one do nothing else first; a passkey alone then asks for a code, too', async () => {
  security.second_factor_posts.push('full-time-deputy')
  try {
    const cookies = await opened('deputy')
    assert.equal((await call('GET', '/api/session', undefined, cookies)).json().must, 'second-factor')
    assert.equal((await call('GET', '/api/records', undefined, cookies)).json().code, 'not-ready')
    assert.equal((await call('GET', '/api/account', undefined, cookies)).json().secondFactorAsked, true)
    await owner.query(
      `insert into access.passkey (tenant_id, passkey_id, account_id, credential_id, public_key, counter, name) values (1, $1, $2, 'x', '\\x00', 0, '示例')`,
      [newId(), await idOf('deputy')],
    )
    scopesChanged()
    assert.equal((await call('GET', '/api/records', undefined, cookies)).statusCode, 200)
    assert.equal((await signIn({ account: 'deputy', password })).json().code, 'second-factor')
    const { codes } = (await call('POST', '/api/account/recovery-codes', { password }, cookies)).json()
    assert.equal((await signIn({ account: 'deputy', password, code: codes[0] })).statusCode, 200)
  } finally {
    security.second_factor_posts.pop()
  }
  assert.equal((await signIn({ account: 'deputy', password })).statusCode, 200, 'a passkey is no bar where none is asked for')
})

const good = '三晋大地 walnut 42'
const change = (body: object, cookies: Cookies) => call('POST', '/api/account/password', body, cookies)

test('a password is changed by showing the present one; other sessions end, this one goes on', async () => {
  const [here, there] = [await opened('second'), await opened('second')]
  assert.equal((await change({ password: 'wrong', next: good }, here)).json().issues[0].field, '/password')
  const reply = await change({ password, next: good }, here)
  assert.ok(reply.json().ended >= 1, reply.body)
  assert.equal((await call('GET', '/api/session', undefined, there)).statusCode, 401)
  assert.equal((await call('GET', '/api/session', undefined, here)).statusCode, 200)
  assert.equal((await signIn({ account: 'second', password })).statusCode, 401)
  assert.equal((await signIn({ account: 'second', password: good })).statusCode, 200)
  await owner.query(`update access.account set password_hash = $1 where login = 'second'`, [await hashPassword(password)])
})

test('a password that would be guessed first is refused, and it is said why', async () => {
  const cookies = await opened('second')
  for (const [next, why] of [
    ['short-9', /至少 10 个字符/],
    ['password123', /太常见/],
    ['1qaz2wsx3edc', /太常见/],
    ['Qwerty123456', /太常见/],
    ['my-SECOND-pet-dog', /账号名/],
    ['1111111111112', /重复/],
    [password, /至少|一样/],
  ] as const) {
    const reply = await change({ password, next }, cookies)
    assert.equal(reply.statusCode, 422, next)
    assert.match(reply.json().message, why, next)
    assert.equal(reply.json().issues[0].field, '/next')
  }
})

test('passwords asked for inside a session are throttled apart from sign-ins', async () => {
  const cookies = await opened('second')
  for (let count = 0; count < 5; count += 1) assert.equal((await change({ password: 'wrong', next: good }, cookies)).statusCode, 422)
  assert.equal((await change({ password, next: good }, cookies)).statusCode, 429)
  assert.equal((await signIn({ account: 'second', password })).statusCode, 200)
})

test('a password that somebody else has set, or that is too old, must be changed before anything else', async () => {
  const states = {
    'set by somebody else': () => owner.query(`update access.account set must_change = true where login = 'second'`),
    'too old': () => {
      security.passwords.days = 90
      return owner.query(`update access.account set password_set_at = clock_timestamp() - interval '91 days' where login = 'second'`)
    },
  }
  for (const make of Object.values(states)) {
    await make()
    const cookies = await opened('second')
    assert.equal((await call('GET', '/api/session', undefined, cookies)).json().must, 'password')
    const refused = await call('GET', '/api/records', undefined, cookies)
    assert.deepEqual([refused.statusCode, refused.json().code], [403, 'not-ready'])
    assert.equal((await call('GET', '/api/account', undefined, cookies)).statusCode, 200)
    assert.equal((await change({ password, next: good }, cookies)).statusCode, 200)
    assert.equal((await call('GET', '/api/records', undefined, cookies)).statusCode, 200)
    await owner.query(`update access.account set password_hash = $1 where login = 'second'`, [await hashPassword(password)])
    security.passwords.days = 0
  }
})

test('one sees one’s own sessions in words, ends one or all others, and nobody else’s', async () => {
  await owner.query('delete from access.session')
  const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0'
  const here = await opened('secretary')
  const away = cookiesOf(
    await app.inject({
      method: 'POST',
      url: '/api/sign-in',
      headers: { 'user-agent': agent },
      remoteAddress: '10.3.3.3',
      payload: { account: 'secretary', password },
    }),
  )
  const strange = await opened('second')
  const list = async (cookies: Cookies) => (await call('GET', '/api/account/sessions', undefined, cookies)).json().sessions
  const sessions: { id: string; device: string; method: string; address: string; current: boolean }[] = await list(here)
  assert.equal(sessions.length, 2)
  const other = sessions.find(({ current }) => !current)
  assert.deepEqual([other?.device, other?.method, other?.address], ['Windows Edge', 'password', '10.3.3.3'])
  assert.equal((await call('POST', `/api/account/sessions/${other?.id}/end`, {}, strange)).statusCode, 404)
  assert.equal((await call('GET', '/api/session', undefined, away)).statusCode, 200)
  assert.equal((await call('POST', `/api/account/sessions/${other?.id}/end`, {}, here)).statusCode, 200)
  assert.equal((await call('GET', '/api/session', undefined, away)).statusCode, 401)
  assert.equal((await call('POST', `/api/account/sessions/${other?.id}/end`, {}, here)).statusCode, 404)
  const [one, two] = [await opened('secretary'), await opened('secretary')]
  assert.deepEqual((await call('POST', '/api/account/sessions/end-others', {}, one)).json(), { ended: 2 })
  assert.deepEqual(
    [(await call('GET', '/api/session', undefined, here)).statusCode, (await call('GET', '/api/session', undefined, two)).statusCode],
    [401, 401],
  )
  assert.equal((await list(one)).length, 1)
  assert.equal((await list(strange)).length, 1)
})

test('one’s own account tells what each post lets one do, in words', async () => {
  const { posts, password: own, authenticator } = (await call('GET', '/api/account', undefined, await opened('secretary'))).json()
  assert.deepEqual([posts.length, posts[0].name, posts[0].body, posts[0].reach], [1, '书记', '示例市局第一党支部', 1])
  assert.ok(posts[0].may.includes('录入纪实'))
  for (const word of posts[0].may) assert.match(word, /\p{Script=Han}/u)
  assert.deepEqual([own.shortest, own.until, authenticator], [10, null, false])
})
