// Records for a matter, and open matters for a record.
import { Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()

/** Valid records of bodies and of the matter's unit within a time that are not linked to the matter; the newest first. */
export const recordsFor = query(
  'matter.records-for',
  Type.Object({ recordId: Text, title: Text, happenedOn: Text, kind: Text }),
  (p: { tenantId: number; matterId: string; bodies: readonly string[]; from: string; to: string; limit: number }) => sql`
  select r.record_id as "recordId", r.title, r.happened_on as "happenedOn", r.kind from {ledger.record} r
  where r.tenant_id = ${p.tenantId} and r.owner_id = any (${p.bodies}::uuid[] || (select m.unit_id from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.matter_id = ${p.matterId})) and r.known_until = 'infinity' and r.state = 'valid'
    and r.happened_on >= ${p.from}::date and r.happened_on <= ${p.to}::date
    and not exists (select from {matter.link} l where l.tenant_id = r.tenant_id and l.matter_id = ${p.matterId} and l.record_id = r.record_id)
  order by r.happened_on desc, r.record_id desc limit ${p.limit}`,
)

/** The record in force. */
export const recordOf = query(
  'matter.record-of',
  Type.Object({ kind: Text, title: Text, happenedOn: Text, ownerId: Text, unitId: Text }),
  (p: { tenantId: number; recordId: string }) => sql`
  select r.kind, r.title, r.happened_on as "happenedOn", r.owner_id as "ownerId", r.unit_id as "unitId" from {ledger.record} r
  where r.tenant_id = ${p.tenantId} and r.record_id = ${p.recordId} and r.known_until = 'infinity' and r.state = 'valid'`,
)

/** Open matters of the record's body, or of a body of its unit where the record is the unit's, that were there on its day, wait for their owner and have no link to it; by deadline. */
export const mattersFor = query(
  'matter.matters-for',
  Type.Object({ matterId: Text, kind: Text, hash: Text, title: Text, ownerId: Text, dueAt: orNull(Text) }),
  (p: { tenantId: number; recordId: string; ownerId: string; unitId: string; on: string; limit: number }) => sql`
  select m.matter_id as "matterId", m.kind, m.hash, m.title, m.owner_id as "ownerId", m.due_at as "dueAt" from {matter.matter} m
  where m.tenant_id = ${p.tenantId} and m.unit_id = ${p.unitId} and (m.owner_id = ${p.ownerId} or ${p.ownerId}::uuid = ${p.unitId}) and m.closed_on is null and m.waits_for = 'owner' and m.opened_on <= ${p.on}::date
    and not exists (select from {matter.link} l where l.tenant_id = m.tenant_id and l.matter_id = m.matter_id and l.record_id = ${p.recordId})
  order by coalesce(m.due_at, 'infinity'), m.matter_id limit ${p.limit}`,
)
