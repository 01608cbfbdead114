// Requests (下发): one asking drafted, weighed, sent to many bodies at once, followed on its board, reviewed, nudged, recalled.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'
import { Fields } from '../matter.contract.ts'

const Text = Type.String()
const Word = Type.String({ minLength: 1, maxLength: 60 })
const Words = Type.Array(Word, { maxItems: 100, uniqueItems: true })
const Reason = Type.String({ minLength: 2, maxLength: 500 })
const Named = Type.Object({ id: Text, name: Text })
const oneOf = <const W extends string>(words: readonly W[]) => Type.Unsafe<W>(Type.Union(words.map((word) => Type.Literal(word))))

/** Most bodies that one request goes to. */
export const MOST = 20_000

/** Whom a request goes to: all that fit every condition named. At least one is named. */
export const Selection = Type.Object(
  {
    /** These bodies. */
    list: Type.Optional(Type.Array(Id, { maxItems: MOST, uniqueItems: true })),
    /** The body and all below it. */
    under: Type.Optional(Id),
    /** Kinds of unit or Party organisation, as the kind of matter is one's or the other's. */
    kinds: Type.Optional(Words),
    /** Of the unit: class, level, county by its division code. */
    classes: Type.Optional(Words),
    levels: Type.Optional(Words),
    counties: Type.Optional(Words),
    /** But not these. */
    without: Type.Optional(Type.Array(Id, { maxItems: 1000, uniqueItems: true })),
  },
  closed,
)
export type Selection = Static<typeof Selection>

/** What a draft says. */
export const Content = {
  askerId: Id,
  kind: Word,
  title: Type.String({ minLength: 2, maxLength: 120 }),
  fields: Fields,
  selection: Selection,
  /** The last day; null: as the kind's clock says. */
  dueOn: orNull(Day),
  /** By which document or plan it is asked. */
  basis: Type.String({ maxLength: 200 }),
  /** Why it is asked although it costs more than the rules allow. */
  reason: Type.String({ maxLength: 500 }),
}
const ContentObject = Type.Object(Content, closed)
export type Content = Static<typeof ContentObject>

/** What it costs those who are asked, before it is sent. */
export const Cost = Type.Object({
  receivers: Type.Integer(),
  /** Of one receiver. */
  minutes: Type.Integer(),
  hours: Type.Integer(),
  /** How the minutes are known: measured, summed up by fields, or guessed. */
  from: Text,
  fields: Type.Integer(),
  /** Sentences on what is known already, who asks the same, how short the notice is. */
  notes: Type.Array(Text),
  /** What exceeds the rules, a sentence each: it needs a reason and a release by name. */
  exceeds: Type.Array(Text),
  /** What forbids it: the thing is known already, with the place where it stands. */
  refused: Type.Array(Text),
})
export type Cost = Static<typeof Cost>

const Group = Type.Object({ id: Text, name: Text, count: Type.Integer() })
export const Preview = Type.Object({
  cost: Cost,
  byKind: Type.Array(Group),
  byCounty: Type.Array(Group),
  /** The first of them by name. */
  first: Type.Array(Named),
})
export type Preview = Static<typeof Preview>

export const RequestState = oneOf(['draft', 'sent', 'recalled'])
export type RequestState = Static<typeof RequestState>
export const RequestRow = Type.Object({
  requestId: Text,
  kind: Text,
  kindName: Text,
  title: Text,
  asker: Named,
  state: RequestState,
  receivers: Type.Integer(),
  /** Of the receivers' matters: closed, and past their deadline. */
  closed: Type.Integer(),
  late: Type.Integer(),
  minutes: Type.Integer(),
  dueAt: orNull(Text),
  draftedAt: Text,
  sentAt: orNull(Text),
})
export type RequestRow = Static<typeof RequestRow>

/** Where a receiver's matter stands for the sender: not touched, at work, came in and waits for the sender, closed. */
const standings = ['untouched', 'working', 'in', 'done', 'dropped', 'recalled'] as const
export const Standing = oneOf(standings)
export type Standing = Static<typeof Standing>

export const Tile = Type.Object({ county: orNull(Text), name: Text, total: Type.Integer(), closed: Type.Integer(), in: Type.Integer(), late: Type.Integer() })
export type Tile = Static<typeof Tile>

/** A move by which the sender answers what came in. */
const Review = Type.Object({ move: Text, name: Text, form: Type.Array(Text), required: Type.Array(Text), note: Text })

export const RequestPage = Type.Object({
  request: RequestRow,
  content: Type.Object(Content),
  author: shown('record', orNull(Text)),
  recallReason: Text,
  /** Of a draft: as it would be sent now. */
  preview: orNull(Preview),
  /** Of a draft that exceeds the rules: whether exactly this was released. */
  released: Type.Boolean(),
  board: orNull(
    Type.Object({
      counts: Type.Object(Object.fromEntries(standings.map((standing) => [standing, Type.Integer()])) as Record<Standing, ReturnType<typeof Type.Integer>>),
      late: Type.Integer(),
      tiles: Type.Array(Tile),
      reviews: Type.Array(Review),
    }),
  ),
  may: Type.Object({ edit: Type.Boolean(), send: Type.Boolean(), recall: Type.Boolean(), nudge: Type.Boolean(), review: Type.Boolean() }),
  nudgedOn: orNull(Text),
})
export type RequestPage = Static<typeof RequestPage>

export const ReceiverRow = Type.Object({
  matterId: Text,
  body: Named,
  county: Text,
  standing: Standing,
  stage: Text,
  stageName: Text,
  late: Type.Boolean(),
  dueAt: orNull(Text),
  since: Text,
  revision: Type.Integer(),
  /** What came in: the fields that the owner's moves gave, by their names. */
  answer: Type.Array(Type.Object({ name: Text, value: Text })),
})
export type ReceiverRow = Static<typeof ReceiverRow>

export const ReceiverFilter = {
  standing: Type.Optional(oneOf([...standings, 'open', 'late'])),
  /** A division code; `-`: those that are in no county of the pack. */
  county: Type.Optional(Word),
  q: Type.Optional(Type.String({ maxLength: 60 })),
}
const Filter = Type.Object(ReceiverFilter, closed)
export type ReceiverFilter = Static<typeof Filter>

const one = { params: Type.Object({ requestId: Id }, closed) }
const Receipt = Type.Object({ requestId: Text, state: RequestState, receivers: Type.Integer(), repeated: Type.Boolean() })
export type RequestReceipt = Static<typeof Receipt>

export const listAskers = endpoint({
  id: 'request.askers',
  needs: 'matter.ask',
  method: 'GET',
  path: '/api/requests/askers',
  summary: 'The bodies on whose behalf one may ask, one’s own first',
  reply: Type.Object({ askers: Type.Array(Named) }),
})
export const listRequests = endpoint({
  id: 'request.list',
  method: 'GET',
  path: '/api/requests',
  summary: 'Requests that bodies of the reader’s scope draft or have sent, the latest first',
  query: Type.Object(
    {
      state: Type.Optional(RequestState),
      q: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.String({ maxLength: 200 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(RequestRow), next: orNull(Text) }),
})
export const readRequest = endpoint({
  id: 'request.read',
  method: 'GET',
  path: '/api/requests/:requestId',
  summary: 'One request: what it says; of a draft its cost, of one that was sent its board',
  ...one,
  reply: RequestPage,
})
export const listReceivers = endpoint({
  id: 'request.receivers',
  method: 'GET',
  path: '/api/requests/:requestId/receivers',
  summary: 'Who has, who hasn’t, who is late, what came in: receivers by name',
  ...one,
  query: Type.Object(
    { ...ReceiverFilter, after: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(ReceiverRow), next: orNull(Text) }),
})
export const previewRequest = endpoint({
  id: 'request.preview',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/requests/preview',
  summary: 'Who would be asked, how many, and what it would cost them; writes nothing',
  body: Type.Object({ askerId: Id, kind: Word, selection: Selection, dueOn: orNull(Day) }, closed),
  reply: Preview,
})
export const draftRequest = endpoint({
  id: 'request.draft',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/requests',
  summary: 'Writes a draft, or writes it anew; the same again has no second effect',
  body: Type.Object({ id: Id, ...Content }, closed),
  reply: Receipt,
})
export const sendRequest = endpoint({
  id: 'request.send',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/requests/:requestId/sending',
  summary: 'Sends a draft to all its receivers, whole or not at all; the same again has no second effect',
  ...one,
  body: Type.Object(
    { receivers: Type.Integer({ minimum: 1, description: 'How many the sender has seen; others by now are told before anything is sent' }) },
    closed,
  ),
  reply: Receipt,
})
export const recallRequest = endpoint({
  id: 'request.recall',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/requests/:requestId/recall',
  summary: 'Takes a request back: its open matters are closed as recalled',
  ...one,
  body: Type.Object({ reason: Reason }, closed),
  reply: Receipt,
})
export const nudgeRequest = endpoint({
  id: 'request.nudge',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/requests/:requestId/nudge',
  summary: 'Reminds receivers whose turn it is, once a day at most; leaves a comment on each matter',
  ...one,
  body: Type.Object({ whom: oneOf(['open', 'untouched', 'late']), text: Reason }, closed),
  reply: Type.Object({ nudged: Type.Integer() }),
})
export const reviewRequest = endpoint({
  id: 'request.review',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/requests/:requestId/review',
  summary: 'Makes one move on many of its matters, each told on its own: done, done before, or why not',
  ...one,
  body: Type.Object(
    {
      move: Word,
      fields: Type.Optional(Fields),
      note: Type.Optional(Reason),
      matters: Type.Array(Type.Object({ moveId: Id, matterId: Id, revision: Type.Integer({ minimum: 1 }) }, closed), { minItems: 1, maxItems: 200 }),
    },
    closed,
  ),
  reply: Type.Object({ results: Type.Array(Type.Object({ matterId: Text, done: Type.Boolean(), message: Text })) }),
})
export const exportReceivers = endpoint({
  id: 'request.export',
  needs: 'export',
  method: 'POST',
  path: '/api/requests/:requestId/export',
  summary: 'The filtered receivers of a request as csv; leaves an audit entry',
  ...one,
  body: Filter,
  reply: Text,
})
