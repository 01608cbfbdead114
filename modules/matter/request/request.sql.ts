// Every statement about requests and the matters of one.
import { type Static, Type } from 'typebox'
import { query, type Sql, sql } from '#server/kit/sql.ts'
import { RequestState, type Selection, Selection as SelectionSchema, Standing } from './request.contract.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])
const Int = Type.Integer()

export const RequestHead = Type.Object({
  requestId: Text,
  kind: Text,
  hash: Text,
  title: Text,
  fields: Type.Record(Text, Type.Unknown()),
  askerId: Text,
  askerName: Text,
  dueAt: MaybeText,
  receivers: Int,
  state: RequestState,
  selection: SelectionSchema,
  basis: Text,
  reason: Text,
  exceeds: Type.Array(Text),
  minutes: Int,
  authorId: MaybeText,
  author: MaybeText,
  draftedAt: Text,
  sentAt: MaybeText,
  nudgedOn: MaybeText,
  recallReason: Text,
})
export type RequestHead = Static<typeof RequestHead>

/** The newest name of a body, whatever has become of it. */
const nameOf = (id: Sql): Sql => sql`coalesce(
  (select o.name from org.party_org o where o.tenant_id = (select kit.tenant_id()) and o.party_org_id = ${id} and o.known_until = 'infinity' order by o.valid_from desc limit 1),
  (select u.name from org.unit u where u.tenant_id = (select kit.tenant_id()) and u.unit_id = ${id} and u.known_until = 'infinity' order by u.valid_from desc limit 1), '')`

const head = sql`r.request_id as "requestId", r.kind, r.hash, r.title, r.fields, r.asker_id as "askerId", ${nameOf(sql`r.asker_id`)} as "askerName", r.due_at as "dueAt", r.receivers, r.state,
  r.selection, r.basis, r.reason, r.exceeds, r.minutes, r.author_id as "authorId", access.author_name(r.author_id) as author, r.drafted_at as "draftedAt", r.sent_at as "sentAt", r.nudged_on as "nudgedOn", r.recall_reason as "recallReason"`

export const requestById = query(
  'request.by-id',
  RequestHead,
  (p: { tenantId: number; requestId: string }) =>
    sql`select ${head} from {matter.request} r where r.tenant_id = ${p.tenantId} and r.request_id = ${p.requestId}`,
)

/** Holds a request until the end of the transaction, so that of two deeds at once the second sees what the first did. */
export const lockRequest = query(
  'request.lock',
  Type.Object({}),
  (p: { requestId: string }) => sql`select pg_advisory_xact_lock(7066, hashtext(${p.requestId}))`,
)

/** Its owner took, or takes by now, longer than the clock says. */
const isLate = sql`(m.late or (m.closed_on is null and m.waits_for = 'owner' and not m.paused and coalesce(m.due_at < kit.now(), false)))`
/** Where a matter stands for its sender. */
const standing = sql`case when m.outcome = 'merged' then 'dropped' when m.outcome is not null then m.outcome when m.waits_for <> 'owner' then 'in' when m.revision = 1 then 'untouched' else 'working' end`

export const pageOfRequests = query(
  'request.page',
  Type.Object({ ...RequestHead.properties, closed: Int, late: Int }),
  (p: { tenantId: number; state: string | null; words: string[]; after: { at: string; id: string } | null; limit: number }) => sql`
  select ${head}, n.closed, n.late from {matter.request} r
    cross join lateral (
      select count(*) filter (where m.closed_on is not null)::int as closed, count(*) filter (where ${isLate})::int as late
      from {matter.matter} m where r.state <> 'draft' and m.tenant_id = r.tenant_id and m.request_id = r.request_id
    ) n
  where r.tenant_id = ${p.tenantId} and (${p.state}::text is null or r.state = ${p.state})
    and not exists (select from unnest(${p.words}::text[]) word where position(word in r.title) = 0)
    and (${p.after?.at ?? null}::timestamptz is null or (r.drafted_at, r.request_id) < (${p.after?.at ?? null}::timestamptz, ${p.after?.id ?? null}::uuid))
  order by r.drafted_at desc, r.request_id desc limit ${p.limit}`,
)

export interface DraftRow {
  tenantId: number
  requestId: string
  kind: string
  title: string
  fields: string
  askerId: string
  dueAt: string | null
  receivers: number
  selection: string
  basis: string
  reason: string
  exceeds: string[]
  minutes: number
  authorId: string | null
  at: string
}
/** Writes a draft or writes it anew. No row where the id is that of something that was sent. */
export const saveDraft = query(
  'request.save-draft',
  Type.Object({ requestId: Text }),
  (p: DraftRow) => sql`
  insert into matter.request (tenant_id, request_id, kind, hash, title, fields, asker_id, due_at, receivers, selection, basis, reason, exceeds, minutes, state, author_id, drafted_at)
  values (${p.tenantId}, ${p.requestId}, ${p.kind}, '', ${p.title}, ${p.fields}::jsonb, ${p.askerId}, ${p.dueAt}::timestamptz, ${p.receivers}, ${p.selection}::jsonb, ${p.basis}, ${p.reason}, ${p.exceeds}, ${p.minutes}, 'draft', ${p.authorId}, ${p.at})
  on conflict (tenant_id, request_id) do update set kind = excluded.kind, title = excluded.title, fields = excluded.fields, asker_id = excluded.asker_id, due_at = excluded.due_at,
    receivers = excluded.receivers, selection = excluded.selection, basis = excluded.basis, reason = excluded.reason, exceeds = excluded.exceeds, minutes = excluded.minutes, author_id = excluded.author_id, drafted_at = excluded.drafted_at
  where request.state = 'draft'
  returning request_id as "requestId"`,
)

/** Bodies that fit a selection; `within` and `under`: null for no bound. Ids come sorted. */
export interface Choosing {
  of: 'unit' | 'party-org'
  ofKinds: string[]
  on: string
  asOf: string
  askerId: string
  within: string[] | null
  under: string[] | null
  selection: Selection
}
function chosen(p: Choosing): Sql {
  const { list, kinds, classes, levels, counties, without } = p.selection
  const [id, kind, from] =
    p.of === 'unit'
      ? [sql`u.unit_id`, sql`u.kind`, sql`org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u`]
      : [
          sql`o.party_org_id`,
          sql`o.kind`,
          sql`org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = o.unit_id`,
        ]
  const any = (column: Sql, values: readonly string[] | null | undefined): Sql =>
    values === null || values === undefined || values.length === 0 ? sql`` : sql` and ${column} = any (${values as string[]})`
  const among = (values: readonly string[] | null | undefined): Sql =>
    values === null || values === undefined ? sql`` : sql` and ${id} in (select unnest(${values as string[]}::uuid[]))`
  return sql`
  select ${id} as id, u.unit_id as unit_id, ${p.of === 'unit' ? sql`null::uuid` : sql`o.party_org_id`} as party_org_id, ${p.of === 'unit' ? sql`u.name` : sql`o.name`} as name, ${kind} as kind, left(u.division_code, 6) as county
  from ${from}
  where ${id} <> ${p.askerId}::uuid${among(list)}${among(p.within)}${among(p.under)}${any(kind, p.ofKinds)}${any(kind, kinds)}${any(sql`u.class`, classes)}${any(sql`u.level`, levels)}${any(sql`left(u.division_code, 6)`, counties)}
    and not (${id} = any (${without ?? []}::uuid[]))`
}

/** A body that a request goes to. */
export const Receiver = Type.Object({ id: Text, unitId: Text, partyOrgId: MaybeText, name: Text, kind: Text, county: MaybeText })
export type Receiver = Static<typeof Receiver>
export const receiversOf = query(
  'request.receivers-of',
  Receiver,
  (p: Choosing) =>
    sql`select c.id, c.unit_id as "unitId", c.party_org_id as "partyOrgId", c.name, c.kind, c.county from (${chosen(p)}) c order by c.name, c.id`,
)

/** Which of these matters are the request's. */
export const mattersAmong = query(
  'request.matters-among',
  Type.Object({ id: Text }),
  (p: { tenantId: number; requestId: string; ids: string[] }) => sql`
  select m.matter_id as id from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.request_id = ${p.requestId} and m.matter_id = any (${p.ids}::uuid[])`,
)

export const markSent = query(
  'request.mark-sent',
  Type.Object({ sentAt: Text }),
  (p: { tenantId: number; requestId: string; hash: string; receivers: number; minutes: number; authorId: string | null; at: string }) => sql`
  update matter.request set state = 'sent', hash = ${p.hash}, receivers = ${p.receivers}, minutes = ${p.minutes}, author_id = ${p.authorId}, sent_at = ${p.at}
  where tenant_id = ${p.tenantId} and request_id = ${p.requestId} and state = 'draft' returning sent_at as "sentAt"`,
)

/** Closes the open matters of a request as recalled, each with its move. */
export const recallMatters = query(
  'request.recall-matters',
  Type.Object({ count: Int }),
  (p: { tenantId: number; requestId: string; stage: string | null; on: string; at: string; authorId: string | null; reason: string }) => sql`
  with open as materialized (
    select m.matter_id, m.stage from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.request_id = ${p.requestId} and m.closed_on is null order by m.matter_id
  ), closed as (
    update matter.matter m set closed_on = ${p.on}::date, outcome = 'recalled', stage = coalesce(${p.stage}, m.stage), stage_since = ${p.at}, waits_for = '', due_at = null, paused = false, left_minutes = null, revision = m.revision + 1
    from open o where m.tenant_id = ${p.tenantId} and m.matter_id = o.matter_id and m.closed_on is null
    returning m.tenant_id, m.matter_id, m.revision, o.stage as was, m.stage, m.owner_id, m.asker_id
  ), told as (
    insert into matter.move (tenant_id, matter_id, revision, move_id, move, from_stage, to_stage, owner_id, asker_id, note, made_by, author_id, at)
    select tenant_id, matter_id, revision, gen_random_uuid(), 'recalled', was, stage, owner_id, asker_id, ${p.reason}, 'asker', ${p.authorId}, ${p.at} from closed
  )
  select count(*)::int as count from closed`,
)
export const markRecalled = query(
  'request.mark-recalled',
  Type.Object({ requestId: Text }),
  (p: { tenantId: number; requestId: string; at: string; reason: string }) => sql`
  update matter.request set state = 'recalled', recalled_at = ${p.at}, recall_reason = ${p.reason} where tenant_id = ${p.tenantId} and request_id = ${p.requestId} and state = 'sent' returning request_id as "requestId"`,
)

/** No row where the request was nudged on that day already. */
export const markNudged = query(
  'request.mark-nudged',
  Type.Object({ requestId: Text }),
  (p: { tenantId: number; requestId: string; on: string }) => sql`
  update matter.request set nudged_on = ${p.on}::date where tenant_id = ${p.tenantId} and request_id = ${p.requestId} and state = 'sent' and nudged_on is distinct from ${p.on}::date
  returning request_id as "requestId"`,
)

/** Leaves a comment on each matter whose owner's turn it is. */
export const commentOnOpen = query(
  'request.comment-on-open',
  Type.Object({ count: Int }),
  (p: { tenantId: number; requestId: string; whom: string; text: string; authorId: string | null; at: string }) => sql`
  with left_open as (
    select m.matter_id, m.owner_id, m.asker_id, ${standing} as standing, ${isLate} as late
    from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.request_id = ${p.requestId} and m.closed_on is null
  ), written as (
    insert into matter.comment (tenant_id, comment_id, matter_id, owner_id, asker_id, text, author_id, at)
    select ${p.tenantId}, gen_random_uuid(), matter_id, owner_id, asker_id, ${p.text}, ${p.authorId}, ${p.at} from left_open
    where standing <> 'in' and (${p.whom} = 'open' or (${p.whom} = 'untouched' and standing = 'untouched') or (${p.whom} = 'late' and late))
    returning 1
  )
  select count(*)::int as count from written`,
)

/** Receivers' matters counted by county and standing; by unit first, so that each unit is looked up once. */
export const boardOf = query(
  'request.board',
  Type.Object({ county: MaybeText, standing: Standing, count: Int, late: Int }),
  (p: { tenantId: number; requestId: string; on: string; asOf: string }) => sql`
  with counted as materialized (
    select m.unit_id, ${standing} as standing, count(*) as count, count(*) filter (where ${isLate}) as late
    from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.request_id = ${p.requestId} group by 1, 2
  )
  select left(u.division_code, 6) as county, c.standing, sum(c.count)::int as count, sum(c.late)::int as late
  from counted c left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = c.unit_id group by 1, 2`,
)

export interface ReceiverFilterRow {
  tenantId: number
  requestId: string
  on: string
  asOf: string
  /** Null: all. */
  standings: string[] | null
  late: boolean
  county: string | null
  /** Counties of the pack: `-` asks for the rest. */
  counties: string[]
  words: string[]
  after: string | null
  limit: number
}
/** In the order of their ids, which is that of the names when the request was sent: so only those on the page are looked up. */
export const receiversPage = query(
  'request.receivers',
  Type.Object({
    matterId: Text,
    bodyId: Text,
    name: Text,
    county: MaybeText,
    standing: Standing,
    stage: Text,
    late: Type.Boolean(),
    dueAt: MaybeText,
    since: Text,
    revision: Int,
    fields: Type.Record(Text, Type.Unknown()),
  }),
  (p: ReceiverFilterRow) => sql`
  with mine as materialized (
    select m.matter_id, m.owner_id, m.unit_id, m.party_org_id, ${standing} as standing, m.stage, ${isLate} as late, m.due_at, m.stage_since, m.revision, m.fields
    from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.request_id = ${p.requestId} and (${p.after}::uuid is null or m.matter_id > ${p.after}::uuid)
      and (${p.standings}::text[] is null or ${standing} = any (${p.standings}::text[])) and (not ${p.late}::boolean or ${isLate})
    order by m.matter_id
  )
  select m.matter_id as "matterId", m.owner_id as "bodyId", coalesce(o.name, u.name, ${nameOf(sql`m.owner_id`)}) as name, left(u.division_code, 6) as county, m.standing, m.stage, m.late,
    m.due_at as "dueAt", m.stage_since as since, m.revision, m.fields
  from mine m
    left join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = m.party_org_id
    left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = m.unit_id
  where (${p.county}::text is null or left(u.division_code, 6) = ${p.county} or (${p.county} = '-' and not coalesce(left(u.division_code, 6) = any (${p.counties}::text[]), false)))
    and not exists (select from unnest(${p.words}::text[]) word where position(word in coalesce(o.name, u.name, '')) = 0)
  order by m.matter_id limit ${p.limit}`,
)

/** Organisations at the root of the party tree, that with most below it first: on their behalf whoever acts for the whole city asks. */
export const rootsOf = query(
  'request.roots',
  Type.Object({ id: Text, name: Text }),
  (p: { on: string; asOf: string }) => sql`
  with place as materialized (select node_id, parent_id from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) where tree = 'party')
  select o.party_org_id as id, o.name
  from (select parent_id, count(*) as n from place where parent_id is not null group by parent_id) below
    join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = below.parent_id
  where not exists (select from place where node_id = o.party_org_id and parent_id is not null)
  order by below.n desc, o.name, o.party_org_id limit 20`,
)
