// CEL's functions as SQL formulas. A value that doesn't fit gives null, never a failing statement; a cast stands behind a test of the
// same value, so that the planner, which computes constants early, can't reach it either (SPEC.md R-CEL-6, R-CEL-12 to R-CEL-16).
import type { CelFunction } from '#engine/cel-functions.ts'
import { timeFormulas } from '#engine/cel-time-sql.ts'
import { once, rangeOf } from '#engine/cel-types-sql.ts'
import type { ExprType } from '#engine/expr.ts'

/** A formula over arguments in SQL; moments are seconds since 1970. */
export type Formula = (args: string[], types: ExprType[]) => string

const simply =
  (formula: (...args: string[]) => string): Formula =>
  (args) =>
    formula(...args)
const computed =
  (formula: (...args: string[]) => string): Formula =>
  (args) =>
    once(args, formula)

/** A place in a text or list as an int4, whatever its size. */
const place = (i: string): string => `least(greatest(${i}, -1), 1000000000)::int`
const length = (s: string): string => `char_length(${s})`
const white = `E' \\t\\n\\x0B\\f\\r\\u0085\\u00A0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000'`
const [lower, upper] = ["'abcdefghijklmnopqrstuvwxyz'", "'ABCDEFGHIJKLMNOPQRSTUVWXYZ'"]
const quotes = [
  ['\\\\', '\\\\\\\\'],
  ['"', '\\\\"'],
  ...['a', 'b', 'f', 'n', 'r', 't', 'v'].map((letter) => [letter === 'a' ? '\\x07' : letter === 'v' ? '\\x0B' : `\\${letter}`, `\\\\${letter}`]),
]
const utf8 = `'^(0[1-9a-f]|[1-7][0-9a-f]|(c[2-9a-f]|d[0-9a-f])[89ab][0-9a-f]|e0[ab][0-9a-f][89ab][0-9a-f]|e[1-9a-cef]([89ab][0-9a-f]){2}|ed[89][0-9a-f][89ab][0-9a-f]|f0[9ab][0-9a-f]([89ab][0-9a-f]){2}|f[1-3]([89ab][0-9a-f]){3}|f48[0-9a-f]([89ab][0-9a-f]){2})*$'`

const replaceAll = (s: string, a: string, b: string): string =>
  `(case when ${a} <> '' then replace(${s}, ${a}, ${b}) when ${a} = '' and ${s} is not null and ${b} is not null then ${b} || coalesce((select string_agg(cel_t.c || ${b}, '' order by cel_t.n) from string_to_table(${s}, null::text) with ordinality as cel_t(c, n)), '') end)`
const replaceSome = (
  s: string,
  a: string,
  b: string,
  n: string,
): string => `(case when num_nulls(${s}, ${a}, ${b}, ${n}) > 0 then null when ${n} < 0 then ${replaceAll(s, a, b)}
    when ${a} <> '' then coalesce((select string_agg(cel_p.p || case when cel_p.k = cel_p.total then '' when cel_p.k <= ${n} then ${b} else ${a} end, '' order by cel_p.k) from (select cel_t.p, cel_t.k, count(*) over () as total from string_to_table(${s}, ${a}) with ordinality as cel_t(p, k)) cel_p), '')
    else coalesce((select string_agg(case when cel_t.n <= ${n} then ${b} else '' end || cel_t.c, '' order by cel_t.n) from string_to_table(${s}, null::text) with ordinality as cel_t(c, n)), '') || case when ${n} > ${length(s)} then ${b} else '' end end)`
const split = (s: string, by: string): string =>
  `(case when ${by} = '' then string_to_array(${s}, null) when ${s} = '' and ${by} <> '' then array['']::text[] when ${by} <> '' then string_to_array(${s}, ${by}) end)`
const splitSome = (s: string, by: string, n: string): string =>
  `(select case when cel_p.p is null or ${n} is null then null when ${n} < 0 or cardinality(cel_p.p) <= ${n} then cel_p.p when ${n} = 0 then '{}'::text[] else cel_p.p[1:${place(n)} - 1] || array[array_to_string(cel_p.p[${place(n)}:], ${by})] end from (select ${split(s, by)} as p offset 0) cel_p)`
const lastIndex = (s: string, part: string): string =>
  `(case when strpos(reverse(${s}), reverse(${part})) > 0 then ${length(s)} - ${length(part)} - strpos(reverse(${s}), reverse(${part})) + 1 when strpos(${s}, ${part}) = 0 then -1 end)`

const two64 = '18446744073709551616'
/** An unsigned number's 64 bits as a bigint, and back. */
const bits = (u: string): string => `(case when ${u} > 9223372036854775807 then ${u} - ${two64} else ${u} end)::bigint`
const unsigned = (b: string): string => once([b], (x) => `(case when ${x} < 0 then ${x}::numeric + ${two64} else ${x}::numeric end)`)
const pair = (operator: string): Formula => simply((a, b) => `((${a})::bigint ${operator} (${b})::bigint)`)
const pairUnsigned = (operator: string): Formula => computed((a, b) => unsigned(`(${bits(a)} ${operator} ${bits(b)})`))
const shifted = (value: string, n: string, operator: string): string =>
  `(case when (${value}) is null then null when ${n} > 63 then 0 when ${n} >= 0 then ((${value})::bit(64) ${operator} ${place(n)})::bigint end)`
const digits = (s: string, pattern: string, type: ExprType, number: string): string =>
  `(case when ${s} ~ '${pattern}' then case when ${number} ${rangeOf(type)} then ${number} end end)`
const extreme =
  (name: string): Formula =>
  (args, [type]) =>
    once(
      args,
      (...all) =>
        `(case when num_nulls(${all.join(', ')}) = 0${type === 'double' ? ` and 'NaN'::float8 not in (${all.join(', ')})` : ''} then ${name}(${all.join(', ')}) end)`,
    )
const inBase = (n: string, base: string): string => `(case when ${n} is not null then case when ${n} < 0 then '-' else '' end || case ${base}
    when 16 then to_hex(${bits(`abs(${n}::numeric)`)})
    when 2 then coalesce(nullif(ltrim(${bits(`abs(${n}::numeric)`)}::bit(64)::text, '0'), ''), '0')
    else coalesce(nullif(ltrim((select string_agg(substr('00' || ${bits(`abs(${n}::numeric)`)}::bit(64)::text, cel_k * 3 + 1, 3)::bit(3)::int::text, '' order by cel_k) from generate_series(0, 21) cel_k), '0'), ''), '0') end end)`

const formulas: Record<Exclude<CelFunction, keyof typeof timeFormulas>, Formula> = {
  same: simply((x) => x),
  charAt: computed((s, i) => `(case when ${i} between 0 and ${length(s)} then substr(${s}, ${place(i)} + 1, 1) end)`),
  indexOf: simply((s, part) => `(strpos(${s}, ${part}) - 1)`),
  indexOfFrom: computed(
    (s, part, i) =>
      `(case when ${i} between 0 and ${length(s)} then case when strpos(substr(${s}, ${place(i)} + 1), ${part}) > 0 then strpos(substr(${s}, ${place(i)} + 1), ${part}) - 1 + ${place(i)} when ${part} is not null then -1 end end)`,
  ),
  lastIndexOf: computed(lastIndex),
  lastIndexOfFrom: computed(
    (s, part, i) => `(case when ${i} between 0 and ${length(s)} then ${once([`left(${s}, ${place(i)} + ${length(part)})`, part], lastIndex)} end)`,
  ),
  substring: computed((s, i) => `(case when ${i} between 0 and ${length(s)} then substr(${s}, ${place(i)} + 1) end)`),
  substringTo: computed(
    (s, i, j) => `(case when ${i} between 0 and ${j} and ${j} <= ${length(s)} then substr(${s}, ${place(i)} + 1, greatest(${place(j)} - ${place(i)}, 0)) end)`,
  ),
  replace: computed(replaceAll),
  replaceSome: computed(replaceSome),
  split: computed(split),
  splitSome: computed(splitSome),
  joinAll: computed((l) => `(case when array_position(${l}, null) is null then array_to_string(${l}, '') end)`),
  joinWith: computed((l, by) => `(case when array_position(${l}, null) is null then array_to_string(${l}, ${by}) end)`),
  trim: simply((s) => `btrim(${s}, ${white})`),
  lowerAscii: simply((s) => `translate(${s}, ${upper}, ${lower})`),
  upperAscii: simply((s) => `translate(${s}, ${lower}, ${upper})`),
  reverse: simply((s) => `reverse(${s})`),
  quote: simply((s) => `('"' || ${quotes.reduce((inner, [from, to]) => `replace(${inner}, E'${from}', E'${to}')`, s)} || '"')`),
  matches: simply((s, pattern) => `(${s} ~ ${pattern})`),
  intOfUint: computed((u) => `(case when ${u} <= 9223372036854775807 then ${u} end)`),
  intOfDouble: computed((d) => `(case when ${d} > '-9223372036854775808'::float8 and ${d} < '9223372036854775808'::float8 then trunc(${d})::bigint end)`),
  intOfText: computed((s) => digits(s, '^[+-]?[0-9]{1,100}$', 'int', `${s}::numeric`)),
  uintOfInt: computed((i) => `(case when ${i} >= 0 then ${i}::numeric end)`),
  uintOfDouble: computed(
    (d) =>
      `(case when ${d} >= 0 and ${d} < '18446744073709551616'::float8 then case when ${d} < '9223372036854775808'::float8 then trunc(${d})::bigint::numeric else (${d} - '9223372036854775808'::float8)::bigint::numeric + 9223372036854775808 end end)`,
  ),
  uintOfText: computed((s) => digits(s, '^[0-9]{1,100}$', 'uint', `${s}::numeric`)),
  doubleOfNumber: simply((n) => `(${n})::float8`),
  doubleOfText: computed(
    (
      s,
    ) => `(case when ${s} ~* '^[+-]?(inf|infinity)$' then case when ${s} like '-%' then '-Infinity'::float8 else 'Infinity'::float8 end when ${s} ~* '^nan$' then 'NaN'::float8
    when ${s} ~ '^[+-]?([0-9]{1,50}(\\.[0-9]{0,50})?|\\.[0-9]{1,50})([eE][+-]?[0-9]{1,3})?$' then case when abs(${s}::numeric) < 1.7976931348623158e308 then case when ${s}::numeric = 0 or abs(${s}::numeric) > 2.4703282292062328e-324 then ${s}::float8 else 0 end end end)`,
  ),
  textOfNumber: simply((n) => `(${n})::text`),
  textOfDouble: simply((d) => `(${d})::text`),
  textOfBool: simply((b) => `(${b})::text`),
  textOfBytes: computed((b) => `(case when encode(${b}, 'hex') ~ ${utf8} then convert_from(${b}, 'UTF8') end)`),
  boolOfText: computed(
    (s) => `(case when ${s} in ('1', 't', 'T', 'true', 'TRUE', 'True') then true when ${s} in ('0', 'f', 'F', 'false', 'FALSE', 'False') then false end)`,
  ),
  bytesOfText: simply((s) => `convert_to(${s}, 'UTF8')`),
  base64: simply((b) => `translate(encode(${b}, 'base64'), E'\\n', '')`),
  bytesOfBase64: computed(
    (s) =>
      `(case when ${s} ~ '^[A-Za-z0-9+/]*={0,2}$' and ${length(`rtrim(${s}, '=')`)} % 4 <> 1 and (${s} not like '%=' or ${length(s)} % 4 = 0) then decode(rpad(rtrim(${s}, '='), (${length(`rtrim(${s}, '=')`)} + 3) / 4 * 4, '='), 'base64') end)`,
  ),
  ceil: simply((d) => `ceil(${d})`),
  floor: simply((d) => `floor(${d})`),
  trunc: simply((d) => `trunc(${d})`),
  // Half away from zero; from 2 ^ 52 on there are no fractions.
  nearest: computed(
    (d) => `(case when abs(${d}) < 4503599627370496 then trunc(${d}) + case when abs(${d} - trunc(${d})) >= 0.5 then sign(${d}) else 0 end else ${d} end)`,
  ),
  absInt: computed((i) => `(case when ${i} > -9223372036854775808 then abs(${i}::numeric) end)`),
  absDouble: simply((d) => `abs(${d})`),
  signInt: simply((i) => `sign((${i})::numeric)`),
  signDouble: computed((d) => `(case when ${d} = 'NaN'::float8 then ${d} else sign(${d}) end)`),
  isNan: simply((d) => `(${d} = 'NaN'::float8)`),
  isInf: simply((d) => `(abs(${d}) = 'Infinity'::float8)`),
  isFinite: simply((d) => `(abs(${d}) < 'Infinity'::float8)`),
  bitAnd: pair('&'),
  bitOr: pair('|'),
  bitXor: pair('#'),
  bitNot: simply((a) => `(~ (${a})::bigint)`),
  bitAndUint: pairUnsigned('&'),
  bitOrUint: pairUnsigned('|'),
  bitXorUint: pairUnsigned('#'),
  bitNotUint: computed((a) => unsigned(`(~ ${bits(a)})`)),
  shiftLeft: computed((a, n) => shifted(`(${a})::bigint`, n, '<<')),
  shiftRight: computed((a, n) => shifted(`(${a})::bigint`, n, '>>')),
  shiftLeftUint: computed((a, n) => unsigned(shifted(bits(a), n, '<<'))),
  shiftRightUint: computed((a, n) => unsigned(shifted(bits(a), n, '>>'))),
  joinBytes: simply((a, b) => `(${a} || ${b})`),
  joinLists: computed((a, b) => `(case when ${a} is not null and ${b} is not null then ${a} || ${b} end)`),
  at: (args, [, type]) =>
    once(
      args,
      (l, k) => `(case when ${k} >= 0 and ${k} < cardinality(${l})${type === 'double' ? ` and ${k} = trunc(${k})` : ''} then (${l})[${place(k)} + 1] end)`,
    ),
  equalLists: (args, [type]) =>
    type === 'list(double)'
      ? once(args, (a, b) => `(case when ${a} is not null and ${b} is not null then ${a} = ${b} and array_position(${a}, 'NaN'::float8) is null end)`)
      : `(${args.join(' = ')})`,
  never: (args) => `(case when num_nulls(${args.join(', ')}) = 0 then false end)`,
  greatest: extreme('greatest'),
  least: extreme('least'),
  inBase: computed(inBase),
  hexOfText: simply((s) => `encode(convert_to(${s}, 'UTF8'), 'hex')`),
  hexOfBytes: simply((b) => `encode(${b}, 'hex')`),
  upper: simply((s) => `upper(${s})`),
}

/** A function's formula. */
export function callFormula(fn: CelFunction): Formula {
  return fn in timeFormulas ? timeFormulas[fn as keyof typeof timeFormulas] : formulas[fn as keyof typeof formulas]
}
