// Marks in the browser: the desk enters one, corrects it, brings a file with a mistake and then without it, and withdraws what it entered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, openSignedIn, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

/** Nothing of the page is wrong for whoever reads with other means, and nothing runs out of it. */
async function fits(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
}
const csv = (...rows: string[]) => ({
  name: '访谈评分.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['评分对象,指标,分值,评分人,评分组,日期', ...rows, ''].join('\n')),
})

for (const size of ['desk', 'phone'] as const)
  test(`the desk enters a mark, corrects it, imports a file once its mistakes are mended, and withdraws (${size})`, async () => {
    const item = `访谈-${size}`
    const { page, context, errors } = await openSignedIn(browser, origin, account('gongwei'), '/scoring/marks', size)
    await page.getByRole('heading', { level: 1, name: '评分录入' }).waitFor()
    const rows = page.getByRole('main').getByRole('table').locator('tbody tr')
    await rows.first().waitFor()
    await fits(page)
    await shoot(page, `marks-${size}`, 'window')

    // Enter; what is missing is said at its field.
    await page.getByRole('button', { name: '录一份' }).click()
    const dialog = page.getByRole('dialog')
    await fits(page)
    await shoot(page, `marks-new-${size}`, 'window')
    await dialog.getByRole('button', { name: '录入', exact: true }).click()
    await dialog.getByText('请选择评分对象').first().waitFor()
    await shoot(page, `marks-new-errors-${size}`, 'window')
    await dialog.getByRole('combobox', { name: '评分对象' }).fill('市教育局')
    await dialog
      .getByRole('option', { name: /市教育局/ })
      .first()
      .click()
    await dialog.getByLabel('指标').fill(item)
    await dialog.getByLabel('分值').fill('九十')
    await dialog.getByLabel('评分人').fill('示例评委')
    await dialog.getByLabel('评分组').fill('领导')
    await dialog.getByRole('button', { name: '录入', exact: true }).click()
    await dialog.locator('[aria-invalid="true"]').first().waitFor()
    assert.equal(await dialog.getByLabel('分值').getAttribute('aria-invalid'), 'true')
    await dialog.getByLabel('分值').fill('92.5')
    await dialog.getByRole('button', { name: '录入', exact: true }).click()
    await page.getByText('已录入').waitFor()
    await dialog.waitFor({ state: 'hidden' })

    // Find it: the value as it was entered, the reviewer masked.
    await page.getByLabel('查找').fill(item)
    await page.getByText('不在纪实里的评价：评委打分、满意度、上级考核得分。1 份').waitFor()
    assert.equal(await rows.count(), 1)
    const said = ((await rows.first().textContent()) ?? '').replace(/\s+/g, ' ')
    assert.match(said, /市教育局/)
    assert.match(said, /92\.5/)
    assert.match(said, /\*\*\*/)
    await shoot(page, `marks-found-${size}`, 'window')

    // Correct it: what it was stays to be seen.
    await rows.first().getByRole('button', { name: '查看' }).click()
    await dialog.getByRole('tab', { name: '更正' }).click()
    await fits(page)
    await shoot(page, `marks-correct-${size}`, 'window')
    assert.deepEqual([await dialog.getByLabel('分值').inputValue(), await dialog.getByLabel('评分组').inputValue()], ['92.5', '领导'])
    await dialog.getByLabel('分值').fill('90')
    await dialog.getByLabel('更正原因').fill('登记时写错')
    await dialog.getByRole('button', { name: '更正', exact: true }).click()
    await page.getByText('已更正').waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await rows.first().getByText('90', { exact: true }).waitFor()
    await rows.first().getByRole('button', { name: '查看' }).click()
    await dialog.getByText('登记时写错').waitFor()
    assert.deepEqual(await dialog.getByRole('listitem').locator('b').allTextContents(), ['90', '92.5'])
    await fits(page)
    await shoot(page, `marks-states-${size}`, 'window')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })

    // A file with a row that is wrong in two ways: nothing of it can be imported.
    const good = `市教育局（示例）,${item},88,示例评委二,群众,2024-12-02`
    await page.getByRole('button', { name: '导入' }).click()
    await dialog.getByLabel('文件').setInputFiles(csv(good, `没有这个局,${item},八十分,示例评委二,群众,2024-12-02`))
    await dialog.getByText('2处错误').waitFor()
    const mistakes = dialog.getByRole('table').locator('tbody tr')
    const told = (await mistakes.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))
    assert.equal(told.length, 2)
    for (const [at, words] of [
      ['评分对象', '没有这个局', '没有找到'],
      ['分值', '八十分', '应是数字'],
    ].entries())
      for (const word of ['3', ...words]) assert.ok(told[at]?.includes(word), `${word} in ${told[at]}`)
    assert.equal(await dialog.getByRole('button', { name: '全部导入' }).count(), 0)
    await fits(page)
    await shoot(page, `marks-import-${size}`, 'window')
    await dialog.getByLabel('文件').setInputFiles(csv(good, `市教育局（示例）,${item},80,示例评委三,群众,2024-12-02`))
    await dialog.getByText('没有错误').waitFor()
    await dialog.getByText('新增 2').waitFor()
    await shoot(page, `marks-import-sound-${size}`, 'window')
    await dialog.getByRole('button', { name: '全部导入' }).click()
    await page.getByText('已导入：新增2份').waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('上级考核得分。3 份').waitFor()

    // Withdraw what was entered by hand: the latest day stands first.
    await rows.first().getByRole('button', { name: '查看' }).click()
    await dialog.getByRole('tab', { name: '撤回' }).click()
    await dialog.getByLabel('撤回原因').fill('录错了对象')
    await fits(page)
    await dialog.getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByText('已撤回').waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('上级考核得分。2 份').waitFor()
    await settled(page)
    assert.deepEqual(
      (await rows.allInnerTexts()).map((text) => /9[02]/.test(text.replace(/\d{4}.*/s, ''))),
      [false, false],
    )
    // The refusal of what was no number was expected.
    assert.deepEqual(
      errors.filter((error) => !/status of 4(00|22)/.test(error)),
      [],
    )
    await context.close()
  })
