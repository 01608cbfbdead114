// Who has come from a provider, and to which account the operator has linked them.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

/** Notes that a subject has come; tells the account it is linked to, and whether that is in force. */
export const seeIdentity = query(
  'access.see-identity',
  Type.Object({ accountId: Type.Union([Type.String(), Type.Null()]), active: Type.Boolean() }),
  (p: { tenantId: number; provider: string; subject: string; name: string }) => sql`
  insert into access.identity (tenant_id, provider, subject, name) values (${p.tenantId}, ${p.provider}, ${p.subject}, ${p.name})
  on conflict (tenant_id, provider, subject) do update set seen_at = clock_timestamp(), name = excluded.name
  returning account_id as "accountId",
    exists (select from access.account a where a.tenant_id = identity.tenant_id and a.account_id = identity.account_id and a.active) as active`,
)

/** The account that a subject is linked to, where it is active. */
export const identityInForce = query(
  'access.identity-in-force',
  Type.Object({ accountId: Type.String() }),
  (p: { tenantId: number; provider: string; subject: string }) => sql`
  select i.account_id as "accountId" from access.identity i join access.account a on a.tenant_id = i.tenant_id and a.account_id = i.account_id and a.active
  where i.tenant_id = ${p.tenantId} and i.provider = ${p.provider} and i.subject = ${p.subject}`,
)

/** Links a subject that has come to an account; no row where there is none that is free. */
export const linkIdentity = query(
  'access.link-identity',
  Type.Object({ subject: Type.String() }),
  (p: { tenantId: number; provider: string; subject: string; accountId: string; linkedBy: string | null }) => sql`
  update access.identity set account_id = ${p.accountId}, linked_by = ${p.linkedBy}, linked_at = clock_timestamp()
  where tenant_id = ${p.tenantId} and provider = ${p.provider} and subject = ${p.subject} and account_id is null
    and exists (select from access.account a where a.tenant_id = ${p.tenantId} and a.account_id = ${p.accountId})
  returning subject`,
)

/** Ends a link; no row where the account has no such one. */
export const unlinkIdentity = query(
  'access.unlink-identity',
  Type.Object({ subject: Type.String() }),
  (p: { tenantId: number; provider: string; subject: string; accountId: string }) => sql`
  update access.identity set account_id = null, linked_by = null, linked_at = null
  where tenant_id = ${p.tenantId} and provider = ${p.provider} and subject = ${p.subject} and account_id = ${p.accountId}
  returning subject`,
)
