// Kinds of matter as a pack defines them (matters/<kind>.yaml): a state machine with forms, clocks and guards.
import { type Static, Type } from 'typebox'
import { closed } from '#base/schemas.ts'
import { Field } from '#modules/ledger/ledger-kinds.contract.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9_-]*$' })
const Text = Type.String({ minLength: 1 })
const Cel = Type.String({ minLength: 1, description: 'CEL over the fields, today, due, late, children_open' })
const Unit = Type.Union([Type.Literal('minutes'), Type.Literal('hours'), Type.Literal('days'), Type.Literal('working-days')])

/** How long a stage may take. Minutes and hours run day and night; days end at midnight, working days by the State Council's calendar. */
export const Clock = Type.Object(
  {
    within: Type.Integer({ minimum: 1 }),
    unit: Unit,
    /** True where a clock that rested goes on with what was left of it, instead of a new one: a stage to which a matter comes back. */
    goes_on: Type.Optional(Type.Boolean()),
    /** Extended on request, before it ends: how often, and by how much. */
    extend: Type.Optional(Type.Object({ times: Type.Integer({ minimum: 1 }), by: Type.Integer({ minimum: 1 }) }, closed)),
    /** Reminded so long before the end, once. */
    remind: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Reminded also at night and on days off. */
    any_hour: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Clock = Static<typeof Clock>

export const Stage = Type.Object(
  {
    id: Id,
    name: Text,
    clock: Type.Optional(Clock),
    /** The clock rests here: the time left goes on with the next stage that has `goes_on`. */
    pauses: Type.Optional(Type.Boolean()),
    /** Here the matter is closed. */
    end: Type.Optional(Type.Union([Type.Literal('done'), Type.Literal('dropped')])),
  },
  closed,
)
export type Stage = Static<typeof Stage>

/** Who makes a move (R-M2). */
export const By = Type.Union([Type.Literal('owner'), Type.Literal('asker'), Type.Literal('checker')])
export type By = Static<typeof By>

export const Move = Type.Object(
  {
    id: Id,
    name: Text,
    from: Type.Array(Id, { minItems: 1 }),
    to: Id,
    by: By,
    /** Fields of the kind that its form asks; others stay as they are. */
    form: Type.Optional(Type.Array(Id)),
    /** Fields without which it can't be made. */
    required: Type.Optional(Type.Array(Id)),
    /** A sentence in the maker's own words: asked, required, or not there. */
    note: Type.Optional(Type.Union([Type.Literal('optional'), Type.Literal('required')])),
    /** What must be true, and what is said where it isn't. */
    guard: Type.Optional(Type.Object({ when: Cel, refusal: Text }, closed)),
    /** A matter of another kind that it opens for the same body. */
    starts: Type.Optional(Type.Object({ kind: Id, title: Type.Optional(Text) }, closed)),
  },
  closed,
)
export type Move = Static<typeof Move>

export const MatterKind = Type.Object(
  {
    name: Text,
    /** Heading it stands under in menus and lists. */
    group: Text,
    help: Type.Optional(Text),
    of: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
    of_kinds: Type.Optional(Type.Array(Id)),
    /** Who opens one: the body itself, or one that asks. */
    opened_by: Type.Union([Type.Literal('owner'), Type.Literal('asker')]),
    /** A kind of which it is a part: a brand's child, a plan's step. */
    part_of: Type.Optional(Id),
    fields: Type.Array(Field),
    /** Fields of the form by which it is opened. */
    form: Type.Array(Id),
    required: Type.Optional(Type.Array(Id)),
    /** The field by which a relapse is recognised, and within how many days. */
    relapse: Type.Optional(Type.Object({ field: Id, days: Type.Integer({ minimum: 1 }) }, closed)),
    /** The first is where a matter begins. */
    stages: Type.Array(Stage, { minItems: 2 }),
    moves: Type.Array(Move, { minItems: 1 }),
    /** Of an office with fewer members than the pack's k it stands in no file that leaves the system: it would single somebody out (M15). */
    withhold_small: Type.Optional(Type.Boolean()),
    /** Minutes that its forms take altogether, as first estimate. */
    minutes: Type.Integer({ minimum: 1 }),
    /** Kinds of record that show that one was done: proposed first. Left out, any may. */
    proposes: Type.Optional(Type.Array(Id, { minItems: 1 })),
    citation: Type.Optional(Text),
  },
  closed,
)
/** The id of the form by which a kind is opened, or a move of it is made, as burden knows it: `matter.task`, `matter.task.hand-in`. */
export function formId(kind: string, move?: string): string {
  return move === undefined ? `matter.${kind}` : `matter.${kind}.${move}`
}

/** A kind as its file says it; the id is the file's name. */
export type MatterKind = Static<typeof MatterKind>
