// Lists and searches over the organisation as of a date and a moment. Keys for paging are (number, name, id), so one text serves every sort.
import { type Static, Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, raw, sql } from '#server/kit/sql.ts'

export interface At {
  on: string
  asOf: string
}
/** Where the page before ended; the first page starts before everything. */
export interface Key {
  num: number
  name: string
  id: string
}
export const firstKey: Key = { num: -2_000_000_000, name: '', id: '00000000-0000-0000-0000-000000000000' }

const text = Type.String()
const int = Type.Integer()
const bool = Type.Boolean()

const units = (p: At) => sql`org.units_at(${p.on}::date, ${p.asOf}::timestamptz)`
const partyOrgs = (p: At) => sql`org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz)`
const places = (p: At) => sql`org.placements_at(${p.on}::date, ${p.asOf}::timestamptz)`
const holdings = (p: At) => sql`org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz)`
const memberships = (p: At) => sql`{org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)}`
/** Chinese text from one character on, or pinyin initials. */
const found = (alias: string, q: string) => {
  const name = raw(`${alias}.name`)
  const initials = raw(`${alias}.initials`)
  return sql`(${q}::text = '' or strpos(${name}, ${q}::text) > 0 or strpos(${initials}, lower(${q}::text)) > 0)`
}

/** Lists of persons are in order of names; their page keys hold the id alone, for a key must not tell a masked name. */
const nameOfPerson = (after: Key) =>
  sql`coalesce((select x.name from {org.person} x where x.tenant_id = (select kit.tenant_id()) and x.person_id = ${after.id}::uuid), '')`

const UnitRow = Type.Object({
  id: text,
  name: text,
  kind: text,
  class: text,
  level: text,
  divisionCode: orNull(text),
  parentId: orNull(text),
  parentName: orNull(text),
  staff: orNull(int),
  partyOrgs: int,
  head: orNull(text),
  hasHead: bool,
  num: int,
  total: int,
})
export type UnitRow = Static<typeof UnitRow>

export type UnitFilter = At & { q: string; level: string; class: string; kind: string; county: string; sort: string; after: Key; limit: number }

export const unitList = query(
  'org.unit-list',
  UnitRow,
  (p: UnitFilter) => sql`
  with filtered as (
    select u.*, case when ${p.sort}::text = 'staff' then -coalesce(u.staff, -1) else 0 end as num from ${units(p)} u
    where ${found('u', p.q)} and (${p.level}::text = '' or u.level = ${p.level}::text) and (${p.class}::text = '' or u.class = ${p.class}::text)
      and (${p.kind}::text = '' or u.kind = ${p.kind}::text) and (${p.county}::text = '' or left(u.division_code, 6) = ${p.county}::text)
  ), page as materialized (
    select * from filtered f
    where (f.num, f.name collate "zh-x-icu", f.unit_id) > (${p.after.num}::int, ${p.after.name}::text collate "zh-x-icu", ${p.after.id}::uuid)
    order by f.num, f.name collate "zh-x-icu", f.unit_id limit ${p.limit}
  )
  select f.unit_id as id, f.name, f.kind, f.class, f.level, f.division_code as "divisionCode", f.staff, f.num, (select count(*) from filtered)::int as total,
    parent.unit_id as "parentId", parent.name as "parentName", head.name as head, head.holding_id is not null as "hasHead",
    (select count(*) from ${partyOrgs(p)} o where o.unit_id = f.unit_id)::int as "partyOrgs"
  from page f
  left join ${places(p)} place on place.node_id = f.unit_id and place.tree = 'administrative'
  left join ${units(p)} parent on parent.unit_id = place.parent_id
  left join lateral (
    select h.holding_id, p.name from ${holdings(p)} h left join {org.person} p on p.tenant_id = h.tenant_id and p.person_id = h.person_id
    where h.body_id = f.unit_id and h.post = 'first-responsible' limit 1
  ) head on true
  order by f.num, f.name collate "zh-x-icu", f.unit_id`,
)

const PartyOrgRow = Type.Object({
  id: text,
  name: text,
  kind: text,
  unitId: text,
  unitName: text,
  parentId: orNull(text),
  parentName: orNull(text),
  members: int,
  termDueOn: orNull(text),
  overdue: bool,
  secretary: orNull(text),
  hasSecretary: bool,
  num: int,
  total: int,
})
export type PartyOrgRow = Static<typeof PartyOrgRow>

export type PartyOrgFilter = At & {
  q: string
  kind: string
  level: string
  county: string
  unit: string | null
  state: string
  sort: string
  after: Key
  limit: number
}

export const partyOrgList = query(
  'org.party-org-list',
  PartyOrgRow,
  (p: PartyOrgFilter) => sql`
  with filtered as (
    select o.*, u.name as unit_name, term.due_on, coalesce(term.due_on < ${p.on}::date, false) as overdue,
      case when ${p.sort}::text = 'due' then coalesce(term.due_on - '2000-01-01'::date, 2000000000) else 0 end as num
    from ${partyOrgs(p)} o
    join ${units(p)} u on u.unit_id = o.unit_id
    left join org.terms_at(${p.on}::date, ${p.asOf}::timestamptz) term on term.party_org_id = o.party_org_id
    where ${found('o', p.q)} and (${p.kind}::text = '' or o.kind = ${p.kind}::text) and (${p.level}::text = '' or u.level = ${p.level}::text)
      and (${p.county}::text = '' or left(u.division_code, 6) = ${p.county}::text) and (${p.unit}::uuid is null or o.unit_id = ${p.unit}::uuid)
      and (${p.state}::text = '' or term.due_on < ${p.on}::date)
  ), page as materialized (
    select * from filtered f
    where (f.num, f.name collate "zh-x-icu", f.party_org_id) > (${p.after.num}::int, ${p.after.name}::text collate "zh-x-icu", ${p.after.id}::uuid)
    order by f.num, f.name collate "zh-x-icu", f.party_org_id limit ${p.limit}
  )
  select f.party_org_id as id, f.name, f.kind, f.unit_id as "unitId", f.unit_name as "unitName", parent.party_org_id as "parentId", parent.name as "parentName",
    coalesce(count.members, 0) as members, f.due_on as "termDueOn", f.overdue, head.name as secretary, head.holding_id is not null as "hasSecretary", f.num,
    (select count(*) from filtered)::int as total
  from page f
  left join ${places(p)} place on place.node_id = f.party_org_id and place.tree = 'party'
  left join ${partyOrgs(p)} parent on parent.party_org_id = place.parent_id
  left join {org.party_members_at(${p.on}::date, ${p.asOf}::timestamptz)} count on count.party_org_id = f.party_org_id
  left join lateral (
    select h.holding_id, p.name from ${holdings(p)} h left join {org.person} p on p.tenant_id = h.tenant_id and p.person_id = h.person_id
    where h.body_id = f.party_org_id and h.post in ('secretary', 'discipline-secretary') limit 1
  ) head on true
  order by f.num, f.name collate "zh-x-icu", f.party_org_id`,
)

const TreeRow = Type.Object({ id: text, name: text, kind: text, bodyKind: text, children: int, below: int })

export const treeChildren = query(
  'org.tree-children',
  TreeRow,
  (p: At & { tree: string; parent: string | null }) => sql`
  with recursive place as materialized (select n.node_id, n.parent_id from ${places(p)} n where n.tree = ${p.tree}),
  top as (select place.node_id from place where place.parent_id is not distinct from ${p.parent}::uuid),
  down as (
    select top.node_id as top_id, place.node_id, 1 as depth from top join place on place.parent_id = top.node_id
    union all
    select down.top_id, place.node_id, down.depth + 1 from down join place on place.parent_id = down.node_id
  ),
  counted as (select down.top_id, count(*)::int as below, (count(*) filter (where down.depth = 1))::int as children from down group by down.top_id)
  select top.node_id as id, coalesce(u.name, o.name) as name, coalesce(u.kind, o.kind) as kind, case when u.unit_id is null then 'party-org' else 'unit' end as "bodyKind",
    coalesce(counted.children, 0) as children, coalesce(counted.below, 0) as below
  from top
  left join ${units(p)} u on u.unit_id = top.node_id
  left join ${partyOrgs(p)} o on o.party_org_id = top.node_id
  left join counted on counted.top_id = top.node_id
  where u.unit_id is not null or o.party_org_id is not null
  order by coalesce(counted.below, 0) desc, coalesce(u.name, o.name) collate "zh-x-icu", top.node_id`,
)

const MemberRow = Type.Object({
  membershipId: text,
  personId: text,
  name: text,
  sex: orNull(text),
  kind: text,
  from: text,
  partyOrgId: text,
  partyOrgName: text,
  posts: Type.Array(text),
  total: int,
})
export type MemberRow = Static<typeof MemberRow>

export const memberList = query(
  'org.member-list',
  MemberRow,
  (p: At & { partyOrgId: string; q: string; after: Key; limit: number }) => sql`
  with recursive place as materialized (select n.node_id, n.parent_id from ${places(p)} n where n.tree = 'party'),
  below as (select ${p.partyOrgId}::uuid as id union select place.node_id from place join below on place.parent_id = below.id),
  filtered as (
    select m.*, coalesce(p.name, '') as name, p.sex, o.name as org_name from ${memberships(p)} m join below on below.id = m.party_org_id
    join ${partyOrgs(p)} o on o.party_org_id = m.party_org_id
    left join {org.person} p on p.tenant_id = m.tenant_id and p.person_id = m.person_id
    where ${found('p', p.q)}
  )
  select f.membership_id as "membershipId", f.person_id as "personId", f.name, f.sex, f.kind, f.valid_from as "from", f.party_org_id as "partyOrgId", f.org_name as "partyOrgName",
    (select coalesce(array_agg(h.post order by h.post), '{}') from ${holdings(p)} h where h.person_id = f.person_id and h.body_id = f.party_org_id) as posts,
    (select count(*) from filtered)::int as total
  from filtered f
  where (f.name collate "zh-x-icu", f.person_id) > (${nameOfPerson(p.after)} collate "zh-x-icu", ${p.after.id}::uuid)
  order by f.name collate "zh-x-icu", f.person_id limit ${p.limit}`,
)

const PersonRow = Type.Object({
  id: text,
  name: text,
  outside: bool,
  partyOrgId: orNull(text),
  partyOrgName: orNull(text),
  posts: Type.Array(Type.Object({ post: text, id: text, name: text })),
})
export type PersonRow = Static<typeof PersonRow>

export const personList = query(
  'org.person-list',
  PersonRow,
  (p: At & { q: string; after: Key; limit: number }) => sql`
  with page as materialized (
    select p.* from {org.person} p
    where p.tenant_id = (select kit.tenant_id()) and ${found('p', p.q)} and (p.name collate "zh-x-icu", p.person_id) > (${nameOfPerson(p.after)} collate "zh-x-icu", ${p.after.id}::uuid)
    order by p.name collate "zh-x-icu", p.person_id limit ${p.limit}
  )
  select page.person_id as id, page.name, page.outside, o.party_org_id as "partyOrgId", o.name as "partyOrgName",
    (select coalesce(jsonb_agg(jsonb_build_object('post', h.post, 'id', h.body_id, 'name', coalesce(u.name, b.name)) order by h.post), '[]')
      from ${holdings(p)} h left join ${units(p)} u on u.unit_id = h.body_id left join ${partyOrgs(p)} b on b.party_org_id = h.body_id
      where h.person_id = page.person_id and coalesce(u.name, b.name) is not null) as posts
  from page
  left join ${memberships(p)} m on m.person_id = page.person_id
  left join ${partyOrgs(p)} o on o.party_org_id = m.party_org_id
  order by page.name collate "zh-x-icu", page.person_id`,
)

const BodyFound = Type.Object({ id: text, name: text, kind: text, type: text, under: text })

export const bodySearch = query(
  'org.body-search',
  BodyFound,
  (p: At & { q: string; kind: string; limit: number }) => sql`
  select b.* from (
    select u.unit_id as id, u.name, 'unit' as kind, u.kind as type, '' as under from ${units(p)} u where ${found('u', p.q)} and ${p.kind}::text <> 'party-org'
    union all
    select o.party_org_id, o.name, 'party-org', o.kind, coalesce(u.name, '') from ${partyOrgs(p)} o left join ${units(p)} u on u.unit_id = o.unit_id
    where ${found('o', p.q)} and ${p.kind}::text <> 'unit'
  ) b
  order by strpos(b.name, ${p.q}::text) = 0, strpos(b.name, ${p.q}::text), length(b.name), b.name collate "zh-x-icu", b.id limit ${p.limit}`,
)
