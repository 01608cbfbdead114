// The content security policy in a real browser: no page trips over it, and what an attacker would put into a page does not run.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { cityDatabase } from '#test/city.ts'
import { type Opened, openPage, openSignedIn, settled } from '../browser.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(cityDatabase)

/** Keeps what the browser refused, from the first script on. */
async function watch({ context }: Opened): Promise<void> {
  await context.addInitScript(() => {
    const kept: string[] = []
    Object.assign(globalThis, { refused: kept })
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber }) =>
      kept.push(`${violatedDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`),
    )
  })
}
const refused = (page: Page) => page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)

const routes = join(import.meta.dirname, '..', '..', 'web', 'routes')
/** Every page whose address holds no id, and one of each kind of those that do. */
const signedIn = [
  ...readdirSync(routes, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('+page.svelte') && !file.includes('['))
    .map((file) => `/${dirname(file)}`.replace(/\/\.$/, '/'))
    .sort(),
  '/answers/changzhi',
  '/answers/changzhi/members-in-discipline-study',
  '/org?view=tree',
  '/org?view=units',
  '/records/new?kind=theme-day',
  '/scoring/model-2024',
  '/scoring/clean-2024',
  '/scoring/model-2024/rules',
  '/no-such-page',
]

test('no page trips over the policy: widgets, charts, the palette, dialogs, a change of page, print', async (t) => {
  const opened = await openSignedIn(browser, origin, account('gongwei'), '/')
  t.after(() => opened.context.close())
  await watch(opened)
  const { page } = opened
  for (const path of signedIn) {
    await page.goto(origin + path)
    await settled(page)
    assert.deepEqual(await refused(page), [], path)
    await page.emulateMedia({ media: 'print' })
    await page.emulateMedia({ media: null })
    // The announcer speaks and styles itself when a link is followed.
    const link = page.getByRole('navigation').getByRole('link').first()
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await link.click({ timeout: 5000 }).catch(() => undefined)
    await settled(page)
    assert.deepEqual(await refused(page), [], `from ${path}`)
  }
  await page.goto(`${origin}/kit`)
  for (const button of await page.getByRole('main').getByRole('button').all()) {
    if (await button.isEnabled()) await button.click({ timeout: 1000 }).catch(() => undefined)
    await page.keyboard.press('Escape')
  }
  assert.deepEqual(await refused(page), [], 'every button of the widgets')
})

test('for whoever has no session neither', async (t) => {
  const opened = await openPage(browser)
  t.after(() => opened.context.close())
  await watch(opened)
  for (const path of ['/sign-in', '/answers/changzhi', '/answers/changzhi/secretaries-lecturing', '/coverage']) {
    await opened.page.goto(origin + path)
    await settled(opened.page)
    assert.deepEqual(await refused(opened.page), [], path)
  }
})

test('script and style that got into a page do not run, its forms lead nowhere else, and no site may frame it', async (t) => {
  const opened = await openPage(browser)
  t.after(() => opened.context.close())
  await watch(opened)
  const { page } = opened
  await page.goto(`${origin}/sign-in`)
  await settled(page)
  const ran = await page.evaluate(async () => {
    const place = document.createElement('div')
    document.body.append(place)
    const put = (name: string, fill: (element: HTMLElement) => void) => {
      const element = document.createElement(name)
      fill(element)
      place.append(element)
    }
    const marks = globalThis as unknown as Record<string, unknown>
    put('script', (element) => element.append('globalThis.inlineRan = true'))
    const trusted = [
      () => put('button', (element) => element.setAttribute('onclick', 'globalThis.handlerRan = true')),
      () => put('script', (element) => Object.assign(element, { src: 'data:text/javascript,globalThis.dataRan=true' })),
      () => put('p', (element) => Object.assign(element, { innerHTML: '<img src=x onerror="globalThis.imageRan = true">' })),
    ].map((act) => {
      try {
        act()
        return 'taken'
      } catch (error) {
        return (error as Error).name
      }
    })
    put('p', (element) => element.setAttribute('style', 'position: fixed; z-index: 7'))
    put('base', (element) => element.setAttribute('href', 'https://evil.example/'))
    await new Promise((done) => setTimeout(done, 300))
    return {
      trusted,
      inline: marks['inlineRan'],
      data: marks['dataRan'],
      image: marks['imageRan'],
      style: getComputedStyle(place.querySelector('p') as Element).zIndex,
      base: new URL('x', document.baseURI).origin === location.origin,
    }
  })
  const nothing = { inline: undefined, data: undefined, image: undefined }
  assert.deepEqual(ran, { ...nothing, trusted: ['TypeError', 'TypeError', 'TypeError'], style: 'auto', base: true })
  const kinds = (await refused(page)).map((line) => line.split(' ')[0])
  for (const kind of ['require-trusted-types-for', 'style-src-attr', 'base-uri']) assert.ok(kinds.includes(kind), `${kind} in ${kinds}`)
  const evil = await openPage(browser)
  t.after(() => evil.context.close())
  await evil.page.setContent(`<iframe src="${origin}/sign-in"></iframe>`)
  await evil.page.waitForTimeout(500)
  const framed = evil.page.frames()[1]
  assert.equal(await framed?.evaluate(() => document.querySelector('#app') !== null), false)
})
