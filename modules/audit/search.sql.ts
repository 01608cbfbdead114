// Entries for the page 审计: sealed ones, newest first, by whatever is asked for, page by page by their key.
import { type Static, Type } from 'typebox'
import { empty, query, type Sql, sql } from '#server/kit/sql.ts'

const Nullable = Type.Union([Type.String(), Type.Null()])

const FoundEntry = Type.Object({
  seq: Type.Integer(),
  entryId: Type.String(),
  at: Type.String(),
  actorId: Nullable,
  action: Type.String(),
  objectKind: Type.String(),
  objectId: Type.String(),
  address: Nullable,
  post: Nullable,
  postBodyId: Nullable,
})
export type FoundEntry = Static<typeof FoundEntry>

export interface EntryFilter {
  tenantId: number
  /** Accounts; an empty list finds nothing. */
  actors?: readonly string[] | undefined
  action?: string | undefined
  objectId?: string | undefined
  address?: string | undefined
  /** Moments, `until` not included. */
  from?: string | undefined
  until?: string | undefined
  /** The last row of the page before. */
  after?: { at: string; seq: number } | undefined
  limit: number
}

const where = (condition: Sql | undefined): Sql => (condition === undefined ? empty : sql` and ${condition}`)

/** The entries of one page. Each filter has an index of its own that ends in (at, seq), so a page is read from its end. */
export const searchEntries = query(
  'audit.search-entries',
  FoundEntry,
  (p: EntryFilter) => sql`
  select l.seq, l.entry_id as "entryId", l.at, l.actor_id as "actorId", l.action, l.object_kind as "objectKind", l.object_id as "objectId", l.address,
    e.post, e.post_body_id as "postBodyId"
  from audit.link l join audit.entry e on e.tenant_id = l.tenant_id and e.xid = l.xid and e.entry_id = l.entry_id
  where l.tenant_id = ${p.tenantId}${where(p.actors && sql`l.actor_id = any (${p.actors}::uuid[])`)}${where(p.action === undefined ? undefined : sql`l.action = ${p.action}`)}${where(
    p.objectId === undefined ? undefined : sql`l.object_id = ${p.objectId}`,
  )}${where(p.address === undefined ? undefined : sql`l.address = ${p.address}`)}${where(p.from === undefined ? undefined : sql`l.at >= ${p.from}::timestamptz`)}${where(
    p.until === undefined ? undefined : sql`l.at < ${p.until}::timestamptz`,
  )}${where(p.after && sql`(l.at, l.seq) < (${p.after.at}::timestamptz, ${p.after.seq}::bigint)`)}
  order by l.at desc, l.seq desc limit ${p.limit}`,
)

/** One sealed entry, whole. */
export const readEntry = query(
  'audit.read-entry',
  Type.Object({ ...FoundEntry.properties, detail: Type.Unknown(), requestId: Nullable, alg: Type.String(), hash: Type.String() }),
  (p: { tenantId: number; seq: number }) => sql`
  select l.seq, l.entry_id as "entryId", l.at, l.actor_id as "actorId", l.action, l.object_kind as "objectKind", l.object_id as "objectId", l.address,
    e.post, e.post_body_id as "postBodyId", e.detail, e.request_id as "requestId", l.alg, l.hash
  from audit.link l join audit.entry e on e.tenant_id = l.tenant_id and e.xid = l.xid and e.entry_id = l.entry_id
  where l.tenant_id = ${p.tenantId} and l.seq = ${p.seq}`,
)

/** How far the chain is, how far it is signed, and since when entries wait to be sealed. */
export const chainState = query(
  'audit.chain-state',
  Type.Object({
    seq: Type.Integer(),
    signedSeq: Type.Union([Type.Integer(), Type.Null()]),
    signedAt: Nullable,
    first: Nullable,
  }),
  (p: { tenantId: number }) => sql`
  select coalesce(l.seq, 0) as seq, c.seq as "signedSeq", c.at as "signedAt", (select f.at from audit.link f where f.tenant_id = ${p.tenantId} order by f.seq limit 1) as first
  from (select 1) as one
  left join lateral (select seq from audit.link where tenant_id = ${p.tenantId} order by seq desc limit 1) l on true
  left join lateral (select seq, at from audit.checkpoint where tenant_id = ${p.tenantId} order by seq desc limit 1) c on true`,
)
