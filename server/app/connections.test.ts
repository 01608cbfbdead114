// Slow, broken and greedy connections over real sockets, and the end of a server that still has work.
import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Fastify from 'fastify'
import { answerUnread, closeGently, patienceOptions, usualPatience } from './connections.ts'

async function served(patience: Partial<typeof usualPatience> = {}) {
  const { fastify, node } = patienceOptions({ ...usualPatience, ...patience })
  const app = Fastify({ ...fastify, http: node, clientErrorHandler: answerUnread })
  app.get('/', async () => 'here')
  app.post('/', async () => 'taken')
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, port: (app.server.address() as AddressInfo).port }
}

/** Writes the parts, a moment between them, and gives what came back until the server ended the connection. */
async function raw(port: number, parts: string[], pauseMs = 0): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (part) => (text += part)).on('error', () => undefined)
  const closed = new Promise((resolve) => socket.on('close', resolve))
  for (const part of parts) {
    if (!socket.destroyed) socket.write(part)
    await wait(pauseMs)
  }
  await closed
  return text
}
const bodyOf = (text: string) => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as { code: string; message: string; issues: unknown[] }

test('headers that never end are ended by the server, in our words', async (t) => {
  const { app, port } = await served({ headers: 300, checked: 50 })
  t.after(() => app.close())
  const began = performance.now()
  const text = await raw(port, ['GET / HTTP/1.1\r\nhost: x\r\n', ...Array.from({ length: 8 }, (_, n) => `x-${n}: 1\r\n`)], 100)
  assert.ok(performance.now() - began < 2000)
  assert.match(text, /^HTTP\/1\.1 408 /)
  assert.equal(bodyOf(text).code, 'bad-request')
})

test('a body that trickles in is ended when the time for a request is over', async (t) => {
  const { app, port } = await served({ headers: 200, request: 400, checked: 50 })
  t.after(() => app.close())
  const text = await raw(port, ['POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n', ...Array(12).fill('{')], 100)
  assert.match(text, /^HTTP\/1\.1 408 /)
})

test('a connection without a byte is closed', async (t) => {
  const { app, port } = await served({ silence: 200 })
  t.after(() => app.close())
  assert.equal(await raw(port, []), '')
})

test('a hundred slow connections keep nobody else out', async (t) => {
  const { app, port } = await served({ headers: 1000, checked: 50 })
  t.after(() => app.close())
  const slow = Array.from({ length: 100 }, () => raw(port, ['GET / HTTP/1.1\r\nhost: x\r\n']))
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'here')
  for (const text of await Promise.all(slow)) assert.match(text, /^HTTP\/1\.1 408 /)
})

test('headers that are too large, and what is no HTTP, are refused in the shape of every refusal', async (t) => {
  const { app, port } = await served()
  t.after(() => app.close())
  const large = await raw(port, [`GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`])
  assert.match(large, /^HTTP\/1\.1 431 /)
  assert.deepEqual(bodyOf(large), { code: 'too-large', message: '请求头太大。请清除本站的 Cookie 后再试。', issues: [] })
  const broken = await raw(port, ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 no http\r\n\r\n'])
  assert.match(broken, /^HTTP\/1\.1 400 /)
  assert.equal(bodyOf(broken).code, 'bad-request')
  // Two lengths, or a length and chunks: how one request is smuggled in another.
  const two = await raw(port, [
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n',
  ])
  assert.match(two, /^HTTP\/1\.1 400 /)
  assert.doesNotMatch(two, /200 OK/)
})

test('told to stop, the server takes no more, finishes what runs, and then ends', async () => {
  const app = Fastify()
  let finished = false
  app.get('/slow', async () => {
    await wait(600)
    finished = true
    return 'done'
  })
  app.addHook('onClose', async () => assert.equal(finished, true, 'jobs and database end after the last request'))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const slow = fetch(`${origin}/slow`)
  await wait(100)
  const began = performance.now()
  const closed = closeGently(app)
  await wait(50)
  await assert.rejects(fetch(`${origin}/slow`))
  const reply = await slow
  assert.deepEqual([reply.status, await reply.text()], [200, 'done'])
  await closed
  assert.ok(performance.now() - began < 3000, 'a connection kept open for more requests does not hold the end up')
})

test('a request that does not end is ended ten seconds after the stop', async (t) => {
  const app = Fastify()
  app.get('/never', () => new Promise(() => undefined))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const never = fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/never`)
  never.catch(() => undefined)
  await wait(100)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const closed = closeGently(app)
  t.mock.timers.tick(10_000)
  t.mock.timers.reset()
  await closed
  await assert.rejects(never)
})
