// One person's row, corrected.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id } from '#base/schemas.ts'

export const correctPerson = endpoint({
  id: 'org.person-correct',
  needs: 'person.correct',
  method: 'POST',
  path: '/api/org/persons/:person/correction',
  reach: 'tenant',
  summary: 'Corrects a person’s name, sex or year of birth, with the reason; the audit entry holds marks of before and after, not the values',
  params: Type.Object({ person: Id }, closed),
  body: Type.Object(
    {
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      sex: Type.Optional(Type.Union([Type.Literal('男'), Type.Literal('女')])),
      birthYear: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2100 })),
      reason: Type.String({ minLength: 4, maxLength: 200 }),
    },
    closed,
  ),
  reply: Type.Object({ changed: Type.Array(Type.String()) }),
})
export type PersonCorrection = Static<typeof correctPerson.body>
