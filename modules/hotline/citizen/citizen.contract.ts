// What a citizen does without an account: report, follow with number and code, rate, ask for it to be handled again. Nothing here names staff.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { State } from '../hotline.contract.ts'

const Word = Type.String({ maxLength: 40 })

export const Report = Type.Object(
  {
    /** Chosen by the page: the same sent twice is one ticket. */
    id: Id,
    category: Word,
    county: Type.Optional(Word),
    place: Type.Optional(Type.String({ maxLength: 120 })),
    body: Type.String({ minLength: 5, maxLength: 2000 }),
    name: Type.Optional(Word),
    phone: Type.Optional(Word),
    /** Keep who asked from the unit that handles it. */
    withheld: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Report = Static<typeof Report>

/** The number on the receipt and the code beside it; blanks that people put between the digits don't matter. */
const Key = { number: Type.String({ maxLength: 40 }), code: Type.String({ maxLength: 40 }) }

/** One thing that happened, as the citizen may read it: `unit` is who had it, `reason` why a unit gave it back. */
export const ToldStep = Type.Object({ at: Type.String(), name: Type.String(), unit: orNull(Type.String()), told: Type.String(), reason: Type.String() })
export type ToldStep = Static<typeof ToldStep>

export const Followed = Type.Object({
  number: Type.String(),
  revision: Type.Integer(),
  state: State,
  /** Where it is, as one says it to somebody. */
  words: Type.String(),
  receivedAt: Type.String(),
  /** The citizen's clock, and whether it ran out before the ticket was closed. */
  dueAt: Type.String(),
  late: Type.Boolean(),
  closedAt: orNull(Type.String()),
  category: Type.String(),
  place: Type.String(),
  body: Type.String(),
  answer: Type.String(),
  trail: Type.Array(ToldStep),
  satisfaction: orNull(Type.Integer()),
  mayRate: Type.Boolean(),
  /** Until when it can be reopened; null where it can't. */
  reopenUntil: orNull(Type.String()),
})
export type Followed = Static<typeof Followed>

export const report = endpoint({
  id: 'hotline.citizen-report',
  method: 'POST',
  path: '/api/12345/tickets',
  access: 'public',
  reach: 'tenant',
  summary: 'A citizen reports without an account; answers with the number and the code by which it is followed',
  body: Report,
  reply: Type.Object({ number: Type.String(), code: Type.String(), dueAt: Type.String(), repeated: Type.Boolean() }),
})
export const follow = endpoint({
  id: 'hotline.citizen-follow',
  method: 'POST',
  path: '/api/12345/follow',
  access: 'public',
  reach: 'tenant',
  summary:
    'Where a ticket is, by number and code: its clock and every transfer with its reason. A wrong code answers as a number that is not there; both are counted and slowed down',
  body: Type.Object(Key, closed),
  reply: Followed,
})
export const citizenStep = endpoint({
  id: 'hotline.citizen-step',
  method: 'POST',
  path: '/api/12345/steps',
  access: 'public',
  reach: 'tenant',
  summary: 'The citizen rates a closed ticket, or has it handled again within the days of the pack; answers with where it is now',
  body: Type.Object(
    {
      ...Key,
      stepId: Id,
      revision: Type.Integer({ minimum: 1 }),
      step: Type.Union([Type.Literal('rate'), Type.Literal('reopen')]),
      satisfaction: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
      solved: Type.Optional(Type.Boolean()),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    },
    closed,
  ),
  reply: Followed,
})
