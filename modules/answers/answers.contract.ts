// The answer sheet over HTTP: the sheet, its figures, one figure, the rows behind it, and 原文对照.
import { type Static, type TSchema, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed } from '#base/schemas.ts'
import { ofBody, sensitive } from '#base/sensitive.ts'
import { Audience } from '#modules/approval/approval.contract.ts'

const Null = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Key = Type.String({ maxLength: 80, pattern: '^[a-z][a-z0-9-]*$' })
const Period = Type.Object({ from: Type.String(), to: Type.String() })

/** The two sliders. `on`: the valid date, default today; a figure whose period has ended keeps its last day. `asOf`: the moment whose knowledge is used, default now; a date means the end of that day in China. */
const sliders = { on: Type.Optional(Type.String({ maxLength: 40 })), asOf: Type.Optional(Type.String({ maxLength: 40 })) }
const At = Type.Object(sliders, closed)
const Part = Type.Union([Type.Literal('numerator'), Type.Literal('denominator')])
export type Part = Static<typeof Part>

/** Text, bold text, or a figure's mark. */
export const Inline = Type.Object({ kind: Type.Union([Type.Literal('text'), Type.Literal('strong'), Type.Literal('figure')]), text: Type.String() })
export type Inline = Static<typeof Inline>
export const Block = Type.Union([
  Type.Object({ kind: Type.Literal('heading'), level: Type.Integer({ minimum: 1, maximum: 3 }), inlines: Type.Array(Inline) }),
  Type.Object({ kind: Type.Union([Type.Literal('paragraph'), Type.Literal('note')]), inlines: Type.Array(Inline) }),
  Type.Object({ kind: Type.Literal('list'), items: Type.Array(Type.Array(Inline)) }),
])
export type Block = Static<typeof Block>

/** Numbers are decimal strings. `rows` is what the reader may open: the rows in the reader's scope, or, without a session, the totals by county. */
export const Figure = Type.Object({
  key: Type.String(),
  name: Type.String(),
  state: Type.Union([Type.Literal('ok'), Type.Literal('not-recorded')]),
  value: Null(Type.String()),
  unit: Type.String(),
  numerator: Null(Type.String()),
  denominator: Null(Type.String()),
  period: Period,
  definition: Type.Object({ id: Type.String(), version: Type.Integer(), text: Type.String() }),
  rows: Type.String(),
  seal: Null(Type.Object({ alg: Type.String(), hash: Type.String(), signature: Type.String() })),
})
export type Figure = Static<typeof Figure>

export const FigurePage = Type.Object({
  sheet: Type.String(),
  on: Type.String(),
  asOf: Type.String(),
  figure: Figure,
  /** What stands in the denominator, in words; what the article says; the module that is awaited. */
  of: Null(Type.String()),
  article: Null(Type.String()),
  awaits: Null(Type.String()),
  /** The measures in words. */
  measures: Type.Array(Type.Object({ part: Part, label: Type.String(), source: Type.String(), condition: Type.String(), take: Type.String() })),
  /** The same measure by month or year, where the figure has a period; without a session null where fewer than k stand behind a point. */
  series: Type.Array(Type.Object({ label: Type.String(), from: Type.String(), to: Type.String(), value: Null(Type.String()) })),
})
export type FigurePage = Static<typeof FigurePage>

export const EvidenceRow = Type.Object(
  {
    id: Type.String(),
    date: Null(Type.String()),
    title: Type.String(),
    body: Null(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]) })),
    person: sensitive('membership', 'name', Null(Type.String())),
    href: Null(Type.String()),
  },
  ofBody('body.id'),
)
export type EvidenceRow = Static<typeof EvidenceRow>

export const Evidence = Type.Object({
  rows: Type.Array(EvidenceRow),
  next: Null(Type.String()),
  /** How many rows the reader may see, and how many there are in all. */
  visible: Type.Integer(),
  total: Type.Integer(),
  on: Type.String(),
  asOf: Type.String(),
})
export type Evidence = Static<typeof Evidence>

const sheetParams = Type.Object({ sheet: Key }, closed)
const figureParams = Type.Object({ sheet: Key, key: Key }, closed)

export const listSheets = endpoint({
  id: 'answers.sheets',
  method: 'GET',
  path: '/api/answers',
  access: 'public',
  reach: 'tenant',
  summary: 'The answer sheets',
  reply: Type.Object({
    sheets: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), subtitle: Type.String(), figures: Type.Integer(), public: Type.Boolean() })),
  }),
})
export const readSheet = endpoint({
  id: 'answers.sheet',
  method: 'GET',
  path: '/api/answers/:sheet',
  access: 'public',
  reach: 'tenant',
  summary: 'A sheet as blocks of text with figure marks',
  params: sheetParams,
  reply: Type.Object({
    id: Type.String(),
    title: Type.String(),
    subtitle: Type.String(),
    from: Type.String(),
    blocks: Type.Array(Block),
    /** The widest release of exactly this sheet, as far as the reader was told of it. */
    release: Null(Type.Object({ number: Type.String(), audience: Audience, releasedAt: Type.String() })),
  }),
})
export const readFigures = endpoint({
  id: 'answers.figures',
  method: 'GET',
  path: '/api/answers/:sheet/figures',
  access: 'public',
  reach: 'tenant',
  summary: 'Every figure of a sheet, counted from rows; numbers alone',
  params: sheetParams,
  query: At,
  reply: Type.Object({ sheet: Type.String(), on: Type.String(), asOf: Type.String(), figures: Type.Array(Figure) }),
})
export type Figures = Static<typeof readFigures.reply>
export const readFigure = endpoint({
  id: 'answers.figure',
  method: 'GET',
  path: '/api/answers/:sheet/figures/:key',
  access: 'public',
  reach: 'tenant',
  summary: 'One figure: definition, measures in words, numerator and denominator, year by year',
  params: figureParams,
  query: At,
  reply: FigurePage,
})
export const readRows = endpoint({
  id: 'answers.rows',
  needs: 'read',
  method: 'GET',
  path: '/api/answers/:sheet/figures/:key/rows',
  summary: 'The rows behind a figure that the reader may see',
  params: figureParams,
  query: Type.Object(
    {
      ...sliders,
      part: Type.Optional(Part),
      after: Type.Optional(Type.String({ maxLength: 200 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Evidence,
})
export const readGroups = endpoint({
  id: 'answers.groups',
  method: 'GET',
  path: '/api/answers/:sheet/figures/:key/groups',
  access: 'public',
  reach: 'tenant',
  summary: 'A figure by county; groups below k are left out (null), and one more where that one could be worked out',
  params: figureParams,
  query: Type.Object({ ...sliders, part: Type.Optional(Part) }, closed),
  reply: Type.Object({
    k: Type.Integer(),
    total: Null(Type.String()),
    groups: Type.Array(Type.Object({ name: Type.String(), count: Null(Type.Integer()) })),
    on: Type.String(),
    asOf: Type.String(),
  }),
})
export type Groups = Static<typeof readGroups.reply>
export const exportRows = endpoint({
  id: 'answers.export',
  needs: 'export',
  method: 'POST',
  path: '/api/answers/:sheet/figures/:key/export',
  summary: 'The rows behind a figure in the reader’s scope as csv, at most 50,000; leaves an audit entry',
  params: figureParams,
  body: Type.Object({ ...sliders, part: Type.Optional(Part) }, closed),
  reply: Type.String(),
})

export const Term = Type.Object({
  term: Type.String(),
  kind: Type.Union([Type.Literal('mechanism'), Type.Literal('activity'), Type.Literal('figure')]),
  part: Type.String(),
  need: Null(Type.String()),
  state: Type.Union([Type.Literal('here'), Type.Literal('not-yet'), Type.Literal('not-in-article')]),
  /** Where it leads, in words and as an address; null where it leads nowhere yet. */
  at: Type.String(),
  href: Null(Type.String()),
  note: Type.String(),
})
export type Term = Static<typeof Term>
export const readCoverage = endpoint({
  id: 'answers.coverage',
  method: 'GET',
  path: '/api/coverage',
  access: 'public',
  reach: 'tenant',
  summary: '原文对照: each term of the article and where it lives here',
  reply: Type.Object({ terms: Type.Array(Term), counts: Type.Object({ here: Type.Integer(), notYet: Type.Integer(), notInArticle: Type.Integer() }) }),
})
