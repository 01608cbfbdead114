// CEL's functions computed the obvious way, for the reference: null stands for an error. Numbers are decimals, doubles JavaScript's
// numbers, bytes hexadecimal text, moments and durations decimal seconds.
import { isDate } from '#base/dates.ts'
import { add, compare, type Decimal, decimal, floor, format, multiply, subtract, whole } from '#base/decimal.ts'
import type { CelFunction } from '#engine/cel-functions.ts'
import { fixedOffset } from '#engine/cel-written.ts'
import type { Value } from '#engine/reference-cel.ts'

type Call = (args: Value[]) => Value

const intBounds = [-(2n ** 63n), 2n ** 63n - 1n] as const
const uintBounds = [0n, 2n ** 64n - 1n] as const
const timeBounds = [decimal('-62135596800'), decimal('253402300799.999999999')] as const
const durationBounds = [decimal('-9223372036.854775808'), decimal('9223372036.854775807')] as const

const within = (value: bigint, [from, to]: readonly [bigint, bigint]): Decimal | null => (value >= from && value <= to ? whole(value) : null)
const between = (value: Decimal, [from, to]: readonly [Decimal, Decimal]): Decimal | null =>
  compare(value, from) >= 0 && compare(value, to) <= 0 ? value : null

/** An int or uint within 64 bits; null beyond. */
export function inWord(value: bigint, type: string): Decimal | null {
  return within(value, type === 'uint' ? uintBounds : intBounds)
}

/** Text by code point. */
export function orderOfText(a: string, b: string): number {
  const [x, y] = [[...a], [...b]]
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return x.length - y.length
}

/** A moment in RFC 3339 as seconds since 1970, to the nanosecond; null for other text. */
export function momentSeconds(text: string): Decimal | null {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/.exec(text)
  const [, day = '', hours, minutes, seconds, fraction = '', sign, zoneHours = '0', zoneMinutes = '0'] = match ?? []
  if (match === null || !isDate(day)) return null
  const zone = (Number(zoneHours) * 3600 + Number(zoneMinutes) * 60) * (sign === '-' ? -1 : 1)
  const at = Date.parse(`${day}T00:00:00Z`) / 1000 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) - zone
  return between(add(whole(at), decimal(`0${fraction}`)), timeBounds)
}

const unitSeconds: Record<string, string> = { h: '3600', m: '60', s: '1', ms: '0.001', us: '0.000001', µs: '0.000001', μs: '0.000001', ns: '0.000000001' }

function durationSeconds(text: string): Decimal | null {
  if (/^[+-]?0$/.test(text)) return whole(0)
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)(\d+(\.\d*)?(ns|us|µs|μs|ms|s|m|h))*$/.test(text)) return null
  let total = whole(0)
  for (const [, number = '', unit = ''] of text.matchAll(/(\d*\.?\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const amount = number.startsWith('.') ? `0${number}` : number.endsWith('.') ? number.slice(0, -1) : number
    const nanos = multiply(multiply(decimal(amount), decimal(unitSeconds[unit] ?? '0')), whole(1_000_000_000))
    total = add(total, multiply(floor(nanos), decimal('0.000000001')))
  }
  return between(text.startsWith('-') ? subtract(whole(0), total) : total, durationBounds)
}

function textOfMoment(seconds: Decimal): string {
  const start = floor(seconds)
  const fraction = format(subtract(seconds, start)).slice(1)
  return `${new Date(Number(start.digits) * 1000).toISOString().slice(0, 19)}${fraction}Z`
}

/** A Date by its UTC fields, also in the first century, which Date.UTC takes for the twentieth. */
function clockAt(year: number, month: number, day: number, hours = 0, minutes = 0, seconds = 0): Date {
  const at = new Date(Date.UTC(2000, month, day, hours, minutes, seconds))
  at.setUTCFullYear(year, month, day)
  return at
}

/** The local clock at a moment: a Date whose UTC fields are the local ones. */
function clock(seconds: Decimal, zone: string): Date {
  const at = Number(floor(seconds).digits)
  const offset = zone === 'UTC' ? 0 : fixedOffset(zone)
  if (offset !== null) return new Date((at + offset) * 1000)
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at * 1000))
  const field = (name: string): number => Number(parts.find(({ type }) => type === name)?.value ?? '0')
  return clockAt(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'), field('second'))
}

const onClock =
  (field: (at: Date) => number): Call =>
  ([moment, zone = 'UTC']) =>
    whole(field(clock(moment as Decimal, zone as string)))
const onText =
  (make: (...args: string[]) => Value): Call =>
  (args) =>
    make(...(args as string[]))
const onDouble =
  (make: (...args: number[]) => Value): Call =>
  (args) =>
    make(...(args as number[]))
const onWhole =
  (make: (...args: bigint[]) => Value): Call =>
  (args) =>
    make(...args.map((arg) => (arg as Decimal).digits))

const characters = (text: string): string[] => [...text]
const count = (value: Value): number => Number((value as Decimal).digits)
const found = (index: number): Decimal => whole(index)
const startAt = (whole_: string[], part: string[], at: number): boolean => part.every((character, index) => whole_[at + index] === character)

function firstIndex(text: string, part: string, from: number): number {
  const [s, p] = [characters(text), characters(part)]
  for (let at = from; at + p.length <= s.length; at += 1) if (startAt(s, p, at)) return at
  return -1
}

function lastIndex(text: string, part: string, from: number): number {
  const [s, p] = [characters(text), characters(part)]
  for (let at = Math.min(from, s.length - p.length); at >= 0; at -= 1) if (startAt(s, p, at)) return at
  return -1
}

function piecesOf(text: string, by: string, most: number): string[] {
  const pieces = by === '' ? characters(text) : text.split(by)
  if (most < 0 || pieces.length <= most) return pieces
  return most === 0 ? [] : [...pieces.slice(0, most - 1), pieces.slice(most - 1).join(by)]
}

function replaced(text: string, from: string, to: string, most: number): string {
  const limit = most < 0 ? Number.POSITIVE_INFINITY : most
  if (from === '') {
    const s = characters(text)
    return s.map((character, index) => (index < limit ? to : '') + character).join('') + (s.length < limit ? to : '')
  }
  const pieces = text.split(from)
  return pieces.map((piece, index) => piece + (index === pieces.length - 1 ? '' : index < limit ? to : from)).join('')
}

const ascii = (text: string, from: string, to: number): string =>
  [...text].map((one) => (one >= from && one <= String.fromCharCode(from.charCodeAt(0) + 25) ? String.fromCharCode(one.charCodeAt(0) + to) : one)).join('')
const escapes: Record<string, string> = {
  '\\': '\\\\',
  '"': '\\"',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}
const readWhole = (text: string, pattern: RegExp, type: string): Decimal | null => (pattern.test(text) ? inWord(BigInt(text.replace('+', '')), type) : null)
const double = (value: Value): number => (typeof value === 'number' ? value : Number(format(value as Decimal)))
const timed =
  (bounds: readonly [Decimal, Decimal], make: (a: Decimal, b: Decimal) => Decimal): Call =>
  ([a, b]) =>
    between(make(a as Decimal, b as Decimal), bounds)
const shifted = (type: string, make: (value: bigint, by: bigint) => bigint): Call =>
  onWhole((value = 0n, by = 0n) => {
    if (by < 0n) return null
    const bits = by > 63n ? 0n : BigInt.asUintN(64, make(BigInt.asUintN(64, value), by))
    return whole(type === 'uint' ? bits : BigInt.asIntN(64, bits))
  })
const bitwise = (type: string, make: (a: bigint, b: bigint) => bigint): Call =>
  onWhole((a = 0n, b = 0n) => whole(type === 'uint' ? BigInt.asUintN(64, make(a, b)) : BigInt.asIntN(64, make(a, b))))
const extreme =
  (sign: 1 | -1): Call =>
  (args) => {
    if (args.some((arg) => Number.isNaN(arg))) return null
    return args.reduce((best, arg) => (sign * (typeof arg === 'number' ? arg - (best as number) : compare(arg as Decimal, best as Decimal)) > 0 ? arg : best))
  }
const isSame = (a: Value, b: Value): boolean =>
  typeof a === 'object' && a !== null && !Array.isArray(a) && typeof b === 'object' && b !== null && !Array.isArray(b) ? compare(a, b) === 0 : a === b

const calls: Record<CelFunction, Call> = {
  same: ([value = null]) => value,
  charAt: ([s, i]) => {
    const [text, at] = [characters(s as string), count(i ?? null)]
    return at < 0 || at > text.length ? null : (text[at] ?? '')
  },
  indexOf: onText((s = '', part = '') => found(firstIndex(s, part, 0))),
  indexOfFrom: ([s, part, i]) => {
    const at = count(i ?? null)
    return at < 0 || at > characters(s as string).length ? null : found(firstIndex(s as string, part as string, at))
  },
  lastIndexOf: onText((s = '', part = '') => found(lastIndex(s, part, s.length))),
  lastIndexOfFrom: ([s, part, i]) => {
    const at = count(i ?? null)
    return at < 0 || at > characters(s as string).length ? null : found(lastIndex(s as string, part as string, at))
  },
  substring: ([s, i]) => {
    const [text, from] = [characters(s as string), count(i ?? null)]
    return from < 0 || from > text.length ? null : text.slice(from).join('')
  },
  substringTo: ([s, i, j]) => {
    const [text, from, to] = [characters(s as string), count(i ?? null), count(j ?? null)]
    return from < 0 || from > to || to > text.length ? null : text.slice(from, to).join('')
  },
  replace: onText((s = '', from = '', to = '') => replaced(s, from, to, -1)),
  replaceSome: ([s, from, to, most]) => replaced(s as string, from as string, to as string, count(most ?? null)),
  split: onText((s = '', by = '') => piecesOf(s, by, -1)),
  splitSome: ([s, by, most]) => piecesOf(s as string, by as string, count(most ?? null)),
  joinAll: ([list]) => ((list as Value[]).includes(null) ? null : (list as string[]).join('')),
  joinWith: ([list, by]) => ((list as Value[]).includes(null) ? null : (list as string[]).join(by as string)),
  trim: onText((s = '') => s.replace(/^[\p{White_Space}]+|[\p{White_Space}]+$/gu, '')),
  lowerAscii: onText((s = '') => ascii(s, 'A', 32)),
  upperAscii: onText((s = '') => ascii(s, 'a', -32)),
  upper: onText((s = '') => ascii(s, 'a', -32)),
  reverse: onText((s = '') => characters(s).reverse().join('')),
  quote: onText(
    (s = '') =>
      `"${characters(s)
        .map((one) => escapes[one] ?? one)
        .join('')}"`,
  ),
  matches: onText((s = '', pattern = '') => new RegExp(pattern, 'u').test(s)),
  intOfUint: onWhole((u = 0n) => inWord(u, 'int')),
  intOfDouble: onDouble((d = 0) => (d > -(2 ** 63) && d < 2 ** 63 ? whole(BigInt(Math.trunc(d))) : null)),
  intOfText: onText((s = '') => readWhole(s, /^[+-]?\d{1,100}$/, 'int')),
  intOfTime: ([moment]) => floor(moment as Decimal),
  uintOfInt: onWhole((i = 0n) => inWord(i, 'uint')),
  uintOfDouble: onDouble((d = 0) => (d >= 0 && d < 2 ** 64 ? whole(BigInt(Math.trunc(d))) : null)),
  uintOfText: onText((s = '') => readWhole(s, /^\d{1,100}$/, 'uint')),
  doubleOfNumber: ([value]) => double(value ?? null),
  doubleOfText: onText((s = '') => {
    if (/^[+-]?(inf|infinity)$/i.test(s)) return s.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    if (/^nan$/i.test(s)) return Number.NaN
    const number = /^[+-]?(\d{1,50}(\.\d{0,50})?|\.\d{1,50})(e[+-]?\d{1,3})?$/i.test(s) ? Number(s) : Number.POSITIVE_INFINITY
    return Number.isFinite(number) ? number : null
  }),
  textOfNumber: ([value]) => format(value as Decimal),
  textOfDouble: ([value]) => String(value),
  textOfBool: ([value]) => String(value),
  textOfBytes: onText((hex = '') => {
    const text = Buffer.from(hex, 'hex').toString('utf8')
    return Buffer.from(text).toString('hex') === hex && !text.includes('\0') ? text : null
  }),
  textOfTime: ([moment]) => textOfMoment(moment as Decimal),
  textOfDuration: ([seconds]) => `${format(seconds as Decimal)}s`,
  boolOfText: onText((s = '') =>
    ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(s) ? true : ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(s) ? false : null,
  ),
  bytesOfText: onText((s = '') => Buffer.from(s).toString('hex')),
  base64: onText((hex = '') => Buffer.from(hex, 'hex').toString('base64')),
  bytesOfBase64: onText((s = '') => {
    const bare = s.replace(/=+$/, '')
    const fits = /^[A-Za-z0-9+/]*={0,2}$/.test(s) && bare.length % 4 !== 1 && (bare === s || s.length % 4 === 0)
    return fits ? Buffer.from(bare, 'base64').toString('hex') : null
  }),
  timeOfText: onText((s = '') => momentSeconds(s)),
  timeOfSeconds: ([seconds]) => between(seconds as Decimal, timeBounds),
  durationOfText: onText((s = '') => durationSeconds(s)),
  fullYear: onClock((at) => at.getUTCFullYear()),
  month: onClock((at) => at.getUTCMonth()),
  dayOfMonth: onClock((at) => at.getUTCDate()),
  dayOfMonth0: onClock((at) => at.getUTCDate() - 1),
  dayOfWeek: onClock((at) => at.getUTCDay()),
  dayOfYear: onClock((at) => Math.floor((at.getTime() - clockAt(at.getUTCFullYear(), 0, 1).getTime()) / 86_400_000)),
  hours: onClock((at) => at.getUTCHours()),
  minutes: onClock((at) => at.getUTCMinutes()),
  seconds: onClock((at) => at.getUTCSeconds()),
  milliseconds: ([moment]) => floor(multiply(subtract(moment as Decimal, floor(moment as Decimal)), whole(1000))),
  durationHours: ([seconds]) => whole(cut(seconds as Decimal) / 3600n),
  durationMinutes: ([seconds]) => whole(cut(seconds as Decimal) / 60n),
  durationSeconds: ([seconds]) => whole(cut(seconds as Decimal)),
  durationMilliseconds: ([seconds]) => whole(cut(multiply(seconds as Decimal, whole(1000))) % 1000n),
  timePlus: timed(timeBounds, add),
  timeMinus: timed(timeBounds, subtract),
  timeBetween: timed(durationBounds, subtract),
  durationPlus: timed(durationBounds, add),
  durationMinus: timed(durationBounds, subtract),
  joinBytes: onText((a = '', b = '') => a + b),
  joinLists: ([a, b]) => [...(a as Value[]), ...(b as Value[])],
  at: ([list, index]) => {
    const at = typeof index === 'number' ? index : count(index ?? null)
    return (list as Value[])[at] ?? null
  },
  equalLists: ([a, b]) => {
    const [x, y] = [a as Value[], b as Value[]]
    return x.length === y.length && x.every((value, index) => isSame(value, y[index] ?? null))
  },
  never: () => false,
  greatest: extreme(1),
  least: extreme(-1),
  inBase: onWhole((value = 0n, base = 10n) => value.toString(Number(base))),
  hexOfText: onText((s = '') => Buffer.from(s).toString('hex')),
  hexOfBytes: onText((hex = '') => hex),
  ceil: onDouble((d = 0) => Math.ceil(d)),
  floor: onDouble((d = 0) => Math.floor(d)),
  nearest: onDouble((d = 0) => (Math.abs(d) < 2 ** 52 ? Math.trunc(d) + (Math.abs(d - Math.trunc(d)) >= 0.5 ? Math.sign(d) : 0) : d)),
  trunc: onDouble((d = 0) => Math.trunc(d)),
  absInt: onWhole((i = 0n) => inWord(i < 0n ? -i : i, 'int')),
  absDouble: onDouble((d = 0) => Math.abs(d)),
  signInt: onWhole((i = 0n) => whole(i > 0n ? 1n : i < 0n ? -1n : 0n)),
  signDouble: onDouble((d = 0) => Math.sign(d) + 0),
  isNan: onDouble((d = 0) => Number.isNaN(d)),
  isInf: onDouble((d = 0) => Math.abs(d) === Number.POSITIVE_INFINITY),
  isFinite: onDouble((d = 0) => Number.isFinite(d)),
  bitAnd: bitwise('int', (a, b) => a & b),
  bitAndUint: bitwise('uint', (a, b) => a & b),
  bitOr: bitwise('int', (a, b) => a | b),
  bitOrUint: bitwise('uint', (a, b) => a | b),
  bitXor: bitwise('int', (a, b) => a ^ b),
  bitXorUint: bitwise('uint', (a, b) => a ^ b),
  bitNot: bitwise('int', (a) => ~a),
  bitNotUint: bitwise('uint', (a) => ~a),
  shiftLeft: shifted('int', (value, by) => value << by),
  shiftLeftUint: shifted('uint', (value, by) => value << by),
  shiftRight: shifted('int', (value, by) => value >> by),
  shiftRightUint: shifted('uint', (value, by) => value >> by),
}

/** A decimal's whole part, towards zero. */
function cut(value: Decimal): bigint {
  return value.digits / 10n ** BigInt(value.scale)
}

/** A function's value; null where an argument is null or doesn't fit. */
export function callValue(fn: CelFunction, args: Value[]): Value {
  return args.includes(null) ? null : calls[fn](args)
}
