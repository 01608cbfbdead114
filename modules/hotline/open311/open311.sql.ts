// What Open311 tells of tickets: no person, no words; what is withheld is left out.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'
import { State } from '../hotline.contract.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

/** Requests by number, or of a span of time, newest first. */
export const publicRequests = query(
  'hotline.open311-requests',
  Type.Object({ number: Text, state: State, category: Text, county: Text, unit: MaybeText, receivedAt: Text, updatedAt: Text, dueAt: Text }),
  (p: {
    tenantId: number
    numbers: string[] | null
    since: string
    until: string
    categories: string[] | null
    closed: boolean | null
    limit: number
    offset: number
  }) => sql`
  select t.number::text as number, t.state, t.category, t.county, t.received_at as "receivedAt", t.due_at as "dueAt",
    greatest(t.received_at, t.dispatched_at, t.signed_at, t.responded_at, t.answered_at, t.called_at, t.closed_at) as "updatedAt",
    (select u.name from org.unit u where u.tenant_id = t.tenant_id and u.unit_id = t.unit_id and u.known_until = 'infinity' order by u.valid_from desc limit 1) as unit
  from {hotline.ticket} t
  where t.tenant_id = ${p.tenantId} and t.parent_id is null and not t.withheld
    and (${p.numbers}::bigint[] is null or t.number = any (${p.numbers}::bigint[]))
    and (${p.numbers}::bigint[] is not null or (t.received_at >= ${p.since}::timestamptz and t.received_at <= ${p.until}::timestamptz))
    and (${p.categories}::text[] is null or t.category = any (${p.categories}::text[]))
    and (${p.closed}::boolean is null or (t.closed_at is not null) = ${p.closed}::boolean)
  order by t.received_at desc, t.ticket_id desc limit ${p.limit} offset ${p.offset}`,
)
