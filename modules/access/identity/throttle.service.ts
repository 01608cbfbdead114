// Guessing is slowed down: failed attempts are counted, and after some the next one has to wait. Whoever comes on a device that the
// account is known on has a count of their own, so strangers' guesses don't lock them out.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { Kept } from '#server/kit/route.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { securityPack } from '../access.pack.ts'
import { knownDevice } from './cookies.ts'
import { networkOf, waitAfter, waitInWords } from './throttle.rules.ts'
import { blockFor, countFailure, forgetFailures, takeTurn, waitLeft } from './throttle.sql.ts'

/** What attempts are counted by; the keys tell neither login nor address. */
export interface Counts {
  /** The thing that is guessed at, by whom as far as that is known. */
  main: string
  /** Where strangers come from; undefined for whoever is known. */
  address: string | undefined
}

function keyOf(secrets: Secrets, what: string): string {
  return secrets.mark('throttle', what)
}

/** The keys of an account that an officer may free: what strangers guess at from new devices, and what is asked for inside its sessions. */
export function keysOfAccount(secrets: Secrets, { login, accountId }: { login: string; accountId: string }): string[] {
  return [keyOf(secrets, `account ${login}`), countsInside(secrets, accountId).main]
}

/** The counts of a sign-in: by account and device where the account is known on it, else by account and by address. */
export function countsOfSignIn(secrets: Secrets, tenant: Tenant, request: FastifyRequest, login: string): Counts {
  const device = knownDevice(request, secrets, tenant, login)
  return device === undefined
    ? { main: keyOf(secrets, `account ${login}`), address: keyOf(secrets, `address ${networkOf(request.ip)}`) }
    : { main: keyOf(secrets, `device ${login} ${device}`), address: undefined }
}

/** The count of passwords and codes asked for inside a session. */
export function countsInside(secrets: Secrets, accountId: string): Counts {
  return { main: keyOf(secrets, `inside ${accountId}`), address: undefined }
}

/** The counts of guesses at something that no account stands behind: by the thing, and by the address. */
export function countsOfGuess(secrets: Secrets, request: FastifyRequest, what: string): Counts {
  return { main: keyOf(secrets, `guess ${what}`), address: keyOf(secrets, `guesses from ${networkOf(request.ip)}`) }
}

const keysOf = ({ main, address }: Counts): string[] => (address === undefined ? [main] : [main, address])

/** Seconds that the next attempt has to wait; 0 where it may come. */
export async function secondsToWait(tx: Tx, counts: Counts): Promise<number> {
  return (await tx.one(waitLeft, { tenantId: tx.tenant.id, keys: keysOf(counts) })).seconds
}

/** Takes the attempt's turn among those at the same thing, and tells how many seconds it has to wait. */
export async function waitOfTurn(tx: Tx, counts: Counts): Promise<number> {
  tx.append(takeTurn, { tenantId: tx.tenant.id, key: counts.main })
  return secondsToWait(tx, counts)
}

/** Counts a failed attempt; the seconds that the next one has to wait. */
export async function noteFailure(tx: Tx, counts: Counts): Promise<number> {
  const { window_minutes: windowMinutes, per_account, per_address } = partOf(tx.tenant, securityPack).failures
  const tenantId = tx.tenant.id
  const waits = []
  for (const key of keysOf(counts)) {
    const { failures } = await tx.one(countFailure, { tenantId, key, windowMinutes })
    const seconds = waitAfter(failures, key === counts.main ? per_account : per_address)
    if (seconds > 0) tx.append(blockFor, { tenantId, key, seconds })
    waits.push(seconds)
  }
  return Math.max(...waits)
}

/** After a success: nothing is held against the next attempt at the same thing. The address's count stays, or one's own account would clear it. */
export function forgive(tx: Tx, { main }: Counts): void {
  tx.append(forgetFailures, { tenantId: tx.tenant.id, keys: [main] })
}

/** The answer to whoever has to wait. */
export function mustWait(reply: FastifyReply, seconds: number): Kept {
  reply.header('retry-after', Math.ceil(seconds))
  return new Kept(new Refusal('too-many', `尝试的次数太多，请过 ${waitInWords(seconds)}再试。忘记密码的，请系统管理员重置。`))
}
