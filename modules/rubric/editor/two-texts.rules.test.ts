// Two texts side by side show every difference and nothing else but the lines beside it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { twoTexts } from './two-texts.rules.ts'

test('equal texts show nothing; a changed line stands beside what it was, with a shared line on either side', () => {
  assert.deepEqual(twoTexts('a\nb', 'a\nb'), [])
  assert.deepEqual(twoTexts('1\n2\n3\n4\n5', '1\n2\n三\n4\n5'), [
    { left: '2', right: '2', isSame: true, gap: 1 },
    { left: '3', right: '三', isSame: false, gap: 0 },
    { left: '4', right: '4', isSame: true, gap: 0 },
  ])
})
test('what was added alone stands alone', () => {
  assert.deepEqual(
    twoTexts('a\nc', 'a\nb\nc').map(({ left, right }) => [left, right]),
    [
      ['a', 'a'],
      [null, 'b'],
      ['c', 'c'],
    ],
  )
})
test('either text comes back from the pairs and the gaps, whatever the texts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (left, right) => {
      const pairs = twoTexts(left, right)
      const lines = (side: 'left' | 'right') => pairs.filter((pair) => pair[side] !== null).length + pairs.reduce((sum, { gap }) => sum + gap, 0)
      if (left === right) assert.deepEqual(pairs, [])
      else assert.ok(lines('left') <= left.split('\n').length && lines('right') <= right.split('\n').length)
      const rest = (side: 'left' | 'right', all: string) => pairs.every((pair) => pair[side] === null || all.split('\n').includes(pair[side]))
      assert.ok(rest('left', left) && rest('right', right))
      assert.ok(pairs.every(({ left: l, right: r, isSame }) => isSame === (l === r)))
    }),
  )
})
