// Whose facts have changed since a moment.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const MaybeId = Type.Union([Type.String(), Type.Null()])

/**
 * The sources of which facts have become known, or ceased to be, since a moment, with the bodies they belong to or belonged to before;
 * at most `limit` rows.
 */
export const touchedSince = query(
  'ledger.touched-since',
  Type.Object({ source: Type.String(), unitId: MaybeId, partyOrgId: MaybeId }),
  (p: { tenantId: number; since: string; limit: number }) => sql`
  select distinct 'record.' || r.kind as source, r.unit_id as "unitId", r.party_org_id as "partyOrgId"
  from {ledger.record} r
  where r.tenant_id = ${p.tenantId}
    and r.record_id = any (array(select c.record_id from {ledger.record} c where c.tenant_id = ${p.tenantId} and c.known_from >= ${p.since}::timestamptz limit ${p.limit}::int))
  union
  select 'mark', m.subject_id, m.subject_id from {ledger.mark} m where m.tenant_id = ${p.tenantId} and m.known_from >= ${p.since}::timestamptz
  union
  select 'mark', m.subject_id, m.subject_id from {ledger.mark} m
  where m.tenant_id = ${p.tenantId} and m.known_until >= ${p.since}::timestamptz and m.known_until < 'infinity'
  limit ${p.limit}::int`,
)
