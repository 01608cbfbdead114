// Entries of the audit trail; appended in the transaction of what they tell of.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export interface NewEntry {
  tenantId: number
  entryId: string
  actorId: string | null
  action: string
  objectKind: string
  objectId: string
  detail: string
  post: string | null
  postBodyId: string | null
  address: string | null
  requestId: string | null
}

export const insertEntry = query(
  'audit.insert-entry',
  Type.Object({}),
  (p: NewEntry) => sql`
  insert into audit.entry (tenant_id, entry_id, actor_id, action, object_kind, object_id, detail, post, post_body_id, address, request_id)
  values (${p.tenantId}, ${p.entryId}, ${p.actorId}, ${p.action}, ${p.objectKind}, ${p.objectId}, ${p.detail}::jsonb, ${p.post}, ${p.postBodyId}, ${p.address}, ${p.requestId})`,
)
