// Which posts an account has on a day.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const PostRow = Type.Object({
  post: Type.String(),
  bodyId: Type.Union([Type.String(), Type.Null()]),
  by: Type.String(),
  until: Type.Union([Type.String(), Type.Null()]),
})
export type PostRow = Static<typeof PostRow>

/**
 * Posts of an account on a day: holdings of its person, its appointments, and what is delegated to its person.
 * A cover gives a post only while its giver still holds it.
 */
export const postsHeld = query(
  'access.posts-held',
  PostRow,
  (p: { accountId: string; personId: string; on: string; asOf: string }) => sql`
  with held as not materialized (select post, body_id, person_id from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz))
  select post, body_id as "bodyId", 'holding' as by, null::date as until from held where person_id = ${p.personId}
  union all
  select a.post, a.body_id, 'appointment', nullif(a.valid_until, 'infinity') from access.appointment a
  where a.tenant_id = (select kit.tenant_id()) and a.account_id = ${p.accountId} and a.valid_from <= ${p.on}::date and a.valid_until > ${p.on}::date and a.ended_at is null
  union all
  select d.post, d.body_id, 'delegation', d.ends_on from access.delegation d
  where d.tenant_id = (select kit.tenant_id()) and d.person_id = ${p.personId} and d.starts_on <= ${p.on}::date and d.ends_on >= ${p.on}::date and d.ended_at is null
    and (d.kind = 'acting' or exists (select from held where held.post = d.post and held.body_id = d.body_id and held.person_id = d.giver_id))`,
)

export const insertAppointment = query(
  'access.insert-appointment',
  Type.Object({}),
  (p: {
    tenantId: number
    appointmentId: string
    accountId: string
    post: string
    bodyId: string | null
    from: string
    until: string | null
    reason: string
    madeBy: string | null
  }) => sql`
  insert into access.appointment (tenant_id, appointment_id, account_id, post, body_id, valid_from, valid_until, reason, made_by)
  values (${p.tenantId}, ${p.appointmentId}, ${p.accountId}, ${p.post}, ${p.bodyId}, ${p.from}::date, coalesce(${p.until}::date, 'infinity'), ${p.reason}, ${p.madeBy})`,
)
