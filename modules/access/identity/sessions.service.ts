// Sessions of an account: what there is, and their end.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { securityPack } from '../access.pack.ts'
import type { OwnSession } from './identity.contract.ts'
import { deviceInWords } from './sessions.rules.ts'
import { endSessions, openSessions } from './sessions.sql.ts'

/** Why a session has ended. */
export type Why = 'ended-by-owner' | 'password-changed' | 'password-reset' | 'account-disabled' | 'ended-by-officer'

/** The account's sessions in force; `current` is the one that asks. */
export async function sessionsOf(tx: Tx, accountId: string, current: string): Promise<OwnSession[]> {
  const rows = await tx.all(openSessions, { tenantId: tx.tenant.id, accountId, idleMinutes: partOf(tx.tenant, securityPack).sessions.idle_minutes })
  return rows.map(({ agent, ...row }) => ({ ...row, device: deviceInWords(agent), current: row.id === current }))
}

/** Ends one session of the account. */
export async function endOneSession(tx: Tx, accountId: string, sessionId: string, why: Why): Promise<void> {
  if ((await end(tx, accountId, { only: sessionId, but: null, why })) === 0) throw new Refusal('not-found', '没有找到这个登录，可能已经退出。')
}

/** Ends all sessions of the account but one, or all where none is named; how many there were. */
export function endAllSessions(tx: Tx, accountId: string, why: Why, but: string | null = null): Promise<number> {
  return end(tx, accountId, { only: null, but, why })
}

async function end(tx: Tx, accountId: string, which: { only: string | null; but: string | null; why: Why }): Promise<number> {
  const ended = await tx.all(endSessions, { tenantId: tx.tenant.id, accountId, ...which })
  if (ended.length > 0) await leaveEntry(tx, 'access.session-end', { kind: 'account', id: accountId }, { why: which.why, sessions: ended.map(({ id }) => id) })
  tx.afterCommit(scopesChanged)
  return ended.length
}
