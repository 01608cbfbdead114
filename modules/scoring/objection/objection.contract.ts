// Objections (异议) of a unit to an item or a block of its score in an official run: raised, accepted, decided, and what came of it.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'
import { Attachment } from '#modules/ledger/ledger.contract.ts'

export type { Attachment } from '#modules/ledger/ledger.contract.ts'

const Text = Type.String()
const MaybeText = orNull(Text)
const oneOf = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))))

/** raised 已提出 → accepted 已受理 → upheld 成立，待重算 → recomputed 已重算; rejected 不成立; withdrawn 已撤回. */
export const states = ['raised', 'accepted', 'upheld', 'recomputed', 'rejected', 'withdrawn'] as const
export const State = oneOf(states)
export type State = Static<typeof State>

export const Target = Type.Object({ kind: oneOf(['item', 'block'] as const), id: Type.String({ maxLength: 80 }) }, closed)
export type Target = Static<typeof Target>

export const ObjectionRow = Type.Object({
  id: Text,
  run: Text,
  rubric: Text,
  title: Text,
  subject: Text,
  name: Text,
  target: Target,
  label: Text,
  state: State,
  /** Last day for what comes next; null once it is closed. */
  due: MaybeText,
  late: Type.Boolean(),
  raisedAt: Text,
  changedAt: Text,
})
export type ObjectionRow = Static<typeof ObjectionRow>

const Filter = {
  state: Type.Optional(Type.Union([State, Type.Literal('open')])),
  rubric: Type.Optional(Type.String({ maxLength: 60 })),
  run: Type.Optional(Id),
  q: Type.Optional(Type.String({ maxLength: 60 })),
}
export const ObjectionFilter = Type.Object(Filter, closed)
export type ObjectionFilter = Static<typeof ObjectionFilter>

export const listObjections = endpoint({
  id: 'scoring.objections',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/objections',
  summary: 'Objections of the reader’s scope, last changed first',
  query: Type.Object(
    { ...Filter, after: Type.Optional(Type.String({ maxLength: 80 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(ObjectionRow), next: MaybeText, total: orNull(Type.Object({ count: Type.Integer(), capped: Type.Boolean() })) }),
})
export const exportObjections = endpoint({
  id: 'scoring.export-objections',
  needs: 'export',
  method: 'POST',
  path: '/api/scoring/objections/export',
  summary: 'The filtered objections as csv; leaves an audit entry',
  body: ObjectionFilter,
  reply: Text,
})

/** A subject's result in a run, as far as an objection is about it. */
export const Standing = Type.Object({
  run: Text,
  on: Text,
  asOf: Text,
  points: MaybeText,
  max: MaybeText,
  arithmetic: Text,
  total: MaybeText,
  grade: MaybeText,
  rank: MaybeText,
})
export type Standing = Static<typeof Standing>

export const Deed = oneOf(['accept', 'decide', 'recompute', 'withdraw'] as const)
export type Deed = Static<typeof Deed>

export const ObjectionPage = Type.Object({
  objection: ObjectionRow,
  reason: Text,
  answer: MaybeText,
  /** Records given as evidence that the reader may see, and how many were given. */
  records: Type.Array(Type.Object({ record: Text, title: Text, on: Text, body: Text })),
  given: Type.Integer(),
  /** Files given as evidence, and whether the reader may add one. */
  files: Type.Array(Attachment),
  mayAttach: Type.Boolean(),
  /** Who started the run that it is about. */
  startedBy: Type.Object({ author: shown('duty', MaybeText) }),
  before: Standing,
  /** In the run that was made because of it. */
  after: orNull(Standing),
  acts: Type.Array(Type.Object({ act: Text, text: Text, post: Text, author: shown('duty', MaybeText), at: Text })),
  /** What the reader may do now. */
  deeds: Type.Array(Deed),
})
export type ObjectionPage = Static<typeof ObjectionPage>

const objectionParams = Type.Object({ objection: Id }, closed)
const Reason = Type.String({ minLength: 5, maxLength: 2000 })

export const readObjection = endpoint({
  id: 'scoring.objection',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/objections/:objection',
  summary: 'One objection: reason, evidence, what was done to it, the score before and after, and what the reader may do',
  params: objectionParams,
  reply: ObjectionPage,
})

export const Period = Type.Object({ from: Text, until: Text, ended: Type.Boolean(), running: Type.Boolean() })
export type Period = Static<typeof Period>
export const readPeriod = endpoint({
  id: 'scoring.objection-period',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/runs/:run/objection-period',
  summary: 'Whether one may object to an official run, until when, and how many working days a period would have',
  params: Type.Object({ run: Id }, closed),
  reply: Type.Object({ period: orNull(Period), days: Type.Integer() }),
})
export const openPeriod = endpoint({
  id: 'scoring.open-objections',
  needs: 'objection.decide',
  method: 'POST',
  path: '/api/scoring/runs/:run/objection-period',
  reach: 'tenant',
  summary: 'Opens an official run to objections for the working days that the pack says; once a run',
  params: Type.Object({ run: Id }, closed),
  reply: Type.Object({ period: Period, repeated: Type.Boolean() }),
})

export const raiseObjection = endpoint({
  id: 'scoring.raise-objection',
  needs: 'objection.raise',
  method: 'POST',
  path: '/api/scoring/objections',
  summary: 'Objects to an item or a block of one’s own unit’s score, with a reason and records as evidence',
  body: Type.Object({ id: Id, run: Id, subject: Id, target: Target, reason: Reason, records: Type.Array(Id, { maxItems: 20 }) }, closed),
  reply: Type.Object({ objection: Text, repeated: Type.Boolean() }),
})

/** Adds a file as evidence; it is read as the files of records are. */
export const attachToObjection = endpoint({
  id: 'scoring.attach-to-objection',
  needs: 'objection.raise',
  method: 'POST',
  path: '/api/scoring/objections/:objection/attachments',
  summary: 'Adds a file as evidence to an objection that is not decided (octet stream, within the limits of the files of records)',
  bodyLimit: 20 * 1024 * 1024,
  params: objectionParams,
  query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  body: Type.Unsafe<Uint8Array>(Type.Any()),
  reply: Attachment,
})

export const ObjectionReceipt = Type.Object({ objection: Text, state: State, repeated: Type.Boolean() })
export type ObjectionReceipt = Static<typeof ObjectionReceipt>

export const acceptObjection = endpoint({
  id: 'scoring.accept-objection',
  needs: 'objection.decide',
  method: 'POST',
  path: '/api/scoring/objections/:objection/acceptance',
  summary: 'Takes an objection up',
  params: objectionParams,
  body: Type.Object({ id: Id }, closed),
  reply: ObjectionReceipt,
})
export const decideObjection = endpoint({
  id: 'scoring.decide-objection',
  needs: 'objection.decide',
  method: 'POST',
  path: '/api/scoring/objections/:objection/decision',
  summary: 'Upholds or rejects an objection, with an answer',
  params: objectionParams,
  body: Type.Object({ id: Id, upheld: Type.Boolean(), answer: Reason }, closed),
  reply: ObjectionReceipt,
})
export const withdrawObjection = endpoint({
  id: 'scoring.withdraw-objection',
  needs: 'objection.raise',
  method: 'POST',
  path: '/api/scoring/objections/:objection/withdrawal',
  summary: 'Takes an objection back that is not decided yet',
  params: objectionParams,
  body: Type.Object({ id: Id, reason: Type.String({ maxLength: 500 }) }, closed),
  reply: ObjectionReceipt,
})
export const recomputeRun = endpoint({
  id: 'scoring.recompute',
  needs: 'objection.decide',
  method: 'POST',
  path: '/api/scoring/runs/:run/recomputation',
  reach: 'tenant',
  summary: 'Runs the same version for the same day anew with what is known now; closes every upheld objection to the run. Numbers alone',
  params: Type.Object({ run: Id }, closed),
  body: Type.Object({ id: Id }, closed),
  reply: Type.Object({ run: Text, objections: Type.Integer(), repeated: Type.Boolean() }),
})
