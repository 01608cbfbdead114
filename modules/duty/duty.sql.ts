// What duties are read from: seats with their holders, and how each duty stands by records, matters and what was entered by hand.
import { type Static, Type } from 'typebox'
import { empty, join, ofScope, protect, query, type Sql, sql } from '#server/kit/sql.ts'

protect('duty.fulfilment', ofScope('body_id'))

const Text = Type.String()
const Int = Type.Integer()
const MaybeText = Type.Union([Text, Type.Null()])
const Names = Type.Unsafe<(string | null)[] | null>(Type.Any())

export const editionRows = query(
  'duty.editions',
  Type.Object({ list: Text, number: Int, hash: Text, from: Text, definition: Type.Unknown() }),
  (p: { tenantId: number }) =>
    sql`select e.list, e.number, e.hash, e.in_force_from as "from", e.definition from duty.edition e where e.tenant_id = ${p.tenantId} order by e.list, e.number`,
)
export const putEdition = query(
  'duty.put-edition',
  Type.Object({}),
  (p: { tenantId: number; list: string; number: number; hash: string; from: string; definition: string }) => sql`
  insert into duty.edition (tenant_id, list, number, hash, in_force_from, definition, known_from)
  values (${p.tenantId}, ${p.list}, ${p.number}, ${p.hash}, ${p.from}, ${p.definition}::jsonb, kit.now()) on conflict do nothing`,
)

/** What is asked about: seats and duties as JSON (SeatAsked[], DutyAsked[]), in which bodies (null: all), for which posts alone (PostAsked[], null: all). */
export interface Asked {
  tenantId: number
  on: string
  asOf: string
  soonDays: number
  seats: string
  duties: string
  ids: string[] | null
  posts: string | null
  /** True where a seat is a post of the whole city, wherever it is held. */
  city: boolean
}
export interface SeatAsked {
  list: string
  seat: string
  post: string
  of: string
  kinds: string[] | null
  /** A post of the whole city. */
  city: boolean
  where_held: boolean
  shared: boolean
}
export interface DutyAsked {
  n: number
  duty: string
  list: string
  seat: string
  kinds: string[] | null
  way: string
  ref: string
  of_unit: boolean
  origin: string
  first: string | null
  last: string | null
  due: string | null
  before_first: string | null
}
export interface PostAsked {
  post: string
  body_id: string | null
}

/** A condition that keeps to the bodies that are asked about; none where all are. */
const among = (p: Asked, condition: Sql): Sql => (p.ids === null ? empty : sql`${condition} = any (${p.ids}::uuid[])`)

/** The bodies of the day that are asked about, units and Party organisations. */
const bodies = (p: Asked): Sql => sql`
  body as materialized (
    select o.party_org_id as body_id, o.unit_id, o.name, o.kind, 'party-org' as of from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o ${among(p, sql`where o.party_org_id`)}
    union all
    select u.unit_id, u.unit_id, u.name, u.kind, 'unit' from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u ${among(p, sql`where u.unit_id`)})`

/**
 * `seated`: each seat of each body with its holders; a post that not every body has is there where somebody holds it or once did.
 * A post of the whole city is of the work committee, wherever it is held: all its holders stand under one place (`nowhere`).
 * Equal keys alone join here: with anything else PostgreSQL walks all pairs.
 */
const nowhere = sql`'00000000-0000-0000-0000-000000000000'::uuid`
const seated = (p: Asked): Sql => sql`${bodies(p)},
  seat as materialized (select * from jsonb_to_recordset(${p.seats}::jsonb) s(list text, seat text, post text, "of" text, kinds jsonb, city boolean, where_held boolean, shared boolean)),
  held as materialized (
    select distinct s.post, case when s.city then ${nowhere} else h.body_id end as place_id, h.person_id
    from (
      select h.post, h.body_id, h.person_id from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h ${p.city ? empty : among(p, sql`where h.body_id`)}
      union all select a.post, a.body_id, a.person_id from duty.appointed_at(${p.on}::date) a) h
      join (select distinct seat.post, seat.city from seat) s on s.post = h.post),
  once as materialized (
    select distinct g.post, g.body_id from org.holding g join (select distinct seat.post from seat where seat.where_held) s on s.post = g.post where g.tenant_id = ${p.tenantId} and g.known_until = 'infinity' ${among(p, sql`and g.body_id`)}),
  spot as materialized (
    select s.list, s.seat, s.post, s.where_held, s.shared, case when s.city then ${nowhere} else b.body_id end as place_id, b.*
    from seat s join body b on b.of = s.of and (s.kinds is null or s.kinds ? b.kind)
    ${p.posts === null ? empty : sql`where exists (select from jsonb_to_recordset(${p.posts}::jsonb) q(post text, body_id uuid) where q.post = s.post and (s.city or q.body_id = b.body_id))`}),
  seated as materialized (
    select s.list, s.seat, bool_or(s.shared) as shared, s.body_id, s.unit_id, s.name, s.kind, s.of, array_agg(distinct s.post) as posts,
      coalesce(array_agg(distinct h.person_id) filter (where h.person_id is not null), '{}') as persons
    from spot s left join held h on h.post = s.post and h.place_id = s.place_id left join once o on o.post = s.post and o.body_id = s.body_id
    group by s.list, s.seat, s.body_id, s.unit_id, s.name, s.kind, s.of
    having count(h.person_id) > 0 or bool_or(not s.where_held) or count(o.body_id) > 0)`

/** `owed`: each duty of each body; `kept`: by whom it was fulfilled in this period and the one before; `standing`: its state [D4]. */
const standing = (p: Asked): Sql => sql`${seated(p)},
  duty as materialized (
    select d.*, coalesce(d.before_first, d.first) as since
    from jsonb_to_recordset(${p.duties}::jsonb) d(n int, duty text, list text, seat text, kinds jsonb, way text, ref text, of_unit boolean, origin uuid, first date, last date, due date, before_first date)),
  owed as materialized (
    select e.*, d.n, d.first, d.due, d.before_first, case when d.of_unit then e.unit_id else e.body_id end as doer_id
    from seated e join duty d on d.list = e.list and d.seat = e.seat and (d.kinds is null or d.kinds ? e.kind)),
  kept as materialized (
    select d.n, r.owner_id as doer_id, bool_or(r.happened_on >= d.first) as now, bool_or(r.happened_on < d.first) as before
    from duty d join {ledger.record} r on r.tenant_id = ${p.tenantId} and r.kind = d.ref and r.happened_on between d.since and d.last
    where d.way = 'record' and r.known_until = 'infinity' and r.state = 'valid' group by d.n, r.owner_id
    union all
    select d.n, m.owner_id, bool_or(x.day >= d.first), bool_or(x.day < d.first)
    from duty d join {matter.matter} m on m.tenant_id = ${p.tenantId} and m.kind = d.ref cross join lateral (select case when m.origin = 'duty' then m.opened_on else m.closed_on end as day) x
    where d.way = 'matter' and m.outcome = 'done' and (m.origin <> 'duty' or m.origin_id = d.origin) and x.day between d.since and d.last group by d.n, m.owner_id
    union all
    select d.n, f.body_id, bool_or(f.period_first = d.first), bool_or(f.period_first < d.first)
    from duty d join {duty.fulfilment} f on f.tenant_id = ${p.tenantId} and f.duty = d.duty and f.period_first between d.since and d.first
    where d.way = 'hand' and f.known_until = 'infinity' and f.state = 'valid' group by d.n, f.body_id),
  standing as (
    select o.*, x.missed,
      case when o.first is null then case when cardinality(o.persons) = 0 then 'nobody' else 'standing' end
        when coalesce(k.now, false) and not x.missed then 'done'
        when cardinality(o.persons) = 0 then 'nobody'
        when x.missed or (${p.on}::date > o.due and not coalesce(k.now, false)) then 'late'
        when o.due - ${p.on}::date <= ${p.soonDays}::int then 'soon' else 'open' end as state
    from owed o left join kept k on k.n = o.n and k.doer_id = o.doer_id
      cross join lateral (select o.before_first is not null and not coalesce(k.before, false) as missed) x)`

/** Names behind persons, null where the reader may not see one. */
const namesOf = (persons: Sql): Sql =>
  sql`(select array_agg(x.name order by x.name) from unnest(${persons}) p(person_id) left join {org.person} x on x.tenant_id = (select kit.tenant_id()) and x.person_id = p.person_id)`

export const StandingRow = Type.Object({
  n: Int,
  bodyId: Text,
  bodyName: Text,
  unitId: Text,
  names: Names,
  state: Text,
  missed: Type.Boolean(),
})
export type StandingRow = Static<typeof StandingRow>

export interface Wanted extends Asked {
  state?: string | undefined
  q?: string | undefined
  /** Duties whose title holds the text. */
  titled: number[]
}
function conditions(p: Wanted): Sql {
  const parts = [sql`true`]
  if (p.state !== undefined) parts.push(sql`s.state = ${p.state}`)
  if (p.q !== undefined) parts.push(sql`(s.n = any (${p.titled}::int[]) or strpos(s.name, ${p.q}) > 0)`)
  return join(parts, ' and ')
}
export interface Key {
  name: string
  id: string
  n: number
}
const past = (k: Key): Sql => sql`(s.name collate "zh-x-icu", s.body_id, s.n) > (${k.name}::text collate "zh-x-icu", ${k.id}::uuid, ${k.n}::int)`

/** A page of duties by body and level. */
export const dutyPage = query(
  'duty.page',
  StandingRow,
  (p: Wanted & { after: Key; limit: number }) => sql`
  with ${standing(p)},
  page as (select * from standing s where ${conditions(p)} and ${past(p.after)} order by s.name collate "zh-x-icu", s.body_id, s.n limit ${p.limit})
  select s.n, s.body_id as "bodyId", s.name as "bodyName", s.unit_id as "unitId", ${namesOf(sql`s.persons`)} as names, s.state, s.missed from page s order by s.name collate "zh-x-icu", s.body_id, s.n`,
)
export const dutyCount = query(
  'duty.count',
  Type.Object({ count: Int }),
  (p: Wanted) => sql`with ${standing(p)} select count(*)::int as count from standing s where ${conditions(p)}`,
)

/** Seats by level: how many bodies have one, who holds it where it is one body's, and its duties by state. */
export const dutyGrid = query(
  'duty.grid',
  Type.Object({ list: Text, seat: Text, state: Text, count: Int, bodies: Int, bodyId: Text, bodyName: Text, names: Names }),
  (p: Asked) => sql`
  with ${standing(p)},
  spots as (select e.list, e.seat, count(*)::int as bodies, min(e.body_id::text) as body_id, min(e.name) as name, (array_agg(to_jsonb(e.persons)))[1] as persons from seated e group by e.list, e.seat)
  select t.list, t.seat, s.state, count(*)::int as count, t.bodies, t.body_id as "bodyId", t.name as "bodyName",
    case when t.bodies = 1 then ${namesOf(sql`array(select jsonb_array_elements_text(t.persons)::uuid)`)} end as names
  from spots t join standing s on s.list = t.list and s.seat = t.seat group by t.list, t.seat, s.state, t.bodies, t.body_id, t.name, t.persons`,
)

/** Seats with nobody or with several holders, and holders of posts without a duty: `gap` rows. */
const gaps = (p: Asked): Sql => sql`${seated(p)},
  laden as materialized (
    select e.* from seated e where exists (select from jsonb_to_recordset(${p.duties}::jsonb) d(list text, seat text, kinds jsonb)
      where d.list = e.list and d.seat = e.seat and (d.kinds is null or d.kinds ? e.kind))),
  gap as (
    select case when cardinality(e.persons) = 0 then 'nobody' else 'double' end as gap, e.body_id, e.name, e.of, e.list, e.seat, e.persons, ''::text as post from laden e
    where cardinality(e.persons) = 0 or (cardinality(e.persons) > 1 and not e.shared)
    union all
    select 'idle', b.body_id, b.name, b.of, '', '', array_agg(h.person_id), h.post from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h join body b on b.body_id = h.body_id
    where not exists (select from laden e where e.body_id = h.body_id and h.post = any (e.posts)) and not exists (select from seat s where s.city and s.post = h.post)
    group by b.body_id, b.name, b.of, h.post)`
export const gapCounts = query(
  'duty.gap-counts',
  Type.Object({ gap: Text, count: Int }),
  (p: Asked) => sql`with ${gaps(p)} select g.gap, count(*)::int as count from gap g group by g.gap`,
)
export const gapPage = query(
  'duty.gap-page',
  Type.Object({ bodyId: Text, bodyName: Text, of: Text, list: Text, seat: Text, post: Text, names: Names, total: Int }),
  (p: Asked & { kind: string; after: { name: string; id: string; key: string }; limit: number }) => sql`
  with ${gaps(p)}, wanted as (select g.*, g.list || ' ' || g.seat || ' ' || g.post as key from gap g where g.gap = ${p.kind}),
  page as (select * from wanted s where (s.name collate "zh-x-icu", s.body_id, s.key) > (${p.after.name}::text collate "zh-x-icu", ${p.after.id}::uuid, ${p.after.key}::text)
    order by s.name collate "zh-x-icu", s.body_id, s.key limit ${p.limit})
  select s.body_id as "bodyId", s.name as "bodyName", s.of, s.list, s.seat, s.post, ${namesOf(sql`s.persons`)} as names, (select count(*) from wanted)::int as total
  from page s order by s.name collate "zh-x-icu", s.body_id, s.key`,
)

/** What a duty of a body was fulfilled by from one day to another; `period`: the first day of its period where that is said. */
export const fulfilledBy = query(
  'duty.fulfilled-by',
  Type.Object({
    by: Text,
    id: Text,
    title: Text,
    day: Text,
    on: Text,
    evidence: Text,
    author: MaybeText,
    version: Type.Union([Int, Type.Null()]),
    done: Type.Boolean(),
  }),
  (p: { tenantId: number; way: string; ref: string; doerId: string; bodyId: string; duty: string; origin: string; from: string; to: string }) => sql`
  (select 'record' as by, r.record_id as id, r.title, r.happened_on as day, r.happened_on as on, '' as evidence, access.author_name(r.author_id) as author, null::int as version, true as done
    from {ledger.record} r where ${p.way} = 'record' and r.tenant_id = ${p.tenantId} and r.owner_id = ${p.doerId} and r.kind = ${p.ref} and r.happened_on between ${p.from}::date and ${p.to}::date
      and r.known_until = 'infinity' and r.state = 'valid' order by r.happened_on desc, r.record_id limit 200)
  union all
  (select 'matter', m.matter_id, m.title, case when m.origin = 'duty' then m.opened_on else m.closed_on end, coalesce(m.closed_on, m.opened_on), '', access.author_name(m.author_id), null, m.outcome is not null
    from {matter.matter} m where ${p.way} = 'matter' and m.tenant_id = ${p.tenantId} and m.owner_id = ${p.doerId} and m.kind = ${p.ref}
      and ((m.origin = 'duty' and m.origin_id = ${p.origin}::uuid and (m.outcome is null or m.outcome = 'done') and m.opened_on between ${p.from}::date and ${p.to}::date)
        or (m.origin <> 'duty' and m.outcome = 'done' and m.closed_on between ${p.from}::date and ${p.to}::date))
    order by 4 desc, m.matter_id limit 200)
  union all
  (select 'hand', f.fulfilment_id, f.note, f.period_first, f.done_on, f.evidence, access.author_name(f.author_id), f.version, true
    from {duty.fulfilment} f where ${p.way} = 'hand' and f.tenant_id = ${p.tenantId} and f.body_id = ${p.bodyId} and f.duty = ${p.duty} and f.period_first between ${p.from}::date and ${p.to}::date
      and f.known_until = 'infinity' and f.state = 'valid' order by f.done_on desc, f.fulfilment_id limit 200)`,
)

export const FulfilmentRow = Type.Object({
  id: Text,
  version: Int,
  bodyId: Text,
  duty: Text,
  periodFirst: Text,
  doneOn: Text,
  note: Text,
  evidence: Text,
  state: Text,
  reason: Text,
  authorId: MaybeText,
})
export type FulfilmentRow = Static<typeof FulfilmentRow>
const fulfilment = sql`f.fulfilment_id as id, f.version, f.body_id as "bodyId", f.duty, f.period_first as "periodFirst", f.done_on as "doneOn", f.note, f.evidence, f.state, f.reason, f.author_id as "authorId"`

/** Versions of what was entered by hand, the newest first. */
export const fulfilmentById = query(
  'duty.fulfilment-by-id',
  FulfilmentRow,
  (p: { tenantId: number; id: string }) =>
    sql`select ${fulfilment} from {duty.fulfilment} f where f.tenant_id = ${p.tenantId} and f.fulfilment_id = ${p.id} order by f.version desc`,
)
/** Writes a version; none where the id, or this version of it, is taken. */
export const insertFulfilment = query(
  'duty.insert-fulfilment',
  Type.Object({ id: Text }),
  (p: FulfilmentRow & { tenantId: number; at: string }) => sql`
  insert into duty.fulfilment (tenant_id, fulfilment_id, version, body_id, duty, period_first, done_on, note, evidence, state, reason, author_id, known_from)
  values (${p.tenantId}, ${p.id}, ${p.version}, ${p.bodyId}, ${p.duty}, ${p.periodFirst}, ${p.doneOn}, ${p.note}, ${p.evidence}, ${p.state}, ${p.reason}, ${p.authorId}, ${p.at})
  on conflict do nothing returning fulfilment_id as id`,
)
/** Ends a version; none where it was ended meanwhile. */
export const closeFulfilment = query(
  'duty.close-fulfilment',
  Type.Object({ id: Text }),
  (p: { tenantId: number; id: string; version: number; at: string }) => sql`
  update duty.fulfilment set known_until = ${p.at} where tenant_id = ${p.tenantId} and fulfilment_id = ${p.id} and version = ${p.version} and known_until = 'infinity' returning fulfilment_id as id`,
)

/** Bodies that owe the one duty asked about and have no matter of it yet in its period, with the organisation above each. */
export const withoutMatter = query(
  'duty.without-matter',
  Type.Object({ bodyId: Text, aboveId: MaybeText }),
  (p: Asked & { origin: string; first: string }) => sql`
  with ${standing(p)}
  select s.body_id as "bodyId", (select n.parent_id from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) n where n.tree = 'party' and n.node_id = s.body_id) as "aboveId" from standing s
  where cardinality(s.persons) > 0 and s.state <> 'done'
    and not exists (select from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.owner_id = s.body_id and m.origin = 'duty' and m.origin_id = ${p.origin}::uuid and m.opened_on >= ${p.first}::date)`,
)
