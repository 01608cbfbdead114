// What was tried by hand against a running server, kept: odd keys and moments, invisible letters, many at once, other people's ids.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { scopeCity } from './scope-city.ts'

const { readers, truth, app, owner } = await scopeCity()
const { zhibu, gongwei } = readers
const branch = truth.orgs.find(({ id, kind }) => kind === 'branch' && zhibu.scope.has(id))?.id ?? ''
const entry = (more: object = {}) => ({ id: newId(), kind: 'theme-day', bodyId: branch, happenedOn: '2024-12-19', title: '示例主题党日', ...more })
const enter = async () => {
  const record = entry()
  assert.equal((await zhibu.post('/api/records', record)).statusCode, 200)
  return record.id
}
const session = async () => {
  const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: 'zhibu', password: 'zhibu-2024' } })
  return Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
}
const cookies = await session()
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const attach = (record: string, name: string, mark: string) =>
  app.inject({
    method: 'POST',
    url: `/api/records/${record}/attachments?name=${encodeURIComponent(name)}`,
    cookies,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.concat([png, Buffer.from(mark)]),
  })

test('a place in a list that nobody was given is refused, not an error of ours', async () => {
  const key = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const after of [
    'x',
    '',
    key(null),
    key([null]),
    key({ num: 1 }),
    key([1e99, 'a', newId()]),
    key([0, '\0', newId()]),
    key([0, 'a', '-'.repeat(36)]),
    key([0, 'a', 'A'.repeat(36)]),
  ])
    for (const url of [
      '/api/org/units',
      '/api/org/party-orgs',
      `/api/org/party-orgs/${branch}/members`,
      '/api/scoring/board?rubric=clean-2024',
      '/api/records',
    ]) {
      const { statusCode, body } = await zhibu.get(`${url}${url.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`)
      assert.equal(statusCode, 422, `${url} ${after}: ${body}`)
    }
})

test('a day or a moment that can’t be is refused, not an error of ours', async () => {
  const moments = [
    'x',
    '0',
    '1e9',
    '-000001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '275760-09-13',
    '0000-01-01T00:00:00Z',
    '2024-06-30T99:00:00Z',
    '2024-06-30T12:00:00+99:99',
    '2024-02-30',
    '9999-12-31',
  ]
  for (const asOf of moments)
    for (const url of [
      '/api/org/units',
      '/api/org/structure',
      `/api/org/bodies/${branch}/history`,
      '/api/answers/changzhi/figures',
      '/api/scoring/distribution?rubric=clean-2024',
    ]) {
      const { statusCode, body } = await gongwei.get(`${url}${url.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}`)
      assert.equal(statusCode, 422, `${url} ${asOf}: ${body.slice(0, 200)}`)
    }
  for (const from of ['0000-01-01', '2024-02-30']) assert.equal((await zhibu.get(`/api/records?from=${from}`)).statusCode, 422, from)
  for (const on of ['0000-00-00', '0000-01-01', '2024-02-30', '2023-02-29', '2024-13-01', '10000-01-01', '2024-1-1', 'x', '２０２４-01-01'])
    for (const url of ['/api/org/units', '/api/answers/changzhi/figures', '/api/scoring/distribution?rubric=clean-2024', `/api/roll?body=${branch}`])
      assert.equal((await gongwei.get(`${url}${url.includes('?') ? '&' : '?'}on=${encodeURIComponent(on)}`)).statusCode, 422, `${url} ${on}`)
})

test('a moment of knowledge as people write it is taken', async () => {
  for (const asOf of ['2024-06-30', '2024-06-30T12:00:00Z', '2024-06-30T12:00:00.123Z', '2024-06-30T20:00+08:00'])
    assert.equal((await gongwei.get(`/api/org/units?limit=1&asOf=${encodeURIComponent(asOf)}`)).statusCode, 200, asOf)
})

test('letters that turn the writing round are refused; letters without width are left out and make no title', async () => {
  for (const title of ['\u202e反转标题', '标题\u2066示例\u2069', '\u200b\u200b\u200b', '\u2060 \ufeff', '半\ud800个字'])
    assert.equal((await zhibu.post('/api/records', entry({ title }))).statusCode, 422, JSON.stringify(title))
  assert.equal((await zhibu.post('/api/records', entry({ place: '会议\u202e室' }))).statusCode, 422)
  const record = entry({ title: '示\u200b例\ufeff的主题党日' })
  assert.equal((await zhibu.post('/api/records', record)).statusCode, 200)
  assert.equal((await zhibu.get(`/api/records/${record.id}`)).json().current.title, '示例的主题党日')
})

test('a file’s name leads nowhere, ends no header, and reads as it is', async () => {
  const record = await enter()
  for (const [index, [name, kept]] of [
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\x.png', 'x.png'],
    ['a\r\nSet-Cookie: x=1.png', 'aSet-Cookie x=1.png'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['图\u200b片.png', '图片.png'],
    ['..', '附件'],
    ['"a".png', 'a.png'],
  ].entries()) {
    const reply = await attach(record, name ?? '', String(index))
    assert.deepEqual([reply.statusCode, reply.json().name], [200, kept])
    const file = await app.inject({ method: 'GET', url: `/api/attachments/${reply.json().id}`, cookies })
    assert.equal(file.headers['content-disposition'], `inline; filename*=UTF-8''${encodeURIComponent(kept ?? '')}`)
    assert.deepEqual([file.headers['content-type'], file.headers['x-content-type-options'], file.headers['set-cookie']], ['image/png', 'nosniff', undefined])
  }
})

test('one entry sent many times at once is one record; of many corrections at once one is taken', async () => {
  const record = entry()
  const entered = await Promise.all(Array.from({ length: 12 }, () => zhibu.post('/api/records', record)))
  assert.deepEqual([...new Set(entered.map(({ statusCode }) => statusCode))], [200])
  assert.equal(entered.filter((reply) => !reply.json().repeated).length, 1)
  const { id, kind: _kind, bodyId: _body, ...content } = record
  const corrected = await Promise.all(
    Array.from({ length: 12 }, (_, n) => zhibu.post(`/api/records/${id}/correction`, { ...content, version: 1, reason: `第${n}人`, title: `第${n}人的标题` })),
  )
  assert.deepEqual(corrected.map(({ statusCode }) => statusCode).sort(), [200, ...Array(11).fill(409)])
  const both = await Promise.all([
    ...Array.from({ length: 5 }, () => zhibu.post(`/api/records/${id}/withdrawal`, { version: 2, reason: '撤回示例' })),
    ...Array.from({ length: 5 }, (_, n) => zhibu.post(`/api/records/${id}/correction`, { ...content, version: 2, reason: `又第${n}人`, title: `又第${n}人` })),
  ])
  assert.equal(both.filter((reply) => reply.statusCode === 200 && !reply.json().repeated).length, 1)
  const { rows } = await owner.query(
    `select count(*) filter (where known_until = 'infinity')::int as open, count(*)::int as versions from ledger.record where record_id = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ open: 1, versions: 3 }])
})

test('one file sent many times at once is one attachment, and many files at once stay within their number', async () => {
  const record = await enter()
  const same = await Promise.all(Array.from({ length: 10 }, () => attach(record, 'a.png', 'same')))
  assert.deepEqual([...new Set(same.map(({ statusCode }) => statusCode))], [200])
  assert.equal(new Set(same.map((reply) => reply.json().id)).size, 1)
  const many = await Promise.all(Array.from({ length: 30 }, (_, n) => attach(record, 'b.png', `b${n}`)))
  assert.deepEqual(
    [200, 422].map((status) => many.filter(({ statusCode }) => statusCode === status).length),
    [19, 11],
  )
  assert.equal((await zhibu.get(`/api/records/${record}`)).json().attachments.length, 20)
})

test('one change of the organisation sent many times at once is one', async () => {
  const change = { id: newId(), on: '2024-12-20', name: '并发示例局', kind: 'agency', class: 'government', level: 'city', parent: null }
  const replies = await Promise.all(Array.from({ length: 8 }, () => gongwei.post('/api/org/changes/unit-create', change)))
  for (const reply of replies) assert.deepEqual(reply.json(), replies[0]?.json())
  assert.deepEqual((await owner.query(`select count(*)::int as n from org.unit where name = '并发示例局'`)).rows, [{ n: 1 }])
})

test('names that every object has are names like any other', async () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
    for (const body of [entry({ kind: name }), entry({ fields: { [name]: 'x' } }), entry({ people: { [name]: [newId()] } })])
      assert.equal((await zhibu.post('/api/records', body)).statusCode, 422, name)
    for (const url of [
      `/api/answers/${name.toLowerCase()}`,
      `/api/answers/changzhi/figures/${name.toLowerCase()}`,
      `/api/rubrics/${name.toLowerCase()}`,
      `/api/org/structure/${name}`,
      `/api/scoring/subjects/${newId()}/items/${name}/rows?rubric=clean-2024`,
    ])
      assert.equal((await gongwei.get(url)).statusCode, 404, url)
  }
  const raw = JSON.stringify(entry()).replace('{', '{"__proto__":{"polluted":true},')
  assert.equal(
    (await app.inject({ method: 'POST', url: '/api/records', cookies, headers: { 'content-type': 'application/json' }, payload: raw })).statusCode,
    400,
  )
})

test('an address that can’t be read answers as every other error does', async () => {
  const reply = await zhibu.get('/api/records/%E7%8E')
  assert.deepEqual([reply.statusCode, reply.json().code], [400, 'bad-request'])
  assert.deepEqual((await zhibu.get('/api/no-such')).json(), { code: 'not-found', message: '没有这个地址。', issues: [] })
})
