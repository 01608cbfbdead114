import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScoreBlock, ScoreItem } from '../scoring.contract.ts'
import { bandWindow, basisQuery, bucketsOf, dearest, difference, lostPoints, withQuery } from './scoring-view.ts'

const bands = (at: Record<number, number>) => Array.from({ length: 20 }, (_, index) => at[index] ?? 0)

test('the window of the histograms begins at the ten below the lowest band of any class, never above seventy', () => {
  assert.deepEqual(bandWindow([{ bands: bands({ 19: 3 }) }, { bands: bands({ 11: 1 }) }, { bands: null }], 5), { low: 50, high: 100 })
  assert.deepEqual(bandWindow([{ bands: bands({ 19: 3 }) }], 5), { low: 70, high: 100 })
  assert.deepEqual(bandWindow([], 5), { low: 70, high: 100 })
  assert.deepEqual(bucketsOf(bands({ 19: 3 }), 5, 90), [
    { from: 90, to: 95, count: 0 },
    { from: 95, to: 100, count: 3 },
  ])
})
test('differences are exact and signed', () => {
  assert.deepEqual(
    [difference('3.3', '3'), difference('0.1', '0.3'), difference('2.50', '2.5'), difference(null, '1'), difference('1', null)],
    ['+0.3', '−0.2', '持平', '', ''],
  )
})
test('the dearest items come first, through all blocks; deductions count what they took', () => {
  const item = (id: string, points: string | null, max: string | null) => ({ id, points, max }) as ScoreItem
  const block = (items: ScoreItem[], blocks: ScoreBlock[] = []) => ({ items, blocks }) as unknown as ScoreBlock
  const tree = [block([item('a', '2', '3'), item('full', '3', '3')], [block([item('b', '-1.5', '0'), item('none', null, '4'), item('open', '1', null)])])]
  assert.deepEqual(
    dearest(tree, 9).map((one) => [one.item.id, one.lost]),
    [
      ['b', '1.5'],
      ['a', '1'],
    ],
  )
  assert.equal(lostPoints({ points: '5', max: '3' }), '0')
})
test('an address asks for a run alone, or for a day with what was known by the end of another', () => {
  assert.deepEqual(basisQuery('r', { run: 'x', on: '2024-12-01', asOf: '2024-12-01' }), { run: 'x' })
  assert.deepEqual(basisQuery('r', { run: '', on: '2024-12-01', asOf: '2024-11-30' }), { rubric: 'r', on: '2024-12-01', asOf: '2024-11-30T23:59:59.999+08:00' })
  assert.deepEqual(basisQuery('r', { run: '', on: '', asOf: '' }), { rubric: 'r' })
})
test('an address leaves out what is not set', () => {
  assert.equal(withQuery('/scoring/x', { run: '', on: '2024-12-20' }), '/scoring/x?on=2024-12-20')
  assert.equal(withQuery('/scoring/x', { run: '' }), '/scoring/x')
})
