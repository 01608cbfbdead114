// What waits on the hotline in the reader's scope, by state, and a ticket by its number: for the queue's head, the workbench and the search.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'
import { State } from '../hotline.contract.ts'

const seen = { needs: 'hotline.read', sees: 'hotline.read' }

export const Waiting = Type.Object({
  now: Type.String(),
  /** Open tickets by state. `firstDue`: the next deadline of whoever's turn it is, past ones included. */
  states: Type.Array(
    Type.Object({ state: State, count: Type.Integer(), overdue: Type.Integer(), extendAsked: Type.Integer(), firstDue: orNull(Type.String()) }),
  ),
})
export type Waiting = Static<typeof Waiting>

export const waiting = endpoint({
  id: 'hotline.waiting',
  method: 'GET',
  path: '/api/hotline/waiting',
  summary: 'How many open tickets stand in each state, how many of them past the citizen’s clock',
  ...seen,
  reply: Waiting,
})
/** Whose turn it is: the dispatcher's (new and returned ones), extensions that were asked for, the arbiter's, whoever calls back, the units'. */
export const desks = ['dispatch', 'extension', 'arbitration', 'call-back', 'unit'] as const
export type Desk = (typeof desks)[number]
const DeskOf = Type.Unsafe<Desk>(Type.Union(desks.map((one) => Type.Literal(one))))

const Text = Type.String()
export const DeskRow = Type.Object({
  ...{ ticketId: Text, number: Text, title: Text, state: State, class: Text, category: Text, county: Text, place: Text },
  ...{ unitName: orNull(Text), receivedAt: Text, dueAt: Text, signDueAt: orNull(Text), respondDueAt: orNull(Text), respondedAt: orNull(Text) },
  ...{ unitDueAt: orNull(Text), transfers: Type.Integer(), rehandled: Type.Integer(), calls: Type.Integer(), supervised: Type.Boolean() },
  ...{ extendAsked: Type.Boolean(), isPart: Type.Boolean() },
})
export type DeskRow = Static<typeof DeskRow>

export const deskRows = endpoint({
  id: 'hotline.desk',
  method: 'GET',
  path: '/api/hotline/desks/:desk',
  summary: 'Open tickets whose next step is a desk’s, the next deadline first',
  ...seen,
  params: Type.Object({ desk: DeskOf }, closed),
  query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }, closed),
  reply: Type.Object({ now: Type.String(), rows: Type.Array(DeskRow), next: orNull(Type.String()) }),
})
export const findTicket = endpoint({
  id: 'hotline.find',
  method: 'GET',
  path: '/api/hotline/numbers/:number',
  summary: 'The ticket of a public number',
  ...seen,
  params: Type.Object({ number: Type.String({ pattern: '^[0-9]{14}$' }) }, closed),
  reply: Type.Object({ ticketId: Type.String(), title: Type.String(), state: State }),
})
