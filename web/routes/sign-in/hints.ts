// The demonstration's accounts, for the sign-in page; a server that is no demonstration has none.
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'

export const hints = endpoint({
  id: 'access.hints',
  method: 'GET',
  path: '/api/session/hints',
  access: 'public',
  summary: 'Accounts of the demonstration',
  reach: 'tenant',
  reply: Type.Object({ accounts: Type.Array(Type.Object({ account: Type.String(), password: Type.String(), post: Type.String() })) }),
})
