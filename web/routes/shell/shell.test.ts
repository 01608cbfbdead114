import assert from 'node:assert/strict'
import { test } from 'node:test'
import { homeOf, itemOf, matching, menu, menuFor } from './menu.ts'
import { isOpenPath, safeNext } from './open.ts'

test('only the answer sheet, the sign-in page and the gallery are open to everybody', () => {
  assert.deepEqual(['/', '/sign-in', '/answers', '/answers/changzhi', '/answersheet', '/records'].map(isOpenPath), [false, true, true, true, false, false])
})

test('signing in never leads to another site', () => {
  assert.equal(safeNext('/records?q=a'), '/records?q=a')
  for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', null]) assert.equal(safeNext(bad), '/')
})

test('a page is found by Chinese and by pinyin initials', () => {
  assert.equal(matching(menu, '工作')[0]?.href, '/')
  assert.equal(matching(menu, 'GZ')[0]?.href, '/')
  assert.deepEqual(matching(menu, 'zzzz'), [])
  assert.equal(itemOf('/')?.label, '工作台')
})

test('a page that needs an action is in the menu of those whose posts give it, the open ones in everybody’s', () => {
  const hrefs = (may: string[] | null) => menuFor(may).map((item) => item.href)
  assert.deepEqual(
    hrefs(null),
    menu.filter(({ open }) => open).map(({ href }) => href),
  )
  assert.ok(hrefs(null).includes('/answers') && !hrefs(null).includes('/records') && !hrefs(null).includes('/posts'))
  assert.ok(hrefs(['account.manage']).includes('/accounts'))
  assert.ok(!hrefs(['account.manage']).includes('/records') && !hrefs(['read']).includes('/accounts'))
  assert.ok(hrefs(['read']).includes('/records'))
})

test('an officer begins at the page of the office and has no workbench; everybody else begins there', () => {
  assert.deepEqual(
    ['account.manage', 'security.manage'].map((action) => [homeOf([action]), menuFor([action]).some((item) => item.href === '/')]),
    [
      ['/accounts', false],
      ['/appointments', false],
    ],
  )
  assert.equal(homeOf(['read', 'export']), undefined)
  assert.equal(menuFor(['read'])[0]?.href, '/')
})
