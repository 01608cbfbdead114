// The log says what went wrong and where, and nothing of what people sent or are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from './log.ts'

const told = (error: Error) => wordsOf(error).split('\n')[0]

test('what an error quotes of a request or a row is left out; code, table and constraint stay', () => {
  const unique = Object.assign(new Error('duplicate key value violates unique constraint "person_phone"'), {
    code: '23505',
    table: 'person',
    constraint: 'person_phone',
    detail: 'Key (phone)=(13800000000) already exists.',
  })
  assert.equal(told(unique), 'Error: duplicate key value violates unique constraint "…" [23505 person person_phone]')
  assert.equal(told(new Error('invalid input syntax for type uuid: "王示例"')), 'Error: invalid input syntax for type uuid: "…"')
  assert.equal(told(new SyntaxError(`Unexpected token '王', "王示例 13800" is not valid JSON`)), 'SyntaxError: Unexpected token "…" is not valid JSON')
  assert.equal(told(new Error('row "(1,"36.195, 113.116",x)" of "y" is refused')), 'Error: row "…" is refused')
  assert.equal(told(new Error('no account 王示例 with 13800000000 on row 12')), 'Error: no account … with … on row 12')
})

test('where it happened stays, also for messages of several lines', () => {
  const lines = wordsOf(new Error('first\n示例 second')).split('\n')
  assert.equal(lines[0], 'Error: first')
  assert.match(lines.slice(2).join('\n'), /^ +at .*log\.test\.ts:\d+/)
  assert.ok(lines.slice(2).every((line) => /^ +at /.test(line)))
})
