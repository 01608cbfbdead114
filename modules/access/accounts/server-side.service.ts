// What the operator does to accounts on the server itself (`dajuan account`), where nobody is signed in. Pages: accounts.service.ts.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { securityPack } from '../access.pack.ts'
import { postName } from '../access.service.ts'
import { accountIdOf } from '../access.sql.ts'
import { linkIdentity, seeIdentity } from '../identity/oidc.sql.ts'
import { hashOfNew, passwordFault } from '../identity/passwords.service.ts'
import { endAllSessions } from '../identity/sessions.service.ts'
import { type AccountLine, accountList, setActive, setFirstPassword } from './accounts.sql.ts'

const here = { by: 'command-line' }
const PAGE = 500

/** A password's hash, where the password will do for the login; refuses with a sentence where it won't. */
export async function fitPasswordHash(tenant: Tx['tenant'], login: string, password: string): Promise<string> {
  const wrong = await passwordFault(password, { login, shortest: partOf(tenant, securityPack).passwords.shortest })
  if (wrong !== undefined) throw new Refusal('invalid', `${wrong}。`)
  return hashOfNew(password)
}

async function idOf(tx: Tx, login: string): Promise<string> {
  const found = await tx.maybe(accountIdOf, { tenantId: tx.tenant.id, login })
  if (found === undefined) throw new Refusal('not-found', `没有账号“${login}”。dajuan account list 列出所有账号。`)
  return found.accountId
}

/** All accounts by login, with their posts in words. */
export async function everyAccount(tx: Tx): Promise<(Omit<AccountLine, 'posts'> & { posts: string[] })[]> {
  const found: AccountLine[] = []
  for (let rows: AccountLine[] | undefined; rows === undefined || rows.length === PAGE; found.push(...rows)) {
    const after = rows?.at(-1)?.login ?? ''
    rows = await tx.all(accountList, { on: today(tx.tenant), asOf: now(tx.tenant).toISOString(), q: '', state: '', post: '', after, limit: PAGE })
  }
  return found.map(({ posts, ...row }) => ({ ...row, posts: posts.map(({ post, body }) => `${body ?? ''}${postName(tx.tenant, post)}`) }))
}

/** Sets a password that its owner must change at the next sign-in, and ends the account's sessions. */
export async function resetPassword(tx: Tx, login: string, passwordHash: string): Promise<void> {
  const id = await idOf(tx, login)
  await tx.all(setFirstPassword, { tenantId: tx.tenant.id, id, passwordHash })
  await endAllSessions(tx, id, 'password-reset')
  await leaveEntry(tx, 'access.password-reset', { kind: 'account', id }, here)
}

/** Stops an account and ends its sessions, or lets it in again. */
export async function setAccountState(tx: Tx, login: string, state: 'active' | 'disabled'): Promise<void> {
  const id = await idOf(tx, login)
  await tx.all(setActive, { tenantId: tx.tenant.id, id, active: state === 'active' })
  if (state === 'disabled') await endAllSessions(tx, id, 'account-disabled')
  await leaveEntry(tx, state === 'active' ? 'access.account-enable' : 'access.account-disable', { kind: 'account', id }, here)
  tx.afterCommit(scopesChanged)
}

/** Lets a provider's subject sign in to the account, whether it has come before or not. */
export async function linkSubject(tx: Tx, login: string, { provider, subject }: { provider: string; subject: string }): Promise<void> {
  const id = await idOf(tx, login)
  const seen = await tx.one(seeIdentity, { tenantId: tx.tenant.id, provider, subject, name: '' })
  if (seen.accountId === id) return
  const linked = await tx.maybe(linkIdentity, { tenantId: tx.tenant.id, provider, subject, accountId: id, linkedBy: null })
  if (linked === undefined) throw new Refusal('conflict', '这个身份已经关联了另一个账号，请先在“账号”页解除。')
  await leaveEntry(tx, 'access.identity-link', { kind: 'account', id }, { ...here, provider })
}

/** Ends all sessions of the account; how many there were. */
export async function endSessionsOf(tx: Tx, login: string): Promise<number> {
  return endAllSessions(tx, await idOf(tx, login), 'ended-by-officer')
}
