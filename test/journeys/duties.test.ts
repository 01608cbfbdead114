// Duty lists in the browser [S7]: a branch secretary sees what is due, fulfils one duty by the record form and one by hand; the grid of the
// committee and of the city shows it; the desk sees what nobody does. Codes of conduct stand with the post [S30].
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, openSignedIn, overflowsSideways, type Size, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)
const note = '向党员大会报告了全年工作，党员评议后通过'

/** Does something as an account on a page; the page has no errors, and nothing of it is wrong for whoever reads with other means. */
async function as(login: string, path: string, work: (page: Page) => Promise<void>, size: Size = 'desk'): Promise<void> {
  const opened = await openSignedIn(browser, origin, account(login), path, size)
  await work(opened.page)
  await settled(opened.page)
  assert.deepEqual(await axe(opened.page), [], login)
  assert.equal(await overflowsSideways(opened.page), false, login)
  // An empty form is refused with 422, which the browser tells, too.
  assert.deepEqual(
    opened.errors.filter((line) => !line.includes('422')),
    [],
    login,
  )
  await opened.context.close()
}
/** The row of a duty in a table of the page. */
const rowOf = (page: Page, duty: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: duty, exact: true }) })

test('[S7] a branch secretary comes from the workbench to what is due, and fulfils a duty by hand on a phone', async () => {
  await as(
    'zhibu',
    '/',
    async (page) => {
      await page.getByRole('link', { name: /责任清单：.*本月到期/ }).click()
      await page.waitForURL(/\/duties$/)
      const row = rowOf(page, '向党员大会报告年度工作')
      await row.getByText('快到期').waitFor()
      await shoot(page, 'duties-mine-phone')
      await row.getByRole('link', { name: /登记落实情况/ }).click()
      await page.getByRole('button', { name: /登记落实情况/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: '登记', exact: true }).click()
      await dialog.locator('[aria-invalid="true"]').first().waitFor()
      await dialog.getByRole('textbox', { name: /做了什么/ }).fill(note)
      await dialog.getByLabel(/哪天落实的/).fill('2024-12-19')
      await dialog.getByRole('button', { name: '登记', exact: true }).click()
      await page.getByText(note, { exact: true }).waitFor()
      await page.getByText('已落实').first().waitFor()
    },
    'phone',
  )
})

test('[S7] what was entered by hand is corrected with a reason; the page says so', async () => {
  await as('zhibu', '/duties', async (page) => {
    await page.getByRole('link', { name: '向党员大会报告年度工作', exact: true }).click()
    await page.getByRole('button', { name: /^更正/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: /会议日期和记录编号/ }).fill('12月19日，记录第8号')
    await dialog.getByRole('textbox', { name: /为什么更正/ }).fill('补写编号')
    await dialog.getByRole('button', { name: '更正', exact: true }).click()
    await page.getByText('更正过 1 次').waitFor()
    await page.getByText('依据：12月19日，记录第8号').waitFor()
  })
})

test('[S7] a duty that a record fulfils leads to its form; entered, it is done and opens to the record', async () => {
  await as('zhibu', '/duties', async (page) => {
    // December's are taken back, so that the duty is open whatever the city holds.
    const { rows } = await (await page.request.get(`${origin}/api/records?kind=theme-day&from=2024-12-01`)).json()
    for (const { recordId } of rows as { recordId: string }[]) {
      const { record } = await (await page.request.get(`${origin}/api/records/${recordId}`)).json()
      const reply = await page.request.post(`${origin}/api/records/${recordId}/withdrawal`, {
        data: { version: record?.version ?? 1, reason: '示例：登记重复' },
      })
      assert.equal(reply.status(), 200, await reply.text())
    }
    await page.reload()
    await settled(page)
    const duty = '组织主题党日'
    const deed = rowOf(page, duty).getByRole('link', { name: /^登记主题党日/ })
    await deed.click()
    await page.waitForURL(/\/records\/new\?kind=/)
    await settled(page)
    await page.getByLabel(/^标题/).fill('为责任清单登记的示例')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('heading', { name: '已存好' }).waitFor()
    await page.goto(`${origin}/duties`)
    await settled(page)
    await rowOf(page, duty).getByRole('link', { name: duty, exact: true }).click()
    await page.getByRole('link', { name: '为责任清单登记的示例' }).click()
    await page.waitForURL(/\/records\/[0-9a-f-]{36}/)
    await page.getByRole('heading', { level: 1, name: '为责任清单登记的示例' }).waitFor()
  })
})

test('[S7] the desk sees four levels with four posts each, narrows them to a branch’s secretary, and finds who did it', async () => {
  await as('gongwei', '/duties?view=grid', async (page) => {
    for (const level of ['工委', '党组（党委）', '机关党委', '支部'])
      assert.equal(await page.getByRole('region', { name: level, exact: true }).getByRole('button').count(), 4, level)
    await page.getByRole('region', { name: '支部', exact: true }).getByRole('button', { name: /^书记/ }).click()
    await page.waitForURL(/level=branch/)
    await page.getByRole('searchbox').fill('年度工作')
    await page.waitForURL(/q=/)
    await page.getByLabel('状态').selectOption({ label: '已落实' })
    await settled(page)
    await page.getByRole('table').getByRole('link', { name: '向党员大会报告年度工作' }).first().click()
    await page.getByText(note).waitFor()
    assert.equal(await page.getByRole('button', { name: /登记落实情况|更正/ }).count(), 0, 'the holder’s alone')
  })
})

test('[S7] a duty without a holder and a holder without a duty are shown to the desk, and nothing of them to a branch', async () => {
  await as('gongwei', '/duties?view=gaps', async (page) => {
    const row = page.getByRole('row').filter({ hasText: '工委 副书记' })
    await row.getByText('分析一次清廉机关建设进展').waitFor()
    await shoot(page, 'duties-gaps')
    await page.getByRole('button', { name: /有人没有责任/ }).click()
    await page.waitForURL(/gap=idle/)
    await settled(page)
    assert.ok((await page.getByRole('table').getByRole('row').count()) > 1)
  })
  await as('zhibu', '/duties?view=gaps', async (page) => {
    await page.getByText('每项责任都有人承担').waitFor()
  })
})

test('[S30] the ten requirements stand with the post of a discipline member, ten of them, and say where they come from', async () => {
  await as(
    'jijian',
    '/duties',
    async (page) => {
      await page.getByText('十项要求（随岗位，常态遵守）').click()
      assert.equal(await page.locator('details[open] li').count(), 10)
      await page.getByText(/没有逐条列出/).waitFor()
    },
    'phone',
  )
})
