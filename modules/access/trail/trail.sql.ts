// Names for audit entries: accounts by a name, accounts and bodies by their ids.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const AccountName = Type.Object({ id: Type.String(), login: Type.String(), name: Type.String() })
export type AccountName = Static<typeof AccountName>

/** Accounts whose person's name has a part, or whose login begins so. */
export const accountsCalled = query(
  'access.accounts-called',
  Type.Object({ id: Type.String() }),
  (p: { tenantId: number; text: string; limit: number }) => sql`
  select a.account_id as id from access.account a left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = ${p.tenantId} and (starts_with(a.login, ${p.text}) or strpos(p.name, ${p.text}) > 0) order by a.login limit ${p.limit}`,
)

export const accountNames = query(
  'access.account-names',
  AccountName,
  (p: { tenantId: number; ids: readonly string[] }) => sql`
  select a.account_id as id, a.login, coalesce(p.name, '') as name from access.account a left join {org.person} p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = ${p.tenantId} and a.account_id = any (${p.ids}::uuid[])`,
)

/** What bodies are called, or were called last. */
export const bodyNames = query(
  'access.body-names',
  Type.Object({ id: Type.String(), name: Type.String() }),
  (p: { tenantId: number; ids: readonly string[] }) => sql`
  select distinct on (id) id, name from (
    select unit_id as id, name, valid_from, known_from from org.unit where tenant_id = ${p.tenantId} and unit_id = any (${p.ids}::uuid[])
    union all
    select party_org_id, name, valid_from, known_from from org.party_org where tenant_id = ${p.tenantId} and party_org_id = any (${p.ids}::uuid[])) named
  order by id, known_from desc, valid_from desc`,
)
