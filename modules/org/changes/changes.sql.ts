// Reading and superseding rows of the organisation: rows that are known now, closing them, adding their successors.
import { type Static, type TObject, Type } from 'typebox'
import { owned, query, raw, sql } from '#server/kit/sql.ts'
import '../org-scope.sql.ts'

const text = Type.String()
const textOrNull = Type.Union([text, Type.Null()])
const span = { validFrom: text, validUntil: text }

interface Table<Row extends TObject> {
  table: string
  row: Row
  /** The column that tells the table's rows apart; the first property of `row`. */
  id: string
  /** Types of the columns, in the order of the properties of `row`. */
  types: string[]
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The statements every table needs. `rows` holds what `row` describes, as JSON. */
function statements<Row extends TObject>({ table, row, id, types }: Table<Row>) {
  const names = Object.keys(row.properties)
  const list = raw(names.map(snake).join(', '))
  const selected = raw(names.map((name) => `t.${snake(name)} as "${name}"`).join(', '))
  const record = raw(names.map((name, index) => `"${name}" ${types[index]}`).join(', '))
  const given = raw(names.map((name) => `r."${name}"`).join(', '))
  const place = raw(`org.${table}`)
  const read = raw(owned.has(`org.${table}`) ? `{org.${table}}` : `org.${table}`)
  const key = raw(snake(id))
  const open = (name: string, column: string) =>
    query(
      `org.open-${table}-by-${name}`,
      row,
      (p: { ids: string[]; on: string }) => sql`
      select ${selected} from ${read} t where t.tenant_id = (select kit.tenant_id()) and t.known_until = 'infinity' and t.${raw(column)} = any(${p.ids}::uuid[]) and t.valid_until > ${p.on}::date
      order by t.valid_from, t.${key}`,
    )
  return {
    open,
    close: query(
      `org.close-${table}`,
      Type.Object({}),
      (p: { ids: string[]; at: string }) => sql`
      update ${place} t set known_until = ${p.at}::timestamptz where t.tenant_id = (select kit.tenant_id()) and t.${key} = any(${p.ids}::uuid[]) and t.known_until = 'infinity'`,
    ),
    add: query(
      `org.add-${table}`,
      Type.Object({}),
      (p: { rows: string; at: string }) => sql`
      insert into ${place} (tenant_id, known_from, author_id, ${list}) select (select kit.tenant_id()), ${p.at}::timestamptz, kit.actor(), ${given} from jsonb_to_recordset(${p.rows}::jsonb) as r(${record})`,
    ),
  }
}

const UnitVersion = Type.Object({
  versionId: text,
  unitId: text,
  name: text,
  initials: text,
  kind: text,
  class: text,
  level: text,
  creditCode: textOrNull,
  divisionCode: textOrNull,
  staff: Type.Union([Type.Integer(), Type.Null()]),
  attributes: Type.Record(text, Type.Unknown()),
  ...span,
})
export type UnitVersion = Static<typeof UnitVersion>
const unit = statements({
  table: 'unit',
  row: UnitVersion,
  id: 'versionId',
  types: ['uuid', 'uuid', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'int', 'jsonb', 'date', 'date'],
})

const PartyOrgVersion = Type.Object({
  versionId: text,
  partyOrgId: text,
  name: text,
  initials: text,
  kind: text,
  unitId: text,
  attributes: Type.Record(text, Type.Unknown()),
  ...span,
})
export type PartyOrgVersion = Static<typeof PartyOrgVersion>
const partyOrg = statements({
  table: 'party_org',
  row: PartyOrgVersion,
  id: 'versionId',
  types: ['uuid', 'uuid', 'text', 'text', 'text', 'uuid', 'jsonb', 'date', 'date'],
})

const Placement = Type.Object({ placementId: text, tree: text, nodeId: text, parentId: textOrNull, ...span })
export type Placement = Static<typeof Placement>
const placement = statements({ table: 'placement', row: Placement, id: 'placementId', types: ['uuid', 'text', 'uuid', 'uuid', 'date', 'date'] })

const Membership = Type.Object({ membershipId: text, personId: text, partyOrgId: text, kind: text, ...span })
export type Membership = Static<typeof Membership>
const membership = statements({ table: 'membership', row: Membership, id: 'membershipId', types: ['uuid', 'uuid', 'uuid', 'text', 'date', 'date'] })

const Holding = Type.Object({ holdingId: text, post: text, bodyId: text, personId: text, ...span })
export type Holding = Static<typeof Holding>
const holding = statements({ table: 'holding', row: Holding, id: 'holdingId', types: ['uuid', 'text', 'uuid', 'uuid', 'date', 'date'] })

const Exception = Type.Object({ exceptionId: text, rule: text, bodyId: text, reason: text, ...span })
export type Exception = Static<typeof Exception>
const exception = statements({ table: 'exception', row: Exception, id: 'exceptionId', types: ['uuid', 'text', 'uuid', 'text', 'date', 'date'] })

/** Closing and adding, by table. */
export const tables = {
  unit: { id: 'versionId', ...unit },
  partyOrg: { id: 'versionId', ...partyOrg },
  placement: { id: 'placementId', ...placement },
  membership: { id: 'membershipId', ...membership },
  holding: { id: 'holdingId', ...holding },
  exception: { id: 'exceptionId', ...exception },
} as const

/** Rows known now that are in force on `on` or later. */
export const openUnits = unit.open('unit', 'unit_id')
export const openPartyOrgs = partyOrg.open('org', 'party_org_id')
export const openPartyOrgsOfUnits = partyOrg.open('unit', 'unit_id')
export const openPlaces = placement.open('node', 'node_id')
export const openPlacesBelow = placement.open('parent', 'parent_id')
export const openMembershipsOfOrgs = membership.open('org', 'party_org_id')
export const openMembershipsOfPersons = membership.open('person', 'person_id')
export const openMemberships = membership.open('id', 'membership_id')
export const openHoldingsAt = holding.open('body', 'body_id')
export const openHoldings = holding.open('id', 'holding_id')
export const openExceptionsOf = exception.open('body', 'body_id')
export const openExceptions = exception.open('id', 'exception_id')

export const lockChanges = query('org.lock-changes', Type.Object({}), (_p: object) => sql`select from org.lock_changes()`)

export const changeById = query(
  'org.change-by-id',
  Type.Object({ inputHash: text, reply: Type.Record(text, Type.Unknown()) }),
  (p: { id: string }) => sql`
  select c.input_hash as "inputHash", c.reply from org.change c where c.tenant_id = (select kit.tenant_id()) and c.change_id = ${p.id}::uuid`,
)

export const addChange = query(
  'org.add-change',
  Type.Object({}),
  (p: { id: string; kind: string; on: string; inputHash: string; reply: string; note: string; at: string; bodies: string[] }) => sql`
  with change as (
    insert into org.change (tenant_id, change_id, kind, took_effect_on, input_hash, reply, note, known_from, author_id)
    values ((select kit.tenant_id()), ${p.id}::uuid, ${p.kind}, ${p.on}::date, ${p.inputHash}, ${p.reply}::jsonb, ${p.note}, ${p.at}::timestamptz, kit.actor()) returning tenant_id, change_id
  )
  insert into org.change_body (tenant_id, change_id, body_id) select change.tenant_id, change.change_id, b from change, unnest(${p.bodies}::uuid[]) b`,
)

const Revision = Type.Object({ id: text, revision: textOrNull, changedAt: textOrNull })
/** The newest change of each body. */
export const revisionsOf = query(
  'org.revisions-of',
  Revision,
  (p: { ids: string[] }) => sql`
  select i.id, c.change_id as revision, c.known_from as "changedAt" from unnest(${p.ids}::uuid[]) i(id)
  left join lateral (
    select c.change_id, c.known_from from org.change_body b join org.change c on c.tenant_id = b.tenant_id and c.change_id = b.change_id
    where b.tenant_id = (select kit.tenant_id()) and b.body_id = i.id order by c.known_from desc, c.change_id desc limit 1
  ) c on true`,
)

/** Every placement of a tree that is known now and in force on the day or later: for cycles. */
export const wholeTree = query(
  'org.whole-tree',
  Type.Object({ nodeId: text, parentId: textOrNull }),
  (p: { tree: string; on: string }) => sql`
  select n.node_id as "nodeId", n.parent_id as "parentId" from org.placement n
  where n.tenant_id = (select kit.tenant_id()) and n.tree = ${p.tree} and n.known_until = 'infinity' and n.valid_until > ${p.on}::date order by n.valid_from`,
)

const Clash = Type.Object({ id: text, name: text })
/** A unit or Party organisation in force on the day or later that has this name or this credit code already. */
export const unitsLike = query(
  'org.units-like',
  Type.Object({ ...Clash.properties, creditCode: textOrNull }),
  (p: { name: string; creditCode: string | null; on: string }) => sql`
  select u.unit_id as id, u.name, u.credit_code as "creditCode" from org.unit u
  where u.tenant_id = (select kit.tenant_id()) and u.known_until = 'infinity' and u.valid_until > ${p.on}::date and (u.name = ${p.name} or u.credit_code = ${p.creditCode})`,
)
export const partyOrgsLike = query(
  'org.party-orgs-like',
  Clash,
  (p: { name: string; on: string }) => sql`
  select o.party_org_id as id, o.name from org.party_org o
  where o.tenant_id = (select kit.tenant_id()) and o.known_until = 'infinity' and o.valid_until > ${p.on}::date and o.name = ${p.name}`,
)

export const addLineage = query(
  'org.add-lineage',
  Type.Object({}),
  (p: { rows: string; at: string }) => sql`
  insert into org.lineage (tenant_id, lineage_id, kind, took_effect_on, from_id, to_id, note, known_from, author_id)
  select (select kit.tenant_id()), r.id, r.kind, r."on", r."from", r."to", r.note, ${p.at}::timestamptz, kit.actor()
  from jsonb_to_recordset(${p.rows}::jsonb) as r(id uuid, kind text, "on" date, "from" uuid, "to" uuid, note text)`,
)

export const openTerm = query(
  'org.open-term',
  Type.Object({ termId: text, electedOn: text, dueOn: text }),
  (p: { partyOrgId: string }) => sql`
  select t.term_id as "termId", t.elected_on as "electedOn", t.due_on as "dueOn" from org.term t
  where t.tenant_id = (select kit.tenant_id()) and t.party_org_id = ${p.partyOrgId}::uuid and t.known_until = 'infinity' order by t.elected_on desc, t.term_id desc`,
)
export const closeTerm = query(
  'org.close-term',
  Type.Object({}),
  (p: { id: string; at: string }) => sql`
  update org.term t set known_until = ${p.at}::timestamptz where t.tenant_id = (select kit.tenant_id()) and t.term_id = ${p.id}::uuid and t.known_until = 'infinity'`,
)
export const addTerm = query(
  'org.add-term',
  Type.Object({}),
  (p: { id: string; partyOrgId: string; electedOn: string; dueOn: string; at: string }) => sql`
  insert into org.term (tenant_id, term_id, party_org_id, elected_on, due_on, known_from, author_id)
  values ((select kit.tenant_id()), ${p.id}::uuid, ${p.partyOrgId}::uuid, ${p.electedOn}::date, ${p.dueOn}::date, ${p.at}::timestamptz, kit.actor())`,
)

/** The person, and whether it ever belonged or served in one of the bodies; `bodies` null asks for anyone. */
export const personKnown = query(
  'org.person-known',
  Type.Object({ id: text, name: text }),
  (p: { id: string; bodies: string[] | null }) => sql`
  select p.person_id as id, p.name from {org.person} p
  where p.tenant_id = (select kit.tenant_id()) and p.person_id = ${p.id}::uuid and (${p.bodies}::uuid[] is null
    or exists (select from {org.membership} m where m.tenant_id = p.tenant_id and m.person_id = p.person_id and m.party_org_id = any(${p.bodies}::uuid[]))
    or exists (select from org.holding h where h.tenant_id = p.tenant_id and h.person_id = p.person_id and h.body_id = any(${p.bodies}::uuid[])))`,
)
export const addPersons = query(
  'org.add-persons',
  Type.Object({}),
  (p: { rows: string }) => sql`
  insert into org.person (tenant_id, person_id, name, initials, sex, birth_year)
  select (select kit.tenant_id()), r.id, r.name, r.initials, r.sex, r."birthYear" from jsonb_to_recordset(${p.rows}::jsonb) as r(id uuid, name text, initials text, sex text, "birthYear" int)`,
)
