// A grading takes effect: drafted, returned, sent in again, signed, decided on, joint opinions, secrecy, notice, an objection and its answer,
// the days pass, released, recalled; each step as the account whose it is. And the sheet, public while its release stands.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { axe, launchBrowser, type Opened, openPage, openSignedIn, overflowsSideways, settled, shoot } from '../browser.ts'
import { callerOf, serverOver } from '../server.ts'
import { smallCity } from '../small-city.ts'
import { account } from './site.ts'

const pages = process.env['DAJUAN_PAGES'] ?? join(import.meta.dirname, '..', '..', 'web', 'build')
const closing: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closing) await close()
})
const { app, owner, pool, dataDir } = await serverOver(smallCity, pages)
const appraisal = newId()
const title = '示例市2024年度支部定级'
let [origin, browser] = ['', undefined as unknown as Browser]
before(async () => {
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
  const desk = await callerOf(app, account('gongwei'))
  const run = newId()
  for (const [url, body] of [
    ['/api/scoring/runs', { id: run, rubric: 'branch-2024' }],
    ['/api/appraisals', { id: appraisal, run, title }],
  ] as const)
    assert.equal((await desk.post(url, body)).statusCode, 200)
})

/** Does something as an account on a page; the page has no errors, and nothing for axe. */
async function as(login: string, path: string, work: (page: Page, opened: Opened) => Promise<void>, size: 'desk' | 'phone' = 'desk'): Promise<void> {
  const opened = await openSignedIn(browser, origin, account(login), path, size)
  await work(opened.page, opened)
  assert.deepEqual(opened.errors, [], login)
  await opened.context.close()
}
/** Presses a deed's button, fills what its form asks for, and sends it. */
async function deed(page: Page, label: string, words: Record<string, string> = {}): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  for (const [field, text] of Object.entries(words)) await dialog.getByLabel(field).fill(text)
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await settled(page)
}
const stands = (page: Page, words: string) => page.locator('main .state .tag', { hasText: words }).waitFor()
let paper = ''

test('the desk sends the grading in from its page; units don’t see it', async () => {
  await as('gongwei', `/appraisals/${appraisal}`, async (page) => {
    await page.getByText('未发布，单位还看不到').waitFor()
    await page.getByRole('button', { name: '送审发布' }).click()
    await page.getByRole('dialog').getByText('审核 → 签批 → 会议研究 → 联合会审 → 保密审查 → 公示 → 发布').waitFor()
    await shoot(page, 'approval-send', 'window')
    await page.getByRole('dialog').getByLabel('起草说明').fill('按细则定级，请审')
    await page.getByRole('dialog').getByRole('button', { name: '送审', exact: true }).click()
    await page.waitForURL(/\/approvals\/[0-9a-f-]{36}$/)
    paper = page.url().split('/').at(-1) ?? ''
    await page.getByRole('list', { name: '签批进度' }).getByText('审核').waitFor()
    await shoot(page, 'approval-drafted')
    assert.deepEqual(await axe(page), [])
  })
  await as('yibashou', `/appraisals/${appraisal}`, async (page) => page.getByText('没有这次定级').waitFor())
  await as('zhibu', `/approvals/${paper}`, async (page) => page.getByText('没有这份签批件').waitFor())
})

test('the office finds it on its workbench, returns it with a reason, and the drafter sends it in again', async () => {
  await as('bangongshi', '/', async (page) => {
    await page
      .getByRole('link', { name: `审核：《${title}》（发至系统内）` })
      .first()
      .click()
    await deed(page, '退回', { 理由: '写明名额依据' })
    await stands(page, '待修改重报')
  })
  await as('gongwei', '/approvals?list=drafted', async (page) => {
    await page.getByRole('link', { name: title }).click()
    await page.getByText('写明名额依据').waitFor()
    await deed(page, '重新送审', { 修改说明: '名额见细则第三条' })
    await stands(page, '审核')
  })
})

test('checked, signed, decided on; four posts give their opinions; secrecy; then it is on notice', async () => {
  await as('bangongshi', `/approvals/${paper}`, (page) => deed(page, '审核通过'))
  await as('shuji', `/approvals`, async (page) => {
    await page.getByRole('link', { name: title }).click()
    await deed(page, '同意签发')
  })
  await as('bangongshi', `/approvals/${paper}`, (page) => deed(page, '登记会议', { 会议纪要: '工委会议研究同意' }))
  await as('lianshen-jijian', '/', async (page) => {
    await page
      .getByRole('link', { name: `出具联审意见：《${title}》（发至系统内）` })
      .first()
      .click()
    await page.getByRole('heading', { name: '联审意见' }).waitFor()
    await shoot(page, 'approval-opinion')
    await deed(page, '同意')
  })
  for (const login of ['lianshen-zuzhi', 'lianshen-zhengfa', 'lianshen-xinfang']) await as(login, `/approvals/${paper}`, (page) => deed(page, '同意'), 'phone')
  await as('bangongshi', `/approvals/${paper}`, async (page) => {
    await deed(page, '保密审查通过')
    await stands(page, '公示')
  })
})

test('a unit’s leader objects on a phone; the office answers; released before the days are over it is not', async () => {
  await as(
    'yibashou',
    '/notices',
    async (page) => {
      await page.getByRole('heading', { name: title }).waitFor()
      await page.getByRole('button', { name: '提出异议' }).click()
      await page.getByLabel('异议内容').fill('第二支部少计一次党课')
      await shoot(page, 'notice-object', 'window')
      await page.getByRole('button', { name: '提交' }).click()
      await page.getByText('等候答复').waitFor()
      assert.equal(await overflowsSideways(page), false)
      assert.deepEqual(await axe(page), [])
      await shoot(page, 'notices-phone')
    },
    'phone',
  )
  await as('bangongshi', `/approvals/${paper}`, async (page) => {
    await page.getByRole('button', { name: '答复' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^答复/ }).fill('党课登记在下一年度，不计')
    await page.getByRole('dialog').getByRole('button', { name: '答复' }).click()
    await page.getByText('异议不成立').waitFor()
    await shoot(page, 'approval-notice')
    assert.deepEqual(await axe(page), [])
  })
  await as('shuji', `/approvals/${paper}`, async (page) => assert.equal(await page.getByRole('button', { name: '发布', exact: true }).count(), 0))
})

test('when the days have passed the secretary releases it, units see it, and after the recall they don’t', async () => {
  await owner.query('update kit.tenant set clock_offset = $1', [`${Date.parse('2024-12-30T02:00:00Z') - Date.now()} milliseconds`])
  const later = await buildHttp({ pool, dataDir, pages, checkReplies: true })
  closing.push(() => later.close())
  origin = await later.listen({ port: 0, host: '127.0.0.1' })
  await as('shuji', '/', async (page) => {
    await page
      .getByRole('link', { name: `发布：《${title}》（发至系统内）` })
      .first()
      .click()
    await deed(page, '发布')
    await stands(page, '已发布')
    await page
      .getByText(/长直工发〔2024〕\d+号/)
      .first()
      .waitFor()
    await shoot(page, 'approval-released')
    assert.deepEqual(await axe(page), [])
  })
  await as('yibashou', '/scoring', async (page) => {
    await page.getByRole('table', { name: '定级' }).getByRole('link', { name: title }).click()
    await page.getByText(/已向系统内发布/).waitFor()
    await shoot(page, 'appraisal-released')
  })
  await as('zhibu', '/approvals', async (page) => {
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    assert.equal(await page.getByRole('heading', { name: '办理经过' }).count(), 0)
    await shoot(page, 'approval-outside')
  })
  await as('shuji', `/approvals/${paper}`, async (page) => {
    await deed(page, '撤回发布', { 理由: '一个支部的数据有误' })
    await stands(page, '已撤回')
  })
  await as('yibashou', `/appraisals/${appraisal}`, async (page) => page.getByText('没有这次定级').waitFor())
})

test('the sheet shows the public its number, and is not public any more once its release is recalled', async () => {
  const { page, context } = await openPage(browser)
  await page.goto(`${origin}/answers/changzhi`)
  await page.getByText(/长直工发〔2024〕4号/).waitFor()
  await settled(page)
  await shoot(page, 'sheet-released', 'window')
  await as('shuji', '/approvals?list=released', async (own) => {
    await shoot(own, 'approvals-released')
    await own.getByRole('link', { name: '机关党建的长治答卷' }).click()
    await deed(own, '撤回发布', { 理由: '口径待核' })
  })
  await page.reload()
  await page
    .getByText(/没有向公众发布/)
    .first()
    .waitFor()
  await page.goto(`${origin}/notices`)
  await page.getByText('现在没有公示').waitFor()
  await context.close()
})
