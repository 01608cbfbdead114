// What the security officer sees of accounts and does to them: posts given and ended, sessions ended, second factors reset.
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const params = Type.Object({ id: Id }, closed)
const manage = { needs: 'security.manage', reach: 'tenant' } as const
const Reason = Type.String({ minLength: 2, maxLength: 200 })

export const By = Type.Union([Type.Literal('holding'), Type.Literal('appointment'), Type.Literal('delegation')])

export const GivenPost = Type.Object({
  /** Of the holding, the appointment or the delegation. */
  id: Type.String(),
  post: Type.String(),
  name: Type.String(),
  body: orNull(Type.String()),
  by: By,
  from: Type.String(),
  until: orNull(Type.String()),
})
export type GivenPost = Static<typeof GivenPost>

export const AccountPosts = Type.Object({
  id: Type.String(),
  login: Type.String(),
  person: shown('duty', Type.String()),
  active: Type.Boolean(),
  secondFactor: Type.Boolean(),
  sessions: Type.Integer(),
  /** Too many failed sign-ins: strangers' attempts have to wait. */
  blocked: Type.Boolean(),
  posts: Type.Array(GivenPost),
})
export type AccountPosts = Static<typeof AccountPosts>

export const listAccountPosts = endpoint({
  id: 'access.account-posts',
  method: 'GET',
  path: '/api/appointments',
  summary: 'Accounts with the posts they have or are going to have, and from where',
  ...manage,
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      post: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.String({ maxLength: 64 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Type.Object({
    rows: Type.Array(AccountPosts),
    total: Type.Object({ count: Type.Integer(), capped: Type.Boolean() }),
    next: orNull(Type.String()),
  }),
})

export const appoint = endpoint({
  id: 'access.appoint',
  method: 'POST',
  path: '/api/appointments',
  summary: 'Gives an account a post that is not held in the organisation, of the whole city or of a body',
  ...manage,
  body: Type.Object({ id: Id, account: Id, post: Type.String({ maxLength: 60 }), body: orNull(Id), from: Day, until: orNull(Day), reason: Reason }, closed),
  reply: Nothing,
})

export const endAppointment = endpoint({
  id: 'access.appointment-end',
  method: 'POST',
  path: '/api/appointments/:id/end',
  summary: 'Ends an appointment at once; whoever acts by it is signed out',
  ...manage,
  params,
  body: Type.Object({ reason: Reason }, closed),
  reply: Nothing,
})

export const endAccountSessions = endpoint({
  id: 'access.sessions-end',
  method: 'POST',
  path: '/api/appointments/accounts/:id/sessions-end',
  summary: 'Ends every session of an account',
  ...manage,
  params,
  reply: Type.Object({ ended: Type.Integer() }),
})

export const liftThrottle = endpoint({
  id: 'access.throttle-lift',
  method: 'POST',
  path: '/api/appointments/accounts/:id/throttle-lift',
  summary: 'Failed sign-ins are no longer held against an account',
  ...manage,
  params,
  reply: Nothing,
})

export const resetSecondFactor = endpoint({
  id: 'access.second-factor-reset',
  method: 'POST',
  path: '/api/appointments/accounts/:id/second-factor-reset',
  summary: 'Takes an account’s authenticator, passkeys and recovery codes away and ends its sessions',
  ...manage,
  params,
  reply: Nothing,
})
