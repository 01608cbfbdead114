// What records say of the pack's terms, and how many bodies enter.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const nothingLearned = query(
  'ledger.nothing-learned',
  Type.Object({ nothing: Type.Boolean() }),
  (p: { tenantId: number }) => sql`select not exists (select from {burden.known} k where k.tenant_id = ${p.tenantId}) as nothing`,
)

/** Writes what the valid records of some kinds say of terms. */
export const learnAll = query(
  'ledger.learn-all',
  Type.Object({}),
  (p: { tenantId: number; bound: readonly { kind: string; name: string; field: string; term: string; days: number }[] }) => sql`
  insert into burden.known (tenant_id, body_id, term, source_id, source, value, said_on, valid_until, known_from)
  select r.tenant_id, r.owner_id, x.term, r.record_id, x.name || '《' || r.title || '》', r.fields -> x.field, r.happened_on, r.happened_on + x.days, r.known_from
  from unnest(${p.bound.map(({ kind }) => kind)}::text[], ${p.bound.map(({ name }) => name)}::text[], ${p.bound.map(({ field }) => field)}::text[], ${p.bound.map(({ term }) => term)}::text[],
    ${p.bound.map(({ days }) => days)}::int[]) x(kind, name, field, term, days)
  join {ledger.record} r on r.kind = x.kind
  where r.tenant_id = ${p.tenantId} and r.known_until = 'infinity' and r.state = 'valid' and coalesce(r.fields -> x.field, 'null') <> 'null'
  on conflict do nothing`,
)

/** Kinds of record that each body of the scope entered since a day, and how many records. */
export const handedIn = query(
  'ledger.handed-in',
  Type.Object({ body: Type.String(), kinds: Type.Integer(), submissions: Type.Integer() }),
  (p: { tenantId: number; since: string }) => sql`
  select r.owner_id as body, count(distinct r.kind)::int as kinds, count(*)::int as submissions from {ledger.record} r
  where r.tenant_id = ${p.tenantId} and r.happened_on > ${p.since}::date and r.known_until = 'infinity' and r.state = 'valid' group by r.owner_id`,
)
