// Sign-in at providers elsewhere, and which ways of signing in there are.
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed } from '#base/schemas.ts'
import { Session } from '../access.contract.ts'

export const signInWays = endpoint({
  id: 'access.sign-in-ways',
  method: 'GET',
  path: '/api/sign-in/ways',
  access: 'public',
  reach: 'tenant',
  summary: 'Which ways of signing in there are beside the password',
  reply: Type.Object({
    /** False where the page was opened by an address of numbers: passkeys belong to a name. */
    passkey: Type.Boolean(),
    providers: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
})
export const oidcStart = endpoint({
  id: 'access.oidc-start',
  method: 'POST',
  path: '/api/sign-in/oidc/start',
  access: 'public',
  reach: 'tenant',
  summary: 'Where the browser is to go to sign in at a provider',
  body: Type.Object({ provider: Type.String({ minLength: 1, maxLength: 64 }) }, closed),
  reply: Type.Object({ url: Type.String() }),
})
export const oidcFinish = endpoint({
  id: 'access.oidc-finish',
  method: 'POST',
  path: '/api/sign-in/oidc/finish',
  access: 'public',
  reach: 'tenant',
  summary: 'Starts a session for whom the provider has sent back',
  /** The query of the address that the provider sent the browser to, as it is. */
  body: Type.Object({ query: Type.String({ minLength: 1, maxLength: 8192 }) }, closed),
  reply: Session,
})
/** Asked for where `finish` has answered `second-factor`: a provider counts as one factor. */
export const oidcCode = endpoint({
  id: 'access.oidc-code',
  method: 'POST',
  path: '/api/sign-in/oidc/code',
  access: 'public',
  reach: 'tenant',
  summary: 'Starts the session once the second factor is shown too',
  body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
  reply: Session,
})
