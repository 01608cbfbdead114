// The search over people, units, Party organisations and records, in the reader's scope.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const Hit = Type.Object({
  kind: Type.String(),
  id: Type.String(),
  label: Type.String(),
  detail: Type.String(),
  pageId: Type.Union([Type.String(), Type.Null()]),
})
export type Hit = Static<typeof Hit>

/** Units, Party organisations and persons whose name holds the text or whose pinyin initials start with it; few of each. No initials: null. */
export const findNames = query(
  'desk.find-names',
  Hit,
  (p: { pattern: string; initials: string | null; on: string; asOf: string; most: number }) => sql`
  (select 'unit' as kind, u.unit_id::text as id, u.name as label, '' as detail, u.unit_id::text as "pageId" from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u
    where u.name like ${p.pattern} or u.initials like ${p.initials} order by length(u.name), u.name limit ${p.most})
  union all
  (select 'party-org', o.party_org_id::text, o.name, '', o.party_org_id::text from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
    where o.name like ${p.pattern} or o.initials like ${p.initials} order by length(o.name), o.name limit ${p.most})
  union all
  (select case when x.outside then 'guest' else 'person' end, x.person_id::text, x.name, coalesce(m.name, ''), m.party_org_id::text from {org.person} x
    left join lateral (select o.name, o.party_org_id from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m
      join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = m.party_org_id where m.person_id = x.person_id limit 1) m on true
    where x.tenant_id = (select kit.tenant_id()) and (x.name like ${p.pattern} or x.initials like ${p.initials}) order by length(x.name), x.name limit ${p.most})`,
)
