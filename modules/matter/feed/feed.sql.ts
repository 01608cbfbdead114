// The key of which an account's secret address is made.
import { Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, sql } from '#server/kit/sql.ts'

export const calendarKey = query(
  'matter.calendar-key',
  Type.Object({ key: orNull(Type.String()) }),
  (p: { tenantId: number; accountId: string }) =>
    sql`select x.calendar_key as key from {matter.reader} x where x.tenant_id = ${p.tenantId} and x.account_id = ${p.accountId}`,
)
export const setCalendarKey = query(
  'matter.set-calendar-key',
  Type.Object({}),
  (p: { tenantId: number; accountId: string; key: string | null }) => sql`
  insert into matter.reader (tenant_id, account_id, calendar_key) values (${p.tenantId}, ${p.accountId}, ${p.key})
  on conflict (tenant_id, account_id) do update set calendar_key = excluded.calendar_key`,
)
