// Sign-in and session.
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const PostBody = orNull(
  Type.Object({ id: Type.String(), name: Type.String(), kind: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]), unitId: Type.String() }),
)

/** A post that is held today, what it gives and how many bodies it reaches; null: the whole city. */
export const SessionPost = Type.Object({
  id: Type.String(),
  name: Type.String(),
  body: PostBody,
  by: Type.Union([Type.Literal('holding'), Type.Literal('appointment'), Type.Literal('delegation')]),
  until: orNull(Type.String()),
  may: Type.Array(Type.String()),
  reach: orNull(Type.Integer()),
})

export const Session = Type.Object({
  account: Type.String(),
  person: Type.Object({ id: Type.String(), name: shown('own', Type.String()) }),
  /** The post of the widest reach. */
  post: Type.Object({ id: Type.String(), name: Type.String(), body: PostBody }),
  posts: Type.Array(SessionPost),
  scope: Type.Object({ kind: Type.Union([Type.Literal('tenant'), Type.Literal('bodies')]), count: Type.Integer() }),
  may: Type.Array(Type.String()),
  /** What must be done before anything else. */
  must: orNull(Type.Union([Type.Literal('password'), Type.Literal('second-factor')])),
  idleMinutes: Type.Integer(),
  tenant: Type.Object({ slug: Type.String(), name: Type.String(), demonstration: Type.Boolean() }),
  today: Type.String(),
})
export type Session = Static<typeof Session>

export const signIn = endpoint({
  id: 'access.sign-in',
  method: 'POST',
  path: '/api/sign-in',
  access: 'public',
  summary: 'Starts a session and sets its cookie; asks for a code (second-factor) where the account has an authenticator',
  reach: 'tenant',
  body: Type.Object(
    {
      account: Type.String({ minLength: 1, maxLength: 64 }),
      password: Type.String({ minLength: 1, maxLength: 256 }),
      /** Of the authenticator, or a recovery code. */
      code: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    },
    closed,
  ),
  reply: Session,
})
export const signOut = endpoint({
  id: 'access.sign-out',
  method: 'POST',
  path: '/api/sign-out',
  access: 'public',
  summary: 'Ends the session',
  reach: 'tenant',
  reply: Nothing,
})
export const session = endpoint({
  id: 'access.session',
  method: 'GET',
  path: '/api/session',
  access: 'session',
  summary: 'Who is signed in',
  reach: 'tenant',
  reply: Session,
})
/** The accounts that a newcomer may try; empty where the city is no demonstration. `post` is the post's name. */
export const hints = endpoint({
  id: 'access.hints',
  method: 'GET',
  path: '/api/session/hints',
  access: 'public',
  reach: 'tenant',
  summary: 'Accounts of the demonstration',
  reply: Type.Object({
    accounts: Type.Array(
      Type.Object({ account: Type.String(), password: Type.String(), post: Type.String(), org: Type.String(), name: shown('duty', Type.String()) }),
    ),
  }),
})
/** What a page needs before anyone has signed in. */
export const place = endpoint({
  id: 'access.place',
  method: 'GET',
  path: '/api/place',
  access: 'public',
  summary: 'The city, its date, and whether it is the demonstration',
  reach: 'tenant',
  reply: Type.Object({ slug: Type.String(), name: Type.String(), demonstration: Type.Boolean(), today: Type.String(), now: Type.String() }),
})
