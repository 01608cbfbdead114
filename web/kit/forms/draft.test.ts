// Nothing that was typed is lost, and nobody reads what another account typed.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { draftsOf, dropDraft, keepDraft, readDraft } from './draft.ts'

const kept = new Map<string, string>()
let isFull = false

beforeEach(() => {
  kept.clear()
  isFull = false
  draftsOf('wang')
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: {
      getItem: (key: string) => kept.get(key) ?? null,
      removeItem: (key: string) => kept.delete(key),
      setItem: (key: string, text: string) => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError')
        kept.set(key, text)
      },
    },
  })
})

test('a draft comes back with the moment it was kept, until it is dropped', () => {
  const at = new Date('2024-12-20T02:00:00Z')
  assert.equal(keepDraft('record:new', { title: '主题党日' }, at), true)
  assert.deepEqual(readDraft('record:new', at), { at: at.toISOString(), values: { title: '主题党日' } })
  dropDraft('record:new')
  assert.equal(readDraft('record:new', at), null)
})

test('another account on the same machine does not see the draft', () => {
  keepDraft('record:new', { title: '主题党日' })
  draftsOf('li')
  assert.equal(readDraft('record:new'), null)
})

test('a draft of a month ago, or one that is broken, is dropped', () => {
  keepDraft('a', { x: 1 }, new Date('2024-11-01T00:00:00Z'))
  assert.equal(readDraft('a', new Date('2024-12-20T00:00:00Z')), null)
  kept.set('dajuan:draft:wang:b', '{')
  assert.equal(readDraft('b'), null)
  assert.equal(kept.size, 0)
})

test('a full browser is told, not thrown at the person', () => {
  isFull = true
  assert.equal(keepDraft('a', { x: 1 }), false)
})
