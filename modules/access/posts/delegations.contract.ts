// Delegation: a post exercised by another person for a time. cover: its holder is away; acting (代管): a superior has a vacant post looked after.
import { type Static, Type } from 'typebox'
import { endpoint, Nothing } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const text = Type.String()
const q = Type.Optional(Type.String({ maxLength: 60 }))
export const DelegationKind = Type.Union([Type.Literal('cover'), Type.Literal('acting')])
export type DelegationKind = Static<typeof DelegationKind>
/** coming, running, over (its days or by recall), or idle: the giver no longer has the post, or the vacant one is filled. */
export const DelegationState = Type.Union([Type.Literal('coming'), Type.Literal('running'), Type.Literal('idle'), Type.Literal('over')])
export type DelegationState = Static<typeof DelegationState>

export const DelegationLine = Type.Object({
  id: text,
  kind: DelegationKind,
  post: text,
  body: Type.Object({ id: text, name: text }),
  /** The holder who is away; null for a vacant post, or where the reader may not see the name. */
  giver: shown('duty', orNull(text)),
  receiver: shown('duty', orNull(text)),
  from: text,
  until: text,
  reason: text,
  state: DelegationState,
  mayRecall: Type.Boolean(),
})
export type DelegationLine = Static<typeof DelegationLine>

const Total = Type.Object({ count: Type.Integer(), capped: Type.Boolean() })
const page = { after: Type.Optional(Type.String({ maxLength: 60 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }
const Lines = Type.Object({ rows: Type.Array(DelegationLine), total: Total, next: orNull(text) })

export const listDelegations = endpoint({
  id: 'access.delegations',
  method: 'GET',
  path: '/api/delegations',
  summary: 'Delegations that one has given or received, newest first',
  reach: 'tenant',
  query: Type.Object({ side: Type.Union([Type.Literal('given'), Type.Literal('received')]), ...page }, closed),
  reply: Lines,
})

export const delegationsWithin = endpoint({
  id: 'access.delegations-within',
  method: 'GET',
  path: '/api/delegations/within',
  summary: 'Delegations of posts in the bodies that one reads, newest first',
  needs: 'read',
  query: Type.Object({ q, state: Type.Optional(Type.Literal('open')), ...page }, closed),
  reply: Lines,
})

export const PostToGive = Type.Object({ post: text, name: text, body: Type.Object({ id: text, name: text }) })
export type PostToGive = Static<typeof PostToGive>

export const delegablePosts = endpoint({
  id: 'access.delegable-posts',
  method: 'GET',
  path: '/api/delegations/posts',
  summary: 'One’s own posts that somebody else could exercise',
  reach: 'tenant',
  reply: Type.Object({ rows: Type.Array(PostToGive) }),
})

export const vacantPosts = endpoint({
  id: 'access.vacant-posts',
  method: 'GET',
  path: '/api/delegations/vacancies',
  summary: 'Posts in one’s reach that had a holder and have none, by a part of the body’s name',
  needs: 'post.delegate',
  query: Type.Object({ q }, closed),
  reply: Type.Object({ rows: Type.Array(PostToGive) }),
})

export const Receiver = Type.Object({ id: text, name: shown('duty', text), org: orNull(text), posts: Type.Array(text) })
export type Receiver = Static<typeof Receiver>

export const receivers = endpoint({
  id: 'access.receivers',
  method: 'GET',
  path: '/api/delegations/receivers',
  summary: 'People with an account: in the bodies one reads by a part of the name, elsewhere by the exact full name',
  reach: 'tenant',
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
  reply: Type.Object({ rows: Type.Array(Receiver) }),
})

export const delegate = endpoint({
  id: 'access.delegate',
  method: 'POST',
  path: '/api/delegations',
  summary: 'Hands an own post, or a vacant one in reach, to another person for at most a year',
  reach: 'tenant',
  body: Type.Object(
    {
      id: Id,
      kind: DelegationKind,
      post: Type.String({ maxLength: 60 }),
      body: Id,
      person: Id,
      from: Day,
      until: Day,
      reason: Type.String({ minLength: 2, maxLength: 200 }),
    },
    closed,
  ),
  reply: Nothing,
})

export const recallDelegation = endpoint({
  id: 'access.delegation-recall',
  method: 'POST',
  path: '/api/delegations/:id/recall',
  summary: 'Ends a delegation at once: by its giver, or by whoever may delegate over the body',
  reach: 'tenant',
  params: Type.Object({ id: Id }, closed),
  reply: Nothing,
})
