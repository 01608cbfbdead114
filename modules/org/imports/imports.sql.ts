// What an import compares its rows with, and the note of it.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const text = Type.String()
const textOrNull = Type.Union([text, Type.Null()])
const Counts = Type.Object({ created: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() })

const PartyOrgNow = Type.Object({ id: text, name: text, kind: text, unitId: text, parentId: textOrNull, since: text })
/** Party organisations in force on the day, with since when each exists. */
export const partyOrgsNow = query(
  'org.party-orgs-now',
  PartyOrgNow,
  (p: { on: string; asOf: string }) => sql`
  select o.party_org_id as id, o.name, o.kind, o.unit_id as "unitId", place.parent_id as "parentId",
    (select min(v.valid_from) from org.party_org v where v.tenant_id = o.tenant_id and v.party_org_id = o.party_org_id and v.known_until > ${p.asOf}::timestamptz) as since
  from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  left join org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) place on place.node_id = o.party_org_id and place.tree = 'party'
  order by o.party_org_id`,
)

const UnitNow = Type.Object({
  id: text,
  name: text,
  kind: text,
  class: text,
  level: text,
  creditCode: textOrNull,
  divisionCode: textOrNull,
  staff: Type.Union([Type.Integer(), Type.Null()]),
  parentId: textOrNull,
  since: text,
})
/** Units in force on the day, with since when each exists. */
export const unitsNow = query(
  'org.units-now',
  UnitNow,
  (p: { on: string; asOf: string }) => sql`
  select u.unit_id as id, u.name, u.kind, u.class, u.level, u.credit_code as "creditCode", u.division_code as "divisionCode", u.staff, place.parent_id as "parentId",
    (select min(v.valid_from) from org.unit v where v.tenant_id = u.tenant_id and v.unit_id = u.unit_id and v.known_until > ${p.asOf}::timestamptz) as since
  from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u
  left join org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) place on place.node_id = u.unit_id and place.tree = 'administrative'
  order by u.unit_id`,
)

const MemberNow = Type.Object({
  membershipId: text,
  personId: text,
  partyOrgId: text,
  kind: text,
  validFrom: text,
  validUntil: text,
  name: text,
  sex: textOrNull,
  birthYear: Type.Union([Type.Integer(), Type.Null()]),
})
/** Members known now whose names the file holds, in force on the day or later, the latest state first. */
export const membersNamed = query(
  'org.members-named',
  MemberNow,
  (p: { names: string[]; on: string }) => sql`
  select m.membership_id as "membershipId", m.person_id as "personId", m.party_org_id as "partyOrgId", m.kind, m.valid_from as "validFrom", m.valid_until as "validUntil", p.name, p.sex, p.birth_year as "birthYear"
  from {org.membership} m join {org.person} p on p.tenant_id = m.tenant_id and p.person_id = m.person_id
  where m.tenant_id = (select kit.tenant_id()) and m.known_until = 'infinity' and m.valid_until > ${p.on}::date and p.name = any(${p.names}::text[])
  order by m.valid_from desc, m.membership_id`,
)

const ImportRow = Type.Object({ id: text, kind: text, name: text, rows: Type.Integer(), counts: Counts, at: text })
export const importByHash = query(
  'org.import-by-hash',
  ImportRow,
  (p: { kind: string; hash: string }) => sql`
  select i.import_id as id, i.kind, i.file_name as name, i.row_count as rows, i.counts, i.known_from as at from org.import i
  where i.tenant_id = (select kit.tenant_id()) and i.kind = ${p.kind} and i.file_hash = ${p.hash}`,
)
export const lastImports = query(
  'org.last-imports',
  ImportRow,
  (_p: object) => sql`
  select i.import_id as id, i.kind, i.file_name as name, i.row_count as rows, i.counts, i.known_from as at from org.import i
  where i.tenant_id = (select kit.tenant_id()) order by i.known_from desc, i.import_id desc limit 100`,
)
export const addImport = query(
  'org.add-import',
  Type.Object({}),
  (p: { id: string; kind: string; hash: string; name: string; rows: number; counts: string; at: string }) => sql`
  insert into org.import (tenant_id, import_id, kind, file_hash, file_name, row_count, counts, known_from, author_id)
  values ((select kit.tenant_id()), ${p.id}::uuid, ${p.kind}, ${p.hash}, ${p.name}, ${p.rows}, ${p.counts}::jsonb, ${p.at}::timestamptz, kit.actor())`,
)
