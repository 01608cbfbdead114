// Requests counted by class of endpoint, on a bare application with routes of each kind.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { errorReply } from '#server/kit/route.ts'
import { allEndpoints } from '#test/endpoints.ts'
import { isTable } from './cli/openapi.ts'
import { classOf, type Limits, usualLimits } from './limits.ts'
import { limitRequests } from './throttle.ts'

const made = {
  list: endpoint({ id: 'x.list', method: 'GET', path: '/api/x', summary: '', reply: Type.Object({}) }),
  enter: endpoint({ id: 'x.enter', method: 'POST', path: '/api/x', summary: '', reply: Type.Object({}) }),
  tell: endpoint({ id: 'x.tell', method: 'POST', path: '/api/tell', summary: '', access: 'public', reply: Type.Object({}) }),
  signIn: endpoint({ id: 'x.in', method: 'POST', path: '/api/sign-in', summary: '', access: 'public', reply: Type.Object({}) }),
  take: endpoint({ id: 'x.take', method: 'POST', path: '/api/x/export', summary: '', reply: Type.String() }),
  file: endpoint({ id: 'x.file', method: 'POST', path: '/api/x/file', summary: '', bodyLimit: 9_000_000, reply: Type.Object({}) }),
}

async function bare(limits: Partial<Limits>, handler: () => Promise<unknown> = async () => ({})) {
  const app = Fastify({ trustProxy: '127.0.0.1' })
  app.setErrorHandler((error, request, reply) => errorReply(error, request, reply))
  await app.register(cookie)
  await limitRequests(app, { ...usualLimits, ...limits })
  for (const each of Object.values(made)) app.route({ method: each.method, url: each.path, config: { endpoint: each }, handler })
  await app.ready()
  // Awaited here: an injected request is not sent before.
  const ask = async (url: string, method: 'GET' | 'POST', session?: string, address = '192.0.2.1') =>
    await app.inject({ url, method, headers: { 'x-forwarded-for': address }, cookies: session === undefined ? {} : { 'dajuan-session': session } })
  return { app, ask }
}

test('every endpoint’s class is told by its contract', async () => {
  assert.deepEqual(Object.fromEntries(Object.entries(made).map(([name, each]) => [name, classOf(each)])), {
    list: 'read',
    enter: 'write',
    tell: 'public-write',
    signIn: 'sign-in',
    take: 'export',
    file: 'upload',
  })
  // Whatever replies with a file to keep is an export, and is counted as one.
  for (const each of await allEndpoints()) if (isTable(each.reply)) assert.equal(classOf(each), 'export', each.id)
})

test('a session that asks too often waits, in our words and with the time; other sessions and other classes go on', async () => {
  const { ask } = await bare({ write: 3 })
  for (const _ of [1, 2, 3]) assert.equal((await ask('/api/x', 'POST', 'one')).statusCode, 200)
  const refused = await ask('/api/x', 'POST', 'one')
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.json().code, 'too-many')
  assert.match(refused.json().message, /^请求太频繁，请 \d+ 秒后再试。$/)
  assert.match(String(refused.headers['retry-after']), /^\d+$/)
  // The same session from another address is the same session.
  assert.equal((await ask('/api/x', 'POST', 'one', '192.0.2.9')).statusCode, 429)
  assert.equal((await ask('/api/x', 'POST', 'two')).statusCode, 200)
  assert.equal((await ask('/api/x', 'GET', 'one')).statusCode, 200)
})

test('without a session the address is counted, and a public write is counted by address whatever cookie it brings', async () => {
  const { ask } = await bare({ read: 2, 'public-write': 2 })
  for (const session of ['a', 'b']) assert.equal((await ask('/api/tell', 'POST', session)).statusCode, 200)
  assert.equal((await ask('/api/tell', 'POST', 'c')).statusCode, 429)
  assert.equal((await ask('/api/tell', 'POST', 'c', '192.0.2.2')).statusCode, 200)
  // Whoever has one IPv6 address has all of its network.
  for (const address of ['2001:db8::1', '2001:db8::ffff:2']) assert.equal((await ask('/api/tell', 'POST', undefined, address)).statusCode, 200)
  assert.equal((await ask('/api/tell', 'POST', undefined, '2001:db8:0:0:9::3')).statusCode, 429)
  assert.equal((await ask('/api/tell', 'POST', undefined, '2001:db8:0:1::1')).statusCode, 200)
  assert.equal((await ask('/api/tell', 'POST', undefined, '::ffff:192.0.2.1')).statusCode, 429)
  for (const _ of [1, 2]) assert.equal((await ask('/api/x', 'GET')).statusCode, 200)
  assert.equal((await ask('/api/x', 'GET')).statusCode, 429)
})

test('of one session two exports run at once; the third is told to wait, and may come when one is done', async () => {
  const waiting: (() => void)[] = []
  const { ask } = await bare({}, () => new Promise((done) => waiting.push(() => done({}))))
  const first = [ask('/api/x/export', 'POST', 'one'), ask('/api/x/export', 'POST', 'one')]
  const third = await ask('/api/x/export', 'POST', 'one')
  assert.deepEqual([third.statusCode, third.headers['retry-after']], [429, '5'])
  const other = ask('/api/x/export', 'POST', 'two')
  while (waiting.length < 3) await new Promise((turn) => setImmediate(turn))
  for (const done of waiting.splice(0)) done()
  for (const reply of await Promise.all([...first, other])) assert.equal(reply.statusCode, 200)
  const again = ask('/api/x/export', 'POST', 'one')
  while (waiting.length < 1) await new Promise((turn) => setImmediate(turn))
  waiting[0]?.()
  assert.equal((await again).statusCode, 200)
})
