// Accounts: what the operator opens, stops and gives a first password. No content, no posts to give.
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const params = Type.Object({ id: Id }, closed)
const manage = { needs: 'account.manage', reach: 'tenant' } as const
/** A first password, shown this once; it must be changed at the first sign-in. */
const FirstPassword = Type.Object({ password: Type.String() })

export const AccountLine = Type.Object({
  id: Type.String(),
  login: Type.String(),
  person: shown('duty', Type.String()),
  active: Type.Boolean(),
  mustChange: Type.Boolean(),
  secondFactor: Type.Boolean(),
  /** Names of the posts it has or is going to have. */
  posts: Type.Array(Type.String()),
  /** One of the three officers: its password and its state are not the operator's alone. */
  officer: Type.Boolean(),
  lastSignIn: orNull(Type.String()),
})
export type AccountLine = Static<typeof AccountLine>

export const listAccounts = endpoint({
  id: 'access.accounts',
  method: 'GET',
  path: '/api/accounts',
  summary: 'Accounts by a part of the login or of the name; page by login',
  ...manage,
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('disabled')])),
      after: Type.Optional(Type.String({ maxLength: 64 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Type.Object({
    rows: Type.Array(AccountLine),
    total: Type.Object({ count: Type.Integer(), capped: Type.Boolean() }),
    next: orNull(Type.String()),
  }),
})

export const PersonCandidate = Type.Object({
  id: Type.String(),
  name: shown('duty', Type.String()),
  /** The branch one is a member of. */
  org: orNull(Type.String()),
  posts: Type.Array(Type.Object({ post: Type.String(), body: Type.String() })),
  account: Type.Boolean(),
})
export type PersonCandidate = Static<typeof PersonCandidate>

export const accountPersons = endpoint({
  id: 'access.account-persons',
  method: 'GET',
  path: '/api/accounts/persons',
  summary: 'Who has exactly this full name, with organisation and posts to tell them apart',
  ...manage,
  query: Type.Object({ name: Type.String({ minLength: 2, maxLength: 40 }) }, closed),
  reply: Type.Object({ rows: Type.Array(PersonCandidate) }),
})

export const openAccount = endpoint({
  id: 'access.account-open',
  method: 'POST',
  path: '/api/accounts',
  summary: 'Opens an account of a person, or of one from outside the organisation, with a first password',
  ...manage,
  body: Type.Object(
    {
      id: Id,
      login: Type.String({ pattern: '^[a-z][a-z0-9._-]{1,39}$' }),
      person: Type.Union([Type.Object({ id: Id }, closed), Type.Object({ name: Type.String({ minLength: 2, maxLength: 40 }) }, closed)]),
    },
    closed,
  ),
  reply: FirstPassword,
})

export const setAccountState = endpoint({
  id: 'access.account-state',
  method: 'POST',
  path: '/api/accounts/:id/state',
  summary: 'Stops an account, which ends its sessions, or lets it sign in again',
  ...manage,
  params,
  body: Type.Object({ active: Type.Boolean() }, closed),
  reply: Nothing,
})

export const resetPassword = endpoint({
  id: 'access.account-password',
  method: 'POST',
  path: '/api/accounts/:id/password',
  summary: 'A new first password; the sessions end',
  ...manage,
  params,
  reply: FirstPassword,
})

export const Identity = Type.Object({
  provider: Type.String(),
  subject: Type.String(),
  /** What the provider calls whoever came. */
  name: shown('duty', Type.String()),
  login: orNull(Type.String()),
  seenAt: Type.String(),
})
export type Identity = Static<typeof Identity>
const link = {
  provider: Type.String({ minLength: 1, maxLength: 64 }),
  subject: Type.String({ minLength: 1, maxLength: 255 }),
  login: Type.String({ minLength: 1, maxLength: 64 }),
}

export const listIdentities = endpoint({
  id: 'access.identities',
  method: 'GET',
  path: '/api/accounts/identities',
  summary: 'Who has come by another system’s sign-in, those without an account first',
  ...manage,
  reply: Type.Object({ rows: Type.Array(Identity) }),
})

export const linkIdentity = endpoint({
  id: 'access.identity-link',
  method: 'POST',
  path: '/api/accounts/identities/link',
  summary: 'Lets an identity sign in to an account',
  ...manage,
  body: Type.Object(link, closed),
  reply: Nothing,
})

export const unlinkIdentity = endpoint({
  id: 'access.identity-unlink',
  method: 'POST',
  path: '/api/accounts/identities/unlink',
  summary: 'An identity signs in to an account no more; its sessions end',
  ...manage,
  body: Type.Object(link, closed),
  reply: Nothing,
})
