// A person's part in records.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const text = Type.String()

/** Every part that a person has in a version of a record, the newest record first. */
export const participationsOf = query(
  'ledger.participations-of',
  Type.Object({ recordId: text, version: Type.Integer(), kind: text, title: text, happenedOn: text, role: text, state: text }),
  (p: { tenantId: number; personId: string }) => sql`
  select q.record_id as "recordId", q.version, r.kind, r.title, r.happened_on as "happenedOn", q.role, r.state
  from {ledger.participant} q join {ledger.record} r on r.tenant_id = q.tenant_id and r.record_id = q.record_id and r.version = q.version
  where q.tenant_id = ${p.tenantId} and q.person_id = ${p.personId} order by r.happened_on desc, q.record_id, q.version, q.role`,
)
