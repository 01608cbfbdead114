// Lists of matters: a page, counts, the board of a kind, the deadlines of a month, and what stands around one matter.
import { type Static, Type } from 'typebox'
import { empty, join, query, type Sql, sql } from '#server/kit/sql.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

export const ListRow = Type.Object({
  matterId: Text,
  kind: Text,
  hash: Text,
  title: Text,
  stage: Text,
  ownerId: Text,
  ownerName: Text,
  askerId: MaybeText,
  askerName: Text,
  person: MaybeText,
  dueAt: MaybeText,
  late: Type.Boolean(),
  paused: Type.Boolean(),
  openedOn: Text,
  closedOn: MaybeText,
  outcome: MaybeText,
  revision: Type.Integer(),
})
export type ListRow = Static<typeof ListRow>

/** The name that a body has, or had last. */
const nameOf = (id: Sql): Sql => sql`coalesce(
  (select o.name from org.party_org o where o.tenant_id = m.tenant_id and o.party_org_id = ${id} and o.known_until = 'infinity' order by o.valid_until desc limit 1),
  (select u.name from org.unit u where u.tenant_id = m.tenant_id and u.unit_id = ${id} and u.known_until = 'infinity' order by u.valid_until desc limit 1), '')`
const row = sql`m.matter_id as "matterId", m.kind, m.hash, m.title, m.stage, m.owner_id as "ownerId", ${nameOf(sql`m.owner_id`)} as "ownerName", m.asker_id as "askerId", ${nameOf(sql`m.asker_id`)} as "askerName",
  (select x.name from {org.person} x where x.tenant_id = m.tenant_id and x.person_id = m.person_id) as person, m.due_at as "dueAt",
  case when m.closed_on is null then coalesce(m.due_at < kit.now(), false) else m.late end as late, m.paused, m.opened_on as "openedOn", m.closed_on as "closedOn", m.outcome, m.revision`

/** What waits for the reader: by the bodies for which the reader's posts handle, ask and check. */
export interface Mine {
  handles: string[]
  asks: string[]
  checks: string[]
  personId: string
}
export interface Filter {
  tenantId: number
  kinds?: string[] | undefined
  owners?: string[] | undefined
  request?: string | undefined
  stage?: string | undefined
  state?: 'open' | 'late' | 'closed' | 'mine' | undefined
  mine?: Mine | undefined
  words?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
}

const waiting = (p: Mine): Sql => sql`m.closed_on is null and (
  (m.waits_for = 'owner' and m.owner_id = any (${p.handles}::uuid[]) and (m.person_id is null or m.person_id = ${p.personId}))
  or (m.waits_for = 'asker' and m.asker_id = any (${p.asks}::uuid[])) or (m.waits_for = 'checker' and m.asker_id = any (${p.checks}::uuid[])))`

function conditions(p: Filter): Sql {
  const parts = [sql`m.tenant_id = ${p.tenantId}`]
  if (p.kinds !== undefined) parts.push(sql`m.kind = any (${p.kinds}::text[])`)
  if (p.owners !== undefined) parts.push(sql`m.owner_id = any (${p.owners}::uuid[])`)
  if (p.request !== undefined) parts.push(sql`m.request_id = ${p.request}`)
  if (p.stage !== undefined) parts.push(sql`m.stage = ${p.stage}`)
  if (p.state === 'open') parts.push(sql`m.closed_on is null`)
  if (p.state === 'closed') parts.push(sql`m.closed_on is not null`)
  if (p.state === 'late') parts.push(sql`m.closed_on is null and m.due_at < kit.now()`)
  if (p.mine !== undefined) parts.push(waiting(p.mine))
  if (p.from !== undefined) parts.push(sql`m.opened_on >= ${p.from}::date`)
  if (p.to !== undefined) parts.push(sql`m.opened_on <= ${p.to}::date`)
  for (const word of p.words ?? []) parts.push(sql`strpos(replace(lower(normalize(m.title, nfkc)), ' ', ''), ${word}) > 0`)
  return join(parts, ' and ')
}

/** The order of a list: open matters by deadline, others newest first; and the row after which the page begins. */
export type After = { by: 'due'; due: string; id: string } | { by: 'opened'; on: string; id: string }
const due = sql`coalesce(m.due_at, 'infinity')`
const past = (after: After): Sql =>
  after.by === 'due'
    ? sql`and (${due}, m.matter_id) > (${after.due}::timestamptz, ${after.id}::uuid)`
    : sql`and (m.opened_on, m.matter_id) < (${after.on}::date, ${after.id}::uuid)`

/** A page of matters. */
export const matterPage = query('matter.page', ListRow, (p: Filter & { order: 'due' | 'opened'; after?: After | undefined; limit: number }) => {
  const order = p.order === 'due' ? sql`${due}, m.matter_id` : sql`m.opened_on desc, m.matter_id desc`
  return sql`
  select ${row} from (select m.* from {matter.matter} m where ${conditions(p)} ${p.after === undefined ? empty : past(p.after)} order by ${order} limit ${p.limit}) m order by ${order}`
})

/** Which of these matters are of an office with fewer members than `least` (M15). */
export const ofSmallOffices = query(
  'matter.of-small-offices',
  Type.Object({ matterId: Text }),
  (p: { tenantId: number; ids: string[]; least: number; on: string; asOf: string }) => sql`
  with offices as (
    select distinct m.unit_id, (
      select count(*) from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o join {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} s on s.party_org_id = o.party_org_id
      where o.unit_id = m.unit_id) as members
    from {matter.matter} m where m.tenant_id = ${p.tenantId} and m.matter_id = any (${p.ids}::uuid[]))
  select m.matter_id as "matterId" from {matter.matter} m join offices using (unit_id)
  where m.tenant_id = ${p.tenantId} and m.matter_id = any (${p.ids}::uuid[]) and offices.members < ${p.least}`,
)

/** How many matters the filter finds, counted to `most` + 1. */
export const matterCount = query(
  'matter.count',
  Type.Object({ count: Type.Integer() }),
  (p: Filter & { most: number }) => sql`
  select count(*)::int as count from (select from {matter.matter} m where ${conditions(p)} limit ${p.most + 1}) m`,
)

/** Open matters of a kind by stage: how many, how many late. */
export const countByStage = query(
  'matter.by-stage',
  Type.Object({ stage: Text, count: Type.Integer(), late: Type.Integer() }),
  (p: Filter) => sql`
  select m.stage, count(*)::int as count, count(*) filter (where m.due_at < kit.now())::int as late from {matter.matter} m where ${conditions(p)} and m.closed_on is null group by m.stage`,
)

/** The first open matters of each stage by deadline. */
export const firstByStage = query(
  'matter.first-by-stage',
  ListRow,
  (p: Filter & { each: number }) => sql`
  select ${row} from (
    select m.*, row_number() over (partition by m.stage order by ${due}, m.matter_id) as place from {matter.matter} m where ${conditions(p)} and m.closed_on is null) m
  where m.place <= ${p.each} order by m.place`,
)

const dueDay = sql`(m.due_at at time zone 'Asia/Shanghai')::date`
const inMonth = (p: Filter & { first: string; last: string }): Sql => sql`${conditions(p)} and m.closed_on is null
  and m.due_at >= ${p.first}::date::timestamp at time zone 'Asia/Shanghai' and m.due_at < (${p.last}::date + 1)::timestamp at time zone 'Asia/Shanghai'`

/** Deadlines of open matters from one day to another, by day. */
export const countByDay = query(
  'matter.by-day',
  Type.Object({ day: Text, count: Type.Integer() }),
  (p: Filter & { first: string; last: string }) =>
    sql`select ${dueDay} as day, count(*)::int as count from {matter.matter} m where ${inMonth(p)} group by 1 order by 1`,
)
export const firstByDay = query(
  'matter.first-by-day',
  Type.Object({ ...ListRow.properties, day: Text }),
  (p: Filter & { first: string; last: string; each: number }) => sql`
  select ${row}, m.day from (
    select m.*, ${dueDay} as day, row_number() over (partition by ${dueDay} order by m.due_at, m.matter_id) as place from {matter.matter} m where ${inMonth(p)}) m
  where m.place <= ${p.each} order by m.place`,
)

/** Matters by their ids, or those below one. */
export const rowsOf = query(
  'matter.rows-of',
  ListRow,
  (p: { tenantId: number; ids?: string[]; parentId?: string }) => sql`
  select ${row} from {matter.matter} m where m.tenant_id = ${p.tenantId} and ${p.parentId === undefined ? sql`m.matter_id = any (${p.ids ?? []}::uuid[])` : sql`m.parent_id = ${p.parentId}`}
  order by m.opened_on, m.matter_id limit 200`,
)

/** The matter of the same kind, body and type that was struck off last within the days before. */
export const struckOffBefore = query(
  'matter.struck-off-before',
  Type.Object({ matterId: Text, title: Text, closedOn: Text }),
  (p: { tenantId: number; matterId: string; kind: string; ownerId: string; type: string; on: string; days: number }) => sql`
  select m.matter_id as "matterId", m.title, m.closed_on as "closedOn" from {matter.matter} m
  where m.tenant_id = ${p.tenantId} and m.owner_id = ${p.ownerId} and m.kind = ${p.kind} and m.type = ${p.type} and m.matter_id <> ${p.matterId} and m.outcome = 'done'
    and m.closed_on <= ${p.on}::date and m.closed_on >= ${p.on}::date - ${p.days}::int
  order by m.closed_on desc, m.matter_id desc limit 1`,
)

/** A matter and all that went into it, as far as the reader sees them: their links and comments lead on (M11). */
const withMerged = (p: { tenantId: number; matterId: string }): Sql => sql`
  with recursive these as (select ${p.matterId}::uuid as id
    union select m.matter_id from these t join {matter.matter} m on m.tenant_id = ${p.tenantId} and m.merged_into = t.id)`
/** Those that went into a matter, by themselves or by others. */
export const mergedInto = query(
  'matter.merged-into',
  Type.Object({ matterId: Text, title: Text }),
  (p: { tenantId: number; matterId: string }) => sql`${withMerged(p)}
  select m.matter_id as "matterId", m.title from these t join {matter.matter} m on m.tenant_id = ${p.tenantId} and m.matter_id = t.id
  where t.id <> ${p.matterId} order by m.opened_on, m.matter_id limit 50`,
)

/** Of these matters, those before which the same body had one of the same kind and type struck off within the kind's days (M9). */
export const relapsedAmong = query(
  'matter.relapsed-among',
  Type.Object({ id: Text }),
  (p: { tenantId: number; ids: string[]; kinds: string[]; days: number[] }) => sql`
  select m.matter_id as id from {matter.matter} m join unnest(${p.kinds}::text[], ${p.days}::int[]) k(kind, days) on k.kind = m.kind
  where m.tenant_id = ${p.tenantId} and m.matter_id = any (${p.ids}::uuid[]) and m.type <> '' and exists (
    select from {matter.matter} b where b.tenant_id = m.tenant_id and b.owner_id = m.owner_id and b.kind = m.kind and b.type = m.type and b.matter_id <> m.matter_id and b.outcome = 'done'
      and b.closed_on <= m.opened_on and b.closed_on >= m.opened_on - k.days)`,
)

export const linksOf = query(
  'matter.links',
  Type.Object({ recordId: Text, title: Text, happenedOn: Text }),
  (p: { tenantId: number; matterId: string }) => sql`${withMerged(p)}
  select distinct l.record_id as "recordId", r.title, r.happened_on as "happenedOn" from {matter.link} l
    join {ledger.record} r on r.tenant_id = l.tenant_id and r.record_id = l.record_id and r.known_until = 'infinity' and r.state = 'valid'
  where l.tenant_id = ${p.tenantId} and l.matter_id in (select id from these) order by r.happened_on desc, l.record_id`,
)

export const CommentRow = Type.Object({ id: Text, matterId: Text, text: Text, authorId: MaybeText, author: MaybeText, at: Text })
const comment = sql`c.comment_id as id, c.matter_id as "matterId", c.text, c.author_id as "authorId", access.author_name(c.author_id) as author, c.at`
export const commentsOf = query(
  'matter.comments',
  CommentRow,
  (p: { tenantId: number; matterId: string }) =>
    sql`${withMerged(p)} select ${comment} from {matter.comment} c where c.tenant_id = ${p.tenantId} and c.matter_id in (select id from these) order by c.at, c.comment_id`,
)
export const commentById = query(
  'matter.comment-by-id',
  CommentRow,
  (p: { tenantId: number; id: string }) => sql`select ${comment} from {matter.comment} c where c.tenant_id = ${p.tenantId} and c.comment_id = ${p.id}`,
)
interface Beside {
  tenantId: number
  matterId: string
  ownerId: string
  askerId: string | null
  authorId: string | null
  at: string
}
export const insertComment = query(
  'matter.insert-comment',
  Type.Object({ id: Text }),
  (p: Beside & { id: string; text: string }) => sql`
  insert into matter.comment (tenant_id, comment_id, matter_id, owner_id, asker_id, text, author_id, at)
  values (${p.tenantId}, ${p.id}, ${p.matterId}, ${p.ownerId}, ${p.askerId}, ${p.text}, ${p.authorId}, ${p.at}) on conflict do nothing returning comment_id as id`,
)
/** Links a record that the reader sees; nothing where it is linked or not there. */
export const insertLink = query(
  'matter.insert-link',
  Type.Object({ recordId: Text }),
  (p: Beside & { recordId: string }) => sql`
  insert into matter.link (tenant_id, matter_id, record_id, owner_id, asker_id, author_id, known_from)
  values (${p.tenantId}, ${p.matterId}, ${p.recordId}, ${p.ownerId}, ${p.askerId}, ${p.authorId}, ${p.at}) on conflict do nothing returning record_id as "recordId"`,
)
export const deleteLink = query(
  'matter.delete-link',
  Type.Object({ recordId: Text }),
  (p: { tenantId: number; matterId: string; recordId: string }) => sql`
  delete from matter.link where tenant_id = ${p.tenantId} and matter_id = ${p.matterId} and record_id = ${p.recordId} returning record_id as "recordId"`,
)
/** True where the record is there for the reader. */
export const recordThere = query(
  'matter.record-there',
  Type.Object({ found: Type.Boolean() }),
  (p: { tenantId: number; recordId: string }) => sql`
  select exists (select from {ledger.record} r where r.tenant_id = ${p.tenantId} and r.record_id = ${p.recordId} and r.known_until = 'infinity' and r.state = 'valid') as found`,
)
/** True where the person is a member of one of the bodies, or holds a post in the owner. */
export const personOf = query(
  'matter.person-of',
  Type.Object({ found: Type.Boolean() }),
  (p: { personId: string; ownerId: string; bodies: string[]; on: string; asOf: string }) => sql`
  select exists (select from {org.memberships_at(${p.on}::date, ${p.asOf}::timestamptz)} m where m.person_id = ${p.personId} and m.party_org_id = any (${p.bodies}::uuid[]))
    or exists (select from org.holdings_at(${p.on}::date, ${p.asOf}::timestamptz) h where h.person_id = ${p.personId} and h.body_id = ${p.ownerId}) as found`,
)
/** The organisations at the top of the party tree: for a post of the whole city they ask and check. */
export const topOrgs = query(
  'matter.top-orgs',
  Type.Object({ id: Text }),
  (p: { on: string; asOf: string }) => sql`
  select o.party_org_id as id from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
  left join org.placements_at(${p.on}::date, ${p.asOf}::timestamptz) p on p.tree = 'party' and p.node_id = o.party_org_id where p.parent_id is null order by 1 limit 20`,
)

/**
 * The sources of which matters have moved since a moment, or have passed their deadline, with the bodies they belong to; at most `limit` rows.
 */
export const touchedSince = query(
  'matter.touched-since',
  Type.Object({ source: Text, unitId: Text, partyOrgId: MaybeText }),
  (p: { tenantId: number; since: string; limit: number }) => sql`
  select distinct 'matter.' || m.kind as source, m.unit_id as "unitId", m.party_org_id as "partyOrgId" from {matter.matter} m
  where m.tenant_id = ${p.tenantId} and (
    m.matter_id = any (array(select v.matter_id from {matter.move} v where v.tenant_id = ${p.tenantId} and v.at >= ${p.since}::timestamptz limit ${p.limit}::int))
    or (m.closed_on is null and m.due_at >= ${p.since}::timestamptz and m.due_at < kit.now()))
  limit ${p.limit}::int`,
)
