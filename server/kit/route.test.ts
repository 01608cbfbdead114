// Routes over HTTP: input checked against the contract, one transaction each, errors as replies.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import Fastify from 'fastify'
import { Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { type Code, Refusal, statusOf } from '#base/errors.ts'
import { testDatabase } from '#test/postgres.ts'
import type { Actor } from './actor.ts'
import { fileStore } from './files.ts'
import { oidcAt } from './oidc.ts'
import { errorReply, type Host, preparedRoute, route } from './route.ts'
import { secretsFrom } from './secrets.ts'
import { query, sql } from './sql.ts'

const { pool } = await testDatabase()
const id = '0190a000-0000-7000-8000-000000000001'
const reader: Actor = { accountId: id, personId: id, name: '王示例', sessionId: id, posts: [], scope: [id], unmasked: [], must: null }
const tenant = { id: 1, slug: 'a', name: 'a', host: null, pack: 'a', demonstration: false, clockOffset: 0 }
const host: Host = {
  pool,
  tenants: [tenant, { ...tenant, id: 2, host: 'b.example' }],
  authenticate: async (request) => (request.headers['x-who'] === 'reader' ? reader : null),
  allow: () => ({ post: 'secretary', bodyId: id, by: 'holding', until: null, may: [], reach: [id] }),
  refused: async () => undefined,
  masking: () => ({ isOpen: () => false, degree: () => 'partly' }),
  secrets: secretsFrom(Buffer.alloc(32)),
  may: () => true,
  oidc: oidcAt([]),
  files: fileStore('/nonexistent'),
  demoAccounts: () => [],
  checkReplies: true,
}

const Settings = Type.Object({ role: Type.String(), tenant: Type.Integer(), scope: Type.String(), actor: Type.String(), readonly: Type.String() })
const settings = query(
  'test.route-settings',
  Settings,
  (_: object) => sql`select current_user::text as role, kit.tenant_id() as tenant, kit.scope()::text as scope, coalesce(kit.actor()::text, '') as actor,
    current_setting('transaction_read_only') as readonly`,
)
const write = query(
  'test.route-write',
  Type.Object({}),
  (_: object) =>
    sql`insert into audit.entry (tenant_id, entry_id, action, object_kind, object_id) values (kit.tenant_id(), gen_random_uuid(), 'test', 'test', 'test')`,
)
const slow = query('test.route-slow', Type.Object({ said: Type.String() }), (_: object) => sql`select 'slow' || pg_sleep(0.2) as said`)
const entries = query('test.route-entries', Type.Object({ n: Type.Integer() }), (_: object) => sql`select count(*)::int as n from audit.entry`)

const seen = { summary: 'x', reply: Settings } as const
const say = { summary: 'x', reply: Type.Object({ said: Type.String() }) } as const
const closed = { additionalProperties: false }
const Body = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 5 }),
    age: Type.Integer({ minimum: 0, maximum: 9 }),
    kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
    code: Type.Optional(Type.String({ pattern: '^[0-9]+$' })),
    list: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 2 })),
  },
  closed,
)
const app = Fastify({ bodyLimit: 10_000 })
app.setErrorHandler((error, request, reply) => errorReply(error, request, reply))
const failing = (name: string, fail: () => unknown) =>
  route(endpoint({ id: name, method: 'GET', path: `/${name}`, access: 'public', ...say }), async () => {
    throw fail()
  })
const routes = [
  route(endpoint({ id: 'mine', method: 'GET', path: '/mine', ...seen }), ({ tx }) => tx.one(settings, {})),
  route(endpoint({ id: 'all', method: 'GET', path: '/all', reach: 'tenant', ...seen }), ({ tx }) => tx.one(settings, {})),
  route(endpoint({ id: 'open', method: 'GET', path: '/open', access: 'public', ...seen }), ({ tx }) => tx.one(settings, {})),
  route(endpoint({ id: 'do', method: 'POST', path: '/do', body: Body, ...seen }), ({ tx }) => tx.one(settings, {})),
  route(endpoint({ id: 'sly', method: 'GET', path: '/sly', summary: 'x', reply: Nothing }), async ({ tx }) => {
    await tx.all(write, {})
    return {}
  }),
  route(endpoint({ id: 'half', method: 'POST', path: '/half', summary: 'x', reply: Nothing }), async ({ tx }) => {
    await tx.all(write, {})
    throw new Refusal('conflict', '有人先改了。')
  }),
  route(endpoint({ id: 'entries', method: 'GET', path: '/entries', reach: 'tenant', summary: 'x', reply: Type.Object({ n: Type.Integer() }) }), ({ tx }) =>
    tx.one(entries, {}),
  ),
  route(
    endpoint({
      id: 'asked',
      method: 'GET',
      path: '/asked/:key',
      params: Type.Object({ key: Type.String({ maxLength: 5 }) }, closed),
      query: Type.Object({ n: Type.Optional(Type.Integer({ maximum: 9 })), on: Type.Optional(Type.Boolean()) }, closed),
      ...say,
    }),
    async ({ params, query: given }) => ({ said: JSON.stringify([params.key, given]) }),
  ),
  route(endpoint({ id: 'slow', method: 'GET', path: '/slow', access: 'public', ...say }), ({ tx }) => tx.one(slow, {})),
  route(endpoint({ id: 'drift', method: 'GET', path: '/drift', ...say }), async () => ({ said: 1 }) as never),
  route(endpoint({ id: 'small', method: 'POST', path: '/small', bodyLimit: 100, body: Type.Object({ text: Type.String() }), ...say }), async ({ body }) => ({
    said: body.text,
  })),
  ...(Object.keys(statusOf) as Code[]).map((code) => failing(code, () => new Refusal(code, `这是 ${code}`, [{ field: '/x', value: 1, message: '不对' }]))),
  failing('bug', () => new Error('secret detail of ours')),
  failing('text', () => 'not even an error'),
  route(endpoint({ id: 'nul', method: 'POST', path: '/nul', body: Type.Object({ text: Type.String() }), ...say }), async ({ tx, body }) =>
    tx.one(
      query(`test.nul-${body.text.length}`, Type.Object({ said: Type.String() }), (p: { text: string }) => sql`select ${p.text}::text as said`),
      body,
    ),
  ),
  preparedRoute(
    endpoint({ id: 'ready', method: 'GET', path: '/ready', ...say }),
    async () => {
      throw new Refusal('not-allowed', '先说不行')
    },
    async () => ({ said: 'never' }),
  ),
]
for (const one of routes) one(app, host)
after(() => app.close())

const who = { 'x-who': 'reader' }
const get = (url: string, headers: Record<string, string> = who) => app.inject({ method: 'GET', url, headers })
const post = (url: string, payload: string | object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, payload, headers: { ...who, ...headers } })
const good = { name: '王示例', age: 3, kind: 'a' }

test('an endpoint runs in the reader’s scope; one with reach tenant as the role that sees the tenant; without a session the scope is empty', async () => {
  assert.deepEqual((await get('/mine')).json(), { role: 'dajuan_scoped', tenant: 1, scope: `{${id}}`, actor: id, readonly: 'on' })
  assert.deepEqual((await get('/all')).json(), { role: 'dajuan_tenant', tenant: 1, scope: '{}', actor: id, readonly: 'on' })
  assert.deepEqual((await get('/open', {})).json(), { role: 'dajuan_scoped', tenant: 1, scope: '{}', actor: '', readonly: 'on' })
  assert.deepEqual((await post('/do', good)).json(), { role: 'dajuan_scoped', tenant: 1, scope: `{${id}}`, actor: id, readonly: 'off' })
})

test('without a session what is not public answers 401, before its input is looked at', async () => {
  for (const reply of [await get('/mine', {}), await app.inject({ method: 'POST', url: '/do', payload: { wrong: 1 } })]) {
    assert.equal(reply.statusCode, 401)
    assert.deepEqual(reply.json(), { code: 'not-signed-in', message: '请先登录。', issues: [] })
  }
})

test('the tenant is the one of the host name, the first where none has the name', async () => {
  for (const [name, expected] of [
    ['b.example', 2],
    ['b.example:8443', 2],
    ['other', 1],
  ] as const)
    assert.equal((await get('/mine', { ...who, host: name })).json().tenant, expected, name)
})

for (const code of Object.keys(statusOf) as Code[])
  test(`a refusal “${code}” answers ${statusOf[code]} with its code, message and issues`, async () => {
    const reply = await get(`/${code}`)
    assert.equal(reply.statusCode, statusOf[code])
    assert.deepEqual(reply.json(), { code, message: `这是 ${code}`, issues: [{ field: '/x', value: 1, message: '不对' }] })
  })

test('a bug of ours answers 500 with a number to tell, is logged with it, and tells nothing of itself', async (t) => {
  for (const [url, words] of [
    ['/bug', /secret detail of ours/],
    ['/text', /not even an error/],
  ] as const) {
    const log = t.mock.method(process.stderr, 'write', () => true)
    const reply = await get(url)
    log.mock.restore()
    assert.equal(reply.statusCode, 500)
    assert.equal(reply.json().code, 'error')
    assert.doesNotMatch(reply.body, words)
    const line = String(log.mock.calls[0]?.arguments[0])
    assert.match(line, words)
    assert.match(reply.json().message, new RegExp(JSON.parse(line).id))
  }
})

test('a GET can write nothing', async (t) => {
  t.mock.method(process.stderr, 'write', () => true)
  assert.equal((await get('/sly')).statusCode, 500)
  assert.deepEqual((await get('/entries')).json(), { n: 0 })
})

test('a POST that is refused half-way has written nothing', async () => {
  assert.equal((await post('/half', {})).statusCode, 409)
  assert.deepEqual((await get('/entries')).json(), { n: 0 })
})

test('each field wrong in turn answers 422 and names the field, the value and the way out', async () => {
  const wrong: [Record<string, unknown>, string, RegExp][] = [
    [{ name: '王' }, '/name', /至少 2 个字/],
    [{ name: '王示例王示例' }, '/name', /最多 5 个字/],
    [{ name: 5 }, '/name', /类型应为 string/],
    [{ name: undefined }, '/name', /必须填写/],
    [{ age: -1 }, '/age', /不能小于 0/],
    [{ age: 10 }, '/age', /不能大于 9/],
    [{ age: 1.5 }, '/age', /类型应为 integer/],
    [{ age: '3' }, '/age', /类型应为 integer/],
    [{ kind: 'c' }, '/kind', /不是可选的值/],
    [{ code: 'x' }, '/code', /格式不对/],
    [{ list: [] }, '/list', /至少 1 项/],
    [{ list: ['1', '2', '3'] }, '/list', /最多 2 项/],
    [{ list: [1] }, '/list/0', /类型应为 string/],
    [{ extra: 1 }, '/extra', /没有这个字段/],
  ]
  for (const [change, field, message] of wrong) {
    const reply = await post('/do', { ...good, ...change })
    assert.equal(reply.statusCode, 422, field)
    const { code, issues } = reply.json()
    assert.equal(code, 'invalid')
    const issue = issues.find((one: { field: string }) => one.field === field)
    assert.match(issue?.message ?? 'no such issue', message, reply.body)
  }
})

test('a body that is no object, or has several mistakes, is told so at once', async () => {
  for (const body of ['[]', '"x"', '7', 'null', 'true']) assert.equal((await post('/do', body, { 'content-type': 'application/json' })).statusCode, 422, body)
  const { issues } = (await post('/do', { name: '', age: 99, kind: 'c' })).json()
  assert.deepEqual([...new Set(issues.map((issue: { field: string }) => issue.field))].sort(), ['/age', '/kind', '/name'])
})

test('a value that is wrong is told back shortly, however long it was', async () => {
  const reply = await post('/do', { ...good, name: '长'.repeat(3000) })
  assert.equal(reply.statusCode, 422)
  assert.ok(reply.body.length < 1000, `${reply.body.length} characters`)
})

test('what is no JSON, too large, or of another type answers a clear 4xx', async () => {
  const cases: [Awaited<ReturnType<typeof post>>, number, string][] = [
    [await post('/do', '{"name":', { 'content-type': 'application/json' }), 400, 'bad-request'],
    [await post('/do', '', { 'content-type': 'application/json' }), 400, 'bad-request'],
    [await post('/do', '{"__proto__":{"polluted":1},"name":"王示例","age":3,"kind":"a"}', { 'content-type': 'application/json' }), 400, 'bad-request'],
    [await post('/do', { ...good, name: 'x'.repeat(20_000) }), 413, 'too-large'],
    [await post('/small', { text: 'x'.repeat(200) }), 413, 'too-large'],
    [await post('/do', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported-type'],
    [await post('/do', '<a/>', { 'content-type': 'text/xml' }), 415, 'unsupported-type'],
    [await post('/do', JSON.stringify(good), { 'content-type': 'text/plain' }), 422, 'invalid'],
    [await post('/nul', { text: 'a\u0000b' }), 400, 'bad-request'],
  ]
  for (const [reply, status, code] of cases) {
    assert.equal(reply.statusCode, status, reply.body)
    assert.equal(reply.json().code, code)
    assert.match(reply.json().message, /\p{Script=Han}/u)
  }
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

test('path and query are checked and converted; a name twice, a stranger and a bad escape are refused', async () => {
  assert.deepEqual(JSON.parse((await get('/asked/%E7%8E%8B?n=3&on=true')).json().said), ['王', { n: 3, on: true }])
  for (const url of [
    '/asked/a?n=10',
    '/asked/a?n=x',
    '/asked/a?n=1.5',
    '/asked/a?n=1e1',
    '/asked/a?n=',
    '/asked/a?on=1',
    '/asked/a?n=1&n=2',
    '/asked/a?m=1',
    '/asked/abcdef',
    '/asked/a?__proto__=1',
    '/asked/a?constructor=1',
  ]) {
    const reply = await get(url)
    assert.equal(reply.statusCode, 422, url)
    assert.ok(reply.json().issues.length > 0, url)
  }
  assert.equal((await get('/asked/%E7%8E')).statusCode, 400)
})

test('a reply that breaks its contract is caught where replies are checked', async (t) => {
  const log = t.mock.method(process.stderr, 'write', () => true)
  assert.equal((await get('/drift')).statusCode, 500)
  assert.match(String(log.mock.calls[0]?.arguments[0]), /reply of drift breaks its contract/)
})

test('what is refused while preparing opens no transaction', async () => {
  const reply = await get('/ready')
  assert.deepEqual([reply.statusCode, reply.json().code, reply.headers['x-queries']], [403, 'not-allowed', undefined])
})

test('requests without a session run few at a time; those with one don’t wait for them', async () => {
  let done = 0
  const waiting = Array.from({ length: 8 }, () => get('/slow', {}).finally(() => (done += 1)))
  const start = performance.now()
  assert.equal((await get('/slow')).statusCode, 200)
  assert.ok(done < 8, 'it did not stand in the queue')
  const replies = await Promise.all(waiting)
  assert.ok(performance.now() - start > 390, 'eight, three at a time, take three turns')
  assert.ok(replies.every(({ statusCode }) => statusCode === 200))
})

test('how many statements a request took is told, begin and commit included', async () => {
  assert.equal((await get('/mine')).headers['x-queries'], '3')
})

test('HEAD answers as GET without a body; a method that an address has not answers 404', async () => {
  const head = await app.inject({ method: 'HEAD', url: '/mine', headers: who })
  assert.deepEqual([head.statusCode, head.body], [200, ''])
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const)
    assert.equal((await app.inject({ method, url: '/do', headers: who })).statusCode, 404, method)
  assert.equal((await app.inject({ method: 'GET', url: '/do', headers: who })).statusCode, 404)
})
