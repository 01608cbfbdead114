// Plain HTTP on the loopback alone, TLS elsewhere, and a proxy believed only where it was named.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as plain } from 'node:http'
import { type RequestOptions, request as secure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Fastify from 'fastify'
import { smallCity } from '#test/small-city.ts'
import { tlsOf } from './config.ts'
import { buildHttp, type HttpOptions } from './http.ts'
import { checkNetwork, proxiesAlone, proxyList, readTls } from './network.ts'
import { loadPacks } from './pack.ts'

const root = join(import.meta.dirname, '..', '..')
const files = { certFile: join(root, 'test/tls/localhost.cert.pem'), keyFile: join(root, 'test/tls/localhost.key.pem') }
const network = (more: object) => ({ host: '127.0.0.1', port: 0, tls: undefined, proxies: [], ...more })

loadPacks(join(root, 'packs'))
const closing: (() => Promise<unknown>)[] = []
// Said before the database's own end: the connections are closed before it is dropped.
after(async () => {
  for (const close of closing) await close()
})
const { pool } = await smallCity()
const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-network-'))
closing.push(async () => rmSync(dataDir, { recursive: true, force: true }))

async function serving(options: Partial<HttpOptions>): Promise<number> {
  const app = await buildHttp({ pool, dataDir, checkReplies: true, ...options })
  closing.push(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}

interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

function ask(send: typeof plain, options: RequestOptions, body?: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const sent = send({ host: '127.0.0.1', method: body === undefined ? 'GET' : 'POST', ...options, headers }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const account = { account: 'zhibu', password: 'zhibu-2024' }
const attributes = ({ headers }: Reply): string[] => String(headers['set-cookie']).split('; ')

test('plain HTTP is served to the loopback alone, unless a proxy is named', () => {
  for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) checkNetwork(network({ host }))
  for (const host of ['0.0.0.0', '::', '10.0.0.5', 'dajuan.example'])
    assert.throws(() => checkNetwork(network({ host })), /Plain HTTP on .* --tls-cert and --tls-key, .*--trust-proxy/)
  checkNetwork(network({ host: '0.0.0.0', tls: files }))
  checkNetwork(network({ host: '0.0.0.0', proxies: ['10.0.0.5'] }))
})

test('half of a pair, a file that is not there and what is no address are said in a sentence', () => {
  assert.throws(() => tlsOf('cert.pem', undefined), /both a certificate and its key/)
  assert.throws(() => readTls({ ...files, keyFile: '/nowhere/key.pem' }), /The TLS file \/nowhere\/key\.pem can't be read/)
  for (const proxy of ['nginx', '10.0.0.0/33', '10.0.0.5/', '10.0.0.0/8/8', '*', '']) assert.throws(() => proxyList([proxy]), /is no address of a proxy/, proxy)
})

test('a named network covers its addresses, also where they come mapped into IPv6, and no others', () => {
  const isProxy = proxyList(['10.1.0.0/16', '192.0.2.7', '2001:db8::/32'])
  for (const address of ['10.1.255.1', '::ffff:10.1.0.3', '192.0.2.7', '2001:db8::9']) assert.equal(isProxy(address), true, address)
  for (const address of ['10.2.0.1', '192.0.2.8', '::ffff:192.0.2.8', '2001:db9::1', '', 'localhost']) assert.equal(isProxy(address), false, address)
})

test('the command refuses another host without TLS before it makes anything, and exits with 1', async () => {
  const child = spawn(join(root, 'bin', 'dajuan'), ['serve', '--port', '0', '--host', '0.0.0.0', '--data', '/nowhere/dajuan'], {
    env: { ...process.env, DAJUAN_TLS_CERT: '', DAJUAN_TLS_KEY: '', DAJUAN_TRUST_PROXY: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (part: Buffer) => (err += part))
  const code = await new Promise((resolve) => child.on('close', resolve))
  assert.equal(code, 1)
  assert.match(err, /Plain HTTP on 0\.0\.0\.0 could be read/)
})

test('over TLS the certificate is the given one, cookies are for TLS alone, and browsers are told to stay with it', async () => {
  const port = await serving({ tls: readTls(files) })
  const ca = readFileSync(files.certFile)
  const reply = await ask(secure, { port, path: '/api/sign-in', host: 'localhost', ca }, account)
  assert.equal(reply.status, 200, reply.text)
  assert.equal(reply.headers['strict-transport-security'], 'max-age=31536000')
  assert.ok(attributes(reply).includes('Secure'))
  await assert.rejects(ask(plain, { port, path: '/api/place' }), 'plain HTTP on the TLS port is cut off')
  await assert.rejects(ask(secure, { port, path: '/api/place', ca, maxVersion: 'TLSv1.1' }), 'TLS older than 1.2 is refused')
})

test('a proxy that was not named is not believed', async () => {
  const port = await serving({})
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' }
  const reply = await ask(plain, { port, path: '/api/sign-in', headers }, account)
  assert.equal(reply.status, 200, reply.text)
  assert.equal(reply.headers['strict-transport-security'], undefined)
  assert.ok(!attributes(reply).includes('Secure'))
  const foreign = await ask(plain, { port, path: '/api/sign-in', headers: { ...headers, origin: 'https://evil.example' } }, account)
  assert.equal(foreign.status, 403)
})

test('a named proxy is believed: the address that is written down, the scheme, the host', async () => {
  const app = Fastify({ trustProxy: proxyList(['127.0.0.1']) })
  app.get('/', async (request) => [request.ip, request.protocol, request.host])
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.1, 203.0.113.9', 'x-forwarded-host': 'dajuan.example' }
  // What stands before the proxy's own entry was written by the client.
  assert.deepEqual((await app.inject({ url: '/', headers })).json(), ['203.0.113.9', 'https', 'dajuan.example'])
  const port = await serving({ proxies: ['127.0.0.1'] })
  const reply = await ask(plain, { port, path: '/api/sign-in', headers: { ...headers, origin: 'https://dajuan.example' } }, account)
  assert.equal(reply.status, 200, reply.text)
  assert.ok(attributes(reply).includes('Secure'))
  assert.equal(reply.headers['strict-transport-security'], 'max-age=31536000')
})

test('where plain HTTP is served for a proxy, another machine that comes directly is cut off', async (t) => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address
  const seen = async (proxies: string[]): Promise<string> => {
    const app = Fastify()
    app.get('/', async () => 'in')
    proxiesAlone(app.server, network({ host: '0.0.0.0', proxies }))
    await app.listen({ port: 0, host: own ?? '127.0.0.1' })
    t.after(() => app.close())
    const port = (app.server.address() as AddressInfo).port
    return ask(plain, { port, host: own ?? '127.0.0.1', path: '/' }).then(
      ({ text }) => text,
      () => 'cut off',
    )
  }
  assert.equal(await seen(['192.0.2.1']), 'cut off')
  assert.equal(await seen([own ?? '127.0.0.1']), 'in')
})
