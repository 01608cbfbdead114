// Matters in the browser: a task is received, handed in, returned, handed in again and accepted; a problem is put right and struck off by somebody
// else; two people at once; more time; each step as the person whose it is, on a phone where people have one in their hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled, shoot } from '../browser.ts'
import { fits, mattersSite, move, stands } from './matters-site.ts'

const { origin, as, open, branchOfZhibu } = await mattersSite()
const title = '报送主题党日小结'
let task = ''
const branch = await branchOfZhibu()

test('the desk opens a task for a branch; what is missing is said at its field', async () => {
  await as('gongwei', '/matters', async (page) => {
    await page.getByRole('link', { name: '新建事项' }).click()
    await page.getByRole('button', { name: '新建', exact: true }).click()
    await page.getByText('请选择种类').first().waitFor()
    await fits(page)
    task = await open(page, '工作任务', title, { 任务要求: '附签到册' })
    await stands(page, '待签收')
    await page.getByText(`现在轮到${branch}（签收）`).waitFor()
    assert.equal(await page.getByRole('heading', { name: '下一步' }).count(), 0, 'not the desk’s turn')
    await shoot(page, 'matter-opened')
    await fits(page)
  })
})

test('the branch secretary finds it on the workbench, receives it and hands it in on a phone', async () => {
  await as(
    'zhibu',
    '/',
    async (page) => {
      await shoot(page, 'matter-desk-phone')
      await page.getByRole('link', { name: title }).first().click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await settled(page)
      await shoot(page, 'matter-receive-phone', 'window')
      const button = await page.getByRole('button', { name: '签收', exact: true }).boundingBox()
      assert.ok(button !== null && button.y + button.height < 844 - 60, `the next step is in sight: ${button?.y}`)
      await move(page, '签收')
      await stands(page, '办理中')
      await move(page, '提交', { 办理情况: '已开展，参加 8 人。' })
      await page.getByText('（退回、验收）').waitFor()
      await fits(page)
      await shoot(page, 'matter-handed-in-phone')
    },
    'phone',
  )
})

test('the desk finds it by “轮到我办”, returns it with a reason; what was written is there to be mended, and handed in again it is accepted', async () => {
  await as('gongwei', '/matters?state=mine', async (page) => {
    await page.getByRole('table', { name: '事项' }).getByRole('link', { name: title }).click()
    await page.getByRole('tab', { name: '验收' }).waitFor()
    assert.equal(await page.getByRole('tab', { name: '验收' }).getAttribute('aria-selected'), 'true', 'what leads on comes first')
    await shoot(page, 'matter-review')
    await move(page, '退回', { 退回原因: '请补签到册' })
    await stands(page, '办理中')
  })
  await as(
    'zhibu',
    `/matters/${task}`,
    async (page) => {
      await page.getByText('请补签到册').first().waitFor()
      assert.equal(await page.getByLabel('办理情况').inputValue(), '已开展，参加 8 人。')
      await page.getByLabel('办理情况').fill('已开展，参加 8 人，签到册已补。')
      // Nothing that was typed is lost to a closed tab.
      await page.waitForTimeout(400)
      await page.reload()
      await page.getByText(/已恢复 .* 没有提交的内容/).waitFor()
      await shoot(page, 'matter-returned-elder')
      await fits(page)
      await move(page, '提交')
    },
    'phone',
    'elder',
  )
  await as('gongwei', `/matters/${task}`, async (page) => {
    await page.getByText('签到册已补').first().waitFor()
    await move(page, '验收')
    await page.getByText('已办结').first().waitFor()
    assert.equal(await page.getByRole('region', { name: '办理经过' }).getByRole('listitem').count(), 6)
    await shoot(page, 'matter-accepted')
    await fits(page)
  })
})

test('of two at once the second is told what happened, and keeps what was typed', async () => {
  let id = ''
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '工作任务', '核对党员花名册', { 任务要求: '逐人核对' })
  })
  await as('zhibu', `/matters/${id}`, (page) => move(page, '签收'))
  await as('zhibu', `/matters/${id}`, async (slow) => {
    await slow.getByLabel('办理情况').fill('我写的：已核对')
    await as('jijian', `/matters/${id}`, (quick) => move(quick, '提交', { 办理情况: '先交了' }))
    await slow.getByRole('button', { name: '提交', exact: true }).click()
    const told = slow.getByRole('alert')
    await told.getByText('别人先办了一步').waitFor()
    await told.getByText(/提交，到了“待验收”/).waitFor()
    await told.getByText('我写的：已核对').waitFor()
    await shoot(slow, 'matter-conflict')
    await fits(slow)
    await told.getByRole('button', { name: '知道了' }).click()
    await told.waitFor({ state: 'hidden' })
  })
})

test('a problem is put right, checked by another person and struck off; the next of its type is a relapse', async () => {
  let id = ''
  const problem = { 问题: '材料不齐', 问题类型: '服务不优' }
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '问题整改', '服务窗口材料不齐', problem)
  })
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '报整改方案', { 整改方案: '一周内补齐' })
    await move(page, '报本月进展', { 本月进展: '已补一半' })
    assert.equal(await page.getByRole('textbox', { name: '本月进展' }).inputValue(), '', 'the next month begins empty')

    // More time is asked for before the deadline.
    const due = await page.locator('main .state .num').textContent()
    await page.getByRole('button', { name: '申请延期' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^理由/ }).fill('等上级批复')
    await shoot(page, 'matter-extend', 'window')
    await page.getByRole('dialog').getByRole('button', { name: '申请', exact: true }).click()
    await page.getByText(/等.+答复/).waitFor()
    await as('gongwei', `/matters/${id}`, async (desk) => {
      await desk.getByRole('button', { name: '答复延期申请' }).click()
      await desk.getByRole('dialog').getByRole('textbox', { name: /^答复/ }).fill('同意')
      await desk.getByRole('dialog').getByRole('button', { name: '同意延期' }).click()
      await desk.getByRole('dialog').waitFor({ state: 'hidden' })
    })
    await page.reload()
    await settled(page)
    assert.notEqual(await page.locator('main .state .num').textContent(), due)

    await page.getByRole('button', { name: '指定经办人' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: '经办人' }).press('ArrowDown')
    await page.getByRole('dialog').getByRole('option').first().click()
    await shoot(page, 'matter-assign', 'window')
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await page.getByText(/^经办：/).waitFor()

    await move(page, '申请销号', { 整改结果: '已全部补齐' })
    assert.equal(await page.getByRole('heading', { name: '下一步' }).count(), 0, 'not by whoever asked for it')
    await page.getByText('复查的同志（').waitFor()
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '复查通过，销号', { 复查意见: '已核实' })
    await page.getByText('已办结').first().waitFor()
    const again = await open(page, '问题整改', '服务窗口材料又不齐', problem)
    await page.getByText('这个问题反弹了').waitFor()
    assert.equal(await page.getByRole('link', { name: '服务窗口材料不齐' }).getAttribute('href'), `/matters/${id}`)
    await shoot(page, 'matter-relapse')
    await fits(page)
    assert.notEqual(again, id)
  })
})

test('a brand is cultivated with its child, and is one when all four marks are ticked', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '党建总品牌', '先锋窗口', { 对应的重点任务: '营商环境', 对应的目标要求: '走在前', 品牌内涵: '服务' })
    await page.getByText('现在轮到复查的同志（列入培育）').waitFor()
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '列入培育'))
  await as('zhibu', `/matters/${id}`, async (page) => {
    await page.getByRole('link', { name: '新建党建子品牌' }).click()
    await page.getByLabel('标题').fill('先锋讲堂')
    const form = page.getByRole('main').locator('form')
    for (const field of await form.locator('textarea[aria-required="true"]').all()) await field.fill('讲给群众听')
    await page.getByRole('button', { name: '新建', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '先锋讲堂' }).waitFor()
    await page.getByRole('main').getByRole('link', { name: '先锋窗口' }).click()
    await page
      .getByRole('region', { name: '下级事项' })
      .getByRole('link', { name: /先锋讲堂/ })
      .waitFor()
    await move(page, '申请验收', { 品牌成效: '叫得响' })
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    const box = page.getByRole('region', { name: '下一步' })
    for (const mark of ['有特色', '叫得响', '立得住']) await box.getByLabel(mark).check()
    await box.getByRole('button', { name: '验收通过', exact: true }).click()
    await box.getByText('四条都达到才能通过').waitFor()
    assert.equal(await box.getByLabel('立得住').isChecked(), true, 'what was ticked stays')
    await shoot(page, 'matter-brand')
    await fits(page)
    await box.getByLabel('推得开').check()
    await move(page, '验收通过')
    await page.getByRole('region', { name: '内容' }).getByText('有特色、叫得响、立得住、推得开').waitFor()
  })
})

test('a record is proposed, linked and taken off; a comment stays', async () => {
  let id = ''
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '工作任务', '开展12月主题党日', { 任务要求: '月底前' })
  })
  await as('zhibu', '/records/new?kind=theme-day', async (page) => {
    await page.getByRole('button', { name: '保存' }).click()
    await page
      .getByText(/已存|已登记|第 1 版|再记一条/)
      .first()
      .waitFor()
  })
  await as('zhibu', `/matters/${id}`, async (page) => {
    const links = page.getByRole('region', { name: '关联的纪实' })
    await links.getByRole('heading', { name: '可能对得上的' }).waitFor()
    await links
      .getByRole('button', { name: /^关联 / })
      .first()
      .click()
    await links.getByRole('button', { name: /^取消关联/ }).waitFor()
    await links.getByText('1 条').waitFor()
    await page.getByText('写留言').click()
    await page.getByRole('textbox', { name: '留言' }).fill('记录已关联')
    await page.getByRole('button', { name: '留言', exact: true }).click()
    await page.getByRole('region', { name: '留言' }).getByText('记录已关联').waitFor()
    await shoot(page, 'matter-linked')
    await fits(page)
    await links.getByRole('button', { name: /^取消关联/ }).click()
    await links.getByText('还没有关联纪实').waitFor()
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await page.getByText('记录已关联').waitFor()
    assert.equal(await page.getByRole('button', { name: /关联/ }).count(), 0)
    await page.getByRole('button', { name: '撤回' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^说明/ }).fill('重复交办')
    await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByText('已撤销').first().waitFor()
  })
})

test('whoever has no part in it finds nothing; a secretary of one branch is not offered what one asks of others', async () => {
  await as('xiangzhen', `/matters/${task}`, async (page) => {
    await page.getByText('没有找到这件事项').waitFor()
    await page.goto(`${origin}/matters?state=all&q=${encodeURIComponent(title)}`)
    await page.getByText('没有符合条件的事项').waitFor()
    await fits(page)
  })
  await as('zhibu', '/matters/new', async (page) => {
    await settled(page)
    assert.equal(await page.getByRole('option', { name: '工作任务' }).count(), 0)
  })
})

for (const [size, edition] of [
  ['phone', 'elder'],
  ['desk', 'day'],
  ['wall', 'dark'],
] as const)
  test(`the list, the board by its keys, and the month (${size}, ${edition})`, async () => {
    await as(
      'gongwei',
      '/matters',
      async (page) => {
        await open(page, '工作任务', `还没签收的任务（${size}）`, { 任务要求: '尽快签收' })
        await page.goto(`${origin}/matters`)
        await page.getByRole('table', { name: '事项' }).getByRole('link').first().waitFor()
        await fits(page)
        await shoot(page, `matters-${size}`)
        await page.getByRole('tab', { name: '看板' }).click()
        await page.getByLabel('种类').selectOption({ label: '工作任务' })
        const column = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^待验收/ }) })
        await column.getByRole('link').first().waitFor()
        await fits(page)
        await shoot(page, `matters-board-${size}`)
        await column.getByRole('link').first().focus()
        await page.keyboard.press('ArrowLeft')
        assert.notEqual(
          await column
            .getByRole('link')
            .first()
            .evaluate((element) => element === document.activeElement),
          true,
        )
        await page.keyboard.press('ArrowRight')
        assert.ok(
          await column
            .getByRole('link')
            .first()
            .evaluate((element) => element === document.activeElement),
        )
        await page.getByRole('tab', { name: '日历' }).click()
        await page.getByRole('main').getByRole('link', { name: '核对党员花名册' }).waitFor()
        await fits(page)
        await shoot(page, `matters-month-${size}`)
        await page.getByRole('button', { name: '下个月' }).click()
        await page.getByRole('heading', { name: '2025年1月' }).waitFor()
        await settled(page)
        await fits(page)
        assert.match(page.url(), /view=month/)
        await page.reload()
        await page.getByRole('heading', { name: '2025年1月' }).waitFor()
      },
      size,
      edition,
    )
  })
