// What the citizen may read of a ticket: found by its number; its steps without who made them.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

/** The ticket of a public number; a part of another has none for citizens. */
export const ticketOfNumber = query(
  'hotline.citizen-number',
  Type.Object({ ticketId: Text }),
  (p: { tenantId: number; number: string }) =>
    sql`select t.ticket_id as "ticketId" from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.number = ${p.number}::bigint and t.parent_id is null`,
)

/** Steps in order, with the unit that had the ticket after each, by the newest name it has. */
export const toldSteps = query(
  'hotline.citizen-steps',
  Type.Object({ step: Text, unit: MaybeText, told: Text, note: Text, at: Text }),
  (p: { tenantId: number; ticketId: string }) => sql`
  select s.step, u.name as unit, s.told, case when s.step = 'return' then s.note else '' end as note, s.at
  from {hotline.step} s left join lateral (
    select v.name from org.unit v where v.tenant_id = s.tenant_id and v.unit_id = s.unit_id and v.known_until = 'infinity' order by v.valid_from desc limit 1) u on true
  where s.tenant_id = ${p.tenantId} and s.ticket_id = ${p.ticketId} order by s.revision`,
)
