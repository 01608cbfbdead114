// Accounts as the operator and the security officer see them: who, in what state, with which posts; nothing of their content.
import { type Static, Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, sql } from '#server/kit/sql.ts'

const text = Type.String()

export const PostOfAccount = Type.Object({
  id: text,
  post: text,
  body: orNull(text),
  by: text,
  from: text,
  /** Last day. */
  until: orNull(text),
})

export const AccountLine = Type.Object({
  id: text,
  login: text,
  personId: text,
  person: text,
  active: Type.Boolean(),
  mustChange: Type.Boolean(),
  secondFactor: Type.Boolean(),
  /** Sessions that have neither ended nor run out. */
  sessions: Type.Integer(),
  lastSignIn: orNull(text),
  posts: Type.Array(PostOfAccount),
  total: Type.Integer(),
})
export type AccountLine = Static<typeof AccountLine>

export interface AccountFilter {
  on: string
  asOf: string
  /** A part of the login or of the name; empty: all. */
  q: string
  /** `active`, `disabled`, or empty: all. */
  state: string
  post: string
  after: string
  limit: number
}

/** A page of accounts by login, each with the posts it has or is going to have, and from where. */
export const accountList = query(
  'access.account-list',
  AccountLine,
  (p: AccountFilter) => sql`
  with body as (
    select u.unit_id as id, u.name from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u
    union all
    select o.party_org_id, o.name from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  ), given as (
    select a.account_id, h.holding_id as id, h.post, h.body_id, 'holding' as by, h.valid_from as "from", nullif(h.valid_until, 'infinity') - 1 as until
    from access.account a join org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h on h.person_id = a.person_id where a.tenant_id = (select kit.tenant_id())
    union all
    select m.account_id, m.appointment_id, m.post, m.body_id, 'appointment', m.valid_from, nullif(m.valid_until, 'infinity') - 1 from access.appointment m
    where m.tenant_id = (select kit.tenant_id()) and m.valid_until > ${p.on}::date and m.ended_at is null
    union all
    select a.account_id, d.delegation_id, d.post, d.body_id, 'delegation', d.starts_on, d.ends_on
    from access.account a join {access.delegation} d on d.tenant_id = a.tenant_id and d.person_id = a.person_id
    where a.tenant_id = (select kit.tenant_id()) and d.ends_on >= ${p.on}::date and d.ended_at is null
  ), filtered as (
    select a.*, coalesce(p.name, '') as name from access.account a left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
    where a.tenant_id = (select kit.tenant_id()) and (${p.q}::text = '' or strpos(a.login, ${p.q}::text) > 0 or strpos(p.name, ${p.q}::text) > 0)
      and (${p.state}::text = '' or a.active = (${p.state}::text = 'active'))
      and (${p.post}::text = '' or exists (select from given where given.account_id = a.account_id and given.post = ${p.post}::text))
  ), page as materialized (select * from filtered f where f.login > ${p.after}::text order by f.login limit ${p.limit})
  select page.account_id as id, page.login, page.person_id as "personId", page.name as person, page.active, page.must_change as "mustChange",
    (page.totp_secret is not null or exists (select from access.passkey k where k.tenant_id = page.tenant_id and k.account_id = page.account_id and k.removed_at is null)) as "secondFactor",
    (select count(*) from access.session s where s.tenant_id = page.tenant_id and s.account_id = page.account_id and s.ended_at is null and s.expires_at > clock_timestamp())::int as sessions,
    (select max(s.created_at) from access.session s where s.tenant_id = page.tenant_id and s.account_id = page.account_id) as "lastSignIn",
    (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'post', g.post, 'body', b.name, 'by', g.by, 'from', g."from", 'until', g.until) order by g."from", g.id), '[]')
      from given g left join body b on b.id = g.body_id where g.account_id = page.account_id and (g.body_id is null or b.id is not null)) as posts,
    (select count(*) from filtered)::int as total
  from page order by page.login`,
)

export const accountState = query(
  'access.account-state',
  Type.Object({ accountId: text, personId: text, active: Type.Boolean(), secondFactor: Type.Boolean() }),
  (p: { tenantId: number; id: string }) => sql`
  select a.account_id as "accountId", a.person_id as "personId", a.active,
    (a.totp_secret is not null or exists (select from access.passkey k where k.tenant_id = a.tenant_id and k.account_id = a.account_id and k.removed_at is null)) as "secondFactor"
  from access.account a where a.tenant_id = ${p.tenantId} and a.account_id = ${p.id} for update of a`,
)

/** Whether a login is taken, in use or not. */
export const loginTaken = query(
  'access.login-taken',
  Type.Object({ accountId: text }),
  (p: { tenantId: number; login: string; id: string }) => sql`
  select account_id as "accountId" from access.account where tenant_id = ${p.tenantId} and (login = ${p.login} or account_id = ${p.id})`,
)

export const setActive = query(
  'access.set-active',
  Type.Object({}),
  (p: { tenantId: number; id: string; active: boolean }) => sql`
  update access.account set active = ${p.active} where tenant_id = ${p.tenantId} and account_id = ${p.id}`,
)

export const setFirstPassword = query(
  'access.set-first-password',
  Type.Object({}),
  (p: { tenantId: number; id: string; passwordHash: string }) => sql`
  update access.account set password_hash = ${p.passwordHash}, password_set_at = clock_timestamp(), must_change = true where tenant_id = ${p.tenantId} and account_id = ${p.id}`,
)

export const dropPasskeys = query(
  'access.drop-passkeys',
  Type.Object({}),
  (p: { tenantId: number; id: string }) => sql`
  update access.passkey set removed_at = clock_timestamp() where tenant_id = ${p.tenantId} and account_id = ${p.id} and removed_at is null`,
)

export const PersonFound = Type.Object({
  id: text,
  name: text,
  org: orNull(text),
  posts: Type.Array(Type.Object({ post: text, body: text })),
  /** Has an account that may sign in. */
  account: Type.Boolean(),
})
export type PersonFound = Static<typeof PersonFound>

/**
 * Persons by the exact full name, so that nobody can browse a city's people; by a part of the name those who belong to or hold a post in
 * the bodies `ids`, or `everyone`. Where one is a member is told of these bodies, or of all with `membership`.
 * `withAccount` leaves out whoever could not sign in.
 */
export const personsNamed = query(
  'access.persons-named',
  PersonFound,
  (p: { on: string; asOf: string; name: string; everyone: boolean; ids: readonly string[]; membership: boolean; withAccount: boolean; limit: number }) => sql`
  with named as (
    select p.person_id, p.name from {org.person} p
    where p.tenant_id = (select kit.tenant_id()) and (p.name = ${p.name}::text or (strpos(p.name, ${p.name}::text) > 0 and (${p.everyone}::boolean
      or exists (select from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m where m.person_id = p.person_id and m.party_org_id = any (${p.ids}::uuid[]))
      or exists (select from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h where h.person_id = p.person_id and h.body_id = any (${p.ids}::uuid[])))))
  )
  select n.person_id as id, n.name,
    (select o.name from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = m.party_org_id
      where m.person_id = n.person_id and (${p.membership}::boolean or m.party_org_id = any (${p.ids}::uuid[])) limit 1) as org,
    (select coalesce(jsonb_agg(jsonb_build_object('post', h.post, 'body', coalesce(u.name, b.name)) order by h.post, h.body_id), '[]')
      from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h
      left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = h.body_id
      left join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) b on b.party_org_id = h.body_id
      where h.person_id = n.person_id and coalesce(u.name, b.name) is not null) as posts,
    a.person_id is not null as account
  from named n
  left join lateral (select a.person_id from access.account a where a.tenant_id = (select kit.tenant_id()) and a.person_id = n.person_id and a.active limit 1) a on true
  where not ${p.withAccount}::boolean or a.person_id is not null
  order by n.name collate "zh-x-icu", n.person_id limit ${p.limit}`,
)

export const personKnown = query(
  'access.person-known',
  Type.Object({ id: text }),
  (p: { personId: string }) => sql`select person_id as id from {org.person} where tenant_id = (select kit.tenant_id()) and person_id = ${p.personId}`,
)

export const identityList = query(
  'access.identity-list',
  Type.Object({ provider: text, subject: text, name: text, login: orNull(text), seenAt: text }),
  (p: { tenantId: number; limit: number }) => sql`
  select i.provider, i.subject, i.name, a.login, i.seen_at as "seenAt" from access.identity i
  left join access.account a on a.tenant_id = i.tenant_id and a.account_id = i.account_id
  where i.tenant_id = ${p.tenantId} order by i.account_id is not null, i.seen_at desc, i.provider, i.subject limit ${p.limit}`,
)
