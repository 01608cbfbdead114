// Signing in with a password, and with a code where the account has an authenticator. Guesses are counted and slowed down.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { transaction } from '#server/kit/db.ts'
import { type Call, Kept, type Preparing } from '#server/kit/route.ts'
import type { Session } from '../access.contract.ts'
import { type AccountRow, accountByLogin } from '../access.sql.ts'
import { letIn } from './arrival.service.ts'
import { needsCode, useCode } from './authenticator.service.ts'
import { fault, passwordIsThatOf } from './passwords.service.ts'
import { type Counts, countsOfSignIn, forgive, mustWait, noteFailure, secondsToWait, waitOfTurn } from './throttle.service.ts'

export interface Given {
  account: string
  password: string
  code?: string
}

/** An attempt as it looks before its transaction opens. `wait`: it has to come again in so many seconds, and its password was not looked at. */
export interface Attempt {
  login: string
  counts: Counts
  wait: number
  account: AccountRow | undefined
  fits: boolean
}

/** Looks at the password outside any transaction; accounts that are not there take the same work. */
export async function attempt({ pool, tenant, request, secrets, body }: Preparing<unknown, unknown, Given>): Promise<Attempt> {
  const login = body.account.trim()
  const counts = countsOfSignIn(secrets, tenant, request, login)
  const found = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => ({
    wait: await secondsToWait(tx, counts),
    account: await tx.maybe(accountByLogin, { tenantId: tenant.id, login }),
  }))
  const fits = found.wait === 0 && (await passwordIsThatOf(found.account?.passwordHash ?? null, body.password))
  return { login, counts, fits, ...found }
}

/** Lets the account in, or tells with one sentence for every kind of mistake that it is not let in. */
export async function signInWith(call: Call<unknown, unknown, Given> & { prepared: Attempt }): Promise<Session | Kept> {
  const { tx, secrets, reply, body, prepared } = call
  const { counts, account, fits } = prepared
  const wait = Math.max(prepared.wait, await waitOfTurn(tx, counts))
  if (wait > 0) return mustWait(reply, wait)
  if (account === undefined || !fits) {
    return refused(call, 'password', new Refusal('not-signed-in', '账号或密码不对，请核对后再试。', fault('/password', '账号或密码不对')))
  }
  const asks = await needsCode(tx, account)
  if (asks && body.code === undefined) throw new Refusal('second-factor', '密码对了。请再输入验证器里的 6 位数字，或一个恢复码。')
  const by = asks ? await useCode(tx, secrets, account.accountId, body.code ?? '') : 'password'
  if (by === undefined) {
    return refused(call, 'code', new Refusal('second-factor', '验证码不对，或者已经用过。请等应用显示下一个再试。', fault('/code', '验证码不对')))
  }
  forgive(tx, counts)
  return letIn(call, account, by)
}

/** Counts the failure and leaves its entry; of who was meant it holds a mark, which tells the same login from another but not which it is. */
async function refused(
  { tx, secrets, prepared: { login, counts } }: Call<unknown, unknown, Given> & { prepared: Attempt },
  wrong: 'password' | 'code',
  refusal: Refusal,
): Promise<Kept> {
  const wait = await noteFailure(tx, counts)
  await leaveEntry(tx, 'access.sign-in-refused', { kind: 'login', id: loginMark(secrets, tx.tenant.id, login) }, { wrong, wait })
  return new Kept(refusal)
}

/** What stands for a login in audit entries of refused sign-ins. */
export function loginMark(secrets: Call<unknown, unknown, unknown>['secrets'], tenantId: number, login: string): string {
  return secrets.mark('login', `${tenantId} ${login}`).slice(0, 22)
}
