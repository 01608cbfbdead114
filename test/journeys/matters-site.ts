// What journeys of matters share: doing something as somebody, opening a matter for the branch of zhibu, making a move of it, seeing where it stands.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { axe, type Edition, type Opened, openSignedIn, overflowsSideways, type Size, settled } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

/** What is written into a form, by the label of its field: a text, a choice, a day; several ticks of a list. */
export type Words = Record<string, string | string[]>

/** Nothing of the page is wrong for whoever reads with other means, and nothing runs out of it. */
export async function fits(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
}

/** Waits until the track of the matter says that it stands at a stage. */
export const stands = (page: Page, stage: string) => page.getByRole('list', { name: '办理进度' }).locator('[aria-current="step"]', { hasText: stage }).waitFor()

async function write(form: Locator, words: Words): Promise<void> {
  for (const [label, given] of Object.entries(words)) {
    if (typeof given !== 'string') {
      for (const tick of given) await form.getByLabel(tick, { exact: true }).check()
      continue
    }
    const control = form.getByLabel(new RegExp(`^${label}(（.+）)?\\*?$`))
    if ((await control.evaluate((element) => element.tagName)) === 'SELECT') await control.selectOption({ label: given })
    else await control.fill(given)
  }
}

/** Fills the form of a move and sends it. */
export async function move(page: Page, name: string, words: Words = {}): Promise<void> {
  const box = page.getByRole('region', { name: '下一步' })
  const tab = box.getByRole('tab', { name, exact: true })
  const button = box.getByRole('button', { name, exact: true })
  // Just after a move the box may still hold what was open before it.
  await tab.or(button).first().waitFor()
  if ((await tab.count()) > 0) await tab.click()
  await write(box, words)
  const told = page.waitForResponse((response) => response.request().method() === 'GET' && /\/api\/matters\/[0-9a-f-]{36}$/.test(response.url()))
  await button.click()
  // The line is there for five seconds: it is waited for beside the reply, not after it.
  await Promise.all([told.then((response) => response.finished()), page.getByText(`已办：${name}`).first().waitFor()])
  await settled(page)
}

/** A site over the small city, for a file of journeys; call it once, at the top. */
export async function mattersSite() {
  const { origin, browser, owner } = await openSite(smallCity)

  /** Does something as an account on a page; the page has no errors. */
  async function as(
    login: string,
    path: string,
    work: (page: Page, opened: Opened) => Promise<void>,
    size: Size = 'desk',
    edition: Edition = 'day',
  ): Promise<void> {
    const opened = await openSignedIn(browser, origin, account(login), path, size, edition)
    await work(opened.page, opened)
    assert.deepEqual(
      opened.errors.filter((line) => !/status of (409|422)/.test(line)),
      [],
      login,
    )
    await opened.context.close()
  }

  let branch = ''
  /** The name of the branch whose secretary zhibu is. */
  async function branchOfZhibu(): Promise<string> {
    if (branch === '')
      await as('zhibu', '/records/new?kind=theme-day', async (page) => {
        branch = ((await page.locator('main .one').textContent()) ?? '').trim()
      })
    return branch
  }

  /** Opens a matter for a body, that of zhibu where none is named, by whoever chooses among many or has that one alone; its id. */
  async function open(page: Page, kind: string, named: string, words: Words, body?: string): Promise<string> {
    await page.goto(`${origin}/matters/new`)
    await page.getByLabel('种类').selectOption({ label: kind })
    const picker = page.getByRole('combobox', { name: '组织' })
    await picker.or(page.locator('main .one')).waitFor()
    if ((await picker.count()) > 0) {
      const name = body ?? (await branchOfZhibu())
      await picker.fill(name)
      await page.getByRole('option', { name }).first().click()
    }
    await page.getByLabel('标题').fill(named)
    await write(page.getByRole('main'), words)
    await page.getByRole('button', { name: '新建', exact: true }).click()
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}$/)
    await page.getByRole('heading', { level: 1, name: named }).waitFor()
    await settled(page)
    return page.url().split('/').at(-1) ?? ''
  }
  return { origin, browser, owner, as, open, branchOfZhibu }
}
