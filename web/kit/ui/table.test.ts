import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Column, cellText, sortedBy } from './table.ts'

const columns: Column<{ name: string; score: string | null; on?: string }>[] = [
  { key: 'name', title: '单位' },
  { key: 'score', title: '得分', align: 'end' },
  { key: 'on', title: '日期' },
]
const rows = [
  { name: '示例乙', score: '9.5', on: '2024-02-01' },
  { name: '示例甲', score: '88.20', on: '2023-12-31' },
  { name: '示例丙', score: null, on: '2024-01-15' },
]

test('numbers are sorted as numbers, and a missing one comes last in both directions', () => {
  assert.deepEqual(
    sortedBy(rows, columns, 'score').map((row) => row.name),
    ['示例乙', '示例甲', '示例丙'],
  )
  assert.deepEqual(
    sortedBy(rows, columns, '-score').map((row) => row.name),
    ['示例甲', '示例乙', '示例丙'],
  )
})

test('dates are sorted by day, not by year alone', () => {
  assert.deepEqual(
    sortedBy(rows, columns, 'on').map((row) => row.on),
    ['2023-12-31', '2024-01-15', '2024-02-01'],
  )
})

test('an unknown column changes nothing, and an empty cell is a dash', () => {
  assert.deepEqual(sortedBy(rows, columns, 'nothing'), rows)
  assert.equal(cellText(columns[1]!, rows[2]!), '—')
})
