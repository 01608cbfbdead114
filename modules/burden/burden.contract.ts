// The endpoints of burden: fillings, known values, preview, askings, complaints, totals.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'

const Text = Type.String()
const Word = Type.String({ pattern: '^[a-z][a-z0-9_.-]*$', maxLength: 80 })
const Title = Type.String({ minLength: 2, maxLength: 120 })
const Month = Type.String({ pattern: '^(19|20|21)\\d{2}-(0[1-9]|1[0-2])$' })
const Body = Type.Object({ id: Text, name: Text })

/** What a form costs one who fills it in, and how that is known [B1]: `measured` its own median, `fields` the sum of its fields by type, `stated` a guess. */
export const Price = Type.Object({
  seconds: Type.Integer(),
  by: Type.Unsafe<'measured' | 'fields' | 'stated'>(Type.Union([Type.Literal('measured'), Type.Literal('fields'), Type.Literal('stated')])),
  fillings: Type.Integer(),
})
export type Price = Static<typeof Price>

/** Who is asked: a body and what is below it, of one sort, of some kinds where they are named. */
export const Receivers = Type.Object(
  {
    under: Id,
    of: Type.Unsafe<'unit' | 'party-org'>(Type.Union([Type.Literal('unit'), Type.Literal('party-org')])),
    kinds: Type.Optional(Type.Array(Word, { maxItems: 20 })),
  },
  closed,
)
export type Receivers = Static<typeof Receivers>

const AskedField = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 60 }), type: Word, term: Type.Optional(Word), required: Type.Optional(Type.Boolean()) },
  closed,
)

const asked = {
  kind: Word,
  receivers: Receivers,
  /** One of our forms, or the fields of another's, or the minutes it takes. */
  form: Type.Optional(Word),
  fields: Type.Optional(Type.Array(AskedField, { maxItems: 200 })),
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 6000 })),
  dueOn: Type.Optional(Day),
  characters: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
}
/** `askerId`: our own asking of this body; left out, another body's, which `asker` names. */
export const Asked = Type.Object({ ...asked, askerId: Type.Optional(Id), asker: Type.Optional(Title) }, closed)
export type Asked = Static<typeof Asked>

/** A value that stands somewhere already [B5]. */
export const KnownValue = Type.Object({ term: Text, name: Text, value: Type.Unknown(), from: Text, saidOn: Text, validUntil: Text })
export type KnownValue = Static<typeof KnownValue>

export const Preview = Type.Object({
  receivers: Type.Integer(),
  fields: Type.Integer(),
  price: Price,
  /** Of all receivers, after what is known has been filled in. */
  totalSeconds: Type.Integer(),
  savedSeconds: Type.Integer(),
  /** Fields known of a receiver, on average and rounded down. */
  knownFields: Type.Integer(),
  known: Type.Array(Type.Object({ term: Text, name: Text, receivers: Type.Integer(), from: Text, required: Type.Boolean() })),
  /** Who asks the same of them this month. */
  askedToo: Type.Array(Type.Object({ asker: Text, terms: Type.Integer(), receivers: Type.Integer() })),
  overBudget: Type.Integer(),
  overBudgetFirst: Type.Array(Body),
  /** Working days that receivers have; null without a deadline. */
  notice: orNull(Type.Integer()),
  leastNotice: Type.Integer(),
  isShort: Type.Boolean(),
  /** What must be changed or released where it is our own, a sentence each. */
  why: Type.Array(Text),
})
export type Preview = Static<typeof Preview>

export const preview = endpoint({
  id: 'burden.preview',
  needs: 'record.enter',
  method: 'POST',
  path: '/api/burden/preview',
  summary: 'What an asking would cost, what of it is known, who asks the same, whose budget it exceeds; nothing is stored',
  body: Asked,
  reply: Preview,
})

export const fill = endpoint({
  id: 'burden.fill',
  needs: 'read',
  method: 'POST',
  path: '/api/burden/fillings',
  summary: 'Adds one to the count of fillings that took so long; nobody’s time is kept',
  body: Type.Object({ form: Word, seconds: Type.Integer({ minimum: 1, maximum: 14_400 }) }, closed),
  reply: Type.Object({}),
})

export const known = endpoint({
  id: 'burden.known',
  needs: 'read',
  method: 'GET',
  path: '/api/burden/known',
  summary: 'What is known of a body for the fields of a form, with where from and as of when; without a form, of every term',
  query: Type.Object({ body: Id, form: Type.Optional(Word) }, closed),
  reply: Type.Object({ values: Type.Array(Type.Intersect([KnownValue, Type.Object({ field: orNull(Text) })])) }),
})

export const AskingRow = Type.Object({
  askingId: Text,
  title: Text,
  asker: Text,
  kind: Text,
  askedOn: Text,
  dueOn: orNull(Text),
  isShort: Type.Boolean(),
  receivers: Type.Integer(),
  seconds: Type.Integer(),
  saved: Type.Integer(),
})
export type AskingRow = Static<typeof AskingRow>

export const listAskings = endpoint({
  id: 'burden.askings',
  needs: 'read',
  method: 'GET',
  path: '/api/burden/askings',
  summary: 'Askings that cost bodies of the reader’s scope something, newest first, with their receivers there; total counts to 1,000 at most',
  query: Type.Object(
    { body: Type.Optional(Id), after: Type.Optional(Type.String({ maxLength: 80 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(AskingRow), next: orNull(Text), total: orNull(Type.Object({ count: Type.Integer(), capped: Type.Boolean() })) }),
})

export const NewAsking = Type.Object(
  { id: Id, title: Title, basis: Type.String({ minLength: 2, maxLength: 300 }), asker: Title, askedOn: Type.Optional(Day), ...asked },
  closed,
)
export type NewAsking = Static<typeof NewAsking>

export const enterAsking = endpoint({
  id: 'burden.enter',
  needs: 'record.enter',
  method: 'POST',
  path: '/api/burden/askings',
  summary: 'Enters what another body asks of bodies of the scope: priced, counted, never refused for its cost; answers with what is known already',
  body: NewAsking,
  reply: Type.Object({
    askingId: Text,
    repeated: Type.Boolean(),
    preview: Preview,
    values: Type.Array(Type.Intersect([KnownValue, Type.Object({ body: Text })])),
  }),
})

/** Where it was given already: which term, in what, when. */
export const Earlier = Type.Object({ name: Text, from: Text, saidOn: Text })
export type Earlier = Static<typeof Earlier>

export const Complaint = Type.Object({
  complaintId: Text,
  title: Text,
  kind: Text,
  text: Text,
  earlier: Type.Array(Earlier),
  isAnonymous: Type.Boolean(),
  madeOn: Text,
  dueOn: Text,
  late: Type.Boolean(),
  answer: orNull(Text),
  answeredOn: orNull(Text),
})
export type Complaint = Static<typeof Complaint>

export const complain = endpoint({
  id: 'burden.complain',
  needs: 'read',
  method: 'POST',
  path: '/api/burden/complaints',
  summary: 'Finds an asking too much; without a name where `anonymous`: then neither who, nor of which body, nor the time of day is kept',
  body: Type.Object(
    {
      id: Id,
      anonymous: Type.Boolean(),
      kind: Word,
      asking: Type.Optional(Id),
      body: Type.Optional(Id),
      title: Title,
      text: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    closed,
  ),
  reply: Type.Object({ complaintId: Text, dueOn: Text, earlier: Type.Array(Earlier) }),
})
export const listComplaints = endpoint({
  id: 'burden.complaints',
  needs: 'read',
  method: 'GET',
  path: '/api/burden/complaints',
  summary: 'Complaints: one’s own; all of them where the reader answers. Open ones by their last day first',
  reply: Type.Object({ mayAnswer: Type.Boolean(), kinds: Type.Array(Body), rows: Type.Array(Complaint) }),
})
export const answerComplaint = endpoint({
  id: 'burden.answer',
  needs: 'burden.answer',
  method: 'POST',
  path: '/api/burden/complaints/:complaintId/answer',
  summary: 'Answers a complaint, once',
  params: Type.Object({ complaintId: Id }, closed),
  body: Type.Object({ answer: Type.String({ minLength: 2, maxLength: 1000 }) }, closed),
  reply: Type.Object({ repeated: Type.Boolean() }),
})
export const complaintByNumber = endpoint({
  id: 'burden.complaint',
  needs: 'read',
  method: 'GET',
  path: '/api/burden/complaints/:complaintId',
  reach: 'tenant',
  summary: 'How far a complaint without a name is, for whoever has its number: its answer and days, nothing else; null where there is none',
  params: Type.Object({ complaintId: Id }, closed),
  reply: Type.Object({ found: orNull(Type.Object({ dueOn: Text, late: Type.Boolean(), answer: orNull(Text), answeredOn: orNull(Text) })) }),
})

const By = Type.Unsafe<'asker' | 'receiver' | 'month' | 'kind'>(
  Type.Union([Type.Literal('asker'), Type.Literal('receiver'), Type.Literal('month'), Type.Literal('kind')]),
)
const totals = { by: By, from: Type.Optional(Month), to: Type.Optional(Month) }
export const TotalsFilter = Type.Object(totals, closed)
export type TotalsFilter = Static<typeof TotalsFilter>

export const Total = Type.Object({
  name: Text,
  askings: Type.Integer(),
  receivers: Type.Integer(),
  seconds: Type.Integer(),
  saved: Type.Integer(),
  short: Type.Integer(),
})
export type Total = Static<typeof Total>

export const readTotals = endpoint({
  id: 'burden.totals',
  needs: 'read',
  method: 'GET',
  path: '/api/burden/totals',
  summary: 'What bodies of the scope were asked for, by who asks, who receives, month or kind; the largest 200. Stays inside the house',
  query: TotalsFilter,
  reply: Type.Object({ rows: Type.Array(Total) }),
})
export const exportTotals = endpoint({
  id: 'burden.export',
  needs: 'export',
  method: 'POST',
  path: '/api/burden/export',
  summary: 'The totals as csv; leaves an audit entry',
  body: TotalsFilter,
  reply: Text,
})

export const exportWorkbook = endpoint({
  id: 'burden.workbook',
  needs: 'export',
  method: 'POST',
  path: '/api/burden/workbook',
  summary: 'The page 减负 as one xlsx file: totals each way, budgets, our count beside the published ones; leaves an audit entry',
  body: Type.Object({ from: Type.Optional(Month), to: Type.Optional(Month) }, closed),
  reply: Type.Unsafe<Uint8Array>(Type.Any({ contentMediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })),
})

export const overview = endpoint({
  id: 'burden.overview',
  needs: 'read',
  method: 'GET',
  path: '/api/burden',
  summary: 'The page 减负: this month’s budgets, what asking once saved, kinds and submissions a year beside the published counts',
  reply: Type.Object({
    month: Text,
    kinds: Type.Array(Body),
    budgets: Type.Array(Type.Object({ id: Text, name: Text, minutes: Type.Integer(), seconds: Type.Integer() })),
    bodies: Type.Integer(),
    over: Type.Integer(),
    /** Of the last twelve months. */
    year: Type.Object({ askings: Type.Integer(), seconds: Type.Integer(), saved: Type.Integer(), short: Type.Integer() }),
    /** Kinds of form and submissions of one body in the last twelve months: the middle one and the one with most. */
    own: Type.Object({
      bodies: Type.Integer(),
      kinds: Type.Integer(),
      submissions: Type.Integer(),
      mostKinds: Type.Integer(),
      mostSubmissions: Type.Integer(),
    }),
    published: Type.Array(Type.Object({ name: Text, kinds: orNull(Type.Integer()), submissions: orNull(Type.Integer()), note: Text, source: Text })),
    forms: Type.Array(Type.Object({ id: Text, name: Text, price: Price })),
    terms: Type.Array(Type.Object({ id: Text, name: Text, type: Text })),
    idleSeconds: Type.Integer(),
  }),
})

export const PublishedMonth = Type.Object({
  month: Text,
  /** Of the document that released it. */
  number: Text,
  rows: Type.Array(Type.Object({ name: Text, askings: Type.Integer(), receivers: Type.Integer(), minutes: Type.Integer(), saved: Type.Integer() })),
})
export type PublishedMonth = Static<typeof PublishedMonth>

export const published = endpoint({
  id: 'burden.published',
  needs: 'read',
  method: 'GET',
  path: '/api/burden/published',
  reach: 'tenant',
  summary: 'Months whose totals by kind of asking stand released to the reader, newest first; no asking body, no group below k',
  reply: Type.Object({ months: Type.Array(PublishedMonth), latest: orNull(Text) }),
})
