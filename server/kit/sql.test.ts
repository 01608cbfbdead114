// Statements as values.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { columns, ofScope, protect, queries, query, seenBy, sql } from './sql.ts'

test('a query is known by its name, and no two have one', () => {
  const one = query('test.only-one', Type.Object({}), (_: object) => sql`select 1`)
  assert.equal(queries.get('test.only-one'), one)
  assert.throws(() => query('test.only-one', Type.Object({}), (_: object) => sql`select 2`), /two queries are called test\.only-one/)
})

test('the select list of a row names each column by its property', () => {
  const row = Type.Object({ recordId: Type.String(), title: Type.String() })
  assert.equal(columns(row.properties).text, 'record_id as "recordId", title as "title"')
  assert.equal(columns(row.properties, 'r').text, 'r.record_id as "recordId", r.title as "title"')
})

test('values are marks in the text, in nested statements too', () => {
  const part = sql`a = ${'x'}`
  const whole = sql`select ${columns({ n: Type.Integer() })} from t where ${part} and b = ${2}`
  assert.equal(whole.text, 'select n as "n" from t where a = $1 and b = $2')
  assert.deepEqual(whole.values, ['x', 2])
})

test('what is read in braces is the table for who sees the tenant, and the rows of the scope for others', () => {
  protect('shed.nail', ofScope('box_id'))
  protect('shed.nails_on', ofScope('box_id'))
  protect('shed.box', () => `exists (select from {shed.nail} n where n.box_id = it.box_id)`)
  const { text } = sql`select n.length from {shed.nail} n join {shed.nails_on(${1}::date, now())} m using (id) where n.note = '{}' and n.id = ${2}`
  assert.equal(seenBy('tenant', text), `select n.length from shed.nail n join shed.nails_on($1::date, now()) m using (id) where n.note = '{}' and n.id = $2`)
  assert.equal(
    seenBy('narrow', text),
    `select n.length from (select it.* from shed.nail it where it.box_id = any ((select kit.scope())::uuid[])) n join (select it.* from shed.nails_on($1::date, now()) it where it.box_id = any ((select kit.scope())::uuid[])) m using (id) where n.note = '{}' and n.id = $2`,
  )
  assert.match(seenBy('wide', text), /shed\.nail it where nullif\(it\.box_id in \(select unnest\(kit\.scope\(\)\)\), false\) is not null\) n/)
  assert.match(seenBy('narrow', 'select from {shed.box} b'), /from \(select it\.\* from shed\.nail it where .*\) n where n\.box_id = it\.box_id\)\) b$/)
  assert.throws(() => seenBy('tenant', 'select from {shed.screw} s'), /nobody has said whose its rows are/)
})
