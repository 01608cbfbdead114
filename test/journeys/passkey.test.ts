// A secretary adds a passkey of this computer, signs in with it alone, renames it and removes it. The authenticator is Chromium's virtual one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, openPage, overflowsSideways, settled, shoot } from '../browser.ts'
import { smallCity } from '../small-city.ts'
import { account, openSite } from './site.ts'

const { origin: numbers, browser } = await openSite(smallCity)
const { account: login, password } = account('zhibu')
const origin = numbers.replace('127.0.0.1', 'localhost')

/** Gives the page's browser a platform authenticator whose owner always confirms. */
async function withAuthenticator(page: Page): Promise<{ verified: (is: boolean) => Promise<void> }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { verified: async (isUserVerified) => void (await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })) }
}

test('a passkey is added with the password, signs in alone, and is refused once it is removed', async () => {
  const { page, context, errors } = await openPage(browser)
  const authenticator = await withAuthenticator(page)
  await page.goto(`${origin}/sign-in?next=/account`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()

  // Add.
  await page.waitForURL('**/account')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  const adding = page.getByRole('dialog', { name: '添加通行密钥' })
  await adding.getByLabel('现在的密码').fill('不对的密码')
  await adding.getByRole('button', { name: '继续' }).click()
  await adding.getByText('密码不对').first().waitFor()
  await adding.getByLabel('现在的密码').fill(password)
  await adding.getByRole('button', { name: '继续' }).click()
  const table = page.getByRole('table', { name: '通行密钥' })
  await table.getByText('还没用过').waitFor()
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'passkey-list')

  // The same device once more: it has one already.
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await adding.getByLabel('现在的密码').fill(password)
  await adding.getByRole('button', { name: '继续' }).click()
  await adding.getByText('这台设备上已经有您的通行密钥').waitFor()
  await adding.getByRole('button', { name: '关闭' }).click()

  // Sign in with it alone.
  await context.clearCookies()
  await page.goto(`${origin}/sign-in?next=/account`)
  await authenticator.verified(false)
  await page.getByRole('button', { name: '用通行密钥登录' }).click()
  await page.getByRole('alert').getByText('没有完成').waitFor()
  await shoot(page, 'passkey-refused')
  await authenticator.verified(true)
  await page.getByRole('button', { name: '用通行密钥登录' }).click()
  await page.waitForURL('**/account')
  await table.waitFor()
  assert.equal(await table.getByText('还没用过').count(), 0)
  await page.getByRole('cell', { name: '通行密钥' }).waitFor()

  // Rename.
  await table.getByRole('button', { name: /改名/ }).click()
  await page.getByRole('dialog').getByLabel('名称').fill('办公室电脑')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await table.getByText('办公室电脑').waitFor()

  // Remove: the device still has it, the server no more.
  await table.getByRole('button', { name: '删除“办公室电脑”' }).click()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click()
  await table.waitFor({ state: 'detached' })
  await context.clearCookies()
  await page.goto(`${origin}/sign-in`)
  await page.getByRole('button', { name: '用通行密钥登录' }).click()
  await page.getByText('这把通行密钥没有通过验证').waitFor()
  assert.deepEqual(
    errors.filter((error) => !error.includes('status of 422')),
    [],
  )
  await context.close()
})

test('by an address of numbers it is said to come by the name instead', async () => {
  const { page, context } = await openPage(browser, 'phone', 'elder')
  await page.goto(`${numbers}/sign-in?next=/records`)
  await settled(page)
  await page.getByText('不认数字地址').waitFor()
  assert.equal(await page.getByRole('button', { name: '用通行密钥登录' }).count(), 0)
  assert.deepEqual(await axe(page), [])
  assert.equal(await overflowsSideways(page), false)
  await shoot(page, 'passkey-numbers-phone-elder')
  await page.getByRole('link', { name: '改用 localhost 打开' }).click()
  await page.waitForURL(`${origin}/sign-in?next=/records`)
  await page.getByRole('button', { name: '用通行密钥登录' }).waitFor()
  await context.close()
})
