// The endpoints of tickets: enter, look for what fits, read one, make a step. Lists, rates, the citizen's page and exchange have contracts of their own.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { sensitive, shown } from '#base/sensitive.ts'

const Word = Type.String({ maxLength: 40 })
const Line = Type.String({ maxLength: 120 })
/** What one may write at once. */
const Long = Type.String({ maxLength: 4000 })
const Moment = orNull(Type.String())

const states = ['received', 'dispatched', 'handling', 'returned', 'arbitration', 'answered', 'closed', 'archived', 'merged', 'dropped'] as const
export const State = Type.Unsafe<(typeof states)[number]>(Type.Union(states.map((one) => Type.Literal(one))))
export type State = Static<typeof State>

/** Each state in words, in the order of a ticket's life. */
export const stateNames: Record<State, string> = {
  received: '待派单',
  dispatched: '待签收',
  handling: '办理中',
  returned: '退单待派',
  arbitration: '待仲裁',
  answered: '待回访',
  closed: '已办结',
  archived: '已归档',
  merged: '已并单',
  dropped: '不予受理',
}

/** Five levels of 好差评, best last. */
export const satisfactionNames = ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const

const stepIds = [
  ...['direct', 'dispatch', 'drop', 'merge', 'correct', 'part', 'sign', 'respond', 'comment', 'return', 'extend-ask', 'extend-grant', 'extend-refuse'],
  ...['arbitrate', 'answer', 'call', 'reopen', 'rate', 'archive', 'move-unit', 'relapse'],
] as const
export type StepId =
  | 'open'
  | 'direct'
  | 'dispatch'
  | 'drop'
  | 'merge'
  | 'correct'
  | 'part'
  | 'sign'
  | 'respond'
  | 'comment'
  | 'return'
  | 'extend-ask'
  | 'extend-grant'
  | 'extend-refuse'
  | 'arbitrate'
  | 'answer'
  | 'call'
  | 'reopen'
  | 'rate'
  | 'archive'
  | 'move-unit'
  | 'relapse'
const Step = Type.Unsafe<Exclude<StepId, 'open'>>(Type.Union(stepIds.map((one) => Type.Literal(one))))

/** A ticket as it stands; moments are ISO texts. */
export const Ticket = Type.Object({
  ticketId: Type.String(),
  number: Type.String(),
  unitId: orNull(Type.String()),
  parentId: orNull(Type.String()),
  receivedAt: Type.String(),
  dueAt: Type.String(),
  dispatchedAt: Moment,
  signDueAt: Moment,
  signedAt: Moment,
  respondDueAt: Moment,
  respondedAt: Moment,
  unitDueAt: Moment,
  answeredAt: Moment,
  calledAt: Moment,
  closedAt: Moment,
  knownFrom: Type.String(),
  revision: Type.Integer(),
  satisfaction: orNull(Type.Integer()),
  transfers: Type.Integer(),
  rehandled: Type.Integer(),
  extended: Type.Integer(),
  calls: Type.Integer(),
  direct: Type.Boolean(),
  reached: orNull(Type.Boolean()),
  solved: orNull(Type.Boolean()),
  withheld: Type.Boolean(),
  supervised: Type.Boolean(),
  arbitrated: Type.Boolean(),
  relapsed: Type.Boolean(),
  extendAsked: Type.Boolean(),
  state: State,
  channel: Type.String(),
  class: Type.String(),
  category: Type.String(),
  county: Type.String(),
  place: Type.String(),
  title: Type.String(),
  source: Type.String(),
  mergedInto: orNull(Type.String()),
  relapseOf: orNull(Type.String()),
})
export type Ticket = Static<typeof Ticket>

/** One step as its page tells it. `told` is what the citizen reads. */
export const TrailStep = Type.Object({
  revision: Type.Integer(),
  step: Type.String(),
  stepName: Type.String(),
  to: State,
  unit: orNull(Type.String()),
  side: Type.String(),
  told: Type.String(),
  note: Type.String(),
  author: shown('duty', orNull(Type.String())),
  at: Type.String(),
})
export type TrailStep = Static<typeof TrailStep>

/** A step that the reader may make now, and what its form asks. */
export const Possible = Type.Object({
  step: Step,
  name: Type.String(),
  /** Fields of NewStep that are asked, those that are required first. */
  asks: Type.Array(Type.String()),
  required: Type.Array(Type.String()),
  /** Why it can't be made just now, where it can't; null where it can. */
  hindered: orNull(Type.String()),
})
export type Possible = Static<typeof Possible>

const Named = Type.Object({ id: Type.String(), name: Type.String() })
const NamedUnit = orNull(Named)

export const TicketPage = Type.Object({
  ticket: Ticket,
  names: Type.Object({ unit: NamedUnit, class: Type.String(), category: Type.String(), group: Type.String(), channel: Type.String(), county: Type.String() }),
  body: Type.String(),
  answer: Type.String(),
  /** Null where the citizen keeps it from the reader, and what was not left is null. */
  caller: orNull(Type.Object({ name: sensitive('complaint', 'name', orNull(Type.String())), phone: sensitive('phone', 'phone', orNull(Type.String())) })),
  trail: Type.Array(TrailStep),
  possible: Type.Array(Possible),
  /** Whether somebody will call, by the day's seed and the number (H6). */
  sampled: Type.Boolean(),
  now: Type.String(),
  parts: Type.Array(Type.Object({ ticketId: Type.String(), number: Type.String(), unit: NamedUnit, state: State, title: Type.String() })),
  parent: orNull(Type.Object({ ticketId: Type.String(), number: Type.String(), title: Type.String() })),
  relapseOf: orNull(Type.Object({ ticketId: Type.String(), number: Type.String(), title: Type.String() })),
})
export type TicketPage = Static<typeof TicketPage>

export const NewTicket = Type.Object(
  {
    id: Id,
    channel: Word,
    category: Word,
    /** Left out: the category's. */
    class: Type.Optional(Word),
    county: Type.Optional(Word),
    place: Type.Optional(Line),
    title: Type.String({ minLength: 2, maxLength: 120 }),
    body: Type.String({ minLength: 2, maxLength: 4000 }),
    caller: Type.Optional(Type.Object({ name: Type.Optional(Word), phone: Type.Optional(Word) }, closed)),
    withheld: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type NewTicket = Static<typeof NewTicket>

/** What a step may carry; which of it a step asks is said by `Possible`. */
export const NewStep = Type.Object(
  {
    stepId: Id,
    revision: Type.Integer({ minimum: 1 }),
    step: Step,
    unitId: Type.Optional(Id),
    /** What the citizen may read. */
    told: Type.Optional(Long),
    /** Stays inside. */
    note: Type.Optional(Type.String({ maxLength: 1000 })),
    class: Type.Optional(Word),
    category: Type.Optional(Word),
    county: Type.Optional(Word),
    place: Type.Optional(Line),
    reached: Type.Optional(Type.Boolean()),
    solved: Type.Optional(Type.Boolean()),
    satisfaction: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
    /** The ticket into which a double goes. */
    into: Type.Optional(Id),
  },
  closed,
)
export type NewStep = Static<typeof NewStep>

/** Where the ticket now stands. */
export const Receipt = Type.Object({
  ticketId: Type.String(),
  number: Type.String(),
  revision: Type.Integer(),
  state: State,
  dueAt: Type.String(),
  repeated: Type.Boolean(),
})
export type Receipt = Static<typeof Receipt>

/** A unit that could settle it, and why. */
export const Suggested = Type.Object({ unit: Named, reasons: Type.Array(Type.String()) })
export type Suggested = Static<typeof Suggested>

const one = { params: Type.Object({ ticketId: Id }, closed) }

export const readHotline = endpoint({
  id: 'hotline.read',
  method: 'GET',
  path: '/api/hotline',
  summary: 'Classes, categories, channels, counties and templates of the hotline, and what the reader may do there',
  access: 'public',
  reply: Type.Object({
    name: Type.String(),
    notice: Type.String(),
    /** Where to go instead, where nothing is taken in here. */
    intakeInstead: orNull(Type.String()),
    classes: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), help: Type.String(), close: Type.String() })),
    channels: Type.Array(Named),
    categories: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), class: Type.String() })) }),
    ),
    counties: Type.Array(Named),
    templates: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), text: Type.String() })),
    reopenDays: Type.Integer(),
    may: Type.Array(Type.String()),
    /** How much of the demonstration's tickets is loaded, in per cent; null where nothing is being loaded. */
    loading: orNull(Type.Integer()),
  }),
})
export const openTicket = endpoint({
  id: 'hotline.open',
  method: 'POST',
  path: '/api/hotline/tickets',
  summary: 'Enters a ticket; the citizen’s clock begins. Answers with the code by which the citizen follows it, and with units that could settle it',
  needs: 'hotline.take',
  reach: 'tenant',
  body: NewTicket,
  reply: Type.Object({ ...Receipt.properties, code: Type.String(), suggested: Type.Array(Suggested) }),
})
/** An open ticket that may be the same, and why. */
export const Double = Type.Object({
  ...{ ticketId: Type.String(), number: Type.String(), title: Type.String(), place: Type.String() },
  ...{ state: State, receivedAt: Type.String(), why: Type.String() },
})
export type Double = Static<typeof Double>

export const suggestFor = endpoint({
  id: 'hotline.suggest',
  method: 'POST',
  path: '/api/hotline/suggestions',
  summary: 'While a ticket is typed or decided on, counted from all: who could settle it and why, open ones that may be the same, known answers',
  needs: 'hotline.suggest',
  reach: 'tenant',
  writes: false,
  body: Type.Object({ category: Type.Optional(Word), county: Type.Optional(Word), place: Type.Optional(Line), text: Type.Optional(Long) }, closed),
  reply: Type.Object({
    units: Type.Array(Suggested),
    doubles: Type.Array(Double),
    knowledge: Type.Array(Type.Object({ knowledgeId: Type.String(), question: Type.String(), answer: Type.String() })),
  }),
})
export const readTicket = endpoint({
  id: 'hotline.ticket',
  method: 'GET',
  path: '/api/hotline/tickets/:ticketId',
  summary: 'One ticket with its trail, both clocks and the steps that the reader may make',
  needs: 'hotline.read',
  sees: 'hotline.read',
  ...one,
  reply: TicketPage,
})
export const stepTicket = endpoint({
  id: 'hotline.step',
  method: 'POST',
  path: '/api/hotline/tickets/:ticketId/steps',
  summary: 'Makes a step from the revision named; of two at once one wins, the same stepId twice has one effect',
  needs: 'hotline.read',
  reach: 'tenant',
  ...one,
  body: NewStep,
  reply: Receipt,
})
