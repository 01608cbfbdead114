// What matters are written by: opening, one or many; the step under a lock; comments and links.
import { type Static, Type } from 'typebox'
import { ofScope, protect, query, sql } from '#server/kit/sql.ts'
import { By } from './matter-kinds.contract.ts'

/** The reader's as owner or as asker (M8). */
const ofEither = (sight: 'narrow' | 'wide'): string => `(${ofScope('owner_id')(sight)} or ${ofScope('asker_id')(sight)})`
for (const table of ['matter', 'move', 'link', 'comment', 'matters_at']) protect(`matter.${table}`, ofEither)
protect('matter.request', ofScope('asker_id'))
for (const table of ['reminder', 'follow', 'reader']) protect(`matter.${table}`, () => 'it.account_id = (select kit.actor())')

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])
const MaybeInt = Type.Union([Type.Integer(), Type.Null()])
export const Json = Type.Unsafe<Record<string, unknown>>(Type.Any())

/** Keeps a kind as it is now; a text that is there stays. */
export const putEdition = query(
  'matter.put-edition',
  Type.Object({}),
  (p: { tenantId: number; kind: string; hash: string; definition: string }) => sql`
  insert into matter.edition (tenant_id, kind, hash, definition, known_from) values (${p.tenantId}, ${p.kind}, ${p.hash}, ${p.definition}::jsonb, kit.now()) on conflict do nothing`,
)
export const editionByHash = query(
  'matter.edition-by-hash',
  Type.Object({ definition: Json }),
  (p: { tenantId: number; kind: string; hash: string }) => sql`
  select e.definition from matter.edition e where e.tenant_id = ${p.tenantId} and e.kind = ${p.kind} and e.hash = ${p.hash}`,
)

export const BodyAbove = Type.Object({ parentId: MaybeText, rootId: MaybeText })

/** The Party organisation above a body in the party tree, and the one at the top. A unit's is that above its first organisation. */
export const bodyAbove = query(
  'matter.body-above',
  BodyAbove,
  (p: { bodyId: string; on: string; asOf: string }) => sql`
  with recursive place as materialized (select node_id, parent_id from org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) where tree = 'party'),
  orgs as materialized (select party_org_id, unit_id from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz)),
  start as (
    select ${p.bodyId}::uuid as id from orgs where party_org_id = ${p.bodyId}
    union all
    (select o.party_org_id from orgs o left join place on place.node_id = o.party_org_id left join orgs parent on parent.party_org_id = place.parent_id
      where o.unit_id = ${p.bodyId} and parent.unit_id is distinct from o.unit_id order by o.party_org_id limit 1)
  ),
  up as (select id, 0 as step from start union all select place.parent_id, up.step + 1 from up join place on place.node_id = up.id where place.parent_id is not null)
  select (select id from up where step = 1) as "parentId", (select id from up order by step desc limit 1) as "rootId"`,
)

export const Place = Type.Object({ unitId: Text, partyOrgId: MaybeText, name: Text, orgKind: MaybeText })

/** A body on a day with the kind of its Party organisation. */
export const placeOf = query(
  'matter.place',
  Place,
  (p: { bodyId: string; on: string; asOf: string }) => sql`
  select o.unit_id as "unitId", o.party_org_id as "partyOrgId", o.name, o.kind as "orgKind" from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where o.party_org_id = ${p.bodyId}
  union all
  select u.unit_id, null, u.name, null from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = ${p.bodyId}`,
)

export interface Opening {
  tenantId: number
  kind: string
  hash: string
  title: string
  fields: string
  type: string
  askerId: string | null
  requestId: string | null
  parentId: string | null
  origin: string
  originId: string | null
  stage: string
  waitsFor: string
  dueAt: string | null
  askedUntil: string | null
  remindAt: string | null
  paused: boolean
  madeBy: string
  note: string
  authorId: string | null
  personId: string | null
  on: string
  at: string
  /** One matter for each owner, by these ids; the opening step has the matter's id, too. */
  matterIds: string[]
  owners: string[]
}

/** Opens a matter for each owner that is there on the day, in one statement; those whose id is taken are left out. */
export const insertMatters = query(
  'matter.open',
  Type.Object({ matterId: Text }),
  (p: Opening) => sql`
  with opened as (
    insert into matter.matter (tenant_id, matter_id, kind, hash, title, fields, unit_id, party_org_id, asker_id, request_id, parent_id, origin, origin_id, type, stage, stage_since, waits_for, due_at, asked_until, remind_at,
      paused, opened_on, author_id, known_from)
    select ${p.tenantId}, given.id, ${p.kind}, ${p.hash}, ${p.title}, ${p.fields}::jsonb, body.unit_id, body.party_org_id, ${p.askerId}, ${p.requestId}, ${p.parentId}, ${p.origin}, ${p.originId}, ${p.type},
      ${p.stage}, ${p.at}, ${p.waitsFor}, ${p.dueAt}, ${p.askedUntil}, ${p.remindAt}, ${p.paused}, ${p.on}::date, ${p.authorId}, ${p.at}
    from unnest(${p.matterIds}::uuid[], ${p.owners}::uuid[]) given(id, owner)
    join (
      select o.party_org_id as id, o.unit_id, o.party_org_id from org.party_orgs_at(${p.on}::date, ${p.at}::timestamptz) o
      union all select u.unit_id, u.unit_id, null from org.units_at(${p.on}::date, ${p.at}::timestamptz) u) body on body.id = given.owner
    on conflict do nothing
    returning tenant_id, matter_id, owner_id
  )
  insert into matter.move (tenant_id, matter_id, revision, move_id, move, from_stage, to_stage, owner_id, asker_id, fields, note, due_at, paused, made_by, author_id, person_id, at)
  select o.tenant_id, o.matter_id, 1, o.matter_id, 'open', '', ${p.stage}, o.owner_id, ${p.askerId}, ${p.fields}::jsonb, ${p.note}, ${p.dueAt}, ${p.paused}, ${p.madeBy}, ${p.authorId}, ${p.personId}, ${p.at}
  from opened o
  returning matter_id as "matterId"`,
)

export const MatterState = Type.Object({
  matterId: Text,
  kind: Text,
  hash: Text,
  title: Text,
  fields: Json,
  ownerId: Text,
  partyOrgId: MaybeText,
  askerId: MaybeText,
  parentId: MaybeText,
  mergedInto: MaybeText,
  requestId: MaybeText,
  personId: MaybeText,
  type: Text,
  stage: Text,
  dueAt: MaybeText,
  askedUntil: MaybeText,
  remindAt: MaybeText,
  paused: Type.Boolean(),
  leftMinutes: MaybeInt,
  late: Type.Boolean(),
  revision: Type.Integer(),
  openedOn: Text,
  closedOn: MaybeText,
})
export type MatterState = Static<typeof MatterState>
const state = sql`m.matter_id as "matterId", m.kind, m.hash, m.title, m.fields, m.owner_id as "ownerId", m.party_org_id as "partyOrgId", m.asker_id as "askerId", m.parent_id as "parentId", m.merged_into as "mergedInto",
  m.request_id as "requestId", m.person_id as "personId", m.type, m.stage, m.due_at as "dueAt", m.asked_until as "askedUntil", m.remind_at as "remindAt", m.paused, m.left_minutes as "leftMinutes", m.late, m.revision,
  m.opened_on as "openedOn", m.closed_on as "closedOn"`

interface Key {
  tenantId: number
  matterId: string
}

export const matterById = query(
  'matter.by-id',
  MatterState,
  (p: Key) => sql`select ${state} from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.matter_id = ${p.matterId}`,
)

/** The matter, held until the transaction ends. */
export const matterToMove = query(
  'matter.to-move',
  MatterState,
  (p: Key) => sql`select ${state} from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.matter_id = ${p.matterId} for update of m`,
)

export const Around = Type.Object({ childrenOpen: Type.Integer(), partsOpen: Type.Integer(), doer: MaybeText })
export type Around = Static<typeof Around>

/** What a move has to know besides the matter: open children, and who made the owner's last move. To be sent after the lock, so that it sees what came before. */
export const aroundMatter = query(
  'matter.around',
  Around,
  (p: Key) => sql`
  select c.open as "childrenOpen", c.parts as "partsOpen", (select v.person_id from {matter.move} v where v.tenant_id = ${p.tenantId} and v.matter_id = ${p.matterId} and v.made_by = 'owner' order by v.revision desc limit 1) as doer
  from (select count(*)::int as open, (count(*) filter (where c.origin = 'split'))::int as parts from {matter.matter} c
    where c.tenant_id = ${p.tenantId} and c.parent_id = ${p.matterId} and c.closed_on is null) c`,
)

export const StepRow = Type.Object({
  matterId: Text,
  revision: Type.Integer(),
  moveId: Text,
  move: Text,
  from: Text,
  to: Text,
  fields: Json,
  note: Text,
  dueAt: MaybeText,
  madeBy: Type.Union([By, Type.Literal('')]),
  authorId: MaybeText,
  author: MaybeText,
  at: Text,
})
export type StepRow = Static<typeof StepRow>
const step = sql`v.matter_id as "matterId", v.revision, v.move_id as "moveId", v.move, v.from_stage as "from", v.to_stage as "to", v.fields, v.note, v.due_at as "dueAt", v.made_by as "madeBy",
  v.author_id as "authorId", access.author_name(v.author_id) as author, v.at`

/** All steps of a matter, first to last. */
export const stepsOf = query(
  'matter.steps',
  StepRow,
  (p: Key) => sql`select ${step} from {matter.move} v where v.tenant_id = ${p.tenantId} and v.matter_id = ${p.matterId} order by v.revision`,
)
export const stepById = query(
  'matter.step-by-id',
  StepRow,
  (p: { tenantId: number; moveId: string }) => sql`select ${step} from {matter.move} v where v.tenant_id = ${p.tenantId} and v.move_id = ${p.moveId}`,
)

export interface NewStep extends Key {
  /** The revision that it is made from. */
  revision: number
  moveId: string
  move: string
  from: string
  stage: string
  fields: string
  note: string
  dueAt: string | null
  remindAt: string | null
  paused: boolean
  leftMinutes: number | null
  late: boolean
  overdue: boolean
  waitsFor: string
  closedOn: string | null
  outcome: string | null
  mergedInto: string | null
  personId: string | null
  madeBy: string
  authorId: string | null
  authorPersonId: string | null
  at: string
}

/** Makes a step: the matter as it stands now, and how it came there. No row where another step came first. */
export const insertStep = query(
  'matter.step',
  Type.Object({ revision: Type.Integer() }),
  (p: NewStep) => sql`
  with moved as (
    update matter.matter m set fields = jsonb_strip_nulls(m.fields || ${p.fields}::jsonb), stage = ${p.stage}, stage_since = case when ${p.from} = ${p.stage} then m.stage_since else ${p.at}::timestamptz end, waits_for = ${p.waitsFor},
      due_at = ${p.dueAt}, remind_at = ${p.remindAt}, paused = ${p.paused}, left_minutes = ${p.leftMinutes}, late = ${p.late}, person_id = ${p.personId}, revision = m.revision + 1, closed_on = ${p.closedOn}, outcome = ${p.outcome}, merged_into = ${p.mergedInto}
    where m.tenant_id = ${p.tenantId} and m.matter_id = ${p.matterId} and m.revision = ${p.revision}
    returning m.tenant_id, m.matter_id, m.revision, m.owner_id, m.asker_id
  )
  insert into matter.move (tenant_id, matter_id, revision, move_id, move, from_stage, to_stage, owner_id, asker_id, fields, note, due_at, paused, late, made_by, author_id, person_id, at)
  select m.tenant_id, m.matter_id, m.revision, ${p.moveId}, ${p.move}, ${p.from}, ${p.stage}, m.owner_id, m.asker_id, ${p.fields}::jsonb, ${p.note}, ${p.dueAt}, ${p.paused}, ${p.overdue}, ${p.madeBy},
    ${p.authorId}, ${p.authorPersonId}, ${p.at} from moved m
  returning revision`,
)
