// What the article tells of, row by row of product.md, done from the pages by whoever has the post, from its beginning to its end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shoot } from '../browser.ts'
import { fits, mattersSite, move, stands } from './matters-site.ts'

const { as, open } = await mattersSite()
/** The day of the small city, and one before. */
const [today, before] = ['2024-12-20', '2024-12-18']

test('S5, S24: a training class is agreed to, opened on its day, held, and what was brought home is written down', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '培训班', '机关纪检干部培训班', {
      培训对象: '机关纪检干部',
      课程安排: '两天：讲座、案例分析',
      培训方式: ['专题讲座', '案例分析'],
      地点: '市委党校',
      开班日期: today,
      名额: '40',
    })
    await stands(page, '待审核')
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '同意办班', { 审核意见: '同意' }))
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '开班', { 报名人数: '38' })
    const box = page.getByRole('region', { name: '下一步' })
    await box.getByLabel(/^到课人数/).fill('39')
    await box.getByRole('button', { name: '结业', exact: true }).click()
    await box.getByText('到课人数不能多于报名人数').waitFor()
    await move(page, '结业', { 到课人数: '37', 学员反馈: '案例有用' })
    await move(page, '总结转化', { 带回了什么: '在三个支部各讲一次' })
    await page.getByText('已办结').first().waitFor()
    await page.getByRole('region', { name: '内容' }).getByText('在三个支部各讲一次').waitFor()
    await fits(page)
    await shoot(page, 'row-training')
  })
})

test('S6: a roadmap is not accepted before its milestones are reached', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '模范机关建设路线图', '模范机关路线图', { 要达到的目标: '支部建设过硬', 主要节点: '一、摸底；二、整改' })
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '同意'))
  await as('zhibu', `/matters/${id}`, async (page) => {
    await page.getByRole('link', { name: '新建路线图节点' }).click()
    await page.getByLabel('标题').fill('完成摸底')
    await page.getByLabel(/^做到什么程度/).fill('逐个支部过一遍')
    await page.getByRole('button', { name: '新建', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '完成摸底' }).waitFor()
    const milestone = page.url()
    await page.goto(page.url().replace(/[^/]+$/, id))
    const box = page.getByRole('region', { name: '下一步' })
    await box.getByLabel(/^自查情况/).fill('都做到了')
    await box.getByRole('button', { name: '申请验收', exact: true }).click()
    await box.getByText('还有节点没有完成').waitFor()
    await page.goto(milestone)
    await move(page, '完成', { 完成情况: '过了一遍' })
    await page.goto(page.url().replace(/[^/]+$/, id))
    await move(page, '申请验收', { 自查情况: '都做到了' })
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '验收通过', { 验收意见: '属实' })
    await page.getByText('已办结').first().waitFor()
    await fits(page)
  })
})

test('S6: a goal of the notice is sent, gets its measure, and is reached when it was looked at', async () => {
  let id = ''
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '《通知》目标任务', '政治立场更加坚定', { 目标或任务: '目标：（示例）政治立场更加坚定' })
  })
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '报措施', { 措施: '每月一次政治理论学习' })
    await move(page, '报完成情况', { 完成情况: '学习了六次' })
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '退回', { 退回原因: '请写明日期' })
    await stands(page, '推进中')
  })
  await as('zhibu', `/matters/${id}`, (page) => move(page, '报完成情况', { 完成情况: '学习了六次，日期见纪实' }))
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '验收')
    await page.getByText('已办结').first().waitFor()
  })
})

test('S11: a research topic is approved, taken to the field, reported, adopted and turned to use', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '重大课题调研', '窗口服务为什么慢', { 要回答的问题: '群众为什么要跑两趟', 课题组别: '“12”组' })
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '同意立项'))
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '记一次下基层', { 走了哪些地方: '三个乡镇服务大厅', 在基层的天数: '3' })
    await move(page, '提交调研报告', { 主要发现和建议: '材料清单不一致，建议合并', 在基层的天数: '5' })
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '采纳', { 被谁采纳: '市行政审批局（示例）' }))
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '报转化成果', { 转化成了什么: '一张清单办到底' })
    await page.getByText('已办结').first().waitFor()
    await page.getByRole('region', { name: '内容' }).getByText('“12”组').waitFor()
    await fits(page)
    await shoot(page, 'row-topic')
  })
})

test('S11: field work brings a question home; it is closed when the question is', async () => {
  await as(
    'zhibu',
    '/matters',
    async (page) => {
      await open(page, '四下基层', '到社区接待群众', { 形式: '信访接待下基层', 去哪里: '城西社区（示例）' })
      await move(page, '去过了，有问题要办', { 日期: before, 见了多少人: '12', 带回的问题: '楼道灯不亮' })
      await move(page, '报进展', { 办理进展: '已报修' })
      await move(page, '问题办完，办结', { 办理结果: '灯已装好' })
      await page.getByText('已办结').first().waitFor()
      await fits(page)
      await shoot(page, 'row-field-work-phone')
    },
    'phone',
  )
})

test('S17: a demonstration site is listed after a look, visited by somebody else, and kept', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '党建示范点', '窗口党建示范点', { 示范什么: '党员示范岗' })
    await move(page, '报培育进展', { 培育进展: '设了两个岗' })
    await move(page, '申请验收', { 培育成效: '群众认得出' })
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '验收通过，列为示范点')
    await stands(page, '示范点')
    const box = page.getByRole('region', { name: '下一步' })
    await box.getByLabel(/^走访日期/).fill('2024-12-25')
    await box.getByLabel(/^走访看到的情况/).fill('岗在人在')
    await box.getByRole('button', { name: '走访', exact: true }).click()
    await box.getByText('走访日期不能晚于今天').waitFor()
    await move(page, '走访', { 走访日期: before })
    await move(page, '保留')
    await stands(page, '示范点')
    await fits(page)
  })
})

test('S19: a demonstration unit is screened, sent back, accepted and proposed before it is named', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '清廉机关示范单位申报', '示范单位申报', { 自评情况: '五大体系都有台账' })
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '退回整改提高', { 需要整改的问题: '廉政风险点没有更新' }))
  await as('zhibu', `/matters/${id}`, (page) => move(page, '整改好再报', { 整改情况: '已更新' }))
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '初审通过，上报验收', { 初审意见: '属实' })
    await move(page, '验收通过，拟命名', { 验收日期: before, 验收意见: '通过' })
    await stands(page, '验收通过、拟命名')
    assert.equal(await page.getByText('已办结').count(), 0, 'proposed is not named')
    await move(page, '已命名，办结', { 命名文号: '示例〔2024〕9号' })
    await page.getByText('已办结').first().waitFor()
    await fits(page)
  })
})

test('S20: the ten ones are ticked one after the other; nine are not ten', async () => {
  let id = ''
  const nine = ['第一项', '第二项', '第三项', '第四项', '第五项', '第六项', '第七项', '第八项', '第九项']
  await as('gongwei', '/matters', async (page) => {
    id = await open(page, '清廉机关建设“十个一”', '2024年“十个一”', { 年度: '2024' })
  })
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '勾选已完成的项', { 已完成的项: nine })
    const box = page.getByRole('region', { name: '下一步' })
    await box.getByRole('tab', { name: '十项完成，提交', exact: true }).click()
    assert.equal(await box.getByLabel('第九项').isChecked(), true, 'what was ticked is ticked')
    await box.getByRole('button', { name: '十项完成，提交', exact: true }).click()
    await box.getByText('十项都完成后再提交').waitFor()
    await move(page, '十项完成，提交', { 已完成的项: ['第十项'], 情况说明: '都有纪实' })
  })
  await as('gongwei', `/matters/${id}`, async (page) => {
    await move(page, '核对无误')
    await page.getByText('已办结').first().waitFor()
    await fits(page)
    await shoot(page, 'row-ten-ones')
  })
})

test('S29: a commitment goes through its seven stages, judged by somebody else', async () => {
  let id = ''
  await as('zhibu', '/matters', async (page) => {
    id = await open(page, '“七廉一体”承诺', '廉洁服务承诺', { 承诺事项: '不收礼、不推诿' })
    for (const stage of ['诺', '示', '践', '述', '评', '用', '崇'])
      assert.equal(await page.getByRole('list', { name: '办理进度' }).getByRole('listitem').filter({ hasText: stage }).count(), 1, stage)
    await move(page, '公示承诺', { 在哪里公示: '服务大厅' })
    await move(page, '开始践诺')
    await move(page, '记践诺情况', { 践诺情况: '本季无投诉' })
    await move(page, '述廉', { 述廉要点: '说到做到' })
    await page.getByText('现在轮到复查的同志').waitFor()
  })
  await as('gongwei', `/matters/${id}`, (page) => move(page, '评议', { 评议意见: '属实' }))
  await as('zhibu', `/matters/${id}`, async (page) => {
    await move(page, '用评议结果立规', { 形成的制度: '窗口首问负责' })
    await move(page, '崇廉，办结', { 崇廉活动: '家风分享一次' })
    await page.getByText('已办结').first().waitFor()
    await fits(page)
    await shoot(page, 'row-seven-stages')
  })
})
