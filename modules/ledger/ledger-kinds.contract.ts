// Kinds of record as a pack defines them (records.yaml): their fields, who enters them and what makes one complete.
import { type Static, Type } from 'typebox'
import { closed, Day } from '#base/schemas.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9_-]*$' })
const Text = Type.String({ minLength: 1 })

export const FieldType = Type.Union([
  Type.Literal('string'),
  Type.Literal('text'),
  Type.Literal('int'),
  Type.Literal('decimal'),
  Type.Literal('bool'),
  Type.Literal('date'),
  Type.Literal('choice'),
  Type.Literal('list'),
])
export type FieldType = Static<typeof FieldType>

export const Field = Type.Object(
  {
    id: Id,
    name: Text,
    type: FieldType,
    /** The values of a `choice` or `list`. */
    choices: Type.Optional(Type.Array(Type.Object({ id: Id, name: Text }, closed))),
    required: Type.Optional(Type.Boolean()),
    minimum: Type.Optional(Type.String()),
    maximum: Type.Optional(Type.String()),
    /** Longest text, in characters. */
    max_length: Type.Optional(Type.Integer({ minimum: 1 })),
    unit: Type.Optional(Text),
    hint: Type.Optional(Text),
    /** What it means, by the pack's terms.yaml: what is known of the term fills it in. */
    term: Type.Optional(Id),
    /** Why a photo or the like must be there; without it none may be compulsory. */
    need: Type.Optional(Text),
    /** A bool that the system sets: true when the person in `role` holds the post `holds` in the record's organisation on the day. */
    set_when: Type.Optional(Type.Object({ role: Id, holds: Id }, closed)),
  },
  closed,
)
export type Field = Static<typeof Field>

/** A part that people play in a record: 讲课人, 主持人. Single roles become a column of the engine's source. */
const Role = Type.Object(
  { id: Id, name: Text, many: Type.Optional(Type.Boolean()), required: Type.Optional(Type.Boolean()), outside: Type.Optional(Type.Boolean()) },
  closed,
)

export const RecordKind = Type.Object(
  {
    id: Id,
    name: Text,
    /** Other words by which notices call it. */
    also: Type.Optional(Type.Array(Text)),
    /** Heading it stands under in menus and lists. */
    group: Text,
    /** Whose it is: a unit's, or a Party organisation's of one of `of_kinds`. */
    of: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
    of_kinds: Type.Optional(Type.Array(Id)),
    /** `roll`: who was absent of the organisation's members on the day; `none`: no attendance. */
    attendance: Type.Union([Type.Literal('roll'), Type.Literal('none')]),
    roles: Type.Array(Role),
    fields: Type.Array(Field),
    /** Fields and roles that must be filled for a record to count as complete; `attendance` may be named too. */
    complete: Type.Array(Id),
    /** Entered more than this many days after it happened: marked late. */
    late_after_days: Type.Integer({ minimum: 0 }),
    /** Minutes that an entry takes, as first estimate. */
    minutes: Type.Integer({ minimum: 1 }),
    help: Type.Optional(Text),
    /** How often an organisation owes one: the workbench reminds of it before the period ends. */
    rhythm: Type.Optional(
      Type.Object(
        {
          every: Type.Union([Type.Literal('month'), Type.Literal('quarter'), Type.Literal('year')]),
          /** Kinds of Party organisation that owe it. */
          of_kinds: Type.Array(Id),
          citation: Text,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type RecordKind = Static<typeof RecordKind>

/** A campaign (专项): records may belong to one; figures count by it. */
const Campaign = Type.Object({ id: Id, name: Text, from: Day, to: Day }, closed)

/** What marks are given for, with the name that people read and write; rubrics name it by its id. Others may be given, too. */
const MarkItem = Type.Object({ id: Id, name: Text }, closed)

export const RecordsPack = Type.Object({ kinds: Type.Array(RecordKind), campaigns: Type.Array(Campaign), marks: Type.Array(MarkItem) }, closed)
export type RecordsPack = Static<typeof RecordsPack>
