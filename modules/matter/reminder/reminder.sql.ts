// Deadlines that are to be reminded of, and what was sent of them.
import { Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()

/** Stands for nobody: a deadline for which there was no one to remind. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Open matters whose reminder is due and was not sent yet, first to last; at most `limit`. What was due longer ago than `since` stands on the
 * workbench as late and is reminded of no more. `kinds`, `stages`: by pairs, those of which alone; null for all.
 */
export const dueReminders = query(
  'matter.due-reminders',
  Type.Object({
    ...{ matterId: Text, kind: Text, hash: Text, stage: Text, waitsFor: Text, ownerId: Text },
    ...{ askerId: orNull(Text), personId: orNull(Text), dueAt: Text },
  }),
  (p: { tenantId: number; since: string; until: string; kinds: string[] | null; stages: string[] | null; limit: number }) => sql`
  select m.matter_id as "matterId", m.kind, m.hash, m.stage, m.waits_for as "waitsFor", m.owner_id as "ownerId", m.asker_id as "askerId", m.person_id as "personId", m.due_at as "dueAt"
  from {matter.matter} m
  where m.tenant_id = ${p.tenantId} and m.closed_on is null and m.due_at is not null and m.remind_at > ${p.since}::timestamptz and m.remind_at <= ${p.until}::timestamptz
    and (${p.kinds}::text[] is null or (m.kind, m.stage) in (select * from unnest(${p.kinds}::text[], ${p.stages}::text[])))
    and not exists (select from {matter.reminder} r where r.tenant_id = ${p.tenantId} and r.matter_id = m.matter_id and r.due_at = m.due_at)
  order by m.remind_at, m.matter_id limit ${p.limit}`,
)

/** Writes down who is reminded of what, before anything is sent; what is there stays. */
export const insertReminders = query(
  'matter.insert-reminders',
  Type.Object({}),
  (p: { tenantId: number; at: string; state: string; matterIds: string[]; dueAts: string[]; accountIds: string[]; anyHour: boolean[] }) => sql`
  insert into matter.reminder (tenant_id, matter_id, due_at, account_id, at, any_hour, state)
  select ${p.tenantId}, t.matter_id, t.due_at, t.account_id, ${p.at}, t.any_hour, case when t.account_id = ${NOBODY}::uuid then 'page' else ${p.state} end
  from unnest(${p.matterIds}::uuid[], ${p.dueAts}::timestamptz[], ${p.accountIds}::uuid[], ${p.anyHour}::boolean[]) t(matter_id, due_at, account_id, any_hour)
  on conflict do nothing`,
)

/** Takes reminders that are to be sent: marked before they are, so that no crash sends one twice. Those of matters that have moved on are void. */
export const takeReminders = query(
  'matter.take-reminders',
  Type.Object({
    matterId: Text,
    dueAt: Text,
    accountId: Text,
    login: Text,
    kind: Text,
    hash: Text,
    stage: Text,
    waitsFor: Text,
    state: Text,
    tries: Type.Integer(),
  }),
  (p: { tenantId: number; anyHourAlone: boolean; tries: number; limit: number }) => sql`
  with taken as (
    select r.matter_id, r.due_at, r.account_id from {matter.reminder} r
    where r.tenant_id = ${p.tenantId} and r.state = 'due' and (r.any_hour or not ${p.anyHourAlone}) and r.tries < ${p.tries}
    order by r.at limit ${p.limit} for update skip locked
  )
  update matter.reminder r set state = case when m.closed_on is null and m.due_at = r.due_at and a.active then 'sending' else 'void' end, tries = r.tries + 1
  from taken t, {matter.matter} m, access.account a
  where r.tenant_id = ${p.tenantId} and r.matter_id = t.matter_id and r.due_at = t.due_at and r.account_id = t.account_id
    and m.tenant_id = r.tenant_id and m.matter_id = r.matter_id and a.tenant_id = r.tenant_id and a.account_id = r.account_id
  returning r.matter_id as "matterId", r.due_at as "dueAt", r.account_id as "accountId", a.login, m.kind, m.hash, m.stage, m.waits_for as "waitsFor", r.state, r.tries`,
)

/** Notes how sending ended. */
export const noteReminder = query(
  'matter.note-reminder',
  Type.Object({}),
  (p: { tenantId: number; matterId: string; dueAt: string; accountId: string; state: 'sent' | 'due' | 'failed' }) => sql`
  update matter.reminder set state = ${p.state} where tenant_id = ${p.tenantId} and matter_id = ${p.matterId} and due_at = ${p.dueAt} and account_id = ${p.accountId} and state = 'sending'`,
)
