// What the pages of one unit or Party organisation show: the row itself, its places, posts, Party organisations, history.
import { type Static, Type } from 'typebox'
import { query, raw, sql } from '#server/kit/sql.ts'
import type { At } from './org.sql.ts'

const text = Type.String()
const int = Type.Integer()
const textOrNull = Type.Union([text, Type.Null()])
const intOrNull = Type.Union([int, Type.Null()])
const anything = Type.Record(text, Type.Unknown())
type OfBody = At & { id: string }

/** A body's newest change, which an editor names so that two editors notice each other. */
const revision = (id: string) => sql`(select c.change_id from org.change_body b join org.change c on c.tenant_id = b.tenant_id and c.change_id = b.change_id
  where b.tenant_id = (select kit.tenant_id()) and b.body_id = ${id}::uuid order by c.known_from desc, c.change_id desc limit 1)`
const ending = (alias: string) => raw(`nullif(${alias}.valid_until, 'infinity')`)

const UnitRow = Type.Object({
  id: text,
  name: text,
  kind: text,
  class: text,
  level: text,
  creditCode: textOrNull,
  divisionCode: textOrNull,
  staff: intOrNull,
  attributes: anything,
  from: text,
  until: textOrNull,
  revision: textOrNull,
})
export type UnitRow = Static<typeof UnitRow>

export const unitById = query(
  'org.unit-by-id',
  UnitRow,
  (p: OfBody) => sql`
  select u.unit_id as id, u.name, u.kind, u.class, u.level, u.credit_code as "creditCode", u.division_code as "divisionCode", u.staff, u.attributes,
    u.valid_from as "from", ${ending('u')} as until, ${revision(p.id)} as revision
  from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = ${p.id}::uuid`,
)

const PartyOrgRow = Type.Object({
  id: text,
  name: text,
  kind: text,
  unitId: text,
  unitName: text,
  attributes: anything,
  from: text,
  until: textOrNull,
  revision: textOrNull,
  termId: textOrNull,
  electedOn: textOrNull,
  dueOn: textOrNull,
  own: int,
  all: int,
  full: int,
})
export type PartyOrgRow = Static<typeof PartyOrgRow>

export const partyOrgById = query(
  'org.party-org-by-id',
  PartyOrgRow,
  (p: OfBody) => sql`
  select o.party_org_id as id, o.name, o.kind, o.unit_id as "unitId", coalesce(u.name, '') as "unitName", o.attributes, o.valid_from as "from", ${ending('o')} as until,
    ${revision(p.id)} as revision, t.term_id as "termId", t.elected_on as "electedOn", t.due_on as "dueOn",
    (select count(*) from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m where m.party_org_id = o.party_org_id)::int as own,
    coalesce(c.members, 0) as all, coalesce(c.full_members, 0) as full
  from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = o.unit_id
  left join org.terms_at(${p.on}::date, ${p.asOf}::timestamptz) t on t.party_org_id = o.party_org_id
  left join {org.party_members_at(${p.on}::date, ${p.asOf}::timestamptz)} c on c.party_org_id = o.party_org_id
  where o.party_org_id = ${p.id}::uuid`,
)

/** When a body existed: its first and last day known, whatever the date. No row for an id that was never a body. */
export const bodyLife = query(
  'org.body-life',
  Type.Object({ name: text, kind: text, from: text, until: textOrNull }),
  (p: { id: string; asOf: string }) => sql`
  with version as (
    select u.name, 'unit' as kind, u.valid_from, u.valid_until from org.unit u
    where u.tenant_id = (select kit.tenant_id()) and u.unit_id = ${p.id}::uuid and u.known_from <= ${p.asOf}::timestamptz and u.known_until > ${p.asOf}::timestamptz
    union all
    select o.name, 'party-org', o.valid_from, o.valid_until from org.party_org o
    where o.tenant_id = (select kit.tenant_id()) and o.party_org_id = ${p.id}::uuid and o.known_from <= ${p.asOf}::timestamptz and o.known_until > ${p.asOf}::timestamptz
  )
  select (array_agg(name order by valid_from desc))[1] as name, min(kind) as kind, min(valid_from) as "from", nullif(max(valid_until), 'infinity') as until from version having count(*) > 0`,
)

const PlaceRow = Type.Object({ tree: text, path: Type.Array(Type.Object({ id: text, name: text })), children: int })

/** For each tree the body stands in: the way from the root to it, itself left out, and how many stand below it. */
export const placesOf = query(
  'org.places-of',
  PlaceRow,
  (p: OfBody) => sql`
  with recursive place as materialized (select n.tree, n.node_id, n.parent_id from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) n),
  up as (
    select place.tree, place.parent_id, 1 as depth from place where place.node_id = ${p.id}::uuid
    union all
    select up.tree, place.parent_id, up.depth + 1 from up join place on place.tree = up.tree and place.node_id = up.parent_id where up.depth < 40
  )
  select up.tree,
    coalesce(jsonb_agg(jsonb_build_object('id', up.parent_id, 'name', coalesce(u.name, o.name, '')) order by up.depth desc) filter (where up.parent_id is not null), '[]') as path,
    (select count(*) from place below where below.tree = up.tree and below.parent_id = ${p.id}::uuid)::int as children
  from up
  left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = up.parent_id
  left join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = up.parent_id
  group by up.tree order by up.tree`,
)

const PostRow = Type.Object({ holdingId: text, post: text, personId: text, name: textOrNull, from: text, until: textOrNull })

export const postsOf = query(
  'org.posts-of',
  PostRow,
  (p: OfBody) => sql`
  select h.holding_id as "holdingId", h.post, h.person_id as "personId", p.name, h.valid_from as "from", ${ending('h')} as until
  from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h left join {org.person} p on p.tenant_id = h.tenant_id and p.person_id = h.person_id
  where h.body_id = ${p.id}::uuid order by h.post, h.valid_from, h.holding_id`,
)

const BelowRow = Type.Object({ id: text, name: text, kind: text, members: int })

export const partyOrgsOfUnit = query(
  'org.party-orgs-of-unit',
  BelowRow,
  (p: OfBody) => sql`
  select o.party_org_id as id, o.name, o.kind, coalesce(c.members, 0) as members from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  left join {org.party_members_at(${p.on}::date, ${p.asOf}::timestamptz)} c on c.party_org_id = o.party_org_id
  where o.unit_id = ${p.id}::uuid order by o.kind, o.name collate "zh-x-icu"`,
)

export const partyOrgsBelow = query(
  'org.party-orgs-below',
  BelowRow,
  (p: OfBody) => sql`
  select o.party_org_id as id, o.name, o.kind, coalesce(c.members, 0) as members from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) place
  join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = place.node_id
  left join {org.party_members_at(${p.on}::date, ${p.asOf}::timestamptz)} c on c.party_org_id = o.party_org_id
  where place.tree = 'party' and place.parent_id = ${p.id}::uuid order by o.kind, o.name collate "zh-x-icu" limit 200`,
)

const VersionRow = Type.Object({
  from: text,
  until: textOrNull,
  knownFrom: text,
  name: text,
  kind: text,
  class: text,
  level: text,
  unitId: textOrNull,
  unitName: textOrNull,
  creditCode: textOrNull,
  divisionCode: textOrNull,
  staff: intOrNull,
})
export type VersionRow = Static<typeof VersionRow>

export const versionsOf = query(
  'org.versions-of',
  VersionRow,
  (p: { id: string; asOf: string }) => sql`
  select v.valid_from as "from", ${ending('v')} as until, v.known_from as "knownFrom", v.name, v.kind, v.class, v.level, v.unit_id as "unitId",
    (select w.name from org.unit w where w.tenant_id = (select kit.tenant_id()) and w.unit_id = v.unit_id and w.known_until > ${p.asOf}::timestamptz and w.known_from <= ${p.asOf}::timestamptz
      and w.valid_until > v.valid_from order by w.valid_from limit 1) as "unitName",
    v.credit_code as "creditCode", v.division_code as "divisionCode", v.staff
  from (
    select u.valid_from, u.valid_until, u.known_from, u.name, u.kind, u.class, u.level, null::uuid as unit_id, u.credit_code, u.division_code, u.staff from org.unit u
    where u.tenant_id = (select kit.tenant_id()) and u.unit_id = ${p.id}::uuid and u.known_from <= ${p.asOf}::timestamptz and u.known_until > ${p.asOf}::timestamptz
    union all
    select o.valid_from, o.valid_until, o.known_from, o.name, o.kind, '', '', o.unit_id, null, null, null from org.party_org o
    where o.tenant_id = (select kit.tenant_id()) and o.party_org_id = ${p.id}::uuid and o.known_from <= ${p.asOf}::timestamptz and o.known_until > ${p.asOf}::timestamptz
  ) v order by v.valid_from`,
)

const PlacementRow = Type.Object({
  tree: text,
  from: text,
  until: textOrNull,
  knownFrom: text,
  parentId: textOrNull,
  parentName: textOrNull,
  parentKind: textOrNull,
})
export type PlacementRow = Static<typeof PlacementRow>

/** The name a body had last, by an SQL expression of its id. */
const lastName = (id: string, asOf: string) => {
  const body = raw(id)
  return sql`coalesce(
    (select w.name from org.unit w where w.tenant_id = (select kit.tenant_id()) and w.unit_id = ${body} and w.known_from <= ${asOf}::timestamptz and w.known_until > ${asOf}::timestamptz order by w.valid_from desc limit 1),
    (select w.name from org.party_org w where w.tenant_id = (select kit.tenant_id()) and w.party_org_id = ${body} and w.known_from <= ${asOf}::timestamptz and w.known_until > ${asOf}::timestamptz order by w.valid_from desc limit 1))`
}
const kindOf = (id: string) => {
  const body = raw(id)
  return sql`case when exists (select from org.unit w where w.tenant_id = (select kit.tenant_id()) and w.unit_id = ${body}) then 'unit' else 'party-org' end`
}

export const placementsOf = query(
  'org.placements-of',
  PlacementRow,
  (p: { id: string; asOf: string }) => sql`
  select n.tree, n.valid_from as "from", ${ending('n')} as until, n.known_from as "knownFrom", n.parent_id as "parentId", ${lastName('n.parent_id', p.asOf)} as "parentName", ${kindOf('n.parent_id')} as "parentKind"
  from org.placement n
  where n.tenant_id = (select kit.tenant_id()) and n.node_id = ${p.id}::uuid and n.known_from <= ${p.asOf}::timestamptz and n.known_until > ${p.asOf}::timestamptz
  order by n.valid_from`,
)

const LineageRow = Type.Object({
  kind: text,
  on: text,
  fromId: text,
  toId: text,
  fromName: textOrNull,
  toName: textOrNull,
  bodyKind: text,
  note: text,
  knownFrom: text,
})
export type LineageRow = Static<typeof LineageRow>

export const lineageOf = query(
  'org.lineage-of',
  LineageRow,
  (p: { id: string; asOf: string }) => sql`
  select l.kind, l.took_effect_on as "on", l.from_id as "fromId", l.to_id as "toId", ${lastName('l.from_id', p.asOf)} as "fromName", ${lastName('l.to_id', p.asOf)} as "toName",
    ${kindOf('l.from_id')} as "bodyKind", l.note, l.known_from as "knownFrom"
  from org.lineage l
  where l.tenant_id = (select kit.tenant_id()) and (l.from_id = ${p.id}::uuid or l.to_id = ${p.id}::uuid) and l.known_from <= ${p.asOf}::timestamptz and l.known_until > ${p.asOf}::timestamptz
  order by l.took_effect_on, l.lineage_id`,
)
