// Unmaskings: who sees personal data whole, for how long.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const UnmaskingRow = Type.Object({
  unmaskingId: Type.String(),
  sensitiveClass: Type.String(),
  bodyId: Type.Union([Type.String(), Type.Null()]),
  endsAt: Type.String(),
})
export type UnmaskingRow = Static<typeof UnmaskingRow>

const columns = sql`unmasking_id as "unmaskingId", class as "sensitiveClass", body_id as "bodyId", ends_at as "endsAt"`

export const unmaskingsOf = query(
  'access.unmaskings-of',
  UnmaskingRow,
  (p: { tenantId: number; sessionId: string }) => sql`
  select ${columns} from access.unmasking where tenant_id = ${p.tenantId} and session_id = ${p.sessionId} and ends_at > clock_timestamp() order by began_at`,
)

export const insertUnmasking = query(
  'access.insert-unmasking',
  UnmaskingRow,
  (p: {
    tenantId: number
    unmaskingId: string
    sessionId: string
    accountId: string
    sensitiveClass: string
    bodyId: string | null
    reason: string
    minutes: number
  }) => sql`
  insert into access.unmasking (tenant_id, unmasking_id, session_id, account_id, class, body_id, reason, ends_at)
  values (${p.tenantId}, ${p.unmaskingId}, ${p.sessionId}, ${p.accountId}, ${p.sensitiveClass}, ${p.bodyId}, ${p.reason}, clock_timestamp() + make_interval(mins => ${p.minutes}))
  returning ${columns}`,
)

/** Ends what a session has unmasked of a class. */
export const endUnmaskings = query(
  'access.end-unmaskings',
  UnmaskingRow,
  (p: { tenantId: number; sessionId: string; sensitiveClass: string }) => sql`
  update access.unmasking set ends_at = clock_timestamp()
  where tenant_id = ${p.tenantId} and session_id = ${p.sessionId} and class = ${p.sensitiveClass} and ends_at > clock_timestamp() returning ${columns}`,
)
