// Passkeys: sign-in without a login name, and the passkeys of one's own account. Options and responses are WebAuthn's own JSON.
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { Session } from '../access.contract.ts'

/** What authenticators send is far below this. */
const bodyLimit = 32_768

const Bytes = Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 1, maxLength: 16_384 })
const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' })
const credential = { id: Bytes, rawId: Bytes, type: Type.Literal('public-key'), clientExtensionResults: Type.Object({}) }

const CreationOptions = Type.Unsafe<PublicKeyCredentialCreationOptionsJSON>(
  Type.Object({ challenge: Bytes, rp: Type.Object({ id: Type.String(), name: Type.String() }), user: Type.Object({ id: Bytes, name: Type.String() }) }),
)
const RequestOptions = Type.Unsafe<PublicKeyCredentialRequestOptionsJSON>(Type.Object({ challenge: Bytes, rpId: Type.String() }))
const Attestation = Type.Unsafe<RegistrationResponseJSON>(
  Type.Object({
    ...credential,
    response: Type.Object({
      clientDataJSON: Bytes,
      attestationObject: Bytes,
      transports: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
    }),
  }),
)
const Assertion = Type.Unsafe<AuthenticationResponseJSON>(
  Type.Object({
    ...credential,
    response: Type.Object({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes, userHandle: Type.Optional(Bytes) }),
  }),
)

export const passkeyChallenge = endpoint({
  id: 'access.passkey-challenge',
  method: 'POST',
  path: '/api/sign-in/passkey/challenge',
  access: 'public',
  reach: 'tenant',
  summary: 'What a passkey is to answer to sign in',
  reply: Type.Object({ challenge: Id, options: RequestOptions }),
})
export const passkeySignIn = endpoint({
  id: 'access.passkey-sign-in',
  method: 'POST',
  path: '/api/sign-in/passkey',
  access: 'public',
  reach: 'tenant',
  summary: 'Starts a session by a passkey and sets its cookie',
  bodyLimit,
  body: Type.Object({ challenge: Id, response: Assertion }, closed),
  reply: Session,
})

const Passkey = Type.Object({ id: Id, name: Type.String(), madeAt: Type.String(), usedAt: orNull(Type.String()) })
export type Passkey = Static<typeof Passkey>
const params = Type.Object({ passkeyId: Id }, closed)

export const passkeys = endpoint({
  id: 'access.passkeys',
  method: 'GET',
  path: '/api/passkeys',
  access: 'session',
  reach: 'tenant',
  summary: 'The passkeys of one’s own account',
  reply: Type.Object({
    passkeys: Type.Array(Passkey),
    /** A new one asks for the account's password first. */
    asksPassword: Type.Boolean(),
  }),
})
export const passkeyOptions = endpoint({
  id: 'access.passkey-options',
  method: 'POST',
  path: '/api/passkeys/options',
  access: 'session',
  reach: 'tenant',
  summary: 'Begins a new passkey: asks for the account’s password where it has one',
  /** Empty where the account has no password. */
  body: Type.Object({ password: Type.String({ maxLength: 256 }) }, closed),
  reply: Type.Object({ challenge: Id, options: CreationOptions }),
})
export const passkeyAdd = endpoint({
  id: 'access.passkey-add',
  method: 'POST',
  path: '/api/passkeys',
  access: 'session',
  reach: 'tenant',
  summary: 'Keeps a new passkey',
  bodyLimit,
  body: Type.Object({ challenge: Id, name: Name, response: Attestation }, closed),
  reply: Passkey,
})
export const passkeyRename = endpoint({
  id: 'access.passkey-rename',
  method: 'POST',
  path: '/api/passkeys/:passkeyId/name',
  access: 'session',
  reach: 'tenant',
  summary: 'Gives a passkey another name',
  params,
  body: Type.Object({ name: Name }, closed),
  reply: Nothing,
})
export const passkeyRemove = endpoint({
  id: 'access.passkey-remove',
  method: 'POST',
  path: '/api/passkeys/:passkeyId/removal',
  access: 'session',
  reach: 'tenant',
  summary: 'Removes a passkey: it signs in no more',
  params,
  reply: Nothing,
})
