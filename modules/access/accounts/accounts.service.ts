// What the operator does to accounts. Opening one gives no post; an officer's account is out of the operator's hands (README.md, four eyes).
import { randomInt } from 'node:crypto'
import type { Static } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveChange, leaveEntry } from '#modules/audit/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { type Actor, scopesChanged } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { postName } from '../access.service.ts'
import { accountByLogin, insertAccount, insertPerson } from '../access.sql.ts'
import { linkIdentity, unlinkIdentity } from '../identity/oidc.sql.ts'
import { hashOfNew } from '../identity/passwords.service.ts'
import { endAllSessions } from '../identity/sessions.service.ts'
import { isOfficerPost } from '../posts/giving.rules.ts'
import { lockAccountsOf, postsOfPerson } from '../posts/posts.sql.ts'
import type * as contract from './accounts.contract.ts'
import {
  type AccountFilter,
  accountList,
  accountState,
  identityList,
  loginTaken,
  personKnown,
  personsNamed,
  setActive,
  setFirstPassword,
} from './accounts.sql.ts'

/** No letters or digits that look alike: it is read out or copied from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A first password of some 59 random bits, in three groups, and its hash. */
export async function firstPassword(): Promise<{ password: string; passwordHash: string }> {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const password = [group(), group(), group()].join('-')
  return { password, passwordHash: await hashOfNew(password) }
}

/** A page of accounts, with what was asked for filled up. */
export async function accountsPage(tx: Tx, asked: Partial<AccountFilter>) {
  const limit = asked.limit ?? 50
  const filter = { q: asked.q?.trim() ?? '', state: asked.state ?? '', post: asked.post ?? '', after: asked.after ?? '', limit: limit + 1 }
  const found = await tx.all(accountList, { on: today(tx.tenant), asOf: now(tx.tenant).toISOString(), ...filter })
  const rows = found.slice(0, limit)
  return { rows, total: { count: found[0]?.total ?? 0, capped: false }, next: found.length > limit ? (rows.at(-1)?.login ?? null) : null }
}

/** Accounts as the operator sees them. */
export async function accounts(tx: Tx, query: Static<typeof contract.listAccounts.query>): Promise<Static<typeof contract.listAccounts.reply>> {
  const { rows, ...rest } = await accountsPage(tx, query)
  const lines = rows.map(({ id, login, person, active, mustChange, secondFactor, lastSignIn, posts }) => ({
    ...{ id, login, person, active, mustChange, secondFactor, lastSignIn },
    posts: posts.map(({ post, body }) => (body === null ? '' : `${body} · `) + postName(tx.tenant, post)),
    officer: posts.some(({ post }) => isOfficer(tx.tenant, post)),
  }))
  return { rows: lines, ...rest }
}

/** People of exactly this name. */
export async function candidates(tx: Tx, name: string): Promise<{ rows: contract.PersonCandidate[] }> {
  const rows = await tx.all(personsNamed, {
    on: today(tx.tenant),
    asOf: now(tx.tenant).toISOString(),
    name: name.trim(),
    everyone: false,
    ids: [],
    membership: true,
    withAccount: false,
    limit: 20,
  })
  return { rows: rows.map((row) => ({ ...row, posts: row.posts.map(({ post, body }) => ({ post: postName(tx.tenant, post), body })) })) }
}

/** Opens an account with a first password; it has what its person holds, and no more until somebody is appointed. */
export async function open(tx: Tx, actor: Actor, input: Static<typeof contract.openAccount.body>, passwordHash: string): Promise<void> {
  const { id, login, person } = input
  const tenantId = tx.tenant.id
  if ((await tx.all(loginTaken, { tenantId, login, id })).length > 0) throw taken(login)
  const personId = 'id' in person ? person.id : newId()
  if ('name' in person) {
    const name = person.name.trim()
    if (name.length < 2 || /\d/.test(name)) throw new Refusal('invalid', '请填写姓名，不填号码。', [{ field: '/person/name', message: '应为姓名，不含数字' }])
    await tx.all(insertPerson, { tenantId, personId, name })
  } else await mustBeKnown(tx, personId)
  try {
    await tx.all(insertAccount, { tenantId, accountId: id, login, passwordHash, personId, mustChange: true, madeBy: actor.accountId })
  } catch (error) {
    if (isPgError(error, '23505')) throw taken(login)
    throw error
  }
  await leaveEntry(tx, 'access.account-open', { kind: 'account', id }, { person: personId, outside: 'name' in person })
}

function taken(login: string): Refusal {
  return new Refusal('conflict', `账号“${login}”已经有了，请换一个登录名；刚才已经开立的，请在列表中查看。`, [
    { field: '/login', value: login, message: '已被使用' },
  ])
}

async function mustBeKnown(tx: Tx, personId: string): Promise<void> {
  const issue = (message: string) => [{ field: '/person/id', value: personId, message }]
  if ((await tx.maybe(personKnown, { personId })) === undefined) throw new Refusal('not-found', '没有找到这个人，请重新按姓名查找。', issue('没有这个人'))
  // A second account would act by the same posts, without the person's knowing.
  const [account] = await tx.all(lockAccountsOf, { tenantId: tx.tenant.id, personId })
  if (account !== undefined) throw new Refusal('conflict', '这个人已经有账号了。停用的请重新启用，忘了密码的请重设密码。', issue('已有账号'))
}

/** Stops an account or lets it in again. Not one's own, and not an officer's. */
export async function setState(tx: Tx, actor: Actor, id: string, active: boolean): Promise<void> {
  const account = await accountToChange(tx, actor, id)
  await mustNotBeOfficer(tx, account.personId, '这是三员账号，不由系统管理员停用或启用。需要时请安全管理员结束它的任命。')
  if (account.active === active) return
  await tx.all(setActive, { tenantId: tx.tenant.id, id, active })
  if (!active) await endAllSessions(tx, id, 'account-disabled')
  await leaveChange(
    tx,
    active ? 'access.account-enable' : 'access.account-disable',
    { kind: 'account', id },
    { before: { active: !active }, after: { active }, sensitive: [] },
  )
  tx.afterCommit(scopesChanged)
}

/** Gives an account a new first password and ends its sessions. An officer's only where a second factor still stands before it. */
export async function giveFirstPassword(tx: Tx, actor: Actor, id: string, passwordHash: string): Promise<void> {
  const account = await accountToChange(tx, actor, id)
  if (!account.secondFactor)
    await mustNotBeOfficer(tx, account.personId, '这是三员账号，又没有第二种验证方式，一个人重设密码就能冒用它。请在服务器上用 bin/dajuan account 重设。')
  await tx.all(setFirstPassword, { tenantId: tx.tenant.id, id, passwordHash })
  await endAllSessions(tx, id, 'password-reset')
  await leaveEntry(tx, 'access.password-reset', { kind: 'account', id })
  tx.afterCommit(scopesChanged)
}

/** The account, held until the transaction ends; refuses one's own and one that isn't there. */
export async function accountToChange(tx: Tx, actor: Actor, id: string) {
  const account = await tx.maybe(accountState, { tenantId: tx.tenant.id, id })
  if (account === undefined) throw new Refusal('not-found', '没有这个账号，请刷新列表再看。')
  if (account.personId === actor.personId)
    throw new Refusal('not-allowed', '不能对自己的账号这样做。自己的密码和验证方式请到“我的账号”设置，其他请另一位管理人员办理。')
  return account
}

function isOfficer(tenant: Tenant, post: string): boolean {
  return isOfficerPost(partOf(tenant, organisationPack).posts, post)
}

async function mustNotBeOfficer(tx: Tx, personId: string, message: string): Promise<void> {
  const posts = await tx.all(postsOfPerson, { personId, on: today(tx.tenant) })
  if (posts.some(({ post }) => isOfficer(tx.tenant, post))) throw new Refusal('not-allowed', message)
}

/** Identities of other systems that have come, the ones without an account first. */
export async function identities(tx: Tx): Promise<Static<typeof contract.listIdentities.reply>> {
  return { rows: await tx.all(identityList, { tenantId: tx.tenant.id, limit: 200 }) }
}

/** Lets an identity sign in to an account. Not to one's own or an officer's: whoever links could come as that officer. */
export async function link(tx: Tx, actor: Actor, input: Static<typeof contract.linkIdentity.body>): Promise<void> {
  const { provider, subject, login } = input
  const account = await tx.maybe(accountByLogin, { tenantId: tx.tenant.id, login: login.trim() })
  if (account === undefined)
    throw new Refusal('not-found', `没有在用的账号“${login}”，请核对登录名。`, [{ field: '/login', value: login, message: '没有这个账号' }])
  await accountToChange(tx, actor, account.accountId)
  await mustNotBeOfficer(tx, account.personId, '三员账号不关联统一身份：关联人可以借此冒用。三员请用密码和第二种验证方式登录。')
  const linked = await tx.maybe(linkIdentity, { tenantId: tx.tenant.id, provider, subject, accountId: account.accountId, linkedBy: actor.accountId })
  if (linked === undefined) throw new Refusal('conflict', '这个身份已经关联了账号，或者还没有用它登录过。请刷新列表再看。')
  await leaveEntry(tx, 'access.identity-link', { kind: 'account', id: account.accountId }, { provider })
}

/** An identity signs in to an account no more; the account's sessions end. */
export async function unlink(tx: Tx, actor: Actor, input: Static<typeof contract.unlinkIdentity.body>): Promise<void> {
  const { provider, subject, login } = input
  const account = await tx.maybe(accountByLogin, { tenantId: tx.tenant.id, login })
  const { accountId } = await accountToChange(tx, actor, account?.accountId ?? newId())
  const unlinked = await tx.maybe(unlinkIdentity, { tenantId: tx.tenant.id, provider, subject, accountId })
  if (unlinked === undefined) throw new Refusal('conflict', '这个身份没有关联这个账号，请刷新列表再看。')
  await endAllSessions(tx, accountId, 'ended-by-officer')
  await leaveEntry(tx, 'access.identity-unlink', { kind: 'account', id: accountId }, { provider })
}
