// Delegations: read as a list, written, recalled.
import { type Static, Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, type Sql, sql } from '#server/kit/sql.ts'

const text = Type.String()

export const DelegationRow = Type.Object({
  id: text,
  kind: text,
  post: text,
  bodyId: text,
  bodyName: text,
  giverId: orNull(text),
  giver: orNull(text),
  receiver: orNull(text),
  from: text,
  until: text,
  reason: text,
  madeBy: orNull(text),
  ended: Type.Boolean(),
  /** The giver still has the post, or the vacant one is still vacant. */
  stands: Type.Boolean(),
  total: Type.Integer(),
})
export type DelegationRow = Static<typeof DelegationRow>

interface Paging {
  on: string
  asOf: string
  after: string
  limit: number
}

const body = (p: Paging) => sql`(
  select u.unit_id as id, u.name from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u
  union all
  select o.party_org_id, o.name from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o)`

/** A page of the rows of `filtered`, newest first: ids sort by the time they were made. `appointed`: whether the giver has the post by appointment. */
const pageOf = (p: Paging, appointed: Sql) => sql`
  select f.delegation_id as id, f.kind, f.post, f.body_id as "bodyId", coalesce(b.name, '已撤销的组织') as "bodyName", f.giver_id as "giverId", g.name as giver, r.name as receiver,
    f.starts_on as "from", f.ends_on as until, f.reason, f.made_by as "madeBy", f.ended_at is not null as ended,
    case f.kind when 'acting' then b.id is not null and not exists (select from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h where h.post = f.post and h.body_id = f.body_id)
      else exists (select from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h where h.post = f.post and h.body_id = f.body_id and h.person_id = f.giver_id) or ${appointed} end as stands,
    (select count(*) from filtered)::int as total
  from (select * from filtered where delegation_id < ${p.after}::uuid order by delegation_id desc limit ${p.limit}) f
  left join ${body(p)} b on b.id = f.body_id
  left join {org.person} g on g.tenant_id = f.tenant_id and g.person_id = f.giver_id
  left join {org.person} r on r.tenant_id = f.tenant_id and r.person_id = f.person_id
  order by f.delegation_id desc`

const byAppointment = sql`exists (select from access.appointment m join access.account a on a.tenant_id = m.tenant_id and a.account_id = m.account_id
      where m.tenant_id = f.tenant_id and m.post = f.post and m.body_id = f.body_id and a.person_id = f.giver_id and m.ended_at is null)`

/** What a person has given (as holder, or as whoever made it) or received. */
export const delegationsOf = query(
  'access.delegations-of',
  DelegationRow,
  (p: Paging & { side: string; personId: string; accountId: string }) => sql`
  with filtered as (
    select d.* from {access.delegation} d where d.tenant_id = (select kit.tenant_id())
      and case ${p.side}::text when 'given' then d.giver_id = ${p.personId} or d.made_by = ${p.accountId} else d.person_id = ${p.personId} end
  ) ${pageOf(p, byAppointment)}`,
)

/** What the policy shows of the bodies that one reads. Covers of posts that are `appointed` count as standing: appointments are not read here. */
export const delegationsInScope = query(
  'access.delegations-in-scope',
  DelegationRow,
  (p: Paging & { q: string; state: string; appointed: readonly string[] }) => sql`
  with filtered as (
    select d.* from {access.delegation} d left join ${body(p)} b on b.id = d.body_id where d.tenant_id = (select kit.tenant_id())
      and (${p.q}::text = '' or strpos(b.name, ${p.q}::text) > 0) and (${p.state}::text = '' or (d.ended_at is null and d.ends_on >= ${p.on}::date))
  ) ${pageOf(p, sql`f.post = any (${p.appointed}::text[])`)}`,
)

/** Posts of the reached bodies (null: all) that had a holder and have none on the day. */
export const vacancies = query(
  'access.vacancies',
  Type.Object({ post: text, bodyId: text, bodyName: text }),
  (p: { on: string; asOf: string; q: string; bodyId: string | null; ids: readonly string[] | null; posts: readonly string[]; limit: number }) => sql`
  select distinct h.post, h.body_id as "bodyId", b.name as "bodyName" from org.holding h
  join (
    select u.unit_id as id, u.name from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u
    union all
    select o.party_org_id, o.name from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  ) b on b.id = h.body_id
  where h.tenant_id = (select kit.tenant_id()) and h.known_until = 'infinity' and h.valid_until <= ${p.on}::date and h.post = any (${p.posts}::text[])
    and (${p.ids}::uuid[] is null or h.body_id = any (${p.ids}::uuid[])) and (${p.bodyId}::uuid is null or h.body_id = ${p.bodyId}::uuid)
    and (${p.q}::text = '' or strpos(b.name, ${p.q}::text) > 0)
    and not exists (select from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) now where now.post = h.post and now.body_id = h.body_id)
  order by "bodyName", h.post limit ${p.limit}`,
)

export const delegationById = query(
  'access.delegation-by-id',
  Type.Object({ post: text, bodyId: text, giverId: orNull(text), personId: text, madeBy: orNull(text), ended: Type.Boolean() }),
  (p: { tenantId: number; id: string }) => sql`
  select post, body_id as "bodyId", giver_id as "giverId", person_id as "personId", made_by as "madeBy", ended_at is not null as ended
  from {access.delegation} where tenant_id = ${p.tenantId} and delegation_id = ${p.id} for update`,
)

/** Delegations of the same post in the same body, of the same giver, that overlap these days. */
export const overlapping = query(
  'access.overlapping-delegations',
  Type.Object({ id: text }),
  (p: { tenantId: number; post: string; bodyId: string; giverId: string | null; from: string; until: string }) => sql`
  select delegation_id as id from {access.delegation} where tenant_id = ${p.tenantId} and post = ${p.post} and body_id = ${p.bodyId}
    and giver_id is not distinct from ${p.giverId}::uuid and ended_at is null and starts_on <= ${p.until}::date and ends_on >= ${p.from}::date`,
)

/** One delegation at a time is checked and written for a body, so that none overlaps another. */
export const lockBody = query(
  'access.lock-body',
  Type.Object({}),
  (p: { tenantId: number; bodyId: string }) =>
    sql`select from (select pg_advisory_xact_lock(7012, hashtext(${p.tenantId}::int || ' ' || ${p.bodyId}::text))) turn`,
)

/** No row where the id was used before. */
export const insertDelegation = query(
  'access.insert-delegation',
  Type.Object({ id: text }),
  (p: {
    tenantId: number
    id: string
    kind: string
    post: string
    bodyId: string
    giverId: string | null
    personId: string
    from: string
    until: string
    reason: string
    madeBy: string
  }) => sql`
  insert into access.delegation (tenant_id, delegation_id, kind, post, body_id, giver_id, person_id, starts_on, ends_on, reason, made_by)
  values (${p.tenantId}, ${p.id}, ${p.kind}, ${p.post}, ${p.bodyId}, ${p.giverId}, ${p.personId}, ${p.from}::date, ${p.until}::date, ${p.reason}, ${p.madeBy})
  on conflict (tenant_id, delegation_id) do nothing returning delegation_id as id`,
)

export const endDelegation = query(
  'access.end-delegation',
  Type.Object({}),
  (p: { tenantId: number; id: string; by: string }) => sql`
  update access.delegation set ended_at = clock_timestamp(), ended_by = ${p.by} where tenant_id = ${p.tenantId} and delegation_id = ${p.id} and ended_at is null`,
)
