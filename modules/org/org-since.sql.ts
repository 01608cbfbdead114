// Whether the organisation has changed since a moment.
import { Type } from 'typebox'
import { join, query, sql } from '#server/kit/sql.ts'

const tables = [sql`org.unit`, sql`org.party_org`, sql`org.placement`, sql`org.lineage`, sql`{org.membership}`, sql`org.holding`, sql`org.term`]

/** True where a row of the organisation has become known, or ceased to be, at or after a moment. */
export const changedSince = query(
  'org.changed-since',
  Type.Object({ changed: Type.Boolean() }),
  (p: { tenantId: number; since: string }) =>
    sql`select ${join(
      tables.flatMap((table) => [
        sql`exists (select from ${table} t where t.tenant_id = ${p.tenantId} and t.known_from >= ${p.since}::timestamptz)`,
        sql`exists (select from ${table} t where t.tenant_id = ${p.tenantId} and t.known_until >= ${p.since}::timestamptz and t.known_until < 'infinity')`,
      ]),
      ' or ',
    )} as changed`,
)
