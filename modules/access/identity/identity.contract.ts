// One's own account: password, authenticator, recovery codes, sessions. All of it is open to a session that must first mend one of them.
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'

const Password = Type.String({ minLength: 1, maxLength: 256 })
/** Empty where the account has no password: its session shows enough. */
const Shown = Type.String({ maxLength: 256 })
const Moment = Type.String()
const own = { access: 'session', reach: 'tenant' } as const

export const OwnSession = Type.Object({
  id: Type.String(),
  method: Type.String(),
  address: Type.String(),
  /** In words: Windows Edge. */
  device: Type.String(),
  since: Moment,
  lastSeen: Moment,
  /** The one that asks. */
  current: Type.Boolean(),
})
export type OwnSession = Static<typeof OwnSession>

/** A post in words. */
export const OwnPost = Type.Object({
  name: Type.String(),
  body: orNull(Type.String()),
  by: Type.String(),
  until: orNull(Type.String()),
  /** How many bodies it reaches; null: the whole city. */
  reach: orNull(Type.Integer()),
  may: Type.Array(Type.String()),
})
export type OwnPost = Static<typeof OwnPost>

export const account = endpoint({
  ...own,
  id: 'access.account',
  method: 'GET',
  path: '/api/account',
  summary: 'How one’s own account signs in, and what its posts let it do',
  reply: Type.Object({
    posts: Type.Array(OwnPost),
    /** Null where there is none. `until`: when it must be changed, null for never. */
    password: orNull(Type.Object({ setAt: Moment, until: orNull(Moment), shortest: Type.Integer() })),
    authenticator: Type.Boolean(),
    recoveryCodes: Type.Integer(),
    /** A post of one's own asks for a second factor. */
    secondFactorAsked: Type.Boolean(),
  }),
})

export const changePassword = endpoint({
  ...own,
  id: 'access.change-password',
  method: 'POST',
  path: '/api/account/password',
  summary: 'Changes one’s own password and ends one’s other sessions',
  body: Type.Object({ password: Password, next: Password }, closed),
  reply: Type.Object({ ended: Type.Integer() }),
})

export const startAuthenticator = endpoint({
  ...own,
  id: 'access.start-authenticator',
  method: 'POST',
  path: '/api/account/authenticator/start',
  summary: 'A secret for an authenticator app; nothing is stored before a code confirms it',
  writes: false,
  reply: Type.Object({ ticket: Type.String(), secret: Type.String(), uri: Type.String() }),
})
export const confirmAuthenticator = endpoint({
  ...own,
  id: 'access.confirm-authenticator',
  method: 'POST',
  path: '/api/account/authenticator',
  summary: 'Confirms an authenticator with its code; replies with recovery codes, once',
  body: Type.Object({ ticket: Type.String({ minLength: 1, maxLength: 400 }), code: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
  reply: Type.Object({ codes: Type.Array(Type.String()) }),
})
export const removeAuthenticator = endpoint({
  ...own,
  id: 'access.remove-authenticator',
  method: 'POST',
  path: '/api/account/authenticator/remove',
  summary: 'Takes the authenticator away',
  body: Type.Object({ password: Shown }, closed),
  reply: Nothing,
})
export const renewRecoveryCodes = endpoint({
  ...own,
  id: 'access.renew-recovery-codes',
  method: 'POST',
  path: '/api/account/recovery-codes',
  summary: 'New recovery codes, told once; the earlier ones are void',
  body: Type.Object({ password: Shown }, closed),
  reply: Type.Object({ codes: Type.Array(Type.String()) }),
})

export const ownSessions = endpoint({
  ...own,
  id: 'access.sessions',
  method: 'GET',
  path: '/api/account/sessions',
  summary: 'One’s own sessions in force',
  reply: Type.Object({ sessions: Type.Array(OwnSession) }),
})
export const endSession = endpoint({
  ...own,
  id: 'access.end-session',
  method: 'POST',
  path: '/api/account/sessions/:session/end',
  summary: 'Ends one of one’s own sessions',
  params: Type.Object({ session: Id }),
  reply: Nothing,
})
export const endOtherSessions = endpoint({
  ...own,
  id: 'access.end-other-sessions',
  method: 'POST',
  path: '/api/account/sessions/end-others',
  summary: 'Ends all of one’s own sessions but this one',
  reply: Type.Object({ ended: Type.Integer() }),
})
