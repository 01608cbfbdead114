// Who follows what, how far one has read, and the news themselves: nothing is copied, so whoever may see a matter no longer hears no more of it (M8).
import { Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, type Sql, sql } from '#server/kit/sql.ts'

const Text = Type.String()
/** No more than so many lines are told or counted. */
export const MOST = 50

interface Mine {
  tenantId: number
  accountId: string
}

/** Reminders of the account, and moves that others made of what it follows; a matter that went into another is followed there. */
const news = ({ tenantId, accountId }: Mine): Sql => sql`
  select n.*, m.title, m.kind, m.hash, m.stage from (
    (select 'reminder' as what, r.matter_id, r.at, r.due_at, '' as move, null::uuid as author_id from {matter.reminder} r
      where r.tenant_id = ${tenantId} and r.account_id = ${accountId} order by r.at desc limit ${MOST})
    union all
    (with recursive followed as (select f.matter_id as id, f.since from {matter.follow} f where f.tenant_id = ${tenantId} and f.account_id = ${accountId}
        union select m.merged_into, f.since from followed f join {matter.matter} m on m.tenant_id = ${tenantId} and m.matter_id = f.id and m.merged_into is not null)
      select distinct 'move', v.matter_id, v.at, v.due_at, v.move, v.author_id from followed f
      join {matter.move} v on v.tenant_id = ${tenantId} and v.matter_id = f.id and v.at > f.since and v.author_id is distinct from ${accountId}::uuid
      order by v.at desc limit ${MOST})
  ) n join {matter.matter} m on m.tenant_id = ${tenantId} and m.matter_id = n.matter_id`
const seenAt = ({ tenantId, accountId }: Mine): Sql =>
  sql`coalesce((select x.seen_at from {matter.reader} x where x.tenant_id = ${tenantId} and x.account_id = ${accountId}), '-infinity')`

/** The newest, with what of it is unread. */
export const newsOf = query(
  'matter.news',
  Type.Object({
    ...{ what: Text, matterId: Text, at: Text, dueAt: orNull(Text), move: Text, author: orNull(Text) },
    ...{ title: Text, kind: Text, hash: Text, stage: Text, unread: Type.Boolean() },
  }),
  (p: Mine) => sql`
  select n.what, n.matter_id as "matterId", n.at, n.due_at as "dueAt", n.move, access.author_name(n.author_id) as author, n.title, n.kind, n.hash, n.stage, n.at > ${seenAt(p)} as unread
  from (${news(p)} order by n.at desc, n.matter_id limit ${MOST}) n order by n.at desc, n.matter_id`,
)
export const unreadCount = query(
  'matter.news-unread',
  Type.Object({ count: Type.Integer() }),
  (p: Mine) => sql`select count(*)::int as count from (select n.at from (${news(p)}) n where n.at > ${seenAt(p)} limit ${MOST}) unread`,
)

/** Moves the mark on, never back. */
export const markSeen = query(
  'matter.mark-seen',
  Type.Object({}),
  (p: Mine & { until: string }) => sql`
  insert into matter.reader as r (tenant_id, account_id, seen_at) values (${p.tenantId}, ${p.accountId}, ${p.until})
  on conflict (tenant_id, account_id) do update set seen_at = greatest(r.seen_at, excluded.seen_at)`,
)

interface Following extends Mine {
  matterId: string
}
export const isFollowing = query(
  'matter.is-following',
  Type.Object({ following: Type.Boolean() }),
  (p: Following) => sql`
  select exists (select from {matter.follow} f where f.tenant_id = ${p.tenantId} and f.matter_id = ${p.matterId} and f.account_id = ${p.accountId}) as following`,
)
export const insertFollow = query(
  'matter.insert-follow',
  Type.Object({ matterId: Text }),
  (p: Following & { since: string }) => sql`
  insert into matter.follow (tenant_id, matter_id, account_id, since) values (${p.tenantId}, ${p.matterId}, ${p.accountId}, ${p.since})
  on conflict do nothing returning matter_id as "matterId"`,
)
export const deleteFollow = query(
  'matter.delete-follow',
  Type.Object({ matterId: Text }),
  (p: Following) => sql`
  delete from matter.follow where tenant_id = ${p.tenantId} and matter_id = ${p.matterId} and account_id = ${p.accountId} returning matter_id as "matterId"`,
)
