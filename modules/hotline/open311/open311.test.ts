// Open311 GeoReport v2 over HTTP, against what the specification says of each reply, written here by hand (open311.org/GeoReport_v2).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { newId } from '#base/ids.ts'
import { hotlineCity } from '#test/hotline-city.ts'
import { callerOf } from '#test/server.ts'
import { spanOf, xmlOf } from './open311.rules.ts'

const city = await hotlineCity()
const { app, unit } = city
const nobody = await callerOf(app)
const [agent, dispatcher, lamps] = await Promise.all([city.as('agent'), city.as('dispatcher'), city.as('lamps')])

// The specification's tables: W3C date and time with a zone, two states, three types of service.
const W3c = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' })
const maybe = (type: TSchema) => Type.Optional(Type.Union([type, Type.Null()]))
const Text = Type.String()
const specified = {
  services: Type.Array(
    Type.Object({
      ...{
        service_code: Type.String({ minLength: 1 }),
        service_name: Text,
        description: maybe(Text),
        metadata: Type.Boolean(),
        keywords: maybe(Text),
        group: maybe(Text),
      },
      type: Type.Union(['realtime', 'batch', 'blackbox'].map((one) => Type.Literal(one))),
    }),
    { minItems: 1 },
  ),
  definition: Type.Object({
    service_code: Text,
    attributes: Type.Array(
      Type.Object({
        ...{ variable: Type.Boolean(), code: Text, required: Type.Boolean(), datatype_description: maybe(Text), order: Type.Integer(), description: Text },
        datatype: Type.Union(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'].map((one) => Type.Literal(one))),
        values: Type.Optional(Type.Array(Type.Object({ key: Text, name: Text }))),
      }),
    ),
  }),
  requests: Type.Array(
    Type.Object({
      ...{
        service_request_id: Text,
        status: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
        status_notes: maybe(Text),
        service_name: Text,
        service_code: Text,
      },
      ...{
        description: maybe(Text),
        agency_responsible: maybe(Text),
        service_notice: maybe(Text),
        requested_datetime: W3c,
        updated_datetime: maybe(W3c),
        expected_datetime: maybe(W3c),
      },
      ...{ address: maybe(Text), address_id: maybe(Text), zipcode: maybe(Text), lat: maybe(Type.Number()), long: maybe(Type.Number()), media_url: maybe(Text) },
    }),
  ),
}
const must = (schema: TSchema, value: unknown): void => assert.ok(Compile(schema).Check(value), JSON.stringify(Compile(schema).Errors(value).slice(0, 3)))
const form = (url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    payload: new URLSearchParams(fields).toString(),
  })
const enter = async (more: object = {}): Promise<{ ticketId: string; number: string }> => {
  const reply = await agent.post('/api/hotline/tickets', {
    ...{
      id: newId(),
      channel: 'phone',
      category: 'street-lamps',
      county: '140427',
      place: '秘密小区3号',
      title: '不能外传的标题',
      body: '不能外传的内容',
      caller: { name: '不能外传', phone: '03551234567' },
    },
    ...more,
  })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
/** A strict reader of the XML that we write: elements must nest and text be escaped; gives names of elements with how often each comes. */
function readXml(text: string): Map<string, number> {
  assert.match(text, /^<\?xml version="1\.0" encoding="utf-8"\?>\n/)
  const open: string[] = []
  const found = new Map<string, number>()
  for (const [whole, end, name = ''] of text.slice(text.indexOf('\n') + 1).matchAll(/<(\/?)([\w]+)>|[^<]+|</g)) {
    if (!whole.startsWith('<')) assert.doesNotMatch(whole.replaceAll(/&(amp|lt|gt|quot);/g, ''), /[&>]/)
    else if (end === '/') assert.equal(open.pop(), name)
    else {
      assert.notEqual(name, '', `a bare <: ${whole}`)
      found.set(name, (found.get(name) ?? 0) + 1)
      open.push(name)
    }
  }
  assert.deepEqual(open, [])
  return found
}

test('[GeoReport v2] services, a definition, requests and one request are as the specification says, in JSON and in XML', async () => {
  const { number } = await enter()
  const services = await nobody.get('/open311/v2/services.json?jurisdiction_id=example.cn')
  must(specified.services, services.json())
  assert.equal(services.headers['content-type'], 'application/json; charset=utf-8')
  must(specified.definition, (await nobody.get('/open311/v2/services/street-lamps.json')).json())
  must(specified.requests, (await nobody.get('/open311/v2/requests.json')).json())
  const one = (await nobody.get(`/open311/v2/requests/${number}.json`)).json()
  must(specified.requests, one)
  assert.equal(one.length, 1)
  assert.deepEqual((await nobody.get(`/open311/v2/tokens/${number}.json`)).json(), [{ service_request_id: number, token: number }])
  const xml = await nobody.get('/open311/v2/services.xml')
  assert.equal(xml.headers['content-type'], 'text/xml; charset=utf-8')
  assert.equal(readXml(xml.body).get('service'), services.json().length)
  const requests = readXml((await nobody.get(`/open311/v2/requests/${number}.xml`)).body)
  assert.deepEqual([requests.get('service_requests'), requests.get('request'), requests.get('service_request_id')], [1, 1, 1])
  const definition = readXml((await nobody.get('/open311/v2/services/street-lamps.xml')).body)
  assert.deepEqual([definition.get('service_definition'), definition.get('attribute'), (definition.get('value') ?? 0) > 5], [1, 1, true])
})

test('[H8] nobody and nothing said stands in a request; what is withheld and what is a part are not there', async () => {
  const plain = await enter()
  const kept = await enter({ withheld: true })
  await dispatcher.post(`/api/hotline/tickets/${plain.ticketId}/steps`, {
    stepId: newId(),
    revision: 1,
    step: 'dispatch',
    unitId: unit.lamps,
    note: '不能外传的说明',
  })
  for (const url of ['/open311/v2/requests.json', '/open311/v2/requests.xml', `/open311/v2/requests/${plain.number}.json`])
    assert.doesNotMatch((await nobody.get(url)).body, /不能外传|秘密小区|03551234567|李明/, url)
  assert.equal((await nobody.get(`/open311/v2/requests/${kept.number}.json`)).statusCode, 404)
  const [seen] = (await nobody.get(`/open311/v2/requests/${plain.number}.json`)).json()
  assert.deepEqual([seen.status, seen.agency_responsible, seen.address, seen.description], ['open', '市城市管理局', '壶关县', null])
})

test('our states are mapped down to open and closed; filters by id, service, status and dates; pages', async () => {
  const { ticketId, number } = await enter({ category: 'heating' })
  await dispatcher.post(`/api/hotline/tickets/${ticketId}/steps`, { stepId: newId(), revision: 1, step: 'drop', told: '不属于受理范围。' })
  const other = await enter({ category: 'heating' })
  const ids = async (query: string): Promise<string[]> =>
    (await nobody.get(`/open311/v2/requests.json?${query}`)).json().map((one: { service_request_id: string }) => one.service_request_id)
  assert.deepEqual(await ids('service_code=heating&status=closed'), [number])
  assert.deepEqual(await ids('service_code=heating&status=open'), [other.number])
  assert.deepEqual((await ids('service_code=heating&status=open,closed')).sort(), [number, other.number].sort())
  assert.deepEqual(
    (await ids(`service_request_id=${number},${other.number}&status=open`)).sort(),
    [number, other.number].sort(),
    'ids override the other filters',
  )
  assert.deepEqual(await ids('service_code=heating&start_date=2024-01-01T00:00:00Z&end_date=2024-02-01T00:00:00Z'), [])
  const [first, second] = [await ids('service_code=heating&page_size=1&page=1'), await ids('service_code=heating&page_size=1&page=2')]
  assert.deepEqual([...first, ...second].sort(), [number, other.number].sort())
  assert.equal((await nobody.get('/open311/v2/requests.json?start_date=yesterday')).statusCode, 400)
  const span = spanOf('2020-01-01T00:00:00Z', '2024-01-01T00:00:00Z', new Date())
  assert.deepEqual([span?.until, span?.since], ['2024-01-01T00:00:00.000Z', '2023-10-03T00:00:00.000Z'], 'never more than 90 days')
})

test('a request is entered with the key of an account that takes tickets; without one, or with another’s, it is refused as the specification says', async () => {
  const { key } = (await agent.get('/api/hotline/open311-key')).json()
  const fields = {
    service_code: 'street-lamps',
    description: '程序代报：路灯不亮 <b>&',
    address_string: '示例路5号',
    'attribute[county]': '140427',
    first_name: '某',
    phone: '03557654321',
    email: 'a@b.cn',
  }
  const posted = await form('/open311/v2/requests.json', { api_key: key, ...fields })
  assert.equal(posted.statusCode, 200, posted.body)
  const [{ service_request_id: number, service_notice: notice }] = posted.json()
  const code = /\d{8}/.exec(notice)?.[0]
  assert.equal((await nobody.post('/api/12345/follow', { number, code })).statusCode, 200)
  const xml = await form('/open311/v2/requests.xml', { api_key: key, ...fields })
  assert.equal(readXml(xml.body).get('service_request_id'), 1)
  for (const bad of ['', 'none', `${key}x`]) {
    const refused = await form('/open311/v2/requests.json', { api_key: bad, ...fields })
    assert.deepEqual([refused.statusCode, refused.json()[0].code], [403, 403])
  }
  const none = await form('/open311/v2/requests.xml', { api_key: key, ...fields, service_code: 'ufo' })
  assert.equal(none.statusCode, 400)
  assert.deepEqual(
    readXml(none.body),
    new Map([
      ['errors', 1],
      ['error', 1],
      ['code', 1],
      ['description', 1],
    ]),
  )
  assert.equal((await lamps.get('/api/hotline/open311-key')).statusCode, 403)
  assert.equal((await nobody.get('/open311/v2/nothing.json')).statusCode, 404)
  assert.equal(
    (await app.inject({ method: 'POST', url: '/api/12345/follow', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'number=1' }))
      .statusCode,
    415,
    'forms are read here alone',
  )
})

test('what XML can’t hold is left out and what is markup is escaped', () => {
  assert.equal(
    xmlOf('services', [{ a: '<x>&"\u0000\uffff' }]),
    '<?xml version="1.0" encoding="utf-8"?>\n<services><service><a>&lt;x&gt;&amp;&quot;</a></service></services>',
  )
})
