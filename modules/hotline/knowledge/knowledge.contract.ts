// Answers that may be given directly: looked up by whoever takes calls, written and withdrawn by whoever dispatches.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'

const Category = Type.String({ maxLength: 40 })

export const Knowledge = Type.Object({
  knowledgeId: Type.String(),
  category: Type.String(),
  categoryName: Type.String(),
  question: Type.String(),
  answer: Type.String(),
  validUntil: orNull(Type.String()),
  /** Its last valid day has passed: it is suggested to nobody. */
  expired: Type.Boolean(),
  revision: Type.Integer(),
  writtenAt: Type.String(),
})
export type Knowledge = Static<typeof Knowledge>

/** `revision` 0 writes a new one; any other is the version that was read. */
export const WrittenKnowledge = Type.Object(
  {
    knowledgeId: Id,
    revision: Type.Integer({ minimum: 0 }),
    category: Category,
    question: Type.String({ minLength: 4, maxLength: 200 }),
    answer: Type.String({ minLength: 4, maxLength: 2000 }),
    validUntil: Type.Optional(orNull(Day)),
  },
  closed,
)
export type WrittenKnowledge = Static<typeof WrittenKnowledge>

const Version = Type.Object({ knowledgeId: Type.String(), revision: Type.Integer() })

export const listKnowledge = endpoint({
  id: 'hotline.knowledge',
  method: 'GET',
  path: '/api/hotline/knowledge',
  summary: 'Answers that may be given directly, newest first; `after`: the last one of the page before',
  needs: 'hotline.take',
  sees: 'hotline.read',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 50 })), category: Type.Optional(Category), after: Type.Optional(Id) }, closed),
  reply: Type.Object({ rows: Type.Array(Knowledge), next: orNull(Type.String()) }),
})
export const writeKnowledge = endpoint({
  id: 'hotline.write-knowledge',
  method: 'POST',
  path: '/api/hotline/knowledge',
  summary: 'Writes an answer that may be given directly, or a new version of one',
  needs: 'hotline.dispatch',
  reach: 'tenant',
  body: WrittenKnowledge,
  reply: Version,
})
export const withdrawKnowledge = endpoint({
  id: 'hotline.withdraw-knowledge',
  method: 'POST',
  path: '/api/hotline/knowledge/:knowledgeId/withdrawal',
  summary: 'Takes an answer out of use',
  needs: 'hotline.dispatch',
  reach: 'tenant',
  params: Type.Object({ knowledgeId: Id }, closed),
  body: Type.Object({ revision: Type.Integer({ minimum: 1 }) }, closed),
  reply: Version,
})
