// Authenticators and recovery codes of accounts.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

/** `secret` is sealed; null without an authenticator. */
export const authenticatorOf = query(
  'access.authenticator-of',
  Type.Object({ secret: Type.Union([Type.String(), Type.Null()]), codes: Type.Integer() }),
  (p: { tenantId: number; accountId: string }) => sql`
  select a.totp_secret as secret, (select count(*)::int from access.recovery_code c where c.tenant_id = a.tenant_id and c.account_id = a.account_id and c.used_at is null) as codes
  from access.account a where a.tenant_id = ${p.tenantId} and a.account_id = ${p.accountId}`,
)

/** No row where there is an authenticator already. */
export const setAuthenticator = query(
  'access.set-authenticator',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; accountId: string; secret: string; step: number }) => sql`
  update access.account set totp_secret = ${p.secret}, totp_step = ${p.step} where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and totp_secret is null
  returning account_id as "accountId"`,
)

/** No row where there was none. */
export const dropAuthenticator = query(
  'access.drop-authenticator',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; accountId: string }) => sql`
  update access.account set totp_secret = null, totp_step = 0 where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and totp_secret is not null
  returning account_id as "accountId"`,
)

/** Uses up the codes of a time step and of all before it; no row where that has happened before. */
export const useStep = query(
  'access.use-step',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; accountId: string; step: number }) => sql`
  update access.account set totp_step = ${p.step} where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and totp_step < ${p.step} returning account_id as "accountId"`,
)

/** No row where the code is none of the account's, or was used before. */
export const useRecoveryCode = query(
  'access.use-recovery-code',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; accountId: string; codeHash: string }) => sql`
  update access.recovery_code set used_at = clock_timestamp()
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and code_hash = ${p.codeHash} and used_at is null returning account_id as "accountId"`,
)

export const dropRecoveryCodes = query(
  'access.drop-recovery-codes',
  Type.Object({}),
  (p: { tenantId: number; accountId: string }) => sql`delete from access.recovery_code where tenant_id = ${p.tenantId} and account_id = ${p.accountId}`,
)

export const insertRecoveryCodes = query(
  'access.insert-recovery-codes',
  Type.Object({}),
  (p: { tenantId: number; accountId: string; codeHashes: string[] }) => sql`
  insert into access.recovery_code (tenant_id, account_id, code_hash) select ${p.tenantId}, ${p.accountId}, hash from unnest(${p.codeHashes}::text[]) hash`,
)
