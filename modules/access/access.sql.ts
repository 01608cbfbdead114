// Accounts and sessions.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const AccountRow = Type.Object({
  accountId: Type.String(),
  login: Type.String(),
  passwordHash: Type.String(),
  personId: Type.String(),
  personName: Type.String(),
  post: Type.String(),
  bodyId: Type.Union([Type.String(), Type.Null()]),
  tree: Type.Union([Type.String(), Type.Null()]),
})
export type AccountRow = Static<typeof AccountRow>

const accountColumns = sql`a.account_id as "accountId", a.login, a.password_hash as "passwordHash", a.person_id as "personId", coalesce(p.name, '') as "personName", a.post, a.body_id as "bodyId", a.tree`

export const accountByLogin = query(
  'access.account-by-login',
  AccountRow,
  (p: { tenantId: number; login: string }) => sql`
  select ${accountColumns} from access.account a left join org.person p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = ${p.tenantId} and a.login = ${p.login} and a.active`,
)

export const accountBySession = query(
  'access.account-by-session',
  AccountRow,
  (p: { tenantId: number; tokenHash: string }) => sql`
  select ${accountColumns} from access.session s
  join access.account a on a.tenant_id = s.tenant_id and a.account_id = s.account_id and a.active
  left join org.person p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where s.tenant_id = ${p.tenantId} and s.token_hash = ${p.tokenHash} and s.ended_at is null and s.expires_at > clock_timestamp()`,
)

export const insertSession = query(
  'access.insert-session',
  Type.Object({}),
  (p: { tenantId: number; tokenHash: string; accountId: string; hours: number }) => sql`
  insert into access.session (tenant_id, token_hash, account_id, expires_at)
  values (${p.tenantId}, ${p.tokenHash}, ${p.accountId}, clock_timestamp() + make_interval(hours => ${p.hours}))`,
)

/** No row where the session had ended before. */
export const endSession = query(
  'access.end-session',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; tokenHash: string }) => sql`
  update access.session set ended_at = clock_timestamp() where tenant_id = ${p.tenantId} and token_hash = ${p.tokenHash} and ended_at is null
  returning account_id as "accountId"`,
)

export const insertAccount = query(
  'access.insert-account',
  Type.Object({}),
  (p: {
    tenantId: number
    accountId: string
    login: string
    passwordHash: string
    personId: string
    post: string
    bodyId: string | null
    tree: string | null
  }) => sql`
  insert into access.account (tenant_id, account_id, login, password_hash, person_id, post, body_id, tree)
  values (${p.tenantId}, ${p.accountId}, ${p.login}, ${p.passwordHash}, ${p.personId}, ${p.post}, ${p.bodyId}, ${p.tree})`,
)

/** The person of an account that is made before any organisation is. */
export const insertPerson = query(
  'access.insert-person',
  Type.Object({}),
  (p: { tenantId: number; personId: string; name: string }) => sql`
  insert into org.person (tenant_id, person_id, name) values (${p.tenantId}, ${p.personId}, ${p.name})`,
)
