// Sign-in at a provider elsewhere, against a real one on this machine.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { TOTP } from 'otpauth'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { ledgerCity } from '#test/ledger-city.ts'
import { clientSecret, listening, providersOf, startProvider, throughProvider } from '#test/oidc.ts'
import { linkIdentity, unlinkIdentity } from './oidc.sql.ts'

const closing: (() => Promise<void>)[] = []
// Registered before the city's own end: this server closes first.
after(async () => {
  for (const close of closing) await close()
})
const city = await ledgerCity()
const { owner, pool } = city
await owner.query(`insert into kit.tenant (tenant_id, slug, name, host, pack) values (2, 'second', '第二市', 'second.example', 'changzhi')`)
const provider = await startProvider(['http://localhost/sign-in/return', 'http://second.example/sign-in/return'])
const gone = await startProvider([])
await gone.stop()
// A provider whose document leads elsewhere, to what must not be asked.
let askedElsewhere = 0
const elsewhere = await listening(() => (_request, response) => {
  askedElsewhere += 1
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})
const misleading = await listening((origin) => (_request, response) => {
  const document = {
    issuer: origin,
    authorization_endpoint: `${origin}/auth`,
    token_endpoint: `${elsewhere.origin}/token`,
    jwks_uri: `${elsewhere.origin}/keys`,
    authorization_response_iss_parameter_supported: false,
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
})
const entry = { issuer: provider.issuer, clientId: 'dajuan', clientSecret }
const app = await buildHttp({
  pool,
  dataDir: city.dataDir,
  checkReplies: true,
  proxies: ['127.0.0.1'],
  providers: providersOf([
    { ...entry, id: 'city', name: '市统一身份认证' },
    { ...entry, id: 'second-only', name: '第二市认证', tenant: 'second' },
    { ...entry, id: 'gone', name: '停了的认证', issuer: gone.issuer },
    { ...entry, id: 'misleading', name: '引错路的认证', issuer: misleading.origin },
  ]),
})
closing.push(() => app.close())
const accountOf = async (login: string): Promise<string> =>
  (await owner.query<{ id: string }>('select account_id as id from access.account where login = $1', [login])).rows[0]?.id ?? ''
const [secretary, member] = [await accountOf('secretary'), await accountOf('member')]
const [tenant] = await loadTenants(pool)
assert.ok(tenant)
const inTenant = <T>(work: Parameters<typeof transaction<T>>[2]) => transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, work)
const link = (subject: string, accountId: string) =>
  inTenant((tx) => tx.maybe(linkIdentity, { tenantId: 1, provider: 'city', subject, accountId, linkedBy: secretary }))

const second = { host: 'second.example' }
const start = async (id = 'city', headers: Record<string, string> = {}) => {
  const reply = await app.inject({ method: 'POST', url: '/api/sign-in/oidc/start', payload: { provider: id }, headers })
  return { reply, url: reply.json().url as string, cookies: Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value])) }
}
const post = (url: string, payload: object, cookies: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, payload, cookies, headers })
const finish = (query: string, cookies: Record<string, string>, headers: Record<string, string> = {}) =>
  post('/api/sign-in/oidc/finish', { query }, cookies, headers)
/** The whole way as `subject`. */
const signIn = async (subject: string, headers: Record<string, string> = {}) => {
  provider.who.subject = subject
  const { url, cookies } = await start('city', headers)
  return finish((await throughProvider(url)).search, cookies, headers)
}
const sessionOf = (reply: Awaited<ReturnType<typeof finish>>) => reply.cookies.find(({ name }) => name === 'dajuan-session')?.value
const refusals = async () =>
  (
    await owner.query<{ wrong: string }>(`select detail->>'wrong' as wrong from audit.entry where action = 'access.sign-in-refused' order by at, entry_id`)
  ).rows.map(({ wrong }) => wrong)

test('the sign-in page is told the providers of its city, and passkeys only where the host is a name', async () => {
  const ways = async (host: string) => (await app.inject({ method: 'GET', url: '/api/sign-in/ways', headers: { host } })).json()
  const names = ({ providers }: { providers: { id: string }[] }) => providers.map(({ id }) => id)
  const first = await ways('localhost:8080')
  assert.deepEqual([first.passkey, names(first), first.providers[0].name], [true, ['city', 'gone', 'misleading'], '市统一身份认证'])
  assert.deepEqual(names(await ways('second.example')), ['city', 'second-only', 'gone', 'misleading'])
  for (const host of ['127.0.0.1:8080', '[::1]:8080', '10.1.2.3']) assert.equal((await ways(host)).passkey, false, host)
})

test('the browser is sent to the provider with PKCE, state and nonce, and keeps what it must bring back out of reach of scripts', async () => {
  const { url, reply } = await start()
  const asked = new URL(url)
  assert.equal(asked.origin, provider.issuer)
  assert.deepEqual(
    ['response_type', 'client_id', 'redirect_uri', 'scope', 'code_challenge_method'].map((name) => asked.searchParams.get(name)),
    ['code', 'dajuan', 'http://localhost/sign-in/return', 'openid profile', 'S256'],
  )
  for (const name of ['state', 'nonce', 'code_challenge']) assert.match(asked.searchParams.get(name) ?? '', /^[\w-]{43}$/)
  const [cookie] = reply.cookies
  assert.ok(cookie)
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.maxAge], [true, 'Strict', 600])
  assert.ok(!cookie.value.includes(asked.searchParams.get('state') ?? ''))
  assert.notEqual(new URL((await start()).url).searchParams.get('state'), asked.searchParams.get('state'))
})

test('over TLS the cookie is one that no other host can set, and the way back is the address that browsers see', async () => {
  const { reply, url } = await start('city', { host: '127.0.0.1:8080', 'x-forwarded-host': 'dajuan.example.gov.cn', 'x-forwarded-proto': 'https' })
  assert.deepEqual(
    reply.cookies.map(({ name, secure, path }) => [name, secure, path]),
    [['__Host-dajuan-departure', true, '/']],
  )
  assert.equal(new URL(url).searchParams.get('redirect_uri'), 'https://dajuan.example.gov.cn/sign-in/return')
})

test('who is linked to no account is refused in words and waits for the operator; once linked, they are let in', async () => {
  const refused = await signIn('u-1001')
  assert.equal(refused.statusCode, 403, refused.body)
  assert.match(refused.json().message, /请联系系统管理员关联账号/)
  assert.equal(sessionOf(refused), undefined)
  const { rows: waiting } = await owner.query('select tenant_id, provider, name from access.identity where subject = $1 and account_id is null', ['u-1001'])
  assert.deepEqual(waiting, [{ tenant_id: 1, provider: 'city', name: '王建国' }])
  assert.ok(await link('u-1001', secretary))
  assert.equal(await link('u-1001', member), undefined, 'a subject that is linked is not linked again')
  assert.equal(await link('u-never-came', member), undefined)
  const reply = await signIn('u-1001')
  assert.equal(reply.statusCode, 200, reply.body)
  assert.equal(reply.json().account, 'secretary')
  const session = await app.inject({ method: 'GET', url: '/api/session', cookies: { 'dajuan-session': sessionOf(reply) ?? '' } })
  assert.equal(session.json().account, 'secretary')
  const { rows } = await owner.query(
    `select detail->>'method' as method, actor_id from audit.entry where action = 'access.sign-in' order by at desc, entry_id desc limit 1`,
  )
  assert.deepEqual(rows, [{ method: 'oidc', actor_id: secretary }])
})

test('a subject who bears an account’s name is nobody: accounts are known by their link alone', async () => {
  provider.who.name = 'secretary'
  assert.equal((await signIn('u-stranger')).statusCode, 403)
  provider.who.name = '王建国'
})

test('a link that is ended lets nobody in any more', async () => {
  assert.equal((await signIn('u-2002')).statusCode, 403)
  assert.ok(await link('u-2002', member))
  assert.equal((await signIn('u-2002')).statusCode, 200)
  const subject = { tenantId: 1, provider: 'city', subject: 'u-2002' }
  assert.equal(await inTenant((tx) => tx.maybe(unlinkIdentity, { ...subject, accountId: secretary })), undefined, 'it is not that account’s')
  assert.ok(await inTenant((tx) => tx.maybe(unlinkIdentity, { ...subject, accountId: member })))
  assert.equal((await signIn('u-2002')).statusCode, 403)
})

test('an account that was closed is not opened by its provider', async () => {
  await signIn('u-3003')
  await link('u-3003', member)
  await owner.query('update access.account set active = false where account_id = $1', [member])
  const reply = await signIn('u-3003')
  assert.deepEqual([reply.statusCode, sessionOf(reply)], [403, undefined])
  assert.match(reply.json().message, /已经停用/)
  await owner.query('update access.account set active = true where account_id = $1', [member])
})

test('an answer that is not to this departure lets nobody in, and each leaves its audit entry', async () => {
  provider.who.subject = 'u-1001'
  const before = (await refusals()).length
  const wrong: [string, (query: URLSearchParams) => unknown][] = [
    ['another state', (query) => query.set('state', 'x'.repeat(43))],
    ['no state', (query) => query.delete('state')],
    ['two states', (query) => query.append('state', 'x')],
    ['another issuer', (query) => query.set('iss', 'https://elsewhere.example')],
    ['no issuer', (query) => query.delete('iss')],
    ['another code', (query) => query.set('code', 'x'.repeat(43))],
    ['no code', (query) => query.delete('code')],
    ['the provider’s no', (query) => query.set('error', 'access_denied')],
  ]
  for (const [what, spoil] of wrong) {
    const { url, cookies } = await start()
    const { searchParams } = await throughProvider(url)
    spoil(searchParams)
    const reply = await finish(`?${searchParams}`, cookies)
    assert.deepEqual([reply.statusCode, reply.json().code, sessionOf(reply)], [401, 'not-signed-in', undefined], `${what}: ${reply.body}`)
    assert.match(reply.json().message, /请从登录页重新开始/)
    assert.equal(reply.cookies.find(({ name }) => name === 'dajuan-departure')?.value, '', 'a departure is good once')
  }
  assert.deepEqual(
    (await refusals()).slice(before),
    wrong.map(() => 'answer'),
  )
})

test('a code is good once, even with the cookie it came with', async () => {
  provider.who.subject = 'u-1001'
  const { url, cookies } = await start()
  const { search } = await throughProvider(url)
  assert.equal((await finish(search, cookies)).statusCode, 200)
  const again = await finish(search, cookies)
  assert.deepEqual([again.statusCode, sessionOf(again)], [401, undefined])
})

test('an answer with the nonce or the code of another departure is refused', async () => {
  const nonce = await start()
  const changed = new URL(nonce.url)
  changed.searchParams.set('nonce', 'x'.repeat(43))
  assert.equal((await finish((await throughProvider(changed.href)).search, nonce.cookies)).statusCode, 401)
  const [victim, attacker] = [await start(), await start()]
  const theirs = (await throughProvider(attacker.url)).searchParams
  theirs.set('state', new URL(victim.url).searchParams.get('state') ?? '')
  assert.equal((await finish(`?${theirs}`, victim.cookies)).statusCode, 401, 'PKCE binds a code to its departure')
})

test('without its cookie, with one of another city, or one not of our making, nobody comes back', async () => {
  const { url, cookies } = await start()
  const { search } = await throughProvider(url)
  const sealed = cookies['dajuan-departure'] ?? ''
  const spoilt: Record<string, string>[] = [{}, { 'dajuan-departure': '' }, { 'dajuan-departure': 'x' }, { 'dajuan-departure': `${sealed.slice(0, -4)}AAAA` }]
  for (const given of spoilt) assert.equal((await finish(search, given)).statusCode, 401)
  assert.equal((await finish(search, cookies, second)).statusCode, 401)
})

test('who is linked in one city is a stranger in another', async () => {
  assert.equal((await signIn('u-1001')).statusCode, 200)
  const reply = await signIn('u-1001', second)
  assert.deepEqual([reply.statusCode, sessionOf(reply)], [403, undefined])
  assert.equal((await start('second-only', second)).reply.statusCode, 200)
  assert.equal((await start('second-only')).reply.statusCode, 404)
  assert.equal((await start('no-such')).reply.statusCode, 404)
})

test('an account with an authenticator shows its code too: a provider is one factor', async () => {
  const cookies = { 'dajuan-session': sessionOf(await signIn('u-1001')) ?? '' }
  const begun = (await post('/api/account/authenticator/start', {}, cookies)).json()
  const totp = new TOTP({ secret: begun.secret })
  assert.equal((await post('/api/account/authenticator', { ticket: begun.ticket, code: totp.generate() }, cookies)).statusCode, 200)
  await owner.query('update access.account set totp_step = 0 where account_id = $1', [secretary])
  const half = await signIn('u-1001')
  assert.deepEqual([half.statusCode, half.json().code, sessionOf(half)], [401, 'second-factor', undefined])
  const kept = Object.fromEntries(half.cookies.map(({ name, value }) => [name, value]))
  const code = (given: string, with_: Record<string, string> = kept) => post('/api/sign-in/oidc/code', { code: given }, with_)
  assert.deepEqual([(await code('000000')).json().code, (await code(totp.generate(), {})).json().code], ['second-factor', 'not-signed-in'])
  const { cookies: departure } = await start()
  assert.equal((await code(totp.generate(), departure)).statusCode, 401, 'who has only left has shown nothing')
  const whole = await code(totp.generate())
  assert.deepEqual([whole.statusCode, whole.json().account], [200, 'secretary'])
  assert.ok(sessionOf(whole))
  assert.equal((await code(totp.generate())).statusCode, 401, 'a code is good once')
  await owner.query('update access.account set totp_secret = null where account_id = $1', [secretary])
})

test('a provider that can’t be asked, or that leads elsewhere, is told in words, and nothing but issuers is asked', async () => {
  const { reply } = await start('gone')
  assert.deepEqual([reply.statusCode, reply.json().message.includes('现在联系不上“停了的认证”')], [409, true])
  const led = await start('misleading')
  assert.equal(led.reply.statusCode, 200)
  const state = new URL(led.url).searchParams.get('state')
  const back = await finish(`?code=x&state=${state}`, led.cookies)
  assert.deepEqual([back.statusCode, askedElsewhere], [409, 0])
})

test('what a stranger sends is refused by its form', async () => {
  for (const payload of [{}, { provider: 1 }, { provider: '' }, { provider: 'city', issuer: elsewhere.origin }, { provider: 'x'.repeat(65) }])
    assert.equal((await post('/api/sign-in/oidc/start', payload, {})).statusCode, 422)
  for (const query of ['', 'x'.repeat(8193), null]) assert.equal((await post('/api/sign-in/oidc/finish', { query }, {})).statusCode, 422)
  assert.equal((await post('/api/sign-in/oidc/finish', { query: newId() }, {})).statusCode, 401)
})
