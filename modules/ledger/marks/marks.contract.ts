// Marks that stand beside facts: what somebody gave a unit or Party organisation for an item, entered by hand or imported.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { ofBody, sensitive } from '#base/sensitive.ts'

const Item = Type.String({ minLength: 1, maxLength: 80 })
const Value = Type.String({ pattern: '^-?\\d{1,9}(\\.\\d{1,6})?$' })
const By = Type.String({ minLength: 1, maxLength: 80 })
const Group = Type.String({ maxLength: 80 })
const Reason = Type.String({ minLength: 1, maxLength: 300 })

/** What somebody gave is theirs: who gave it is seen for a reason alone. */
const by = sensitive('mark', 'name', Type.String())
export const MarkRow = Type.Object(
  {
    markId: Id,
    subjectId: Id,
    subjectName: Type.String(),
    item: Type.String(),
    /** As people call the item. */
    itemName: Type.String(),
    value: Type.String(),
    by,
    group: Type.String(),
    givenOn: Day,
    source: Type.String(),
    knownFrom: Type.String(),
  },
  ofBody('subjectId'),
)
export type MarkRow = Static<typeof MarkRow>
/** One state of a mark; the last may be closed, then the mark was withdrawn. */
export const MarkVersion = Type.Object({
  value: Type.String(),
  group: Type.String(),
  source: Type.String(),
  reason: Type.String(),
  knownFrom: Type.String(),
  knownUntil: orNull(Type.String()),
})
export type MarkVersion = Static<typeof MarkVersion>

/** `q`: part of the item or its name, or of the subject's name. */
export const MarkFilter = { q: Type.Optional(Type.String({ maxLength: 60 })), from: Type.Optional(Day), to: Type.Optional(Day) }
export type MarkFilter = { q?: string; from?: string; to?: string }

export const listMarks = endpoint({
  id: 'marks.list',
  method: 'GET',
  path: '/api/marks',
  summary: 'Marks in force in the reader’s scope, the latest day first; total counts to 1,000 at most',
  query: Type.Object(
    { ...MarkFilter, after: Type.Optional(Type.String({ maxLength: 80 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    closed,
  ),
  reply: Type.Object({
    rows: Type.Array(MarkRow),
    next: orNull(Type.String()),
    total: Type.Union([Type.Object({ count: Type.Integer(), capped: Type.Boolean() }), Type.Null()]),
  }),
})
export const readMark = endpoint({
  id: 'marks.read',
  method: 'GET',
  path: '/api/marks/:markId',
  summary: 'A mark with all its states, the newest first',
  params: Type.Object({ markId: Id }, closed),
  reply: Type.Object({ mark: MarkRow, current: Type.Boolean(), versions: Type.Array(MarkVersion) }),
})
export const NewMark = Type.Object({ id: Id, subjectId: Id, item: Item, value: Value, by: By, group: Group, givenOn: Day }, closed)
export type NewMark = Static<typeof NewMark>
const Receipt = Type.Object({ markId: Id, repeated: Type.Boolean() })
export const enterMark = endpoint({
  id: 'marks.enter',
  needs: 'marks.write',
  method: 'POST',
  path: '/api/marks',
  summary: 'Enters a mark; the same again has no second effect',
  body: NewMark,
  reply: Receipt,
})
export const correctMark = endpoint({
  id: 'marks.correct',
  needs: 'marks.write',
  method: 'POST',
  path: '/api/marks/:markId/correction',
  summary: 'Supersedes a mark in force; what it was stays to be seen',
  params: Type.Object({ markId: Id }, closed),
  body: Type.Object({ id: Id, value: Value, group: Group, reason: Reason }, closed),
  reply: Receipt,
})
export const withdrawMark = endpoint({
  id: 'marks.withdraw',
  needs: 'marks.write',
  method: 'POST',
  path: '/api/marks/:markId/withdrawal',
  summary: 'Withdraws a mark: it counts nowhere from now on',
  params: Type.Object({ markId: Id }, closed),
  body: Type.Object({ reason: Reason }, closed),
  reply: Receipt,
})
export const exportMarks = endpoint({
  id: 'marks.export',
  needs: 'export',
  method: 'POST',
  path: '/api/marks/export',
  summary: 'The filtered marks as csv, at most 50,000; leaves an audit entry',
  body: Type.Object(MarkFilter, closed),
  reply: Type.String(),
})

const Problem = Type.Object({ line: Type.Integer(), column: Type.String(), value: Type.String(), message: Type.String() })
export type MarkProblem = Static<typeof Problem>
const Counts = Type.Object({ created: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() })
export type MarkCounts = Static<typeof Counts>
const asked = {
  /** `on`: the day of rows that name none. */
  query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }), on: Day }, closed),
  bodyLimit: 20 * 1024 * 1024,
  body: Type.Unsafe<Uint8Array>(Type.Any()),
}
export const MarkPreview = Type.Object({
  rows: Type.Integer(),
  columns: Type.Array(Type.Object({ header: Type.String(), name: orNull(Type.String()), note: Type.String() })),
  counts: Counts,
  /** The first 200; `errorCount` counts all. A file with errors can't be imported. */
  errors: Type.Array(Problem),
  errorCount: Type.Integer(),
  importedAt: orNull(Type.String()),
})
export type MarkPreview = Static<typeof MarkPreview>
export const previewMarks = endpoint({
  id: 'marks.import-preview',
  needs: 'marks.write',
  method: 'POST',
  path: '/api/marks/imports/preview',
  summary: 'What a file of marks would do, with every mistake by line and column; writes nothing',
  ...asked,
  reply: MarkPreview,
})
export const importMarks = endpoint({
  id: 'marks.import',
  needs: 'marks.write',
  method: 'POST',
  path: '/api/marks/imports',
  summary: 'Imports a file of marks, all of it or nothing; the same file again has no effect',
  ...asked,
  reply: Type.Object({ counts: Counts, rows: Type.Integer(), importedAt: Type.String(), before: Type.Boolean() }),
})
