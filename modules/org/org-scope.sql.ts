// Which bodies (units and Party organisations) a post reaches, from the trees of a day; whose the rows of people are.
import { type Static, Type } from 'typebox'
import { ofScope, protect, query, sql, uncounted } from '#server/kit/sql.ts'

protect('org.membership', ofScope('party_org_id'))
protect('org.memberships_at', ofScope('party_org_id'))
protect('org.party_members_at', ofScope('party_org_id'))
// A person is seen by way of its memberships; guests, who have none, by whoever sees anything.
protect('org.person', () =>
  uncounted(`(it.outside and kit.scope() <> '{}') or exists (select from {org.membership} m where m.tenant_id = it.tenant_id and m.person_id = it.person_id)`),
)

export const BodyRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
  unitId: Type.String(),
})
export type BodyRow = Static<typeof BodyRow>

/**
 * The bodies below a body in a tree on a day, itself included.
 * Administrative and line trees: the units below, with their Party organisations. Party tree: the Party organisations below,
 * with the unit of any that is the first organisation of its unit. Bodies merged or split into these follow them (lineage).
 */
export const bodiesBelow = query(
  'org.bodies-below',
  Type.Object({ id: Type.String() }),
  (p: { bodyId: string; tree: string; on: string; asOf: string }) => sql`
  with recursive place as materialized (select node_id, parent_id from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) where tree = ${p.tree}),
  below as (
    select ${p.bodyId}::uuid as id
    union select place.node_id from place join below on place.parent_id = below.id
  ),
  orgs as materialized (select party_org_id, unit_id from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz)),
  reached as (
    select id from below
    union select o.party_org_id from orgs o join below on o.unit_id = below.id
    union select o.unit_id from orgs o join below on o.party_org_id = below.id left join place on place.node_id = o.party_org_id
      left join orgs parent on parent.party_org_id = place.parent_id
      where parent.unit_id is distinct from o.unit_id
  ),
  ended as materialized (select l.from_id, l.to_id from org.lineage l where l.tenant_id = (select kit.tenant_id()) and l.kind in ('merge', 'split') and l.took_effect_on <= ${p.on}::date and l.known_until > ${p.asOf}::timestamptz),
  follow as (select id from reached union select ended.from_id from ended join follow on ended.to_id = follow.id)
  select id from follow`,
)

/** A unit or Party organisation by id, as of a day. */
export const bodyById = query(
  'org.body-by-id',
  BodyRow,
  (p: { bodyId: string; on: string; asOf: string }) => sql`
  select u.unit_id as id, u.name, 'unit' as kind, u.unit_id as "unitId" from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = ${p.bodyId}
  union all
  select o.party_org_id, o.name, 'party-org', o.unit_id from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where o.party_org_id = ${p.bodyId}`,
)
