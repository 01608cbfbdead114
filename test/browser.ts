// A real Chromium for tests: one browser per test file, pages at the sizes we promise, signed in, slowed down, looked at by axe.
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Chromium looks for nothing outside the machine; without these its own errands are refused, many at a time. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--lang=zh-CN',
]

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1366, height: 768 }, wall: { width: 1920, height: 1080 } } as const
export type Size = keyof typeof sizes
export type Edition = 'day' | 'dark' | 'elder'

/** Starts Debian's Chromium where there is one, else the one npm brought. Close it in `after`. */
export async function launchBrowser(): Promise<Browser> {
  const debian = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
  if (debian) return chromium.launch({ executablePath: debian, args: flags, env: { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' } })
  process.env.TMPDIR ??= mkdtempSync(join(tmpdir(), 'dajuan-chromium-'))
  const packed = (await import('@sparticuz/chromium')).default
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, ...flags] })
}

export interface Opened {
  context: BrowserContext
  page: Page
  /** Errors the page wrote to its console or threw; a journey ends by asserting that there are none. */
  errors: string[]
}

/** Opens an empty page at a size, in an edition, in Chinese and in China's time. `errors` leaves out the 401 and 404 replies that pages expect. */
export async function openPage(browser: Browser, size: Size = 'desk', edition: Edition = 'day'): Promise<Opened> {
  const isPhone = size === 'phone'
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: isPhone,
    isMobile: isPhone,
    deviceScaleFactor: isPhone ? 2 : 1,
  })
  await context.addInitScript((kept) => localStorage.setItem('dajuan:edition', kept), edition)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text())) errors.push(message.text())
  })
  return { context, page, errors }
}

/** Opens a page signed in as `account`, at `path`. */
export async function openSignedIn(
  browser: Browser,
  origin: string,
  who: { account: string; password: string },
  path = '/',
  size: Size = 'desk',
  edition: Edition = 'day',
): Promise<Opened> {
  const opened = await openPage(browser, size, edition)
  const reply = await opened.context.request.post(`${origin}/api/sign-in`, { data: { account: who.account, password: who.password } })
  if (!reply.ok()) throw new Error(`sign-in as ${who.account}: ${reply.status()} ${await reply.text()}`)
  await opened.page.goto(origin + path)
  await settled(opened.page)
  return opened
}

/** Waits until the page has its data: nothing under way, no skeleton on show. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main') !== null && document.querySelector('main .wait, main [aria-busy="true"]') === null)
}

/** A picture of the page under `/tmp/dajuan-shots` (or DAJUAN_SHOTS), for people to look at; returns its path. */
export async function shoot(page: Page, name: string, whole: 'whole' | 'window' = 'whole'): Promise<string> {
  const path = join(process.env.DAJUAN_SHOTS ?? '/tmp/dajuan-shots', `${name}.png`)
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: whole === 'whole' })
  return path
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong (WCAG 2.1 AA and best practice), one line each with the elements; empty is what we want. */
export async function axe(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so the page's content security policy stays as it is.
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const found = await (
      globalThis as unknown as {
        axe: { run: (options: object) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }> }
      }
    ).axe.run({
      resultTypes: ['violations'],
    })
    return found.violations.map(
      (each) =>
        `${each.id}: ${each.help}: ${each.nodes
          .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`)
          .slice(0, 4)
          .join(' | ')}`,
    )
  })
}

/** Slows the page's processor down, as on the slow desktops we build for; 1 is full speed again. */
export async function slowDown(page: Page, times = 4): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: times })
}

/** How much the layout has shifted since the page was opened (CLS). */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!entry.hadRecentInput) sum += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 50)
      }),
  )
}

/** True where the page scrolls sideways, which no page of ours may. */
export async function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}
