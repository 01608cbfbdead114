// One person: what org holds of them, correction, erasure, and who has left long enough ago. Read by the tenant's role alone.
import { type Static, Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, sql } from '#server/kit/sql.ts'

const text = Type.String()
type OfPerson = { tenantId: number; personId: string }

export const PersonRow = Type.Object({ id: text, name: text, sex: orNull(text), birthYear: orNull(Type.Integer()), outside: Type.Boolean() })
export type PersonRow = Static<typeof PersonRow>

export const personById = query(
  'org.person-by-id',
  PersonRow,
  (p: OfPerson) => sql`
  select p.person_id as id, p.name, p.sex, p.birth_year as "birthYear", p.outside from {org.person} p where p.tenant_id = ${p.tenantId} and p.person_id = ${p.personId}`,
)

/** The bodies that a person belongs to, the newest membership first, else the newest post. */
export const bodyOfPerson = query(
  'org.body-of-person',
  Type.Object({ bodyId: text }),
  (p: OfPerson) => sql`
  select at.body_id as "bodyId" from (
    select m.party_org_id as body_id, m.valid_from, 1 as nth from {org.membership} m where m.tenant_id = ${p.tenantId} and m.person_id = ${p.personId} and m.known_until = 'infinity'
    union all
    select h.body_id, h.valid_from, 2 from org.holding h where h.tenant_id = ${p.tenantId} and h.person_id = ${p.personId} and h.known_until = 'infinity'
  ) at order by at.nth, at.valid_from desc limit 1`,
)

export const correctPersonRow = query(
  'org.correct-person',
  Type.Object({}),
  (p: OfPerson & { name: string; initials: string; sex: string | null; birthYear: number | null }) => sql`
  update org.person set name = ${p.name}, initials = ${p.initials}, sex = ${p.sex}, birth_year = ${p.birthYear} where tenant_id = ${p.tenantId} and person_id = ${p.personId}`,
)

export const erasePersonRow = query(
  'org.erase-person',
  Type.Object({ id: text }),
  (p: OfPerson) => sql`delete from org.person where tenant_id = ${p.tenantId} and person_id = ${p.personId} returning person_id as id`,
)

const MembershipRow = Type.Object({ partyOrg: text, kind: text, from: text, until: text, knownFrom: text, knownUntil: text })

export const membershipsOfPerson = query(
  'org.memberships-of-person',
  MembershipRow,
  (p: OfPerson) => sql`
  select coalesce((select o.name from org.party_org o where o.tenant_id = m.tenant_id and o.party_org_id = m.party_org_id order by o.valid_from desc limit 1), '') as "partyOrg", m.kind,
    m.valid_from as "from", m.valid_until::text as until, m.known_from::text as "knownFrom", m.known_until::text as "knownUntil"
  from {org.membership} m where m.tenant_id = ${p.tenantId} and m.person_id = ${p.personId} order by m.valid_from, m.known_from`,
)

const HoldingRow = Type.Object({ post: text, body: text, from: text, until: text, knownFrom: text, knownUntil: text })

export const holdingsOfPerson = query(
  'org.holdings-of-person',
  HoldingRow,
  (p: OfPerson) => sql`
  select h.post, coalesce((select u.name from org.unit u where u.tenant_id = h.tenant_id and u.unit_id = h.body_id order by u.valid_from desc limit 1),
      (select o.name from org.party_org o where o.tenant_id = h.tenant_id and o.party_org_id = h.body_id order by o.valid_from desc limit 1), '') as body,
    h.valid_from as "from", h.valid_until::text as until, h.known_from::text as "knownFrom", h.known_until::text as "knownUntil"
  from org.holding h where h.tenant_id = ${p.tenantId} and h.person_id = ${p.personId} order by h.valid_from, h.known_from`,
)

/** Whose memberships and posts, of which there were some, have all ended before a day. */
export const leftBefore = query(
  'org.left-before',
  Type.Object({ id: text }),
  (p: { tenantId: number; before: string }) => sql`
  select p.person_id as id from {org.person} p
  where p.tenant_id = ${p.tenantId} and not p.outside
    and exists (select from {org.membership} m where m.tenant_id = p.tenant_id and m.person_id = p.person_id
      union all select from org.holding h where h.tenant_id = p.tenant_id and h.person_id = p.person_id)
    and not exists (select from {org.membership} m where m.tenant_id = p.tenant_id and m.person_id = p.person_id and m.known_until = 'infinity' and m.valid_until > ${p.before}::date)
    and not exists (select from org.holding h where h.tenant_id = p.tenant_id and h.person_id = p.person_id and h.known_until = 'infinity' and h.valid_until > ${p.before}::date)`,
)
