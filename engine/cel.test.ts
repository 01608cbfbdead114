// CEL → SQL as text, and what is refused. No database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCel } from '#engine/cel.ts'
import { celSql } from '#engine/cel-sql.ts'
import type { Names } from '#engine/cel-typing.ts'
import { columnNames } from '#engine/check-measure.ts'
import { createWriter } from '#engine/sql.ts'
import { trialCatalogue } from '#engine/test/trial.ts'

const event = trialCatalogue.sources.find((source) => source.name === 'event')
assert.ok(event)
const names: Names = columnNames(event)

function sqlOf(text: string): [string, ...unknown[]] {
  const { expr, problems } = compileCel(text, names)
  assert.deepEqual(problems, [])
  assert.ok(expr)
  const writer = createWriter()
  return [celSql(expr, (ref) => ref.name, writer), ...writer.values]
}

function refusalOf(text: string): string {
  const { expr, problems } = compileCel(text, names)
  assert.equal(expr, null)
  return problems.map(({ offset, message, hint }) => `${offset} ${message}${hint === undefined ? '' : ` (${hint})`}`).join('; ')
}

test('[R-CEL-10] literals are bound, never part of the text', () => {
  assert.deepEqual(sqlOf('kind == "a\'; drop table"'), ['(kind = $1::text)', "a'; drop table"])
  assert.deepEqual(sqlOf('n >= 3 && n < 5'), ['((n >= $1::bigint) and (n < $2::bigint))', '3', '5'])
})

test('[R-CEL-1] a number with a point is a decimal as it is written', () => {
  assert.deepEqual(sqlOf('hours == 0.10'), ['(hours = $1::numeric)', '0.10'])
  assert.deepEqual(sqlOf('hours == decimal("-1.5")'), ['(hours = $1::numeric)', '-1.5'])
  assert.match(refusalOf('hours > 1e3'), /^0 `>` doesn't work with decimal and double \(a decimal is exact/)
  assert.match(refusalOf('hours * double(n) > 1.0'), /^0 `\*` doesn't work with decimal and double/)
})

test('[R-NUM-1] [R-NUM-2] a quotient of decimals keeps 30 places and is rounded to 12 before it is compared', () => {
  assert.deepEqual(sqlOf('hours / n > 0.5'), ['(round((div((hours) * 1e30, nullif(n::numeric, 0)) * 1e-30), 12) > $1::numeric)', '0.5'])
})

test('[R-CEL-5] a quotient of ints drops the fraction; a remainder is for ints', () => {
  assert.deepEqual(sqlOf('n / 2 == 1'), ['(div(n::numeric, nullif($1::numeric, 0)) = $2::bigint)', '2', '1'])
  assert.match(refusalOf('hours % 2 == 0'), /`%` is for whole numbers/)
})

test('[R-CEL-3] has and comparisons with null ask for a value', () => {
  assert.deepEqual(sqlOf('has(hours)'), ['(hours is not null)'])
  assert.deepEqual(sqlOf('kind == null'), ['(not (kind is not null))'])
  assert.match(refusalOf('n < null'), /null can only be compared/)
})

test('[R-CEL-4] a choice on null is null', () => {
  assert.deepEqual(sqlOf('(ok ? n : null) == 1')[0], '((case ok when true then n::numeric when false then $1::numeric end) = $2::bigint)')
})

test('[R-CEL-6] text is ordered by code point, and equality keeps the index', () => {
  assert.deepEqual(sqlOf('kind < "b"'), ['(kind collate "C" < $1::text collate "C")', 'b'])
  assert.deepEqual(sqlOf('kind.startsWith("a")'), ['starts_with(kind, $1::text)', 'a'])
  assert.deepEqual(sqlOf('kind.endsWith("a")')[0], '(right(kind, char_length($1::text)) = $1::text)')
  assert.deepEqual(sqlOf('kind.matches("a.*")'), ['(kind ~ $1::text)', 'a[^\n]*'])
  assert.match(refusalOf('kind.matches("\\\\d")'), /^13 this pattern may mean something else in PostgreSQL/)
  assert.match(refusalOf('kind.matches(kind)'), /^13 the pattern has to be written out/)
})

test('[R-CEL-7] membership in a list of text is one parameter', () => {
  assert.deepEqual(sqlOf('kind in ["a", "b"]'), ['(kind = any($1::text[]))', ['a', 'b']])
  assert.deepEqual(sqlOf('"a" in tags'), ['(case when $1::text is not null and tags is not null then array_position(tags, $1::text) is not null end)', 'a'])
  assert.match(refusalOf('n in ["a"]'), /`in` doesn't work with int and string/)
})

test('[R-CEL-8] dates are written as dates', () => {
  assert.deepEqual(sqlOf('due - date("2024-01-31") > 3')[0], '((due - $1::date)::bigint > $2::bigint)')
  assert.match(refusalOf('due > "2024-01-31"'), /write date\("2024-01-31"\)/)
  assert.match(refusalOf('due > date("2024-02-30")'), /`date` takes text such as/)
})

test('[R-CEL-1] a number with a point is a decimal beside one, and a double alone', () => {
  assert.deepEqual(sqlOf('0.1 + hours > 0.3')[0], '(($1::numeric + hours) > $2::numeric)')
  assert.match(sqlOf('0.1 + 0.2 == 0.3')[0], /\$1::float8 \+ \$2::float8/)
  assert.deepEqual(sqlOf('n > 0.5')[0], '(n > $1::numeric)')
  assert.match(refusalOf('hours + double(n) > 0.5'), /a decimal is exact, a double is not/)
})

test('[R-CEL-5] an int that may leave its 64 bits is tested, one that can not is not', () => {
  assert.equal(
    sqlOf('n + 1 > 2')[0],
    '((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (n::numeric + $1::numeric) as a0 offset 0) v1) > $2::bigint)',
  )
  assert.equal(sqlOf('size(kind) + 1 > 2')[0], '((char_length(kind)::bigint + $1::numeric) > $2::bigint)')
  assert.equal(sqlOf('n > 9223372036854775807')[0], '(n > $1::bigint)')
})

test('[R-CEL-6] a place in a text is tested before PostgreSQL sees it', () => {
  assert.equal(
    sqlOf('kind.charAt(n) == "a"')[0],
    '((case when n between 0 and char_length(kind) then substr(kind, least(greatest(n, -1), 1000000000)::int + 1, 1) end) = $1::text)',
  )
  assert.match(refusalOf('kind.charAt("a")'), /^12 expected int, found string/)
  assert.match(refusalOf('kind.charAt()'), /^0 `charAt` takes 1 argument, found 0/)
  assert.match(refusalOf('kind.chartAt(1)'), /did you mean `charAt`/)
})

test('[R-CEL-10] maps, messages and types are refused, each mistake once', () => {
  assert.match(refusalOf('{"a": 1}["a"] == 1'), /maps and optional fields/)
  assert.match(refusalOf('type(n) == type(1)'), /types are no values here/)
  assert.match(refusalOf('Record{n: 1}.n == 1'), /messages are not available here/)
  assert.equal(refusalOf('[1, "a"].exists(x, x == huors)'), '24 no field `huors` (did you mean `hours`?)')
})

test('[R-CEL-10] what would take PostgreSQL long to plan is refused', () => {
  assert.equal(sqlOf(`${'n + '.repeat(50)}n > 0`).length, 2)
  assert.match(refusalOf(`${'n + '.repeat(70)}n > 0`), /more than 60 calculations stand inside one another/)
  assert.match(refusalOf(`cel.bind(a, ${'n + '.repeat(40)}n, a * a > 0)`), /too large to be bound/)
})

test('[R-CEL-14] a list that holds an error is one', () => {
  assert.deepEqual(sqlOf('[n, 2][0] == 1')[0].includes('num_nulls(n, $1::bigint) = 0'), true)
  assert.deepEqual(sqlOf('tags == ["a"]'), ['(tags = array[$1::text]::text[])', 'a'])
  assert.match(refusalOf('[1, "a"]'), /a list of several types is no value in SQL/)
})

test('[R-CEL-15] a macro is a subselect over the list in its order', () => {
  assert.equal(
    sqlOf('tags.exists(t, t == kind)')[0],
    '(case when tags is not null then (select case when bool_or(each1s.p) then true when bool_or(each1s.p is null) then null else false end from (select (each1.v = kind) as p from unnest(tags) with ordinality as each1(v, i)) each1s) end)',
  )
  assert.match(refusalOf('tags.all(t, t > 1)'), /^12 `>` doesn't work with string and int/)
  assert.match(refusalOf('tags.all(t, tt == "a")'), /did you mean `t`/)
  assert.match(refusalOf('n.all(t, true)'), /^0 `all` is for lists, found int/)
})

test('[R-CEL-16] a column of moments is compared as it is, a zone has to be written out', () => {
  assert.equal(sqlOf('at < timestamp("2024-03-01T08:00:00+08:00")')[0], '(at < $1::timestamptz)')
  assert.match(sqlOf('at + duration("1h") < at')[0], /extract\(epoch from at\)/)
  assert.match(refusalOf('at.getHours(kind) == 1'), /^12 the time zone has to be written out/)
  assert.match(refusalOf('at.getHours("Asia/Shanghia") == 1'), /no time zone/)
})

test('[R-DIA-1] all problems of an expression are said, each at its place, with the nearest name', () => {
  assert.equal(
    refusalOf('kindd == "a" && huors > 1 && n == "x"'),
    "0 no field `kindd` (did you mean `kind`?); 16 no field `huors` (did you mean `hours`?); 29 `==` doesn't work with int and string",
  )
  assert.match(refusalOf('n > '), /^\d+ not a CEL expression/)
  assert.match(refusalOf('kind.size'), /^0 no field|fields of fields|^0 no/)
})

test('[R-DIA-2] odd text is refused, not thrown', () => {
  for (const text of [
    '',
    ' ',
    '((((',
    '"',
    'a.b.c.d',
    '{}',
    '[1, "a"]',
    'n[0]',
    '-"a"',
    '!n',
    'toString',
    '__proto__',
    'constructor == 1',
    '"\\u0000" == kind',
    `${'('.repeat(500)}n${')'.repeat(500)}`,
    'has(1)',
    'size()',
    'round(n, 99)',
    'date(kind)',
    '99999999999999999999 > n',
  ]) {
    const { expr, problems } = compileCel(text, names)
    assert.equal(expr, null, text)
    assert.ok(problems.length > 0, text)
  }
})
