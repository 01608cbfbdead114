// A second factor: the authenticator's code, or a recovery code in its place.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Actor, scopesChanged } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import { securityPack } from '../access.pack.ts'
import { type AccountRow, accountById } from '../access.sql.ts'
import { postsOf } from '../posts/posts.service.ts'
import { isTimeCode, newAuthenticator, newRecoveryCodes, plainCode, recoveryHash, stepOfCode } from './authenticator.rules.ts'
import { authenticatorOf, dropAuthenticator, dropRecoveryCodes, insertRecoveryCodes, setAuthenticator, useRecoveryCode, useStep } from './authenticator.sql.ts'
import { fault } from './passwords.service.ts'

/** An enrolment must be finished within so many minutes. */
const ENROLMENT_MINUTES = 15
const SEALED = 'totp'
const TICKET = 'totp-enrolment'

/** Whether the password alone won't do: where there is an authenticator, or only a passkey and a post that asks for a second factor. */
export async function needsCode(tx: Tx, account: AccountRow): Promise<boolean> {
  if (!account.secondFactor) return false
  const { secret } = await tx.one(authenticatorOf, { tenantId: tx.tenant.id, accountId: account.accountId })
  return secret !== null || asksForSecondFactor(tx, await postsOf(tx, account))
}

/** Whether the pack asks holders of one of these posts for a second factor. */
export function asksForSecondFactor(tx: Tx, posts: Actor['posts']): boolean {
  const asking = partOf(tx.tenant, securityPack).second_factor_posts
  return posts.some(({ post }) => asking.includes(post))
}

/** By what the code is the account's, each good once; undefined for a wrong one. */
export async function useCode(tx: Tx, secrets: Secrets, accountId: string, typed: string): Promise<'password-code' | 'recovery-code' | undefined> {
  const [tenantId, code] = [tx.tenant.id, plainCode(typed)]
  if (!isTimeCode(code)) {
    const used = await tx.maybe(useRecoveryCode, { tenantId, accountId, codeHash: recoveryHash(accountId, code) })
    return used === undefined ? undefined : 'recovery-code'
  }
  const { secret } = await tx.one(authenticatorOf, { tenantId, accountId })
  const step = secret === null ? undefined : stepOfCode(secrets.open(SEALED, accountId, secret), code, Date.now())
  return step !== undefined && (await tx.maybe(useStep, { tenantId, accountId, step })) !== undefined ? 'password-code' : undefined
}

/** A new secret for an authenticator app. The ticket is to come back with a code; nothing is stored before. */
export function startAuthenticator(secrets: Secrets, account: AccountRow): { ticket: string; secret: string; uri: string } {
  const { secret, uri } = newAuthenticator(account.login)
  const until = Date.now() + ENROLMENT_MINUTES * 60_000
  return { ticket: secrets.seal(TICKET, account.accountId, `${until} ${secret}`), secret, uri }
}

function secretOfTicket(secrets: Secrets, accountId: string, ticket: string): string {
  let text = ''
  try {
    text = secrets.open(TICKET, accountId, ticket)
  } catch {
    // Not sealed by us, or for another account: the same as one that is too old.
  }
  const [until, secret] = text.split(' ')
  if (secret === undefined || Number(until) < Date.now()) throw new Refusal('gone', '这次设置已经过期，请重新开始。')
  return secret
}

/** Finishes an enrolment with a code of the app; the account's new recovery codes. */
export async function confirmAuthenticator(tx: Tx, secrets: Secrets, accountId: string, given: { ticket: string; code: string }): Promise<string[]> {
  const secret = secretOfTicket(secrets, accountId, given.ticket)
  const step = stepOfCode(secret, plainCode(given.code), Date.now())
  if (step === undefined) throw new Refusal('invalid', '验证码不对。请看应用里现在显示的 6 位数字，并核对手机的时间。', fault('/code', '验证码不对'))
  const set = await tx.maybe(setAuthenticator, { tenantId: tx.tenant.id, accountId, secret: secrets.seal(SEALED, accountId, secret), step })
  if (set === undefined) throw new Refusal('conflict', '已经有验证器了。要换一个，请先停用原来的。')
  await leaveEntry(tx, 'access.authenticator-add', { kind: 'account', id: accountId })
  tx.afterCommit(scopesChanged)
  return newCodes(tx, accountId)
}

/** Takes the authenticator away; a second time does nothing. Recovery codes go with it. */
export async function removeAuthenticator(tx: Tx, accountId: string): Promise<void> {
  const dropped = await tx.maybe(dropAuthenticator, { tenantId: tx.tenant.id, accountId })
  if (dropped === undefined) return
  tx.append(dropRecoveryCodes, { tenantId: tx.tenant.id, accountId })
  await leaveEntry(tx, 'access.authenticator-remove', { kind: 'account', id: accountId })
  tx.afterCommit(scopesChanged)
}

/** Ten new recovery codes on the account's own wish. Told here and never again. */
export async function renewedCodes(tx: Tx, accountId: string): Promise<string[]> {
  const { secondFactor } = await tx.one(accountById, { tenantId: tx.tenant.id, accountId })
  if (!secondFactor) throw new Refusal('conflict', '恢复码代替验证器的验证码。请先设置验证器。')
  await leaveEntry(tx, 'access.recovery-codes', { kind: 'account', id: accountId })
  return newCodes(tx, accountId)
}

function newCodes(tx: Tx, accountId: string): string[] {
  const codes = newRecoveryCodes()
  tx.append(dropRecoveryCodes, { tenantId: tx.tenant.id, accountId })
  tx.append(insertRecoveryCodes, { tenantId: tx.tenant.id, accountId, codeHashes: codes.map((code) => recoveryHash(accountId, code)) })
  return codes
}
