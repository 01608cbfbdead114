// Statements of the list of tickets. How long they take at 1.7 million rows: docs/performance.md.
import { Type } from 'typebox'
import { empty, join, query, type Sql, sql } from '#server/kit/sql.ts'
import type { Among } from '../hotline-among.contract.ts'
import { amongSql, periodSql } from '../hotline-among.sql.ts'
import { TicketRow } from './list.contract.ts'

export interface Filter {
  tenantId: number
  state?: string | undefined
  unit?: string | undefined
  categories?: string[] | undefined
  class?: string | undefined
  channel?: string | undefined
  county?: string | undefined
  from?: string | undefined
  to?: string | undefined
  overdue?: true | undefined
  supervised?: true | undefined
  among?: Among | undefined
}
/** The last row of the page before. */
export interface After {
  at: string
  id: string
}

/** Conditions that are rare, as the small indexes of 0071 have them; what they narrow implies them. */
const late = sql`(t.closed_at <= t.due_at) is not true`
const unsolved = sql`t.reached and (t.solved and not t.relapsed) is not true`
const rareOf: Partial<Record<Among, Sql>> = { 'not-on-time': late, overdue: late, 'not-due': late, 'not-solved': unsolved, relapsed: unsolved }

/** What a filter asks of the row `t`. */
export function conditions(p: Filter): Sql {
  const parts = [sql`t.tenant_id = ${p.tenantId}`]
  if (p.unit !== undefined) parts.push(sql`t.unit_id = ${p.unit}`)
  if (p.county !== undefined) parts.push(sql`t.county = ${p.county}`)
  if (p.class !== undefined) parts.push(sql`t.class = ${p.class}`)
  if (p.channel !== undefined) parts.push(sql`t.channel = ${p.channel}`)
  if (p.categories !== undefined) parts.push(sql`t.category = any (${p.categories}::text[])`)
  if (p.state === 'open') parts.push(sql`t.closed_at is null and t.state not in ('merged', 'dropped')`)
  else if (p.state !== undefined) parts.push(sql`t.state = ${p.state}`)
  if (p.overdue === true) parts.push(sql`t.closed_at is null and t.state not in ('merged', 'dropped') and t.due_at < (select kit.now())`)
  if (p.supervised === true) parts.push(sql`t.supervised`)
  if (p.among !== undefined) parts.push(amongSql(p.among, sql`(select kit.now())`), rareOf[p.among] ?? sql`true`)
  if (p.among !== undefined || p.from !== undefined || p.to !== undefined) parts.push(periodSql(p.among, p))
  return join(parts, ' and ')
}

/** The columns of a row `t` of a list. */
export const rowColumns = sql`t.ticket_id as "ticketId", t.number::text as number, t.title, t.state, t.class, t.category, t.channel, t.county, t.place, t.unit_id as "unitId",
  (select u.name from org.unit u where u.tenant_id = t.tenant_id and u.unit_id = t.unit_id and u.known_until = 'infinity' order by u.valid_until desc limit 1) as "unitName",
  t.received_at as "receivedAt", t.due_at as "dueAt", t.sign_due_at as "signDueAt", t.respond_due_at as "respondDueAt", t.unit_due_at as "unitDueAt", t.closed_at as "closedAt",
  t.transfers, t.rehandled, t.supervised, t.arbitrated, t.extend_asked as "extendAsked", t.reached, t.solved, t.satisfaction,
  t.closed_at is null and t.state not in ('merged', 'dropped') and t.due_at < kit.now() as overdue, t.revision`

const newest = sql`t.received_at desc, t.ticket_id desc`

/** A page of tickets, newest first. `walked`: in the order of receipt until the page is full; else all that fit are gathered and sorted. */
export const ticketPage = query('hotline.list-page', TicketRow, (p: Filter & { after?: After | undefined; skip: number; limit: number; walked: boolean }) => {
  const found = sql`select t.received_at, t.ticket_id from {hotline.ticket} t
    where ${conditions(p)} ${p.after === undefined ? empty : sql`and (t.received_at, t.ticket_id) < (${p.after.at}::timestamptz, ${p.after.id}::uuid)`}`
  return sql`
  select ${rowColumns} from (
    select t.ticket_id from (${found} ${p.walked ? empty : sql`offset 0`}) t order by ${newest} limit ${p.limit} offset ${p.skip}) page
  join {hotline.ticket} t on t.tenant_id = ${p.tenantId} and t.ticket_id = page.ticket_id order by ${newest}`
})

/** How many tickets the filter finds, counted to `most` + 1. */
export const ticketCount = query(
  'hotline.list-count',
  Type.Object({ count: Type.Integer() }),
  (p: Filter & { most: number }) => sql`select count(*)::int as count from (select from {hotline.ticket} t where ${conditions(p)} limit ${p.most + 1}) t`,
)
