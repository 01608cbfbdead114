// What is said several times in a JSON Schema is said once, and the whole says the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withSharedParts } from './json-schema.ts'

const money = { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }], description: 'an exact number' }
const fee = { type: 'object', properties: { amount: money, note: { type: 'string' } }, required: ['amount'], additionalProperties: false }

test('a part that stands in several places is defined once, by the first property it describes; short ones stay', () => {
  const schema = {
    type: 'object',
    properties: { first: fee, second: fee, least: money, third: { type: 'array', items: fee }, a: { type: 'string' }, b: { type: 'string' } },
  }
  assert.deepEqual(withSharedParts(schema), {
    type: 'object',
    properties: {
      first: { $ref: '#/$defs/first' },
      second: { $ref: '#/$defs/first' },
      least: { $ref: '#/$defs/amount' },
      third: { type: 'array', items: { $ref: '#/$defs/first' } },
      a: { type: 'string' },
      b: { type: 'string' },
    },
    $defs: { amount: money, first: { ...fee, properties: { amount: { $ref: '#/$defs/amount' }, note: { type: 'string' } } } },
  })
})

test('what moves with a part that is shared is not defined again for itself, and a name that is taken is not used', () => {
  const schema = { properties: { fee: { items: fee }, other: { items: fee } }, $defs: { fee: { type: 'string', minLength: 1 } } }
  const { $defs } = withSharedParts(schema) as { $defs: object }
  assert.deepEqual($defs, { fee: { type: 'string', minLength: 1 }, fee2: { items: { ...fee } } })
})

test('values are no schemas: lists of words, required names and properties that are called like keywords stay', () => {
  const words = ['aaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'cccccccccccccccccccccccccc']
  const schema = {
    anyOf: [{ enum: words, required: words }, { not: { enum: words, default: { items: fee } } }],
    properties: { properties: money, items: money },
  }
  const { $defs, ...rest } = withSharedParts(schema)
  assert.deepEqual($defs, { properties: money })
  assert.deepEqual(rest, { ...schema, properties: { properties: { $ref: '#/$defs/properties' }, items: { $ref: '#/$defs/properties' } } })
})
