// The 2024 appraisal: a unit's leader sees only the own score; the desk runs it officially, grades it, takes one score apart down to a record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSignedIn, settled } from '../browser.ts'
import { putOnNotice } from '../release.ts'
import { callerOf } from '../server.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { app, origin, browser } = await openSite(smallCity)
const as = (login: string) => callerOf(app, account(login))

test('a unit’s leader sees the spread of all and the own score alone, and can’t run or grade anything', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, account('yibashou'), '/scoring', 'phone')
  await page.getByRole('link', { name: '模范机关“3456”创建指标（2024年度）' }).tap()
  await page.getByText(/您可见 1 \/ 21 个单位/).waitFor()
  assert.equal(await page.getByRole('table').getByRole('link').count(), 1)
  assert.equal(await page.getByRole('button', { name: '正式计算' }).count(), 0)
  await page.getByRole('table').getByRole('link', { name: '市教育局（示例）' }).tap()
  await page.getByRole('heading', { level: 1, name: '市教育局（示例）' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

for (const [rubric, title, own] of [
  ['model-2024', '模范机关“3456”创建指标（2024年度）', /您可见 1 \/ 21 个/],
  ['branch-2024', '党支部分类定级（2024年度）', /您可见 3 \/ 48 个/],
] as const) {
  test(`the desk runs ${rubric}, grades it, and opens a score down to its rows and a record`, async () => {
    const { page, context, errors } = await openSignedIn(browser, origin, account('gongwei'), '/scoring')
    await page.getByRole('link', { name: title }).first().click()
    await page.getByRole('button', { name: '正式计算' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '开始计算' }).click()
    await page.waitForURL(/run=/)
    await settled(page)
    await page.getByRole('status').getByText('正式计算').waitFor()

    await page.getByRole('button', { name: '定级' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '定下等次' }).click()
    await page.waitForURL(/\/appraisals\//)
    const appraisal = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.getByRole('heading', { name: '限制' }).waitFor()
    const quota = page.getByRole('table', { name: '各组的名额' }).locator('tbody tr').first()
    await quota.getByText(/^好|优秀/).waitFor()
    await quota.getByText(/^没有并列$|^\d+个并列，都不?进$/).waitFor()
    const list = page.getByRole('table', { name: '定级名单' })
    await list.getByText('分数线').first().waitFor()

    // One score, taken apart.
    const subject = await list.getByRole('link').first().innerText()
    await list.getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: subject }).waitFor()
    await page.getByRole('heading', { name: '总分怎么来' }).waitFor()
    const item = page.getByRole('button', { name: rubric === 'model-2024' ? /^支部主题党日每月1次/ : /主题党日/ }).first()
    await item.click()
    await page.getByText('算式').filter({ visible: true }).first().waitFor()
    await page
      .getByRole('button', { name: /看每一行.*主题党日/ })
      .first()
      .click()
    const rows = page.getByRole('dialog')
    await rows.getByText(/共 \d+ 行，您都可见/).waitFor()
    const record = rows.getByRole('link').first()
    const name = await record.innerText()
    await record.click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    assert.match(page.url(), /\/records\//)
    assert.deepEqual(errors, [])
    await context.close()

    // What was decided reaches a unit's leader once it is on notice: the own grade, and nobody else's.
    const joint = { 'joint-discipline': 'jijian', 'joint-organisation': 'zuzhi', 'joint-politics-law': 'zhengfa', 'joint-petitions': 'xinfang' }
    await putOnNotice(
      { desk: await as('gongwei'), office: await as('bangongshi'), chief: await as('shuji') },
      await Promise.all(Object.entries(joint).map(async ([post, login]) => [post, await as(`lianshen-${login}`)] as const)),
      appraisal,
    )
    const leader = await openSignedIn(browser, origin, account('yibashou'), '/scoring')
    await leader.page.getByRole('table', { name: '定级' }).getByRole('link', { name: title }).click()
    await leader.page.getByText(own).waitFor()
    assert.equal(await leader.page.getByRole('table').getByText('市教育局（示例）').count(), await leader.page.getByRole('table').getByRole('link').count())
    assert.deepEqual(leader.errors, [])
    await leader.context.close()
  })
}
