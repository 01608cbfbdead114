// Texts to who asked: written down with the step, taken and marked by the job.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()

/** Notes a text of a step; nothing where no telephone is known. */
export const noteText = query(
  'hotline.note-text',
  Type.Object({}),
  (p: { tenantId: number; ticketId: string; revision: number; kind: 'entered' | 'answered' | 'closed'; at: string }) => sql`
  insert into hotline.message (tenant_id, ticket_id, revision, kind, at)
  select c.tenant_id, c.ticket_id, ${p.revision}::int, ${p.kind}, ${p.at}::timestamptz from {hotline.caller} c
  where c.tenant_id = ${p.tenantId} and c.ticket_id = ${p.ticketId} and c.phone <> '' on conflict do nothing`,
)

/** Takes texts that are due, as being sent: a crash in between sends nothing twice. */
export const takeTexts = query(
  'hotline.take-texts',
  Type.Object({ ticketId: Text, revision: Type.Integer(), kind: Text, tries: Type.Integer(), number: Text, phone: Text }),
  (p: { tenantId: number; limit: number }) => sql`
  with due as (
    select m.ticket_id, m.revision from hotline.message m where m.tenant_id = ${p.tenantId} and m.state = 'due' order by m.at limit ${p.limit} for update skip locked
  ), taken as (
    update hotline.message m set state = 'sending', tries = m.tries + 1 from due d
    where m.tenant_id = ${p.tenantId} and m.ticket_id = d.ticket_id and m.revision = d.revision returning m.ticket_id, m.revision, m.kind, m.tries
  )
  select m.ticket_id as "ticketId", m.revision, m.kind, m.tries, t.number::text as number, c.phone
  from taken m join {hotline.ticket} t on t.tenant_id = ${p.tenantId} and t.ticket_id = m.ticket_id join {hotline.caller} c on c.tenant_id = ${p.tenantId} and c.ticket_id = m.ticket_id`,
)

export const markText = query(
  'hotline.mark-text',
  Type.Object({}),
  (p: { tenantId: number; ticketId: string; revision: number; state: 'due' | 'sent' | 'failed' }) =>
    sql`update hotline.message set state = ${p.state} where tenant_id = ${p.tenantId} and ticket_id = ${p.ticketId} and revision = ${p.revision}`,
)
