// A unit is merged away: the directory and the sheet as of the day before and the day after; what was known before it was entered stays to be seen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openSignedIn, settled } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

/** Numerator and denominator of `落实第一责任人的清廉机关建设主体单位`. */
async function unitsOn(page: Page, query: string): Promise<string> {
  await page.goto(`${origin}/answers/changzhi/clean-units${query}`)
  await page.getByRole('heading', { name: '证据' }).waitFor()
  return /[\d,]+ \/ 共 [\d,]+/.exec(await page.locator('main').innerText())?.[0] ?? ''
}

async function isListed(page: Page, name: string, query: string): Promise<boolean> {
  await page.goto(`${origin}/org?view=units&q=${encodeURIComponent(name)}${query}`)
  await settled(page)
  return (await page.getByRole('link', { name, exact: true }).count()) > 0
}

test('a merger: directory and figure change on its day, not before, and not in what was known before', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, account('gongwei'), '/org?view=units')
  const before = await unitsOn(page, '')
  assert.equal(before, '38 / 共 38')

  // The branch secretary's unit goes into the education bureau.
  const merged = '市招商服务中心（示例）'
  await page.goto(`${origin}/org?view=units&q=${encodeURIComponent(merged)}`)
  await page.getByRole('link', { name: merged, exact: true }).click()
  await page.getByText('变更', { exact: true }).click()
  await page.getByRole('button', { name: '合并' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '并入' }).fill('市教育局')
  await dialog.getByRole('option', { name: /市教育局（示例）/ }).click()
  await dialog.getByLabel('从哪天起').fill('2024-12-01')
  await dialog.getByRole('button', { name: '合并', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })

  // Gone today, there the day before; the figure follows on its day.
  assert.equal(await isListed(page, merged, ''), false)
  assert.equal(await isListed(page, merged, '&on=2024-11-30'), true)
  assert.equal(await unitsOn(page, ''), '37 / 共 37')
  assert.equal(await unitsOn(page, '?on=2024-11-30'), '38 / 共 38')
  // With yesterday's knowledge nobody knew of it.
  assert.equal(await isListed(page, merged, '&asOf=2024-12-19'), true)
  assert.equal(await unitsOn(page, '?asOf=2024-12-19'), '38 / 共 38')

  // Its own page tells where it went, and leads there.
  await page.goto(`${origin}/org?view=units&q=${encodeURIComponent(merged)}&on=2024-11-30`)
  await page.getByRole('link', { name: merged, exact: true }).click()
  await page.getByText('正在看2024年11月30日').waitFor()
  const history = page.locator('section', { has: page.getByRole('heading', { name: '沿革' }) })
  await history
    .getByText(/合并|并入/)
    .first()
    .waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})
