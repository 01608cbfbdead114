// Changing the organisation. Every body of a request has a client-made `id` (sending it twice has one effect) and `on`, the first day of
// the new state; `seen` is the revision of the body that the editor looked at, so that two editors notice each other.
import { type Static, type TSchema, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { Tree } from '../org.contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 100 })
const Note = Type.Optional(Type.String({ maxLength: 500 }))
const Seen = Type.Union([Id, Type.Null()])
const Word = Type.String({ maxLength: 60 })
const CreditCode = orNull(Type.String({ maxLength: 30 }))
const DivisionCode = orNull(Type.String({ maxLength: 20 }))
const Staff = orNull(Type.Integer({ minimum: 0, maximum: 1_000_000 }))

export const Changed = Type.Object({ changeId: Id, bodies: Type.Array(Id), recordedAt: Type.String() })
export type Changed = Static<typeof Changed>

function change<T extends Record<string, TSchema>>(name: string, summary: string, fields: T) {
  return endpoint({
    id: `org.${name}`,
    method: 'POST',
    path: `/api/org/changes/${name}`,
    summary,
    reach: 'tenant',
    needs: 'org.change',
    body: Type.Object({ id: Id, on: Day, note: Note, ...fields }, closed),
    reply: Changed,
  })
}

const unitFields = {
  name: Name,
  kind: Word,
  class: Word,
  level: Word,
  creditCode: Type.Optional(CreditCode),
  divisionCode: Type.Optional(DivisionCode),
  staff: Type.Optional(Staff),
}
const partyOrgFields = { name: Name, kind: Word, unit: Id }

export const createUnit = change('unit-create', 'A new unit', { ...unitFields, parent: orNull(Id) })
export const createPartyOrg = change('party-org-create', 'A new Party organisation', { ...partyOrgFields, parent: orNull(Id) })
export const amendUnit = change('unit-amend', 'A unit gets another name, kind, class, level, code or staff number', {
  body: Id,
  seen: Seen,
  name: Type.Optional(Name),
  kind: Type.Optional(Word),
  class: Type.Optional(Word),
  level: Type.Optional(Word),
  creditCode: Type.Optional(CreditCode),
  divisionCode: Type.Optional(DivisionCode),
  staff: Type.Optional(Staff),
})
export const amendPartyOrg = change('party-org-amend', 'A Party organisation gets another name, kind or unit', {
  body: Id,
  seen: Seen,
  name: Type.Optional(Name),
  kind: Type.Optional(Word),
  unit: Type.Optional(Id),
})
export const move = change('move', 'A body gets another parent in a tree', { body: Id, seen: Seen, tree: Tree, parent: orNull(Id) })
export const merge = change('merge', 'Bodies are merged into another one, or into a new one', {
  from: Type.Array(Type.Object({ body: Id, seen: Seen }, closed), { minItems: 1, maxItems: 20 }),
  into: Type.Union([Type.Object({ body: Id, seen: Seen }, closed), Type.Object({ name: Name }, closed)]),
})
export const SplitPart = Type.Object(
  {
    name: Name,
    /** Bodies below, Party organisations of the unit, and persons that go with this part. */
    children: Type.Optional(Type.Array(Id, { maxItems: 500 })),
    partyOrgs: Type.Optional(Type.Array(Id, { maxItems: 500 })),
    persons: Type.Optional(Type.Array(Id, { maxItems: 5000 })),
  },
  closed,
)
export const split = change('split', 'New bodies are split off from one, which remains or ends', {
  body: Id,
  seen: Seen,
  remains: Type.Boolean(),
  parts: Type.Array(SplitPart, { minItems: 1, maxItems: 20 }),
})
export const dissolve = change('dissolve', 'A body ends', { body: Id, seen: Seen })

export const NewPerson = Type.Object(
  {
    name: Name,
    sex: Type.Optional(Type.Union([Type.Literal('男'), Type.Literal('女')])),
    birthYear: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2100 })),
  },
  closed,
)
const Person = Type.Union([Type.Object({ id: Id }, closed), NewPerson])
export const holdPost = change('post-hold', 'A person takes up a post', { body: Id, post: Word, person: Person })
export const leavePost = change('post-leave', 'A person leaves a post; `on` is the first day without it', { holding: Id })
export const joinOrg = change('member-join', 'A person becomes a member', {
  partyOrg: Id,
  kind: Type.Union([Type.Literal('full'), Type.Literal('probationary')]),
  person: Person,
})
export const confirmMember = change('member-confirm', 'A probationary member becomes a full one', { membership: Id })
export const transferMember = change('member-transfer', 'A member goes to another Party organisation', { membership: Id, to: Id })
export const leaveOrg = change('member-leave', 'A membership ends; `on` is the first day without it', { membership: Id })
export const setTerm = change('term-set', "An election was held: `on` is its day; without `dueOn` the pack's term of the kind counts", {
  partyOrg: Id,
  seenTerm: Seen,
  dueOn: Type.Optional(Day),
})
export const grantException = change('exception-grant', 'A named exception from a structure rule', {
  body: Id,
  rule: Word,
  reason: Type.String({ minLength: 2, maxLength: 500 }),
  until: Type.Optional(Day),
})
export const endException = change('exception-end', 'An exception ends; `on` is the first day without it', { exception: Id })

/** The body of a request to an endpoint. */
export type InputOf<E extends { body: TSchema }> = Static<E['body']>
