// The pages 答卷 and 原文对照 in a real Chromium on the full-size city: read the sheet, open a figure down to a row, look at another day.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { buildHttp } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import { axe, type Edition, launchBrowser, openPage, openSignedIn, overflowsSideways, type Size, settled } from '#test/browser.ts'
import { cityDatabase } from '#test/city.ts'

const root = join(import.meta.dirname, '../../..')
loadPacks(join(root, 'packs'))
const { pool } = await cityDatabase()
const app = await buildHttp({ pool, dataDir: '/tmp', checkReplies: true, pages: join(root, 'web/build') })
const origin = await app.listen({ port: 0, host: '127.0.0.1' })
let browser: Browser
before(async () => {
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await app.close()
})
const secretary = { account: 'zhibu', password: 'zhibu-2024' }

test('[S31] anyone reads the sheet without signing in, opens a figure, and gets to the totals by county', async () => {
  const { page, context, errors } = await openPage(browser, 'desk')
  await page.goto(`${origin}/answers`)
  await page.getByRole('heading', { level: 1, name: '机关党建的长治答卷' }).waitFor()
  assert.match(page.url(), /\/answers\/changzhi$/)
  await page.getByRole('link', { name: /688名/ }).first().click()
  const sheet = page.getByRole('dialog', { name: '讲授纪律党课的基层党组织书记' })
  await sheet.getByText('按“讲课人”去重计数').waitFor()
  await sheet.getByText('共 1,146').waitFor()
  await sheet.getByRole('link', { name: '看证据：按县区合计' }).click()
  await page.getByText('市级机关').waitFor()
  await page.getByText('未登录只看得到合计').waitFor()
  assert.equal(await page.getByRole('table').count(), 0, 'no rows for the public')
  assert.deepEqual(errors, [])
  await context.close()
})

test('a branch secretary opens a figure on a phone down to the record, and reads how many of how many are visible', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, secretary, '/answers/changzhi/members-in-discipline-study', 'phone')
  await page.getByText(/您可见 \d+ \/ 12,220 行/).waitFor()
  const row = page.getByRole('table').getByRole('link').first()
  const title = (await row.textContent())?.trim() ?? ''
  await row.click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.match(page.url(), /\/records\/[0-9a-f-]{36}$/)
  assert.deepEqual(errors, [])
  await context.close()
})

test('[house §6.3] the sliders stand in the address: the sheet as of before the namings were lost, and back to today', async () => {
  const { page, context, errors } = await openPage(browser, 'desk')
  await page.goto(`${origin}/answers/changzhi?asOf=2024-03-01`)
  const inForce = page.getByTitle(/仍在命名中的“四强”党支部/)
  await inForce.getByText('46个').waitFor()
  await page.getByRole('button', { name: '回到今天' }).click()
  await inForce.getByText('43个').waitFor()
  assert.doesNotMatch(page.url(), /asOf/)
  await page.getByText('改日期').click()
  await page.getByLabel('看哪一天（日期）').fill('2024-05-31')
  await page.getByLabel('看哪一天（日期）').press('Tab')
  await page.waitForURL(/on=2024-05-31/)
  assert.deepEqual(errors, [])
  await context.close()
})

test('[S35] 原文对照 finds a term and leads to its figure', async () => {
  const { page, context, errors } = await openPage(browser, 'desk')
  await page.goto(`${origin}/coverage`)
  await page.getByRole('searchbox').fill('744')
  await page.getByRole('status').getByText('1 条').waitFor()
  await page.getByRole('link', { name: /答卷：集中开展警示教育/ }).click()
  await page.getByRole('heading', { level: 1, name: '集中开展警示教育的基层党组织' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

const looks: [string, Size, Edition][] = [
  ['/answers/changzhi', 'phone', 'elder'],
  ['/answers/changzhi', 'wall', 'dark'],
  ['/answers/changzhi/clean-demonstration-units', 'phone', 'dark'],
  ['/answers/changzhi/ticket-closing-rate', 'desk', 'elder'],
  ['/coverage', 'phone', 'elder'],
]
for (const [path, size, edition] of looks) {
  test(`${path} at ${size} size, ${edition} edition: axe finds nothing, nothing runs out of the page`, async () => {
    const { page, context, errors } = await openPage(browser, size, edition)
    await page.goto(origin + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    assert.deepEqual(await axe(page), [])
    assert.equal(await overflowsSideways(page), false)
    assert.deepEqual(errors, [])
    await context.close()
  })
}
