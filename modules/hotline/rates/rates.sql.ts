// Counts for the seven rates as of a moment, from the cells; what has been asked lately and where.
import { Type } from 'typebox'
import { query, raw, type Sql, sql } from '#server/kit/sql.ts'
import { countedSql } from '../hotline-among.sql.ts'
import { type CellsAsked, cellsSql, column, type KeptBy, plainCellsSql } from '../hotline-cells.sql.ts'
import { allCounters } from './rates.rules.ts'

export type Dimension = KeptBy | 'month'

export const CountRow = Type.Object({ key: Type.String(), ...Object.fromEntries(allCounters.map((name) => [name, Type.Integer()])) })

interface Period {
  tenantId: number
  /** First days of the first month and of the month after the last. */
  from: string
  until: string
  at: string
}

const asked = ({ tenantId, at, from, until }: Period, by: KeptBy): CellsAsked => ({
  ...{ by, tenantId: sql`${tenantId}`, at: sql`${at}::timestamptz`, from: sql`${from}::date`, until: sql`${until}::date` },
})
const sums = raw(allCounters.map((name) => `sum(o.${column(name)})::int as "${name}"`).join(', '))
const counts = (p: Period & { by: Dimension }, cells: (asked: CellsAsked) => Sql): Sql => {
  const key = p.by === 'month' ? sql`to_char(o.received_in, 'YYYY-MM')` : sql`o.key`
  return sql`select ${key} as key, ${sums} from ${cells(asked(p, p.by === 'month' ? 'all' : p.by))} o group by 1 having sum(o.closed) <> 0 or sum(o.open) <> 0`
}

/** Counts by a dimension of the tickets received in a period, as of a moment. */
export const countsAt = query('hotline.counts-at', CountRow, (p: Period & { by: Dimension }) => counts(p, cellsSql))
/** The same, every ticket read: what `countsAt` is held against. */
export const recountAt = query('hotline.recount-at', CountRow, (p: Period & { by: Dimension }) => counts(p, plainCellsSql))

/** Tickets received before a period and open when it began, as of a moment: how many were closed since, how many are still open. */
export const carriedAt = query(
  'hotline.carried-at',
  Type.Object({ closed: Type.Integer(), open: Type.Integer() }),
  (p: Period) => sql`
  select coalesce(sum(o.closed) filter (where o.closed_in >= ${p.from}::date), 0)::int as closed, coalesce(sum(o.open), 0)::int as open
  from ${cellsSql(asked({ ...p, from: '2000-01-01', until: p.from }, 'all'))} o`,
)

/** The newest names of units. */
export const unitNames = query(
  'hotline.rates-unit-names',
  Type.Object({ id: Type.String(), name: Type.String(), county: Type.String() }),
  (p: { tenantId: number; ids: string[] }) => sql`
  select distinct on (u.unit_id) u.unit_id as id, u.name, coalesce(left(u.division_code, 6), '') as county from org.unit u
  where u.tenant_id = ${p.tenantId} and u.unit_id = any (${p.ids}::uuid[]) and u.known_until = 'infinity' order by u.unit_id, u.valid_from desc`,
)

/** Tickets of the last weeks by category and county, each week's count, newest first; of the reader's scope. */
export const weeksByPlace = query(
  'hotline.weeks-by-place',
  Type.Object({ category: Type.String(), county: Type.String(), week: Type.Integer(), count: Type.Integer() }),
  (p: { tenantId: number; at: string; weeks: number }) => sql`
  select t.category, t.county, floor(extract(epoch from (${p.at}::timestamptz - t.received_at)) / 604800)::int as week, count(*)::int as count from {hotline.ticket} t
  where t.tenant_id = ${p.tenantId} and t.received_at > ${p.at}::timestamptz - ${p.weeks + 1}::int * interval '7 days' and t.received_at <= ${p.at}::timestamptz and ${countedSql}
  group by 1, 2, 3`,
)

/** Places from which the same is asked again and again: category and place with at least so many tickets in so many days, most first; of the reader's scope. */
export const hotPlaces = query(
  'hotline.hot-places',
  Type.Object({ category: Type.String(), county: Type.String(), place: Type.String(), count: Type.Integer(), open: Type.Integer(), relapsed: Type.Integer() }),
  (p: { tenantId: number; at: string; days: number; least: number }) => sql`
  select t.category, t.county, t.place, count(*)::int as count, (count(*) filter (where t.closed_at is null))::int as open, (count(*) filter (where t.relapsed))::int as relapsed
  from {hotline.ticket} t
  where t.tenant_id = ${p.tenantId} and t.received_at > ${p.at}::timestamptz - ${p.days}::int * interval '1 day' and t.received_at <= ${p.at}::timestamptz and t.place <> '' and ${countedSql}
  group by 1, 2, 3 having count(*) >= ${p.least} order by 4 desc, 1, 2, 3 limit 30`,
)

/** Notes what a recount found. */
export const insertRecount = query(
  'hotline.insert-recount',
  Type.Object({}),
  (p: { tenantId: number; at: string; milliseconds: number; tickets: number; differences: string }) => sql`
  insert into hotline.recount (tenant_id, at, milliseconds, tickets, differences) values (${p.tenantId}, ${p.at}, ${p.milliseconds}, ${p.tickets}, ${p.differences}::jsonb) on conflict do nothing`,
)
/** The last recount, and how many changes wait to be folded in. */
export const lastRecount = query(
  'hotline.last-recount',
  Type.Object({ at: Type.String(), milliseconds: Type.Integer(), tickets: Type.Integer(), differences: Type.Array(Type.Unknown()) }),
  (p: { tenantId: number }) => sql`
  select r.at, r.milliseconds, r.tickets, r.differences from hotline.recount r where r.tenant_id = ${p.tenantId} order by r.at desc limit 1`,
)
export const countKept = query(
  'hotline.count-kept',
  Type.Object({ tickets: Type.Integer() }),
  (p: { tenantId: number }) => sql`
  select (coalesce((select sum(y.closed) from {hotline.tally} y where y.tenant_id = ${p.tenantId} and y.dimension = 'all'), 0)
    + coalesce((select sum(c.closed) from {hotline.tally_change} c where c.tenant_id = ${p.tenantId}), 0))::int as tickets`,
)
export const waitingChanges = query(
  'hotline.waiting-changes',
  Type.Object({ count: Type.Integer() }),
  (p: { tenantId: number }) => sql`select count(*)::int as count from {hotline.tally_change} c where c.tenant_id = ${p.tenantId}`,
)
