// Reading the organisation: lists, trees, pages, members, persons, as of `on` (valid date) and `asOf` (moment of knowledge).
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { ofBody, sensitive, shown } from '#base/sensitive.ts'

export const BodyKind = Type.Union([Type.Literal('unit'), Type.Literal('party-org')])
export const Tree = Type.Union([Type.Literal('administrative'), Type.Literal('party'), Type.Literal('line')])
export type Tree = Static<typeof Tree>

/** Valid date and moment of knowledge; left out they are today and now. */
const at = { on: Type.Optional(Day), asOf: Type.Optional(Type.String({ maxLength: 40 })) }
const page = { after: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }
const text = { q: Type.Optional(Type.String({ maxLength: 60 })) }
const kind = Type.String({ maxLength: 60 })
const IdParams = Type.Object({ id: Id }, closed)

export const Named = Type.Object({ id: Type.String(), name: Type.String() })
export const BodyRef = Type.Object({ id: Type.String(), name: Type.String() })
export const BodyLink = Type.Object({ id: Type.String(), name: Type.String(), kind: BodyKind })
export type BodyLink = Static<typeof BodyLink>

/** The pack's names for kinds, classes, levels, posts and counties, and what the reader may do here. */
export const vocabulary = endpoint({
  id: 'org.vocabulary',
  method: 'GET',
  path: '/api/org/vocabulary',
  summary: 'Names of kinds, classes, levels, posts and counties',
  reply: Type.Object({
    unitKinds: Type.Array(Named),
    unitClasses: Type.Array(Named),
    unitLevels: Type.Array(Named),
    counties: Type.Array(Named),
    partyOrgKinds: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), hasMembers: Type.Boolean(), termYears: orNull(Type.Integer()) })),
    posts: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), of: BodyKind })),
    trees: Type.Array(Named),
    may: Type.Object({ change: Type.Boolean(), import: Type.Boolean() }),
    rules: Type.Array(Named),
  }),
})
export type Vocabulary = Static<typeof vocabulary.reply>

/** How many there are on all pages; always counted exactly here. */
const Total = Type.Object({ count: Type.Integer(), capped: Type.Boolean() })

export const UnitLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  class: Type.String(),
  level: Type.String(),
  county: Type.String(),
  parent: orNull(BodyRef),
  staff: orNull(Type.Integer()),
  partyOrgs: Type.Integer(),
  /** Name of the first-responsible person; null where there is none or the reader may not see it. */
  head: shown('duty', orNull(Type.String())),
  hasHead: Type.Boolean(),
})
export type UnitLine = Static<typeof UnitLine>
export const listUnits = endpoint({
  id: 'org.units',
  method: 'GET',
  path: '/api/org/units',
  summary: 'Units as of a date: filter, search by Chinese text or initials, page by key',
  query: Type.Object(
    {
      ...at,
      ...page,
      ...text,
      level: Type.Optional(kind),
      class: Type.Optional(kind),
      kind: Type.Optional(kind),
      county: Type.Optional(kind),
      sort: Type.Optional(Type.Union([Type.Literal('name'), Type.Literal('staff')])),
    },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(UnitLine), total: Total, next: orNull(Type.String()) }),
})

export const PartyOrgLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  unit: BodyRef,
  parent: orNull(BodyRef),
  secretary: shown('duty', orNull(Type.String())),
  hasSecretary: Type.Boolean(),
  /** Members of it and all below; null outside the reader's scope. */
  members: orNull(Type.Integer()),
  termDueOn: orNull(Type.String()),
  overdue: Type.Boolean(),
})
export type PartyOrgLine = Static<typeof PartyOrgLine>
export const listPartyOrgs = endpoint({
  id: 'org.party-orgs',
  method: 'GET',
  path: '/api/org/party-orgs',
  summary: 'Party organisations as of a date: filter, search, page by key',
  query: Type.Object(
    {
      ...at,
      ...page,
      ...text,
      kind: Type.Optional(kind),
      level: Type.Optional(kind),
      county: Type.Optional(kind),
      unit: Type.Optional(Id),
      state: Type.Optional(Type.Literal('overdue')),
      sort: Type.Optional(Type.Union([Type.Literal('name'), Type.Literal('due')])),
    },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(PartyOrgLine), total: Total, next: orNull(Type.String()) }),
})

export const TreeNode = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  bodyKind: BodyKind,
  /** Nodes directly below, and below at any depth. */
  children: Type.Integer(),
  below: Type.Integer(),
})
export type TreeNode = Static<typeof TreeNode>
export const treeLevel = endpoint({
  id: 'org.tree',
  method: 'GET',
  path: '/api/org/trees/:tree',
  summary: 'The nodes directly below a node of a tree (its roots without `parent`), as of a date',
  params: Type.Object({ tree: Tree }, closed),
  query: Type.Object({ ...at, parent: Type.Optional(Id) }, closed),
  reply: Type.Object({ nodes: Type.Array(TreeNode) }),
})

export const PlaceInTree = Type.Object({ tree: Tree, path: Type.Array(BodyRef), children: Type.Integer() })
export const PostHeld = Type.Object({
  holdingId: Type.String(),
  post: Type.String(),
  personId: Type.String(),
  name: shown('duty', orNull(Type.String())),
  from: Type.String(),
  until: orNull(Type.String()),
})
const Lived = { from: Type.String(), until: orNull(Type.String()), revision: orNull(Type.String()), inScope: Type.Boolean() }

export const UnitPage = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  class: Type.String(),
  level: Type.String(),
  county: Type.String(),
  creditCode: orNull(Type.String()),
  divisionCode: orNull(Type.String()),
  staff: orNull(Type.Integer()),
  attributes: Type.Record(Type.String(), Type.Unknown()),
  ...Lived,
  places: Type.Array(PlaceInTree),
  posts: Type.Array(PostHeld),
  partyOrgs: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), members: orNull(Type.Integer()) })),
})
export type UnitPage = Static<typeof UnitPage>
export const unitPage = endpoint({
  id: 'org.unit',
  method: 'GET',
  path: '/api/org/units/:id',
  summary: 'A unit as of a date: attributes, places in the trees, posts, Party organisations',
  params: IdParams,
  query: Type.Object(at, closed),
  reply: UnitPage,
})

export const PartyOrgPage = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  unit: BodyRef,
  attributes: Type.Record(Type.String(), Type.Unknown()),
  ...Lived,
  places: Type.Array(PlaceInTree),
  posts: Type.Array(PostHeld),
  term: orNull(Type.Object({ termId: Type.String(), electedOn: Type.String(), dueOn: Type.String(), daysLeft: Type.Integer() })),
  /** Members of its own, and with all below; null outside the reader's scope. */
  members: orNull(Type.Object({ own: Type.Integer(), all: Type.Integer(), full: Type.Integer() })),
  below: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), members: orNull(Type.Integer()) })),
})
export type PartyOrgPage = Static<typeof PartyOrgPage>
export const partyOrgPage = endpoint({
  id: 'org.party-org',
  method: 'GET',
  path: '/api/org/party-orgs/:id',
  summary: 'A Party organisation as of a date: places, posts, term, members, what is below',
  params: IdParams,
  query: Type.Object(at, closed),
  reply: PartyOrgPage,
})

export const HistoryLine = Type.Object({
  /** Since when it is so; `what` is version, place or lineage. */
  from: Type.String(),
  until: orNull(Type.String()),
  what: Type.Union([Type.Literal('version'), Type.Literal('place'), Type.Literal('lineage')]),
  title: Type.String(),
  note: Type.String(),
  knownFrom: Type.String(),
  others: Type.Array(BodyLink),
})
export type HistoryLine = Static<typeof HistoryLine>
export const bodyHistory = endpoint({
  id: 'org.history',
  method: 'GET',
  path: '/api/org/bodies/:id/history',
  summary: 'Versions, places and lineage of a unit or Party organisation, newest first',
  params: IdParams,
  query: Type.Object({ asOf: at.asOf }, closed),
  reply: Type.Object({ id: Type.String(), name: Type.String(), kind: BodyKind, lines: Type.Array(HistoryLine) }),
})

export const MemberLine = Type.Object(
  {
    membershipId: Type.String(),
    personId: Type.String(),
    name: sensitive('membership', 'name', Type.String()),
    sex: sensitive('membership', 'hidden', orNull(Type.String())),
    kind: Type.String(),
    from: sensitive('membership', 'hidden', orNull(Type.String())),
    partyOrg: BodyRef,
    posts: Type.Array(Type.String()),
  },
  ofBody('partyOrg.id'),
)
export type MemberLine = Static<typeof MemberLine>
export const listMembers = endpoint({
  id: 'org.members',
  method: 'GET',
  path: '/api/org/party-orgs/:id/members',
  summary: 'Members of a Party organisation and of all below it, for those in whose scope it is',
  params: IdParams,
  query: Type.Object({ ...at, ...page, ...text }, closed),
  reply: Type.Object({ rows: Type.Array(MemberLine), total: Total, next: orNull(Type.String()) }),
})

const belonging = { id: Type.String(), partyOrg: orNull(BodyRef), posts: Type.Array(Type.Object({ post: Type.String(), body: BodyRef })) }
/** `outside`: a guest (an expert who gave a lecture), who is a member nowhere here. */
export const PersonLine = Type.Union([
  Type.Object({ ...belonging, name: sensitive('membership', 'name', Type.String()), outside: Type.Literal(false) }, ofBody('partyOrg.id')),
  Type.Object({ ...belonging, name: shown('record', Type.String()), outside: Type.Literal(true) }),
])
export type PersonLine = Static<typeof PersonLine>
export const findPersons = endpoint({
  id: 'org.persons',
  needs: 'read',
  method: 'GET',
  path: '/api/org/persons',
  summary: 'Persons the reader may see, by name or initials',
  query: Type.Object({ ...at, ...page, q: Type.String({ minLength: 1, maxLength: 60 }) }, closed),
  reply: Type.Object({ rows: Type.Array(PersonLine), next: orNull(Type.String()) }),
})

/** A body's kind by its id, for links that hold an id alone. */
export const findBodies = endpoint({
  id: 'org.bodies',
  method: 'GET',
  path: '/api/org/bodies',
  summary: 'Units and Party organisations by name or initials, for the palette and pickers',
  query: Type.Object({ ...at, q: Type.String({ minLength: 1, maxLength: 60 }), kind: Type.Optional(BodyKind), limit: page.limit }, closed),
  reply: Type.Object({ rows: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: BodyKind, type: Type.String(), under: Type.String() })) }),
})
