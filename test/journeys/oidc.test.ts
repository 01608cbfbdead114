// Somebody signs in at the house's provider: refused until the operator has linked them, then let in where they were going; with a code where they have an authenticator.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { TOTP } from 'otpauth'
import { buildHttp } from '#server/app/http.ts'
import { axe, launchBrowser, openPage, overflowsSideways, settled, shoot } from '../browser.ts'
import { ledgerCity } from '../ledger-city.ts'
import { clientSecret, providersOf, startProvider } from '../oidc.ts'

/** A port that is free now: provider and server must know of each other before either listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const closing: (() => Promise<void>)[] = []
// Registered before the city's own end: browser and server close first.
after(async () => {
  for (const close of closing) await close()
})
const { owner, pool, dataDir } = await ledgerCity()
const port = await freePort()
// Another site than the provider's, as it will be: what is kept for the way back must survive that.
const origin = `http://localhost:${port}`
const provider = await startProvider([`${origin}/sign-in/return`])
const app = await buildHttp({
  pool,
  dataDir,
  checkReplies: true,
  pages: process.env['DAJUAN_PAGES'] ?? join(import.meta.dirname, '..', '..', 'web', 'build'),
  providers: providersOf([{ id: 'city', name: '市统一身份认证', issuer: provider.issuer, clientId: 'dajuan', clientSecret }]),
})
const browser = await launchBrowser()
closing.push(
  () => browser.close(),
  () => app.close(),
)
await app.listen({ port, host: '127.0.0.1' })

test('refused until linked, then let in where one was going', async () => {
  const { page, context, errors } = await openPage(browser, 'phone')
  await page.goto(`${origin}/sign-in?next=/records`)
  await settled(page)
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'oidc-sign-in-phone')
  await page.getByRole('button', { name: '用市统一身份认证登录' }).tap()
  await page.getByText('请联系系统管理员关联账号').waitFor()
  assert.equal(new URL(page.url()).pathname, '/sign-in/return')
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
  await shoot(page, 'oidc-unlinked-phone')

  const { rows } = await owner.query(
    `update access.identity i set account_id = a.account_id from access.account a where a.login = 'secretary' and i.subject = 'u-1001' returning i.name`,
  )
  assert.deepEqual(rows, [{ name: '王建国' }])
  await page.getByRole('link', { name: '回到登录页' }).tap()
  await page.goto(`${origin}/sign-in?next=/records`)
  await page.getByRole('button', { name: '用市统一身份认证登录' }).tap()
  await page.waitForURL(`${origin}/records`)
  await settled(page)

  // The page of the return is of no use a second time.
  await page.goto(`${origin}/sign-in/return?code=x&state=y`)
  await page.getByText('不是在这个浏览器里开始的').waitFor()
  assert.deepEqual(
    errors.filter((error) => !error.includes('status of 403')),
    [],
  )
  await context.close()
})

test('an account with an authenticator is asked for its code', async () => {
  const totp = new TOTP()
  const signIn = async (size: 'desk' | 'phone', edition: 'day' | 'elder') => {
    const opened = await openPage(browser, size, edition)
    await opened.page.goto(`${origin}/sign-in?next=/records`)
    await opened.page.getByRole('button', { name: '用市统一身份认证登录' }).click()
    return opened
  }
  const { page, context } = await signIn('desk', 'day')
  await page.waitForURL(`${origin}/records`)
  const { secret, ticket } = await (await context.request.post(`${origin}/api/account/authenticator/start`, { data: {} })).json()
  const own = new TOTP({ secret })
  const made = await context.request.post(`${origin}/api/account/authenticator`, { data: { ticket, code: own.generate() } })
  assert.equal(made.status(), 200)
  await owner.query(`update access.account set totp_step = 0 where login = 'secretary'`)
  await context.close()

  const again = await signIn('phone', 'elder')
  await again.page.getByLabel('验证码').fill(totp.generate())
  await again.page.getByRole('button', { name: '验证并登录' }).click()
  await again.page.getByText('验证码不对').first().waitFor()
  assert.deepEqual(await axe(again.page), [])
  assert.equal(await overflowsSideways(again.page), false)
  await shoot(again.page, 'oidc-code-phone-elder')
  await again.page.getByLabel('验证码').fill(own.generate())
  await again.page.getByRole('button', { name: '验证并登录' }).click()
  await again.page.waitForURL(`${origin}/records`)
  await again.context.close()
})
