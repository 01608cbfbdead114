// Exceptions, names of bodies and terms that fall due.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'
import type { At } from '../org.sql.ts'

const text = Type.String()
const textOrNull = Type.Union([text, Type.Null()])

export const exceptionsOn = query(
  'org.exceptions-on',
  Type.Object({ id: text, rule: text, bodyId: text, reason: text, from: text, until: textOrNull }),
  (p: At) => sql`
  select e.exception_id as id, e.rule, e.body_id as "bodyId", e.reason, e.valid_from as "from", nullif(e.valid_until, 'infinity') as until
  from org.exceptions_at(${p.on}::date, ${p.asOf}::timestamptz) e order by e.rule, e.valid_from`,
)

export const bodiesNamed = query(
  'org.bodies-named',
  Type.Object({ id: text, name: text, bodyKind: text, kind: text, under: text }),
  (p: At & { ids: string[] }) => sql`
  select b.* from (
    select u.unit_id as id, u.name, 'unit' as "bodyKind", u.kind, '' as under from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = any(${p.ids}::uuid[])
    union all
    select o.party_org_id, o.name, 'party-org', o.kind, coalesce(u.name, '') from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
    left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = o.unit_id where o.party_org_id = any(${p.ids}::uuid[])
  ) b order by b.under collate "zh-x-icu", b.name collate "zh-x-icu", b.id`,
)

export const termsDue = query(
  'org.terms-due',
  Type.Object({ id: text, name: text, kind: text, unit: text, electedOn: text, dueOn: text, days: Type.Integer() }),
  (p: At & { days: number }) => sql`
  select o.party_org_id as id, o.name, o.kind, coalesce(u.name, '') as unit, t.elected_on as "electedOn", t.due_on as "dueOn", t.due_on - ${p.on}::date as days
  from org.terms_at(${p.on}::date, ${p.asOf}::timestamptz) t
  join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = t.party_org_id
  left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = o.unit_id
  where t.due_on <= ${p.on}::date + ${p.days}::int order by t.due_on, o.name collate "zh-x-icu", o.party_org_id`,
)
