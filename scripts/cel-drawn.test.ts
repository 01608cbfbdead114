// Drawn expressions over columns that hold the extremes of their types: no value makes a statement fail, and SQL gives what the
// reference gives. Drawn text never makes the compiler throw.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { Client } from 'pg'
import { decimal, format } from '#base/decimal.ts'
import { compileCel } from '#engine/cel.ts'
import { momentSeconds } from '#engine/reference-call.ts'
import { evaluateCel, isDecimalValue, type Value } from '#engine/reference-cel.ts'
import { draws } from '#test/draws.ts'
import { type Server, testServer } from '#test/postgres.ts'
import { overOneRow } from './conformance.ts'
import { type Given, namesOf } from './conformance-cases.ts'

let server: Server
let client: Client
before(async () => {
  server = await testServer()
  client = new Client(server.url)
  await client.connect()
})
after(async () => {
  await client.end()
  await server.stop()
})

const ints = ['0', '1', '-1', '2', '63', '64', '9223372036854775807', '-9223372036854775808', '9007199254740993', '253402300799', '-62135596800']
const uints = ['0', '1', '64', '18446744073709551615', '9223372036854775808']
const doubles = [
  '0',
  '-0',
  '1',
  '-1.5',
  '0.5',
  '2.5',
  '0.49999999999999994',
  '5e-324',
  '-1e-300',
  '1.7976931348623157e308',
  '-1e308',
  '9223372036854775808',
  'NaN',
  'Infinity',
  '-Infinity',
]
const texts = [
  '',
  'a',
  'ab',
  '甲',
  '😀b',
  'Ab ab',
  '9',
  '-7',
  '1e400',
  '1e-400',
  'NaN',
  '3000000000000000000000',
  '2024-02-30T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59.999999999Z',
  '1h30m',
  '-9223372036s',
  '.5ms',
  'true',
  '\\"\'\n',
]
const moments = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z', '2024-02-29T16:00:00.5Z', '1969-12-31T23:59:59.999999Z', 'infinity', '-infinity']

const value = <T extends string>(of: readonly T[]): fc.Arbitrary<T | null> => fc.option(fc.constantFrom(...of), { freq: 8, nil: null })
const rows = fc.record({
  i: value(ints),
  j: value(ints),
  u: value(uints),
  w: value(uints),
  d: value(doubles),
  e: value(doubles),
  s: value(texts),
  t: value(texts),
  at: value(moments),
  to: value(moments),
  b: fc.option(fc.boolean(), { freq: 8, nil: null }),
  tags: fc.option(fc.array(fc.constantFrom('', 'a', 'ab', '甲'), { maxLength: 3 }), { freq: 8, nil: null }),
})
const types: Record<string, Given['type']> = {
  i: 'int',
  j: 'int',
  u: 'uint',
  w: 'uint',
  d: 'double',
  e: 'double',
  s: 'string',
  t: 'string',
  at: 'timestamp',
  to: 'timestamp',
  b: 'bool',
  tags: 'list(string)',
}

type Tie = fc.LetrecLooselyTypedTie
const make = (template: string, ...parts: fc.Arbitrary<unknown>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((made) => {
    let next = 0
    return template.replace(/#/g, () => `(${String(made[next++])})`)
  })
const one = (...of: string[]): fc.Arbitrary<string> => fc.constantFrom(...of)
const oneOf = (depth: number, ...of: fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.oneof({ maxDepth: depth, withCrossShrink: true }, ...of)

const drawn: Record<string, fc.Arbitrary<unknown>> = fc.letrec((tie: Tie) => {
  const [int, uint, double, text, bool, time, span, list, whole] = ['int', 'uint', 'double', 'text', 'bool', 'time', 'span', 'list', 'whole'].map((name) =>
    tie(name),
  ) as fc.Arbitrary<string>[]
  const of = (template: string, ...parts: (fc.Arbitrary<string> | undefined)[]): fc.Arbitrary<string> =>
    make(template, ...parts.filter((part) => part !== undefined))
  return {
    int: oneOf(
      3,
      one('i', 'j', '3', '-9223372036854775808'),
      ...['# + #', '# - #', '# * #', '# / #', '# % #', 'math.bitAnd(#, #)', 'math.bitXor(#, #)', 'math.bitShiftLeft(#, #)', 'math.bitShiftRight(#, #)'].map(
        (form) => of(form, int, int),
      ),
      ...['-#', 'math.abs(#)', 'math.sign(#)', 'math.bitNot(#)'].map((form) => of(form, int)),
      of('int(#)', uint),
      of('int(#)', double),
      of('int(#)', text),
      of('int(#)', time),
      of('size(#)', text),
      of('size(#)', list),
      of('#.indexOf(#)', text, text),
      of('#.indexOf(#, #)', text, text, int),
      of('#.lastIndexOf(#)', text, text),
      of('#.lastIndexOf(#, #)', text, text, int),
      of('# ? # : #', bool, int, int),
      ...[
        'getFullYear()',
        'getMonth("Asia/Shanghai")',
        'getDayOfYear()',
        'getDayOfWeek("-03:30")',
        'getHours()',
        'getMinutes()',
        'getSeconds()',
        'getMilliseconds()',
      ].map((call) => of(`#.${call}`, time)),
      ...['getHours()', 'getMinutes()', 'getSeconds()', 'getMilliseconds()'].map((call) => of(`#.${call}`, span)),
    ),
    uint: oneOf(
      2,
      one('u', 'w', '3u'),
      ...['# + #', '# - #', '# * #', '# / #', '# % #', 'math.bitOr(#, #)', 'math.greatest(#, #)'].map((form) => of(form, uint, uint)),
      of('uint(#)', int),
      of('uint(#)', double),
      of('uint(#)', text),
      of('math.bitNot(#)', uint),
      of('math.bitShiftRight(#, #)', uint, int),
    ),
    double: oneOf(
      3,
      one('d', 'e', '1.5', '1e308', '1e-308'),
      ...['# + #', '# - #', '# * #', '# / #', 'math.least(#, #)'].map((form) => of(form, double, double)),
      ...['-#', 'math.ceil(#)', 'math.floor(#)', 'math.round(#)', 'math.trunc(#)', 'math.abs(#)', 'math.sign(#)'].map((form) => of(form, double)),
      of('double(#)', int),
      of('double(#)', uint),
      of('double(#)', text),
    ),
    text: oneOf(
      3,
      one('s', 't', '"a"', '""'),
      of('# + #', text, text),
      of('#.charAt(#)', text, int),
      of('#.substring(#)', text, int),
      of('#.substring(#, #)', text, int, int),
      of('#.replace(#, #)', text, text, text),
      of('#.replace(#, #, #)', text, text, text, int),
      ...['trim()', 'lowerAscii()', 'upperAscii()', 'reverse()'].map((call) => of(`#.${call}`, text)),
      of('strings.quote(#)', text),
      of('#.join(#)', list, text),
      of('#[#]', list, int),
      of('string(#)', int),
      of('string(#)', uint),
      of('string(#)', bool),
      of('string(#)', time),
      of('string(#)', span),
      of('string(bytes(#))', text),
      of('base64.encode(bytes(#))', text),
      of('string(base64.decode(#))', text),
      of('"%x %b %s".format([#, #, #])', int, uint, text),
    ),
    list: oneOf(
      2,
      one('tags', '[s, "b"]', 'tags.filter(x, false)'),
      of('#.split(#)', text, text),
      of('#.split(#, #)', text, text, int),
      of('# + #', list, list),
      of('#.filter(x, #)', list, one('x == s', 'size(x) > 1', '1 / size(x) > 0')),
      of('#.map(x, #)', list, one('x + t', 'x.charAt(0)', 'x.substring(1)')),
    ),
    time: oneOf(
      2,
      one('at', 'to', 'timestamp("2024-01-31T08:00:00+08:00")'),
      of('timestamp(#)', int),
      of('timestamp(#)', one('s', 't', 's + t')),
      of('# + #', time, span),
      of('# - #', time, span),
      of('# ? # : #', bool, time, time),
    ),
    span: oneOf(
      2,
      one('duration("1.5s")', 'duration("-2562047h")'),
      of('duration(#)', one('s', 't', 's + t')),
      of('# - #', time, time),
      of('# + #', span, span),
      of('# - #', span, span),
    ),
    whole: fc.oneof(...[int, uint].filter((part) => part !== undefined)),
    bool: oneOf(
      3,
      one('b', 'true', 'tags.exists(i, x, i == 1 && x == s)'),
      ...['int', 'uint', 'double', 'text', 'time', 'span'].flatMap((name) =>
        ['==', '!=', '<', '>='].map((how) => of(`# ${how} #`, tie(name) as fc.Arbitrary<string>, tie(name) as fc.Arbitrary<string>)),
      ),
      of('# < #', whole, double),
      of('# == dyn(#)', double, whole),
      of('# > #', int, uint),
      of('# == #', list, list),
      of('# in #', text, list),
      of('# in [#, #]', int, int, int),
      of('# && #', bool, bool),
      of('# || #', bool, bool),
      of('!#', bool),
      of('bool(#)', text),
      of('math.isNaN(#)', double),
      of('math.isInf(#)', double),
      of('math.isFinite(#)', double),
      of('#.matches("^a*b?$")', text),
      of('#.startsWith(#)', text, text),
      of('#.endsWith(#)', text, text),
      of('#.contains(#)', text, text),
      ...['all', 'exists', 'exists_one'].map((macro) => of(`#.${macro}(x, #)`, list, one('x == s', '1 / size(x) > 0', 'x < t', 'x.charAt(1) != "b"'))),
    ),
  }
})

/** A value of the reference as the text that the statement gives. */
function shown(found: Value, type?: string): string | null {
  if (found === null) return null
  if (isDecimalValue(found)) return format(found)
  if (typeof found === 'string' && type === 'timestamp') return shown(momentSeconds(found))
  return Array.isArray(found) ? JSON.stringify(found.map((value) => shown(value))) : String(found)
}

const isSame = (sql: string | null, expected: string | null, type: string): boolean =>
  sql === null || expected === null
    ? sql === expected
    : type === 'double'
      ? Object.is(Number(sql) + 0, Number(expected) + 0)
      : type === 'timestamp' || type === 'duration'
        ? format(decimal(sql)) === expected
        : sql === expected

test('[R-CEL-2] [R-CEL-12] no value makes a statement fail, and SQL gives what the reference gives', async () => {
  const runs = Number(process.env['CEL_RUNS'] ?? '700')
  const any = fc.oneof(...['int', 'uint', 'double', 'text', 'list', 'time', 'span', 'bool'].map((name) => drawn[name] as fc.Arbitrary<string>))
  await fc.assert(
    fc.asyncProperty(any, rows, async (text, row) => {
      const given: Given[] = Object.entries(row).map(([name, held]) => ({ name, type: types[name] ?? 'string', value: held }))
      const { expr, problems } = compileCel(text, namesOf(given))
      assert.deepEqual(problems, [])
      assert.ok(expr)
      const { text: sql, values } = overOneRow(expr, given)
      const { rows: found } = await client.query<{ value: string | null }>(sql, values)
      const expected = shown(
        evaluateCel(expr, ({ name, type }) => {
          const held = row[name as keyof typeof row]
          if (held === null || Array.isArray(held) || typeof held === 'boolean') return held
          return type === 'double' ? Number(held) : type === 'int' || type === 'uint' ? decimal(held) : type === 'timestamp' ? momentSeconds(held) : held
        }),
        expr.type,
      )
      assert.ok(isSame(found[0]?.value ?? null, expected, expr.type), `${text}: SQL ${found[0]?.value}, reference ${expected}`)
    }),
    draws(runs),
  )
})

const scraps = [
  ...'()[]{}.,?:+-*/%!<>="\'\\',
  '&&',
  '||',
  '==',
  ' in ',
  'has(',
  '.all(x, ',
  '.map(',
  'cel.bind(a, ',
  'dyn(',
  '1',
  '0x',
  '1u',
  '1.5',
  'b"',
  'r"',
  "'''",
  'tags',
  's',
  'i',
  'items',
  'items["',
  'x',
  'null',
  'true',
  'timestamp(',
  '.matches("',
  '.format([',
  '甲',
  '，',
  '\n',
  '\0',
  '😀',
  '9223372036854775808',
  '-',
]

test('[R-DIA-2] no text makes the compiler throw, and what it refuses has a reason at a place in the text', () => {
  const names = namesOf(Object.entries(types).map(([name, type]) => ({ name, type, value: null })))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fc.constantFrom(...scraps), { maxLength: 25 }).map((parts) => parts.join('')),
        drawn['bool'] as fc.Arbitrary<string>,
      ),
      (text) => {
        for (const checking of ['checked', 'loose'] as const) {
          const { expr, problems } = compileCel(text, names, checking)
          assert.equal(expr === null, problems.length > 0, text)
          for (const { offset, message } of problems) assert.ok(offset >= 0 && offset <= text.length && message !== '', text)
          if (expr !== null) overOneRow(expr, [])
        }
      },
    ),
    draws(3000),
  )
})
