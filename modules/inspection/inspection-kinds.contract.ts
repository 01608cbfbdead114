// Kinds of inspection as a pack defines them (inspections/<kind>.yaml): what is looked at, how it is judged, what a finding becomes.
import { type Static, Type } from 'typebox'
import { closed } from '#base/schemas.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9_-]*$' })
const Text = Type.String({ minLength: 1 })

export const Item = Type.Object(
  {
    id: Id,
    name: Text,
    /** How it is judged. */
    how: Text,
    /** What may be added to an answer; never must. */
    evidence: Type.Optional(Text),
  },
  closed,
)
export type Item = Static<typeof Item>

export const InspectionKind = Type.Object(
  {
    name: Text,
    help: Type.Optional(Text),
    /** Minutes that a visit takes the unit. */
    minutes: Type.Integer({ minimum: 1 }),
    /** The kind of matter that a finding opens, and its types, as that kind's relapse field has them. */
    finding: Id,
    types: Type.Array(Id, { minItems: 1 }),
    citation: Type.Optional(Text),
    sections: Type.Array(Type.Object({ name: Text, items: Type.Array(Item, { minItems: 1 }) }, closed), { minItems: 1 }),
  },
  closed,
)
/** A kind as its file says it; the id is the file's name. */
export type InspectionKind = Static<typeof InspectionKind>
