// Failed attempts by key, and until when the next one waits.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

/** Attempts with this key come one after the other until the end of the transaction: guesses sent together are counted one by one. */
export const takeTurn = query(
  'access.take-turn',
  Type.Object({ done: Type.Boolean() }),
  (p: { tenantId: number; key: string }) => sql`select pg_advisory_xact_lock(7010, hashtext(${p.tenantId}::int || ' ' || ${p.key}::text)) is null as "done"`,
)

/** Seconds that the keys still have to wait; 0 where none has. */
export const waitLeft = query(
  'access.wait-left',
  Type.Object({ seconds: Type.Number() }),
  (p: { tenantId: number; keys: string[] }) => sql`
  select coalesce(max(extract(epoch from blocked_until - clock_timestamp())), 0)::float8 as seconds from access.throttle
  where tenant_id = ${p.tenantId} and key = any(${p.keys}::text[]) and blocked_until > clock_timestamp()`,
)

/** Those of the keys that have to wait now. */
export const blockedKeys = query(
  'access.blocked-keys',
  Type.Object({ key: Type.String() }),
  (p: { tenantId: number; keys: string[] }) => sql`
  select key from access.throttle where tenant_id = ${p.tenantId} and key = any(${p.keys}::text[]) and blocked_until > clock_timestamp()`,
)

/** One more failure; counting begins anew where nothing happened within the window. */
export const countFailure = query(
  'access.count-failure',
  Type.Object({ failures: Type.Integer() }),
  (p: { tenantId: number; key: string; windowMinutes: number }) => sql`
  insert into access.throttle as t (tenant_id, key, failures, since) values (${p.tenantId}, ${p.key}, 1, clock_timestamp())
  on conflict (tenant_id, key) do update set
    failures = case when greatest(t.since, t.blocked_until) < clock_timestamp() - make_interval(mins => ${p.windowMinutes}) then 1 else t.failures + 1 end,
    since = case when greatest(t.since, t.blocked_until) < clock_timestamp() - make_interval(mins => ${p.windowMinutes}) then clock_timestamp() else t.since end
  returning failures`,
)

export const blockFor = query(
  'access.block-for',
  Type.Object({}),
  (p: { tenantId: number; key: string; seconds: number }) => sql`
  update access.throttle set blocked_until = clock_timestamp() + make_interval(secs => ${p.seconds}) where tenant_id = ${p.tenantId} and key = ${p.key}`,
)

export const forgetFailures = query(
  'access.forget-failures',
  Type.Object({}),
  (p: { tenantId: number; keys: string[] }) => sql`delete from access.throttle where tenant_id = ${p.tenantId} and key = any(${p.keys}::text[])`,
)
