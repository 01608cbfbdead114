// The chain in the database: what is not sealed yet, links, checkpoints, and how far syslog is.
import { type Static, Type } from 'typebox'
import { query, raw, sql } from '#server/kit/sql.ts'
import { Checkpoint, SealedEntry } from './chain.ts'

/** Advisory lock class of whoever seals a tenant's entries. */
const SEALERS = 7003

/** A moment as text, in UTC to the microsecond, whatever the session's settings are. */
const moment = (column: string) => raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)
const entryColumns = sql`e.entry_id as "entryId", ${moment('e.at')} as at, e.actor_id as "actorId", e.action, e.object_kind as "objectKind", e.object_id as "objectId",
  e.detail::text as detail, e.post, e.post_body_id as "postBodyId", e.address, e.request_id as "requestId"`

/** Whether this process may seal now, and the first transaction that is still open and the next that will be. */
export const beginSealing = query(
  'audit.begin-sealing',
  Type.Object({ isMine: Type.Boolean(), open: Type.String(), next: Type.String() }),
  (p: { tenantId: number }) => sql`
  select pg_try_advisory_xact_lock(${SEALERS}, ${p.tenantId}) as "isMine",
    pg_snapshot_xmin(pg_current_snapshot())::text as open, pg_snapshot_xmax(pg_current_snapshot())::text as next`,
)

/** A stretch of entries or links in the order (xid, entry_id), which a key of both tables has: after one place, up to another. */
interface Stretch {
  tenantId: number
  xid: string
  entryId: string
  /** Transactions before this one; and from `beyond` on: what this cluster has not counted to yet comes from another one's backup. */
  open: string
  beyond: string
}

const finished = (p: Stretch) =>
  sql`e.tenant_id = ${p.tenantId} and (e.xid, e.entry_id) > (${p.xid}::xid8, ${p.entryId}::uuid) and (e.xid < ${p.open}::xid8 or e.xid >= ${p.beyond}::xid8)`

/** Where a stretch of `length` entries ends; no row where fewer are left. */
export const stretchEnd = query(
  'audit.stretch-end',
  Type.Object({ xid: Type.String(), entryId: Type.String() }),
  (p: Stretch & { length: number }) => sql`
  select e.xid::text as xid, e.entry_id as "entryId" from audit.entry e where ${finished(p)} order by e.xid, e.entry_id offset ${p.length}::int - 1 limit 1`,
)

const UnsealedRow = Type.Object({ ...SealedEntry.properties, xid: Type.String() })
export type UnsealedRow = Static<typeof UnsealedRow>

/** Entries of a stretch that have no link. The links of the stretch are read once, whatever the planner knows of tables that grow by thousands a minute. */
export const unsealed = query(
  'audit.unsealed',
  UnsealedRow,
  (p: Stretch & { end: { xid: string; entryId: string } }) => sql`
  select ${entryColumns}, e.xid::text as xid from audit.entry e
  where ${finished(p)} and (e.xid, e.entry_id) <= (${p.end.xid}::xid8, ${p.end.entryId}::uuid) and e.entry_id not in (select l.entry_id from audit.link l
    where l.tenant_id = ${p.tenantId} and (l.xid, l.entry_id) > (${p.xid}::xid8, ${p.entryId}::uuid) and (l.xid, l.entry_id) <= (${p.end.xid}::xid8, ${p.end.entryId}::uuid))
  order by e.xid, e.entry_id`,
)

export const lastLink = query(
  'audit.last-link',
  Type.Object({ seq: Type.Integer(), hash: Type.String() }),
  (p: { tenantId: number }) => sql`
  select seq, hash from audit.link where tenant_id = ${p.tenantId} order by seq desc limit 1`,
)

/** New links, column by column; the first stands at `first`. */
export interface NewLinks {
  tenantId: number
  first: number
  alg: string
  hashes: string[]
  xids: string[]
  entryIds: string[]
  ats: string[]
  actorIds: (string | null)[]
  actions: string[]
  objectKinds: string[]
  objectIds: string[]
  addresses: (string | null)[]
}

export const insertLinks = query(
  'audit.insert-links',
  Type.Object({}),
  (p: NewLinks) => sql`
  insert into audit.link (tenant_id, seq, entry_id, xid, alg, hash, at, actor_id, action, object_kind, object_id, address)
  select ${p.tenantId}, ${p.first}::bigint + n.nth - 1, n.entry_id, n.xid, ${p.alg}, n.hash, n.at, n.actor_id, n.action, n.object_kind, n.object_id, n.address
  from unnest(${p.hashes}::text[], ${p.xids}::xid8[], ${p.entryIds}::uuid[], ${p.ats}::timestamptz[], ${p.actorIds}::uuid[], ${p.actions}::text[], ${p.objectKinds}::text[],
    ${p.objectIds}::text[], ${p.addresses}::text[]) with ordinality as n (hash, xid, entry_id, at, actor_id, action, object_kind, object_id, address, nth)`,
)

const checkpointColumns = sql`c.seq, c.alg, c.hash, ${moment('c.at')} as at, c.key_id as "keyId", c.signature`

export const lastCheckpoint = query(
  'audit.last-checkpoint',
  Checkpoint,
  (p: { tenantId: number }) => sql`
  select ${checkpointColumns} from audit.checkpoint c where c.tenant_id = ${p.tenantId} order by c.seq desc limit 1`,
)

export const checkpoints = query(
  'audit.checkpoints',
  Checkpoint,
  (p: { tenantId: number; after: number; upTo: number | null }) => sql`
  select ${checkpointColumns} from audit.checkpoint c
  where c.tenant_id = ${p.tenantId} and c.seq > ${p.after} and (${p.upTo}::bigint is null or c.seq <= ${p.upTo}) order by c.seq`,
)

export const insertCheckpoint = query(
  'audit.insert-checkpoint',
  Type.Object({}),
  (p: Checkpoint & { tenantId: number }) => sql`
  insert into audit.checkpoint (tenant_id, seq, alg, hash, at, key_id, signature)
  values (${p.tenantId}, ${p.seq}, ${p.alg}, ${p.hash}, ${p.at}::timestamptz, ${p.keyId}, ${p.signature})`,
)

const Nullable = Type.Union([Type.String(), Type.Null()])
const LinkRow = Type.Object({
  ...SealedEntry.properties,
  /** Null where the link's entry is gone. */
  entryId: Nullable,
  at: Nullable,
  action: Nullable,
  objectKind: Nullable,
  objectId: Nullable,
  detail: Nullable,
  seq: Type.Integer(),
  alg: Type.String(),
  hash: Type.String(),
  /** The entry that the link was made for. */
  linked: Type.String(),
  /** What the search goes by says the same as the entry. */
  isCopy: Type.Boolean(),
})
export type LinkRow = Static<typeof LinkRow>

/** Links after a position, each with its entry. */
export const linksAfter = query(
  'audit.links-after',
  LinkRow,
  (p: { tenantId: number; seq: number; limit: number }) => sql`
  select l.seq, l.alg, l.hash, l.entry_id as linked, ${entryColumns},
    (l.at, l.action, l.object_kind, l.object_id, l.actor_id, l.address) is not distinct from (e.at, e.action, e.object_kind, e.object_id, e.actor_id, e.address) as "isCopy"
  from audit.link l
  left join lateral (select * from audit.entry e where e.tenant_id = l.tenant_id and e.xid = l.xid and e.entry_id = l.entry_id offset 0) e on true
  where l.tenant_id = ${p.tenantId} and l.seq > ${p.seq} order by l.seq limit ${p.limit}`,
)

/** Entries without a link although they say that they are ten minutes older than what was sealed last: nobody who writes as the application leaves such. */
export const leftBehind = query(
  'audit.left-behind',
  Type.Object({ entryId: Type.String() }),
  (p: { tenantId: number }) => sql`
  select e.entry_id as "entryId" from audit.entry e
  where e.tenant_id = ${p.tenantId} and e.at < (select max(l.at) from audit.link l where l.tenant_id = ${p.tenantId}) - interval '10 minutes'
    and not exists (select from audit.link l where l.tenant_id = e.tenant_id and l.xid = e.xid and l.entry_id = e.entry_id)
  order by e.at, e.entry_id limit 1`,
)

/** How far a target has been sent to; takes it for half a minute. No row while another process has it, or where nothing is new. */
export const takeRelay = query(
  'audit.take-relay',
  Type.Object({ seq: Type.Integer() }),
  (p: { tenantId: number; target: string }) => sql`
  insert into audit.relay as r (tenant_id, target, busy_until)
  select ${p.tenantId}, ${p.target}, clock_timestamp() + interval '30 seconds' where exists (select from audit.link l where l.tenant_id = ${p.tenantId}
    and l.seq > coalesce((select o.seq from audit.relay o where o.tenant_id = ${p.tenantId} and o.target = ${p.target}), 0))
  on conflict (tenant_id, target) do update set busy_until = excluded.busy_until where r.busy_until < clock_timestamp()
  returning r.seq`,
)

export const noteRelay = query(
  'audit.note-relay',
  Type.Object({}),
  (p: { tenantId: number; target: string; seq: number }) => sql`
  update audit.relay set seq = ${p.seq}, busy_until = '-infinity' where tenant_id = ${p.tenantId} and target = ${p.target}`,
)

/** As the owner: what is up to a checkpoint goes. */
export const pruneEntries = query(
  'audit.prune-entries',
  Type.Object({ count: Type.Integer(), first: Nullable, last: Nullable }),
  (p: { tenantId: number; seq: number }) => sql`
  with gone as (delete from audit.entry e using audit.link l where e.tenant_id = ${p.tenantId} and l.tenant_id = e.tenant_id and l.xid = e.xid and l.entry_id = e.entry_id and l.seq <= ${p.seq} returning e.at)
  select count(*)::int as count, ${moment('min(at)')} as first, ${moment('max(at)')} as last from gone`,
)

export const pruneLinks = query(
  'audit.prune-links',
  Type.Object({}),
  (p: { tenantId: number; seq: number }) => sql`
  delete from audit.link where tenant_id = ${p.tenantId} and seq <= ${p.seq}`,
)

/** The newest checkpoint that was signed more than so many days ago, where links stand behind it. */
export const prunable = query(
  'audit.prunable',
  Type.Object({ seq: Type.Integer() }),
  (p: { tenantId: number; keepDays: number }) => sql`
  select c.seq from audit.checkpoint c
  where c.tenant_id = ${p.tenantId} and c.at < clock_timestamp() - make_interval(days => ${p.keepDays})
    and c.seq >= (select min(l.seq) from audit.link l where l.tenant_id = c.tenant_id)
  order by c.seq desc limit 1`,
)
