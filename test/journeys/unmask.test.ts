// Names in lists: masked until somebody says why they must be seen, shown for some minutes, masked again; a wrong name corrected; one's own data taken home.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, type Edition, openSignedIn, overflowsSideways, type Size, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)
const desk = account('gongwei')
const secretary = account('zhibu')

/** The page of the organisation that the account's post is held in. */
async function ownOrganisation(page: Page): Promise<string> {
  const session = await (await page.request.get(`${origin}/api/session`)).json()
  return `/org/party-orgs/${session.post.body.id}`
}
const members = (page: Page) => page.getByRole('table', { name: '党员' }).locator('tbody tr')
const names = async (page: Page) => (await members(page).locator('td:first-child, th:first-child').allTextContents()).map((text) => text.trim())
const masked = /^.\*\*$/u

test('a branch secretary sees masked names, says why they must be seen, sees them with the time left, and masks them again', async () => {
  const { page, errors, context } = await openSignedIn(browser, origin, secretary, '/')
  await page.goto(origin + (await ownOrganisation(page)))
  await settled(page)
  await members(page).first().waitFor()
  assert.ok(
    (await names(page)).every((name) => masked.test(name)),
    (await names(page)).join(),
  )
  await page.getByText('姓名等个人信息已遮盖').waitFor()
  await page.getByRole('button', { name: '显示姓名' }).click()
  const dialog = page.getByRole('dialog', { name: '显示姓名' })
  await dialog.getByRole('button', { name: '显示', exact: true }).click()
  await dialog.getByRole('alert').first().waitFor()
  await dialog.getByLabel('为什么要看').selectOption('其他')
  await dialog.getByLabel('理由').fill('看')
  await dialog.getByRole('button', { name: '显示', exact: true }).click()
  await dialog.getByText('至少4个字').first().waitFor()
  await dialog.getByLabel('为什么要看').selectOption('核对党员名册')
  await dialog.getByRole('button', { name: '显示', exact: true }).click()
  await page.getByText('姓名已显示，剩余 15 分钟').waitFor()
  assert.ok(
    (await names(page)).every((name) => !masked.test(name)),
    (await names(page)).join(),
  )
  await page.reload()
  await page.getByText(/姓名已显示，剩余 1[45] 分钟/).waitFor()
  await page.getByRole('button', { name: '重新遮盖' }).click()
  await page.getByText('姓名等个人信息已遮盖').waitFor()
  assert.ok((await names(page)).every((name) => masked.test(name)))
  // The refusal of an empty and of a short reason were expected.
  assert.deepEqual(
    errors.filter((error) => !error.includes('422')),
    [],
  )
  await context.close()
})

test('the rows behind a figure name nobody, and the file neither, until the desk says why', async () => {
  const { page, errors, context } = await openSignedIn(browser, origin, desk, '/answers/changzhi/members-in-discipline-study')
  await page.getByText('姓名等个人信息已遮盖').waitFor()
  const people = page.locator('tbody tr td:last-child')
  assert.ok((await people.allTextContents()).every((text) => /^(.\*\*|—)$/u.test(text.trim())))
  const file = async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 csv' }).click()])
    return readFileSync((await download.path()) ?? '', 'utf8')
  }
  const before = await file()
  assert.match(before, /\*\*,/)
  await page.getByRole('button', { name: '显示姓名' }).click()
  await page.getByLabel('为什么要看').selectOption('核实数字和证据')
  await page.getByRole('dialog', { name: '显示姓名' }).getByRole('button', { name: '显示', exact: true }).click()
  await page.getByText('姓名已显示').first().waitFor()
  const [name = ''] = (await people.allTextContents()).map((text) => text.trim()).filter((text) => text !== '—')
  assert.ok(name !== '' && !masked.test(name), name)
  assert.ok(!before.includes(name) && (await file()).includes(name))
  assert.deepEqual(errors, [])
  await context.close()
})

test('the desk corrects a name that was written wrongly', async () => {
  const { page, errors, context } = await openSignedIn(browser, origin, desk, '/')
  const { rows } = await (await page.request.get(`${origin}/api/org/party-orgs?kind=branch&limit=1`)).json()
  await page.goto(`${origin}/org/party-orgs/${rows[0].id}`)
  await members(page).first().getByRole('button', { name: '更正' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('更正示例')
  await dialog.getByLabel('更正理由').fill('登记时写错')
  await dialog.getByRole('button', { name: '更正' }).click()
  await page.getByText('已更正').waitFor()
  const found = await (await page.request.get(`${origin}/api/org/party-orgs/${rows[0].id}/members?q=${encodeURIComponent('更正示例')}`)).json()
  assert.deepEqual([found.total.count, found.rows[0].name], [1, '更**'])
  assert.deepEqual(errors, [])
  await context.close()
})

test('one takes home what the system holds about oneself', async () => {
  const { page, errors, context } = await openSignedIn(browser, origin, secretary, '/account')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载我的数据' }).click()])
  const { person, data } = JSON.parse(readFileSync((await download.path()) ?? '', 'utf8'))
  const session = await (await page.request.get(`${origin}/api/session`)).json()
  assert.equal(person.name, session.person.name)
  assert.ok(data.会话.length > 0 && data.任职.length > 0)
  assert.deepEqual(errors, [])
  await context.close()
})

for (const [size, edition] of [
  ['phone', 'day'],
  ['desk', 'dark'],
  ['wall', 'elder'],
] satisfies [Size, Edition][])
  test(`the list and the dialog read well, ${size}, ${edition}`, async () => {
    const { page, context } = await openSignedIn(browser, origin, secretary, '/', size, edition)
    await page.goto(origin + (await ownOrganisation(page)))
    await page.getByRole('button', { name: '显示姓名' }).waitFor()
    assert.equal(await overflowsSideways(page), false)
    assert.deepEqual(await axe(page), [])
    await page.getByRole('button', { name: '显示姓名' }).scrollIntoViewIfNeeded()
    await shoot(page, `unmask-list-${size}-${edition}`, 'window')
    await page.getByRole('button', { name: '显示姓名' }).click()
    await page.getByLabel('为什么要看').selectOption('其他')
    assert.deepEqual(await axe(page), [])
    await shoot(page, `unmask-dialog-${size}-${edition}`, 'window')
    await context.close()
  })
