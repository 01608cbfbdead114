// Statements of the answer sheet around those that the engine compiles: several figures at once, the rows behind one, the groups of one.
import { type Static, Type } from 'typebox'
import type { Sql } from '#engine/index.ts'
import { type Query, query, type Statement, sql } from '#server/kit/sql.ts'

/** One figure's numbers within a statement of several; `n` is its place in the list. */
export interface NumbersRow {
  n: number
  numerator: string | null
  denominator: string | null
}

/** Several figures in one statement: each becomes a row. The engine's marks are numbered on; its values never stand in the text. */
export function figuresTogether(statements: readonly Sql[]): Statement {
  const values: unknown[] = []
  const parts = statements.map(({ text, values: own }, n) => {
    const part = `(select ${n}::int as n, f.numerator, f.denominator from (${shifted(text, values.length)}) f)`
    values.push(...own)
    return part
  })
  return { text: parts.join(' union all '), values }
}

/** Marks moved up by `by`. */
function shifted(text: string, by: number): string {
  return text.replace(/\$(\d+)/g, (_mark, number: string) => `$${Number(number) + by}`)
}

const FoundRow = Type.Object({
  id: Type.String(),
  day: Type.Union([Type.String(), Type.Null()]),
  value: Type.Union([Type.String(), Type.Null()]),
  visible: Type.Integer(),
})
export type FoundRow = Static<typeof FoundRow>

/** The engine's statement as a query, so that it is prepared: its text depends on the figure alone, and planning it costs as much as running it. */
function prepared({ text, values }: Statement): Query<object, FoundRow> {
  return { name: 'answers.rows', row: FoundRow, build: () => ({ text, values }) as unknown as ReturnType<typeof sql> }
}

/** The first `limit` of all rows, and how many all are. */
export function firstRows(all: Sql, limit: number): Query<object, FoundRow> {
  return prepared({
    text: `select o.id, o.day, o.value, (count(*) over ())::int as visible from (${all.text}) o limit $${all.values.length + 1}::int`,
    values: [...all.values, limit],
  })
}

/** A page of rows further on; `visible` is 0. */
export function moreRows(page: Sql): Query<object, FoundRow> {
  return prepared({ text: `select o.id, o.day, o.value, 0 as visible from (${page.text}) o`, values: page.values })
}

/** How many rows a rows statement has. */
export function countOf(rows: Sql): Statement {
  return { text: `select count(*)::int as n from (${rows.text}) o`, values: rows.values }
}

/** A source's row id → the unit it counts for, as a join over `o`; undefined for rows that are nobody's. */
function unitJoin(source: string, on: string, asOf: string): string | undefined {
  const recordOf = (id: string): string =>
    `join {ledger.record} r on r.tenant_id = (select kit.tenant_id()) and r.record_id = ${id} and r.known_from <= ${asOf} and r.known_until > ${asOf} cross join lateral (select r.unit_id) owner`
  if (source.startsWith('record.') || source === 'honour-year') return recordOf('o.id::uuid')
  if (source.startsWith('matter.')) return 'join {matter.matter} owner on owner.tenant_id = (select kit.tenant_id()) and owner.matter_id = o.id::uuid'
  if (source === 'participant' || source === 'attendance') return recordOf(`split_part(o.id, ':', 1)::uuid`)
  if (source === 'unit') return 'cross join lateral (select o.id::uuid as unit_id) owner'
  const orgs = `org.party_orgs_at(${on}, ${asOf})`
  if (source === 'party-org') return `join ${orgs} owner on owner.party_org_id = o.id::uuid`
  if (source === 'post') {
    return `join org.holding h on h.tenant_id = (select kit.tenant_id()) and h.holding_id = o.id::uuid left join ${orgs} p on p.party_org_id = h.body_id
      cross join lateral (select coalesce(p.unit_id, h.body_id) as unit_id) owner`
  }
  if (source === 'member')
    return `join {org.membership} m on m.tenant_id = (select kit.tenant_id()) and m.membership_id = o.id::uuid join ${orgs} owner on owner.party_org_id = m.party_org_id`
  return undefined
}

/** A row of `groupsOf`: the first six digits of the division code, empty for the city's own units. */
export interface GroupRow {
  county: string
  count: number
}

/** The rows of a rows statement counted by county; null where the source's rows belong to nobody. A unit that has ended counts where it last was. */
export function groupsOf(rows: Sql, source: string, at: { on: string; asOf: string }): Statement | null {
  const [on, asOf] = [`$${rows.values.length + 1}::date`, `$${rows.values.length + 2}::timestamptz`]
  const join = unitJoin(source, on, asOf)
  if (join === undefined) return null
  const text = `with place as (
      select distinct on (u.unit_id) u.unit_id, case when u.level = 'city' then '' else coalesce(left(u.division_code, 6), '') end as county
      from org.unit u where u.tenant_id = (select kit.tenant_id()) and u.known_from <= ${asOf} and u.known_until > ${asOf} and u.valid_from <= ${on}
      order by u.unit_id, u.valid_from desc)
    select place.county, count(*)::int as count from (${rows.text}) o ${join} join place on place.unit_id = owner.unit_id group by place.county`
  return { text, values: [...rows.values, at.on, at.asOf] }
}

export const DescribedRow = Type.Object({
  n: Type.Integer(),
  day: Type.Union([Type.String(), Type.Null()]),
  title: Type.Union([Type.String(), Type.Null()]),
  recordId: Type.Union([Type.String(), Type.Null()]),
  matterId: Type.Union([Type.String(), Type.Null()]),
  bodyId: Type.Union([Type.String(), Type.Null()]),
  bodyName: Type.Union([Type.String(), Type.Null()]),
  bodyKind: Type.Union([Type.Literal('unit'), Type.Literal('party-org'), Type.Null()]),
  post: Type.Union([Type.String(), Type.Null()]),
  person: Type.Union([Type.String(), Type.Null()]),
})
export type DescribedRow = Static<typeof DescribedRow>

/** What stands behind each row: parallel lists, an id or null in each place. */
export interface Behind {
  tenantId: number
  on: string
  asOf: string
  records: (string | null)[]
  matters: (string | null)[]
  bodies: (string | null)[]
  persons: (string | null)[]
  holdings: (string | null)[]
  memberships: (string | null)[]
}

/**
 * What a person recognises of rows: date, title, organisation as it was called on the day, person where the reader may see persons.
 * `coalesce` counts as leaky, so under the policies no index may be asked for it: `offset 0` makes it a plain column first, and
 * `limit 1` keeps each look-up a look-up where the planner would read the whole directory for a page of rows.
 */
export const describeRows = query(
  'answers.describe-rows',
  DescribedRow,
  (p: Behind) => sql`
  select t.n::int as n, coalesce(r.happened_on, w.opened_on)::text as day, coalesce(r.title, w.title) as title, r.record_id as "recordId", w.matter_id as "matterId", body.id as "bodyId", body.name as "bodyName", body.kind as "bodyKind", h.post, person.name as person
  from unnest(${p.records}::uuid[], ${p.matters}::uuid[], ${p.bodies}::uuid[], ${p.persons}::uuid[], ${p.holdings}::uuid[], ${p.memberships}::uuid[])
    with ordinality as t (record_id, matter_id, body_id, person_id, holding_id, membership_id, n)
  left join {ledger.record} r on r.tenant_id = ${p.tenantId} and r.record_id = t.record_id and r.known_from <= ${p.asOf}::timestamptz and r.known_until > ${p.asOf}::timestamptz
  left join {matter.matter} w on w.tenant_id = ${p.tenantId} and w.matter_id = t.matter_id
  left join org.holding h on h.tenant_id = ${p.tenantId} and h.holding_id = t.holding_id
  left join {org.membership} m on m.tenant_id = ${p.tenantId} and m.membership_id = t.membership_id
  cross join lateral (
    select coalesce(t.body_id, r.owner_id, w.owner_id, h.body_id, m.party_org_id) as id, coalesce(r.happened_on, w.opened_on, ${p.on}::date) as day, coalesce(t.person_id, h.person_id, m.person_id) as person offset 0) at
  left join lateral (
    select o.party_org_id as id, o.name, 'party-org' as kind from org.party_orgs_at(at.day, ${p.asOf}::timestamptz) o where o.party_org_id = at.id
    union all
    select u.unit_id, u.name, 'unit' from org.units_at(at.day, ${p.asOf}::timestamptz) u where u.unit_id = at.id
    limit 1) body on true
  left join lateral (select p.name from {org.person} p where p.tenant_id = ${p.tenantId} and p.person_id = at.person limit 1) person on true
  order by t.n`,
)
