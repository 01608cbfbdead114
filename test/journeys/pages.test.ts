// Every page as the role it is for: axe in all three editions, on a phone and at 200 % zoom, nothing off the side, no errors, no jumping, ≤ 120 kB.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { cityDatabase } from '#test/city.ts'
import { axe, type Edition, layoutShift, type Opened, openPage, openSignedIn, overflowsSideways, type Size, settled, slowDown } from '../browser.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(cityDatabase)

/** A page: who opens it ('' is the public), where it is, and the link to follow from there for pages whose address has an id. */
const pages: { name: string; who: string; path: string; follow?: string }[] = [
  { name: '登录', who: '', path: '/sign-in' },
  { name: '工作台', who: 'zhibu', path: '/' },
  { name: '答卷', who: '', path: '/answers/changzhi' },
  { name: '一个数字（公众）', who: '', path: '/answers/changzhi/secretaries-lecturing' },
  { name: '一个数字', who: 'zhibu', path: '/answers/changzhi/members-in-discipline-study' },
  { name: '原文对照', who: '', path: '/coverage' },
  { name: '组织', who: 'zhibu', path: '/org' },
  { name: '隶属', who: 'xianqu', path: '/org?view=tree' },
  { name: '单位', who: 'xiangzhen', path: '/org?view=units&q=龙泉镇', follow: '龙泉镇' },
  { name: '党组织', who: 'zhibu', path: '/org?q=市委网信办', follow: '党支部' },
  { name: '结构与任期', who: 'jijian', path: '/org/structure' },
  { name: '导入', who: 'gongwei', path: '/org/import' },
  { name: '纪实', who: 'zhibu', path: '/records' },
  { name: '记一条', who: 'zhibu', path: '/records/new?kind=theme-day' },
  { name: '一条纪实', who: 'zhibu', path: '/records?kind=theme-day', follow: '主题党日' },
  { name: '事项', who: 'zhibu', path: '/matters' },
  { name: '事项看板', who: 'gongwei', path: '/matters?view=board&kind=task' },
  { name: '事项日历', who: 'zhibu', path: '/matters?view=month' },
  { name: '消息', who: 'zhibu', path: '/news' },
  { name: '新建事项', who: 'gongwei', path: '/matters/new?kind=task' },
  { name: '责任清单', who: 'zhibu', path: '/duties' },
  { name: '四级四岗', who: 'dangwei', path: '/duties?view=grid' },
  { name: '责任的空缺', who: 'gongwei', path: '/duties?view=gaps' },
  { name: '一项责任', who: 'zhibu', path: '/duties', follow: '讲党课' },
  { name: '督查', who: 'gongwei', path: '/inspections' },
  { name: '一次督查', who: 'gongwei', path: '/inspections', follow: '市直机关党建督查' },
  { name: '安排督查', who: 'gongwei', path: '/inspections/new' },
  { name: '走访检查', who: 'xianqu', path: '/inspections', follow: '乡镇机关党建督查' },
  { name: '热线', who: 'rexian', path: '/hotline' },
  { name: '热线（承办）', who: 'chengban', path: '/hotline' },
  { name: '登记工单', who: 'rexian', path: '/hotline/new' },
  { name: '派单台', who: 'paidan', path: '/hotline/dispatch' },
  { name: '仲裁席', who: 'zhongcai', path: '/hotline/arbitration' },
  { name: '回访台', who: 'huifang', path: '/hotline/call-back' },
  { name: '答复知识库', who: 'paidan', path: '/hotline/knowledge' },
  { name: '市民反映', who: '', path: '/12345' },
  { name: '市民查询', who: '', path: '/12345/follow' },
  { name: '热线比率', who: 'paidan', path: '/hotline/rates' },
  { name: '热线通报', who: 'paidan', path: '/hotline/bulletin' },
  { name: '热点和突增', who: 'paidan', path: '/hotline/hot-spots' },
  { name: '减负', who: 'zhibu', path: '/burden' },
  { name: '减负（工委）', who: 'gongwei', path: '/burden' },
  { name: '下发', who: 'gongwei', path: '/requests' },
  { name: '起草下发', who: 'gongwei', path: '/requests/new' },
  { name: '一次下发', who: 'gongwei', path: '/requests', follow: '报送' },
  { name: '考核', who: 'yibashou', path: '/scoring' },
  { name: '得分', who: 'gongwei', path: '/scoring/model-2024' },
  { name: '清廉画像', who: 'xiangzhen', path: '/scoring/clean-2024' },
  { name: '一个单位的得分', who: 'yibashou', path: '/scoring/model-2024', follow: '市教育局' },
  { name: '细则', who: 'yibashou', path: '/scoring/model-2024/rules' },
  { name: '评分录入', who: 'gongwei', path: '/scoring/marks' },
  { name: '没有的页', who: 'zhibu', path: '/no-such-page' },
]

type Wanted = (typeof pages)[number]

async function open(given: Browser, { who, path, follow }: Wanted, size: Size, edition: Edition): Promise<Opened> {
  const opened = who === '' ? await openPage(given, size, edition) : await openSignedIn(given, origin, account(who), path, size, edition)
  if (who === '') {
    await opened.page.goto(origin + path)
    await settled(opened.page)
  }
  await opened.page.getByRole('heading', { level: 1 }).first().waitFor()
  if (follow !== undefined) {
    const before = opened.page.url()
    await opened.page.getByRole('main').getByRole('table').getByRole('link', { name: follow }).first().click()
    await opened.page.waitForURL((url) => url.href !== before)
    await settled(opened.page)
  }
  return opened
}

async function soundness(page: Page): Promise<string[]> {
  const found = (await axe(page)).map((line) => `axe ${line}`)
  if (await overflowsSideways(page)) found.push('runs off the side')
  return found
}

/** Targets under 44 px: none in the elder edition. Links in running text are exempt, as WCAG has it; a head that phones hide is none. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = (element: Element) => {
      const box = element.getBoundingClientRect()
      return (
        box.width > 1 && box.height > 1 && getComputedStyle(element).visibility !== 'hidden' && element.closest('.unseen, thead, [aria-hidden="true"]') === null
      )
    }
    const targets = [...document.querySelectorAll('button, a.button, select, summary, input:not([type="file"], [type="checkbox"], [type="radio"])')]
      .filter((element) => seen(element) && element.getBoundingClientRect().height < 43.5)
      .map((element) => `target ${Math.round(element.getBoundingClientRect().height)} px: ${element.outerHTML.slice(0, 90)}`)
    return [...new Set(targets)].slice(0, 5)
  })
}

/** Bytes of script and style that came over the wire. */
async function weight(page: Page): Promise<number> {
  return page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter((entry) => /\.(js|css)$/.test(new URL(entry.name).pathname))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  )
}

for (const wanted of pages) {
  test(`${wanted.name} (${wanted.who || 'public'}): sound in three editions, on a phone, at 200 % zoom; light, without jumps`, async () => {
    const found: string[] = []
    const note = (where: string, lines: string[]) => found.push(...lines.map((line) => `${where}: ${line}`))
    const calm = async (where: string, page: Page) => {
      const shift = await layoutShift(page)
      // Going on by a link is counted from the first page on: there only the first page's own jumps would show.
      if (wanted.follow === undefined && shift > 0.05) found.push(`${where}: the layout shifts by ${shift.toFixed(3)}`)
    }

    const phone = await open(browser, wanted, 'phone', 'elder')
    await calm('phone', phone.page)
    note('phone elder', [...(await soundness(phone.page)), ...(await tooSmall(phone.page))])
    const bytes = await weight(phone.page)
    if (wanted.follow === undefined && (bytes === 0 || bytes > 120_000)) found.push(`${bytes} bytes of script and style`)
    note('phone', phone.errors)
    await phone.context.close()

    const desk = await open(browser, wanted, 'desk', 'dark')
    await calm('desk', desk.page)
    note('desk dark', await soundness(desk.page))
    // 200 % of a 1366 × 768 window; the edition is a mark on the document, changed in place.
    await desk.page.setViewportSize({ width: 683, height: 384 })
    await desk.page.evaluate(async () => {
      document.documentElement.dataset.edition = 'day'
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      await Promise.allSettled(document.getAnimations().map((each) => (each instanceof CSSTransition ? each.finished : undefined)))
    })
    note('zoom day', await soundness(desk.page))
    note('desk', desk.errors)
    await desk.context.close()
    assert.deepEqual(found, [])
  })
}

test('how soon list pages show their data at 4 × slow-down is printed, not asserted', async (context) => {
  for (const wanted of pages.filter(({ name }) => ['纪实', '得分'].includes(name))) {
    const times: number[] = []
    for (let run = 0; run < 3; run += 1) {
      const { page, context: opened } = await openPage(browser)
      if (wanted.who !== '') await opened.request.post(`${origin}/api/sign-in`, { data: account(wanted.who) })
      await slowDown(page)
      await page.goto(origin + wanted.path)
      await settled(page)
      times.push(await page.evaluate(() => performance.now()))
      await opened.close()
    }
    times.sort((left, right) => left - right)
    context.diagnostic(`${wanted.name}: ${Math.round(times[1] ?? 0)} ms, median of 3 (bar: 1000 ms)`)
    assert.equal(times.length, 3)
  }
})
