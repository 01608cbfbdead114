// The pages 组织 in a real Chromium over a real server: a move and the page as of before and after, an import mended and applied.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axe, launchBrowser, openSignedIn, overflowsSideways, settled } from '#test/browser.ts'
import { orgCity, password } from '#test/org-city.ts'

const city = await orgCity(join(import.meta.dirname, '../../../web/build'))
const origin = await city.app.listen({ port: 0, host: '127.0.0.1' })
let browser: Browser
before(async () => {
  browser = await launchBrowser()
})
after(() => browser.close())

const desk = { account: 'desk', password }

test('a branch secretary on a phone reads the directory, finds no way to change it, and nothing runs out of the page', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, { account: 'secretary', password }, '/org', 'phone')
  await page.getByRole('link', { name: '示例市局第一党支部' }).click()
  await page.getByRole('heading', { name: '示例市局第一党支部' }).waitFor()
  await settled(page)
  await page.locator('main').getByText('王建国').first().waitFor()
  assert.equal(await page.getByText('变更', { exact: true }).count(), 0)
  assert.equal(await overflowsSideways(page), false)
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(errors, [])
  await context.close()
})

test('a unit is moved; the page shows the new parent today and the old one on the day before', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, desk, `/org/units/${city.unit.station}`)
  await page.getByText('变更', { exact: true }).click()
  await page.getByRole('button', { name: '划转' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '新的上级' }).fill('市中心')
  await dialog.getByRole('option', { name: /示例市中心/ }).click()
  await dialog.getByLabel('从哪天起').fill('2024-06-01')
  assert.deepEqual(await axe(page), [])
  await dialog.getByRole('button', { name: '划转', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('link', { name: '示例市中心', exact: true }).first().waitFor()
  await page.getByText('划转（划转“示例市中心”）').waitFor()
  await page.goto(`${origin}/org/units/${city.unit.station}?on=2024-05-31`)
  await settled(page)
  await page.getByText('正在看2024年5月31日').waitFor()
  assert.equal(await page.locator('dl').getByRole('link', { name: '示例市中心', exact: true }).count(), 0)
  assert.equal(await page.locator('dl').getByRole('link', { name: '示例市局', exact: true }).count(), 1)
  assert.deepEqual(errors, [])
  await context.close()
})

test('a wrong change keeps what was typed and says at the field what to do', async () => {
  const { page, context } = await openSignedIn(browser, origin, desk, `/org/units/${city.unit.bureau}`)
  await page.getByText('变更', { exact: true }).click()
  await page.getByRole('button', { name: '更名、变更登记' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('统一社会信用代码').fill('91310115MA1H8R7C6D')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('校验位不对').first().waitFor()
  assert.equal(await dialog.getByLabel('统一社会信用代码').inputValue(), '91310115MA1H8R7C6D')
  await context.close()
})

test('an import shows its mistakes with their lines; the mended file is imported whole', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, desk, '/org/import')
  const file = (kind: string) => ({
    name: '名册.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`姓名,公民身份号码,所在党支部,党员类别\n导入示例,140402198001011234,示例街道党支部,${kind}\n`),
  })
  await page.locator('input[type=file]').setInputFiles(file('群众'))
  await page.getByText('1处错误').waitFor()
  await page.getByText('应为“正式党员”或“预备党员”').waitFor()
  assert.equal(await page.getByText('140402198001011234').count(), 0)
  assert.deepEqual(await axe(page), [])
  await page.locator('input[type=file]').setInputFiles(file('正式党员'))
  await page.getByText('没有错误').waitFor()
  await page.getByRole('button', { name: '全部导入' }).click()
  await page.getByText('已导入：新增1条').waitFor()
  await page.goto(`${origin}/org/party-orgs/${city.org.town}`)
  await page.getByText('导**').first().waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('structure and terms: a rule opens to the bodies that break it', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, desk, '/org/structure')
  await page.getByText('机关党委党员100人以上').click()
  await page.getByText('全市 1 个不符合，您可以看到 1 个').waitFor()
  await page.getByRole('link', { name: '示例市局机关党委' }).first().waitFor()
  await page.getByText('已超期19天').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(errors, [])
  await context.close()
})
