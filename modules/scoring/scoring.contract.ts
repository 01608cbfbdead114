// Scores: the board, its distribution, one subject's score taken apart down to rows, official runs, export.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id } from '#base/schemas.ts'
import { ofBody, sensitive, shown } from '#base/sensitive.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])
export const RubricId = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 })
const Moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$' })
export const Version = Type.Integer({ minimum: 1, maximum: 999_999 })

/** What is scored: a stored run, or a rubric as it stands on a day with the knowledge of a moment (now where none is named). */
const Basis = {
  rubric: Type.Optional(RubricId),
  version: Type.Optional(Version),
  on: Type.Optional(Day),
  asOf: Type.Optional(Moment),
  run: Type.Optional(Id),
}
const BasisQuery = Type.Object(Basis, closed)
export type BasisQuery = Static<typeof BasisQuery>

export const BasisLine = Type.Object({
  rubric: Text,
  version: Type.Integer(),
  title: Text,
  subject: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
  run: MaybeText,
  on: Text,
  asOf: Text,
  period: Type.Object({ from: Text, to: Text }),
  /** False where the pack says that this rubric is a profile: then there is no rank and no order by total. */
  ranked: Type.Boolean(),
  graded: Type.Boolean(),
})
export type BasisLine = Static<typeof BasisLine>

const Named = Type.Object({ id: Text, name: Text })

export const BoardRow = Type.Object({
  id: Text,
  name: Text,
  class: Text,
  total: MaybeText,
  grade: MaybeText,
  rank: MaybeText,
  vetoes: Type.Array(Text),
  blocks: Type.Array(MaybeText),
})
export type BoardRow = Static<typeof BoardRow>

const BoardFilter = {
  ...Basis,
  class: Type.Optional(Type.String({ maxLength: 60 })),
  grade: Type.Optional(Type.String({ maxLength: 20 })),
  q: Type.Optional(Type.String({ maxLength: 60 })),
  sort: Type.Optional(Type.Union([Type.Literal('total'), Type.Literal('-total'), Type.Literal('name')])),
}
const BoardQuery = Type.Object(BoardFilter, closed)
export type BoardQuery = Static<typeof BoardQuery>

export const readBoard = endpoint({
  id: 'scoring.board',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/board',
  summary: 'Scores of the subjects in the reader’s scope; rank is over the whole tenant',
  query: Type.Object(
    { ...BoardFilter, after: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
    closed,
  ),
  reply: Type.Object({
    basis: BasisLine,
    blocks: Type.Array(Named),
    classes: Type.Array(Named),
    grades: Type.Array(Text),
    rows: Type.Array(BoardRow),
    next: MaybeText,
    /** Rows that match, subjects the reader may see, subjects there are. */
    counts: Type.Object({ matching: Type.Integer(), visible: Type.Integer(), all: Type.Integer() }),
  }),
})

export const ClassSpread = Type.Object({
  class: Named,
  count: Type.Integer(),
  mean: MaybeText,
  median: MaybeText,
  /** Subjects per band of five points from 0 to 100; null where the class has fewer than five. */
  bands: Type.Union([Type.Array(Type.Integer()), Type.Null()]),
  grades: Type.Union([Type.Array(Type.Object({ grade: Text, count: Type.Integer() })), Type.Null()]),
})
export type ClassSpread = Static<typeof ClassSpread>
export const readDistribution = endpoint({
  id: 'scoring.distribution',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/distribution',
  reach: 'tenant',
  summary: 'How totals are spread, by class, over the whole tenant: numbers alone, none for classes of fewer than five',
  query: BasisQuery,
  reply: Type.Object({ basis: BasisLine, width: Type.Integer(), classes: Type.Array(ClassSpread) }),
})

export const InputLine = Type.Object({
  name: Text,
  label: Text,
  value: MaybeText,
  unit: Text,
  numerator: MaybeText,
  denominator: MaybeText,
  /** True where rows stand behind the number. */
  rows: Type.Boolean(),
})
export type InputLine = Static<typeof InputLine>
/** A step to a grade: points or the total zeroed by a veto, then by threshold, lowered by a ceiling, lowered by a quota. */
export const Step = Type.Object({
  kind: Type.Union([Type.Literal('zero'), Type.Literal('threshold'), Type.Literal('ceiling'), Type.Literal('quota')]),
  grade: Text,
  reason: Text,
})
export type Step = Static<typeof Step>

/** Whom an item is held against, where it is: who they are as a rule and how many, never which; the place among them; the mean or the best that is used. */
export const Peers = Type.Object({ who: Text, count: MaybeText, place: MaybeText, mean: MaybeText, best: MaybeText })
export const ScoreItem = Type.Object({
  id: Text,
  label: Text,
  points: MaybeText,
  max: MaybeText,
  rule: Text,
  arithmetic: Text,
  missing: MaybeText,
  missingRule: Text,
  note: Text,
  inputs: Type.Array(InputLine),
  peers: Type.Union([Peers, Type.Null()]),
  classMean: MaybeText,
  before: MaybeText,
})
export type ScoreItem = Static<typeof ScoreItem>
export interface ScoreBlock {
  id: string
  label: string
  weight: string
  points: string | null
  max: string | null
  /** Start, sum, what is rescaled and by what, floor, cap, weight, rounding: in the order in which they are done. */
  arithmetic: string
  classMean: string | null
  items: ScoreItem[]
  blocks: ScoreBlock[]
}
const ScoreBlock = Type.Cyclic(
  {
    Block: Type.Object({
      id: Text,
      label: Text,
      weight: Text,
      points: MaybeText,
      max: MaybeText,
      arithmetic: Text,
      classMean: MaybeText,
      items: Type.Array(ScoreItem),
      blocks: Type.Array(Type.Ref('Block')),
    }),
  },
  'Block',
)

/** A grade with its rule in words, whether there is a quota, how many of the peers may have it (null where the page can’t count them), and the lowest total that has it (null where the peers are too few to show). */
export const GradeLine = Type.Object({
  grade: Text,
  rule: Text,
  limited: Type.Boolean(),
  allowed: Type.Union([Type.Integer(), Type.Null()]),
  lowest: MaybeText,
})
export type GradeLine = Static<typeof GradeLine>
export const Grading = Type.Object({
  /** Threshold, then ceilings, then the quota: as far as each applies. */
  steps: Type.Array(Step),
  grades: Type.Array(GradeLine),
})
/** A veto: its condition and effect in words, what it did where it holds, and the numbers that its condition reads. */
export const VetoLine = Type.Object({
  id: Text,
  label: Text,
  kind: Type.Union([Type.Literal('ceiling'), Type.Literal('zero')]),
  condition: Text,
  effect: Text,
  holds: Type.Boolean(),
  /** To the grade, the total, each item or block; empty where it doesn't hold. */
  did: Type.Array(Text),
  inputs: Type.Array(InputLine),
})
export type VetoLine = Static<typeof VetoLine>
export const ScorePage = Type.Object({
  basis: BasisLine,
  /** The number under which the rubric's version was released; null: a draft. */
  release: MaybeText,
  subject: Type.Object({ id: Text, name: Text, class: Named }),
  total: MaybeText,
  grade: MaybeText,
  rank: MaybeText,
  /** How many share the rank's list: the class or all. */
  peers: Type.Integer(),
  classMean: MaybeText,
  totalRule: Text,
  totalArithmetic: Text,
  grading: Type.Union([Grading, Type.Null()]),
  vetoes: Type.Array(VetoLine),
  blocks: Type.Array(Type.Unsafe<ScoreBlock>(ScoreBlock)),
  bonuses: Type.Array(ScoreItem),
  penalties: Type.Array(ScoreItem),
  previous: Type.Union([Type.Null(), Type.Object({ run: Text, on: Text, asOf: Text, total: MaybeText, grade: MaybeText, rank: MaybeText })]),
})
export type ScorePage = Static<typeof ScorePage>

export const readScore = endpoint({
  id: 'scoring.score',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/subjects/:subject',
  summary: 'One subject’s score taken apart: rules, inputs, arithmetic, class means',
  params: Type.Object({ subject: Id }, closed),
  query: BasisQuery,
  reply: ScorePage,
})

const subjectParams = Type.Object({ subject: Id }, closed)

/** The same subject a year before: in the last official run of an earlier period, else the same rubric over the facts of that year. */
export const readLastYear = endpoint({
  id: 'scoring.last-year',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/subjects/:subject/last-year',
  summary: 'The subject’s score a year before, and which of the two ways it was come by; no score where it was not there',
  params: subjectParams,
  query: BasisQuery,
  reply: Type.Object({
    how: Type.Union([Type.Literal('run'), Type.Literal('recomputed')]),
    sentence: Text,
    score: Type.Union([ScorePage, Type.Null()]),
  }),
})

/** One score as a file: csv has a line an item; json is the reply of scoring.score. */
export const exportScore = endpoint({
  id: 'scoring.export-score',
  needs: 'export',
  method: 'POST',
  path: '/api/scoring/subjects/:subject/export',
  summary: 'One score taken apart as csv or json, with a watermark; leaves an audit entry',
  params: subjectParams,
  body: Type.Object({ ...Basis, format: Type.Union([Type.Literal('csv'), Type.Literal('json')]) }, closed),
  reply: Type.Union([Text, Type.Object({ origin: Text, value: ScorePage, watermark: Type.Object({ by: shown('own', Text), at: Text, number: Text }) })]),
})

/** Asked before a score is printed: the paper bears who printed it, when, and the number of the audit entry. */
export const printScore = endpoint({
  id: 'scoring.print-score',
  needs: 'read',
  method: 'POST',
  path: '/api/scoring/subjects/:subject/print',
  summary: 'Leaves an audit entry of printing one score; gives the watermark that the paper bears',
  params: subjectParams,
  body: BasisQuery,
  reply: Type.Object({ by: shown('own', Text), at: Text, number: Text }),
})

export const EvidenceRow = Type.Object(
  {
    id: Text,
    day: MaybeText,
    value: MaybeText,
    title: Text,
    detail: Text,
    record: MaybeText,
    matter: MaybeText,
    /** Who holds the post or is the member, where the row is one's; and the organisation it is in. */
    person: sensitive('membership', 'name', MaybeText),
    bodyId: MaybeText,
  },
  ofBody('bodyId'),
)
export type EvidenceRow = Static<typeof EvidenceRow>
export const readEvidence = endpoint({
  id: 'scoring.rows',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/subjects/:subject/items/:item/rows',
  summary: 'The rows behind one input of an item or of a veto: those the reader may see, of how many there are',
  params: Type.Object({ subject: Id, item: Type.String({ maxLength: 80 }) }, closed),
  query: Type.Object(
    {
      ...Basis,
      /** The item of the path is the id of a veto. */
      of: Type.Optional(Type.Literal('veto')),
      measure: Type.Optional(Type.String({ maxLength: 120 })),
      part: Type.Optional(Type.Union([Type.Literal('numerator'), Type.Literal('denominator')])),
      after: Type.Optional(Type.String({ maxLength: 120 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  reply: Type.Object({
    measure: Text,
    label: Text,
    source: Text,
    part: Text,
    visible: Type.Integer(),
    all: Type.Integer(),
    rows: Type.Array(EvidenceRow),
    next: MaybeText,
  }),
})

export const RunRow = Type.Object({
  run: Text,
  rubric: Text,
  version: Type.Integer(),
  title: Text,
  on: Text,
  asOf: Text,
  subjects: Type.Integer(),
  milliseconds: Type.Integer(),
  startedAt: Text,
})
export type RunRow = Static<typeof RunRow>
export const listRuns = endpoint({
  id: 'scoring.runs',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/runs',
  summary: 'Official runs, newest first',
  query: Type.Object({ rubric: Type.Optional(RubricId) }, closed),
  reply: Type.Object({ runs: Type.Array(RunRow) }),
})
export const startRun = endpoint({
  id: 'scoring.start-run',
  needs: 'scoring.run',
  method: 'POST',
  path: '/api/scoring/runs',
  reach: 'tenant',
  summary: 'Computes and stores an official run; the same id twice makes one. The reply holds numbers alone',
  body: Type.Object({ id: Id, rubric: RubricId, version: Type.Optional(Version), on: Type.Optional(Day), asOf: Type.Optional(Moment) }, closed),
  reply: Type.Object({ ...RunRow.properties, repeated: Type.Boolean() }),
})
export const exportBoard = endpoint({
  id: 'scoring.export',
  needs: 'export',
  method: 'POST',
  path: '/api/scoring/export',
  summary: 'The board in the reader’s scope as csv; leaves an audit entry',
  body: BoardQuery,
  reply: Text,
})
