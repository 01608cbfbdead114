// Statements of marks. What is in force has no end of knowledge; a correction closes it and adds the next.
import { type Static, Type } from 'typebox'
import { empty, query, type Sql, sql } from '#server/kit/sql.ts'
import { MarkRow, MarkVersion } from './marks.contract.ts'

const { itemName: _itemName, ...stored } = MarkRow.properties
/** A mark as it is stored: without the pack's name of its item. */
export const StoredMark = Type.Object(stored)
export type StoredMark = Static<typeof StoredMark>

const text = Type.String()
const orNull = Type.Union([text, Type.Null()])

const subjectName = (asOf: string): Sql => sql`coalesce(
  (select u.name from org.unit u where u.tenant_id = m.tenant_id and u.unit_id = m.subject_id and u.known_from <= ${asOf}::timestamptz and u.known_until > ${asOf}::timestamptz order by u.valid_from desc limit 1),
  (select o.name from org.party_org o where o.tenant_id = m.tenant_id and o.party_org_id = m.subject_id and o.known_from <= ${asOf}::timestamptz and o.known_until > ${asOf}::timestamptz order by o.valid_from desc limit 1), '')`
const row = (
  asOf: string,
): Sql => sql`m.mark_id as "markId", m.subject_id as "subjectId", ${subjectName(asOf)} as "subjectName", m.item, trim_scale(m.value)::text as value,
  m.given_by as by, m.given_group as "group", m.given_on as "givenOn", m.source, m.known_from as "knownFrom"`

export interface MarkQuery {
  asOf: string
  q: string
  /** Items whose names hold `q`. */
  items: string[]
  from: string | undefined
  to: string | undefined
}

const filtered = ({ asOf, q, items, from, to }: MarkQuery): Sql => sql`m.tenant_id = (select kit.tenant_id()) and m.known_until = 'infinity'
  ${from === undefined ? empty : sql`and m.given_on >= ${from}::date`} ${to === undefined ? empty : sql`and m.given_on <= ${to}::date`}
  ${q === '' ? empty : sql`and (strpos(m.item, ${q}) > 0 or m.item = any (${items}::text[]) or strpos(${subjectName(asOf)}, ${q}) > 0)`}`

export const markPage = query(
  'ledger.mark-page',
  StoredMark,
  (p: MarkQuery & { after: { on: string; id: string } | undefined; limit: number }) => sql`
  select ${row(p.asOf)} from {ledger.mark} m where ${filtered(p)}
  ${p.after === undefined ? empty : sql`and (m.given_on, m.mark_id) < (${p.after.on}::date, ${p.after.id}::uuid)`}
  order by m.given_on desc, m.mark_id desc limit ${p.limit}`,
)

export const markCount = query(
  'ledger.mark-count',
  Type.Object({ count: Type.Integer() }),
  (p: MarkQuery & { most: number }) => sql`
  select count(*)::int as count from (select from {ledger.mark} m where ${filtered(p)} limit ${p.most + 1}) x`,
)

export const markById = query(
  'ledger.mark-by-id',
  Type.Object({ ...stored, knownUntil: orNull }),
  (p: { id: string; asOf: string }) => sql`
  select ${row(p.asOf)}, nullif(m.known_until, 'infinity') as "knownUntil" from {ledger.mark} m where m.tenant_id = (select kit.tenant_id()) and m.mark_id = ${p.id}::uuid`,
)

/** Every state of the mark of one subject, item, reviewer and day, the newest first. */
export const markVersions = query(
  'ledger.mark-versions',
  MarkVersion,
  (p: { subjectId: string; item: string; by: string; givenOn: string }) => sql`
  select trim_scale(m.value)::text as value, m.given_group as "group", m.source, m.reason, m.known_from as "knownFrom", nullif(m.known_until, 'infinity') as "knownUntil"
  from {ledger.mark} m where m.tenant_id = (select kit.tenant_id()) and m.subject_id = ${p.subjectId}::uuid and m.item = ${p.item} and m.given_by = ${p.by} and m.given_on = ${p.givenOn}::date
  order by m.known_from desc, m.mark_id desc`,
)

export const MarkNow = Type.Object({ markId: text, subjectId: text, item: text, by: text, givenOn: text, value: text, group: text })
export type MarkNow = Static<typeof MarkNow>
/** Marks in force of some subjects and items. */
export const marksNow = query(
  'ledger.marks-now',
  MarkNow,
  (p: { subjects: string[]; items: string[] }) => sql`
  select m.mark_id as "markId", m.subject_id as "subjectId", m.item, m.given_by as by, m.given_on as "givenOn", trim_scale(m.value)::text as value, m.given_group as "group"
  from {ledger.mark} m where m.tenant_id = (select kit.tenant_id()) and m.known_until = 'infinity' and m.subject_id = any(${p.subjects}::uuid[]) and m.item = any(${p.items}::text[])`,
)

/** Units and Party organisations of these names on a day. */
export const bodiesNamed = query(
  'ledger.bodies-named',
  Type.Object({ id: text, name: text }),
  (p: { names: string[]; on: string; asOf: string }) => sql`
  select u.unit_id as id, u.name from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.name = any(${p.names}::text[])
  union all select o.party_org_id as id, o.name from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where o.name = any(${p.names}::text[])`,
)

export const closeMarks = query(
  'ledger.close-marks',
  Type.Object({ markId: text }),
  (p: { ids: string[]; at: string }) => sql`
  update ledger.mark set known_until = greatest(${p.at}::timestamptz, known_from) where tenant_id = (select kit.tenant_id()) and mark_id = any(${p.ids}::uuid[]) and known_until = 'infinity' returning mark_id as "markId"`,
)

export interface NewMarkRow {
  mark_id: string
  subject_id: string
  item: string
  value: string
  given_by: string
  given_group: string
  given_on: string
  source: string
  import_hash: string | null
  reason: string
}
/** Adds marks; one that is in force already, for the same subject, item, reviewer and day, is not added. */
export const addMarks = query(
  'ledger.add-marks',
  Type.Object({ markId: text }),
  (p: { rows: string; at: string }) => sql`
  insert into ledger.mark (tenant_id, mark_id, subject_id, item, value, given_by, given_group, given_on, source, import_hash, reason, author_id, known_from)
  select (select kit.tenant_id()), x.mark_id, x.subject_id, x.item, x.value, x.given_by, x.given_group, x.given_on, x.source, x.import_hash, x.reason, kit.actor(), ${p.at}::timestamptz
  from jsonb_to_recordset(${p.rows}::jsonb) x(mark_id uuid, subject_id uuid, item text, value numeric, given_by text, given_group text, given_on date, source text, import_hash text, reason text)
  on conflict do nothing returning mark_id as "markId"`,
)

/** When a file was imported. */
export const importedAt = query(
  'ledger.marks-imported-at',
  Type.Object({ at: orNull }),
  (p: { hash: string }) => sql`select min(m.known_from) as at from {ledger.mark} m where m.tenant_id = (select kit.tenant_id()) and m.import_hash = ${p.hash}`,
)
