// Every statement of the ledger but its fact sources.
import { type Static, Type } from 'typebox'
import { empty, ofScope, protect, query, type Sql, sql } from '#server/kit/sql.ts'
import { RecordRow } from './ledger.contract.ts'

for (const table of ['record', 'participant', 'attachment']) protect(`ledger.${table}`, ofScope('owner_id'))
protect('ledger.mark', ofScope('subject_id'))

const nullableText = Type.Union([Type.String(), Type.Null()])

/** The name that the body of record `r` had on the day. */
const bodyName = sql`coalesce(
  (select o.name from org.party_org o where o.tenant_id = r.tenant_id and o.party_org_id = r.party_org_id and o.valid_from <= r.happened_on and o.valid_until > r.happened_on and o.known_until = 'infinity' limit 1),
  (select u.name from org.unit u where u.tenant_id = r.tenant_id and u.unit_id = r.unit_id and u.valid_from <= r.happened_on and u.valid_until > r.happened_on and u.known_until = 'infinity' limit 1))`

/** What an entry must know of the organisation on the day, in one look. */
export const EntryContext = Type.Object({
  unitId: nullableText,
  partyOrgId: nullableText,
  bodyName: nullableText,
  orgKind: nullableText,
  members: Type.Integer(),
  strangers: Type.Array(Type.String()),
  notOnRoll: Type.Array(Type.String()),
  holders: Type.Array(Type.String()),
})
export type EntryContext = Static<typeof EntryContext>

const nobody = sql`'{}'::text[]`
const strangers = (people: string[]): Sql =>
  sql`array(select id::text from unnest(${people}::uuid[]) id where not exists (select from {org.person} x where x.tenant_id = (select kit.tenant_id()) and x.person_id = id))`

/** Of people who aren't named nothing is asked: an entry is the most frequent write. */
export const entryContext = query(
  'ledger.entry-context',
  EntryContext,
  (p: { bodyId: string; on: string; asOf: string; people: string[]; absent: string[] }) => sql`
  with roll as (select person_id from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} where party_org_id = ${p.bodyId})
  select body.unit_id as "unitId", body.party_org_id as "partyOrgId", body.name as "bodyName", body.kind as "orgKind", (select count(*)::int from roll) as members,
    ${p.people.length === 0 ? nobody : strangers(p.people)} as strangers, ${p.absent.length === 0 ? nobody : sql`array(select id::text from unnest(${p.absent}::uuid[]) id where not exists (select from roll where roll.person_id = id))`} as "notOnRoll",
    ${p.people.length === 0 ? nobody : sql`array(select h.post || ' ' || h.person_id from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h where h.body_id = ${p.bodyId})`} as holders
  from (select) one left join (
    select unit_id, party_org_id, name, kind from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) where party_org_id = ${p.bodyId}
    union all
    select unit_id, null, name, null from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) where unit_id = ${p.bodyId}) body on true`,
)

export interface NewVersion {
  tenantId: number
  recordId: string
  version: number
  kind: string
  unitId: string
  partyOrgId: string | null
  ownerId: string
  happenedOn: string
  title: string
  place: string
  fields: string
  due: number | null
  present: number | null
  state: string
  complete: boolean
  late: boolean
  reason: string
  /** When the version before it was closed; null for the first one: now. */
  knownFrom: string | null
  authorId: string | null
  roles: string[]
  persons: string[]
  bigrams: number[]
}

/** Writes a version with its people and the pairs of characters of its title. No row where the id and version are taken. */
export const insertVersion = query(
  'ledger.insert-version',
  Type.Object({ knownFrom: Type.String() }),
  (p: NewVersion) => sql`
  with written as (
    insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, place, fields, due, present, state, complete, late, reason, author_id, known_from)
    values (${p.tenantId}, ${p.recordId}, ${p.version}, ${p.kind}, ${p.unitId}, ${p.partyOrgId}, ${p.happenedOn}, ${p.title}, ${p.place}, ${p.fields}::jsonb, ${p.due}, ${p.present}, ${p.state},
      ${p.complete}, ${p.late}, ${p.reason}, ${p.authorId}, coalesce(${p.knownFrom}::timestamptz, kit.now()))
    on conflict do nothing
    returning tenant_id, record_id, version, known_from
  ), people as (
    insert into ledger.participant (tenant_id, record_id, version, role, person_id, owner_id)
    select w.tenant_id, w.record_id, w.version, x.role, x.person_id, ${p.ownerId} from written w, unnest(${p.roles}::text[], ${p.persons}::uuid[]) x(role, person_id)
  ), pairs as (
    insert into ledger.bigram (tenant_id, bigram, record_id)
    select w.tenant_id, b, w.record_id from written w, unnest(${p.bigrams}::int[]) b on conflict do nothing
  )
  select known_from as "knownFrom" from written`,
)

/** Closes the version in force. No row when it is not the one in force, or was withdrawn. */
export const closeVersion = query(
  'ledger.close-version',
  Type.Object({ knownUntil: Type.String() }),
  (p: { tenantId: number; recordId: string; version: number }) => sql`
  update ledger.record set known_until = greatest(kit.now(), known_from)
  where tenant_id = ${p.tenantId} and record_id = ${p.recordId} and version = ${p.version} and known_until = 'infinity' and state = 'valid' returning known_until as "knownUntil"`,
)

export const VersionRow = Type.Object({
  recordId: Type.String(),
  version: Type.Integer(),
  kind: Type.String(),
  unitId: Type.String(),
  partyOrgId: nullableText,
  ownerId: Type.String(),
  happenedOn: Type.String(),
  title: Type.String(),
  place: Type.String(),
  fields: Type.Unknown(),
  due: Type.Union([Type.Integer(), Type.Null()]),
  present: Type.Union([Type.Integer(), Type.Null()]),
  state: Type.String(),
  complete: Type.Boolean(),
  late: Type.Boolean(),
  reason: Type.String(),
  authorId: nullableText,
  author: nullableText,
  knownFrom: Type.String(),
  knownUntil: Type.String(),
  bodyName: nullableText,
})
export type VersionRow = Static<typeof VersionRow>

/** All versions of a record, newest first. */
export const versionsOf = query(
  'ledger.versions-of',
  VersionRow,
  (p: { tenantId: number; recordId: string }) => sql`
  select r.record_id as "recordId", r.version, r.kind, r.unit_id as "unitId", r.party_org_id as "partyOrgId", r.owner_id as "ownerId", r.happened_on as "happenedOn", r.title, r.place, r.fields, r.due,
    r.present, r.state, r.complete, r.late, r.reason, r.author_id as "authorId", access.author_name(r.author_id) as author, r.known_from as "knownFrom", r.known_until as "knownUntil", ${bodyName} as "bodyName"
  from {ledger.record} r where r.tenant_id = ${p.tenantId} and r.record_id = ${p.recordId} order by r.version desc`,
)

export const PersonRow = Type.Object({ version: Type.Integer(), role: Type.String(), id: Type.String(), name: nullableText })
export type PersonRow = Static<typeof PersonRow>

/** The people of all versions of a record; names of those the reader may not see are null. */
export const peopleOf = query(
  'ledger.people-of',
  PersonRow,
  (p: { tenantId: number; recordId: string }) => sql`
  select q.version, q.role, q.person_id as id, x.name from {ledger.participant} q left join {org.person} x on x.tenant_id = q.tenant_id and x.person_id = q.person_id
  where q.tenant_id = ${p.tenantId} and q.record_id = ${p.recordId} order by q.version, q.role, x.name, q.person_id`,
)

/** From so many titles on a pair of characters is common. */
const COMMON = 2000

export interface Filter {
  tenantId: number
  kind?: string | undefined
  owners?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
  /** What the title must hold, as `searchText` writes it, and the rarest pair of characters in it, by which the records are looked up. */
  words?: string[] | undefined
  pair?: { code: number; records: number } | undefined
  state?: 'late' | 'incomplete' | undefined
}

function conditions(p: Filter): Sql {
  const parts = [sql`r.tenant_id = ${p.tenantId} and r.known_until = 'infinity' and r.state = 'valid'`]
  if (p.kind !== undefined) parts.push(sql`r.kind = ${p.kind}`)
  if (p.owners !== undefined) parts.push(sql`r.owner_id = any (${p.owners}::uuid[])`)
  if (p.from !== undefined) parts.push(sql`r.happened_on >= ${p.from}::date`)
  if (p.to !== undefined) parts.push(sql`r.happened_on <= ${p.to}::date`)
  if (p.state === 'late') parts.push(sql`r.late`)
  if (p.state === 'incomplete') parts.push(sql`not r.complete`)
  if (p.pair !== undefined) {
    const records = sql`select b.record_id from ledger.bigram b where b.tenant_id = ${p.tenantId} and b.bigram = ${p.pair.code}`
    // A rare pair gives the records to look at; with a common one the records are walked in order and each is asked for it.
    parts.push(p.pair.records < COMMON ? sql`r.record_id = any (array(${records}))` : sql`r.record_id in (${records})`)
  }
  // The pair alone also finds titles that had it before a correction, or have the word's other characters elsewhere.
  for (const word of p.words ?? []) parts.push(sql`strpos(replace(lower(normalize(r.title, nfkc)), ' ', ''), ${word}) > 0`)
  return parts.reduce((left, right) => sql`${left} and ${right}`)
}

/** Of pairs of characters the one in the fewest titles, and in how many, counted to `COMMON`. One pair and a look at the titles is ten times quicker than meeting several. */
export const rarestPair = query(
  'ledger.rarest-pair',
  Type.Object({ code: Type.Integer(), records: Type.Integer() }),
  (p: { tenantId: number; pairs: number[] }) => sql`
  select x.code, c.records from unnest(${p.pairs}::int[]) x(code)
  cross join lateral (select count(*)::int as records from (select from ledger.bigram b where b.tenant_id = ${p.tenantId} and b.bigram = x.code limit ${COMMON}) found) c
  order by c.records, x.code limit 1`,
)

const rowColumns = sql`r.record_id as "recordId", r.version, r.kind, r.title, r.place, r.happened_on as "happenedOn", r.unit_id as "unitId", r.party_org_id as "partyOrgId",
  coalesce(${bodyName}, '') as "bodyName", r.due, r.present, r.complete, r.late, r.known_from as "knownFrom"`

/** A page of records, newest first; `after` is the last row of the page before. */
export const recordPage = query(
  'ledger.page',
  RecordRow,
  (p: Filter & { after?: { on: string; id: string } | undefined; limit: number }) => sql`
  select ${rowColumns} from (
    select r.* from {ledger.record} r where ${conditions(p)} ${p.after === undefined ? empty : sql`and (r.happened_on, r.record_id) < (${p.after.on}::date, ${p.after.id}::uuid)`}
    order by r.happened_on desc, r.record_id desc limit ${p.limit}) r
  order by r.happened_on desc, r.record_id desc`,
)

/** How many records the filter finds, counted to `most` + 1. */
export const recordCount = query(
  'ledger.count',
  Type.Object({ count: Type.Integer() }),
  (p: Filter & { most: number }) => sql`
  select count(*)::int as count from (select from {ledger.record} r where ${conditions(p)} limit ${p.most + 1}) r`,
)

/** How many records the filter finds by month (YYYY-MM); months without any are left out. */
export const recordsByMonth = query(
  'ledger.by-month',
  Type.Object({ month: Type.String(), count: Type.Integer() }),
  (p: Filter) => sql`
  select to_char(m.month, 'YYYY-MM') as month, m.count from (
    select date_trunc('month', r.happened_on::timestamp) as month, count(*)::int as count from {ledger.record} r where ${conditions(p)} group by 1) m
  order by 1`,
)

/** Records by id as they were known at a moment, for whoever shows the rows of a figure. */
export const recordsByIds = query(
  'ledger.by-ids',
  RecordRow,
  (p: { tenantId: number; ids: string[]; asOf: string }) => sql`
  select ${rowColumns} from {ledger.record} r
  where r.tenant_id = ${p.tenantId} and r.record_id = any (${p.ids}::uuid[]) and r.known_from <= ${p.asOf}::timestamptz and r.known_until > ${p.asOf}::timestamptz`,
)

/** The members of a Party organisation on a day. */
export const rollOf = query(
  'ledger.roll',
  Type.Object({ id: Type.String(), name: Type.String(), initials: Type.String() }),
  (p: { bodyId: string; on: string; asOf: string }) => sql`
  select x.person_id as id, x.name, x.initials from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m
  join {org.person} x on x.tenant_id = m.tenant_id and x.person_id = m.person_id where m.party_org_id = ${p.bodyId} order by x.initials, x.name, x.person_id`,
)

/** The bodies that a reader may enter records for: those of the scope given, as of a day. */
export const bodiesOf = query(
  'ledger.bodies',
  Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), orgKind: Type.String() }),
  (p: { ids: string[]; on: string; asOf: string; limit: number }) => sql`
  select * from (
    select o.party_org_id as id, o.name, 'party-org' as kind, o.kind as "orgKind" from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where o.party_org_id = any (${p.ids}::uuid[])
    union all
    select u.unit_id, u.name, 'unit', '' from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = any (${p.ids}::uuid[])) b
  order by kind, name limit ${p.limit}`,
)

export const AttachmentRow = Type.Object({
  id: Type.String(),
  /** The record or objection that it is a file of. */
  ofId: Type.String(),
  hash: Type.String(),
  name: Type.String(),
  mediaType: Type.String(),
  bytes: Type.Integer(),
})
export type AttachmentRow = Static<typeof AttachmentRow>
const attachmentColumns = sql`attachment_id as id, of_id as "ofId", hash, name, media_type as "mediaType", bytes`

/** Files that come to one thing at once wait for each other: the same one twice stays one, and none comes over the limit. */
export const lockFiles = query(
  'ledger.lock-files',
  Type.Object({}),
  (p: { ofId: string }) => sql`select pg_advisory_xact_lock(7007, hashtext(${p.ofId})) is null as "done"`,
)

export const attachmentsOf = query(
  'ledger.attachments-of',
  AttachmentRow,
  (p: { tenantId: number; ofId: string }) => sql`
  select ${attachmentColumns} from {ledger.attachment} where tenant_id = ${p.tenantId} and of_id = ${p.ofId} and known_until = 'infinity' order by known_from, attachment_id`,
)
export const attachmentsOfAll = query(
  'ledger.attachments-of-all',
  AttachmentRow,
  (p: { tenantId: number; ofIds: string[] }) => sql`
  select ${attachmentColumns} from {ledger.attachment} where tenant_id = ${p.tenantId} and of_id = any (${p.ofIds}::uuid[]) and known_until = 'infinity' order by known_from, attachment_id`,
)
export const attachmentById = query(
  'ledger.attachment-by-id',
  AttachmentRow,
  (p: { tenantId: number; attachmentId: string }) => sql`
  select ${attachmentColumns} from {ledger.attachment} where tenant_id = ${p.tenantId} and attachment_id = ${p.attachmentId} and known_until = 'infinity'`,
)
export const insertAttachment = query(
  'ledger.insert-attachment',
  Type.Object({}),
  (p: AttachmentRow & { tenantId: number; ownerId: string; authorId: string | null }) => sql`
  insert into ledger.attachment (tenant_id, attachment_id, of_id, owner_id, hash, name, media_type, bytes, author_id, known_from)
  values (${p.tenantId}, ${p.id}, ${p.ofId}, ${p.ownerId}, ${p.hash}, ${p.name}, ${p.mediaType}, ${p.bytes}, ${p.authorId}, kit.now())`,
)
