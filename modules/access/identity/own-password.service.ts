// What one may change of one's account only by showing its password once more.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import { transaction } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { type Call, Kept, type Preparing } from '#server/kit/route.ts'
import { securityPack } from '../access.pack.ts'
import { type AccountRow, accountById, setPassword } from '../access.sql.ts'
import { fault, hashOfNew, passwordFault, passwordIsThatOf } from './passwords.service.ts'
import { endAllSessions } from './sessions.service.ts'
import { type Counts, countsInside, forgive, mustWait, noteFailure, secondsToWait, waitOfTurn } from './throttle.service.ts'

/** The caller's account, and whether the password is its own. An account without one has shown itself by its session. */
export interface Shown {
  account: AccountRow
  counts: Counts
  wait: number
  fits: boolean
}

/** Looks at the password that was sent along, outside any transaction. */
export async function showing({ pool, tenant, actor, secrets, body }: Preparing<unknown, unknown, { password: string }>): Promise<Shown> {
  const counts = countsInside(secrets, actor.accountId)
  const { account, wait } = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => ({
    account: await tx.one(accountById, { tenantId: tenant.id, accountId: actor.accountId }),
    wait: await secondsToWait(tx, counts),
  }))
  const fits = wait === 0 && (account.passwordHash === null || (await passwordIsThatOf(account.passwordHash, body.password)))
  return { account, counts, wait, fits }
}

/** Does `work` where the password was right; counts a wrong one. */
export async function ifShown<T>({ tx, reply, prepared }: Call<unknown, unknown, unknown> & { prepared: Shown }, work: () => Promise<T>): Promise<T | Kept> {
  const wait = Math.max(prepared.wait, await waitOfTurn(tx, prepared.counts))
  if (wait > 0) return mustWait(reply, wait)
  if (prepared.fits) {
    forgive(tx, prepared.counts)
    return work()
  }
  await noteFailure(tx, prepared.counts)
  await leaveEntry(tx, 'access.password-refused', { kind: 'account', id: prepared.account.accountId })
  return new Kept(new Refusal('invalid', '现在的密码不对，请核对后再试。', fault('/password', '密码不对')))
}

export interface NewPassword extends Shown {
  nextHash: string
}

/** Looks at both passwords, and hashes the new one, outside any transaction. */
export async function changing(call: Preparing<unknown, unknown, { password: string; next: string }>): Promise<NewPassword> {
  const shown = await showing(call)
  const { next, password } = call.body
  if (shown.account.passwordHash === null) throw new Refusal('conflict', '您的账号没有密码，用通行密钥或统一身份登录。需要密码的，请系统管理员设置。')
  const wrong =
    next === password
      ? '新密码和现在的一样，请换一个'
      : await passwordFault(next, { login: shown.account.login, shortest: partOf(call.tenant, securityPack).passwords.shortest })
  if (wrong !== undefined) throw new Refusal('invalid', `${wrong}。`, fault('/next', wrong))
  return { ...shown, nextHash: shown.fits ? await hashOfNew(next) : '' }
}

/** Sets the new password and ends the account's other sessions; how many there were. */
export async function change(call: Call<unknown, unknown, unknown> & { prepared: NewPassword }): Promise<{ ended: number } | Kept> {
  const { tx, actor, prepared } = call
  return ifShown(call, async () => {
    await tx.all(setPassword, { tenantId: tx.tenant.id, accountId: actor.accountId, passwordHash: prepared.nextHash, mustChange: false })
    await leaveEntry(tx, 'access.password-change', { kind: 'account', id: actor.accountId })
    tx.afterCommit(scopesChanged)
    return { ended: await endAllSessions(tx, actor.accountId, 'password-changed', actor.sessionId) }
  })
}
