// The feed of the platform that the city keeps: each event tells a ticket whole as it stood at a revision, so that order, repetition and gaps don't matter.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'
import { State } from '../hotline.contract.ts'

const Word = Type.String({ minLength: 1, maxLength: 80 })
const Moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)$' })
const Times = Type.Integer({ minimum: 0, maximum: 999 })
const MaybeMoment = Type.Optional(orNull(Moment))

/** One state of a ticket there. `revision` grows with every change, also with a correction of what was said before. */
export const FeedEvent = Type.Object(
  {
    id: Word,
    revision: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
    at: Moment,
    ticket: Type.Object(
      {
        ...{ state: State, channel: Word, category: Word, class: Type.Optional(Word), county: Type.Optional(Word) },
        ...{ place: Type.Optional(Type.String({ maxLength: 120 })), title: Type.String({ minLength: 1, maxLength: 120 }) },
        ...{ body: Type.Optional(Type.String({ maxLength: 4000 })), answer: Type.Optional(Type.String({ maxLength: 4000 })) },
        /** The unit by its id here, or by its name today. */
        unit: Type.Optional(orNull(Word)),
        ...{ receivedAt: Moment, dueAt: Type.Optional(Moment), dispatchedAt: MaybeMoment, signedAt: MaybeMoment, respondedAt: MaybeMoment },
        ...{ answeredAt: MaybeMoment, calledAt: MaybeMoment, closedAt: MaybeMoment },
        ...{ reached: Type.Optional(orNull(Type.Boolean())), solved: Type.Optional(orNull(Type.Boolean())) },
        satisfaction: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 5 }))),
        ...{ direct: Type.Optional(Type.Boolean()), withheld: Type.Optional(Type.Boolean()), transfers: Type.Optional(Times), rehandled: Type.Optional(Times) },
      },
      closed,
    ),
  },
  closed,
)
export type FeedEvent = Static<typeof FeedEvent>

const Source = { source: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' }) }
const Standing = { cursor: Type.String(), newestAt: orNull(Type.String()), lagSeconds: orNull(Type.Integer()) }

export const FeedReply = Type.Object({
  ...Standing,
  taken: Type.Integer(),
  /** Known already, or overtaken by a later revision. */
  stale: Type.Integer(),
  refused: Type.Array(Type.Object({ index: Type.Integer(), id: Type.String(), message: Type.String() })),
})
export type FeedReply = Static<typeof FeedReply>

export const pushFeed = endpoint({
  id: 'hotline.feed-push',
  method: 'POST',
  path: '/api/hotline/feed/:source',
  summary:
    'Takes events of a platform beside us: each revision once, none overwrites a later one; what is wrong with an event is said beside it and holds up no other',
  needs: 'hotline.feed',
  reach: 'tenant',
  bodyLimit: 8_388_608,
  params: Type.Object(Source, closed),
  body: Type.Object({ events: Type.Array(FeedEvent, { maxItems: 2000 }) }, closed),
  reply: FeedReply,
})
export const replayFeed = endpoint({
  id: 'hotline.feed-replay',
  method: 'POST',
  path: '/api/hotline/feed/:source/replay',
  summary: 'Sets the place from which the folder of a feed is read anew: what is known is passed over',
  needs: 'hotline.feed',
  reach: 'tenant',
  params: Type.Object(Source, closed),
  body: Type.Object({ cursor: Type.String({ maxLength: 200 }) }, closed),
  reply: Type.Object({ cursor: Type.String() }),
})
export const readFeeds = endpoint({
  id: 'hotline.feeds',
  method: 'GET',
  path: '/api/hotline/feed',
  summary: 'How far each feed is: cursor, newest event, seconds behind now, counts',
  needs: 'hotline.feed',
  reach: 'tenant',
  reply: Type.Object({
    feeds: Type.Array(
      Type.Object({ source: Type.String(), ...Standing, taken: Type.Integer(), stale: Type.Integer(), refused: Type.Integer(), readAt: Type.String() }),
    ),
  }),
})
