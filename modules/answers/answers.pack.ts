// answers' part of a pack: figures.yaml (what each figure counts) and coverage.yaml (原文对照); sheets are Markdown with {{figure-key}} marks.
import { type Static, Type } from 'typebox'
import { packPart } from '#server/kit/pack.ts'
import { Measure } from '#engine/definition.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$' })
const Text = Type.String({ minLength: 1 })
const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const FigureDefinition = Type.Object(
  {
    key: Id,
    name: Text,
    version: Type.Integer({ minimum: 1 }),
    /** 个, 名, % … */
    unit: Type.String(),
    /** `count`: the numerator is the value; `percent`: numerator ÷ denominator × 100, two places half-up. */
    show: Type.Union([Type.Literal('count'), Type.Literal('percent')]),
    period: Type.Object({ from: DateText, to: DateText }, { additionalProperties: false }),
    /** Name of a measure below; its `of` is the denominator. Left out while the module that supplies it is not there: `awaits` names that module and the figure is not-recorded. */
    measure: Type.Optional(Text),
    awaits: Type.Optional(Text),
    /** How it is counted, in words. */
    definition: Text,
    /** What the article says: 688名. */
    article: Type.Optional(Text),
  },
  { additionalProperties: false },
)
export type FigureDefinition = Static<typeof FigureDefinition>

export const FiguresPack = Type.Object({ sheet: Id, title: Text, measures: Type.Record(Type.String(), Measure), figures: Type.Array(FigureDefinition) }, { additionalProperties: false })
export type FiguresPack = Static<typeof FiguresPack>

/** Where a term of the article lives here. */
export const CoverageEntry = Type.Object(
  {
    term: Text,
    kind: Type.Union([Type.Literal('mechanism'), Type.Literal('activity'), Type.Literal('figure')]),
    part: Text,
    /** S1–S35 of the product list. */
    need: Type.Optional(Text),
    at: Type.Union([
      Type.Object({ screen: Text }, { additionalProperties: false }),
      Type.Object({ record_kind: Text }, { additionalProperties: false }),
      Type.Object({ record_search: Text }, { additionalProperties: false }),
      Type.Object({ figure: Text }, { additionalProperties: false }),
      Type.Object({ rubric: Text }, { additionalProperties: false }),
      Type.Object({ rule: Text }, { additionalProperties: false }),
      Type.Object({ not_yet: Text }, { additionalProperties: false }),
      Type.Object({ not_in_article: Text }, { additionalProperties: false }),
    ]),
    note: Type.Optional(Text),
  },
  { additionalProperties: false },
)
export const CoveragePack = Type.Object({ terms: Type.Array(CoverageEntry) }, { additionalProperties: false })
export type CoveragePack = Static<typeof CoveragePack>

export const figuresPack = packPart('figures.yaml', FiguresPack)
export const coveragePack = packPart('coverage.yaml', CoveragePack)
