// Inspections in the browser (S9): planned, with who must avoid whom; visited on two phones, one of them without network for a while; signed with a finger;
// what was found is put right by the unit. Each step as the person whose it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { newId } from '#base/ids.ts'
import { axe, type Edition, type Opened, openSignedIn, overflowsSideways, type Size, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)
const title = '党建工作年末督查'
let unit = ''
let inspection = ''
let visit = ''

const open = (login: string, path: string, size: Size = 'desk', edition: Edition = 'day'): Promise<Opened> =>
  openSignedIn(browser, origin, account(login), path, size, edition)
/** Nothing of the page is wrong for whoever reads with other means, and nothing runs out of it. */
async function fits(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
}
async function closed({ context, errors }: Opened, login: string): Promise<void> {
  // Without network the browser says so; a refusal is told on the page.
  assert.deepEqual(
    errors.filter((line) => !/ERR_INTERNET_DISCONNECTED|status of 409/.test(line)),
    [],
    login,
  )
  await context.close()
}
const personOf = async (page: Page): Promise<string> => (await (await page.request.get(`${origin}/api/session`)).json()).person.name
const item = (page: Page, name: string) => page.getByRole('article', { name })
const answer = (page: Page, name: string, verdict: string) => item(page, name).getByRole('radio', { name: verdict, exact: true }).check()
/** Releases the inspection by name, step by step, each by whose it is. */
async function released(): Promise<void> {
  const paper = newId()
  for (const [login, path, body] of [
    ['gongwei', '', { id: paper, kind: 'inspection', subject: inspection, route: 'request', audience: 'unit', note: '' }],
    ['bangongshi', `/${paper}/check`, { id: newId(), verdict: 'pass', reason: '' }],
    ['shuji', `/${paper}/signature`, { id: newId(), verdict: 'pass', reason: '' }],
    ['shuji', `/${paper}/release`, { id: newId(), verdict: 'pass', reason: '' }],
  ] as const) {
    const opened = await open(login, '/')
    const reply = await opened.context.request.post(`${origin}/api/approvals${path}`, { data: body })
    assert.equal(reply.status(), 200, await reply.text())
    await closed(opened, login)
  }
}
const names = ['“一把手”知责', '“一把手”履责', '“十个一”按进度', '党风廉政教育月', '廉政风险点有清单有措施', '群众反映有回音']

test('S9 the desk plans an inspection, more than its cap: refused with the figure, released by name; who belongs to the unit is shown as one who must avoid it; two others are sent, and it starts', async () => {
  const inspectors: string[] = []
  for (const login of ['xianqu', 'xiangzhen']) {
    const opened = await open(login, '/')
    inspectors.push(await personOf(opened.page))
    await closed(opened, login)
  }
  const secretary = await open('zhibu', '/')
  const own = await personOf(secretary.page)
  const session = await (await secretary.page.request.get(`${origin}/api/session`)).json()
  const branch = await (await secretary.page.request.get(`${origin}/api/org/party-orgs/${session.post.body.id}`)).json()
  unit = branch.unit.name
  await closed(secretary, 'zhibu')

  const opened = await open('gongwei', '/inspections/new')
  const { page } = opened
  await page.getByRole('button', { name: '安排', exact: true }).click()
  await page.getByText('请选择检查表').first().waitFor()
  await page.getByLabel('检查表').selectOption({ label: '清廉机关督查' })
  await page.getByLabel('名称').fill(title)
  const askers = page.getByRole('combobox', { name: '组织督查的单位' })
  if ((await askers.count()) > 0) await askers.selectOption({ index: 1 })
  await page.getByLabel('依据').fill('年度督查计划第3项')
  await page.getByLabel('从', { exact: false }).first().fill('2024-12-26')
  await page.getByRole('textbox', { name: '到' }).or(page.getByLabel(/^到/)).first().fill('2024-12-31')
  await page.getByRole('combobox', { name: '查哪些单位' }).fill(unit)
  await page.getByRole('option', { name: unit }).first().click()
  await page.getByRole('list', { name: '已选的单位' }).getByText(unit).waitFor()
  await page.getByLabel('超出规定的理由').fill('上级部署的专项督查')
  await shoot(page, 'inspection-plan')
  await fits(page)
  await page.getByRole('button', { name: '安排', exact: true }).click()
  await page.waitForURL(/\/inspections\/[0-9a-f-]{36}$/)
  inspection = page.url().split('/').at(-1) ?? ''
  await page.getByRole('heading', { level: 1, name: title }).waitFor()

  const who = page.getByRole('combobox', { name: '派谁去' })
  await who.fill(own)
  await page
    .getByRole('option', { name: /要回避 1 个单位/ })
    .first()
    .click()
  await page.getByText('要回避：本人所在单位').waitFor()
  await shoot(page, 'inspection-avoid')
  for (const name of inspectors) {
    await who.fill(name)
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click()
    await page.getByRole('button', { name: new RegExp(`^派去.*${unit}`) }).click()
    await page.getByRole('list', { name: '督查组' }).getByText(name).waitFor()
  }
  await page.getByText('一年最多 1 次，2024年已有 1 次').waitFor()
  assert.equal(await page.getByRole('button', { name: '开始督查' }).isDisabled(), true)
  await shoot(page, 'inspection-cap')
  await fits(page)
  await released()
  await page.reload()
  await page.getByText('超出规定，已经批准').waitFor()
  await page.getByRole('button', { name: '开始督查' }).click()
  await page.getByText('进行中').first().waitFor()
  await shoot(page, 'inspection-started')
  await fits(page)
  const href = await page.getByRole('table', { name: '单位' }).getByRole('link', { name: unit }).getAttribute('href')
  visit = href ?? ''
  await closed(opened, 'gongwei')
})

test('S9 two inspectors answer on their phones, one of them without network: the page opens again, nothing is lost or doubled, and where they differ both are shown until one decides; signed, the finding is the unit’s to put right', async () => {
  const first = await open('xianqu', '/inspections', 'phone')
  const { page, context } = first
  await shoot(page, 'inspections-phone', 'window')
  await fits(page)
  await page.getByRole('region', { name: '我要去的' }).getByRole('link', { name: unit }).click()
  await page.getByRole('heading', { level: 1, name: unit }).waitFor()
  await shoot(page, 'visit-phone', 'window')
  await fits(page)
  await page.getByRole('button', { name: '下载到手机，断网也能用' }).click()
  await page.getByText(/已下载/).waitFor()

  // No network; the page is opened anew nonetheless.
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('heading', { level: 1, name: unit }).waitFor()
  await page.getByText('没有网络').waitFor()
  for (const name of names) await answer(page, name, '符合')
  await answer(page, '廉政风险点有清单有措施', '不符合')
  const risk = item(page, '廉政风险点有清单有措施')
  await risk.getByLabel('哪里不符合').fill('两个风险点没有防控措施')
  await risk.getByLabel('列为问题').selectOption({ label: '清廉失守' })
  await page.getByText('6 条没有上传').waitFor()
  await shoot(page, 'visit-offline', 'window')
  await page.reload()
  await page.getByText('6 条没有上传').waitFor()
  assert.equal(await risk.getByLabel('哪里不符合').inputValue(), '两个风险点没有防控措施')
  await fits(page)

  // Meanwhile the other one answers the same item otherwise.
  const second = await open('xiangzhen', visit, 'phone')
  await answer(second.page, '群众反映有回音', '基本符合')
  await item(second.page, '群众反映有回音').getByLabel('说明').fill('一件工单回访晚了')
  await item(second.page, '群众反映有回音').getByLabel('说明').blur()
  await second.page.getByText('都已上传').waitFor()

  // The browser says that there is a network before anything passes.
  await context.route('**/api/**', (route) => route.abort('internetdisconnected'), { times: 1 })
  await context.setOffline(false)
  await page.getByText('都已上传').waitFor()
  const both = item(page, '群众反映有回音')
  await both.getByText('两个人填的不一样').waitFor()
  await both.getByText('一件工单回访晚了').waitFor()
  await shoot(page, 'visit-conflict', 'window')
  await fits(page)
  assert.equal(await page.getByRole('button', { name: '签字并提交' }).count(), 0, 'not before they agree')
  await both.getByRole('button', { name: '采用这条' }).last().click()
  await page.getByText('都已上传').waitFor()
  const told = await (await page.request.get(`${origin}/api/visits/${new URL(visit, origin).searchParams.get('id')}`)).json()
  assert.deepEqual([told.visit.answered, told.visit.conflicts, told.answers.length], [6, 0, 8], 'six and one and the one that decides')

  const pad = page.getByLabel('签字处，用手指或鼠标书写')
  await page.getByRole('button', { name: '签字并提交' }).click()
  await page.getByText('请填写签字人的职务').first().waitFor()
  await page.getByLabel('签字人职务').fill('办公室主任')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  for (let step = 1; step <= 8; step += 1) await page.mouse.move(box.x + 40 + step * 25, box.y + 60 + (step % 2) * 30)
  await page.mouse.up()
  await shoot(page, 'visit-sign')
  await fits(page)
  await page.getByRole('button', { name: '签字并提交' }).click()
  await page.getByText('已签字').first().waitFor()
  await page.getByText('办公室主任签字。').waitFor()
  await shoot(page, 'visit-signed')
  await fits(page)
  await closed(second, 'xiangzhen')
  await closed(first, 'xianqu')

  // The unit finds its visit, and the matter with it.
  const own = await open('zhibu', '/inspections', 'phone')
  await shoot(own.page, 'inspections-of-the-unit', 'window')
  await own.page.locator(`a[href="${visit}"]`).first().click()
  await own.page.getByRole('heading', { level: 1, name: unit }).waitFor()
  await own.page.getByRole('img', { name: '签字' }).waitFor()
  await shoot(own.page, 'visit-of-the-unit')
  await fits(own.page)
  await own.page.getByRole('link', { name: '廉政风险点有清单有措施' }).click()
  await own.page.getByRole('button', { name: '报整改方案', exact: true }).waitFor()
  await own.page.getByText('两个风险点没有防控措施').first().waitFor()
  await shoot(own.page, 'visit-matter')
  await closed(own, 'zhibu')

  const desk = await open('gongwei', `/inspections/${inspection}`)
  await desk.page.getByRole('region', { name: '查出的问题' }).getByText('挂牌').waitFor()
  await shoot(desk.page, 'inspection-found')
  await fits(desk.page)
  await closed(desk, 'gongwei')
})

test('S9 what was downloaded is gone with signing out; whoever has no part in it sees nothing', async () => {
  const opened = await open('xianqu', visit, 'phone')
  const { page, context } = opened
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<number>((done) => {
          const request = indexedDB.open('dajuan-kept', 1)
          request.onsuccess = () => {
            const count = request.result.transaction('kept').objectStore('kept').count()
            count.onsuccess = () => done(count.result)
          }
          request.onupgradeneeded = () => request.result.createObjectStore('kept', { keyPath: ['owner', 'name'] })
        }),
    )
  await page.evaluate(async () => {
    const request = indexedDB.open('dajuan-kept', 1)
    await new Promise<void>((done) => {
      request.onupgradeneeded = () => request.result.createObjectStore('kept', { keyPath: ['owner', 'name'] })
      request.onsuccess = () => {
        const put = request.result
          .transaction('kept', 'readwrite')
          .objectStore('kept')
          .put({ owner: 'xianqu', name: 'visit:old', at: Date.now() - 25 * 3_600_000, stays: false, value: {} })
        put.onsuccess = () => done()
      }
    })
    request.result.close()
  })
  await page.reload()
  await page.getByRole('heading', { level: 1, name: unit }).waitFor()
  await page.waitForTimeout(300)
  assert.equal(await kept(), 0, 'older than a day')
  const other = await open('dangwei', visit)
  await other.page.getByText('没有找到这次走访').waitFor()
  await fits(other.page)
  await closed(other, 'dangwei')
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL(/sign-in/)
  assert.deepEqual([await kept(), await page.evaluate(() => localStorage.getItem('dajuan:kept'))], [0, null])
  await context.close()
})
