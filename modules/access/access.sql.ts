// Accounts and sessions.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const AccountRow = Type.Object({
  accountId: Type.String(),
  login: Type.String(),
  /** Null where the account signs in by passkey or OIDC alone. */
  passwordHash: Type.Union([Type.String(), Type.Null()]),
  personId: Type.String(),
  personName: Type.String(),
  passwordSetAt: Type.String(),
  mustChange: Type.Boolean(),
  secondFactor: Type.Boolean(),
})
export type AccountRow = Static<typeof AccountRow>

const accountColumns = sql`a.account_id as "accountId", a.login, a.password_hash as "passwordHash", a.person_id as "personId", coalesce(p.name, '') as "personName",
  a.password_set_at as "passwordSetAt", a.must_change as "mustChange",
  (a.totp_secret is not null or exists (select from access.passkey k where k.tenant_id = a.tenant_id and k.account_id = a.account_id and k.removed_at is null)) as "secondFactor"`

export const accountByLogin = query(
  'access.account-by-login',
  AccountRow,
  (p: { tenantId: number; login: string }) => sql`
  select ${accountColumns} from access.account a left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = ${p.tenantId} and a.login = ${p.login} and a.active`,
)

/** The account of a login, whether it may sign in or not. */
export const accountIdOf = query(
  'access.account-id-of',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; login: string }) => sql`
  select account_id as "accountId" from access.account where tenant_id = ${p.tenantId} and login = ${p.login}`,
)

export const accountById = query(
  'access.account-by-id',
  AccountRow,
  (p: { tenantId: number; accountId: string }) => sql`
  select ${accountColumns} from access.account a left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = ${p.tenantId} and a.account_id = ${p.accountId}`,
)

/** The account where it may sign in. */
export const activeAccount = query(
  'access.active-account',
  AccountRow,
  (p: { tenantId: number; accountId: string }) => sql`
  select ${accountColumns} from access.account a left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = ${p.tenantId} and a.account_id = ${p.accountId} and a.active`,
)

export const SessionRow = Type.Object({ ...AccountRow.properties, sessionId: Type.String(), posts: Type.Array(Type.String()), idleSeconds: Type.Integer() })
export type SessionRow = Static<typeof SessionRow>

/** The account of a session in force: not ended, within its hours, and asked for within the idle minutes. */
export const accountBySession = query(
  'access.account-by-session',
  SessionRow,
  (p: { tenantId: number; tokenHash: string; idleMinutes: number }) => sql`
  select ${accountColumns}, s.session_id as "sessionId", s.posts, extract(epoch from clock_timestamp() - s.last_seen_at)::int as "idleSeconds" from access.session s
  join access.account a on a.tenant_id = s.tenant_id and a.account_id = s.account_id and a.active
  left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where s.tenant_id = ${p.tenantId} and s.token_hash = ${p.tokenHash} and s.ended_at is null and s.expires_at > clock_timestamp()
    and s.last_seen_at > clock_timestamp() - make_interval(mins => ${p.idleMinutes})`,
)

/** Notes that a session is in use. */
export const touchSession = query(
  'access.touch-session',
  Type.Object({}),
  (p: { tenantId: number; tokenHash: string }) => sql`
  update access.session set last_seen_at = clock_timestamp() where tenant_id = ${p.tenantId} and token_hash = ${p.tokenHash} and ended_at is null`,
)

export const insertSession = query(
  'access.insert-session',
  Type.Object({ sessionId: Type.String() }),
  (p: { tenantId: number; tokenHash: string; accountId: string; hours: number; method: string; address: string; agent: string; posts: string[] }) => sql`
  insert into access.session (tenant_id, token_hash, account_id, expires_at, method, address, agent, posts)
  values (${p.tenantId}, ${p.tokenHash}, ${p.accountId}, clock_timestamp() + make_interval(hours => ${p.hours}), ${p.method}, ${p.address}, ${p.agent}, ${p.posts})
  returning session_id as "sessionId"`,
)

/** No row where the session had ended before. */
export const endSession = query(
  'access.end-session',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; tokenHash: string; why: string }) => sql`
  update access.session set ended_at = clock_timestamp(), ended_why = ${p.why} where tenant_id = ${p.tenantId} and token_hash = ${p.tokenHash} and ended_at is null
  returning account_id as "accountId"`,
)

/** `mustChange`: it was set by somebody else, and the account's owner must choose one before anything else. */
export const setPassword = query(
  'access.set-password',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; accountId: string; passwordHash: string; mustChange: boolean }) => sql`
  update access.account set password_hash = ${p.passwordHash}, password_set_at = clock_timestamp(), must_change = ${p.mustChange}
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} returning account_id as "accountId"`,
)

export const insertAccount = query(
  'access.insert-account',
  Type.Object({}),
  (p: { tenantId: number; accountId: string; login: string; passwordHash: string | null; personId: string; mustChange: boolean; madeBy: string | null }) => sql`
  insert into access.account (tenant_id, account_id, login, password_hash, person_id, must_change, made_by)
  values (${p.tenantId}, ${p.accountId}, ${p.login}, ${p.passwordHash}, ${p.personId}, ${p.mustChange}, ${p.madeBy})`,
)

/** The person of an account that is made before any organisation is. */
export const insertPerson = query(
  'access.insert-person',
  Type.Object({}),
  (p: { tenantId: number; personId: string; name: string }) => sql`
  insert into org.person (tenant_id, person_id, name) values (${p.tenantId}, ${p.personId}, ${p.name})`,
)
