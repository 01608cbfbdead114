// Sessions of an account: listed and ended.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const OpenSessionRow = Type.Object({
  id: Type.String(),
  method: Type.String(),
  address: Type.String(),
  agent: Type.String(),
  since: Type.String(),
  lastSeen: Type.String(),
})
export type OpenSessionRow = Static<typeof OpenSessionRow>

/** Sessions in force, the last used first. */
export const openSessions = query(
  'access.open-sessions',
  OpenSessionRow,
  (p: { tenantId: number; accountId: string; idleMinutes: number }) => sql`
  select session_id as id, method, address, agent, created_at as since, last_seen_at as "lastSeen" from access.session
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and ended_at is null and expires_at > clock_timestamp()
    and last_seen_at > clock_timestamp() - make_interval(mins => ${p.idleMinutes})
  order by last_seen_at desc, session_id limit 100`,
)

/** Ends sessions of an account: one, or all but one; a row for each that had not ended before. */
export const endSessions = query(
  'access.end-sessions',
  Type.Object({ id: Type.String() }),
  (p: { tenantId: number; accountId: string; only: string | null; but: string | null; why: string }) => sql`
  update access.session set ended_at = clock_timestamp(), ended_why = ${p.why}
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and ended_at is null and expires_at > clock_timestamp()
    and (${p.only}::uuid is null or session_id = ${p.only}::uuid) and (${p.but}::uuid is null or session_id <> ${p.but}::uuid)
  returning session_id as id`,
)
