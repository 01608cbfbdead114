// Personal data: seen whole for some minutes, one's own, corrected.
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const ClassId = Type.String({ minLength: 1, maxLength: 40 })

export const Unmasking = Type.Object({
  class: Type.String(),
  /** With what is below it; null: all that the post reaches. */
  body: orNull(Type.Object({ id: Type.String(), name: Type.String() })),
  until: Type.String(),
  secondsLeft: Type.Integer(),
})
export type Unmasking = Static<typeof Unmasking>

const UnmaskRequest = Type.Object({ class: ClassId, body: Type.Optional(Id), reason: Type.String({ minLength: 1, maxLength: 200 }) }, closed)
export type UnmaskRequest = Static<typeof UnmaskRequest>

export const unmask = endpoint({
  id: 'access.unmask',
  needs: 'person.unmask',
  method: 'POST',
  path: '/api/unmask',
  reach: 'tenant',
  summary: 'Shows a class of personal data whole to this session for some minutes: of a body and what is below it, or of all that the post reaches',
  body: UnmaskRequest,
  reply: Unmasking,
})
export const endUnmask = endpoint({
  id: 'access.end-unmask',
  method: 'POST',
  path: '/api/unmask/end',
  reach: 'tenant',
  needs: 'person.unmask',
  summary: 'Masks a class again before its time',
  body: Type.Object({ class: ClassId }, closed),
  reply: Nothing,
})
export const unmaskings = endpoint({
  id: 'access.unmaskings',
  needs: 'person.unmask',
  method: 'GET',
  path: '/api/unmask',
  reach: 'tenant',
  summary: 'What this session sees whole now, and the classes and reasons there are',
  reply: Type.Object({
    classes: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    reasons: Type.Array(Type.String()),
    /** How long one lasts. */
    minutes: Type.Integer(),
    open: Type.Array(Unmasking),
  }),
})

export const myData = endpoint({
  id: 'access.my-data',
  method: 'GET',
  path: '/api/account/data',
  access: 'session',
  reach: 'tenant',
  writes: true,
  summary: 'Everything that is held about the person who asks, by heading; leaves an audit entry',
  reply: Type.Object({
    person: Type.Object({ id: Type.String(), name: shown('own', Type.String()) }),
    at: Type.String(),
    data: Type.Record(Type.String(), Type.Array(Type.Unknown())),
  }),
})
