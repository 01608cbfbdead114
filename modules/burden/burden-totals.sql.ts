// What askings cost, added up.
import { type Static, Type } from 'typebox'
import { empty, query, type Sql, sql } from '#server/kit/sql.ts'
import { AskingRow, Total, type TotalsFilter } from './burden.contract.ts'

const Text = Type.String()
const Int = Type.Integer()

const bodyName = sql`coalesce(
  (select o.name from org.party_org o where o.tenant_id = t.tenant_id and o.party_org_id = t.body_id and o.known_until = 'infinity' order by o.valid_from desc limit 1),
  (select u.name from org.unit u where u.tenant_id = t.tenant_id and u.unit_id = t.body_id and u.known_until = 'infinity' order by u.valid_from desc limit 1), '')`
/** What a total is by: its column among the charges, its name to read, its order. */
function groupOf(by: TotalsFilter['by']): { column: Sql; name: Sql; order: Sql } {
  if (by === 'month') return { column: sql`c.month`, name: sql`to_char(t.month, 'YYYY-MM')`, order: sql`t.month desc` }
  if (by === 'receiver') return { column: sql`c.body_id`, name: bodyName, order: sql`t.seconds desc` }
  return by === 'asker'
    ? { column: sql`c.asker`, name: sql`t.asker`, order: sql`t.seconds desc` }
    : { column: sql`c.kind`, name: sql`t.kind`, order: sql`t.seconds desc` }
}

/** The totals of the months from `from` to `to`, both included, largest first; months in their order. */
export const totals = query('burden.totals', Total, (p: { tenantId: number; by: TotalsFilter['by']; from: string; to: string; most: number }) => {
  const { column, name, order } = groupOf(p.by)
  return sql`
  select ${name} as name, t.askings, t.receivers, t.seconds, t.saved, t.short from (
    select c.tenant_id, ${column}, count(distinct c.asking_id)::int as askings, count(distinct c.body_id)::int as receivers, sum(c.seconds)::int as seconds, sum(c.saved)::int as saved,
      count(distinct c.asking_id) filter (where c.short)::int as short
    from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.month between ${p.from}::date and ${p.to}::date group by c.tenant_id, ${column}) t
  order by ${order}, 1 limit ${p.most}`
})

const rows = (p: { tenantId: number; bodies: readonly string[] | null }) => sql`
  select c.asking_id as "askingId", min(c.title) as title, min(c.asker) as asker, min(c.kind) as kind, min(c.asked_on) as "askedOn", min(c.due_on) as "dueOn", bool_or(c.short) as "isShort",
    count(*)::int as receivers, sum(c.seconds)::int as seconds, sum(c.saved)::int as saved
  from {burden.charge} c where c.tenant_id = ${p.tenantId} and (${p.bodies}::uuid[] is null or c.body_id = any (${p.bodies}::uuid[])) group by c.asking_id`

/** A page of askings that cost bodies of the scope something, newest first. */
export const askingPage = query(
  'burden.asking-page',
  AskingRow,
  (p: { tenantId: number; bodies: readonly string[] | null; after: { on: string; id: string } | undefined; limit: number }) => sql`
  select * from (${rows(p)}) a ${p.after === undefined ? empty : sql`where (a."askedOn", a."askingId") < (${p.after.on}::date, ${p.after.id}::uuid)`}
  order by a."askedOn" desc, a."askingId" desc limit ${p.limit}`,
)
export const askingCount = query(
  'burden.asking-count',
  Type.Object({ count: Int }),
  (p: { tenantId: number; bodies: readonly string[] | null; most: number }) =>
    sql`select count(*)::int as count from (select from (${rows(p)}) a limit ${p.most}) found`,
)

export const MonthRow = Type.Object({ id: Text, name: Text, of: Type.Unsafe<'unit' | 'party-org'>(Text), kind: Text, seconds: Int })
export type MonthRow = Static<typeof MonthRow>

/** What each body of the scope was asked for in a month; those that were asked for something. */
export const monthOf = query(
  'burden.month-of',
  MonthRow,
  (p: { tenantId: number; month: string; on: string; asOf: string }) => sql`
  with spent as materialized (select c.body_id, sum(c.seconds)::int as seconds from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.month = ${p.month}::date group by c.body_id)
  select o.party_org_id as id, o.name, 'party-org' as of, o.kind, s.seconds from spent s join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = s.body_id
  union all
  select u.unit_id, u.name, 'unit', u.kind, s.seconds from spent s join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = s.body_id
  order by 5 desc, 2`,
)

export const yearOf = query(
  'burden.year-of',
  Type.Object({ askings: Int, seconds: Int, saved: Int, short: Int }),
  (p: { tenantId: number; since: string }) => sql`
  select count(distinct c.asking_id)::int as askings, coalesce(sum(c.seconds), 0)::int as seconds, coalesce(sum(c.saved), 0)::int as saved, count(distinct c.asking_id) filter (where c.short)::int as short
  from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.asked_on > ${p.since}::date`,
)

/** Kinds and number of askings that each body of the scope had since a day. */
export const askedOfEach = query(
  'burden.asked-of-each',
  Type.Object({ body: Text, kinds: Int, submissions: Int }),
  (p: { tenantId: number; since: string }) => sql`
  select c.body_id as body, count(distinct c.title)::int as kinds, count(*)::int as submissions from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.asked_on > ${p.since}::date group by c.body_id`,
)

export const MonthKindRow = Type.Object({ month: Text, kind: Text, askings: Int, receivers: Int, seconds: Int, saved: Int })
export type MonthKindRow = Static<typeof MonthKindRow>

/** The totals by kind of asking of the last so many months before one, newest month first. */
export const monthKinds = query(
  'burden.month-kinds',
  MonthKindRow,
  (p: { tenantId: number; before: string; months: number }) => sql`
  select to_char(c.month, 'YYYY-MM') as month, c.kind, count(distinct c.asking_id)::int as askings, count(distinct c.body_id)::int as receivers, sum(c.seconds)::int as seconds, sum(c.saved)::int as saved
  from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.month < ${p.before}::date and c.month >= ${p.before}::date - make_interval(months => ${p.months})
  group by c.month, c.kind order by c.month desc, 5 desc, 2`,
)
