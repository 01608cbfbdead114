// S25 in the browser: a pasted notice becomes a request, whose price and notice are told before it is sent; above the rules it waits for a release by name; sent, it is received, handed in and
// accepted; what was said once is there for the next form; nudged and recalled; a complaint is answered; a month's totals are published.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { settled, shoot } from '../browser.ts'
import { fits, mattersSite, move, stands } from './matters-site.ts'

const { as, branchOfZhibu, owner } = await mattersSite()
const notice = '关于报送换届准备情况的通知\n各支部：\n  请于12月23日前报送换届准备情况。\n示例市委组织部\n2024年12月20日'
let request = ''
let paper = ''

/** Presses a deed's button and sends what opens. */
async function deed(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await settled(page)
}
/** Draws up a request to the branch of zhibu alone. */
async function drafted(page: Page, write: (page: Page) => Promise<void>): Promise<string> {
  await page.goto(new URL('/requests/new', page.url()).href)
  await page.getByRole('combobox', { name: '只发给名单里的' }).or(page.getByLabel('种类')).first().waitFor()
  await write(page)
  const name = await branchOfZhibu()
  await page.getByRole('combobox', { name: '只发给名单里的' }).fill(name)
  await page.getByRole('option', { name }).first().click()
  await page
    .getByText(/1个组织/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}$/)
  await settled(page)
  return page.url().split('/').at(-1) ?? ''
}
/** Sends the draft that is open. */
async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: '发出', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^发给/ }).click()
  await page.getByRole('list', { name: '办到哪里' }).waitFor()
  await settled(page)
}
const opened = (page: Page, title: string) => page.getByRole('link', { name: title }).first().click()

test('[S25] a pasted notice is marked and fills the draft; its price stands there before it is sent, and too short a notice must be released by name', async () => {
  await as('gongwei', '/requests', async (page) => {
    await fits(page)
    request = await drafted(page, async () => {
      await page.getByText('粘贴通知，自动填写').click()
      await page.getByLabel('通知或群消息').fill(notice)
      await page.locator('mark', { hasText: '12月23日' }).waitFor()
      await shoot(page, 'request-notice')
      await fits(page)
      await page.getByRole('button', { name: '填到下面' }).click()
      assert.equal(await page.getByLabel('标题').inputValue(), '报送换届准备情况')
      assert.equal(await page.getByLabel('任务要求').inputValue(), notice)
    })
    await page
      .getByText(/只留了 1 个工作日/)
      .first()
      .waitFor()
    assert.equal(await page.getByRole('button', { name: '发出', exact: true }).count(), 0, 'not before it is released')
    await page.getByLabel('为什么超出规定也要下发').fill('换届日期由上级定')
    await page.getByRole('button', { name: '保存修改' }).click()
    await page.getByText('已保存').first().waitFor()
    await page.getByRole('button', { name: '送审发布' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '送审', exact: true }).click()
    await page.waitForURL(/\/approvals\/[0-9a-f-]{36}$/)
    paper = page.url().split('/').at(-1) ?? ''
    await page.getByText('换届日期由上级定').first().waitFor()
  })
  await as('bangongshi', `/approvals/${paper}`, (page) => deed(page, '审核通过'))
  await as('shuji', `/approvals/${paper}`, (page) => deed(page, '同意签发'))
  await as('shuji', `/approvals/${paper}`, (page) => deed(page, '发布'))
})

test('[S25] released it is sent; the secretary receives and hands in on a phone; the desk accepts on its board', async () => {
  await as('gongwei', `/requests/${request}`, async (page) => {
    await send(page)
    await shoot(page, 'request-board')
    await fits(page)
  })
  await as(
    'zhibu',
    '/matters?state=mine',
    async (page) => {
      await opened(page, '报送换届准备情况')
      await move(page, '签收')
      await move(page, '提交', { 办理情况: '候选人考察已完成' })
    },
    'phone',
  )
  await as('gongwei', `/requests/${request}`, async (page) => {
    await page.getByText('办理情况：候选人考察已完成').waitFor()
    await page.getByRole('button', { name: '选中待验收的1个' }).click()
    await page.getByRole('button', { name: '验收（1）' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '验收1个' }).click()
    await page.getByRole('button', { name: '已办结 1' }).waitFor()
  })
  const { rows } = await owner.query(
    `select m.outcome, c.seconds, a.reason from matter.matter m join burden.charge c on c.asking_id = m.request_id join burden.asking a using (asking_id) where request_id = $1`,
    [request],
  )
  assert.deepEqual([rows.length, rows[0].outcome, rows[0].seconds > 0, rows[0].reason], [1, 'done', true, '换届日期由上级定'])
})

test('[S25] what was handed in once arrives filled in with its source the next time; what is confirmed is learnt', async () => {
  const ask = (title: string) =>
    as('gongwei', '/requests', async (page) => {
      const id = await drafted(page, async () => {
        await page.getByLabel('种类').selectOption({ label: '基本情况表' })
        await page.getByLabel('标题').fill(title)
        await page.getByLabel('用在哪里').fill('年度统计')
      })
      if (title === '再报基本情况') await page.getByText(/“党员数”有1个组织已经报过（见基本情况表《年末基本情况》），会自动填好/).waitFor()
      await send(page)
      request = id
    })
  await ask('年末基本情况')
  await as('zhibu', '/matters?state=mine', async (page) => {
    await opened(page, '年末基本情况')
    await move(page, '核对并提交', { 党员数: '23', 有党员活动室: '是' })
  })
  await ask('再报基本情况')
  await as(
    'zhibu',
    '/matters?state=mine',
    async (page) => {
      await opened(page, '再报基本情况')
      await page.getByText(/已按现有记录填好，请核对：.*党员数（基本情况表《年末基本情况》/).waitFor()
      assert.equal(await page.getByLabel('党员数（人）', { exact: true }).inputValue(), '23')
      await shoot(page, 'matter-known-phone')
      await fits(page)
      await move(page, '核对并提交', { 党员数: '24' })
      await stands(page, '待验收')
    },
    'phone',
  )
  const { rows } = await owner.query(`select value from burden.known where term = 'member-count' and source like '%再报基本情况%'`)
  assert.deepEqual(rows, [{ value: '24' }])
})

test('[S25] a request is nudged once a day and recalled with its open matters', async () => {
  await as('gongwei', '/requests', async (page) => {
    request = await drafted(page, async () => {
      await page.getByLabel('种类').selectOption({ label: '工作任务' })
      await page.getByLabel('标题').fill('报送值班表')
      await page.getByLabel('任务要求').fill('元旦值班表')
    })
    await send(page)
    await page.getByRole('button', { name: '催办', exact: true }).click()
    await page.getByRole('dialog').getByLabel('说什么').fill('请抓紧')
    await page.getByRole('dialog').getByRole('button', { name: '催办' }).click()
    await page.getByText('今天已经催办过').waitFor()
    await page.getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByRole('dialog').getByLabel('原因').fill('改由办公室统一报')
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await page.getByText('已撤回：改由办公室统一报').waitFor()
    await fits(page)
  })
  const { rows } = await owner.query(
    `select outcome, (select count(*)::int from matter.comment c where c.matter_id = m.matter_id) as said from matter.matter m where request_id = $1`,
    [request],
  )
  assert.deepEqual(rows, [{ outcome: 'recalled', said: 1 }])
})

test('[S25] the secretary finds an asking of another body too much; the desk sees until when it has to answer, and answers', async () => {
  await as(
    'zhibu',
    '/burden',
    async (page) => {
      await page.getByRole('button', { name: '登记外单位的要求' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('粘贴通知，自动填写').click()
      await dialog.getByLabel('通知或群消息').fill('示例市统计局：请各支部于12月31日前填报党员基本情况表。')
      await dialog.getByRole('button', { name: '填到下面' }).click()
      assert.equal(await dialog.getByRole('textbox', { name: '谁提的' }).inputValue(), '示例市统计局')
      const branch = await branchOfZhibu()
      await dialog.getByRole('combobox', { name: '向谁提的' }).fill(branch)
      await dialog.getByRole('option', { name: branch }).first().click()
      await dialog.getByRole('checkbox', { name: '党员数', exact: true }).check()
      await dialog.getByRole('button', { name: '登记', exact: true }).click()
      await dialog.getByText('这些已经有了，可以直接答复：').waitFor()
      await dialog.getByText('24').first().waitFor()
      await shoot(page, 'burden-entered-phone')
      await fits(page)
      await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
      await page.getByRole('button', { name: /^提意见.*填报党员基本情况表/ }).click()
      await page.getByRole('dialog').getByRole('button', { name: '提交' }).click()
      await page.getByText(/已收到，最晚2024年12月27日答复/).waitFor()
      await page
        .getByText(/基本情况表《再报基本情况》/)
        .first()
        .waitFor()
    },
    'phone',
  )
  await as('gongwei', '/', async (page) => {
    await page.getByRole('link', { name: '1 条减负意见等您答复' }).first().click()
    await page.getByText('最晚2024年12月27日').first().waitFor()
    await shoot(page, 'burden-desk')
    await fits(page)
    await page.getByRole('button', { name: /^答复/ }).first().click()
    await page.getByRole('dialog').getByLabel('答复').fill('已与统计局商定，用已报的数')
    await page.getByRole('dialog').getByRole('button', { name: '答复', exact: true }).click()
    await page.getByText('已答复').first().waitFor()
  })
  const { rows } = await owner.query(`select answer from burden.complaint where kind = 'already-collected'`)
  assert.deepEqual(rows, [{ answer: '已与统计局商定，用已报的数' }])
})
