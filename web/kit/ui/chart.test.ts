import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buckets, ceiling, linePath, radarPoints } from './chart.ts'

test('an axis ends at a round number that holds the largest value', () => {
  assert.deepEqual([0, 0.7, 9, 21, 50, 999].map(ceiling), [1, 1, 10, 25, 50, 1000])
})

test('every value falls into one bucket, ends included', () => {
  const list = buckets([0, 59.9, 60, 99, 100], 0, 100, 10)
  assert.equal(
    list.reduce((sum, bucket) => sum + bucket.count, 0),
    5,
  )
  assert.equal(list[5]?.count, 1)
  assert.equal(list[6]?.count, 1)
  assert.equal(list[9]?.count, 2)
})

test('a radar starts at the top and stays inside its circle', () => {
  const [top, right] = radarPoints([1, 2, 0, 0.5])
  assert.ok(Math.abs((top?.x ?? 1) - 0) < 1e-9 && top?.y === -1)
  assert.ok(Math.abs((right?.x ?? 0) - 1) < 1e-9)
})

test('a gap in a line is left open, and a flat line stands in the middle', () => {
  assert.equal(linePath([1, null, 3], 10, 4), 'M0 4M10 0')
  assert.equal(linePath([5, 5], 10, 4), 'M0 2L10 2')
  assert.equal(linePath([null], 10, 4), '')
})
