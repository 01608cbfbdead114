// Boards in memory: spread, small classes, filters, order and paging.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#base/errors.ts'
import { pageOf, type Score, spreadOf } from './scoring.rules.ts'

const score = (id: string, total: string | null, given: Partial<Score> = {}): Score => ({
  id,
  name: `示例${id}`,
  class: 'city',
  parent: null,
  total,
  rank: null,
  grade: null,
  vetoes: [],
  blocks: {},
  items: JSON.stringify([{ id: 'x', points: total, max: '100', inputs: {}, missing: null }]),
  ...given,
})

test('mean, median and bands are exact; a hundred falls in the last band', () => {
  const [city] = spreadOf([score('a', '100'), score('b', '0.1'), score('c', '0.2'), score('d', '4.99'), score('e', '5')], [], 5).classes
  assert.equal(city?.mean, '22.06')
  assert.equal(city?.median, '4.99')
  assert.deepEqual([city?.bands?.[0], city?.bands?.[1], city?.bands?.[19]], [3, 1, 1])
})
test('a class of fewer than k shows its count alone', () => {
  const spread = spreadOf(
    ['a', 'b', 'c', 'd'].map((id) => score(id, '80', { grade: '好' })),
    ['好'],
    5,
  )
  assert.deepEqual(spread.classes, [{ class: 'city', count: 4, mean: null, median: null, bands: null, grades: null }])
  assert.equal(spread.itemMeans.get('小类'), undefined)
})
test('pages by key hold every score once, in order, those without a total last', () => {
  const all = [...Array.from({ length: 23 }, (_, n) => score(`${n}`, String((n * 7) % 10))), score('none', null)]
  for (const sort of ['total', '-total', 'name'] as const) {
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = pageOf(all, { sort }, after, 5)
      seen.push(...page.rows.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    assert.equal(new Set(seen).size, 24)
    assert.equal(seen.length, 24)
    if (sort !== 'name') assert.equal(seen.at(-1), 'none')
  }
})
test('totals are compared as numbers, not as text', () => {
  assert.deepEqual(
    pageOf([score('a', '9.5'), score('b', '100'), score('c', '20')], {}, undefined, 9).rows.map(({ id }) => id),
    ['b', 'c', 'a'],
  )
})
test('every word of a search must be in the name', () => {
  const all = [score('1', '1', { name: '市财政局第一党支部' }), score('2', '1', { name: '市财政局第二党支部' })]
  assert.deepEqual(
    pageOf(all, { q: '财政 第二' }, undefined, 9).rows.map(({ id }) => id),
    ['2'],
  )
})
test('a page key that was made up, or made for another order, is refused', () => {
  const { next } = pageOf([score('a', '1'), score('b', '2')], { sort: 'total' }, undefined, 1)
  for (const after of ['', 'x', 'bnVsbA', 'WzFd', next ?? '']) assert.throws(() => pageOf([score('a', '1')], { sort: 'name' }, after, 1), Refusal)
})
