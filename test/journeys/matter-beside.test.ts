// What stands beside a matter's moves, from the pages: split into parts, followed, merged, its calendar; and the article's rows of style and deeds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shoot } from '../browser.ts'
import { fits, mattersSite, move, stands } from './matters-site.ts'

const { origin, as, open } = await mattersSite()

test('S27: a decision is split into parts with holders, followed, and closed only when every part is', async () => {
  let [id, committee] = ['', '']
  const parts: string[] = []
  await as('dangwei', '/', async (page) => {
    committee = (await (await page.request.get(`${origin}/api/session`)).json()).posts[0].body.name
  })
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '决策部署督办', '落实营商环境部署', { 决策部署: '优化营商环境', 出处或文号: '市委会议', 本单位承担的任务: '窗口服务' }, committee)
    await page.getByRole('button', { name: '关注', exact: true }).click()
    await page.getByRole('button', { name: '取消关注' }).waitFor()
  })
  await as(
    'dangwei',
    `/matters/${id}`,
    async (page) => {
      await page.getByRole('link', { name: '分解', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: '分解' }).waitFor()
      await fits(page)
      for (const [at, title] of ['窗口延时服务', '一次告知'].entries()) {
        const part = page.getByRole('group', { name: `第 ${at + 1} 项` })
        await part.getByLabel(/^组织/).selectOption({ index: at + 1 })
        await part.getByLabel(/^标题/).fill(title)
        if (at === 0) await part.getByLabel(/^承担的任务/).fill('周六照常开窗')
        else await part.getByLabel(/^承担的任务/).fill('')
      }
      await page.getByRole('button', { name: '分解', exact: true }).click()
      await page.getByRole('group', { name: '第 2 项' }).getByText('必须填写').first().waitFor()
      await page
        .getByRole('group', { name: '第 2 项' })
        .getByLabel(/^承担的任务/)
        .fill('一张清单')
      await shoot(page, 'split-phone')
      await page.getByRole('button', { name: '分解', exact: true }).click()
      await page.getByText('已分解成 2 项').waitFor()
      const below = page.getByRole('region', { name: '下级事项' })
      await below.getByRole('link', { name: /窗口延时服务/ }).waitFor()
      for (const link of await below.getByRole('link').filter({ hasNotText: '新建' }).all()) parts.push((await link.getAttribute('href')) ?? '')
      await fits(page)
      await move(page, '报分解和措施', { 分解和措施: '两个支部各一项' })
      await move(page, '报进展', { 进展: '已经开窗' })
      const box = page.getByRole('region', { name: '下一步' })
      await box.getByRole('tab', { name: '报落实结果' }).click()
      await box.getByLabel(/^落实结果/).fill('都做到了')
      await box.getByRole('button', { name: '报落实结果', exact: true }).click()
      await box.getByText('分解的事项还没有全部办结').waitFor()
    },
    'phone',
  )
  assert.equal(parts.length, 2)
  for (const part of parts) {
    await as('zhuanzhi', part, async (page) => {
      await move(page, '签收')
      await move(page, '报完成情况', { 完成情况: '做到了' })
    })
    await as('dangwei', part, (page) => move(page, '验收'))
  }
  await as('dangwei', `/matters/${id}`, (page) => move(page, '报落实结果', { 落实结果: '都做到了' }))
  await as('gongwei', '/', async (page) => {
    await page.getByRole('link', { name: /^消息，.+未读/ }).click()
    await page.getByRole('heading', { level: 1, name: '消息' }).waitFor()
    for (const name of ['分解', '报进展', '报落实结果']) await page.getByText(`办了“${name}”，现在是“待核实”`).waitFor()
    await fits(page)
    await shoot(page, 'news')
    await page.getByRole('link', { name: '消息', exact: true }).first().waitFor()
    await page.getByRole('main').getByRole('link', { name: '落实营商环境部署' }).first().click()
    await move(page, '核实落实', { 核实意见: '看过，属实' })
    await page.getByText('已办结').first().waitFor()
  })
})

test('S21: a problem of style has its red card on the matter, is put right and checked by somebody else; the next of its type is a relapse', async () => {
  let id = ''
  const problem = { 问题: '窗口推诿', '五种“为”': '不想为', 六种问题: '服务不优', 机关病: '拖', 亮红牌: '是' }
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '作风问题', '窗口推诿扯皮', problem)
    await page.getByRole('region', { name: '内容' }).getByText('亮红牌', { exact: true }).waitFor()
    await fits(page)
    await shoot(page, 'row-style')
  })
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '查短板，定措施', { 短板和原因: '职责不清', 整改措施: '一次告知' })
    await stands(page, '整改中')
    await move(page, '申请销号', { 整改结果: '已经改了' })
    assert.equal(await page.getByRole('heading', { name: '下一步' }).count(), 0)
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '复查通过，销号', { 复查意见: '属实' })
    await open(page, '作风问题', '窗口又推诿', problem)
    await page.getByText('这个问题反弹了').waitFor()
  })
})

test('S22: a promise is kept when those it was for say so; a visit is closed when its questions are answered', async () => {
  let [id, visit, question] = ['', '', '']
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '我为群众办实事', '加装扶手', { 群众的需要: '楼道没有扶手', 服务对象: '群众' })
    await move(page, '认领并承诺', { 承诺办成什么: '月底装好' })
    await move(page, '办完', { 办理结果: '装好了' })
    await page.getByText('复查的同志（').waitFor()
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    const box = page.getByRole('region', { name: '下一步' })
    await box.getByLabel(/^听了多少人的评价/).fill('10')
    await box.getByLabel(/^其中满意/).fill('4')
    await box.getByRole('button', { name: '群众满意', exact: true }).click()
    await box.getByText('满意的人数应超过听取评价人数的一半').waitFor()
    await move(page, '群众不满意，继续办', { 听了多少人的评价: '10', 其中满意: '4', 群众怎么说: '二楼没有装' })
  })
  await as('zhibu', `/matters/${id}`, async (page) => {
    await page.getByText('二楼没有装').first().waitFor()
    await move(page, '办完', { 办理结果: '二楼也装好了' })
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '群众满意', { 听了多少人的评价: '12', 其中满意: '12' })
    await page.getByText('已办结').first().waitFor()
  })
  await as('zhibu', '/matters', async (page) => {
    visit = await open(page, '走访', '走访老旧小区', { 走访地点: '示例小区' })
    await move(page, '已走访', { 走访日期: '2024-12-19', 走访户数: '12' })
    await page.getByRole('link', { name: '新建走访收集的问题' }).click()
    await page.getByLabel('标题').fill('路灯不亮')
    await page.getByLabel(/^问题\*?$/).fill('三号楼前路灯不亮')
    await page.getByRole('button', { name: '新建', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '路灯不亮' }).waitFor()
    question = page.url()
    await page.goto(`${origin}/matters/${visit}`)
    await page.getByRole('button', { name: '问题都已答复，办结', exact: true }).click()
    await page.getByText('还有走访收集的问题没有答复').first().waitFor()
    await page.goto(question)
    await move(page, '开始办理', { 办理措施: '联系供电所' })
    await move(page, '答复', { 答复内容: '已经修好', 是否解决: '是' })
  })
  await as('gongwei', question.replace(origin, ''), (page) => move(page, '回访，已答复'))
  await as('zhibu', `/matters/${visit}`, async (page) => {
    await move(page, '问题都已答复，办结')
    await page.getByText('已办结').first().waitFor()
    await fits(page)
  })
})

test('a double goes into the other from its page, and each leads to the other', async () => {
  await as('gongwei', '/matters', async (page) => {
    await open(page, '工作任务', '核对花名册', { 任务要求: '逐人核对' })
    await open(page, '工作任务', '核对花名册（重复）', { 任务要求: '逐人核对' })
    await page.getByRole('button', { name: '并入另一件' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: '并入哪一件' }).fill('核对花名册')
    await dialog
      .getByRole('option', { name: /^核对花名册/ })
      .first()
      .click()
    await shoot(page, 'merge', 'window')
    await dialog.getByRole('button', { name: '并入', exact: true }).click()
    await page.getByText('这件已经并入').waitFor()
    await fits(page)
    await page.getByRole('main').getByRole('link', { name: '核对花名册', exact: true }).click()
    await page.getByText('并进来的').waitFor()
    await page.getByRole('link', { name: '核对花名册（重复）' }).waitFor()
  })
})

test('the calendar’s address is made, renewed and ended from the page; the old one is dead at once', async () => {
  await as('zhibu', '/matters?view=month', async (page, { context }) => {
    const statusOf = async (address: string): Promise<number> => (await context.request.get(address)).status()
    const shownAddress = page.getByRole('main').locator('code')
    await page.getByRole('button', { name: '订阅到手机或电脑的日历' }).click()
    await page.getByRole('button', { name: '启用日历订阅' }).click()
    const first = (await shownAddress.textContent()) ?? ''
    assert.equal(await statusOf(first), 200)
    await page.getByRole('button', { name: '换一个新地址' }).click()
    await page.getByText('旧地址失效了').waitFor()
    const next = (await shownAddress.textContent()) ?? ''
    assert.deepEqual([next === first, await statusOf(first), await statusOf(next)], [false, 404, 200])
    await fits(page)
    await page.getByRole('button', { name: '停用' }).click()
    await page.getByRole('button', { name: '启用日历订阅' }).waitFor()
    assert.equal(await statusOf(next), 404)
  })
})

test('a record that was entered says which open matters it may satisfy, and one tap links it', async () => {
  let id = ''
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '工作任务', '开展主题党日', { 任务要求: '月底前' })
  })
  await as(
    'zhibu',
    '/records/new?kind=theme-day',
    async (page) => {
      await page.getByRole('button', { name: '保存' }).click()
      const served = page.getByRole('region', { name: '这条也能说明下面的事项办了' })
      await served.getByRole('button', { name: '关联 开展主题党日' }).click()
      await served.getByText('已关联').waitFor()
      await fits(page)
      await shoot(page, 'served-phone')
      await page.goto(`${origin}/matters/${id}`)
      await page.getByRole('region', { name: '关联的纪实' }).getByText('1 条').waitFor()
    },
    'phone',
  )
})
