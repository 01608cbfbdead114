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
  /** Position of the last row of the page before. */
  after?: number | undefined
  limit: number
}

/** What a link must fit besides its actor, in the order and number of a page. */
function pageOf({ tenantId, action, objectId, address, from, until, after, limit }: EntryFilter): Sql {
  const given = (value: unknown, condition: Sql): Sql => (value === undefined ? empty : sql` and ${condition}`)
  return sql`l.tenant_id = ${tenantId}${given(action, sql`l.action = ${action}`)}${given(objectId, sql`l.object_id = ${objectId}`)}${given(address, sql`l.address = ${address}`)}${given(
    from,
    sql`l.at >= ${from}::timestamptz`,
  )}${given(until, sql`l.at < ${until}::timestamptz`)}${given(
    after,
    sql`(l.at, l.seq) < ((select k.at from audit.link k where k.tenant_id = ${tenantId} and k.seq = ${after}), ${after}::bigint)`,
  )} order by l.at desc, l.seq desc limit ${limit}`
}

/** The entries of one page. Each filter has an index of its own that ends in (at, seq), so a page is read from its end; of several actors each by itself. */
export const searchEntries = query(
  'audit.search-entries',
  FoundEntry,
  (p: EntryFilter) => sql`
  select l.seq, l.entry_id as "entryId", l.at, l.actor_id as "actorId", l.action, l.object_kind as "objectKind", l.object_id as "objectId", l.address,
    e.post, e.post_body_id as "postBodyId"
  from ${
    p.actors === undefined
      ? sql`(select * from audit.link l where ${pageOf(p)}) l`
      : sql`unnest(${p.actors}::uuid[]) as a (id) cross join lateral (select * from audit.link l where l.actor_id = a.id and ${pageOf(p)}) l`
  }
  cross join lateral (select * from audit.entry e where e.tenant_id = l.tenant_id and e.xid = l.xid and e.entry_id = l.entry_id offset 0) e
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
