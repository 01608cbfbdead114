import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bigrams, isLate, oneLine, searchText } from './ledger.rules.ts'
import type { RecordKind } from './ledger-kinds.contract.ts'

const kind: RecordKind = {
  id: 'k',
  name: '会',
  group: 'g',
  of: 'unit',
  attendance: 'none',
  roles: [],
  fields: [],
  complete: [],
  late_after_days: 15,
  minutes: 1,
}

test('late begins on the day after the last day of grace, over months and leap days', () => {
  assert.equal(isLate(kind, '2024-02-15', '2024-03-01'), false)
  assert.equal(isLate(kind, '2024-02-15', '2024-03-02'), true)
  assert.equal(isLate({ ...kind, late_after_days: 0 }, '2024-12-20', '2024-12-20'), false)
})

test('every part of a title of two characters or more has all its pairs among the title’s', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 2, maxLength: 40 }), fc.nat(40), fc.nat(40), (title, from, length) => {
      const text = searchText(title)
      const part = text.slice(from, from + length)
      const pairs = new Set(bigrams(title))
      // Evening out may change a part that was cut in the middle of a character made of two.
      return searchText(part) !== part || bigrams(part).every((pair) => pairs.has(pair))
    }),
  )
})

test('pairs are signed 32-bit numbers, as the column is', () => {
  for (const pair of bigrams('龥龥主题党日ＡＢ')) assert.ok(Number.isInteger(pair) && pair >= -(2 ** 31) && pair < 2 ** 31)
  assert.deepEqual(bigrams('党'), [])
  assert.deepEqual(bigrams('ＡＢ'), bigrams('a b'))
})

test('a title pasted over two lines becomes one', () => {
  assert.equal(oneLine('  关于\n召开\t会议　的通知 '), '关于 召开 会议 的通知')
})
