// Accounts, appointments and delegations in the browser, each by whom the pack gives them to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { newId } from '#base/ids.ts'
import { axe, openPage, openSignedIn, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

/** Nothing of the page is wrong for whoever reads with other means, and nothing runs out of it. */
async function fits(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
}

test('the operator begins at the accounts, opens one for a person from outside, and that person must change the password', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, account('guanli'), '/')
  await page.waitForURL('**/accounts')
  await settled(page)
  const menu = page.getByRole('navigation', { name: '主菜单' })
  assert.deepEqual([await menu.getByRole('link', { name: '纪实' }).count(), await menu.getByRole('link', { name: '工作台' }).count()], [0, 0])
  await fits(page)
  await shoot(page, 'posts-accounts')
  await page.getByRole('button', { name: '开立账号' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('登录名').fill('xinren')
  await dialog.getByRole('textbox', { name: '姓名' }).fill('外聘示例员')
  await dialog.getByRole('button', { name: '查找' }).click()
  await dialog.getByRole('radio', { name: /组织外的新人/ }).waitFor()
  await fits(page)
  await shoot(page, 'posts-account-open', 'window')
  await dialog.getByRole('button', { name: '开立', exact: true }).click()
  await dialog.getByText('只显示这一次').waitFor()
  const password = ((await dialog.locator('.password').textContent()) ?? '').trim()
  assert.match(password, /^[a-z2-9-]{14}$/)
  await shoot(page, 'posts-account-password', 'window')
  await dialog.getByRole('button', { name: '已交给本人' }).click()
  await page.getByRole('cell', { name: '外聘示例员' }).waitFor()
  // A login that is taken is said at its field, and what was typed stays.
  await page.getByRole('button', { name: '开立账号' }).click()
  await dialog.getByLabel('登录名').fill('gongwei')
  await dialog.getByRole('textbox', { name: '姓名' }).fill('另一示例员')
  await dialog.getByRole('button', { name: '开立', exact: true }).click()
  await dialog.getByText('请先按姓名查找').waitFor()
  await dialog.getByRole('button', { name: '查找' }).click()
  await dialog.getByRole('radio', { name: /组织外的新人/ }).waitFor()
  await dialog.getByRole('button', { name: '开立', exact: true }).click()
  await dialog.getByText('已被使用').waitFor()
  assert.equal(await dialog.getByLabel('登录名').inputValue(), 'gongwei')
  assert.deepEqual(
    errors.filter((error) => !error.includes('409')),
    [],
  )
  await context.close()

  const guest = await openPage(browser)
  const reply = await guest.context.request.post(`${origin}/api/sign-in`, { data: { account: 'xinren', password } })
  assert.equal((await reply.json()).must, 'password')
  await guest.context.close()
})

test('the security officer appoints, is refused a post that excludes another, and ends an appointment', async () => {
  const { page, context } = await openSignedIn(browser, origin, account('anquan'), '/')
  await page.waitForURL('**/appointments')
  await settled(page)
  await fits(page)
  await shoot(page, 'posts-appointments')
  await page.getByRole('searchbox').fill('zhibu')
  await page.getByRole('button', { name: '办理 zhibu' }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
  await page.getByRole('button', { name: '办理 zhibu' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('组织任职').first().waitFor()
  await dialog.getByRole('combobox', { name: '岗位' }).selectOption({ label: '安全审计员（三员）' })
  await dialog.getByRole('textbox', { name: /^理由/ }).fill('示例任命')
  await dialog.getByRole('button', { name: '任命', exact: true }).click()
  await dialog.getByText(/三员之一/).waitFor()
  await fits(page)
  await shoot(page, 'posts-appointment-refused', 'window')
  // A post of a body asks for the body; one of the city doesn't.
  await dialog.getByRole('combobox', { name: '岗位' }).selectOption({ label: '县区工委干部' })
  await dialog.getByRole('combobox', { name: '所在单位' }).fill('壶关县')
  await dialog.getByRole('listbox', { name: '所在单位' }).getByRole('option').first().click()
  await dialog.getByRole('button', { name: '任命', exact: true }).click()
  await dialog.getByText(/壶关县.* · 县区工委干部/).waitFor()
  await dialog.getByRole('textbox', { name: /^理由/ }).fill('示例任命')
  await dialog.getByRole('combobox', { name: '岗位' }).selectOption({ label: '纪检联审员' })
  await dialog.getByRole('button', { name: '任命', exact: true }).click()
  await dialog.getByText('全市 · 纪检联审员').waitFor()
  await dialog.getByRole('button', { name: '结束 纪检联审员' }).click()
  await dialog.getByLabel('结束的理由').fill('示例结束')
  await dialog.getByRole('button', { name: '确认结束' }).click()
  await dialog.getByText('全市 · 纪检联审员').waitFor({ state: 'hidden' })
  await context.close()
})

test('a secretary hands the post over while away; the receiver finds it among the own posts; recalled, it is gone', async () => {
  const giver = await openSignedIn(browser, origin, account('dangwei'), '/delegations')
  const { page, errors } = giver
  await settled(page)
  await page.getByRole('button', { name: '委托我的岗位' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('我的岗位').selectOption({ index: 1 })
  const receiver = await openSignedIn(browser, origin, account('zhuanzhi'), '/posts')
  const session = await (await receiver.context.request.get(`${origin}/api/session`)).json()
  await dialog.getByRole('combobox', { name: '交给谁' }).fill(session.person.name)
  await dialog.getByRole('listbox', { name: '交给谁' }).getByRole('option').first().click()
  await dialog.getByLabel('到哪天为止').fill('2025-01-10')
  await dialog.getByLabel('理由').fill('外出学习')
  await fits(page)
  await shoot(page, 'posts-delegate', 'window')
  await dialog.getByRole('button', { name: '委托', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('代行中').waitFor()
  await fits(page)
  await shoot(page, 'posts-delegations')

  await receiver.page.reload()
  await settled(receiver.page)
  const mine = receiver.page.locator('main')
  await mine.getByText('至2025年1月10日').waitFor()
  await mine
    .getByText(/个党支部/)
    .first()
    .waitFor()
  await fits(receiver.page)
  await shoot(receiver.page, 'posts-mine')

  await page.getByRole('button', { name: '收回' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await page.getByText('已结束').waitFor()
  const after = await openSignedIn(browser, origin, account('zhuanzhi'), '/posts')
  assert.equal(await after.page.getByText('至2025年1月10日').count(), 0)
  assert.deepEqual(errors, [])
  for (const { context } of [giver, receiver, after]) await context.close()
})

test('a county’s desk has a vacant secretary’s post looked after by somebody below it', async () => {
  const desk = await openSignedIn(browser, origin, account('gongwei'), '/')
  const county = await openSignedIn(browser, origin, account('xianqu'), '/delegations')
  // A branch of the county loses its secretary today.
  const { rows } = await (await county.context.request.get(`${origin}/api/posts/people?post=secretary&limit=100`)).json()
  const body = rows.find((row: { body: { name: string } }) => row.body.name.includes('支部'))?.body
  const { posts } = await (await desk.context.request.get(`${origin}/api/org/party-orgs/${body.id}`)).json()
  const holding = posts.find(({ post }: { post: string }) => post === 'secretary').holdingId
  const left = await desk.context.request.post(`${origin}/api/org/changes/post-leave`, { data: { id: newId(), on: '2024-12-20', holding } })
  assert.equal(left.status(), 200, await left.text())

  const { page, errors } = county
  await page.getByRole('button', { name: '代管空缺岗位' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '空缺岗位' }).fill(body.name.slice(0, 4))
  await dialog
    .getByRole('option', { name: new RegExp(body.name.slice(0, 6)) })
    .first()
    .click()
  const other = await openSignedIn(browser, origin, account('xiangzhen'), '/posts')
  const { person } = await (await other.context.request.get(`${origin}/api/session`)).json()
  await dialog.getByRole('combobox', { name: '交给谁' }).fill(person.name)
  await dialog.getByRole('listbox', { name: '交给谁' }).getByRole('option').first().click()
  await dialog.getByLabel('到哪天为止').fill('2025-03-31')
  await dialog.getByLabel('理由').fill('书记调离待补')
  await dialog.getByRole('button', { name: '安排', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('岗位空缺（代管）').first().waitFor()
  await other.page.reload()
  await other.page.getByText('至2025年3月31日').waitFor()
  await page.getByRole('tab', { name: '范围内的' }).click()
  await page.getByText('代行中').first().waitFor()
  await fits(page)
  assert.deepEqual(errors, [])
  for (const { context } of [desk, county, other]) await context.close()
})

test('on a phone and in every edition the pages hold together', async () => {
  for (const [login, path, size, edition] of [
    ['dangwei', '/posts?view=posts', 'phone', 'day'],
    ['dangwei', '/posts?view=people', 'phone', 'elder'],
    ['gongwei', '/posts?view=actions', 'desk', 'dark'],
    ['gongwei', '/posts?view=people', 'wall', 'day'],
    ['guanli', '/accounts', 'phone', 'day'],
    ['guanli', '/accounts?view=identities', 'desk', 'elder'],
    ['anquan', '/appointments', 'phone', 'dark'],
    ['anquan', '/appointments', 'wall', 'elder'],
    ['zhibu', '/delegations', 'phone', 'elder'],
    ['shenji', '/posts', 'desk', 'day'],
  ] as const) {
    const { page, context, errors } = await openSignedIn(browser, origin, account(login), path, size, edition)
    await fits(page)
    await shoot(page, `posts${path.replace(/\W+/g, '-')}-${login}-${size}-${edition}`, 'window')
    assert.deepEqual(errors, [], path)
    await context.close()
  }
})
