// The work committee's desk looks through the records: by organisation, kind and words, page by page, and takes them home as a file.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { axe, type Edition, openSignedIn, overflowsSideways, type Size, settled } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)
const desk = account('gongwei')
const secretary = account('zhibu')

test('filters stand in the address, survive a reload, and can all be cleared', async () => {
  const { page, errors, context } = await openSignedIn(browser, origin, desk, '/records')
  const intro = page.locator('.intro')
  const all = await intro.textContent()
  assert.match(all ?? '', /1000\+ 条|\d+ 条/)
  const body = page.getByRole('combobox', { name: '组织' })
  await body.fill('机关党委')
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.waitForURL(/body=/)
  // The address holds the id alone: the name is asked for anew.
  await page.waitForFunction(() => /.机关党委/.test((document.querySelector('[role=combobox]') as HTMLInputElement | null)?.value ?? ''))
  const chosen = await body.inputValue()
  await page.getByLabel('种类').selectOption({ label: '主题党日' })
  await page.waitForURL(/kind=theme-day/)
  await settled(page)
  await page.reload()
  await settled(page)
  await page.waitForFunction((name) => (document.querySelector('[role=combobox]') as HTMLInputElement | null)?.value === name, chosen)
  assert.notEqual(await intro.textContent(), all)
  await page.getByRole('button', { name: '全部清除' }).click()
  await page.waitForFunction((text) => document.querySelector('.intro')?.textContent === text, all)
  assert.equal(await body.inputValue(), '')
  await page.getByLabel('查找').fill('党')
  await page.getByText('查找至少要两个字').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('the next page follows the first, and the filtered list is taken as a file', async () => {
  const { page, errors, context } = await openSignedIn(browser, origin, desk, '/records')
  const links = page.locator('tbody tr.link')
  assert.equal(await links.count(), 30)
  await page.getByRole('button', { name: '再看一些' }).click()
  await page.getByText('已显示 60 条').waitFor()
  const hrefs = await links.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  assert.equal(new Set(hrefs).size, 60)
  await page.goto(`${origin}/records?kind=theme-day`)
  await settled(page)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出' }).click()])
  const lines = readFileSync((await download.path()) ?? '', 'utf8')
    .trim()
    .split('\r\n')
  assert.match(lines[0] ?? '', /日期,种类,标题,组织/)
  assert.ok(lines.slice(1, -4).every((line) => line.includes(',主题党日,')))
  assert.match(lines.slice(-4).join('|'), /^导出人,.+（市直工委干部）\|导出时间,.+\|文件,纪实\.csv\|导出编号,[0-9a-f-]{36}$/)
  await page.getByText('已导出').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('who may not export has no button for it; a record that is not there says so', async () => {
  const { page, context } = await openSignedIn(browser, origin, secretary, '/records', 'phone')
  assert.equal(await page.getByRole('button', { name: '导出' }).count(), 0)
  await page.goto(`${origin}/records/00000000-0000-7000-8000-000000000000`)
  await page.getByText('没有找到这条记录').waitFor()
  assert.deepEqual(await axe(page), [])
  await context.close()
})

test('axe finds nothing on the list, the entry form and a record in any edition, and nothing scrolls sideways', async () => {
  const looks: [Size, Edition][] = [
    ['phone', 'day'],
    ['desk', 'dark'],
    ['phone', 'elder'],
    ['wall', 'day'],
  ]
  for (const [size, edition] of looks) {
    const { page, context } = await openSignedIn(browser, origin, secretary, '/records', size, edition)
    const href = await page.locator('tbody tr.link a').first().getAttribute('href')
    for (const path of ['/records', '/records/new?kind=theme-day', href ?? '']) {
      await page.goto(origin + path)
      await settled(page)
      assert.deepEqual(await axe(page), [], `${path} ${size} ${edition}`)
      assert.equal(await overflowsSideways(page), false, `${path} ${size} ${edition}`)
    }
    await context.close()
  }
})
