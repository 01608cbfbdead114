// Statements of what waits on the hotline.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'
import { State } from '../hotline.contract.ts'
import { DeskRow } from './waiting.contract.ts'

/** The next deadline of whoever's turn it is. */
const turnDue = sql`case t.state when 'dispatched' then t.sign_due_at when 'handling' then t.unit_due_at else t.due_at end`

/** Open tickets counted by state, with the next deadline of whoever's turn it is. */
export const waitingByState = query(
  'hotline.waiting',
  Type.Object({
    state: State,
    count: Type.Integer(),
    overdue: Type.Integer(),
    extendAsked: Type.Integer(),
    firstDue: Type.Union([Type.String(), Type.Null()]),
  }),
  (p: { tenantId: number; at: string }) => sql`
  select t.state, count(*)::int as count, (count(*) filter (where t.due_at < ${p.at}::timestamptz))::int as overdue, (count(*) filter (where t.extend_asked))::int as "extendAsked",
    min(${turnDue}) as "firstDue"
  from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.closed_at is null group by t.state`,
)

export const ticketOfNumber = query(
  'hotline.of-number',
  Type.Object({ ticketId: Type.String(), title: Type.String(), state: State }),
  (p: { tenantId: number; number: string }) => sql`
  select t.ticket_id as "ticketId", t.title, t.state from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.number = ${p.number}::bigint`,
)

/** Open tickets in one of some states, the next deadline first. `after`: deadline and id of the last one before. */
export const deskTickets = query(
  'hotline.desk',
  Type.Object({ ...DeskRow.properties, turnDue: Type.String() }),
  (p: { tenantId: number; states: string[]; extendAsked: boolean | null; afterDue: string | null; afterId: string | null; most: number }) => sql`
  select t.ticket_id as "ticketId", t.number::text as number, t.title, t.state, t.class, t.category, t.county, t.place,
    (select u.name from org.unit u where u.tenant_id = t.tenant_id and u.unit_id = t.unit_id and u.known_until = 'infinity' order by u.valid_from desc limit 1) as "unitName",
    t.received_at as "receivedAt", t.due_at as "dueAt", t.sign_due_at as "signDueAt", t.respond_due_at as "respondDueAt", t.responded_at as "respondedAt",
    t.unit_due_at as "unitDueAt", t.transfers, t.rehandled, t.calls, t.supervised, t.extend_asked as "extendAsked", t.parent_id is not null as "isPart", t.turn_due as "turnDue"
  from (select t.*, ${turnDue} as turn_due from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.closed_at is null and t.state = any (${p.states}::text[])) t
  where (${p.extendAsked}::boolean is null or t.extend_asked = ${p.extendAsked}::boolean)
    and (${p.afterDue}::timestamptz is null or (t.turn_due, t.ticket_id) > (${p.afterDue}::timestamptz, ${p.afterId}::uuid))
  order by t.turn_due, t.ticket_id limit ${p.most}`,
)
