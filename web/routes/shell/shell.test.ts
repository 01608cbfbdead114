import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemOf, matching } from './menu.ts'
import { isOpenPath, safeNext } from './open.ts'

test('only the answer sheet, the sign-in page and the gallery are open to everybody', () => {
  assert.deepEqual(['/', '/sign-in', '/answers', '/answers/changzhi', '/answersheet', '/records'].map(isOpenPath), [false, true, true, true, false, false])
})

test('signing in never leads to another site', () => {
  assert.equal(safeNext('/records?q=a'), '/records?q=a')
  for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', null]) assert.equal(safeNext(bad), '/')
})

test('a page is found by Chinese and by pinyin initials', () => {
  assert.equal(matching('工作')[0]?.href, '/')
  assert.equal(matching('GZ')[0]?.href, '/')
  assert.deepEqual(matching('zzzz'), [])
  assert.equal(itemOf('/')?.label, '工作台')
})
