// Signing in and minding one's account: a wrong password, an authenticator, codes, a new password, another session's end, work that outlives a session.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { axe, openPage, openSignedIn, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

let url = ''
const { origin, browser } = await openSite(async () => {
  const database = await smallCity()
  url = database.url
  return database
})
/** Runs a statement as the owner. */
async function asOwner(text: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(text)
  await owner.end()
}

async function typeIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('账号', { exact: true }).fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}
const atWork = (page: Page) => page.getByRole('heading', { name: '工作台' }).waitFor()

test('a wrong password is told, the right one lets in; an authenticator is set up and asked for; a recovery code stands in', async () => {
  const { page, errors, context } = await openPage(browser, 'phone')
  await typeIn(page, 'zhibu', 'not-mine-at-all')
  await page.getByText('账号或密码不对，请核对后再试').waitFor()
  assert.equal(await page.getByLabel('账号', { exact: true }).inputValue(), 'zhibu', 'what was typed stays')
  assert.deepEqual(await axe(page), [])
  await page.getByLabel('密码', { exact: true }).fill('zhibu-2024')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await atWork(page)

  // The account's page is behind “更多” on a phone.
  await page.getByRole('button', { name: '更多' }).tap()
  await page.getByRole('link', { name: '我的账号' }).tap()
  await page.getByRole('heading', { name: '我的岗位' }).waitFor()
  await page.getByText('录入纪实').waitFor()
  await page.getByRole('button', { name: '设置验证器' }).tap()
  await page.getByRole('img', { name: /二维码/ }).waitFor()
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
  const codeIn = (seconds: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 })
  assert.deepEqual(await axe(page), [])
  await page.getByLabel('验证码').fill('000000')
  await page.getByRole('button', { name: '启用' }).tap()
  await page.getByText('请看应用里现在显示的 6 位数字').waitFor()
  await page.getByLabel('验证码').fill(codeIn(-30))
  await page.getByRole('button', { name: '启用' }).tap()
  await page.getByRole('heading', { name: '恢复码' }).waitFor()
  const codes = await page.locator('.codes li').allTextContents()
  assert.equal(codes.length, 10)
  assert.equal(await overflowsSideways(page), false)
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'account-recovery-codes-phone')
  await page.getByRole('button', { name: '已经保存好' }).tap()
  await page.getByText('已启用').waitFor()
  await page.getByText('还有 10 个恢复码').waitFor()

  const second = await openPage(browser, 'desk')
  await typeIn(second.page, 'zhibu', 'zhibu-2024')
  await second.page.getByText('密码对了').waitFor()
  assert.equal(await second.page.evaluate(() => document.activeElement?.getAttribute('autocomplete')), 'one-time-code')
  assert.deepEqual(await axe(second.page), [])
  await shoot(second.page, 'sign-in-code', 'window')
  await second.page.getByLabel('验证码').fill('123456')
  await second.page.keyboard.press('Enter')
  await second.page.getByText('验证码不对，或者已经用过').waitFor()
  await second.page.getByLabel('验证码').fill(codeIn(0))
  await second.page.keyboard.press('Enter')
  await atWork(second.page)
  await second.context.close()

  const third = await openPage(browser, 'desk')
  await typeIn(third.page, 'zhibu', 'zhibu-2024')
  await third.page.getByLabel('验证码').fill(codes[0] ?? '')
  await third.page.keyboard.press('Enter')
  await atWork(third.page)
  await third.page.getByRole('link', { name: /我的账号/ }).click()
  await third.page.getByText('还有 9 个恢复码').waitFor()
  await third.page.getByText('密码和恢复码').waitFor()

  // Away with it: the password is asked for once more.
  await third.page.getByRole('button', { name: '停用验证器' }).click()
  await third.page.getByRole('dialog').getByLabel('现在的密码').fill('wrong')
  await third.page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await third.page.getByText('现在的密码不对').waitFor()
  await third.page.getByRole('dialog').getByLabel('现在的密码').fill('zhibu-2024')
  await third.page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await third.page.getByRole('button', { name: '设置验证器' }).waitFor()
  assert.deepEqual(
    [...errors, ...second.errors, ...third.errors].filter((error) => !/status of 422/.test(error)),
    [],
  )
  await context.close()
  await third.context.close()
})

test('another session is seen and ended; a new password ends the rest', async () => {
  const here = await openSignedIn(browser, origin, account('dangwei'), '/account')
  const there = await openSignedIn(browser, origin, account('dangwei'), '/', 'phone')
  await here.page.reload()
  await here.page.getByText('2 处').waitFor()
  await here.page.getByRole('button', { name: /^退出 / }).click()
  await here.page.getByText('1 处').waitFor()
  await there.page.goto(`${origin}/records`)
  await there.page.waitForURL('**/sign-in?next=*')

  const last = await openSignedIn(browser, origin, account('dangwei'), '/', 'phone')
  await here.page.getByLabel('现在的密码').fill('dangwei-2024')
  await here.page.getByLabel(/^新密码/).fill('password123')
  await here.page.getByLabel('再输一遍新密码').fill('password12')
  await here.page.getByRole('button', { name: '更换密码' }).click()
  await here.page.getByText('两次输入的新密码不一样').waitFor()
  await here.page.getByLabel('再输一遍新密码').fill('password123')
  await here.page.getByRole('button', { name: '更换密码' }).click()
  await here.page.getByText('这个密码太常见').first().waitFor()
  for (const label of [/^新密码/, /^再输一遍/]) await here.page.getByLabel(label).fill('三晋大地 walnut 42')
  await here.page.getByRole('button', { name: '更换密码' }).click()
  await here.page.getByText('密码已换').waitFor()
  assert.equal(await here.page.getByLabel('现在的密码').inputValue(), '')
  await last.page.goto(`${origin}/records`)
  await last.page.waitForURL('**/sign-in?next=*')
  await typeIn(last.page, 'dangwei', '三晋大地 walnut 42')
  await atWork(last.page)
  for (const { context } of [here, there, last]) await context.close()
})

test('a password that somebody else has set is changed first, then one goes on to where one was going', async () => {
  await asOwner(`update access.account set must_change = true where login = 'jijian'`)
  const { page, context } = await openSignedIn(browser, origin, account('jijian'), '/records')
  await page.waitForURL('**/account?next=%2Frecords')
  await page.getByText('请先换一个只有您自己知道的密码').waitFor()
  assert.equal(await page.getByRole('heading', { name: '验证器' }).count(), 0, 'nothing else is on offer')
  assert.deepEqual(await axe(page), [])
  await page.getByLabel('现在的密码').fill('jijian-2024')
  for (const label of [/^新密码/, /^再输一遍/]) await page.getByLabel(label).fill('太行山上 lantern 7')
  await page.getByRole('button', { name: '更换密码' }).click()
  await page.getByRole('button', { name: '继续' }).click()
  await page.waitForURL('**/records')
  await settled(page)
  await context.close()
})

test('a session that ends while one writes asks for the password over the page, and what was typed is still there', async () => {
  const { page, context } = await openSignedIn(browser, origin, account('zhibu'), '/records/new?kind=theme-day', 'phone')
  await page.getByLabel('标题').fill('会话中断也不丢的主题党日')
  await asOwner(`update access.session set ended_at = clock_timestamp()`)
  // Longer than a resolved session is reused.
  await page.waitForTimeout(10_500)
  await page.getByRole('button', { name: '保存' }).tap()
  const dialog = page.getByRole('dialog', { name: '登录已经结束' })
  await dialog.waitFor()
  assert.equal(await page.getByLabel('标题').isVisible(), false, 'nobody reads the page meanwhile')
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'sign-in-again-phone', 'window')
  await dialog.getByLabel('密码').fill('zhibu-2024')
  await dialog.getByRole('button', { name: '登录', exact: true }).tap()
  await page.getByText('已重新登录').waitFor()
  assert.equal(await page.getByLabel('标题').inputValue(), '会话中断也不丢的主题党日')
  await context.close()
})

test('a page that nobody has used for the idle time covers itself', async () => {
  const { page, context } = await openPage(browser, 'desk')
  await page.clock.install()
  await context.request.post(`${origin}/api/sign-in`, { data: account('gongwei') })
  await page.goto(`${origin}/records`)
  await settled(page)
  await page.clock.fastForward('59:00')
  assert.equal(await page.getByRole('dialog').count(), 0)
  // An answer that came late began the hour anew.
  await page.clock.fastForward('01:01:00')
  await page.getByRole('dialog', { name: '登录已经结束' }).waitFor()
  assert.equal(await page.getByRole('main').isVisible(), false)
  // Whoever closes it is signed out of the page.
  await page.keyboard.press('Escape')
  await page.waitForURL('**/sign-in?next=%2Frecords')
  await context.close()
})
