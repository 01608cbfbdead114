// What a body wrote the last time it made the same move.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'
import { Json } from './matter.sql.ts'

const Text = Type.String()

/** The newest step of each of some moves that a body made in any of its matters of a kind, with what was filled in. */
export const lastOf = query(
  'matter.last-of',
  Type.Object({ move: Text, fields: Json, at: Text }),
  (p: { tenantId: number; ownerId: string; kind: string; moves: readonly string[] }) => sql`
  select distinct on (v.move) v.move, v.fields, v.at
  from {matter.matter} m join {matter.move} v on v.tenant_id = m.tenant_id and v.matter_id = m.matter_id
  where m.tenant_id = ${p.tenantId} and m.owner_id = ${p.ownerId} and m.kind = ${p.kind} and v.move = any (${p.moves}::text[]) and v.fields <> '{}'
  order by v.move, v.at desc`,
)
