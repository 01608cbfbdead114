// A branch secretary on a phone: signs in, enters a theme day with one member absent, finds it, corrects it, withdraws it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { axe, layoutShift, openPage, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

test('a theme day with one absent, entered on a phone, found, corrected, withdrawn', async () => {
  const { page, errors } = await openPage(browser, 'phone')
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('账号').fill('zhibu')
  await page.getByLabel('密码').fill('zhibu-2024')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation', { name: '底部菜单' }).waitFor()

  // Enter.
  await page.goto(`${origin}/records/new`)
  await settled(page)
  await page.getByRole('button', { name: '主题党日', exact: true }).tap()
  assert.equal(await page.getByLabel('标题').inputValue(), '12月主题党日', 'a title is suggested')
  const summary = page.locator('summary', { hasText: '到会' })
  await summary.waitFor()
  const due = Number(/应到 (\d+) 人/.exec((await summary.textContent()) ?? '')?.[1])
  assert.ok(due > 1)
  await summary.tap()
  const member = page.getByRole('button', { name: /缺席$/ }).first()
  const absent = ((await member.getAttribute('aria-label')) ?? '').replace(' 缺席', '')
  await member.tap()
  assert.match((await summary.textContent()) ?? '', new RegExp(`实到 ${due - 1} 人，缺席：${absent}`))
  await page.locator('summary', { hasText: '更多' }).tap()
  await page.getByLabel('主题', { exact: true }).fill('重温入党誓词')
  await page.getByLabel('标题').fill('旅程里的主题党日')
  await page.locator('summary', { hasText: '附照片' }).tap()
  const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: 'crimson' } })
    .jpeg()
    .toBuffer()
  await page.getByLabel('照片或文件').setInputFiles({ name: '会场.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.getByRole('img', { name: '会场.jpg' }).waitFor()
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
  assert.ok((await layoutShift(page)) <= 0.05)

  // A reload in between loses nothing but the photo.
  await page.waitForTimeout(400)
  await page.reload()
  await settled(page)
  await page.getByText('已恢复').waitFor()
  assert.equal(await page.getByLabel('标题').inputValue(), '旅程里的主题党日')
  await page.getByText(`缺席：${absent}`).waitFor()

  // Without a connection nothing is lost, and it is said what to do.
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '保存' }).tap()
  await page.getByText('连不上服务器').waitFor()
  await page.context().setOffline(false)
  await page.locator('summary', { hasText: '附照片' }).tap()
  await page.getByLabel('照片或文件').setInputFiles({ name: '会场.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.getByRole('button', { name: '保存' }).tap()
  await page.getByRole('heading', { name: '已存好' }).waitFor()
  await page.getByText('要素齐全').waitFor()
  await page.getByText('1 个附件已上传').waitFor()
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'record-receipt-phone')

  // Find it.
  await page.getByRole('link', { name: '回到列表' }).tap()
  await settled(page)
  await page.getByLabel('查找').fill('旅程里的')
  const row = page.getByRole('link', { name: /旅程里的主题党日/ })
  await row.waitFor()
  await page.getByText('已显示 1 条').waitFor()
  await row.tap()
  await page.getByText(`缺席：${absent}`).waitFor()
  await page.getByRole('img', { name: '会场.jpg' }).waitFor()
  assert.equal(await overflowsSideways(page), false)
  await shoot(page, 'record-page-phone')

  // Correct it: everybody was there after all.
  await page.getByRole('button', { name: '更正' }).tap()
  const dialog = page.getByRole('dialog', { name: '更正' })
  await dialog.locator('summary', { hasText: '到会' }).tap()
  await dialog.getByRole('button', { name: '全部到会' }).tap()
  await dialog.getByLabel('更正原因').fill('他后来赶到了')
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'record-correct-phone', 'window')
  await dialog.getByRole('button', { name: '保存更正' }).tap()
  await page.getByText('第 2 版 更正').waitFor()
  await page.getByText('他后来赶到了').waitFor()
  await page.getByText(`实到 ${due} 人`).waitFor()
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'record-versions-phone')

  // Withdraw it.
  await page.getByRole('button', { name: '撤回' }).tap()
  await page.getByLabel('撤回原因').fill('重复登记')
  await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).tap()
  await page.getByText('原因：重复登记').waitFor()
  assert.equal(await page.getByRole('button', { name: '更正' }).count(), 0)
  await page.goto(`${origin}/records?q=${encodeURIComponent('旅程里的')}`)
  await page.getByText('没有符合条件的纪实').waitFor()
  assert.deepEqual(
    errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  )
})

test('a pasted notice is read into the form; a record entered twice from a lost reply is one record', async () => {
  const { page, context } = await openPage(browser, 'phone')
  await context.request.post(`${origin}/api/sign-in`, { data: { account: 'zhibu', password: 'zhibu-2024' } })
  await page.goto(`${origin}/records/new`)
  await settled(page)
  await page.locator('summary', { hasText: '粘贴通知' }).tap()
  await page.getByLabel('通知或群消息').fill('关于召开支委会的通知\n定于12月18日下午在二楼会议室召开支委会，研究发展党员工作。\n明天请带好笔记本。')
  await page.getByText(/^读到 \d+ 项/).waitFor()
  assert.equal(await page.getByLabel('日期').inputValue(), '2024-12-18')
  assert.equal(await page.getByLabel('地点').inputValue(), '二楼会议室')
  assert.equal(await page.getByRole('button', { name: '支委会', exact: true }).getAttribute('aria-pressed'), 'true')

  // The reply of the first try is lost on the way.
  let lost = 0
  await page.route('**/api/records', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost += 1
    await route.fetch()
    return route.abort()
  })
  await page.getByLabel('标题').fill('丢了回音的支委会')
  await page.getByRole('button', { name: '保存' }).tap()
  await page.getByText('连不上服务器').waitFor()
  await page.getByRole('button', { name: '保存' }).tap()
  await page.getByRole('heading', { name: '已存好' }).waitFor()
  await page.getByText('要素还差').waitFor()
  await page.getByRole('link', { name: '回到列表' }).tap()
  await page.getByLabel('查找').fill('丢了回音')
  await page.getByText('已显示 1 条').waitFor()
  await context.close()
})

test('what is wrong is said at its field, and by keyboard alone it can be mended', async () => {
  const { page, context } = await openPage(browser, 'desk', 'elder')
  await context.request.post(`${origin}/api/sign-in`, { data: { account: 'zhibu', password: 'zhibu-2024' } })
  await page.goto(`${origin}/records/new?kind=party-lecture`)
  await settled(page)
  await page.getByRole('button', { name: '保存' }).press('Enter')
  await page.getByText('请选择讲课人').first().waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox', 'the wrong field has the focus')
  await page.keyboard.press('ArrowDown')
  await page.getByRole('listbox').getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '保存' }).press('Enter')
  await page.getByRole('heading', { name: '已存好' }).waitFor()
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('main :is(button, a.button, select, summary)')]
      .filter((each) => each.getBoundingClientRect().height > 0 && each.getBoundingClientRect().height < 43.5)
      .map((each) => each.textContent?.trim()),
  )
  assert.deepEqual(small, [], 'targets are 44 pixels high in the elder edition')
  await context.close()
})
