// Tickets counted as they were known at any moment, in cells of a key and a month of receipt (H10): what is kept of closed tickets, set right by the few
// rows that changed since. Rates, the bulletin's facts and the answer sheet's all count from here.
// Says whose the rows are that these statements read.
import './hotline.sql.ts'
import { join, raw, type Sql, sql } from '#server/kit/sql.ts'
import type { Among } from './hotline-among.contract.ts'
import { conditionSql, countedSql } from './hotline-among.sql.ts'
import { counterAmong, counterColumns, month } from './hotline-recount.sql.ts'
import { type Counter, counters, openCounters } from './hotline-tally.rules.ts'

export const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What the tally keeps counts by. */
export const keptBy = ['all', 'unit', 'category', 'county', 'channel', 'class'] as const
export type KeptBy = (typeof keptBy)[number]

export interface CellsAsked {
  tenantId: Sql
  by: KeptBy
  /** The moment as of which is counted. */
  at: Sql
  /** Received from the beginning of this day until that of the other; days in the middle of months are counted from the tickets themselves. */
  from: Sql
  until: Sql
}

/** The last moment at which what is counted of a ticket changed; as the index `ticket_last` has it. */
const last = sql`greatest(t.known_from, t.dispatched_at, t.signed_at, t.responded_at, t.called_at, t.closed_at)`
const isOpen = sql`t.closed_at is null and t.state in ('received', 'dispatched', 'handling', 'returned', 'arbitration', 'answered') and t.parent_id is null`
const start = (day: Sql): Sql => sql`(${day}::timestamp at time zone 'Asia/Shanghai')`
/** What a row of tickets or of changes is counted by; both call it the same. */
const keyOf: Record<KeptBy, Sql> = {
  all: sql`''`,
  unit: sql`coalesce(t.unit_id::text, '')`,
  ...{ category: sql`t.category`, county: sql`t.county`, channel: sql`t.channel`, class: sql`t.class` },
}

const openAmong: Record<(typeof openCounters)[number], Among | null> = {
  ...{ open: null, overdue: 'overdue', signDueOpen: 'sign-due', signedOpen: 'signed', signNotDue: 'sign-not-due' },
  ...{ respondDueOpen: 'respond-due', respondedOpen: 'responded', respondNotDue: 'respond-not-due' },
}
/** Counters whose condition open tickets can fulfil, too. */
const closedOnly: Counter[] = ['dispatched', 'signedInTime', 'respondedInTime']

/** What one ticket `t` counts at a moment, each counter `one` or 0. */
function counted(at: Sql, one: 1 | -1): Sql {
  const when = (condition: Sql, name: string): Sql => sql`case when ${condition} then ${raw(String(one))} else 0 end as ${raw(column(name))}`
  const closed = counters.map((name) => {
    const condition = conditionSql(counterAmong[name], at)
    return when(closedOnly.includes(name) ? sql`t.closed_at is not null and ${condition}` : condition, name)
  })
  const open = openCounters.map((name) => {
    const among = openAmong[name]
    return when(among === null ? sql`t.closed_at is null` : sql`t.closed_at is null and ${conditionSql(among, at)}`, name)
  })
  return join([...closed, ...open], ', ')
}

/** One ticket `t` as a row of `cellsSql`. */
const cell = (by: KeptBy, at: Sql, one: 1 | -1): Sql =>
  sql`${keyOf[by]} as key, ${month(sql`t.received_at`)} as received_in, ${month(sql`t.closed_at`)} as closed_in, ${counted(at, one)}`

const [table, was] = [sql`{hotline.ticket}`, sql`{hotline.ticket_was}`]
const milestones = ['dispatched_at', 'signed_at', 'responded_at', 'called_at', 'closed_at']
/** Tickets as they stood at a moment: what came later has not come yet. */
function stood(table: Sql, at: Sql, condition: Sql): Sql {
  const masked = milestones.map((name) => sql`case when t.${raw(name)} <= ${at} then t.${raw(name)} end as ${raw(name)}`)
  return sql`select t.parent_id, t.received_at, t.due_at, t.sign_due_at, t.respond_due_at, t.satisfaction, t.transfers, t.rehandled, t.direct, t.reached, t.solved, t.relapsed,
    t.channel, t.class, t.category, t.county, case when t.dispatched_at > ${at} then null else t.unit_id end as unit_id,
    case when t.state in ('merged', 'dropped') and t.closed_at > ${at} then 'received' else t.state end as state, ${join(masked, ', ')}
    from ${table} t where t.known_from <= ${at} and ${condition}`
}

const receivedWithin = ({ tenantId, from, until }: Pick<CellsAsked, 'tenantId' | 'from' | 'until'>): Sql =>
  sql`t.tenant_id = ${tenantId} and t.received_at >= ${start(from)} and t.received_at < ${start(until)}`

/** The same rows without what is kept: every ticket read. Both must give the same sums. */
export function plainCellsSql({ tenantId, by, at, from, until }: CellsAsked): Sql {
  const within = receivedWithin({ tenantId, from, until })
  return sql`(select ${cell(by, at, 1)} from (${stood(table, at, within)} union all ${stood(was, at, sql`${within} and t.known_until > ${at}`)}) t where ${countedSql})`
}

/**
 * Rows to be summed: `key`, `received_in`, `closed_in` (months; null while open) and every counter. The tally holds what closed up to the moment's month;
 * of tickets that changed after the moment what they count now is taken away and what they counted then added.
 */
export function cellsSql({ tenantId, by, at, from, until }: CellsAsked): Sql {
  const next = sql`(${month(at)} + interval '1 month')::date`
  // The first and the last whole month's edges.
  const [first, end] = [
    sql`(date_trunc('month', (${from}::date - 1)::timestamp) + interval '1 month')::date`,
    sql`date_trunc('month', ${until}::timestamp)::date`,
  ]
  const own = sql`t.tenant_id = ${tenantId}`
  const kept = sql`${own} and t.received_in >= ${first} and t.received_in < ${end} and t.closed_in < ${next}`
  const within = receivedWithin({ tenantId, from, until })
  const edge = (a: Sql, b: Sql): Sql =>
    sql`${own} and t.received_at >= ${start(a)} and t.received_at < ${start(b)} and t.closed_at is not null and ${last} <= ${at}`
  const noOpen = raw(openCounters.map((name) => `0 as ${column(name)}`).join(', '))
  return sql`(
    select t.key, t.received_in, t.closed_in, ${counterColumns}, ${noOpen} from {hotline.tally} t where ${kept} and t.dimension = ${by}
    union all
    select ${keyOf[by]}, t.received_in, t.closed_in, ${counterColumns}, ${noOpen} from {hotline.tally_change} t where ${kept}
    union all
    select ${cell(by, at, -1)} from {hotline.ticket} t
    where ${own} and ${last} > ${at} and t.received_at >= ${start(first)} and t.received_at < least(${start(end)}, ${start(next)}) and t.closed_at < ${start(next)} and ${countedSql}
    union all
    select ${cell(by, at, 1)} from (
      ${stood(table, at, sql`${within} and t.received_at <= ${at} and ${last} > ${at}`)}
      union all ${stood(table, at, sql`${within} and ${isOpen} and ${last} <= ${at}`)}
      union all ${stood(was, at, sql`${within} and t.known_until > ${at}`)}
      union all ${stood(table, at, edge(from, sql`least(${first}, ${until})`))}
      union all ${stood(table, at, edge(sql`greatest(${end}, ${first})`, until))}
    ) t where ${countedSql})`
}
