// Requests for each operation of the OpenAPI document: its parameters and body drawn from their schemas, and sometimes bent as a whole.
import fc, { type Arbitrary } from 'fast-check'
import { hostileText, type Schema, type Seen, sent } from './values.ts'

/** An operation of the document, with what the fuzzer needs of it. */
export interface Operation {
  id: string
  method: 'GET' | 'POST'
  /** With `{name}` marks. */
  path: string
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[]
  /** Schema of the JSON body; undefined where there is none. */
  body: Schema | undefined
  /** The body is a file. */
  isFile: boolean
  /** Schema of what it replies with, by content type. */
  replies: Map<string, Schema>
}

export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  payload?: string | Buffer
}

interface OpenApi {
  paths: Record<string, Record<string, OpenApiOperation>>
}

interface OpenApiOperation {
  operationId: string
  parameters: Operation['parameters']
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: { 200: { content: Record<string, { schema: Schema }> } }
}

/** The operations of an OpenAPI document, as `dajuan openapi` prints it. */
export function operationsOf(document: object): Operation[] {
  return Object.entries((document as OpenApi).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters, requestBody, responses }]) => {
      const content = requestBody?.content ?? {}
      return {
        id: operationId,
        method: method.toUpperCase() as Operation['method'],
        path,
        parameters,
        body: content['application/json']?.schema,
        isFile: 'application/octet-stream' in content,
        replies: new Map(Object.entries(responses[200].content).map(([type, { schema }]) => [type, schema])),
      }
    }),
  )
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const files = fc.oneof(
  fc.constantFrom(png, png.subarray(0, 40), Buffer.alloc(0), Buffer.from('%PDF-1.4\n'), Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), Buffer.alloc(3000, 0x50)),
  fc
    .constantFrom('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', '<html><script>1</script>', 'a,b\r\n1,2\r\n"', '姓名,性别\n王示例,男\n')
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
)

/** Bodies that are no JSON of the right kind, with their content type. */
const bent: Arbitrary<[string, string | Buffer]> = fc.constantFrom<[string, string | Buffer][]>(
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '"x"'],
  ['application/json', '{"__proto__":{"polluted":1}}'],
  ['application/json', '{"constructor":{"prototype":{"polluted":1}}}'],
  ['application/json', '{"a":1,"a":2}'],
  ['application/json', '['.repeat(20_000)],
  ['application/json', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ['application/json', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['application/json; charset=gb18030', Buffer.from([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x3a, 0x31, 0x7d])],
  ['application/json', 'x'.repeat(1_100_000)],
  ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['text/plain', '{}'],
  ['application/octet-stream', '{}'],
)

const oddHeaders = fc.constantFrom<Record<string, string>[]>(
  { 'x-forwarded-for': "' or 1=1", 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  { host: '' },
  { host: 'evil.example:99999' },
  { host: '\u00ff\u00fe' },
  { cookie: 'dajuan-session=%00; dajuan-session=x; =; a' },
  { cookie: `dajuan-session=${'x'.repeat(4000)}` },
  { cookie: '__Host-dajuan-session=%E4%BD; dajuan-session=%ZZ' },
  { 'user-agent': '\u00e4'.repeat(3000) },
  { accept: 'text/html;q=x', 'accept-language': '*;;', range: 'bytes=9-1', 'if-none-match': '"' },
  { origin: 'https://evil.example' },
)

/** How one part of an address is written: as it should be, or not. */
function written(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.toWellFormed())
}

const queryBends = fc.constantFrom('&__proto__=1', '&constructor[a]=1', '&x', '&%', '&=', '&a%00=b', '&limit=1&limit=2', '&on=2024-01-01&on=2023-01-01', '#x')
const pathBends = fc.constantFrom('/', '//', '/..', '/%2e%2e', '%', '%ff', ';a=b', '/%00', '.json', '?', '\\')

/** What is sent to an operation: half of it by callers who know the contract, half by others. */
export function requestsOf(operation: Operation, seen: Omit<Seen, 'polite'>): Arbitrary<Sent> {
  return fc.oneof(requestsBy(operation, { ...seen, polite: true }), requestsBy(operation, { ...seen, polite: false }))
}

function requestsBy(operation: Operation, seen: Seen): Arbitrary<Sent> {
  const bends = seen.polite ? 0 : 1
  const values = operation.parameters.map((each) => {
    const value = sent(each.schema, each.name, seen)
    return (each.in === 'path' ? value : fc.option(value, { nil: undefined, freq: each.required ? 30 : 2 })).map((given) => ({ ...each, given }))
  })
  const payload: Arbitrary<[string, string | Buffer] | undefined> =
    operation.method === 'GET'
      ? fc.constant(undefined)
      : fc.oneof(
          {
            weight: 12,
            arbitrary: operation.isFile
              ? files.map((bytes): [string, Buffer] => ['application/octet-stream', bytes])
              : sent(operation.body ?? { type: 'object' }, '', seen).map((body): [string, string] => ['application/json', JSON.stringify(body) ?? '']),
          },
          { weight: bends, arbitrary: bent },
        )
  const headers = fc.oneof({ weight: 15, arbitrary: fc.constant({}) }, { weight: bends, arbitrary: oddHeaders })
  const queryBend = fc.oneof({ weight: 15, arbitrary: fc.constant('') }, { weight: bends, arbitrary: queryBends })
  const pathBend = fc.oneof({ weight: 40, arbitrary: fc.constant('') }, { weight: bends, arbitrary: fc.oneof(pathBends, hostileText.map(written)) })
  return fc.tuple(fc.tuple(...values), payload, headers, queryBend, pathBend).map(([given, body, more, queryBend, pathEnd]) => {
    let path = operation.path
    const query: string[] = []
    for (const { name, in: where, given: value } of given) {
      if (where === 'path') path = path.replace(`{${name}}`, () => written(value))
      else if (value !== undefined) query.push(...(Array.isArray(value) ? value.slice(0, 3) : [value]).map((each) => `${name}=${written(each)}`))
    }
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': body[0] }
    return {
      method: operation.method,
      url: `${path}${pathEnd}?${query.join('&')}${queryBend}`,
      headers: { ...type, ...more },
      ...(body === undefined ? {} : { payload: body[1] }),
    }
  })
}
