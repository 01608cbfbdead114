// The page 审计: who did what, for the auditor, who sees ids, kinds and hashes and no content.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const text = Type.String()
const read = { needs: 'audit.read', reach: 'tenant' } as const

/** What entries are searched by; all that is given must fit. */
export const TrailFilter = Type.Object(
  {
    /** A part of the actor's name, or the beginning of the login. */
    person: Type.Optional(Type.String({ maxLength: 60 })),
    action: Type.Optional(Type.String({ maxLength: 60 })),
    /** The whole id of an object. */
    object: Type.Optional(Type.String({ maxLength: 100 })),
    address: Type.Optional(Type.String({ maxLength: 60 })),
    /** Days in China, by the real clock. */
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  },
  closed,
)
export type TrailFilter = Static<typeof TrailFilter>

export const TrailRow = Type.Object({
  /** Position in the chain. */
  seq: Type.Integer(),
  at: text,
  /** Null where the system did it, or the command line. */
  actor: orNull(Type.Object({ id: text, login: text, name: shown('duty', text) })),
  /** The post by which it was done, and the body it is held in, by name. */
  post: orNull(text),
  body: orNull(text),
  action: text,
  objectKind: text,
  objectId: text,
  address: orNull(text),
})
export type TrailRow = Static<typeof TrailRow>

export const listTrail = endpoint({
  id: 'access.trail',
  method: 'GET',
  path: '/api/audit/entries',
  summary: 'Sealed audit entries, newest first, by person, action, object, address and days',
  ...read,
  query: Type.Object(
    { ...TrailFilter.properties, after: Type.Optional(Type.Integer({ minimum: 1 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(TrailRow), next: orNull(text) }),
})

/** How far the chain goes, and how far it is signed. */
export const TrailState = Type.Object({ seq: Type.Integer(), signedSeq: orNull(Type.Integer()), signedAt: orNull(text), first: orNull(text) })
export type TrailState = Static<typeof TrailState>

export const readTrailState = endpoint({
  id: 'access.trail-state',
  method: 'GET',
  path: '/api/audit/chain',
  summary: 'Position of the chain’s end, its last signed checkpoint, and when its first entry was left',
  ...read,
  reply: TrailState,
})

export const TrailEntry = Type.Object({
  ...TrailRow.properties,
  entryId: text,
  /** Ids, days and numbers; `changed` holds fields with what they were and are, personal ones as keyed marks. */
  detail: Type.Record(text, Type.Unknown()),
  requestId: orNull(text),
  alg: text,
  hash: text,
  chain: TrailState,
})
export type TrailEntry = Static<typeof TrailEntry>

export const readTrailEntry = endpoint({
  id: 'access.trail-entry',
  method: 'GET',
  path: '/api/audit/entries/:seq',
  summary: 'One audit entry: detail, request, hash and place in the chain',
  ...read,
  params: Type.Object({ seq: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }) }, closed),
  reply: TrailEntry,
})

export const exportTrail = endpoint({
  id: 'access.trail-export',
  method: 'POST',
  path: '/api/audit/export',
  summary: 'The filtered audit entries as csv',
  ...read,
  body: TrailFilter,
  reply: text,
})
