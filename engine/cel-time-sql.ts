// Moments and durations as SQL formulas over numeric seconds, exact to the nanosecond (SPEC.md R-CEL-16).

import { once } from '#engine/cel-types-sql.ts'
import { fixedOffset } from '#engine/cel-written.ts'

/** Moments lie in the years 1 to 9999, durations within 64 bits of nanoseconds. */
const inTime = 'between -62135596800 and 253402300799.999999999'
const inDuration = 'between -9223372036.854775808 and 9223372036.854775807'
const written =
  "'^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$'"
const writtenDuration = "'^[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})(ns|us|µs|μs|ms|s|m|h)([0-9]{1,30}(\\.[0-9]{0,30})?(ns|us|µs|μs|ms|s|m|h)){0,20}$'"
const units = "case cel_m.m[2] when 'h' then 3600 when 'm' then 60 when 's' then 1 when 'ms' then 0.001 when 'ns' then 0.000000001 else 0.000001 end"

const within = (range: string, value: string): string => once([value], (x) => `(case when ${x} ${range} then ${x} end)`)

const momentOfText = (s: string): string => {
  const part = (from: number, count: number): string => `substr(${s}, ${from}, ${count})::int`
  const day = `make_date(${part(1, 4)}, ${part(6, 2)}, 1) + (${part(9, 2)} - 1)`
  const zone = `case when ${s} like '%Z' then 0 else (case when substr(right(${s}, 6), 1, 1) = '-' then -1 else 1 end) * (left(right(${s}, 5), 2)::int * 3600 + right(${s}, 2)::int * 60) end`
  const fraction = `coalesce(substring(${s} from '\\.[0-9]+')::numeric, 0)`
  const seconds = `(${day} - date '1970-01-01')::numeric * 86400 + ${part(12, 2)} * 3600 + ${part(15, 2)} * 60 + ${part(18, 2)} + ${fraction} - ${zone}`
  return `(case when ${s} ~ ${written} then (select case when extract(month from cel_d.day) = ${part(6, 2)} and cel_d.at ${inTime} then cel_d.at end from (select ${day} as day, ${seconds} as at offset 0) cel_d) end)`
}

const durationOfText = (s: string): string =>
  `(case when ${s} in ('0', '+0', '-0') then 0::numeric when ${s} ~ ${writtenDuration} then ${within(
    inDuration,
    `(select sum(trunc(cel_m.m[1]::numeric * ${units}, 9)) from regexp_matches(${s}, '([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)', 'g') as cel_m(m)) * case when ${s} like '-%' then -1 else 1 end`,
  )} end)`

const stamp = (t: string): string => `timestamp '1970-01-01' + floor(${t})::float8 * interval '1 second'`
const textOfTime = (t: string): string =>
  `(to_char(${stamp(t)}, 'YYYY-MM-DD"T"HH24:MI:SS') || case when ${t} = floor(${t}) then '' else rtrim(substr((${t} - floor(${t}))::numeric(10, 9)::text, 2), '0') end || 'Z')`

/** A moment's local clock at a zone that was written out, as seconds since 1970. `bind` makes a parameter. */
export function localSeconds(seconds: string, zone: string, bind: (text: string) => string): string {
  const offset = zone === 'UTC' ? 0 : fixedOffset(zone)
  if (offset !== null) return offset === 0 ? seconds : `(${seconds} + (${offset}))`
  // Not every PostgreSQL has every zone, and one that it lacks would fail the statement; looking for it takes 50 ms, once.
  const known = zone === 'Asia/Shanghai' ? 'true' : `exists (select from pg_timezone_names where name = ${bind(zone)})`
  return once(
    [seconds],
    (t) => `(case when ${known} then extract(epoch from ((${stamp(t)}) at time zone 'UTC' at time zone ${bind(zone)})) + (${t} - floor(${t})) end)`,
  )
}

const day = (t: string): string => `(date '1970-01-01' + floor(floor(${t}) / 86400)::int)`
const second = (t: string): string => `mod(mod(floor(${t}), 86400) + 86400, 86400)`
const calendar =
  (field: string, from: number) =>
  ([t = '']: string[]): string =>
    from === 0 ? `extract(${field} from ${day(t)})` : `(extract(${field} from ${day(t)}) - ${from})`

/** The formulas by function; moments are seconds, those of a calendar and clock take local seconds. */
export const timeFormulas = {
  intOfTime: ([t]: string[]) => `floor(${t})`,
  textOfTime: (args: string[]) => once(args, textOfTime),
  textOfDuration: ([d]: string[]) => `(trim_scale(${d})::text || 's')`,
  timeOfText: (args: string[]) => once(args, momentOfText),
  timeOfSeconds: (args: string[]) => once(args, (i) => `(case when ${i} ${inTime} then ${i}::numeric end)`),
  durationOfText: (args: string[]) => once(args, durationOfText),
  timePlus: ([t, d]: string[]) => within(inTime, `${t} + ${d}`),
  timeMinus: ([t, d]: string[]) => within(inTime, `${t} - ${d}`),
  timeBetween: ([a, b]: string[]) => within(inDuration, `${a} - ${b}`),
  durationPlus: ([a, b]: string[]) => within(inDuration, `${a} + ${b}`),
  durationMinus: ([a, b]: string[]) => within(inDuration, `${a} - ${b}`),
  fullYear: calendar('year', 0),
  month: calendar('month', 1),
  dayOfMonth: calendar('day', 0),
  dayOfMonth0: calendar('day', 1),
  dayOfWeek: calendar('dow', 0),
  dayOfYear: calendar('doy', 1),
  hours: ([t = '']: string[]) => `div(${second(t)}, 3600)`,
  minutes: ([t = '']: string[]) => `div(mod(${second(t)}, 3600), 60)`,
  seconds: ([t = '']: string[]) => `mod(${second(t)}, 60)`,
  milliseconds: (args: string[]) => once(args, (t) => `floor((${t} - floor(${t})) * 1000)`),
  durationHours: ([d]: string[]) => `div(trunc(${d}), 3600)`,
  durationMinutes: ([d]: string[]) => `div(trunc(${d}), 60)`,
  durationSeconds: ([d]: string[]) => `trunc(${d})`,
  durationMilliseconds: ([d]: string[]) => `mod(trunc(${d} * 1000), 1000)`,
}
/** Functions whose second argument is a time zone. */
export const zoned: ReadonlySet<string> = new Set([
  'fullYear',
  'month',
  'dayOfMonth',
  'dayOfMonth0',
  'dayOfWeek',
  'dayOfYear',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
])
