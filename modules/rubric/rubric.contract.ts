// Rubrics: which there are, what one says, whether a text checks, and what facts a rubric may read.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'

const Text = Type.String()
export const RubricId = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 })

export const RubricRow = Type.Object({
  rubric: Text,
  version: Type.Integer(),
  title: Text,
  note: Text,
  subject: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
  period: Type.Object({ from: Text, to: Text }),
  items: Type.Integer(),
  graded: Type.Boolean(),
  usedAt: orNull(Text),
  /** The release of this very text; null while it is a draft (草案), which no official run may use. */
  release: orNull(Type.Object({ number: Text, releasedAt: Text })),
  versions: Type.Integer(),
})
export type RubricRow = Static<typeof RubricRow>

export const ItemLine = Type.Object({
  id: Text,
  label: Text,
  points: orNull(Text),
  rule: Text,
  missing: Text,
  applies: Text,
  note: Text,
})
export type ItemLine = Static<typeof ItemLine>

export interface BlockLine {
  id: string
  label: string
  weight: string
  start: string
  items: ItemLine[]
  blocks: BlockLine[]
}
export const BlockLine = Type.Cyclic(
  { Block: Type.Object({ id: Text, label: Text, weight: Text, start: Text, items: Type.Array(ItemLine), blocks: Type.Array(Type.Ref('Block')) }) },
  'Block',
)

export const GradeLine = Type.Object({ grade: Text, rule: Text })

/** What a burden rule says of one place of a rubric text. */
export const FindingRow = Type.Object({
  rule: Text,
  severity: Type.Union([Type.Literal('forbidden'), Type.Literal('doubtful'), Type.Literal('note')]),
  name: Text,
  /** Id of the item, block or measure; empty for the rubric itself. */
  item: Text,
  field: Text,
  file: Text,
  line: Type.Integer(),
  column: Type.Integer(),
  words: Text,
  why: Text,
  instead: Text,
  documents: Type.Array(Type.Object({ name: Text, from: Text, part: Text })),
})
export type FindingRow = Static<typeof FindingRow>

export const RubricPage = Type.Object({
  ...RubricRow.properties,
  text: Text,
  blocks: Type.Array(Type.Unsafe<BlockLine>(BlockLine)),
  bonuses: Type.Array(ItemLine),
  penalties: Type.Array(ItemLine),
  total: Text,
  vetoes: Type.Array(Type.Object({ id: Text, label: Text, when: Text, effect: Text })),
  grades: Type.Array(GradeLine),
  findings: Type.Array(FindingRow),
})
export type RubricPage = Static<typeof RubricPage>

export const DiagnosticRow = Type.Object({ file: Text, line: Type.Integer(), column: Type.Integer(), code: Text, message: Text, hint: Type.Optional(Text) })

export const listRubrics = endpoint({
  id: 'rubric.list',
  method: 'GET',
  path: '/api/rubrics',
  summary: 'The latest version of each rubric',
  reply: Type.Object({ rubrics: Type.Array(RubricRow) }),
})
export const readRubric = endpoint({
  id: 'rubric.read',
  method: 'GET',
  path: '/api/rubrics/:rubric',
  summary: 'One version: its text, and its structure with each rule in words',
  params: Type.Object({ rubric: RubricId }, closed),
  query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999 })) }, closed),
  reply: RubricPage,
})
export const checkRubric = endpoint({
  id: 'rubric.check',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubrics/check',
  summary: 'Checks a rubric text; nothing is stored',
  body: Type.Object({ text: Type.String({ maxLength: 500_000 }) }, closed),
  reply: Type.Object({ ok: Type.Boolean(), diagnostics: Type.Array(DiagnosticRow) }),
})
export const lintRubricText = endpoint({
  id: 'rubric.lint',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubrics/lint',
  summary: 'Holds a rubric text against the burden rules in force today, forbidden first; a text that can’t be read has no findings. Nothing is stored',
  body: Type.Object({ text: Type.String({ maxLength: 500_000 }) }, closed),
  reply: Type.Object({ findings: Type.Array(FindingRow) }),
})
export const readCatalogue = endpoint({
  id: 'rubric.catalogue',
  method: 'GET',
  path: '/api/catalogue',
  summary: 'The fact sources that rubrics and figures may read, with their fields',
  reply: Type.Object({
    sources: Type.Array(
      Type.Object({
        name: Text,
        label: Text,
        subjects: Type.Array(Text),
        dated: Type.Boolean(),
        columns: Type.Array(Type.Object({ name: Text, label: Text, type: Text })),
      }),
    ),
  }),
})
