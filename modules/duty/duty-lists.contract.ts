// Duty lists and codes of conduct as a pack defines them: duties/<level>.yaml, conduct/<code>.yaml.
import { type Static, Type } from 'typebox'
import { closed, Day } from '#base/schemas.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$' })
const Text = Type.String({ minLength: 1 })

/** Where a seat is: a post of the pack in bodies of some kinds. */
const SeatPost = Type.Object(
  {
    post: Id,
    /** Kinds of Party organisation or of unit; left out: every body that can have the post. */
    kinds: Type.Optional(Type.Array(Id, { minItems: 1 })),
    /** Not every such body has the post: one that never had a holder owes nothing. */
    where_held: Type.Optional(Type.Boolean()),
  },
  closed,
)

/** One of a level's posts (岗). */
export const Seat = Type.Object(
  {
    id: Id,
    name: Text,
    held_as: Type.Array(SeatPost, { minItems: 1 }),
    /** Several persons may hold it together. */
    shared: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Seat = Static<typeof Seat>

const rhythms = ['once', 'monthly', 'quarterly', 'half-yearly', 'yearly', 'continuous'] as const
export const Rhythm = Type.Unsafe<(typeof rhythms)[number]>(Type.Union(rhythms.map((one) => Type.Literal(one))))
export type Rhythm = Static<typeof Rhythm>

/** How a duty is fulfilled: by a kind of record, by a kind of matter (which is opened by calendar where `fields` are given), or by hand with this evidence. */
const Way = Type.Union([
  Type.Object({ record: Id }, closed),
  Type.Object({ matter: Type.String({ pattern: '^[a-z][a-z0-9_-]*$' }), fields: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }, closed),
  Type.Object({ hand: Text }, closed),
])

export const Duty = Type.Object(
  {
    id: Id,
    /** The seat whose it is. */
    seat: Id,
    title: Text,
    basis: Text,
    rhythm: Rhythm,
    /** Until when in its year: month and day (yearly), a whole day (once). Left out, its period's last day. */
    by: Type.Optional(Type.String({ pattern: '^(\\d{4}-)?\\d{2}-\\d{2}$' })),
    /** Of the seat's kinds of body, those that owe it. */
    kinds: Type.Optional(Type.Array(Id, { minItems: 1 })),
    /** Left out for what is continuous and has no single moment. */
    way: Type.Optional(Way),
  },
  closed,
)
export type Duty = Static<typeof Duty>

/** The duties of one level; the id is the file's name. */
export const DutyList = Type.Object(
  {
    name: Text,
    /** Levels in their order, the highest first. */
    order: Type.Integer({ minimum: 1, maximum: 99 }),
    /** From when the first edition holds; later ones hold from the day on which they are there. */
    valid_from: Day,
    seats: Type.Array(Seat, { minItems: 1 }),
    duties: Type.Array(Duty, { minItems: 1 }),
  },
  closed,
)
export type DutyList = Static<typeof DutyList>

/** A code of conduct: continuous duties of whoever holds one of these posts. */
export const Conduct = Type.Object(
  {
    name: Text,
    basis: Text,
    posts: Type.Array(Id, { minItems: 1 }),
    rules: Type.Array(Type.Object({ id: Id, text: Type.String({ minLength: 2, maxLength: 80 }) }, closed), { minItems: 1 }),
  },
  closed,
)
export type Conduct = Static<typeof Conduct>
