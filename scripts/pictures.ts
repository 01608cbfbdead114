// Takes the pictures of docs/pictures/ from a running demonstration: `node scripts/run.mjs scripts/pictures.ts http://127.0.0.1:8080`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { launchBrowser, openPage, openSignedIn, settled } from '#test/browser.ts'

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

/** Keeps what the window shows as a PNG of few colours, so that it stays small. */
async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(400)
  const { size } = await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, compressionLevel: 9, effort: 10 })
    .toFile(join(folder, name))
  console.log(`${name} ${Math.round(size / 1000)} kB`)
}

const login = (account: string) => ({ account, password: `${account}-2024` })

/** The sheet with a figure's side sheet open. */
async function answers(origin: string): Promise<void> {
  const { page, context } = await openPage(browser, 'desk')
  await page.goto(`${origin}/answers/changzhi`)
  await page.getByRole('heading', { name: '附：每个数字的口径' }).waitFor()
  await page.setViewportSize({ width: 1366, height: 1000 })
  await page.getByRole('link', { name: /688名/ }).first().dispatchEvent('click', { button: 0 })
  await page.getByRole('dialog').getByText('按“讲课人”去重计数').waitFor()
  await keep(page, 'answers.png')
  await context.close()
}

/** Quick entry on a phone, one member absent. */
async function entry(origin: string): Promise<void> {
  const { page, context } = await openSignedIn(browser, origin, login('zhibu'), '/records/new?kind=theme-day', 'phone')
  await page.locator('summary', { hasText: '到会' }).waitFor()
  await keep(page, 'entry.png')
  await context.close()
}

/** A unit's score taken apart: what it lost, and one item opened to its arithmetic. */
async function score(origin: string): Promise<void> {
  const { page, context } = await openSignedIn(browser, origin, login('yibashou'), '/scoring/model-2024')
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '总分怎么来' }).waitFor()
  await settled(page)
  await page.setViewportSize({ width: 1366, height: 1180 })
  await page.getByRole('button', { name: /^中心组学习突出专项主题/ }).click()
  await page.getByText('算式').filter({ visible: true }).first().waitFor()
  await page.mouse.move(0, 0)
  await keep(page, 'score.png')
  await context.close()
}

mkdirSync(folder, { recursive: true })
const origin = process.argv[2] ?? 'http://127.0.0.1:8080'
const browser = await launchBrowser()
try {
  for (const take of [answers, entry, score]) await take(origin)
} finally {
  await browser.close()
}
