// What organisations still owe by the rhythms of the pack.
import { Type } from 'typebox'
import { empty, query, sql } from '#server/kit/sql.ts'

export const Owed = Type.Object({ kind: Type.String(), bodies: Type.Integer(), firstId: Type.String(), firstName: Type.String() })

/** Per kind: how many organisations have no record of it in the span, and the first of them by name. `ids` null: all. */
export const owedRecords = query(
  'ledger.owed',
  Owed,
  (p: { tenantId: number; on: string; asOf: string; ids: string[] | null; rhythms: string }) => sql`
  select k.kind, count(*)::int as bodies, (array_agg(b.party_org_id::text order by b.name, b.party_org_id))[1] as "firstId", (array_agg(b.name order by b.name, b.party_org_id))[1] as "firstName"
  from jsonb_to_recordset(${p.rhythms}::jsonb) k(kind text, first date, last date, of_kinds jsonb)
  join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) b on k.of_kinds ? b.kind ${p.ids === null ? empty : sql`and b.party_org_id = any (${p.ids}::uuid[])`}
  where not exists (
    select from {ledger.record} r where r.tenant_id = ${p.tenantId} and r.owner_id = b.party_org_id and r.known_until = 'infinity' and r.state = 'valid'
      and r.happened_on between k.first and k.last and r.kind = k.kind)
  group by k.kind`,
)
