// Grading: decided on an official run by thresholds, ceilings and quotas, each step with its reason.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { Audience } from '#modules/approval/approval.contract.ts'
import { Step } from '#modules/scoring/scoring.contract.ts'

export type { Step } from '#modules/scoring/scoring.contract.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])
const Named = Type.Object({ id: Text, name: Text })

export const GradeCount = Type.Object({ grade: Text, threshold: Type.Integer(), count: Type.Integer() })
export type GradeCount = Static<typeof GradeCount>

export const AppraisalRow = Type.Object({
  id: Text,
  title: Text,
  year: Type.Integer(),
  run: Text,
  rubric: Text,
  version: Type.Integer(),
  rubricTitle: Text,
  on: Text,
  asOf: Text,
  decidedAt: Text,
  /** Units see an appraisal once it is on notice for them or released to them; the desk sees all, and how far each has come. */
  standing: Type.Union([Type.Literal('decided'), Type.Literal('on-notice'), Type.Literal('released')]),
  release: orNull(Type.Object({ number: Text, audience: Audience, releasedAt: Text })),
  subjects: Type.Integer(),
  /** Over the whole tenant: how many by threshold alone, and how many in the end. */
  grades: Type.Array(GradeCount),
})
export type AppraisalRow = Static<typeof AppraisalRow>

export const GradeRow = Type.Object({ subject: Text, name: Text, class: Text, total: MaybeText, byThreshold: Text, grade: Text, steps: Type.Array(Step) })
export type GradeRow = Static<typeof GradeRow>

/** A quota in one group: how many are entitled to the grade, how many had earned it, how many have it, and those whom nothing parts at the edge. */
export const QuotaLine = Type.Object({
  grade: Text,
  peers: Text,
  of: Type.Integer(),
  allowed: Type.Integer(),
  /** Null, as `given`, in a group that is too small to show. */
  eligible: orNull(Type.Integer()),
  given: orNull(Type.Integer()),
  edge: orNull(Type.Object({ count: Type.Integer(), isIn: Type.Boolean() })),
})
export type QuotaLine = Static<typeof QuotaLine>

export const listAppraisals = endpoint({
  id: 'appraisal.list',
  needs: 'read',
  method: 'GET',
  path: '/api/appraisals',
  summary: 'Appraisals decided, newest first: all for the desk, for others those on notice for them or released to them',
  reply: Type.Object({ appraisals: Type.Array(AppraisalRow) }),
})
export const readAppraisal = endpoint({
  id: 'appraisal.read',
  needs: 'read',
  method: 'GET',
  path: '/api/appraisals/:appraisal',
  summary: 'One appraisal: its rules, the count of each grade, the grades in the reader’s scope',
  params: Type.Object({ appraisal: Id }, closed),
  query: Type.Object(
    {
      grade: Type.Optional(Type.String({ maxLength: 20 })),
      class: Type.Optional(Type.String({ maxLength: 60 })),
      lowered: Type.Optional(Type.Boolean()),
      q: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  reply: Type.Object({
    appraisal: AppraisalRow,
    rules: Type.Array(Type.Object({ grade: Text, rule: Text })),
    ceilings: Type.Array(Type.Object({ label: Text, kind: Type.Union([Type.Literal('ceiling'), Type.Literal('zero')]), effect: Text, count: Type.Integer() })),
    quotas: Type.Array(QuotaLine),
    classes: Type.Array(Named),
    rows: Type.Array(GradeRow),
    next: MaybeText,
    counts: Type.Object({ matching: Type.Integer(), visible: Type.Integer(), all: Type.Integer() }),
  }),
})
export const subjectGrades = endpoint({
  id: 'appraisal.subject',
  needs: 'read',
  method: 'GET',
  path: '/api/appraisals/subjects/:subject',
  summary: 'The grades of one subject through the years, as far as they were told to the reader',
  params: Type.Object({ subject: Id }, closed),
  reply: Type.Object({ grades: Type.Array(Type.Object({ appraisal: Text, title: Text, year: Type.Integer(), ...GradeRow.properties })) }),
})
export const decideAppraisal = endpoint({
  id: 'appraisal.decide',
  needs: 'appraisal.decide',
  method: 'POST',
  path: '/api/appraisals',
  reach: 'tenant',
  summary: 'Decides the grades of an official run; the same id twice decides once. The reply holds numbers alone',
  body: Type.Object({ id: Id, title: Type.String({ minLength: 2, maxLength: 60 }), run: Id }, closed),
  reply: Type.Object({ ...AppraisalRow.properties, repeated: Type.Boolean() }),
})
