// Passkeys: made by a session, good for sign-in without a login name. WebAuthn's checks are the library's; it is loaded with the first use.
import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { scopesChanged } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import type { AccountRow } from '../access.sql.ts'
import type { Passkey } from './passkeys.contract.ts'
import {
  hasOtherWay,
  insertChallenge,
  insertPasskey,
  notePasskeyUse,
  passkeyByCredential,
  passkeysOf,
  removePasskey,
  renamePasskey,
  useChallenge,
} from './passkeys.sql.ts'

const CHALLENGE_MINUTES = 5
const CHALLENGE_MS = CHALLENGE_MINUTES * 60_000
/** EdDSA, ES256, RS256: what authenticators have. */
const ALGORITHMS = [-8, -7, -257]

/** The site as passkeys know it: the host's name, and the origin that a page of it has. */
export interface Site {
  name: string
  origin: string
}

/** True where the request names a host by a name: passkeys know no addresses of numbers. */
export function hasName({ hostname }: Pick<FastifyRequest, 'hostname'>): boolean {
  return hostname !== '' && !hostname.startsWith('[') && isIP(hostname) === 0
}

/** The site of a request. Refuses an address of numbers, and says by which one to come instead. */
export function siteOf(request: FastifyRequest): Site {
  const { protocol, host, hostname, port } = request
  if (hasName(request)) return { name: hostname, origin: `${protocol}://${host}` }
  const isHere = hostname.startsWith('127.') || hostname === '[::1]'
  const instead = isHere ? `${protocol}://localhost${port === null ? '' : `:${port}`}` : '它的域名'
  throw new Refusal('conflict', `通行密钥认的是网址里的名字，不认数字地址。请用 ${instead} 打开本系统再试。`)
}

async function newChallenge(tx: Tx, purpose: 'passkey-add' | 'passkey-sign-in', accountId: string | null) {
  const [challengeId, bytes] = [newId(), randomBytes(32)]
  await tx.all(insertChallenge, { tenantId: tx.tenant.id, challengeId, purpose, accountId, value: bytes.toString('base64url'), minutes: CHALLENGE_MINUTES })
  return { challengeId, challenge: Uint8Array.from(bytes) }
}

/** Asks an authenticator for a new passkey of the account; what it has already is not offered again. */
export async function beginAdding(tx: Tx, site: Site, account: AccountRow): Promise<{ challenge: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  const { challengeId, challenge } = await newChallenge(tx, 'passkey-add', account.accountId)
  const held = await tx.all(passkeysOf, { tenantId: tx.tenant.id, accountId: account.accountId })
  const options = await generateRegistrationOptions({
    rpName: `答卷 ${tx.tenant.name}`,
    rpID: site.name,
    userName: account.login,
    userDisplayName: account.personName,
    userID: Uint8Array.from(Buffer.from(account.accountId)),
    challenge,
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: held.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { challenge: challengeId, options }
}

/** Keeps the passkey that an authenticator has made; a refusal uses the challenge up all the same. */
export async function finishAdding(
  tx: Tx,
  site: Site,
  accountId: string,
  given: { challenge: string; name: string; response: RegistrationResponseJSON },
): Promise<Passkey | Refusal> {
  const tenantId = tx.tenant.id
  const challenge = await tx.maybe(useChallenge, { tenantId, challengeId: given.challenge, purpose: 'passkey-add', accountId })
  const credential = challenge && (await credentialMade(site, challenge.value, given.response))
  if (credential === undefined) return new Refusal('invalid', '这把通行密钥没有通过检查，或者过了五分钟。请重新添加。')
  const [passkeyId, name] = [newId(), given.name.trim()]
  const { id: credentialId, counter, transports = [] } = credential
  const publicKey = Buffer.from(credential.publicKey).toString('base64')
  const made = await tx.maybe(insertPasskey, { tenantId, passkeyId, accountId, credentialId, publicKey, counter, transports, name })
  if (made === undefined) return new Refusal('conflict', '这把通行密钥已经登记过。请换一把添加。')
  await leaveEntry(tx, 'access.passkey-add', { kind: 'passkey', id: passkeyId }, { account: accountId })
  // Whoever had to set a second factor first has one now.
  tx.afterCommit(scopesChanged)
  return { id: passkeyId, name, madeAt: made.madeAt, usedAt: null }
}

async function credentialMade(site: Site, challenge: string, response: RegistrationResponseJSON): Promise<WebAuthnCredential | undefined> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  try {
    const attestation = decodeAttestationObject(Uint8Array.from(Buffer.from(response.response.attestationObject, 'base64url')))
    // We ask for none. Where there are certificates the library goes and fetches their revocation lists.
    const isBare = attestation.get('fmt') === 'none' || (attestation.get('fmt') === 'packed' && attestation.get('attStmt').get('x5c') === undefined)
    if (!isBare) return undefined
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      supportedAlgorithmIDs: ALGORITHMS,
      requireUserVerification: true,
    })
    return registrationInfo?.credential
  } catch {
    return undefined
  }
}

/** Asks any passkey of this site to show itself. */
export async function beginSignIn(tx: Tx, site: Site): Promise<{ challenge: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const { challengeId, challenge } = await newChallenge(tx, 'passkey-sign-in', null)
  return {
    challenge: challengeId,
    options: await generateAuthenticationOptions({ rpID: site.name, challenge, timeout: CHALLENGE_MS, userVerification: 'required' }),
  }
}

/** Whose passkey has answered. `wrong`: why it is not let in, for the audit trail; the person is told one sentence. */
interface ShownPasskey {
  accountId: string
  passkeyId: string
  wrong?: 'challenge' | 'unknown' | 'inactive' | 'answer'
}

/** The account whose passkey has answered the challenge, which is good for this once. */
export async function shownByPasskey(tx: Tx, site: Site, given: { challenge: string; response: AuthenticationResponseJSON }): Promise<ShownPasskey> {
  const tenantId = tx.tenant.id
  const challenge = await tx.maybe(useChallenge, { tenantId, challengeId: given.challenge, purpose: 'passkey-sign-in', accountId: null })
  const passkey = await tx.maybe(passkeyByCredential, { tenantId, credentialId: given.response.id })
  if (passkey === undefined) return { accountId: '', passkeyId: '', wrong: 'unknown' }
  const { passkeyId, accountId } = passkey
  if (challenge === undefined) return { passkeyId, accountId, wrong: 'challenge' }
  if (!passkey.active) return { passkeyId, accountId, wrong: 'inactive' }
  const counter = await counterOfAnswer(site, challenge.value, given.response, passkey)
  if (counter === undefined) return { passkeyId, accountId, wrong: 'answer' }
  await tx.all(notePasskeyUse, { tenantId, passkeyId, counter })
  return { passkeyId, accountId }
}

/** The authenticator's counter where its answer is right: signed by the passkey, for this site, by a person it has verified, and newer than the last one. */
async function counterOfAnswer(
  site: Site,
  challenge: string,
  response: AuthenticationResponseJSON,
  { accountId, publicKey, counter }: { accountId: string; publicKey: string; counter: number },
): Promise<number | undefined> {
  if (Buffer.from(response.response.userHandle ?? '', 'base64url').toString() !== accountId) return undefined
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      requireUserVerification: true,
      credential: { id: response.id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64')), counter },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}

/** Gives one of the account's passkeys another name. */
export async function rename(tx: Tx, accountId: string, passkeyId: string, name: string): Promise<void> {
  const found = await tx.maybe(renamePasskey, { tenantId: tx.tenant.id, accountId, passkeyId, name: name.trim() })
  if (found === undefined) throw notThere()
  await leaveEntry(tx, 'access.passkey-rename', { kind: 'passkey', id: passkeyId }, { account: accountId })
}

/** Removes one of the account's passkeys, but not the only way it has to sign in. */
export async function remove(tx: Tx, accountId: string, passkeyId: string): Promise<void> {
  const tenantId = tx.tenant.id
  const found = await tx.maybe(removePasskey, { tenantId, accountId, passkeyId })
  if (found === undefined) throw notThere()
  const left = await tx.all(passkeysOf, { tenantId, accountId })
  if (left.length === 0 && !(await tx.one(hasOtherWay, { tenantId, accountId })).has)
    throw new Refusal('conflict', '这是您唯一的登录方式，删掉就再也进不来了。请先添加另一把通行密钥，再删这一把。')
  await leaveEntry(tx, 'access.passkey-remove', { kind: 'passkey', id: passkeyId }, { account: accountId })
  tx.afterCommit(scopesChanged)
}

function notThere(): Refusal {
  return new Refusal('not-found', '没有找到这把通行密钥，它可能已经删除。请刷新再看。')
}
