// The one place that says which tickets are counted as what (H6, H10): rates, tally, recount and the lists behind a rate all use these conditions.
import { join, type Sql, sql } from '#server/kit/sql.ts'
import type { Among } from './hotline-among.contract.ts'

/** In some rate at all: no part of another, not merged, not dropped (H9). Of the row `t`, as every condition here. */
export const countedSql = sql`t.parent_id is null and t.state <> 'merged' and t.state <> 'dropped'`

const isClosed = sql`t.closed_at is not null`
const asked = sql`${isClosed} and t.reached and t.called_at is not null`

/** The condition of each, at a moment (`at`: a timestamptz, as a value or an expression), beside `countedSql`. */
export function conditionSql(among: Among, at: Sql): Sql {
  switch (among) {
    case 'due':
      return sql`(${isClosed} or t.due_at < ${at})`
    case 'closed':
    case 'carried':
      return among === 'closed' ? isClosed : sql`true`
    case 'on-time':
      return sql`t.closed_at <= t.due_at`
    case 'not-on-time':
      return sql`t.due_at < coalesce(t.closed_at, ${at})`
    case 'overdue':
      return sql`t.closed_at is null and t.due_at < ${at}`
    case 'not-due':
      return sql`t.closed_at is null and t.due_at >= ${at}`
    case 'direct':
      return sql`${isClosed} and t.direct`
    case 'sign-due':
      return sql`t.dispatched_at is not null and (${isClosed} or t.signed_at is not null or t.sign_due_at < ${at})`
    case 'signed':
      return sql`t.dispatched_at is not null and t.signed_at <= t.sign_due_at`
    case 'not-signed':
      return sql`${conditionSql('sign-due', at)} and (t.signed_at <= t.sign_due_at) is not true`
    case 'sign-not-due':
      return sql`t.dispatched_at is not null and t.closed_at is null and t.signed_at is null and (t.sign_due_at < ${at}) is not true`
    case 'respond-due':
      return sql`t.dispatched_at is not null and (${isClosed} or t.responded_at is not null or t.respond_due_at < ${at})`
    case 'responded':
      return sql`t.dispatched_at is not null and t.responded_at <= t.respond_due_at`
    case 'not-responded':
      return sql`${conditionSql('respond-due', at)} and (t.responded_at <= t.respond_due_at) is not true`
    case 'respond-not-due':
      return sql`t.dispatched_at is not null and t.closed_at is null and t.responded_at is null and (t.respond_due_at < ${at}) is not true`
    case 'called':
      return sql`${isClosed} and t.called_at is not null`
    case 'not-called':
      return sql`${isClosed} and t.called_at is null`
    case 'reached':
      return asked
    case 'not-reached':
      return sql`${isClosed} and (t.reached and t.called_at is not null) is not true`
    case 'solved':
      return sql`${asked} and t.solved and not t.relapsed`
    case 'not-solved':
      return sql`${asked} and (t.solved and not t.relapsed) is not true`
    case 'rated':
      return sql`${isClosed} and t.satisfaction is not null`
    case 'not-rated':
      return sql`${isClosed} and t.satisfaction is null`
    case 'satisfied':
      return sql`${isClosed} and t.satisfaction >= 4`
    case 'not-satisfied':
      return sql`${isClosed} and t.satisfaction < 4`
    case 'relapsed':
      return sql`${asked} and t.solved and t.relapsed`
    case 'rehandled':
      return sql`${isClosed} and t.rehandled > 0`
    case 'transferred':
      return sql`${isClosed} and t.transfers > 0`
  }
}

/** Tickets `t` that are counted as this at a moment. */
export function amongSql(among: Among, at: Sql): Sql {
  return sql`${countedSql} and ${conditionSql(among, at)}`
}

/** Midnight in China with which a day begins. */
export const dayStart = (day: string): Sql => sql`(${day}::date::timestamp at time zone 'Asia/Shanghai')`

/**
 * The tickets `t` of a period of days, both included: those received in it; the carried-over are those received before it that were open when it
 * began (H10).
 */
export function periodSql(among: Among | undefined, period: { from?: string | undefined; to?: string | undefined }): Sql {
  const { from, to } = period
  if (among === 'carried')
    return from === undefined ? sql`false` : sql`t.received_at < ${dayStart(from)} and (t.closed_at is null or t.closed_at >= ${dayStart(from)})`
  const parts = [sql`true`]
  if (from !== undefined) parts.push(sql`t.received_at >= ${dayStart(from)}`)
  if (to !== undefined) parts.push(sql`t.received_at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'`)
  return join(parts, ' and ')
}
