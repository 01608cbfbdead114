// What access holds of a person, and rows whose time is over.
import { Type } from 'typebox'
import { query, type Sql, sql } from '#server/kit/sql.ts'

const text = Type.String()
const textOrNull = Type.Union([text, Type.Null()])
type OfPerson = { tenantId: number; personId: string }

export const accountsOfPerson = query(
  'access.accounts-of-person',
  Type.Object({ login: text, active: Type.Boolean(), madeAt: text, passwordSetAt: text }),
  (p: OfPerson) => sql`
  select a.login, a.active, a.made_at as "madeAt", a.password_set_at as "passwordSetAt" from access.account a where a.tenant_id = ${p.tenantId} and a.person_id = ${p.personId} order by a.made_at`,
)

const mine = (p: OfPerson): Sql => sql`select a.account_id from access.account a where a.tenant_id = ${p.tenantId} and a.person_id = ${p.personId}`

export const appointmentsOfPerson = query(
  'access.appointments-of-person',
  Type.Object({ post: text, bodyId: textOrNull, from: text, until: text, reason: text }),
  (p: OfPerson) => sql`
  select a.post, a.body_id as "bodyId", a.valid_from as "from", a.valid_until::text as until, a.reason from access.appointment a
  where a.tenant_id = ${p.tenantId} and a.account_id in (${mine(p)}) order by a.valid_from`,
)

export const delegationsOfPerson = query(
  'access.delegations-of-person',
  Type.Object({ kind: text, post: text, bodyId: text, given: Type.Boolean(), from: text, until: text, reason: text }),
  (p: OfPerson) => sql`
  select d.kind, d.post, d.body_id as "bodyId", d.giver_id is not distinct from ${p.personId}::uuid as given, d.starts_on as "from", d.ends_on as until, d.reason from {access.delegation} d
  where d.tenant_id = ${p.tenantId} and (d.person_id = ${p.personId} or d.giver_id = ${p.personId}) order by d.starts_on`,
)

export const sessionsOfPerson = query(
  'access.sessions-of-person',
  Type.Object({ beganAt: text, lastSeenAt: text, endedAt: textOrNull, method: text, address: text, agent: text }),
  (p: OfPerson) => sql`
  select s.created_at as "beganAt", s.last_seen_at as "lastSeenAt", s.ended_at as "endedAt", s.method, s.address, s.agent from access.session s
  where s.tenant_id = ${p.tenantId} and s.account_id in (${mine(p)}) order by s.created_at`,
)

export const identitiesOfPerson = query(
  'access.identities-of-person',
  Type.Object({ provider: text, name: text, seenAt: text }),
  (p: OfPerson) => sql`
  select i.provider, i.name, i.seen_at as "seenAt" from access.identity i where i.tenant_id = ${p.tenantId} and i.account_id in (${mine(p)}) order by i.provider`,
)

export const ownUnmaskings = query(
  'access.own-unmaskings',
  Type.Object({ class: text, bodyId: textOrNull, reason: text, beganAt: text, endsAt: text }),
  (p: OfPerson) => sql`
  select u.class, u.body_id as "bodyId", u.reason, u.began_at as "beganAt", u.ends_at as "endsAt" from access.unmasking u
  where u.tenant_id = ${p.tenantId} and u.account_id in (${mine(p)}) order by u.began_at`,
)

/** Unmaskings by others that reached the person's organisations of the day: of all there is, or of a body above one of theirs. Not by whom: that is for the auditor. */
export const unmaskingsOver = query(
  'access.unmaskings-over',
  Type.Object({ class: text, reason: text, beganAt: text }),
  (p: OfPerson & { on: string; asOf: string }) => sql`
  with recursive place as materialized (select n.node_id, n.parent_id from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) n),
  above as (
    select m.party_org_id as id from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m where m.person_id = ${p.personId}
    union select h.body_id from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h where h.person_id = ${p.personId}
    union select place.parent_id from place join above on above.id = place.node_id where place.parent_id is not null
  )
  select u.class, u.reason, u.began_at as "beganAt" from access.unmasking u
  where u.tenant_id = ${p.tenantId} and u.account_id not in (${mine(p)}) and (u.body_id is null or u.body_id in (select id from above)) order by u.began_at`,
)

/** The persons, of those named, who have an account that still signs in. */
export const withAccount = query(
  'access.persons-with-account',
  Type.Object({ personId: text }),
  (p: { tenantId: number; ids: string[] }) => sql`
  select distinct a.person_id as "personId" from access.account a where a.tenant_id = ${p.tenantId} and a.active and a.person_id = any (${p.ids}::uuid[])`,
)

type Aged = { tenantId: number; days: number }
const Count = Type.Object({ rows: Type.Integer() })
const before = (p: Aged): Sql => sql`clock_timestamp() - make_interval(days => ${p.days})`

/** A table's rows that are over: counted, and deleted. */
function aged(kind: string, table: Sql, over: (p: Aged) => Sql) {
  return {
    count: query(
      `access.count-old-${kind}`,
      Count,
      (p: Aged) => sql`select count(*)::int as rows from ${table} t where t.tenant_id = ${p.tenantId} and ${over(p)}`,
    ),
    remove: query(
      `access.remove-old-${kind}`,
      Count,
      (p: Aged) =>
        sql`with gone as (delete from ${table} t where t.tenant_id = ${p.tenantId} and ${over(p)} returning 1) select count(*)::int as rows from gone`,
    ),
  }
}

/** By the kinds that privacy.yaml names. */
export const agedRows = {
  session: aged('session', sql`access.session`, (p) => sql`least(coalesce(t.ended_at, t.expires_at), t.expires_at) < ${before(p)}`),
  unmasking: aged('unmasking', sql`access.unmasking`, (p) => sql`t.ends_at < ${before(p)}`),
  challenge: aged('challenge', sql`access.challenge`, (p) => sql`t.expires_at < ${before(p)}`),
  throttle: aged('throttle', sql`access.throttle`, (p) => sql`t.since < ${before(p)} and coalesce(t.blocked_until, t.since) < clock_timestamp()`),
  identity: aged('identity', sql`access.identity`, (p) => sql`t.account_id is null and t.seen_at < ${before(p)}`),
}

export const insertRetentionRun = query(
  'access.insert-retention-run',
  Type.Object({}),
  (p: { tenantId: number; runId: string; kind: string; days: number; rows: number }) => sql`
  insert into access.retention_run (tenant_id, run_id, kind, days, row_count) values (${p.tenantId}, ${p.runId}, ${p.kind}, ${p.days}, ${p.rows})`,
)

export const retentionRuns = query(
  'access.retention-runs',
  Type.Object({ at: text, kind: text, days: Type.Integer(), rows: Type.Integer() }),
  (p: { tenantId: number; limit: number }) => sql`
  select r.at, r.kind, r.days, r.row_count as rows from access.retention_run r where r.tenant_id = ${p.tenantId} order by r.at desc, r.kind limit ${p.limit}`,
)
