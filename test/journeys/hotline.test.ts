// S18 in the browser: one ticket from the telephone to its reopening, each step made by the person it is for, and a second one from a citizen's phone.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, openPage, openSignedIn, type Size, settled, shoot } from '../browser.ts'
import { hotlineCity } from '../hotline-city.ts'
import { password } from '../made-city.ts'
import { fits } from './matters-site.ts'

let browser: Browser | undefined
// Registered before the server's own end: the browser closes first.
after(() => browser?.close())
const city = await hotlineCity(process.env['DAJUAN_PAGES'] ?? join(import.meta.dirname, '..', '..', 'web', 'build'))
const origin = await city.app.listen({ port: 0, host: '127.0.0.1' })
const chromium = await launchBrowser()
browser = chromium

type Login = 'agent' | 'dispatcher' | 'arbiter' | 'caller' | 'lamps' | 'heat'
let ticket = { number: '', code: '', href: '' }

/** Does something on a page, as an account or as a citizen without one; the page has no errors. */
async function as(login: Login | null, path: string, work: (page: Page) => Promise<void>, size: Size = 'desk'): Promise<void> {
  const opened = login === null ? await openPage(chromium, size) : await openSignedIn(chromium, origin, { account: login, password }, path, size)
  if (login === null) await opened.page.goto(origin + path)
  await work(opened.page)
  assert.deepEqual(
    opened.errors.filter((line) => !/status of (409|422)/.test(line)),
    [],
    login ?? 'citizen',
  )
  await opened.context.close()
}

/** Nothing of the page is wrong, once it is there. */
async function sound(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await settled(page)
  await fits(page)
}

/** Makes a step of the ticket that is open. */
async function step(page: Page, name: string, write: (form: ReturnType<Page['locator']>) => Promise<void> = async () => undefined): Promise<void> {
  const box = page.getByRole('region', { name: '下一步' })
  await box.waitFor()
  const tab = box.getByRole('tab', { name, exact: true })
  // Where the ticket has just changed, its steps come a moment later.
  await tab
    .or(box.getByRole('button', { name, exact: true }))
    .first()
    .waitFor()
  if ((await tab.count()) > 0) await tab.click()
  await write(box)
  await box.getByRole('button', { name, exact: true }).click()
  await page.getByText(`已办：${name}`).first().waitFor()
  await settled(page)
}
const signed = (page: Page) => step(page, '签收')
const answered = (words: string) => (page: Page) => step(page, '答复', (form) => form.getByLabel(/^答复诉求人/).fill(words))
const stands = (page: Page, state: string) => page.getByRole('main').getByText(state, { exact: true }).first().waitFor()
const returned = (why: string) => (page: Page) => step(page, '退单', (form) => form.getByLabel(/^退单原因/).fill(why))
const digits = async (page: Page, label: string): Promise<string> =>
  ((await page.locator('dt', { hasText: label }).locator('xpath=following-sibling::dd').textContent()) ?? '').replace(/\D/g, '')

test('[S18] an agent enters what is told on the telephone, sees who settles such things, and reads number and code out', async () => {
  await as('agent', '/hotline', async (page) => {
    await page.keyboard.press('n')
    await page.waitForURL(/\/hotline\/new$/)
    const category = page.getByRole('combobox', { name: '类别' })
    await category.fill('路灯')
    await page.getByRole('option', { name: /路灯/ }).click()
    await page.getByLabel('地点').fill('建设路')
    await page.getByLabel('诉求内容').fill('建设路东段三盏路灯不亮。晚上看不清路，老人摔了一跤。')
    await page.getByLabel('诉求人姓名').fill('韩示例')
    await page.getByLabel('电话', { exact: true }).fill('00000000001')
    await page.getByRole('list', { name: '推荐承办单位' }).getByText('市城市管理局').first().waitFor()
    await sound(page)
    await shoot(page, 'hotline-new')
    await page.keyboard.press('Control+Enter')
    await page.getByText('请念给诉求人').waitFor()
    ticket = {
      number: await digits(page, '工单号'),
      code: await digits(page, '查询码'),
      href: (await page.getByRole('link', { name: '打开这件' }).getAttribute('href')) ?? '',
    }
    assert.match(ticket.number, /^20241220\d{6}$/)
    assert.match(ticket.code, /^\d{8}$/)
    await sound(page)
  })
})

test('[S18] an agent who enters the same once more is shown it and merges the second into the first', async () => {
  await as('agent', '/hotline/new', async (page) => {
    await page.getByRole('combobox', { name: '类别' }).fill('路灯')
    await page.getByRole('option', { name: /路灯/ }).click()
    await page.getByLabel('地点').fill('建设路')
    await page.getByLabel('诉求内容').fill('建设路的路灯好几天不亮了。')
    await page.getByText('可能是同一件事').waitFor()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page
      .getByRole('region', { name: '可能是同一件事' })
      .getByRole('button', { name: /^并入这件/ })
      .click()
    await page.getByText('已并入').first().waitFor()
    await sound(page)
  })
})

test('[S18] a dispatcher sends it with one key; the unit signs, speaks with the citizen and returns it; twice returned it waits for arbitration', async () => {
  await as('dispatcher', '/hotline/dispatch', async (page) => {
    await page.getByRole('list', { name: '推荐承办单位' }).waitFor()
    await sound(page)
    await shoot(page, 'hotline-dispatch')
    await page.keyboard.press('a')
    await page.getByText('没有等派的工单').waitFor()
  })
  await as(
    'lamps',
    '/hotline',
    async (page) => {
      await page
        .getByRole('link', { name: /建设路东段三盏路灯不亮/ })
        .first()
        .click()
      await page.waitForURL(new RegExp(ticket.href))
      await sound(page)
      await shoot(page, 'hotline-ticket-phone')
      await signed(page)
      await step(page, '已联系诉求人', (form) => form.getByLabel(/^跟诉求人说了什么/).fill('已电话联系，今晚到现场看。'))
      await returned('灯杆属于供热管线施工围挡内，由供热单位负责。')(page)
      await page.getByText('没有等您办的工单').waitFor()
    },
    'phone',
  )
  await as('dispatcher', '/hotline/dispatch', async (page) => {
    await page.getByText('退回 1 次').first().waitFor()
    const box = page.getByRole('region', { name: '下一步' })
    await box.getByRole('combobox', { name: '承办单位' }).fill('热力')
    await page.getByRole('option', { name: /市热力公司/ }).click()
    await box.getByRole('button', { name: '派单', exact: true }).click()
    await page.getByText('没有等派的工单').waitFor()
  })
  await as('heat', ticket.href, async (page) => {
    await signed(page)
    await returned('围挡上周已经拆除，路灯由城市管理局维护。')(page)
    await page.getByText('没有等您办的工单').waitFor()
  })
})

test('[S18] the arbiter reads who returned it and why, sees who settles such things, and decides', async () => {
  await as('arbiter', '/hotline/arbitration', async (page) => {
    const returns = page.getByRole('region', { name: '谁退过' })
    await returns.getByText('围挡上周已经拆除').waitFor()
    await sound(page)
    await shoot(page, 'hotline-arbitration')
    await page
      .getByRole('region', { name: '下一步' })
      .getByRole('button', { name: /选它.*市城市管理局/ })
      .click()
    await step(page, '仲裁派单', (form) => form.getByLabel(/^仲裁理由/).fill('路灯设施移交清单列在城市管理局。'))
    await page.getByText('没有等仲裁的工单').waitFor()
  })
})

test('[S18] the unit answers; called back and not solved it is handled again; the second answer is called back as solved', async () => {
  await as('lamps', ticket.href, async (page) => {
    await signed(page)
    assert.equal(await page.getByRole('tab', { name: '退单', exact: true }).count(), 0, 'an arbitrated ticket is not returned')
    await answered('三盏路灯的电缆已经更换。')(page)
  })
  const call = async (page: Page, solved: string, satisfied: string): Promise<void> => {
    await page.getByRole('region', { name: '下一步' }).getByLabel('联系上了', { exact: true }).check()
    await page.getByLabel(solved, { exact: true }).check()
    await page.getByLabel(satisfied, { exact: true }).check()
    await step(page, '回访')
  }
  await as('caller', '/hotline/call-back', async (page) => {
    await page.getByRole('region', { name: '下一步' }).waitFor()
    await sound(page)
    await shoot(page, 'hotline-call-back')
    await call(page, '没有解决，退回重办', '不满意')
  })
  await as('lamps', ticket.href, async (page) => {
    await stands(page, '办理中')
    await answered('又换了一根灯杆，三盏灯都已点亮。')(page)
  })
  await as('caller', '/hotline/call-back', (page) => call(page, '解决了', '满意'))
})

test('[S18] the citizen follows it on a phone: every transfer with its reason, none of the inner words; and reopens it', async () => {
  await as(
    null,
    '/12345/follow',
    async (page) => {
      await page.getByLabel(/^编号/).fill(ticket.number)
      await page.getByLabel(/^查询码/).fill(ticket.code)
      await page.getByRole('button', { name: '查询' }).click()
      const trail = page.getByRole('list', { name: '经过' })
      await trail.getByText('围挡上周已经拆除，路灯由城市管理局维护。').waitFor()
      await trail.getByText('灯杆属于供热管线施工围挡内，由供热单位负责。').waitFor()
      assert.equal(await page.getByText('路灯设施移交清单').count(), 0, 'what the arbiter noted stays inside')
      assert.equal(await page.getByText('张伟').count(), 0, 'no person of the hotline or a unit')
      await sound(page)
      await shoot(page, 'hotline-follow-phone')
      await page.getByLabel(/^哪里没有解决/).fill('昨晚又有一盏不亮。')
      await page.getByRole('button', { name: '要求重办' }).click()
      await page.getByText('办理中').first().waitFor()
    },
    'phone',
  )
  await as('lamps', '/hotline', async (page) => {
    await page.getByText('重办').first().waitFor()
    await page
      .getByRole('link', { name: /建设路东段三盏路灯不亮/ })
      .first()
      .click()
    await page.getByText('昨晚又有一盏不亮。').first().waitFor()
  })
})

test('[S18] a unit asks for more time before it ends; a dispatcher grants it and the citizen reads why', async () => {
  await as('lamps', ticket.href, (page) => step(page, '申请延期', (form) => form.getByLabel(/^延期理由/).fill('灯具要向厂家订货。')))
  await as('dispatcher', '/hotline/dispatch?desk=extension', async (page) => {
    await page.getByText('灯具要向厂家订货。').first().waitFor()
    await sound(page)
    await step(page, '同意延期', (form) => form.getByLabel(/^告知诉求人延期的原因/).fill('灯具订货，一周到货。'))
    await page.getByText('没有延期申请').waitFor()
  })
  await as(
    null,
    '/12345/follow',
    async (page) => {
      await page.getByLabel(/^编号/).fill(ticket.number)
      await page.getByLabel(/^查询码/).fill(ticket.code)
      await page.getByRole('button', { name: '查询' }).click()
      await page.getByText('灯具订货，一周到货。').waitFor()
      assert.equal(await page.getByText('灯具要向厂家订货。').count(), 0, 'what the unit wrote to the dispatcher stays inside')
    },
    'phone',
  )
})

test('[S18] an agent finds a ticket by words of what was asked; a unit that does not hold it does not', async () => {
  await as('agent', '/hotline', async (page) => {
    await page.getByRole('searchbox').fill('摔了一跤')
    await page.waitForURL(/q=/)
    await page.getByRole('link', { name: /建设路东段三盏路灯不亮/ }).waitFor()
    await page.getByText('1 件', { exact: true }).waitFor()
    await sound(page)
    await shoot(page, 'hotline-search')
  })
  await as('heat', '/hotline?q=摔了一跤', (page) => page.getByText('没有符合条件的工单').waitFor())
})

test('[S18] a dispatcher writes an answer; an agent closes the next such call with it at once', async () => {
  await as('dispatcher', '/hotline/knowledge', async (page) => {
    await page.getByRole('button', { name: '写一条' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^类别/).selectOption({ label: '政务服务 · 办事流程' })
    await dialog.getByLabel(/^问题/).fill('身份证丢了怎么补办')
    await dialog.getByLabel(/^答复/).fill('带户口簿到任一派出所户籍窗口办理，二十日内领取。')
    await dialog.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '身份证丢了怎么补办' }).waitFor()
    await sound(page)
  })
  await as('agent', '/hotline/new', async (page) => {
    await page.getByRole('combobox', { name: '类别' }).fill('办事')
    await page.getByRole('option', { name: /办事流程/ }).click()
    await page.getByLabel('诉求内容').fill('身份证丢了，怎么补办？')
    await page.getByRole('region', { name: '已有答复' }).getByText('带户口簿').waitFor()
    await page.keyboard.press('Alt+1')
    await sound(page)
    await page.getByRole('button', { name: '保存并直接办结' }).click()
    await page.getByText('请念给诉求人').waitFor()
    await page.getByRole('status').getByText('已办结').first().waitFor()
  })
})

test('[S18] a citizen reports from a phone without an account and gets number and code; the words reach the desk as they were written', async () => {
  const words = '=1+1 家里暖气不热 <b>三天</b> 😀'
  await as(
    null,
    '/12345',
    async (page) => {
      await page.getByLabel(/^哪一方面/).selectOption({ label: '水电气暖' })
      await page.getByLabel(/^具体是/).selectOption({ label: '供暖' })
      await page.getByLabel(/^什么事/).fill(words)
      await page.getByLabel('请为我保密').check()
      await sound(page)
      await shoot(page, 'hotline-report-phone')
      await page.getByRole('button', { name: '提交' }).click()
      await page.getByText('已经受理').waitFor()
      await sound(page)
      await page.getByRole('main').getByRole('link', { name: '查询进度' }).click()
      // Both numbers are there already: what one has just been given needn't be typed.
      await page.getByRole('button', { name: '查询' }).click()
      await page.getByRole('list', { name: '经过' }).waitFor()
    },
    'phone',
  )
  await as('dispatcher', '/hotline/dispatch', async (page) => {
    await page.getByRole('region', { name: '诉求', exact: true }).getByText(words).waitFor()
    assert.equal(await page.getByText('***').count(), 0, 'who left no name is not shown as hidden')
  })
})
