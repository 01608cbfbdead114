// Trying a rubric before it is sent: the answers in words, who moves, the tables; at desk and phone, with the csv.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { smallCity } from '#test/small-city.ts'
import { openSignedIn, settled } from '../browser.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

test('[issue 4 §4] from the board to 试算: sentences first, against another rubric, a table as csv', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, account('gongwei'), '/scoring/model-2024')
  await page.getByRole('link', { name: '试算' }).click()
  await page.getByRole('heading', { level: 1, name: /试算$/ }).waitFor()
  await page.getByText('拉不开差距').first().waitFor()
  assert.equal(await page.getByRole('heading', { name: '谁会变' }).count(), 0)

  await page.getByLabel('和什么比').selectOption({ label: '清廉机关“五大体系”（2024年度）第1版' })
  await page.getByRole('heading', { name: '谁会变' }).waitFor()
  await page.getByText(/个单位得分会变/).waitFor()
  assert.match(page.url(), /against=version/)
  await page.getByRole('table', { name: '会变的单位' }).waitFor()

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出' }).first().click()])
  const text = readFileSync(await file.path(), 'utf8')
  assert.match(text, /试算，不是正式结果/)
  assert.match(text, /名称,类别,原等次,新等次/)

  // Last year’s facts, kept in the address.
  await page.getByLabel('用哪一年的事实').selectOption({ label: '上一年同期的' })
  await page.getByText(/统计2023年1月1日—2023年12月31日/).waitFor()
  await page.reload()
  await page.getByText(/统计2023年1月1日—2023年12月31日/).waitFor()
  await page.getByText('逐项看').click()
  await page.getByRole('table', { name: '各项指标' }).getByText('干部培训不少于1次').waitFor()
  await settled(page)
  assert.deepEqual(errors, [])
  await context.close()
})

test('whoever may not write rubrics finds no way to a dry run', async () => {
  const { page, context } = await openSignedIn(browser, origin, account('zhuanzhi'), '/scoring/model-2024')
  await page.getByRole('link', { name: '看细则' }).waitFor()
  assert.equal(await page.getByRole('link', { name: '试算' }).count(), 0)
  await context.close()
})
