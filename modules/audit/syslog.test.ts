// Syslog against real listeners: every sealed entry once, in order, also when nobody listened for a while.
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import pg from 'pg'
import { loadPacks } from '#server/app/pack.ts'
import { openPool, transaction } from '#server/kit/db.ts'
import { appUrl } from '#server/kit/migrate.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { earlierEnded } from '#test/earlier-ended.ts'
import { testDatabase } from '#test/postgres.ts'
import { leaveEntry } from './index.ts'
import { relay } from './relay.service.ts'
import { seal as sealNow } from './seal.service.ts'
import { syslogMessage, targetOf } from './syslog.ts'

const closing: (() => unknown)[] = []
after(async () => {
  for (const close of closing) await close()
})
loadPacks(join(import.meta.dirname, '..', '..', 'packs'))
const { url, pool } = await testDatabase()
const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-syslog-'))
const owner = new pg.Client({ connectionString: url })
await owner.connect()
closing.push(
  () => owner.end(),
  () => rmSync(dataDir, { recursive: true, force: true }),
)
await owner.query(`insert into kit.tenant (tenant_id, slug, name, pack) values (1, 'one', '甲市', 'changzhi')`)
const [tenant] = await loadTenants(pool)
assert.ok(tenant)
const host = { pool, secrets: loadSecrets(dataDir), dataDir }

const seal: typeof sealNow = async (...given) => {
  await earlierEnded(owner)
  return sealNow(...given)
}
beforeEach(() => owner.query('truncate audit.entry, audit.link, audit.checkpoint, audit.relay'))

async function leave(count: number): Promise<void> {
  assert.ok(tenant)
  await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
    for (let n = 0; n < count; n += 1) await leaveEntry(tx, 'test.do', { kind: 'thing', id: 'a"]\\b' }, { secret: '机密' })
  })
  await seal(host, tenant)
}
const numbers = (messages: string[]) => messages.filter((text) => text.includes('test.do')).map((text) => Number(/ seq="(\d+)"/.exec(text)?.[1]))
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** A TCP listener that takes messages apart by their octet counts. */
async function listen(port = 0) {
  const received: string[] = []
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (part: Buffer) => {
      bytes = Buffer.concat([bytes, part])
      for (let space = bytes.indexOf(' '); space > 0; space = bytes.indexOf(' ')) {
        const length = Number(bytes.subarray(0, space).toString())
        if (bytes.length < space + 1 + length) return
        received.push(bytes.subarray(space + 1, space + 1 + length).toString())
        bytes = bytes.subarray(space + 1 + length)
      }
    })
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.close()
    await once(server, 'close')
  }
  return { received, close, port: (server.address() as AddressInfo).port }
}

test('by TCP: each sealed entry once and in order, checkpoints after theirs, and on from there when the target was away', async () => {
  const first = await listen()
  const syslog = `tcp://127.0.0.1:${first.port}`
  await leave(3)
  await relay({ pool, syslog }, tenant)
  await relay({ pool, syslog }, tenant)
  assert.deepEqual(numbers(first.received), upTo(3))
  assert.match(first.received[3] ?? '', /^<110>1 \S+ \S+ dajuan \d+ audit\.checkpoint \[audit@32473 tenant="one" seq="3" /)
  await first.close()
  await leave(1200)
  const log = test.mock.method(process.stderr, 'write', () => true)
  await relay({ pool, syslog }, tenant)
  await relay({ pool, syslog }, tenant)
  log.mock.restore()
  const again = await listen(first.port)
  await relay({ pool, syslog }, tenant)
  assert.deepEqual(numbers(again.received), upTo(1203).slice(3))
  await again.close()
})

test('by UDP: one message a datagram', async (t) => {
  const socket = createSocket('udp4')
  // Open, it would keep a failed file from ending.
  t.after(() => socket.close())
  const received: string[] = []
  socket.on('message', (message) => received.push(message.toString()))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  await leave(3)
  const whole = new Promise<void>((resolve) => socket.on('message', () => received.length === 4 && resolve()))
  await relay({ pool, syslog: `udp://127.0.0.1:${socket.address().port}` }, tenant)
  await whole
  assert.deepEqual(numbers(received), upTo(3))
})

test('two processes send each entry once between them', async () => {
  const server = await listen()
  const syslog = `tcp://127.0.0.1:${server.port}`
  const other = openPool(appUrl(url), 2)
  for (let round = 0; round < 5; round += 1) {
    await leave(5)
    await Promise.all([relay({ pool, syslog }, tenant), relay({ pool: other, syslog }, tenant)])
  }
  await other.end()
  await relay({ pool, syslog }, tenant)
  assert.deepEqual(numbers(server.received), upTo(25))
  await server.close()
})

test('a message holds ids, escaped as RFC 5424 asks, and neither details nor addresses', async () => {
  const server = await listen()
  await leave(1)
  await relay({ pool, syslog: `tcp://127.0.0.1:${server.port}` }, tenant)
  await server.close()
  const [message] = server.received
  assert.match(
    message ?? '',
    /^<110>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [!-~]{1,255} dajuan \d+ test\.do \[audit@32473 tenant="one" seq="1" entry="[0-9a-f-]{36}" kind="thing" object="a\\"\\\]\\\\b" hash="[0-9a-f]{64}"\]$/,
  )
  assert.doesNotMatch(message ?? '', /机密|secret/)
  assert.doesNotMatch(syslogMessage('t', '带 空格\n的很长的名字'.repeat(9), { a: 'x\ny' }), /\n/)
})

test('an address of a target is udp or tcp with host and port, and nothing else', () => {
  assert.deepEqual(targetOf('udp://logs.example:514'), { protocol: 'udp', host: 'logs.example', port: 514 })
  assert.deepEqual(targetOf('tcp://[::1]:601'), { protocol: 'tcp', host: '::1', port: 601 })
  for (const bad of ['', 'logs.example:514', 'http://logs.example:514', 'udp://logs.example', 'tcp://:514', 'udp://a:514/x'])
    assert.equal(targetOf(bad), undefined, bad)
})
