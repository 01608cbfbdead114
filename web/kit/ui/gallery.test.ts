// Every widget of the kit in a real Chromium: by keyboard alone, looked at by axe in all three editions, at 390 px and at 200 % zoom.
import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axe, type Edition, launchBrowser, openPage, overflowsSideways, type Size, settled } from '#test/browser.ts'
import { servePages, signedInStubs } from '#test/pages.ts'

let browser: Browser
let server: Server
let origin = ''

before(async () => {
  ;({ origin, server } = await servePages(signedInStubs))
  browser = await launchBrowser()
})

after(async () => {
  await browser.close()
  server.close()
})

async function gallery(tab: string, size: Size = 'desk', edition: Edition = 'day') {
  const opened = await openPage(browser, size, edition)
  await opened.page.goto(`${origin}/kit`)
  await settled(opened.page)
  await opened.page.getByRole('tab', { name: tab }).click()
  return opened
}

for (const edition of ['day', 'dark', 'elder'] as const) {
  test(`axe finds nothing on any widget in the ${edition} edition, on a desk and on a phone, and nothing runs off the side`, async () => {
    for (const size of ['desk', 'phone'] as const) {
      const { page, context, errors } = await gallery('数与图', size, edition)
      for (const tab of ['数与图', '填写', '列表', '状态']) {
        await page.getByRole('tab', { name: tab }).click()
        assert.deepEqual(await axe(page), [], `${tab} ${size}`)
        assert.equal(await overflowsSideways(page), false, `${tab} ${size} runs off the side`)
      }
      assert.deepEqual(errors, [])
      await context.close()
    }
  })
}

test('at 200 % zoom nothing runs off the side', async () => {
  const { page, context } = await gallery('数与图')
  await page.setViewportSize({ width: 683, height: 384 })
  for (const tab of ['数与图', '填写', '列表', '状态']) {
    await page.getByRole('tab', { name: tab }).click()
    assert.equal(await overflowsSideways(page), false, tab)
  }
  await context.close()
})

test('tabs: arrows, Home and End move and choose', async () => {
  const { page, context } = await gallery('数与图')
  await page.keyboard.press('ArrowRight')
  assert.equal(await page.getByRole('tab', { name: '填写' }).getAttribute('aria-selected'), 'true')
  await page.keyboard.press('End')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), '状态')
  await page.keyboard.press('ArrowRight')
  assert.equal(await page.getByRole('tab', { name: '数与图' }).getAttribute('aria-selected'), 'true')
  await context.close()
})

test('dialog: opens with focus inside, keeps Tab inside, Escape closes and gives the focus back', async () => {
  const { page, context } = await gallery('状态')
  const opener = page.getByRole('button', { name: '打开对话框' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '撤回这条记录？' })
  await dialog.waitFor()
  for (let step = 0; step < 6; step += 1) {
    assert.equal(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null), true)
    await page.keyboard.press('Tab')
  }
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  assert.equal(await opener.evaluate((element) => element === document.activeElement), true)
  await context.close()
})

test('combobox: finds while one types, arrows and Enter choose, Escape closes', async () => {
  const { page, context } = await gallery('填写')
  const box = page.getByRole('combobox', { name: '主讲人' })
  await box.focus()
  await page.keyboard.type('李')
  await page.getByRole('option', { name: /李娜/ }).waitFor()
  assert.equal(await box.getAttribute('aria-expanded'), 'true')
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.equal(await box.inputValue(), '李娜')
  await page.keyboard.type('某')
  await page.getByText('没有找到').waitFor()
  await page.keyboard.press('Escape')
  assert.equal(await box.getAttribute('aria-expanded'), 'false')
  await context.close()
})

test('tree: right opens, left closes and goes to the parent, Enter chooses', async () => {
  const { page, context } = await gallery('列表')
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  await page.getByRole('treeitem', { name: /示例局机关党委/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('treeitem', { name: '第一支部' }).waitFor()
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), '第一支部')
  await page.keyboard.press('Enter')
  assert.equal(await page.getByRole('treeitem', { name: '第一支部' }).getAttribute('aria-selected'), 'true')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  assert.equal(await page.getByRole('treeitem', { name: /示例局机关党委/ }).getAttribute('aria-expanded'), 'false')
  await page.keyboard.press('Home')
  assert.match((await focused()) ?? '', /示例市直机关工委/)
  assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1)
  await context.close()
})

test('table: a head sorts by keyboard and says so; a row is one link', async () => {
  const { page, context } = await gallery('列表')
  const head = page.getByRole('columnheader', { name: '得分' })
  assert.equal(await head.getAttribute('aria-sort'), 'descending')
  await head.getByRole('button').focus()
  await page.keyboard.press('Enter')
  assert.equal(await head.getAttribute('aria-sort'), 'ascending')
  const scores = await page.locator('tbody td:nth-child(2)').allTextContents()
  const numbers = scores.slice(0, -1).map(Number)
  assert.deepEqual(
    numbers,
    [...numbers].sort((left, right) => left - right),
  )
  assert.equal(scores.at(-1), '—')
  assert.equal(await page.locator('tbody tr').first().getByRole('link').count(), 1)
  await context.close()
})

test('form: a refused field is marked, described and focused; what was typed is there after a reload', async () => {
  const { page, context } = await gallery('填写')
  await page.getByRole('button', { name: '保存' }).click()
  const title = page.getByRole('textbox', { name: '标题' })
  await page.getByText('标题不能为空').waitFor()
  assert.equal(await title.getAttribute('aria-invalid'), 'true')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true')
  assert.deepEqual(await axe(page), [])
  await title.fill('十二月主题党日')
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('dajuan:draft:')))
  await page.reload()
  await settled(page)
  await page.getByRole('tab', { name: '填写' }).click()
  assert.equal(await page.getByRole('textbox', { name: '标题' }).inputValue(), '十二月主题党日')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存').waitFor()
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('dajuan:draft:')).length), 0)
  await context.close()
})

test('slider: arrows move by a day and the date is told in words', async () => {
  const { page, context } = await gallery('数与图')
  const slider = page.getByRole('slider', { name: '统计到哪一天' })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await slider.getAttribute('aria-valuetext'), '2024年7月2日')
  await page.keyboard.press('End')
  assert.equal(await slider.getAttribute('aria-valuetext'), '2024年12月20日')
  await context.close()
})
