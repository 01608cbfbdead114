// Posts: what each may do in words, one's own with their reach, and who exercises them in the bodies one reads.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const text = Type.String()

export const PostWords = Type.Object({
  id: text,
  name: text,
  of: Type.Union([Type.Literal('unit'), Type.Literal('party-org'), Type.Literal('tenant')]),
  officer: Type.Boolean(),
  /** Given by the security officer; the others are held in the organisation. */
  appointed: Type.Boolean(),
  may: Type.Array(text),
})
export type PostWords = Static<typeof PostWords>

export const OwnPost = Type.Object({
  id: text,
  name: text,
  body: orNull(text),
  by: Type.Union([Type.Literal('holding'), Type.Literal('appointment'), Type.Literal('delegation')]),
  until: orNull(text),
  officer: Type.Boolean(),
  may: Type.Array(text),
  /** True for the whole city. */
  city: Type.Boolean(),
  /** How many bodies of each kind it reaches; none of an officer's, who sees no content. */
  kinds: Type.Array(Type.Object({ name: text, count: Type.Integer() })),
})
export type OwnPost = Static<typeof OwnPost>

export const readPosts = endpoint({
  id: 'access.posts',
  method: 'GET',
  path: '/api/posts',
  summary: 'The pack’s posts and actions in words, and one’s own posts with what they reach',
  reply: Type.Object({ actions: Type.Array(Type.Object({ id: text, words: text })), posts: Type.Array(PostWords), mine: Type.Array(OwnPost) }),
})

export const PostPerson = Type.Object({
  id: text,
  post: text,
  body: Type.Object({ id: text, name: text, kind: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]) }),
  person: shown('duty', orNull(text)),
  by: Type.Union([Type.Literal('holding'), Type.Literal('delegation')]),
  from: text,
  until: orNull(text),
})
export type PostPerson = Static<typeof PostPerson>

export const listPostPeople = endpoint({
  id: 'access.post-people',
  method: 'GET',
  path: '/api/posts/people',
  summary: 'Who exercises which post in the bodies that one reads, by a part of the body’s or the person’s name',
  needs: 'read',
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      post: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.String({ maxLength: 400 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(PostPerson), total: Type.Object({ count: Type.Integer(), capped: Type.Boolean() }), next: orNull(text) }),
})
