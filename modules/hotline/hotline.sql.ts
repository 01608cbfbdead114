// Statements of tickets: enter, hold, step, read one; who could settle it; what may be the same. Lists, rates and exchange have their own.
import { Type } from 'typebox'
import { ofScope, protect, query, type Sql, sql } from '#server/kit/sql.ts'
import { State, Ticket } from './hotline.contract.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

protect('hotline.ticket', ofScope('unit_id'))
protect('hotline.ticket_was', ofScope('unit_id'))
// Keys of the other dimensions are nobody's id.
protect('hotline.tally', () => 'it.key = any ((select kit.scope())::text[])')
protect('hotline.tally_change', ofScope('unit_id'))
for (const table of ['content', 'step', 'attachment'])
  protect(`hotline.${table}`, () => 'exists (select from {hotline.ticket} t where t.tenant_id = it.tenant_id and t.ticket_id = it.ticket_id)')
protect('hotline.caller', () => 'exists (select from {hotline.ticket} t where t.tenant_id = it.tenant_id and t.ticket_id = it.ticket_id and not t.withheld)')

const { number: _number, ...plain } = Ticket.properties
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const raw = (text: string): Sql => sql([text] as unknown as TemplateStringsArray)

/** A ticket's columns as `Ticket` has them. */
export const ticketColumns: Sql = raw(['t.number::text as number', ...Object.keys(plain).map((name) => `t.${snake(name)} as "${name}"`)].join(', '))

/** Values under the names of their columns. */
export function columnsOf(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [snake(name), value]))
}

interface Key {
  tenantId: number
  ticketId: string
}

/** The newest name of a unit, whatever has become of it. */
const unitName = (id: Sql): Sql =>
  sql`(select u.name from org.unit u where u.tenant_id = (select kit.tenant_id()) and u.unit_id = ${id} and u.known_until = 'infinity' order by u.valid_from desc limit 1)`

export const ticketById = query(
  'hotline.ticket',
  Type.Object({ ...Ticket.properties, unitName: MaybeText, body: Text, answer: Text }),
  (p: Key) => sql`
  select ${ticketColumns}, ${unitName(sql`t.unit_id`)} as "unitName", coalesce(c.body, '') as body, coalesce(c.answer, '') as answer
  from {hotline.ticket} t left join {hotline.content} c on c.tenant_id = t.tenant_id and c.ticket_id = t.ticket_id
  where t.tenant_id = ${p.tenantId} and t.ticket_id = ${p.ticketId}`,
)

export const callerOf = query(
  'hotline.caller',
  Type.Object({ name: Text, phone: Text }),
  (p: Key) => sql`select c.name, c.phone from {hotline.caller} c where c.tenant_id = ${p.tenantId} and c.ticket_id = ${p.ticketId}`,
)

export const ticketToStep = query(
  'hotline.to-step',
  Ticket,
  (p: Key) => sql`select ${ticketColumns} from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.ticket_id = ${p.ticketId} for update`,
)

/** A ticket by its public number, in any scope that sees it. */
export const ticketByNumber = query(
  'hotline.by-number',
  Type.Object({ ticketId: Text }),
  (p: { tenantId: number; number: string }) =>
    sql`select t.ticket_id as "ticketId" from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.number = ${p.number}::bigint`,
)

const StepRow = Type.Object({
  revision: Type.Integer(),
  step: Text,
  to: State,
  unit: MaybeText,
  side: Text,
  told: Text,
  note: Text,
  stepId: MaybeText,
  authorId: MaybeText,
  personId: MaybeText,
  author: MaybeText,
  at: Text,
})

export const stepsOf = query(
  'hotline.steps',
  StepRow,
  (p: Key) => sql`
  select s.revision, s.step, s.to_state as "to", ${unitName(sql`s.unit_id`)} as unit, s.made_by as side, s.told, s.note, s.step_id as "stepId", s.author_id as "authorId", s.person_id as "personId",
    access.author_name(s.author_id) as author, s.at
  from {hotline.step} s where s.tenant_id = ${p.tenantId} and s.ticket_id = ${p.ticketId} order by s.revision`,
)

export const stepAt = query(
  'hotline.step-at',
  Type.Object({ stepId: MaybeText, step: Text, to: State, authorId: MaybeText, note: Text, told: Text, author: MaybeText }),
  (p: Key & { revision: number }) => sql`
  select s.step_id as "stepId", s.step, s.to_state as "to", s.author_id as "authorId", s.note, s.told, access.author_name(s.author_id) as author
  from {hotline.step} s where s.tenant_id = ${p.tenantId} and s.ticket_id = ${p.ticketId} and s.revision = ${p.revision}`,
)

/** What a step depends on besides the ticket: parts that are open, whether a person has handled it, a unit that is there on the day. */
export const aroundTicket = query(
  'hotline.around',
  Type.Object({ partsOpen: Type.Integer(), hasHandled: Type.Boolean(), unitName: MaybeText, intoState: Type.Union([State, Type.Null()]) }),
  (p: Key & { personId: string | null; unitId: string | null; into: string | null; on: string }) => sql`
  select (select count(*)::int from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.parent_id = ${p.ticketId} and t.closed_at is null) as "partsOpen",
    exists (select from {hotline.step} s where s.tenant_id = ${p.tenantId} and s.ticket_id = ${p.ticketId} and s.person_id = ${p.personId} and (s.made_by = 'unit' or s.step = 'direct')) as "hasHandled",
    (select u.name from org.unit u where u.tenant_id = ${p.tenantId} and u.unit_id = ${p.unitId} and u.known_until = 'infinity' and u.valid_from <= ${p.on}::date and u.valid_until > ${p.on}::date) as "unitName",
    (select t.state from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.ticket_id = ${p.into}) as "intoState"`,
)

export interface Opening {
  tenantId: number
  /** The ticket's values by column, as JSON; its number is drawn here. */
  ticket: string
  ticketId: string
  /** yyyymmdd */
  day: number
  body: string
  name: string
  phone: string
  madeBy: string
  stepId: string
  told: string
  note: string
  authorId: string | null
  personId: string | null
  at: string
}

/** Enters a ticket with its content, caller and first step; nothing where the id is taken. */
export const insertTicket = query(
  'hotline.open',
  Type.Object({ number: Text, revision: Type.Integer(), state: State, dueAt: Text }),
  (p: Opening) => sql`
  with opened as (
    insert into hotline.ticket
    select r.* from jsonb_populate_record(null::hotline.ticket, ${p.ticket}::jsonb || jsonb_build_object('number', ${p.day}::bigint * 1000000 + nextval('hotline.number_seq') % 1000000)) r
    on conflict do nothing returning *
  ), told as (
    insert into hotline.content (tenant_id, ticket_id, body) select o.tenant_id, o.ticket_id, ${p.body} from opened o
  ), called as (
    insert into hotline.caller (tenant_id, ticket_id, name, phone) select o.tenant_id, o.ticket_id, ${p.name}, ${p.phone} from opened o
  ), stepped as (
    insert into hotline.step (tenant_id, ticket_id, revision, step, from_state, to_state, unit_id, made_by, told, note, step_id, author_id, person_id, at)
    select o.tenant_id, o.ticket_id, 1, 'open', '', o.state, o.unit_id, ${p.madeBy}, ${p.told}, ${p.note}, ${p.stepId}::uuid, ${p.authorId}::uuid, ${p.personId}::uuid, ${p.at}::timestamptz from opened o
  )
  select o.number::text as number, o.revision, o.state, o.due_at as "dueAt" from opened o`,
)

export interface NewStepRow extends Key {
  revision: number
  /** What changes of the ticket, by column, as JSON. */
  changes: string
  /** Whether what was is kept as a version. */
  versioned: boolean
  step: string
  madeBy: string
  told: string
  note: string
  fields: string | null
  stepId: string
  authorId: string | null
  personId: string | null
  at: string
  /** What the citizen is answered; null where the step answers nothing. */
  answer: string | null
}

/** Makes a step: the ticket as it stands, the version that it was, the step, the answer. Nothing where the ticket isn't at that revision. */
export const insertStep = query(
  'hotline.insert-step',
  Type.Object({ revision: Type.Integer(), state: State, dueAt: Text }),
  (p: NewStepRow) => sql`
  with was as (
    select tenant_id, ticket_id, state from {hotline.ticket} where tenant_id = ${p.tenantId} and ticket_id = ${p.ticketId} and revision = ${p.revision}
  ), kept as (
    insert into hotline.ticket_was select v.* from {hotline.ticket} w, jsonb_populate_record(null::hotline.ticket_was, to_jsonb(w) || jsonb_build_object('known_until', ${p.at}::timestamptz)) v
    where ${p.versioned} and w.tenant_id = ${p.tenantId} and w.ticket_id = ${p.ticketId} and w.revision = ${p.revision}
  ), stepped as (
    update hotline.ticket t set (unit_id, due_at, dispatched_at, sign_due_at, signed_at, respond_due_at, responded_at, unit_due_at, answered_at, called_at, closed_at, satisfaction, transfers, rehandled, extended,
      calls, direct, reached, solved, supervised, arbitrated, relapsed, extend_asked, state, class, category, county, place, merged_into, known_from, revision) = (
      select n.unit_id, n.due_at, n.dispatched_at, n.sign_due_at, n.signed_at, n.respond_due_at, n.responded_at, n.unit_due_at, n.answered_at, n.called_at, n.closed_at, n.satisfaction, n.transfers, n.rehandled, n.extended,
        n.calls, n.direct, n.reached, n.solved, n.supervised, n.arbitrated, n.relapsed, n.extend_asked, n.state, n.class, n.category, n.county, n.place, n.merged_into,
        case when ${p.versioned} then ${p.at}::timestamptz else t.known_from end, t.revision + 1
      from jsonb_populate_record(t, ${p.changes}::jsonb) n)
    from was w where t.tenant_id = w.tenant_id and t.ticket_id = w.ticket_id
    returning t.tenant_id, t.ticket_id, t.revision, t.state, t.unit_id, t.due_at, w.state as from_state
  ), answered as (
    update hotline.content c set answer = ${p.answer} from stepped s where ${p.answer}::text is not null and c.tenant_id = s.tenant_id and c.ticket_id = s.ticket_id
  ), written as (
    insert into hotline.step (tenant_id, ticket_id, revision, step, from_state, to_state, unit_id, made_by, told, note, fields, step_id, author_id, person_id, at)
    select s.tenant_id, s.ticket_id, s.revision, ${p.step}, s.from_state, s.state, s.unit_id, ${p.madeBy}, ${p.told}, ${p.note}, ${p.fields}::jsonb, ${p.stepId}::uuid, ${p.authorId}::uuid, ${p.personId}::uuid, ${p.at}::timestamptz
    from stepped s
  )
  select s.revision, s.state, s.due_at as "dueAt" from stepped s`,
)

const Near = Type.Object({ ticketId: Text, number: Text, unitId: MaybeText, unitName: MaybeText, state: State, title: Text })
const near = sql`t.ticket_id as "ticketId", t.number::text as number, t.unit_id as "unitId", ${unitName(sql`t.unit_id`)} as "unitName", t.state, t.title`

export const partsOf = query(
  'hotline.parts',
  Near,
  (p: Key) => sql`select ${near} from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.parent_id = ${p.ticketId} order by t.ticket_id`,
)
export const ticketsNamed = query(
  'hotline.named',
  Near,
  (p: { tenantId: number; ids: string[] }) =>
    sql`select ${near} from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.ticket_id = any (${p.ids}::uuid[])`,
)

/** Tickets of a category and county of the last days: where they went, newest first, for the habit of sending (at most 300). */
export const sentLately = query(
  'hotline.sent-lately',
  Type.Object({ unitId: Text, unitName: Text, count: Type.Integer() }),
  (p: { tenantId: number; category: string; county: string; since: string }) => sql`
  select n.unit_id as "unitId", coalesce(${unitName(sql`n.unit_id`)}, '') as "unitName", n.count from (
    select l.unit_id, count(*)::int as count from (
      select t.unit_id from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.category = ${p.category} and t.county = ${p.county} and t.received_at > ${p.since} and t.unit_id is not null
      order by t.received_at desc limit 300) l
    group by l.unit_id order by 2 desc limit 3) n
  where exists (select from org.unit u where u.tenant_id = ${p.tenantId} and u.unit_id = n.unit_id and u.known_until = 'infinity' and u.valid_until > (${p.since}::timestamptz + interval '90 days')::date)`,
)

/** Who settles a category by the pack's rule: the unit so called, in a county the office below it in the professional line, or the township named in the place. */
export const unitByRule = query(
  'hotline.by-rule',
  Type.Object({ unitId: Text, name: Text }),
  (p: { tenantId: number; unit: string | null; county: string; inCounty: boolean; township: boolean; place: string; on: string }) => sql`
  with there as (
    select u.unit_id, u.name, u.level, u.division_code from org.unit u
    where u.tenant_id = ${p.tenantId} and u.known_until = 'infinity' and u.valid_from <= ${p.on}::date and u.valid_until > ${p.on}::date
  ), head as (select t.unit_id, t.name from there t where t.name = ${p.unit})
  select t.unit_id as "unitId", t.name from there t
  where case
    when ${p.township} then t.level = 'township' and ${p.county} <> '' and left(t.division_code, 6) = ${p.county} and strpos(${p.place}, right(replace(t.name, '（示例）', ''), 3)) > 0
    when ${p.inCounty} and ${p.county} <> '' then t.division_code = ${p.county} and exists (
      select from org.placement l join head h on l.parent_id = h.unit_id
      where l.tenant_id = ${p.tenantId} and l.tree = 'line' and l.node_id = t.unit_id and l.known_until = 'infinity' and l.valid_from <= ${p.on}::date and l.valid_until > ${p.on}::date)
    else t.unit_id in (select h.unit_id from head h) end
  limit 3`,
)

/** Tickets of the same category and county, not closed or lately, that may be the same as one that is typed. */
export const alike = query(
  'hotline.alike',
  Type.Object({ ticketId: Text, number: Text, title: Text, place: Text, state: State, receivedAt: Text }),
  (p: { tenantId: number; category: string; county: string; since: string }) => sql`
  select t.ticket_id as "ticketId", t.number::text as number, t.title, t.place, t.state, t.received_at as "receivedAt" from {hotline.ticket} t
  where t.tenant_id = ${p.tenantId} and t.category = ${p.category} and t.county = ${p.county} and t.received_at > ${p.since} and t.state not in ('merged', 'dropped') and t.parent_id is null
  order by t.received_at desc limit 200`,
)

/** The last ticket of the same place and category that was closed as solved since a moment (H7). */
export const solvedBefore = query(
  'hotline.solved-before',
  Type.Object({ ticketId: Text, revision: Type.Integer() }),
  (p: { tenantId: number; category: string; county: string; place: string; since: string; not: string }) => sql`
  select t.ticket_id as "ticketId", t.revision from {hotline.ticket} t
  where t.tenant_id = ${p.tenantId} and t.place = ${p.place} and t.place <> '' and t.category = ${p.category} and t.county = ${p.county} and t.ticket_id <> ${p.not} and t.closed_at > ${p.since} and t.solved and not t.relapsed and left(t.source, 5) <> 'feed:'
  order by t.closed_at desc limit 1`,
)

/** Open tickets held by units that are no more, with what became of the unit (H11). */
export const orphaned = query(
  'hotline.orphaned',
  Type.Object({ ticketId: Text, revision: Type.Integer(), unitName: MaybeText, successorId: MaybeText }),
  (p: { tenantId: number; on: string; limit: number }) => sql`
  select t.ticket_id as "ticketId", t.revision, ${unitName(sql`t.unit_id`)} as "unitName",
    (select l.to_id from org.lineage l where l.tenant_id = t.tenant_id and l.from_id = t.unit_id and l.to_id <> l.from_id and l.known_until = 'infinity' and l.took_effect_on <= ${p.on}::date
      and exists (select from org.unit u where u.tenant_id = l.tenant_id and u.unit_id = l.to_id and u.known_until = 'infinity' and u.valid_until > ${p.on}::date)
      order by l.took_effect_on desc, l.to_id limit 1) as "successorId"
  from {hotline.ticket} t
  where t.tenant_id = ${p.tenantId} and t.closed_at is null and t.state in ('dispatched', 'handling') and left(t.source, 5) <> 'feed:' and t.unit_id is not null and not exists (
    select from org.unit u where u.tenant_id = t.tenant_id and u.unit_id = t.unit_id and u.known_until = 'infinity' and u.valid_until > ${p.on}::date)
  order by t.ticket_id limit ${p.limit}`,
)

/** Closed tickets that are old enough to be archived. */
export const toArchive = query(
  'hotline.to-archive',
  Type.Object({ ticketId: Text, revision: Type.Integer() }),
  (p: { tenantId: number; before: string; limit: number }) => sql`
  select t.ticket_id as "ticketId", t.revision from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.state = 'closed' and t.closed_at < ${p.before} and left(t.source, 5) <> 'feed:' order by t.closed_at limit ${p.limit}`,
)

/** Says of a ticket which one it repeats (H7). */
export const markRelapseOf = query(
  'hotline.relapse-of',
  Type.Object({}),
  (p: Key & { relapseOf: string }) => sql`update hotline.ticket set relapse_of = ${p.relapseOf} where tenant_id = ${p.tenantId} and ticket_id = ${p.ticketId}`,
)

/** Adds to the counts of closed tickets, or takes back: rows of tally_change as JSON. */
export const insertChanges = query(
  'hotline.count',
  Type.Object({}),
  (p: { rows: string }) => sql`insert into hotline.tally_change select r.* from jsonb_populate_recordset(null::hotline.tally_change, ${p.rows}::jsonb) r`,
)

/** How much of the demonstration's tickets is loaded, while they are. */
export const loadingOf = query(
  'hotline.loading',
  Type.Object({ perCent: Type.Integer() }),
  (p: { tenantId: number }) => sql`select (l.done * 100 / l.total) as "perCent" from hotline.loading l where l.tenant_id = ${p.tenantId} and not l.finished`,
)
