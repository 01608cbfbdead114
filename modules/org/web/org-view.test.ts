// What the pages of org say.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Vocabulary } from '../org.contract.ts'
import { bodyHref, byPost, nameOf, ruleTone, termState } from './org-view.ts'

test('a word without a name in the pack stands for itself', () => {
  assert.equal(nameOf([{ id: 'a', name: '甲' }], 'a'), '甲')
  assert.equal(nameOf(undefined, 'b'), 'b')
})

test('links keep the date and the moment', () => {
  assert.equal(bodyHref('unit', 'x', { on: '2023-01-01', asOf: '' }), '/org/units/x?on=2023-01-01')
  assert.equal(bodyHref('party-org', 'x'), '/org/party-orgs/x')
})

test('a term is overdue on the day after it was due', () => {
  assert.deepEqual(
    [-1, 0, 90, 91].map((days) => termState(days).tone),
    ['bad', 'soon', 'soon', 'good'],
  )
})

test('a rule is told as broken, kept, kept with exceptions, or not yet in force', () => {
  const rule = { inForce: true, broken: 0, excepted: 0, of: 3 }
  assert.equal(ruleTone({ ...rule, broken: 2 }).text, '2个不符合')
  assert.equal(ruleTone(rule).text, '全部符合')
  assert.equal(ruleTone({ ...rule, excepted: 1 }).text, '其余1个为例外')
  assert.equal(ruleTone({ ...rule, inForce: false }).tone, 'off')
})

test('posts stand in the order of the pack', () => {
  const vocabulary = {
    posts: [
      { id: 'secretary', name: '书记' },
      { id: 'member', name: '委员' },
    ],
  } as Vocabulary
  assert.deepEqual(
    byPost([{ post: 'member' }, { post: 'secretary' }, { post: 'member' }], vocabulary).map((group) => [group.name, group.holders.length]),
    [
      ['书记', 1],
      ['委员', 2],
    ],
  )
})
