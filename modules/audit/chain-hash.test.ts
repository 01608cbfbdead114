// What a link's hash stands on.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { BEGINNING, linkHash } from './chain.ts'

const entry = {
  entryId: 'e',
  at: 't',
  actorId: null,
  action: 'a',
  objectKind: 'k',
  objectId: 'o',
  detail: '{}',
  post: null,
  postBodyId: null,
  address: null,
  requestId: null,
}

test('SM3 here is GB/T 32905’s: its first example', () => {
  assert.equal(createHash('sm3').update('abc').digest('hex'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
})

test('a link’s hash is of its algorithm, its place and every field of its entry', () => {
  const hash = linkHash('sha256', BEGINNING, 1, entry)
  assert.match(hash, /^[0-9a-f]{64}$/)
  assert.notEqual(linkHash('sm3', BEGINNING, 1, entry), hash)
  assert.notEqual(linkHash('sha256', hash, 1, entry), hash)
  assert.notEqual(linkHash('sha256', BEGINNING, 2, entry), hash)
  for (const field of Object.keys(entry)) assert.notEqual(linkHash('sha256', BEGINNING, 1, { ...entry, [field]: 'other' }), hash, field)
})

test('no two different entries share a text: what is moved from one field to the next shows', () => {
  assert.notEqual(linkHash('sha256', BEGINNING, 1, { ...entry, action: 'ak', objectKind: '' }), linkHash('sha256', BEGINNING, 1, entry))
})
