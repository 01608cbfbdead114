import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TodoItem } from '../desk.contract.ts'
import { countsOf, inOrder } from './desk-view.ts'

function item(id: string, due: string | null, minutes = 5): TodoItem {
  return { id, title: id, kind: '纪实', due, minutes, href: '/', state: 'open' }
}

test('every thing to do is counted once, by how soon it is due', () => {
  const items = [item('a', '2024-12-19'), item('b', '2024-12-20'), item('c', '2024-12-27'), item('d', '2024-12-28'), item('e', null, 30)]
  assert.deepEqual(countsOf(items, '2024-12-20'), { late: 1, today: 1, week: 1, later: 2, minutes: 50 })
})

test('the earliest comes first, what has no date last', () => {
  assert.deepEqual(
    inOrder([item('none', null), item('long', '2024-12-21', 20), item('short', '2024-12-21', 5), item('first', '2024-12-01')]).map((each) => each.id),
    ['first', 'short', 'long', 'none'],
  )
})
