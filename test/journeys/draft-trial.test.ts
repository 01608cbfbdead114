// Trying a draft before it is sent, beside the form: by hand, over last year's facts, against the rubric that it goes on from; stopped; outdated.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, openSignedIn, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin, browser } = await openSite(smallCity)

test('[issue 4 §4] a draft is tried over last year’s facts: who moves by name, an edit makes the trial outdated, a trial can be stopped', async () => {
  const { page, context, errors } = await openSignedIn(browser, origin, account('gongwei'), '/rubrics')
  await page.getByRole('listitem').filter({ hasText: '清廉机关“五大体系”' }).getByRole('button', { name: '延续到下一年' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '开始写' }).click()
  await page.waitForURL(/\/rubrics\/[0-9a-f-]{36}$/)
  const points = async (value: string) => {
    await page
      .getByRole('treeitem', { name: /组织生活会前谈心谈话/ })
      .first()
      .click()
    await page.getByLabel('分值').fill(value)
    await page.locator('section[aria-label=随写随看][aria-busy=false]').waitFor()
  }
  await points('9')
  await page.getByRole('tab', { name: '试算' }).click()
  const trial = page.getByRole('tabpanel', { name: '试算' })
  assert.equal(await trial.getByLabel('用哪一年的事实').inputValue(), 'previous-year')
  await trial.getByRole('button', { name: '试算' }).click()
  await trial
    .getByText(/拉不开差距|没有一个得满分/)
    .first()
    .waitFor()
  await trial.getByRole('heading', { name: /^得分变动的（您可见 \d+ \/ \d+）/ }).waitFor()
  const mover = trial.getByRole('listitem').filter({ hasText: '→' }).first()
  assert.match((await mover.textContent()) ?? '', /^\S+：\d+\.\d\d → \d+\.\d\d$/)
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
  await shoot(page, 'draft-trial', 'window')

  await points('8')
  await page.getByRole('tab', { name: '试算' }).click()
  await trial.getByText('试算以后又改过，请再试算一次。').waitFor()

  // A trial that takes long says how long, and can be stopped: what was there stays.
  let answer = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/scoring/dry-run', async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await trial.getByRole('button', { name: '试算' }).click()
  await trial.getByText(/正在试算，已用 \d+ 秒/).waitFor()
  await trial.getByRole('button', { name: '停止' }).click()
  await trial.getByRole('button', { name: '试算' }).waitFor()
  answer()
  assert.equal(await trial.getByRole('alert').count(), 0)
  await trial.getByText('试算以后又改过，请再试算一次。').waitFor()
  await page.unroute('**/api/scoring/dry-run')

  await trial.getByRole('button', { name: '试算' }).click()
  await trial.getByText('试算以后又改过').waitFor({ state: 'detached' })
  await settled(page)
  assert.deepEqual(errors, [])
  await context.close()
})
