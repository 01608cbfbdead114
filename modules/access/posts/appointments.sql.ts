// Appointments: posts that an account has without a holding of its person in the organisation.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

/** `until`: the first day without the post; null: none is set. No row where the id was used before. */
export const insertAppointment = query(
  'access.insert-appointment',
  Type.Object({ id: Type.String() }),
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
  values (${p.tenantId}, ${p.appointmentId}, ${p.accountId}, ${p.post}, ${p.bodyId}, ${p.from}::date, coalesce(${p.until}::date, 'infinity'), ${p.reason}, ${p.madeBy})
  on conflict (tenant_id, appointment_id) do nothing returning appointment_id as id`,
)

/** Appointments of an account to a post in a body that hold on a day or later. */
export const sameAppointments = query(
  'access.same-appointments',
  Type.Object({ appointmentId: Type.String() }),
  (p: { tenantId: number; accountId: string; post: string; bodyId: string | null; on: string }) => sql`
  select appointment_id as "appointmentId" from access.appointment
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and post = ${p.post} and body_id is not distinct from ${p.bodyId}::uuid
    and valid_until > ${p.on}::date and ended_at is null`,
)

export const appointmentById = query(
  'access.appointment-by-id',
  Type.Object({ accountId: Type.String(), personId: Type.String(), post: Type.String(), ended: Type.Boolean() }),
  (p: { tenantId: number; id: string }) => sql`
  select m.account_id as "accountId", a.person_id as "personId", m.post, m.ended_at is not null as ended from access.appointment m
  join access.account a on a.tenant_id = m.tenant_id and a.account_id = m.account_id
  where m.tenant_id = ${p.tenantId} and m.appointment_id = ${p.id} for update of m`,
)

export const endAppointment = query(
  'access.end-appointment',
  Type.Object({}),
  (p: { tenantId: number; id: string; by: string; reason: string }) => sql`
  update access.appointment set ended_at = clock_timestamp(), ended_by = ${p.by}, end_reason = ${p.reason} where tenant_id = ${p.tenantId} and appointment_id = ${p.id} and ended_at is null`,
)
