// Statements as values.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { columns, queries, query, sql } from './sql.ts'

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
