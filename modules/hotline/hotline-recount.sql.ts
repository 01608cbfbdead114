// The counts of closed tickets: counted from the tickets themselves, kept in `tally`, changed by rows of `tally_change` (H10).
// Says whose the rows are that these statements read.
import './hotline.sql.ts'
import { Type } from 'typebox'
import { join, query, type Sql, sql } from '#server/kit/sql.ts'
import type { Among } from './hotline-among.contract.ts'
import { conditionSql, countedSql } from './hotline-among.sql.ts'
import { type Counter, counters } from './hotline-tally.rules.ts'

const raw = (text: string): Sql => sql([text] as unknown as TemplateStringsArray)
const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const columnNames = counters.map(column)
/** The counters as columns, in the order of `tally`. */
export const counterColumns: Sql = raw(columnNames.join(', '))
/** The sum of each counter, under its column's name. */
export const sums = (alias: string): Sql => raw(columnNames.map((name) => `sum(${alias}.${name})::int as ${name}`).join(', '))

/** What each counter counts. */
export const counterAmong: Record<Counter, Among> = {
  ...{ closed: 'closed', onTime: 'on-time', direct: 'direct', signedInTime: 'signed', respondedInTime: 'responded', called: 'called', reached: 'reached' },
  ...{
    dispatched: 'sign-due',
    solved: 'solved',
    rated: 'rated',
    satisfied: 'satisfied',
    relapsed: 'relapsed',
    rehandled: 'rehandled',
    transferred: 'transferred',
  },
}
/** The counters of closed tickets `t`, counted. No moment matters for what is closed. */
const counted = join(
  counters.map((name) => sql`count(*) filter (where ${conditionSql(counterAmong[name], sql`null::timestamptz`)})::int as ${raw(column(name))}`),
  ', ',
)
/** The first day of a moment's month in China. */
export const month = (moment: Sql): Sql => sql`date_trunc('month', ${moment} at time zone 'Asia/Shanghai')::date`

/** Counts of closed tickets by dimension, key and months, from the tickets themselves: rows as `tally` has them, without the tenant. */
const recounted = (tenantId: number): Sql => sql`(
  with t as (
    select t.*, ${month(sql`t.received_at`)} as received_in, ${month(sql`t.closed_at`)} as closed_in
    from {hotline.ticket} t where t.tenant_id = ${tenantId} and t.closed_at is not null and ${countedSql}
  ), once as (
    select grouping(t.unit_id) = 0 as by_unit, grouping(t.category) = 0 as by_category, t.unit_id, t.category, t.county, t.channel, t.class, t.received_in, t.closed_in, ${counted}
    from t group by grouping sets ((t.received_in, t.closed_in, t.unit_id), (t.received_in, t.closed_in, t.category), (t.received_in, t.closed_in, t.county, t.channel, t.class))
  )
  select d.dimension, d.key, o.received_in, o.closed_in, ${sums('o')} from once o
  cross join lateral (
    select 'unit' as dimension, coalesce(o.unit_id::text, '') as key where o.by_unit
    union all select 'category', o.category where o.by_category
    union all select v.* from (values ('all', ''), ('county', o.county), ('channel', o.channel), ('class', o.class)) v where not o.by_unit and not o.by_category) d
  group by 1, 2, 3, 4)`

/** Rows of `tally_change` by dimension, as `tally` has them. */
export const changed = (tenantId: number): Sql => sql`(
  select d.dimension, d.key, c.received_in, c.closed_in, ${sums('c')} from {hotline.tally_change} c
  cross join lateral (values ('all', ''), ('unit', coalesce(c.unit_id::text, '')), ('category', c.category), ('county', c.county), ('channel', c.channel), ('class', c.class)) d(dimension, key)
  where c.tenant_id = ${tenantId} group by 1, 2, 3, 4)`

/** Counts all closed tickets into an empty tally: after a load. */
export const fillTally = query(
  'hotline.fill-tally',
  Type.Object({}),
  (p: { tenantId: number }) => sql`
  insert into hotline.tally (tenant_id, dimension, key, received_in, closed_in, ${counterColumns})
  select ${p.tenantId}::int, r.* from ${recounted(p.tenantId)} r order by r.dimension, r.received_in, r.closed_in, r.key`,
)

/** Adds at most `limit` changes to the tally and takes them out of the way; tells how many. */
export const foldChanges = query(
  'hotline.fold-tally',
  Type.Object({ count: Type.Integer() }),
  (p: { tenantId: number; limit: number }) => sql`
  with taken as (
    delete from hotline.tally_change c where c.tenant_id = ${p.tenantId} and c.change_id in (
      select n.change_id from {hotline.tally_change} n where n.tenant_id = ${p.tenantId} order by n.change_id limit ${p.limit})
    returning c.*
  ), added as (
    insert into hotline.tally (tenant_id, dimension, key, received_in, closed_in, ${counterColumns})
    select ${p.tenantId}::int, d.dimension, d.key, c.received_in, c.closed_in, ${sums('c')} from taken c
    cross join lateral (values ('all', ''), ('unit', coalesce(c.unit_id::text, '')), ('category', c.category), ('county', c.county), ('channel', c.channel), ('class', c.class)) d(dimension, key)
    group by 1, 2, 3, 4, 5 order by 1, 2, 4, 5, 3
    on conflict (tenant_id, dimension, received_in, closed_in, key) do update set (${counterColumns}) = (select ${raw(columnNames.map((name) => `tally.${name} + excluded.${name}`).join(', '))})
  )
  select count(*)::int as count from taken`,
)

/** Where the tally with its changes differs from a recount, at one moment; nothing where all is well. At most 20 rows. */
export const differences = query(
  'hotline.tally-differences',
  Type.Object({
    ...{ dimension: Type.String(), key: Type.String(), receivedIn: Type.String(), closedIn: Type.String() },
    ...{ kept: Type.Union([Type.String(), Type.Null()]), counted: Type.Union([Type.String(), Type.Null()]) },
  }),
  (p: { tenantId: number }) => sql`
  with kept as (
    select k.dimension, k.key, k.received_in, k.closed_in, ${sums('k')} from (
      select y.dimension, y.key, y.received_in, y.closed_in, ${counterColumns} from {hotline.tally} y where y.tenant_id = ${p.tenantId} union all select * from ${changed(p.tenantId)} c) k
    group by 1, 2, 3, 4
  ), compared as (
    select coalesce(k.dimension, r.dimension) as dimension, coalesce(k.key, r.key) as key, coalesce(k.received_in, r.received_in) as received_in, coalesce(k.closed_in, r.closed_in) as closed_in,
      row(${raw(columnNames.map((name) => `coalesce(k.${name}, 0)`).join(', '))})::text as kept, row(${raw(columnNames.map((name) => `coalesce(r.${name}, 0)`).join(', '))})::text as counted
    from kept k full join ${recounted(p.tenantId)} r on (r.dimension, r.key, r.received_in, r.closed_in) = (k.dimension, k.key, k.received_in, k.closed_in))
  select c.dimension, c.key, c.received_in as "receivedIn", c.closed_in as "closedIn", c.kept, c.counted from compared c where c.kept <> c.counted
  order by c.received_in, c.dimension, c.key limit 20`,
)
