// The endpoints of duties: mine, the grid of levels and posts, the list, what has nobody, one duty of a body; fulfilling by hand.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

const Text = Type.String()
const Int = Type.Integer()
const Word = Type.String({ maxLength: 60 })
const Note = Type.String({ minLength: 2, maxLength: 500 })
const Named = Type.Object({ id: Text, name: Text })

const states = ['done', 'open', 'soon', 'late', 'nobody', 'standing'] as const
/** How a duty stands in its period [D4]. `standing`: continuous, with a holder. */
export const DutyState = Type.Unsafe<(typeof states)[number]>(Type.Union(states.map((one) => Type.Literal(one))))
export type DutyState = Static<typeof DutyState>

/** Where a duty is fulfilled. `href`: the form; null where it is by hand or there is none. */
export const DutyWay = Type.Object({
  by: Type.Union([Type.Literal('record'), Type.Literal('matter'), Type.Literal('hand'), Type.Literal('none')]),
  /** The kind of record or matter, or the evidence that is asked for. */
  name: Text,
  href: orNull(Text),
})
export type DutyWay = Static<typeof DutyWay>

export const DutyRow = Type.Object({
  duty: Text,
  title: Text,
  level: Named,
  seat: Named,
  body: Named,
  /** Who holds the seat today; null: a name that the reader may not see. */
  holders: Type.Array(shown('duty', orNull(Text))),
  rhythm: Text,
  /** What the period is called; empty where it is continuous. */
  period: Text,
  due: orNull(Text),
  state: DutyState,
  /** The period before, where it was missed. */
  missed: orNull(Text),
  way: DutyWay,
})
export type DutyRow = Static<typeof DutyRow>

const DutyFilterFields = {
  body: Type.Optional(Id),
  level: Type.Optional(Word),
  seat: Type.Optional(Word),
  state: Type.Optional(DutyState),
  q: Type.Optional(Word),
}
const Filter = Type.Object(DutyFilterFields, closed)
export type DutyFilter = Static<typeof Filter>

const Counts = Type.Object({ done: Int, open: Int, soon: Int, late: Int, nobody: Int, standing: Int })
export type Counts = Static<typeof Counts>

const page = { after: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }
const read = { needs: 'read', method: 'GET' } as const

export const myDuties = endpoint({
  id: 'duty.mine',
  ...read,
  path: '/api/duties/mine',
  summary: 'The duties of the posts that the reader holds, post by post, with the codes of conduct that go with each',
  reply: Type.Object({
    posts: Type.Array(
      Type.Object({
        seat: Named,
        level: Named,
        body: Named,
        duties: Type.Array(DutyRow),
        conduct: Type.Array(Type.Object({ name: Text, basis: Text, rules: Type.Array(Text) })),
      }),
    ),
  }),
})
export const dutyGrid = endpoint({
  id: 'duty.grid',
  ...read,
  path: '/api/duties/grid',
  summary: 'Level × post in the reader’s scope, or in a body and what is below it: how many bodies, who holds it where it is one, how its duties stand',
  query: Type.Object({ body: Type.Optional(Id) }, closed),
  reply: Type.Object({
    levels: Type.Array(
      Type.Object({
        id: Text,
        name: Text,
        edition: Int,
        seats: Type.Array(
          Type.Object({ id: Text, name: Text, bodies: Int, holders: Type.Array(shown('duty', orNull(Text))), body: orNull(Named), counts: Counts }),
        ),
      }),
    ),
    /** How many seats have nobody, how many several holders, how many holders have no duty. */
    gaps: Type.Object({ nobody: Int, double: Int, idle: Int }),
  }),
})
export type DutyGrid = Static<typeof dutyGrid.reply>
export const listDuties = endpoint({
  id: 'duty.list',
  ...read,
  path: '/api/duties',
  summary: 'Duties of the bodies in the reader’s scope with holder, period and state',
  query: Type.Object({ ...DutyFilterFields, ...page }, closed),
  reply: Type.Object({ rows: Type.Array(DutyRow), next: orNull(Text), total: orNull(Type.Object({ count: Int, capped: Type.Boolean() })) }),
})

const GapKind = Type.Union([Type.Literal('nobody'), Type.Literal('double'), Type.Literal('idle')])
export type GapKind = Static<typeof GapKind>
export const GapRow = Type.Object({
  body: Named,
  bodyKind: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
  level: orNull(Named),
  /** The seat, or the post where it has no duty. */
  seat: Named,
  holders: Type.Array(shown('duty', orNull(Text))),
  /** Its duties. */
  duties: Type.Array(Text),
})
export type GapRow = Static<typeof GapRow>
export const dutyGaps = endpoint({
  id: 'duty.gaps',
  ...read,
  path: '/api/duties/gaps',
  summary: 'Duties without a holder, posts with several holders, holders without a duty',
  query: Type.Object({ kind: GapKind, body: Type.Optional(Id), level: Type.Optional(Word), ...page }, closed),
  reply: Type.Object({ rows: Type.Array(GapRow), next: orNull(Text), total: orNull(Type.Object({ count: Int, capped: Type.Boolean() })) }),
})

/** What a duty was fulfilled by. `version`: of what was entered by hand. */
export const Fulfilled = Type.Object({
  by: Type.Union([Type.Literal('record'), Type.Literal('matter'), Type.Literal('hand')]),
  id: Text,
  title: Text,
  on: Text,
  evidence: Text,
  author: shown('record', orNull(Text)),
  version: orNull(Int),
})
export type Fulfilled = Static<typeof Fulfilled>
export const DutyPage = Type.Object({
  row: DutyRow,
  basis: Text,
  edition: Int,
  /** The reader holds the post today. */
  mine: Type.Boolean(),
  periods: Type.Array(
    Type.Object({
      first: Text,
      name: Text,
      due: Text,
      state: DutyState,
      rows: Type.Array(Fulfilled),
      /** A matter that was opened for it and is under way. */ open: orNull(Text),
    }),
  ),
})
export type DutyPage = Static<typeof DutyPage>
export const readDuty = endpoint({
  id: 'duty.read',
  ...read,
  path: '/api/duties/:body/:duty',
  summary: 'One duty of a body: this year’s periods, each with the rows by which it was fulfilled',
  params: Type.Object({ body: Id, duty: Word }, closed),
  reply: DutyPage,
})

const write = { needs: 'duty.fulfil', method: 'POST' } as const
const one = { params: Type.Object({ id: Id }, closed) }
const content = { doneOn: Day, note: Note, evidence: Type.Optional(Type.String({ maxLength: 200 })) }
const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 })
export const NewFulfilment = Type.Object({ id: Id, bodyId: Id, duty: Word, period: Day, ...content }, closed)
export type NewFulfilment = Static<typeof NewFulfilment>
const Receipt = Type.Object({ id: Text, version: Int, repeated: Type.Boolean() })

export const fulfilDuty = endpoint({
  id: 'duty.fulfil',
  ...write,
  path: '/api/duties/fulfilments',
  summary: 'Says that a duty of one’s own post was fulfilled in a period (its first day); the same id twice has one effect',
  body: NewFulfilment,
  reply: Receipt,
})
export const correctFulfilment = endpoint({
  id: 'duty.correct',
  ...write,
  ...one,
  path: '/api/duties/fulfilments/:id/correction',
  summary: 'Corrects what was entered by hand; the version before stays',
  body: Type.Object({ version: Version, ...content, reason: Note }, closed),
  reply: Receipt,
})
export const withdrawFulfilment = endpoint({
  id: 'duty.withdraw',
  ...write,
  ...one,
  path: '/api/duties/fulfilments/:id/withdrawal',
  summary: 'Takes back what was entered by hand',
  body: Type.Object({ version: Version, reason: Note }, closed),
  reply: Receipt,
})
export const exportDuties = endpoint({
  id: 'duty.export',
  needs: 'export',
  method: 'POST',
  path: '/api/duties/export',
  summary: 'The filtered duties as csv, at most 50,000; leaves an audit entry',
  body: Filter,
  reply: Text,
})
