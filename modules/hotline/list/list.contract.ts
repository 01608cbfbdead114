// Lists of tickets: what they are filtered by, a row, the endpoint of the list.
import { type Static, type TSchema, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { State } from '../hotline.contract.ts'
import { amongs } from '../hotline-among.contract.ts'

const Word = Type.String({ minLength: 1, maxLength: 40 })
const Text = Type.String()

/** Every condition narrows. */
export const TicketFilter = {
  /** A state, or `open`: whatever isn't closed, merged or dropped. */
  state: Type.Optional(Type.Union([State, Type.Literal('open')])),
  unit: Type.Optional(Id),
  /** A category or a group of them. */
  category: Type.Optional(Word),
  class: Type.Optional(Word),
  channel: Type.Optional(Word),
  county: Type.Optional(Type.String({ maxLength: 40 })),
  /** Days of receipt, both included. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** Open, and past the citizen's clock. */
  overdue: Type.Optional(Type.Literal(true)),
  supervised: Type.Optional(Type.Literal(true)),
  /** What the tickets are counted as in a rate (H10). */
  among: Type.Optional(Type.Unsafe<(typeof amongs)[number]>(Type.Union(amongs.map((one) => Type.Literal(one)) as TSchema[]))),
  /** Words of two characters on, all of which the title or the question holds. */
  q: Type.Optional(Type.String({ maxLength: 60 })),
}
export const Filter = Type.Object(TicketFilter, closed)
export type TicketFilter = Static<typeof Filter>

export const TicketRow = Type.Object({
  ticketId: Text,
  number: Text,
  title: Text,
  state: State,
  class: Text,
  category: Text,
  channel: Text,
  county: Text,
  place: Text,
  unitId: orNull(Text),
  unitName: orNull(Text),
  receivedAt: Text,
  dueAt: Text,
  signDueAt: orNull(Text),
  respondDueAt: orNull(Text),
  unitDueAt: orNull(Text),
  closedAt: orNull(Text),
  transfers: Type.Integer(),
  rehandled: Type.Integer(),
  supervised: Type.Boolean(),
  arbitrated: Type.Boolean(),
  extendAsked: Type.Boolean(),
  reached: orNull(Type.Boolean()),
  solved: orNull(Type.Boolean()),
  satisfaction: orNull(Type.Integer()),
  /** Open, and past the citizen's clock. */
  overdue: Type.Boolean(),
  revision: Type.Integer(),
})
export type TicketRow = Static<typeof TicketRow>

export const listTickets = endpoint({
  id: 'hotline.list',
  method: 'GET',
  path: '/api/hotline/tickets',
  summary:
    'Tickets in the reader’s scope, newest first, by page number or from the last row on; the total counts to 10,000 and comes with the first page; of a search it counts to 1,000 and comes with pages asked by number',
  needs: 'hotline.read',
  sees: 'hotline.read',
  plannedAnew: true,
  query: Type.Object(
    {
      ...TicketFilter,
      /** `next` of the page before. */
      after: Type.Optional(Type.String({ maxLength: 120 })),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Type.Object({
    rows: Type.Array(TicketRow),
    next: orNull(Type.String()),
    total: orNull(Type.Object({ count: Type.Integer(), capped: Type.Boolean() })),
  }),
})
