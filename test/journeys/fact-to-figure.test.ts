// From a fact to a figure: a lecture entered on a phone moves the unit's score and the city's figure, both opened again down to that record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage, openSignedIn, settled } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)
const lectures = '/answers/changzhi/secretaries-lecturing'
const branches = ['第一', '第二', '第三'].map((nth) => `市教育局（示例）${nth}党支部`)

/** The number that stands large on a figure's page. */
async function figureNow(page: Page): Promise<number> {
  await page.goto(origin + lectures)
  await page.getByRole('heading', { name: '证据' }).waitFor()
  const told = /([\d,]+) \/ 共 [\d,]+/.exec(await page.locator('main').innerText())
  assert.ok(told?.[1], 'the figure tells numerator and denominator')
  return Number(told[1].replaceAll(',', ''))
}

/** The total of the only unit in the reader's scope, from the board to its score page. */
async function scoreNow(page: Page): Promise<number> {
  await page.goto(`${origin}/scoring/clean-2024`)
  await page.getByRole('link', { name: '市教育局（示例）' }).click()
  await page.getByRole('heading', { level: 1, name: '市教育局（示例）' }).waitFor()
  const told = /得分[\s\S]*?(\d+\.\d\d)/.exec(await page.locator('main').innerText())
  assert.ok(told?.[1], 'the score page tells the total')
  return Number(told[1])
}

test('a secretary’s lecture entered on a phone moves the figure by one and the unit’s score up, and is among the rows of both', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, account('dangwei'), '/', 'phone')
  const figureBefore = await figureNow(page)
  const scoreBefore = await scoreNow(page)

  // The score taken apart says which branch is missing.
  await page.getByRole('button', { name: /^书记讲纪律党课/ }).tap()
  await page.getByRole('button', { name: /看每一行.*书记讲过纪律党课的党组织数/ }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/共 \d+ 行，您都可见/).waitFor()
  const told = await dialog.innerText()
  const branch = branches.find((name) => !told.includes(name))
  assert.ok(branch, 'a branch whose secretary hasn’t lectured')
  await page.keyboard.press('Escape')

  // Who its secretary is, the directory knows.
  await page.goto(`${origin}/org?q=${encodeURIComponent(branch)}`)
  await page.getByRole('link', { name: branch, exact: true }).tap()
  await page.getByRole('heading', { level: 1, name: branch, exact: true }).waitFor()
  const posts = page.locator('section', { has: page.getByRole('heading', { name: '任职' }) })
  const secretary = /^书记\s+(\S+)/m.exec(await posts.innerText())?.[1]
  assert.ok(secretary)

  await page.goto(`${origin}/records/new?kind=party-lecture`)
  await settled(page)
  await page.getByLabel('组织').selectOption({ label: branch })
  await page.getByLabel('日期').fill('2024-06-18')
  await page.getByLabel('标题').fill('旅程里的纪律党课')
  const lecturer = page.getByRole('combobox', { name: '讲课人' })
  await lecturer.fill(secretary)
  await page
    .getByRole('option', { name: new RegExp(secretary) })
    .first()
    .tap()
  const more = page.locator('summary', { hasText: '更多' })
  if (!(await page.getByLabel('课程类别').isVisible())) await more.tap()
  await page.getByLabel('课程类别').selectOption({ label: '纪律党课' })
  await page.getByLabel('所属专项').selectOption({ label: '党纪学习教育' })
  await page.getByRole('button', { name: '保存' }).tap()
  await page.getByRole('heading', { name: '已存好' }).waitFor()
  await page.getByText('要素齐全').waitFor()
  await page.getByText('已标为补录').waitFor()

  assert.equal(await figureNow(page), figureBefore + 1)
  const row = page.getByRole('link', { name: '旅程里的纪律党课' })
  await row.tap()
  await page.getByRole('heading', { level: 1, name: '旅程里的纪律党课' }).waitFor()
  assert.ok((await scoreNow(page)) > scoreBefore, 'the unit’s score has risen')

  // Withdrawn, both are what they were; as of the day before, they never moved.
  await page.goto(`${origin}/records?q=${encodeURIComponent('旅程里的纪律党课')}`)
  await page.getByRole('link', { name: /旅程里的纪律党课/ }).tap()
  await page.getByRole('button', { name: '撤回' }).tap()
  await page.getByLabel('撤回原因').fill('旅程走完了')
  await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).tap()
  await page.getByText('原因：旅程走完了').waitFor()
  assert.equal(await figureNow(page), figureBefore)
  assert.equal(await scoreNow(page), scoreBefore)
  assert.deepEqual(errors, [])
  await context.close()
})

test('the public sees the same number and none of the rows', async () => {
  const { page, context, errors } = await openPage(browser, 'phone')
  assert.ok((await figureNow(page)) > 0)
  assert.equal(await page.getByRole('table').count(), 0)
  assert.deepEqual(errors, [])
  await context.close()
})
