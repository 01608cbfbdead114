// answers' parts of a pack: figures.yaml (what each figure counts), notices.yaml (what a notice sets out), coverage.yaml (原文对照),
// and answers/*.md, the sheets: Markdown with {{figure-key}} marks.
import { type Static, Type } from 'typebox'
import { closed, Day } from '#base/schemas.ts'
import { Measure } from '#engine/definition.ts'
import { type PackFolder, packPart } from '#server/kit/pack.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$' })
const Text = Type.String({ minLength: 1 })

export const FigureDefinition = Type.Object(
  {
    key: Id,
    name: Text,
    version: Type.Integer({ minimum: 1 }),
    /** 个, 名 …; `%` for percentages. */
    unit: Type.String(),
    /** `count`: the numerator is the value; `percent`: numerator ÷ denominator × 100, two places half-up. */
    show: Type.Union([Type.Literal('count'), Type.Literal('percent')]),
    /** Both days included; `day`: the state on the day asked for. */
    period: Type.Union([Type.Object({ from: Day, to: Day }, closed), Type.Literal('day')]),
    /** Name of a measure below; its `of` is the denominator. Left out while the module that supplies it is not there: `awaits` names that module and the figure is not-recorded. */
    measure: Type.Optional(Text),
    awaits: Type.Optional(Text),
    /** What the denominator is, in words: 在任基层党组织书记. */
    of: Type.Optional(Text),
    /** How it is counted, in words. */
    definition: Text,
    /** What the article says: 688名. */
    article: Type.Optional(Text),
  },
  closed,
)
export type FigureDefinition = Static<typeof FigureDefinition>

export const FiguresPack = Type.Object(
  { sheet: Id, title: Text, subtitle: Type.Optional(Text), measures: Type.Record(Type.String(), Measure), figures: Type.Array(FigureDefinition) },
  closed,
)
export type FiguresPack = Static<typeof FiguresPack>

const Clause = Type.Object({ id: Id, name: Text }, closed)

/** A notice (通知) with the goals and tasks it sets out. */
export const Notice = Type.Object(
  { id: Id, name: Text, issued_on: Day, note: Type.Optional(Text), goals: Type.Array(Clause), tasks: Type.Array(Clause) },
  closed,
)
export const NoticesPack = Type.Object({ notices: Type.Array(Notice) }, closed)
export type NoticesPack = Static<typeof NoticesPack>

/** Where a term of the article lives here. */
export const CoverageEntry = Type.Object(
  {
    term: Text,
    kind: Type.Union([Type.Literal('mechanism'), Type.Literal('activity'), Type.Literal('figure')]),
    /** Part of the article: its three sections. */
    part: Type.Union([Type.Literal('凝心铸魂'), Type.Literal('服务大局'), Type.Literal('正风肃纪')]),
    /** S1–S35 of the product list. */
    need: Type.Optional(Type.String({ pattern: '^S\\d+$' })),
    at: Type.Union([
      Type.Object({ screen: Text }, closed),
      Type.Object({ record_kind: Text }, closed),
      Type.Object({ matter_kind: Text }, closed),
      Type.Object({ record_search: Text }, closed),
      Type.Object({ figure: Text }, closed),
      Type.Object({ rubric: Text }, closed),
      Type.Object({ rule: Text }, closed),
      Type.Object({ not_yet: Text }, closed),
      Type.Object({ not_in_article: Text }, closed),
    ]),
    note: Type.Optional(Text),
  },
  closed,
)
export type CoverageEntry = Static<typeof CoverageEntry>
export const CoveragePack = Type.Object({ terms: Type.Array(CoverageEntry) }, closed)
export type CoveragePack = Static<typeof CoveragePack>

export const figuresPack = packPart('figures.yaml', FiguresPack)
export const noticesPack = packPart('notices.yaml', NoticesPack)
export const coveragePack = packPart('coverage.yaml', CoveragePack)
/** The sheets: one Markdown file each, its name the sheet's id. */
export const sheetFolder: PackFolder = { folder: 'answers', ending: '.md' }
