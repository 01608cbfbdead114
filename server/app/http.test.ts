// What stands before every endpoint: headers, requests of other sites' pages, kinds of content, odd methods and addresses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverOver } from '#test/server.ts'
import { smallCity } from '#test/small-city.ts'

const { app } = await serverOver(smallCity)
const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: 'gongwei', password: 'gongwei-2024' } })
const cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
const wanted = { from: '2024-12-01', to: '2024-12-02' }

test('every reply says what a browser may do with it, has a number, and is kept by no cache', async () => {
  const odd = await app.inject({ method: 'GET', url: '/api/records/%E7%8E' })
  for (const { headers, statusCode } of [
    ...(await Promise.all(['/api/place', '/api/no-such', '/api/records'].map((url) => app.inject({ method: 'GET', url })))),
    odd,
  ]) {
    assert.deepEqual(
      [
        'x-content-type-options',
        'x-frame-options',
        'referrer-policy',
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
        'content-security-policy',
        'cache-control',
      ].map((name) => headers[name]),
      [
        'nosniff',
        'DENY',
        'same-origin',
        'same-origin',
        'same-origin',
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
        'no-store',
      ],
      String(statusCode),
    )
    assert.match(String(headers['permissions-policy']), /camera=\(\), microphone=\(\)/)
    assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/)
    assert.equal(headers['server'] ?? headers['x-powered-by'], undefined)
  }
})

test('what a page of another site has the browser send is refused; our own pages, links and programs are served', async () => {
  const send = (method: 'GET' | 'POST', headers: Record<string, string>) =>
    app.inject({
      method,
      url: method === 'POST' ? '/api/records/export' : '/api/records',
      cookies,
      headers: { host: 'dajuan.example', ...headers },
      ...(method === 'POST' ? { payload: wanted } : {}),
    })
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'https://dajuan.example.evil.example' },
    { origin: 'https://dajuan.example:8443' },
    { origin: 'null' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' },
  ]
  for (const headers of foreign) {
    const reply = await send('POST', headers)
    assert.deepEqual([reply.statusCode, reply.json().code], [403, 'not-allowed'], JSON.stringify(headers))
  }
  const ours: Record<string, string>[] = [{}, { origin: 'https://dajuan.example', 'sec-fetch-site': 'same-origin' }, { origin: 'http://dajuan.example' }]
  for (const headers of ours) assert.equal((await send('POST', headers)).statusCode, 200, JSON.stringify(headers))
  // An image, a script, a fetch of another site's page; then a link that somebody follows.
  assert.equal((await send('GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).statusCode, 403)
  assert.equal((await send('GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).statusCode, 200)
})

test('what a form can send without asking is not read, and asking gets no permission', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '', 'application/json, text/plain', 'text/xml']) {
    const reply = await app.inject({ method: 'POST', url: '/api/records/export', cookies, headers: { 'content-type': type }, payload: JSON.stringify(wanted) })
    assert.deepEqual([reply.statusCode, reply.json().code], [415, 'unsupported-type'], type)
  }
  const asked = await app.inject({
    method: 'OPTIONS',
    url: '/api/records',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  })
  assert.ok(asked.statusCode >= 400)
  for (const reply of [asked, await app.inject({ method: 'GET', url: '/api/place', headers: { origin: 'http://localhost:80' } })])
    assert.deepEqual(
      Object.keys(reply.headers).filter((name) => name.startsWith('access-control-')),
      [],
    )
})

test('a method that no endpoint has, and an address with a way up in it, lead nowhere', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE'] as const)
    assert.equal((await app.inject({ method, url: '/api/records', cookies })).statusCode, 404, method)
  for (const url of [
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fpackage.json',
    '/api/../../package.json',
    '/_app/..%5c..%5cpackage.json',
    '/%00',
  ]) {
    const reply = await app.inject({ method: 'GET', url })
    assert.ok(reply.statusCode >= 400, `${url} ${reply.statusCode}`)
    assert.doesNotMatch(reply.body, /root:|"dajuan"/)
  }
})
