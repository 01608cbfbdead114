// One score, defended item by item: its unit's leader takes it apart down to a row, holds it against last year, prints it and objects;
// the desk answers, and a new run stands beside the old one.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Opened, openSignedIn, overflowsSideways, settled } from '../browser.ts'
import { callerOf } from '../server.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { app, origin, browser } = await openSite(smallCity)
const desk = await callerOf(app, account('gongwei'))
const run = newId()
for (const [url, body] of [
  ['/api/scoring/runs', { id: run, rubric: 'model-2024' }],
  [`/api/scoring/runs/${run}/objection-period`, {}],
] as const) {
  const reply = await desk.post(url, body)
  assert.equal(reply.statusCode, 200, reply.body)
}
const board = (await desk.get(`/api/scoring/board?run=${run}&q=${encodeURIComponent('市教育局')}`)).json() as { rows: { id: string; name: string }[] }
const [unit] = board.rows
assert.ok(unit)
const path = `/scoring/model-2024/${unit.id}?run=${run}`
const label = '支部主题党日每月1次'

async function at(login: string, where: string, size: 'desk' | 'phone' = 'desk'): Promise<Opened> {
  const opened = await openSignedIn(browser, origin, account(login), where, size)
  await opened.page.getByRole('heading', { level: 1 }).first().waitFor()
  return opened
}

test('the leader opens an item to its rows and holds the score against last year; blocks, total and grade say their arithmetic', async () => {
  const { page, context, errors } = await at('yibashou', path)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page
    .getByRole('button', { name: /看每一行.*主题党日/ })
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByText(/共 \d+ 行，您都可见|您可见 \d+ \/ \d+ 行/)
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByText(/^小计/).first().waitFor()
  await page.getByRole('heading', { name: '等次怎么定' }).waitFor()
  await page.getByRole('table', { name: '等次、条件和分数线' }).waitFor()
  // With the keyboard alone: the list takes the letter keys and arrows of the browser.
  await page.getByLabel('与谁对照').focus()
  await page.getByLabel('与谁对照').selectOption({ label: '去年' })
  await page.getByText(/对照：用这份细则算上一年的纪实/).waitFor()
  await page
    .getByText(/^去年 /)
    .first()
    .waitFor()
  assert.match(page.url(), /vs=last-year/)
  assert.deepEqual(errors, [])
  await context.close()
})
test('the leader looks at what was known by an earlier day: in the address, for the comparison, and on paper', async () => {
  const { page, context, errors } = await at('yibashou', `/scoring/model-2024/${unit.id}`)
  await page.getByText('换一次').click()
  await page.getByLabel('按哪天所知').fill('2024-06-30')
  await page.getByText(/按2024年6月30日 23:59所知/).waitFor()
  assert.match(page.url(), /asOf=2024-06-30/)
  const [asked] = await Promise.all([page.waitForRequest(/last-year/), page.getByLabel('与谁对照').selectOption({ label: '去年' })])
  assert.equal(new URL(asked.url()).searchParams.get('asOf'), '2024-06-30T15:59:59.999Z')
  await page.reload()
  await page.getByText(/按2024年6月30日 23:59所知/).waitFor()
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: '打印' }).click()
  await page.locator('body[data-printed]').waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.getByText('2024年6月30日 23:59', { exact: true }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})
test('on a phone one thing at a time stands beside the score, and nothing runs off the side', async () => {
  const { page, context, errors } = await at('yibashou', `${path}&vs=class`, 'phone')
  await page
    .getByText(/^同类 /)
    .first()
    .waitFor()
  assert.equal(await page.getByText(/^去年 /).count(), 0)
  assert.equal(await overflowsSideways(page), false)
  assert.deepEqual(errors, [])
  await context.close()
})
test('the desk holds a unit against another', async () => {
  const { page, context, errors } = await at('gongwei', `${path}&vs=unit`)
  await page.getByRole('combobox', { name: '哪一个' }).fill('局')
  const first = page.getByRole('listbox').getByRole('option').first()
  await first.waitFor()
  const name = await first.textContent()
  await first.click()
  await page.getByText(`对照：${name?.trim()}，同一次计算。`).waitFor()
  await page
    .getByText(/^对方 /)
    .first()
    .waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})
test('printed on A4: a head, every item with its rule and arithmetic, page numbers, no navigation, the number of the audit entry', async () => {
  const { page, context, errors } = await at('yibashou', path)
  await page.getByRole('heading', { name: '总分怎么来' }).waitFor()
  await settled(page)
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: '打印' }).click()
  await page.locator('body[data-printed]').waitFor()
  await page.emulateMedia({ media: 'print' })
  const seen = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()
  await seen(/第1版，长直工发/)
  await seen(run)
  await seen(/编号 [0-9a-f-]{36}/)
  const [items, rules] = [
    await page.locator('main li[id^="item-"]').count(),
    await page.locator('main li[id^="item-"] dt', { hasText: '算式' }).filter({ visible: true }).count(),
  ]
  assert.ok(items > 30 && rules === items, `${rules} of ${items} items show their arithmetic`)
  for (const hidden of ['nav', '.skip', 'button.rows', 'select']) assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, hidden)
  const cuttable = await page.locator('main li[id^="item-"]').evaluateAll((all) => all.filter((one) => getComputedStyle(one).breakInside !== 'avoid').length)
  assert.equal(cuttable, 0)
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  assert.ok(sheets >= 4 && sheets <= 14, `${sheets} pages`)
  assert.deepEqual(errors, [])
  await context.close()
})
test('the leader objects, the desk takes it up and upholds it, a new run stands beside the old one', async () => {
  const leader = await at('yibashou', path)
  await leader.page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await leader.page.getByRole('button', { name: new RegExp(`提出异议.*${label}`) }).click()
  const form = leader.page.getByRole('dialog')
  await form.getByLabel('理由').fill('九月的主题党日已经开展，应当计入。')
  await form.getByRole('combobox', { name: '佐证的纪实' }).fill('主题党日')
  await leader.page.getByRole('listbox').getByRole('option').first().click()
  await form.getByLabel('照片或文件').setInputFiles({ name: '签到表.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') })
  await form.getByRole('button', { name: '提交异议' }).click()
  await leader.page.waitForURL(/\/scoring\/objections\/[0-9a-f]/)
  const where = new URL(leader.page.url()).pathname
  await leader.page.getByText('已提出').first().waitFor()
  await leader.page.getByRole('link', { name: '签到表.pdf' }).waitFor()

  const { page, context, errors } = await at('gongwei', '/')
  await page
    .getByRole('link', { name: new RegExp(`受理异议：.*${label}`) })
    .first()
    .click()
  await page.waitForURL(new RegExp(where))
  const deed = async (button: string, send: string, before?: () => Promise<unknown>) => {
    await page.getByRole('button', { name: button, exact: true }).click()
    await before?.()
    await page.getByRole('dialog').getByRole('button', { name: send, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  await deed('受理', '受理')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '签到表.pdf' }).click()])
  assert.match(readFileSync(await file.path(), 'latin1'), /^%PDF-1\.4/)
  assert.equal(await page.getByText('加附件').count(), 0)
  await deed('答复', '答复', async () => {
    await page.getByLabel('结论').selectOption('yes')
    await page.getByRole('dialog').getByLabel('答复').fill('情况属实，已改正登记。')
  })
  await page.getByText('等候重新计算').waitFor()
  await deed('重新计算', '重新计算')
  await page.getByText('成立，已重算').first().waitFor()
  await page.getByRole('link', { name: '← 异议' }).click()
  await page.getByRole('table', { name: '异议' }).getByText('成立，已重算').waitFor()
  assert.deepEqual(errors, [])
  await context.close()

  await leader.page.reload()
  await leader.page.getByText('情况属实，已改正登记。').first().waitFor()
  await leader.page.getByRole('heading', { name: '提出异议的计算' }).waitFor()
  await leader.page.getByRole('heading', { name: '重新计算' }).waitFor()
  assert.equal(await leader.page.getByRole('link', { name: '打开这次得分' }).count(), 2)
  assert.deepEqual(leader.errors, [])
  await leader.context.close()
})
