// The pure rules of change.
import assert from 'node:assert/strict'
import test from 'node:test'
import { ancestors, inForce, partBefore, partSince, targetIsBelow, termEnd } from './changes.rules.ts'

const row = { validFrom: '2020-01-01', validUntil: 'infinity', name: 'a' }

test('a row is cut at a day: before it as it was, from it on as it is', () => {
  assert.deepEqual(partBefore(row, '2022-01-01'), [{ ...row, validUntil: '2022-01-01' }])
  assert.deepEqual(partSince(row, '2022-01-01', { name: 'b' }), { name: 'b', validFrom: '2022-01-01', validUntil: 'infinity' })
})

test('a row cut on its first day leaves nothing before, and one that begins later keeps its beginning', () => {
  assert.deepEqual(partBefore(row, '2020-01-01'), [])
  assert.equal(partSince(row, '2019-01-01', {}).validFrom, '2020-01-01')
})

test('the last day is outside', () => {
  assert.equal(inForce({ validFrom: '2020-01-01', validUntil: '2021-01-01' }, '2021-01-01'), false)
  assert.equal(inForce({ validFrom: '2020-01-01', validUntil: '2021-01-01' }, '2020-12-31'), true)
})

test('a term that began on 29 February ends on the 28th', () => {
  assert.equal(termEnd('2024-02-29', 3), '2027-02-28')
  assert.equal(termEnd('2022-01-10', 5), '2027-01-10')
})

test('the way up stops where it would go round', () => {
  assert.deepEqual(
    ancestors(
      'a',
      new Map([
        ['a', 'b'],
        ['b', 'c'],
        ['c', null],
      ]),
    ),
    ['b', 'c'],
  )
  assert.deepEqual(
    ancestors(
      'a',
      new Map([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ),
    ['b', 'a'],
  )
})

test('a target right below a merged body may take its place, one further down may not', () => {
  const tree = new Map<string, string | null>([
    ['low', 'middle'],
    ['middle', 'top'],
    ['top', null],
  ])
  assert.equal(targetIsBelow('middle', new Set(['top']), tree), false)
  assert.equal(targetIsBelow('low', new Set(['top']), tree), true)
  assert.equal(targetIsBelow('low', new Set(['top', 'middle']), tree), false)
})
