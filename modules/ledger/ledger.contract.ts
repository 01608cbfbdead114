// The ledger's endpoints: enter, correct, withdraw, list, one record with its versions, attachments, export.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'
import { RecordKind } from './ledger-kinds.contract.ts'

export const FieldValue = Type.Union([
  Type.String({ maxLength: 5000 }),
  Type.Integer(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 }),
])
export type FieldValue = Static<typeof FieldValue>

/** What a person says of a record. Decimals are strings. `absent` is left out where the kind takes no attendance, or it was not taken. */
export const Content = {
  happenedOn: Day,
  title: Type.String({ minLength: 2, maxLength: 120 }),
  place: Type.Optional(Type.String({ maxLength: 120 })),
  fields: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), FieldValue)),
  people: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Array(Id, { maxItems: 500 }))),
  absent: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
}

export const NewRecord = Type.Object({ id: Id, kind: Type.String({ maxLength: 60 }), bodyId: Id, ...Content }, closed)
export type NewRecord = Static<typeof NewRecord>
export const Correction = Type.Object({ version: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 2, maxLength: 300 }), ...Content }, closed)
export type Correction = Static<typeof Correction>
export const Withdrawal = Type.Object({ version: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 2, maxLength: 300 }) }, closed)

export const RecordRow = Type.Object({
  recordId: Type.String(),
  version: Type.Integer(),
  kind: Type.String(),
  title: Type.String(),
  place: Type.String(),
  happenedOn: Type.String(),
  unitId: Type.String(),
  partyOrgId: orNull(Type.String()),
  bodyName: Type.String(),
  due: orNull(Type.Integer()),
  present: orNull(Type.Integer()),
  complete: Type.Boolean(),
  late: Type.Boolean(),
  knownFrom: Type.String(),
})
export type RecordRow = Static<typeof RecordRow>

export const Person = Type.Object({ id: Type.String(), role: Type.String(), name: shown('record', orNull(Type.String())) })

export const RecordVersion = Type.Object({
  version: Type.Integer(),
  state: Type.String(),
  title: Type.String(),
  place: Type.String(),
  happenedOn: Type.String(),
  fields: Type.Record(Type.String(), Type.Unknown()),
  people: Type.Array(Person),
  due: orNull(Type.Integer()),
  present: orNull(Type.Integer()),
  complete: Type.Boolean(),
  late: Type.Boolean(),
  reason: Type.String(),
  author: shown('record', orNull(Type.String())),
  knownFrom: Type.String(),
  knownUntil: Type.String(),
})
export type RecordVersion = Static<typeof RecordVersion>

export const Attachment = Type.Object({ id: Type.String(), name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(), thumbnail: Type.Boolean() })
export type Attachment = Static<typeof Attachment>

export const RecordPage = Type.Object({
  recordId: Type.String(),
  kind: Type.String(),
  body: Type.Object({ id: Type.String(), name: Type.String(), unitId: Type.String() }),
  current: RecordVersion,
  versions: Type.Array(RecordVersion),
  attachments: Type.Array(Attachment),
  may: Type.Object({ correct: Type.Boolean() }),
})
export type RecordPage = Static<typeof RecordPage>

/** What an entry, correction or withdrawal answers: where the record now stands. */
export const Receipt = Type.Object({
  recordId: Type.String(),
  version: Type.Integer(),
  complete: Type.Boolean(),
  late: Type.Boolean(),
  missing: Type.Array(Type.String()),
  repeated: Type.Boolean(),
})
export type Receipt = Static<typeof Receipt>

export const RecordFilter = {
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  body: Type.Optional(Id),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  q: Type.Optional(Type.String({ maxLength: 60 })),
  state: Type.Optional(Type.Union([Type.Literal('late'), Type.Literal('incomplete')])),
}
const Filter = Type.Object(RecordFilter, closed)
export type RecordFilter = Static<typeof Filter>

const record = { params: Type.Object({ recordId: Id }, closed) }

export const recordKinds = endpoint({
  id: 'ledger.kinds',
  method: 'GET',
  path: '/api/record-kinds',
  summary: 'Kinds of record, and which of them the reader may enter for which bodies',
  reply: Type.Object({
    kinds: Type.Array(RecordKind),
    mayEnter: Type.Boolean(),
    bodies: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), orgKind: Type.String() })),
  }),
})
export const listRecords = endpoint({
  id: 'ledger.list',
  method: 'GET',
  path: '/api/records',
  summary: 'Records in the reader’s scope, newest first; total counts to 1,000 at most',
  query: Type.Object(
    { ...RecordFilter, after: Type.Optional(Type.String({ maxLength: 80 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    closed,
  ),
  reply: Type.Object({
    rows: Type.Array(RecordRow),
    next: orNull(Type.String()),
    total: Type.Union([Type.Object({ count: Type.Integer(), capped: Type.Boolean() }), Type.Null()]),
  }),
})
export const recordMonths = endpoint({
  id: 'ledger.months',
  method: 'GET',
  path: '/api/records/months',
  summary: 'How many records of the reader’s scope the filter finds in each of twelve months, the last one that of `to` or today',
  query: Filter,
  reply: Type.Object({ months: Type.Array(Type.Object({ month: Type.String(), count: Type.Integer() })) }),
})
export const enterRecord = endpoint({
  id: 'ledger.enter',
  needs: 'record.enter',
  method: 'POST',
  path: '/api/records',
  summary: 'Enters a record; the same id twice has one effect',
  body: NewRecord,
  reply: Receipt,
})
export const readRecord = endpoint({
  id: 'ledger.read',
  method: 'GET',
  path: '/api/records/:recordId',
  summary: 'A record with all its versions',
  ...record,
  reply: RecordPage,
})
export const correctRecord = endpoint({
  id: 'ledger.correct',
  needs: 'record.correct',
  method: 'POST',
  path: '/api/records/:recordId/correction',
  summary: 'Supersedes the version named',
  ...record,
  body: Correction,
  reply: Receipt,
})
export const withdrawRecord = endpoint({
  id: 'ledger.withdraw',
  needs: 'record.correct',
  method: 'POST',
  path: '/api/records/:recordId/withdrawal',
  summary: 'Withdraws the record; its versions stay',
  ...record,
  body: Withdrawal,
  reply: Receipt,
})
export const exportRecords = endpoint({
  id: 'ledger.export',
  needs: 'export',
  method: 'POST',
  path: '/api/records/export',
  summary: 'The filtered records as csv, at most 50,000; leaves an audit entry',
  body: Filter,
  reply: Type.String(),
})
export const roll = endpoint({
  id: 'ledger.roll',
  needs: 'record.enter',
  method: 'GET',
  path: '/api/roll',
  summary: 'The members of a Party organisation on a day, for tapping who was absent',
  query: Type.Object({ body: Id, on: Day }, closed),
  reply: Type.Object({ people: Type.Array(Type.Object({ id: Type.String(), name: shown('roll', Type.String()), initials: shown('roll', Type.String()) })) }),
})
export const attach = endpoint({
  id: 'ledger.attach',
  needs: 'record.enter',
  method: 'POST',
  path: '/api/records/:recordId/attachments',
  summary: 'Adds a file (octet stream, at most 20 MB; jpeg, png, webp, pdf, docx, xlsx by content)',
  ...record,
  bodyLimit: 20 * 1024 * 1024,
  query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  body: Type.Unsafe<Uint8Array>(Type.Any()),
  reply: Attachment,
})
export const attachment = endpoint({
  id: 'ledger.attachment',
  method: 'GET',
  path: '/api/attachments/:attachmentId',
  summary: 'A file, which leaves an audit entry, or its thumbnail',
  writes: true,
  params: Type.Object({ attachmentId: Id }, closed),
  query: Type.Object({ size: Type.Optional(Type.Literal('thumbnail')) }, closed),
  reply: Type.Unknown(),
})
