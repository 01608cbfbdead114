// Reading the answer sheet of the full city: the public down to totals by county, then a branch secretary down to the record, by keyboard alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { cityDatabase } from '#test/city.ts'
import { openPage, settled } from '../browser.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(cityDatabase)

/** Tab until what has the focus fits, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab')
    const text = await page.evaluate(() => {
      const at = document.activeElement
      return at === null ? '' : `${at.getAttribute('aria-label') ?? ''} ${(at as HTMLInputElement).labels?.[0]?.textContent ?? ''} ${at.textContent ?? ''}`
    })
    if (wanted.test(text)) return
  }
  assert.fail(`no way by Tab to ${wanted}`)
}

test('[S31] by keyboard alone: sheet, figure, totals by county, sign-in, the same figure down to the record', async () => {
  const { page, context, errors } = await openPage(browser, 'desk')
  await page.goto(`${origin}/answers`)
  await page.getByRole('heading', { level: 1, name: '机关党建的长治答卷' }).waitFor()
  await page.getByRole('heading', { name: '附：每个数字的口径' }).waitFor()

  // The figure opens beside the text: how it is counted, of what, when.
  await tabTo(page, /688名/)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: '讲授纪律党课的基层党组织书记' })
  await sheet.getByText('688 / 共 1,146').waitFor()
  await sheet.getByText('2024年4月1日—2024年7月31日').waitFor()
  await sheet.getByText('按“讲课人”去重计数').waitFor()
  await sheet.getByText('在任的基层党组织书记').waitFor()
  await tabTo(page, /看证据/)
  await page.keyboard.press('Enter')

  // Totals by county, no names of bodies or people.
  await page.getByText('潞州区').waitFor()
  await page.getByText('未登录只看得到合计').waitFor()
  const shown = await page.locator('main').innerText()
  assert.equal(await page.getByRole('table').count(), 0)
  assert.doesNotMatch(shown, /（示例）|党支部第|secretaries-lecturing/)

  // Signing in leads back to the same figure.
  await tabTo(page, /^\s*登录\s*$/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sign-in/)
  await page.getByLabel('账号').focus()
  await page.keyboard.type(account('zhibu').account)
  await page.keyboard.press('Tab')
  await page.keyboard.type(account('zhibu').password)
  await page.keyboard.press('Enter')
  await page.getByText('您可见 1 / 688 行').waitFor()
  assert.match(page.url(), /\/answers\/changzhi\/secretaries-lecturing$/)
  const title = await page.getByRole('table').getByRole('link').first().innerText()
  await tabTo(page, new RegExp(`^\\s*${title}\\s*$`))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByText('党课', { exact: true }).first().waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('[house §6.3] the sliders by keyboard: the figure as of an earlier day and with an earlier knowledge; both stand in the address', async () => {
  const { page, context, errors } = await openPage(browser, 'phone')
  await page.goto(`${origin}/answers/changzhi/four-strong-in-force`)
  await page.getByText('43 / 共 46').waitFor()
  await page.getByText('正在看今天，按现在所知').waitFor()
  await page.getByText('改日期').tap()
  const asOf = page.getByLabel('按哪天所知（日期）')
  await asOf.fill('2024-03-01')
  await asOf.press('Tab')
  await page.waitForURL(/asOf=2024-03-01/)
  await page.getByText('46 / 共 46').waitFor()
  await page.getByText('正在看2024年12月20日，按2024年3月1日所知').waitFor()
  await page.reload()
  await page.getByText('46 / 共 46').waitFor()
  await page.getByRole('button', { name: '回到今天' }).tap()
  await page.getByText('43 / 共 46').waitFor()
  await settled(page)

  // The other axis: in May 2024 the study was half done.
  await page.goto(`${origin}/answers/changzhi/secretaries-lecturing?on=2024-05-31`)
  await page.getByText(/[1-6]\d\d \/ 共 1,1\d\d/).waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /688 \/ 共/)
  assert.deepEqual(errors, [])
  await context.close()
})
