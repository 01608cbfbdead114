// Which posts accounts and persons have on a day, and from where: the organisation, an appointment, a delegation.
import { type Static, Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { ofScope, protect, query, sql } from '#server/kit/sql.ts'

protect('access.delegation', ofScope('body_id'))

const text = Type.String()

export const PostRow = Type.Object({ post: text, bodyId: orNull(text), by: text, until: orNull(text) })
export type PostRow = Static<typeof PostRow>

/**
 * Posts of an account on a day: holdings of its person, its appointments, and what is delegated to its person; `until` is the last day.
 * A cover gives a post only while its giver still has it, an acting one only while nobody holds it.
 */
export const postsHeld = query(
  'access.posts-held',
  PostRow,
  (p: { accountId: string; personId: string; on: string; asOf: string }) => sql`
  with held as not materialized (select post, body_id, person_id from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz)),
  appointed as not materialized (
    select a.account_id, a.post, a.body_id, nullif(a.valid_until, 'infinity') - 1 as until from access.appointment a
    where a.tenant_id = (select kit.tenant_id()) and a.valid_from <= ${p.on}::date and a.valid_until > ${p.on}::date and a.ended_at is null
  )
  select post, body_id as "bodyId", 'holding' as by, null::date as until from held where person_id = ${p.personId}
  union all
  select post, body_id, 'appointment', until from appointed where account_id = ${p.accountId}
  union all
  select d.post, d.body_id, 'delegation', d.ends_on from {access.delegation} d
  where d.tenant_id = (select kit.tenant_id()) and d.person_id = ${p.personId} and d.starts_on <= ${p.on}::date and d.ends_on >= ${p.on}::date and d.ended_at is null
    and case d.kind
      when 'acting' then not exists (select from held where held.post = d.post and held.body_id = d.body_id)
      else exists (select from held where held.post = d.post and held.body_id = d.body_id and held.person_id = d.giver_id)
        or exists (select from appointed join access.account g on g.tenant_id = (select kit.tenant_id()) and g.account_id = appointed.account_id and g.active
          where appointed.post = d.post and appointed.body_id = d.body_id and g.person_id = d.giver_id)
    end`,
)

export const Holder = Type.Object({ accountId: text, login: text, personId: text, post: text, bodyId: orNull(text) })
export type Holder = Static<typeof Holder>

/** Accounts that may sign in and have one of the posts at one of the bodies on a day, or a post of the whole city: as `postsHeld` tells it of each. */
export const holdersAt = query(
  'access.holders-at',
  Holder,
  (p: { bodies: readonly string[]; posts: readonly string[]; on: string; asOf: string }) => sql`
  with held as (select post, body_id, person_id from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) where post = any (${p.posts}::text[]) and body_id = any (${p.bodies}::uuid[])),
  appointed as (
    select a.account_id, a.post, a.body_id from access.appointment a
    where a.tenant_id = (select kit.tenant_id()) and a.valid_from <= ${p.on}::date and a.valid_until > ${p.on}::date and a.ended_at is null
      and a.post = any (${p.posts}::text[]) and (a.body_id is null or a.body_id = any (${p.bodies}::uuid[]))
  ),
  delegated as (
    select d.person_id, d.post, d.body_id from {access.delegation} d
    where d.tenant_id = (select kit.tenant_id()) and d.starts_on <= ${p.on}::date and d.ends_on >= ${p.on}::date and d.ended_at is null
      and d.post = any (${p.posts}::text[]) and d.body_id = any (${p.bodies}::uuid[])
      and case d.kind
        when 'acting' then not exists (select from held where held.post = d.post and held.body_id = d.body_id)
        else exists (select from held where held.post = d.post and held.body_id = d.body_id and held.person_id = d.giver_id)
          or exists (select from appointed join access.account g on g.tenant_id = (select kit.tenant_id()) and g.account_id = appointed.account_id and g.active
            where appointed.post = d.post and appointed.body_id = d.body_id and g.person_id = d.giver_id)
      end
  )
  select a.account_id as "accountId", a.login, a.person_id as "personId", h.post, h.body_id as "bodyId" from access.account a
  join (select person_id, null::uuid as account_id, post, body_id from held union all select null, account_id, post, body_id from appointed
    union all select person_id, null, post, body_id from delegated) h on h.person_id = a.person_id or h.account_id = a.account_id
  where a.tenant_id = (select kit.tenant_id()) and a.active`,
)

/** Every post that a person has through any account, on a day or later: what a new post must not stand beside. */
export const postsOfPerson = query(
  'access.posts-of-person',
  Type.Object({ post: text, bodyId: orNull(text), by: text }),
  (p: { personId: string; on: string }) => sql`
  select h.post, h.body_id as "bodyId", 'holding' as by from org.holding h
  where h.tenant_id = (select kit.tenant_id()) and h.person_id = ${p.personId} and h.valid_until > ${p.on}::date and h.known_until = 'infinity'
  union all
  select m.post, m.body_id, 'appointment' from access.appointment m join access.account a on a.tenant_id = m.tenant_id and a.account_id = m.account_id
  where m.tenant_id = (select kit.tenant_id()) and a.person_id = ${p.personId} and m.valid_until > ${p.on}::date and m.ended_at is null
  union all
  select d.post, d.body_id, 'delegation' from {access.delegation} d
  where d.tenant_id = (select kit.tenant_id()) and d.person_id = ${p.personId} and d.ends_on >= ${p.on}::date and d.ended_at is null`,
)

/** The accounts of a person, held until the transaction ends: two posts that exclude each other can't be given at the same time. */
export const lockAccountsOf = query(
  'access.lock-accounts-of',
  Type.Object({ accountId: text, active: Type.Boolean() }),
  (p: { tenantId: number; personId: string }) => sql`
  select account_id as "accountId", active from access.account where tenant_id = ${p.tenantId} and person_id = ${p.personId} order by account_id for update`,
)

/** How many bodies of each kind there are among the given ids; null: in the whole city. */
export const kindsReached = query(
  'access.kinds-reached',
  Type.Object({ is: text, kind: text, count: Type.Integer() }),
  (p: { ids: readonly string[] | null; on: string; asOf: string }) => sql`
  select 'party-org' as is, o.kind, count(*)::int as count from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  where ${p.ids}::uuid[] is null or o.party_org_id = any (${p.ids}::uuid[]) group by o.kind
  union all
  select 'unit', '', count(*)::int from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u
  where ${p.ids}::uuid[] is null or u.unit_id = any (${p.ids}::uuid[]) having count(*) > 0
  order by 1, 3 desc`,
)

export const PostInReach = Type.Object({
  id: text,
  post: text,
  bodyId: text,
  bodyName: text,
  bodyKind: text,
  person: orNull(text),
  by: text,
  from: text,
  until: orNull(text),
  total: Type.Integer(),
})
export type PostInReach = Static<typeof PostInReach>

export interface PostFilter {
  on: string
  asOf: string
  /** The bodies reached; null: all. */
  ids: readonly string[] | null
  q: string
  post: string
  /** Posts that may be had by appointment, which is not read here: delegations of these are listed without asking for their giver. */
  appointed: readonly string[]
  after: { name: string; id: string }
  limit: number
}

/**
 * Who exercises which post in the reached bodies, by body and post; found by a part of the body's or the person's name. Bodies are looked
 * up one by one: a join of two lists whose length the planner can't know would walk one for each row of the other.
 */
export const postsInReach = query(
  'access.posts-in-reach',
  PostInReach,
  (p: PostFilter) => sql`
  with found as (
    select h.holding_id as id, h.post, h.body_id, h.person_id, 'holding' as by, h.valid_from as "from", null::date as until
    from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h
    union all
    select d.delegation_id, d.post, d.body_id, d.person_id, 'delegation', d.starts_on, d.ends_on from {access.delegation} d
    where d.tenant_id = (select kit.tenant_id()) and d.starts_on <= ${p.on}::date and d.ends_on >= ${p.on}::date and d.ended_at is null
      and (d.post = any (${p.appointed}::text[]) or (d.kind = 'acting') <> exists (select from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h
        where h.post = d.post and h.body_id = d.body_id and (d.kind = 'acting' or h.person_id = d.giver_id)))
  ), filtered as materialized (
    select f.*, b.name, b.kind, p.name as person from found f
    cross join lateral (
      select u.name, 'unit' as kind from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = f.body_id
      union all
      select o.name, 'party-org' from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where o.party_org_id = f.body_id
    ) b
    left join {org.person} p on p.tenant_id = (select kit.tenant_id()) and p.person_id = f.person_id
    where (${p.ids}::uuid[] is null or f.body_id = any (${p.ids}::uuid[])) and (${p.post}::text = '' or f.post = ${p.post}::text)
      and (${p.q}::text = '' or strpos(b.name, ${p.q}::text) > 0 or strpos(p.name, ${p.q}::text) > 0)
  )
  select f.id, f.post, f.body_id as "bodyId", f.name as "bodyName", f.kind as "bodyKind", f.person, f.by, f."from", f.until, (select count(*) from filtered)::int as total
  from filtered f where (f.name collate "zh-x-icu", f.id) > (${p.after.name}::text collate "zh-x-icu", ${p.after.id}::uuid)
  order by f.name collate "zh-x-icu", f.id limit ${p.limit}`,
)
