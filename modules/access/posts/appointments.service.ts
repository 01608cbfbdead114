// What the security officer does: appoints and ends appointments, ends sessions, lifts what failed sign-ins have brought. Never for oneself.
import type { Static } from 'typebox'
import { addDays } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { leaveChange, leaveEntry } from '#modules/audit/index.ts'
import { findBody, organisationPack, type PostKind } from '#modules/org/index.ts'
import { type Actor, scopesChanged } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import { postName } from '../access.service.ts'
import { accountById } from '../access.sql.ts'
import { accountsPage, accountToChange } from '../accounts/accounts.service.ts'
import { dropPasskeys } from '../accounts/accounts.sql.ts'
import { removeAuthenticator } from '../identity/authenticator.service.ts'
import { endAllSessions } from '../identity/sessions.service.ts'
import { keysOfAccount } from '../identity/throttle.service.ts'
import { blockedKeys, forgetFailures } from '../identity/throttle.sql.ts'
import type * as contract from './appointments.contract.ts'
import { appointmentById, endAppointment, insertAppointment, sameAppointments } from './appointments.sql.ts'
import { daysProblem, exclusion, isAppointed } from './giving.rules.ts'
import { lockAccountsOf, postsOfPerson } from './posts.sql.ts'

/** A page of accounts with their posts and where each comes from. */
export async function accountPosts(
  tx: Tx,
  secrets: Secrets,
  query: Static<typeof contract.listAccountPosts.query>,
): Promise<Static<typeof contract.listAccountPosts.reply>> {
  const { rows, ...rest } = await accountsPage(tx, query)
  const keys = new Map(rows.map(({ id, login }) => [id, keysOfAccount(secrets, { login, accountId: id })]))
  const blocked = new Set((await tx.all(blockedKeys, { tenantId: tx.tenant.id, keys: [...keys.values()].flat() })).map(({ key }) => key))
  const lines = rows.map(({ id, login, person, active, secondFactor, sessions, posts }) => ({
    ...{ id, login, person, active, secondFactor, sessions },
    blocked: keys.get(id)?.some((key) => blocked.has(key)) ?? false,
    posts: posts.map((given) => ({ ...given, name: postName(tx.tenant, given.post), by: given.by as contract.GivenPost['by'] })),
  }))
  return { rows: lines, ...rest }
}

function refuse(field: string, value: unknown, message: string): never {
  throw new Refusal('invalid', `${message}。`, [{ field, value, message }])
}

/** Gives an account a post. Refuses what the organisation gives, oneself, and whoever has a post that excludes it. */
export async function giveAppointment(tx: Tx, actor: Actor, input: Static<typeof contract.appoint.body>): Promise<void> {
  const { posts } = partOf(tx.tenant, organisationPack)
  const kind = posts.find(({ id }) => id === input.post)
  if (kind === undefined) return refuse('/post', input.post, `没有“${input.post}”这个岗位`)
  if (!isAppointed(kind)) return refuse('/post', input.post, `${kind.name}由组织任职产生，请在“组织”页登记任职`)
  await mustFitBody(tx, kind, input.body)
  const wrong = daysProblem(input, today(tx.tenant))
  if (wrong !== null) return refuse(wrong.field, wrong.field === '/from' ? input.from : input.until, wrong.message)
  const account = await accountToChange(tx, actor, input.account)
  if (!account.active) return refuse('/account', input.account, '这个账号已停用，请先由系统管理员启用')
  await tx.all(lockAccountsOf, { tenantId: tx.tenant.id, personId: account.personId })
  const has = await tx.all(postsOfPerson, { personId: account.personId, on: input.from })
  const excluded = exclusion(
    posts,
    input.post,
    has.map(({ post }) => post),
  )
  if (excluded !== null) throw new Refusal('conflict', excluded, [{ field: '/post', value: input.post, message: '与已有岗位不能兼任' }])
  const same = { tenantId: tx.tenant.id, accountId: account.accountId, post: input.post, bodyId: input.body, on: input.from }
  if ((await tx.all(sameAppointments, same)).length > 0) throw new Refusal('conflict', `这个账号已经被任命为${kind.name}。要改期限，请先结束原来的任命。`)
  const inserted = await tx.maybe(insertAppointment, {
    tenantId: tx.tenant.id,
    appointmentId: input.id,
    accountId: account.accountId,
    post: input.post,
    bodyId: input.body,
    from: input.from,
    until: input.until === null ? null : addDays(input.until, 1),
    reason: input.reason.trim(),
    madeBy: actor.accountId,
  })
  if (inserted === undefined)
    throw new Refusal('conflict', '这个编号已经用过，请刷新页面后重新填写。', [{ field: '/id', value: input.id, message: '换一个编号' }])
  const { id, account: _account, ...after } = input
  await leaveChange(
    tx,
    'access.appoint',
    { kind: 'account', id: account.accountId },
    { before: null, after, sensitive: ['reason'], detail: { appointment: id } },
  )
  tx.afterCommit(scopesChanged)
}

async function mustFitBody(tx: Tx, kind: PostKind, bodyId: string | null): Promise<void> {
  if (kind.of === 'tenant') return bodyId === null ? undefined : refuse('/body', bodyId, `${kind.name}管全市，不选组织`)
  const body = bodyId === null ? undefined : await findBody(tx, bodyId)
  if (body?.kind !== kind.of) refuse('/body', bodyId, kind.of === 'unit' ? `请选择${kind.name}所在的单位` : `请选择${kind.name}所在的党组织`)
}

/** Ends an appointment at once. */
export async function takeAppointment(tx: Tx, actor: Actor, id: string, reason: string): Promise<void> {
  const found = await tx.maybe(appointmentById, { tenantId: tx.tenant.id, id })
  if (found === undefined) throw new Refusal('not-found', '没有这个任命，请刷新列表再看。')
  if (found.personId === actor.personId) throw new Refusal('not-allowed', '不能结束自己的任命，请另一位安全管理员办理。')
  if (found.ended) return
  await tx.all(endAppointment, { tenantId: tx.tenant.id, id, by: actor.accountId, reason: reason.trim() })
  const was = { post: found.post, reason: null }
  await leaveChange(
    tx,
    'access.appointment-end',
    { kind: 'account', id: found.accountId },
    { before: was, after: { post: null, reason }, sensitive: ['reason'], detail: { appointment: id } },
  )
  tx.afterCommit(scopesChanged)
}

/** Ends every session of an account; how many there were. */
export async function forceOut(tx: Tx, actor: Actor, id: string): Promise<number> {
  await accountToChange(tx, actor, id)
  return endAllSessions(tx, id, 'ended-by-officer')
}

/** Forgets failed sign-ins of an account. */
export async function forgiveFailures(tx: Tx, actor: Actor, secrets: Secrets, id: string): Promise<void> {
  const { accountId } = await accountToChange(tx, actor, id)
  const { login } = await tx.one(accountById, { tenantId: tx.tenant.id, accountId })
  await tx.all(forgetFailures, { tenantId: tx.tenant.id, keys: keysOfAccount(secrets, { login, accountId }) })
  await leaveEntry(tx, 'access.throttle-lift', { kind: 'account', id })
}

/** Takes an account's second factors away, so that they are set anew at the next sign-in. The password stays the operator's to reset. */
export async function dropSecondFactor(tx: Tx, actor: Actor, id: string): Promise<void> {
  await accountToChange(tx, actor, id)
  await removeAuthenticator(tx, id)
  await tx.all(dropPasskeys, { tenantId: tx.tenant.id, id })
  await endAllSessions(tx, id, 'ended-by-officer')
  await leaveEntry(tx, 'access.second-factor-reset', { kind: 'account', id })
}
