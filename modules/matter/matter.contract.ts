// The endpoints of matters: open, move, assign, extend, comment, link; list, board, calendar, one matter; kinds.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'
import { FieldValue } from '#modules/ledger/ledger.contract.ts'
import { MatterKind } from './matter-kinds.contract.ts'

const Word = Type.String({ maxLength: 60 })
const Note = Type.String({ minLength: 2, maxLength: 500 })
export const Fields = Type.Record(Word, FieldValue)
/** Of a move: null empties a field that was filled in before. */
export const MoveFields = Type.Record(Word, orNull(FieldValue))

/** A matter in a list. `late`: not closed and past its deadline, or closed after it. */
export const MatterRow = Type.Object({
  matterId: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  stage: Type.String(),
  stageName: Type.String(),
  owner: Type.Object({ id: Type.String(), name: Type.String() }),
  asker: orNull(Type.Object({ id: Type.String(), name: Type.String() })),
  person: shown('record', orNull(Type.String())),
  dueAt: orNull(Type.String()),
  late: Type.Boolean(),
  paused: Type.Boolean(),
  openedOn: Type.String(),
  closedOn: orNull(Type.String()),
  outcome: orNull(Type.String()),
  revision: Type.Integer(),
})
export type MatterRow = Static<typeof MatterRow>

/** One step as its page tells it. */
export const Step = Type.Object({
  revision: Type.Integer(),
  move: Type.String(),
  moveName: Type.String(),
  from: Type.String(),
  to: Type.String(),
  toName: Type.String(),
  fields: Type.Record(Type.String(), Type.Unknown()),
  note: Type.String(),
  author: shown('record', orNull(Type.String())),
  at: Type.String(),
  dueAt: orNull(Type.String()),
})

/** A move that the reader may make now, with its form. */
export const Possible = Type.Object({
  move: Type.String(),
  name: Type.String(),
  to: Type.String(),
  form: Type.Array(Type.String()),
  required: Type.Array(Type.String()),
  note: Type.String(),
})
export type Possible = Static<typeof Possible>

export const MatterPage = Type.Object({
  matter: MatterRow,
  kind: Type.Object({ ...MatterKind.properties, id: Type.String() }),
  fields: Type.Record(Type.String(), Type.Unknown()),
  steps: Type.Array(Step),
  possible: Type.Array(Possible),
  /** What the owner filled in the last time it made one of these moves, in this matter or in another of the kind. */
  last: Type.Array(Type.Object({ move: Type.String(), fields: Type.Record(Type.String(), Type.Unknown()), at: Type.String() })),
  /** `split`: the kind of the parts; null where the reader may not. */
  may: Type.Object({ assign: Type.Boolean(), extend: Type.Boolean(), comment: Type.Boolean(), split: orNull(Type.String()), merge: Type.Boolean() }),
  parent: orNull(Type.Object({ matterId: Type.String(), title: Type.String() })),
  /** The matter that it went into, where the reader sees it; those that went into it. */
  mergedInto: orNull(Type.Object({ matterId: Type.String(), title: Type.String() })),
  merged: Type.Array(Type.Object({ matterId: Type.String(), title: Type.String() })),
  children: Type.Array(MatterRow),
  links: Type.Array(Type.Object({ recordId: Type.String(), title: Type.String(), happenedOn: Type.String() })),
  comments: Type.Array(Type.Object({ id: Type.String(), text: Type.String(), author: shown('record', orNull(Type.String())), at: Type.String() })),
  following: Type.Boolean(),
  /** The matter struck off before, of which this is a relapse. */
  relapseOf: orNull(Type.Object({ matterId: Type.String(), title: Type.String(), closedOn: Type.String() })),
})
export type MatterPage = Static<typeof MatterPage>

export const NewMatter = Type.Object(
  {
    id: Id,
    kind: Word,
    bodyId: Id,
    title: Type.String({ minLength: 2, maxLength: 120 }),
    fields: Type.Optional(Fields),
    parentId: Type.Optional(Id),
    dueAt: Type.Optional(Type.String({ maxLength: 40 })),
  },
  closed,
)
export type NewMatter = Static<typeof NewMatter>

export const NewMove = Type.Object(
  { moveId: Id, revision: Type.Integer({ minimum: 1 }), move: Word, fields: Type.Optional(MoveFields), note: Type.Optional(Note) },
  closed,
)
export type NewMove = Static<typeof NewMove>

/** Where the matter now stands. */
export const Receipt = Type.Object({
  matterId: Type.String(),
  revision: Type.Integer(),
  stage: Type.String(),
  dueAt: orNull(Type.String()),
  repeated: Type.Boolean(),
})
export type Receipt = Static<typeof Receipt>

export const MatterFilter = {
  kind: Type.Optional(Word),
  group: Type.Optional(Word),
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('late'), Type.Literal('closed'), Type.Literal('mine')])),
  stage: Type.Optional(Word),
  body: Type.Optional(Id),
  request: Type.Optional(Id),
  q: Type.Optional(Word),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}
const Filter = Type.Object(MatterFilter, closed)
export type MatterFilter = Static<typeof Filter>

const one = { params: Type.Object({ matterId: Id }, closed) }

export const matterKinds = endpoint({
  id: 'matter.kinds',
  method: 'GET',
  path: '/api/matter-kinds',
  summary: 'Kinds of matter, and which of them the reader may open',
  reply: Type.Object({ kinds: Type.Array(Type.Object({ ...MatterKind.properties, id: Type.String(), mayOpen: Type.Boolean() })) }),
})
export const listMatters = endpoint({
  id: 'matter.list',
  method: 'GET',
  path: '/api/matters',
  summary: 'Matters of the reader’s scope, as owner or asker: open ones by deadline, others newest first; total counts to 1,000 at most',
  query: Type.Object(
    { ...MatterFilter, after: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    closed,
  ),
  reply: Type.Object({
    rows: Type.Array(MatterRow),
    next: orNull(Type.String()),
    total: orNull(Type.Object({ count: Type.Integer(), capped: Type.Boolean() })),
  }),
})
export const matterBoard = endpoint({
  id: 'matter.board',
  method: 'GET',
  path: '/api/matters/board',
  summary: 'Open matters of one kind by stage: how many, how many late, and the first of each by deadline',
  query: Type.Object({ kind: Word, body: Type.Optional(Id) }, closed),
  reply: Type.Object({
    stages: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), count: Type.Integer(), late: Type.Integer(), first: Type.Array(MatterRow) })),
  }),
})
export const matterMonth = endpoint({
  id: 'matter.month',
  method: 'GET',
  path: '/api/matters/month',
  summary: 'Deadlines of open matters by day of a month',
  query: Type.Object({ month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }), kind: Type.Optional(Word) }, closed),
  reply: Type.Object({ days: Type.Array(Type.Object({ day: Type.String(), count: Type.Integer(), first: Type.Array(MatterRow) })) }),
})
export const readMatter = endpoint({
  id: 'matter.read',
  method: 'GET',
  path: '/api/matters/:matterId',
  summary: 'One matter with its track',
  ...one,
  reply: MatterPage,
})
export const openMatter = endpoint({
  id: 'matter.open',
  method: 'POST',
  path: '/api/matters',
  summary: 'Opens a matter; the same id twice has one effect',
  body: NewMatter,
  reply: Receipt,
})
export const moveMatter = endpoint({
  id: 'matter.move',
  method: 'POST',
  path: '/api/matters/:matterId/moves',
  summary: 'Makes a move from the revision named; the same moveId twice has one effect',
  ...one,
  body: NewMove,
  reply: Receipt,
})
export const assignMatter = endpoint({
  id: 'matter.assign',
  needs: 'matter.handle',
  method: 'POST',
  path: '/api/matters/:matterId/person',
  summary: 'Gives the matter to a person of the owner, or back to nobody',
  ...one,
  body: Type.Object({ moveId: Id, revision: Type.Integer({ minimum: 1 }), personId: orNull(Id) }, closed),
  reply: Receipt,
})
export const extendMatter = endpoint({
  id: 'matter.extend',
  method: 'POST',
  path: '/api/matters/:matterId/extension',
  summary: 'The owner asks for more time before the deadline, or the asker grants or refuses it',
  ...one,
  body: Type.Object(
    { moveId: Id, revision: Type.Integer({ minimum: 1 }), act: Type.Union([Type.Literal('ask'), Type.Literal('grant'), Type.Literal('refuse')]), note: Note },
    closed,
  ),
  reply: Receipt,
})
/** A part that is split off. */
export const Part = Type.Object(
  { bodyId: Id, title: Type.String({ minLength: 2, maxLength: 120 }), fields: Type.Optional(Fields), dueAt: Type.Optional(Type.String({ maxLength: 40 })) },
  closed,
)
export type Part = Static<typeof Part>
export const splitMatter = endpoint({
  id: 'matter.split',
  needs: 'matter.handle',
  method: 'POST',
  path: '/api/matters/:matterId/parts',
  summary: 'Splits a matter: opens a part for each body named; the matter waits for them; all or nothing',
  ...one,
  body: Type.Object({ moveId: Id, revision: Type.Integer({ minimum: 1 }), parts: Type.Array(Part, { minItems: 1, maxItems: 50 }) }, closed),
  reply: Receipt,
})
export const mergeMatter = endpoint({
  id: 'matter.merge',
  method: 'POST',
  path: '/api/matters/:matterId/merger',
  summary: 'Closes a matter as a double of another of the same kind and owner, into which its links, comments and followers lead on',
  ...one,
  body: Type.Object({ moveId: Id, revision: Type.Integer({ minimum: 1 }), into: Id }, closed),
  reply: Receipt,
})
export const commentMatter = endpoint({
  id: 'matter.comment',
  method: 'POST',
  path: '/api/matters/:matterId/comments',
  summary: 'Adds a comment; the same id twice has one effect',
  ...one,
  body: Type.Object({ id: Id, text: Note }, closed),
  reply: Type.Object({ id: Type.String() }),
})
export const linkRecord = endpoint({
  id: 'matter.link',
  needs: 'matter.handle',
  method: 'POST',
  path: '/api/matters/:matterId/links',
  summary: 'Links a record that shows what was done, or takes the link off again',
  ...one,
  body: Type.Object({ recordId: Id, linked: Type.Boolean() }, closed),
  reply: Type.Object({ linked: Type.Boolean() }),
})
export const exportMatters = endpoint({
  id: 'matter.export',
  needs: 'export',
  method: 'POST',
  path: '/api/matters/export',
  summary: 'The filtered matters as csv, at most 50,000; leaves an audit entry',
  body: Filter,
  reply: Type.String(),
})
