// Passkeys of accounts, and the challenges that they answer.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

/** Adds a challenge; what has expired goes, so that asking without answering fills no table. */
export const insertChallenge = query(
  'access.insert-challenge',
  Type.Object({}),
  (p: { tenantId: number; challengeId: string; purpose: string; accountId: string | null; value: string; minutes: number }) => sql`
  with gone as (
    delete from access.challenge where tenant_id = ${p.tenantId} and challenge_id in (
      select challenge_id from access.challenge where tenant_id = ${p.tenantId} and expires_at < clock_timestamp() limit 100 for update skip locked))
  insert into access.challenge (tenant_id, challenge_id, purpose, account_id, value, expires_at)
  values (${p.tenantId}, ${p.challengeId}, ${p.purpose}, ${p.accountId}, ${p.value}, clock_timestamp() + make_interval(mins => ${p.minutes}))`,
)

/** The value of a challenge that is good, which it is no more. */
export const useChallenge = query(
  'access.use-challenge',
  Type.Object({ value: Type.String() }),
  (p: { tenantId: number; challengeId: string; purpose: string; accountId: string | null }) => sql`
  update access.challenge set used_at = clock_timestamp()
  where tenant_id = ${p.tenantId} and challenge_id = ${p.challengeId} and purpose = ${p.purpose} and account_id is not distinct from ${p.accountId}::uuid
    and used_at is null and expires_at > clock_timestamp()
  returning value`,
)

export const passkeysOf = query(
  'access.passkeys-of',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    madeAt: Type.String(),
    usedAt: Type.Union([Type.String(), Type.Null()]),
    credentialId: Type.String(),
    transports: Type.Array(Type.String()),
  }),
  (p: { tenantId: number; accountId: string }) => sql`
  select passkey_id as id, name, made_at as "madeAt", used_at as "usedAt", credential_id as "credentialId", transports from access.passkey
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and removed_at is null order by made_at, passkey_id`,
)

/** The passkey in force of a credential; a second answer by it waits until this one is done. */
export const passkeyByCredential = query(
  'access.passkey-by-credential',
  Type.Object({ passkeyId: Type.String(), accountId: Type.String(), active: Type.Boolean(), publicKey: Type.String(), counter: Type.Integer() }),
  (p: { tenantId: number; credentialId: string }) => sql`
  select k.passkey_id as "passkeyId", k.account_id as "accountId", a.active, encode(k.public_key, 'base64') as "publicKey", k.counter
  from access.passkey k join access.account a on a.tenant_id = k.tenant_id and a.account_id = k.account_id
  where k.tenant_id = ${p.tenantId} and k.credential_id = ${p.credentialId} and k.removed_at is null for update of k`,
)

/** No row where another account, or a removed passkey, has the credential. */
export const insertPasskey = query(
  'access.insert-passkey',
  Type.Object({ madeAt: Type.String() }),
  (p: {
    tenantId: number
    passkeyId: string
    accountId: string
    credentialId: string
    publicKey: string
    counter: number
    transports: string[]
    name: string
  }) => sql`
  insert into access.passkey (tenant_id, passkey_id, account_id, credential_id, public_key, counter, transports, name)
  values (${p.tenantId}, ${p.passkeyId}, ${p.accountId}, ${p.credentialId}, decode(${p.publicKey}, 'base64'), ${p.counter}, ${p.transports}, ${p.name})
  on conflict (tenant_id, credential_id) do nothing returning made_at as "madeAt"`,
)

export const notePasskeyUse = query(
  'access.note-passkey-use',
  Type.Object({}),
  (p: { tenantId: number; passkeyId: string; counter: number }) => sql`
  update access.passkey set counter = ${p.counter}, used_at = clock_timestamp() where tenant_id = ${p.tenantId} and passkey_id = ${p.passkeyId}`,
)

/** No row where the account has no such passkey in force. */
export const renamePasskey = query(
  'access.rename-passkey',
  Type.Object({ passkeyId: Type.String() }),
  (p: { tenantId: number; accountId: string; passkeyId: string; name: string }) => sql`
  update access.passkey set name = ${p.name}
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and passkey_id = ${p.passkeyId} and removed_at is null returning passkey_id as "passkeyId"`,
)

/** No row where the account has no such passkey in force. */
export const removePasskey = query(
  'access.remove-passkey',
  Type.Object({ passkeyId: Type.String() }),
  (p: { tenantId: number; accountId: string; passkeyId: string }) => sql`
  update access.passkey set removed_at = clock_timestamp()
  where tenant_id = ${p.tenantId} and account_id = ${p.accountId} and passkey_id = ${p.passkeyId} and removed_at is null returning passkey_id as "passkeyId"`,
)

/** Whether the account can sign in without a passkey: by its password or at a provider. */
export const hasOtherWay = query(
  'access.has-other-way',
  Type.Object({ has: Type.Boolean() }),
  (p: { tenantId: number; accountId: string }) => sql`
  select (a.password_hash is not null or exists (select from access.identity i where i.tenant_id = a.tenant_id and i.account_id = a.account_id)) as has
  from access.account a where a.tenant_id = ${p.tenantId} and a.account_id = ${p.accountId}`,
)
