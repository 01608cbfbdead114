// Values for fields, from their schemas: mostly what fits, now and then what a hostile or careless caller sends.
import fc, { type Arbitrary } from 'fast-check'
import { newId, uuidPattern } from '#base/ids.ts'

/** The part of JSON Schema that contracts use. */
export interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  patternProperties?: Record<string, Schema>
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
}

/** Words and ids that replies have shown, in lists by field name and by module: what an attacker who can read would send next. */
export interface Seen {
  lists: Map<string, string[]>
  /** The module whose operation is being drawn or answered, and who asks. */
  module: string
  login: string
  /** Every value fits its schema: such requests get past the first check and into the rules. */
  polite: boolean
}

const MOST_KEPT = 60
const isId = new RegExp(uuidPattern)

/** Keeps the ids and short words of a reply; an object's `id` under the name of the field that held it: of `kinds: [{id}]` a `kind`. */
export function learn(seen: Seen, value: unknown, name = '', holder = ''): void {
  if (typeof value === 'string') {
    if (value.length > 40) return
    const own = one(name === 'id' ? holder : name)
    for (const list of isId.test(value) ? ['id', `id of ${seen.module}`, `${seen.login} ${own}`] : [own, `${own} of ${seen.module}`]) keep(seen, list, value)
  } else if (Array.isArray(value)) for (const each of value.slice(0, 5)) learn(seen, each, name, holder)
  else if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) learn(seen, each, key, name)
}

/** `bodies` and `bodyId` are about a `body`. */
function one(name: string): string {
  return name.replace(/Id$/, '').replace(/ies$/, 'y').replace(/s$/, '')
}

function keep(seen: Seen, name: string, value: string): void {
  const list = seen.lists.get(name) ?? []
  seen.lists.set(name, list)
  if (list.includes(value)) return
  // A full list lets go of one, chosen by the newcomer: always the same in the same run.
  list.splice(list.length < MOST_KEPT ? list.length : (value.charCodeAt(0) * 31 + value.charCodeAt(value.length - 1)) % MOST_KEPT, 1, value)
}

const long = (text: string, times: number) => text.repeat(times)

/** Texts that have broken programs before. */
export const hostileText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\0', 'a\0b', '\r\n', '\t', '\ud800', '\udc00x', '\u202egnp', '\u200b', '\ufeff', '\u2028', '０', '１２', 'ﷺ', '👩‍👩‍👧‍👦', 'İ', 'ß'],
    ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length', 'null', 'undefined', 'NaN', 'true', '-0', '1e309'],
    ...["'", "' or 1=1--", "'; select pg_sleep(3)--", "') union select null--", '$1', '%', '_', '\\', '%00', '%n%s', '\u0024{7*7}', '{{7*7}}', '#{7*7}'],
    ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', '=cmd|calc!A1', '@SUM(1)', '<!--#exec-->'],
    ...['../../etc/passwd', '..\\..\\win.ini', '/etc/passwd\0.png', 'file:///etc/passwd', 'http://169.254.169.254/', '\\\\host\\share'],
    ...['size(rows) > 0', '1 in [1]', 'record.happened_on', '((((((((((', '[[[[[[[[', '}{', '"', '`', 'a==a==a', '1+', '任意 > 3'],
    ...['0000-00-00', '2024-02-30', '9999-12-31', '-1-01-01', '2024-12-20T25:00:00Z', '00000000-0000-0000-0000-000000000000', 'xn--', '(?:a+)+$'],
    ...[long('a', 10_000), long('汉', 5000), long('(', 3000), long('../', 500), long('a+', 2000), long('1', 400)],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

const hostileNumber = fc.constantFrom(-1, 0, -0, 0.1, 1e21, -1e21, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, 5e-324)

/** Anything at all, but for its shape. */
export const hostileValue: Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 1e9 }, { toString: null }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 2000 }, (_, n) => n)) },
)

const days = fc.oneof(
  { weight: 6, arbitrary: fc.date({ min: new Date('2024-01-01'), max: new Date('2024-12-31'), noInvalidDate: true }) },
  { weight: 1, arbitrary: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }) },
)

/** Picks from a list that may have grown since the arbitrary was made. */
function picked({ lists }: Seen, name: string, otherwise: Arbitrary<string>): Arbitrary<string> {
  return fc.tuple(fc.nat(), otherwise).map(([at, other]) => {
    const list = lists.get(name) ?? []
    return list[at % Math.max(1, list.length)] ?? other
  })
}

const newIds = fc.constant(null).map(() => newId())

function text(schema: Schema, name: string, seen: Seen): Arbitrary<unknown> {
  const { pattern, minLength = 0, maxLength = 60 } = schema
  // First what the one who asks has seen, then what others have: other people's ids are what an attacker sends.
  const own = `${seen.login} ${one(name)}`
  if (pattern === uuidPattern || /Id$|^id$/.test(name))
    return name === 'id' && seen.polite ? newIds : fc.oneof(...[own, own, `id of ${seen.module}`, 'id'].map((list) => picked(seen, list, newIds)), newIds)
  if ((pattern !== undefined && new RegExp(pattern).test('2024-12-20')) || ['on', 'asOf', 'from', 'to', 'since', 'until'].includes(name))
    return days.map((day) => (name === 'asOf' ? day.toISOString() : day.toISOString().slice(0, 10)))
  const words = picked(seen, `${one(name)} of ${seen.module}`, picked(seen, one(name), fc.constant('示例')))
  if (pattern !== undefined) return fc.oneof(words, fc.stringMatching(new RegExp(pattern)))
  const written = fc.string({ unit: fc.constantFrom(...'示例党支部组织生活会abc 0123，。'), minLength, maxLength: Math.min(maxLength, minLength + 20) })
  return fc.oneof({ weight: 3, arbitrary: words }, { weight: 2, arbitrary: written })
}

function fitting(schema: Schema, name: string, seen: Seen): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => sent(each, name, seen)))
  switch (schema.type) {
    case 'string':
      return text(schema, name, seen)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 1000, 2 ** 31) })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const minLength = schema.minItems ?? 0
      return fc.array(sent(schema.items ?? {}, name, seen), { minLength, maxLength: Math.min(schema.maxItems ?? 4, Math.max(4, minLength)) })
    }
    case 'object':
      return object(schema, seen)
    default:
      return hostileValue
  }
}

function object(schema: Schema, seen: Seen): Arbitrary<unknown> {
  const { properties = {}, required = [], patternProperties } = schema
  if (patternProperties !== undefined) {
    const [inner = {}] = Object.values(patternProperties)
    const keys = seen.polite ? fc.constantFrom('host', 'topic') : fc.oneof(fc.constantFrom('a', 'constructor', '__proto__'), hostileText)
    return fc.dictionary(keys, sent(inner, '', seen), { maxKeys: seen.polite ? 1 : 4 })
  }
  const model = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, sent(each, name, seen)]))
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) })
}

/** A value as it may be sent: one that fits, or, where the caller isn't polite, now and then anything else. */
export function sent(schema: Schema, name: string, seen: Seen): Arbitrary<unknown> {
  if (seen.polite) return fitting(schema, name, seen)
  return fc.oneof({ weight: 12, arbitrary: fitting(schema, name, seen) }, { weight: 1, arbitrary: hostileValue })
}
