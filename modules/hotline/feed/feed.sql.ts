// Statements of feeds: how far one is, the tickets it brought, what a batch changes.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'
import { Ticket } from '../hotline.contract.ts'
import { ticketColumns } from '../hotline.sql.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

/** Begins a batch of a source: batches of one source come one after the other. */
export const holdFeed = query(
  'hotline.hold-feed',
  Type.Object({ cursor: Text }),
  (p: { tenantId: number; source: string; at: string }) => sql`
  insert into hotline.feed as f (tenant_id, source, read_at) values (${p.tenantId}, ${p.source}, ${p.at})
  on conflict (tenant_id, source) do update set read_at = excluded.read_at returning f.cursor`,
)
export const noteFeed = query(
  'hotline.note-feed',
  Type.Object({ newestAt: MaybeText, cursor: Text }),
  (p: { tenantId: number; source: string; cursor: string | null; newestAt: string | null; taken: number; stale: number; refused: number }) => sql`
  update hotline.feed f set cursor = coalesce(${p.cursor}, f.cursor), newest_at = greatest(f.newest_at, ${p.newestAt}::timestamptz),
    taken = f.taken + ${p.taken}::int, stale = f.stale + ${p.stale}::int, refused = f.refused + ${p.refused}::int
  where f.tenant_id = ${p.tenantId} and f.source = ${p.source} returning f.newest_at as "newestAt", f.cursor`,
)
export const feedsOf = query(
  'hotline.feeds',
  Type.Object({ source: Text, cursor: Text, newestAt: MaybeText, taken: Type.Integer(), stale: Type.Integer(), refused: Type.Integer(), readAt: Text }),
  (p: { tenantId: number }) => sql`
  select f.source, f.cursor, f.newest_at as "newestAt", f.taken::int as taken, f.stale::int as stale, f.refused::int as refused, f.read_at as "readAt"
  from hotline.feed f where f.tenant_id = ${p.tenantId} order by f.source`,
)

/** Tickets that a source brought, with the mark of the event that they stand at. */
export const fedTickets = query(
  'hotline.fed',
  Type.Object({ ...Ticket.properties, sourceId: Text, digest: MaybeText }),
  (p: { tenantId: number; source: string; ids: string[] }) => sql`
  select ${ticketColumns}, t.source_id as "sourceId", s.fields ->> 'digest' as digest
  from {hotline.ticket} t left join {hotline.step} s on s.tenant_id = t.tenant_id and s.ticket_id = t.ticket_id and s.revision = t.revision
  where t.tenant_id = ${p.tenantId} and t.source = ${p.source} and t.source_id = any (${p.ids}::text[]) order by t.ticket_id for update of t`,
)
export const unitsCalled = query(
  'hotline.units-called',
  Type.Object({ unitId: Text, name: Text }),
  (p: { tenantId: number; names: string[]; on: string }) => sql`
  select u.unit_id as "unitId", u.name from org.unit u
  where u.tenant_id = ${p.tenantId} and u.known_until = 'infinity' and u.valid_from <= ${p.on}::date and u.valid_until > ${p.on}::date
    and (u.name = any (${p.names}::text[]) or u.unit_id::text = any (${p.names}::text[]))`,
)

/** Writes tickets as events tell them; `rows` are whole tickets with `day` for a new number, `contents` and `steps` rows of their tables, `versions` those whose former state is kept. */
export const writeFed = query(
  'hotline.write-fed',
  Type.Object({}),
  (p: { tenantId: number; rows: string; contents: string; steps: string; versions: string[]; at: string }) => sql`
  with kept as (
    insert into hotline.ticket_was select r.* from {hotline.ticket} t, lateral jsonb_populate_record(null::hotline.ticket_was, to_jsonb(t) || jsonb_build_object('known_until', ${p.at}::timestamptz)) r
    where t.tenant_id = ${p.tenantId} and t.ticket_id = any (${p.versions}::uuid[])
  ), written as (
    insert into hotline.ticket as t select r.* from jsonb_array_elements(${p.rows}::jsonb) e, lateral jsonb_populate_record(null::hotline.ticket,
      case when e ->> 'number' = '0' then e || jsonb_build_object('number', (e ->> 'day')::bigint * 1000000 + nextval('hotline.number_seq') % 1000000) else e end) r
    on conflict (tenant_id, ticket_id) do update set
      (unit_id, received_at, due_at, dispatched_at, sign_due_at, signed_at, respond_due_at, responded_at, unit_due_at, answered_at, called_at, closed_at, known_from, revision, satisfaction, transfers, rehandled,
        direct, reached, solved, withheld, state, channel, class, category, county, place, title) =
      row (excluded.unit_id, excluded.received_at, excluded.due_at, excluded.dispatched_at, excluded.sign_due_at, excluded.signed_at, excluded.respond_due_at, excluded.responded_at, excluded.unit_due_at,
        excluded.answered_at, excluded.called_at, excluded.closed_at, excluded.known_from, excluded.revision, excluded.satisfaction, excluded.transfers, excluded.rehandled, excluded.direct, excluded.reached,
        excluded.solved, excluded.withheld, excluded.state, excluded.channel, excluded.class, excluded.category, excluded.county, excluded.place, excluded.title)
  ), told as (
    insert into hotline.content (tenant_id, ticket_id, body, answer) select r.tenant_id, r.ticket_id, r.body, r.answer from jsonb_populate_recordset(null::hotline.content, ${p.contents}::jsonb) r
    on conflict (tenant_id, ticket_id) do update set body = excluded.body, answer = excluded.answer, folded = false
  )
  insert into hotline.step select r.* from jsonb_populate_recordset(null::hotline.step, ${p.steps}::jsonb) r`,
)
export const setCursor = query(
  'hotline.feed-cursor',
  Type.Object({ cursor: Text }),
  (p: { tenantId: number; source: string; cursor: string }) =>
    sql`update hotline.feed f set cursor = ${p.cursor} where f.tenant_id = ${p.tenantId} and f.source = ${p.source} returning f.cursor`,
)
