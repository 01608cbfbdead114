// The auditor: opens the trail, finds what somebody did, looks at one entry and its place in the chain, takes a file; sees no content.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { axe, openSignedIn, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

/** What the auditor is to find: a secretary enters a record and corrects it. */
async function doSomething(): Promise<void> {
  const { page, context } = await openSignedIn(browser, origin, account('zhibu'))
  const post = async (path: string, data: object) => {
    const reply = await context.request.post(`${origin}${path}`, { data })
    assert.equal(reply.status(), 200, await reply.text())
  }
  const session = await (await context.request.get(`${origin}/api/session`)).json()
  const id = newId()
  const content = { happenedOn: '2024-12-19', title: '机密的主题党日' }
  await post('/api/records', { id, kind: 'theme-day', bodyId: session.post.body.id, ...content })
  await post(`/api/records/${id}/correction`, { version: 1, reason: '日期写错', ...content, happenedOn: '2024-12-18' })
  await page.close()
  await context.close()
}

test('the auditor finds a correction by who made it, and sees what changed without seeing what it says', async () => {
  await doSomething()
  const { page, context, errors } = await openSignedIn(browser, origin, account('shenji'), '/')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '审计' }).click()
  await page.getByText(/链已封存到第 \d+ 条/).waitFor()
  await page.getByLabel('查找').fill('zhibu')
  await page.getByLabel('动作').selectOption({ label: '更正纪实' })
  await page.waitForURL(/action=/)
  await settled(page)
  const row = page.getByRole('table').getByRole('link', { name: '更正纪实' })
  // Sealed a second after every transaction of the cluster that began before the deed has ended: those of other test files, too.
  for (let tries = 0; tries < 150 && (await row.count()) === 0; tries += 1) {
    await page.waitForTimeout(300)
    await page.reload()
    await settled(page)
  }
  assert.equal(await row.count(), 1)
  await row.click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('2024-12-19').waitFor()
  await drawer.getByText('2024-12-18').waitFor()
  await drawer
    .getByText(/检查点/)
    .first()
    .waitFor()
  await drawer.getByText('SM3').waitFor()
  assert.doesNotMatch((await page.locator('body').textContent()) ?? '', /机密的主题党日|日期写错/)
  await shoot(page, 'audit-drawer', 'window')
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出' }).click()])
  assert.match(readFileSync(await saved.path(), 'utf8'), /更正纪实,纪实,/)
  assert.deepEqual(errors, [])
  await context.close()
})

for (const [size, edition] of [
  ['phone', 'day'],
  ['desk', 'dark'],
  ['wall', 'elder'],
] as const)
  test(`the trail fits a ${size} in the ${edition} edition`, async () => {
    const { page, context, errors } = await openSignedIn(browser, origin, account('shenji'), '/audit', size, edition)
    await page.getByRole('table').waitFor()
    assert.equal(await overflowsSideways(page), false)
    assert.deepEqual(await axe(page), [])
    await shoot(page, `audit-${size}-${edition}`, 'window')
    assert.deepEqual(errors, [])
    await context.close()
  })

test('whoever is no auditor has no such page in the menu, and is told so at its address', async () => {
  const { page, context } = await openSignedIn(browser, origin, account('gongwei'), '/audit')
  assert.equal(await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '审计' }).count(), 0)
  await page.getByText('您的岗位没有这项权限。').first().waitFor()
  await context.close()
})
