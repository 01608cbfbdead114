// Statements of the search in tickets, and of folding in what was entered.
import { Type } from 'typebox'
import { empty, join, query, type Sql, sql } from '#server/kit/sql.ts'
import { TicketRow } from '../list/list.contract.ts'
import { conditions, type Filter, rowColumns } from '../list/list.sql.ts'

const Numbered = Type.Object({ number: Type.Integer() })
const byPair = (p: { tenantId: number; pairs: number[] }): Sql => sql`tenant_id = ${p.tenantId} and bigram = any (${p.pairs}::int[])`

/** Months that have all pairs, newest first, with how many tickets have the rarest. */
export const postingMonths = query(
  'hotline.posting-months',
  Type.Object({ month: Type.Integer(), tickets: Type.Integer() }),
  (p: { tenantId: number; pairs: number[] }) => sql`
  select month, min(tickets)::int as tickets from hotline.posting where ${byPair(p)} group by 1 having count(*) = ${p.pairs.length} order by 1 desc`,
)

/** The lists of pairs in some months. */
export const postingLists = query(
  'hotline.posting-lists',
  Type.Object({ bigram: Type.Integer(), month: Type.Integer(), list: Type.Unsafe<Uint8Array>(Type.Any()) }),
  (p: { tenantId: number; pairs: number[]; months: number[] }) =>
    sql`select bigram, month, list from hotline.posting where ${byPair(p)} and month = any (${p.months}::int[])`,
)

/** Numbers of what a filter lets through, at most so many. */
export const filteredNumbers = query(
  'hotline.filtered-numbers',
  Numbered,
  (p: Filter & { most: number }) => sql`select t.number from {hotline.ticket} t where ${conditions(p)} limit ${p.most}`,
)

/** A text as `searchText` writes it. */
const plain = (column: Sql): Sql => sql`regexp_replace(lower(normalize(${column}, nfkc)), '\\s+', '', 'g')`
/** Title or question holds each word. */
const holds = (words: readonly string[]): Sql =>
  join(
    words.map((word) => sql`(strpos(${plain(sql`t.title`)}, ${word}) > 0 or strpos(${plain(sql`c.body`)}, ${word}) > 0)`),
    ' and ',
  )

/** Of these tickets those that hold the words and pass the filter. */
export const ticketsHolding = query(
  'hotline.holding',
  Numbered,
  (p: Filter & { numbers: number[]; words: string[] }) => sql`
  select t.number from {hotline.ticket} t join {hotline.content} c on c.tenant_id = t.tenant_id and c.ticket_id = t.ticket_id
  where ${conditions(p)} and t.number = any (${p.numbers}::bigint[]) and ${holds(p.words)}`,
)

/** Of the newest tickets that aren't folded in those that hold the words and pass the filter. */
export const unfoldedHolding = query(
  'hotline.unfolded-holding',
  Numbered,
  (p: Filter & { words: string[]; before?: number | undefined; most: number }) => sql`
  select t.number from (select u.tenant_id, u.ticket_id, u.body from {hotline.content} u where u.tenant_id = ${p.tenantId} and not u.folded order by u.ticket_id desc limit ${p.most}) c
  join {hotline.ticket} t on t.tenant_id = c.tenant_id and t.ticket_id = c.ticket_id
  where ${conditions(p)} and ${holds(p.words)} ${p.before === undefined ? empty : sql`and t.number < ${p.before}`}`,
)

/** Tickets by their numbers, newest first. */
export const ticketsNumbered = query(
  'hotline.numbered',
  TicketRow,
  (p: { tenantId: number; numbers: number[] }) => sql`
  select ${rowColumns} from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.number = any (${p.numbers}::bigint[]) order by t.number desc`,
)

/** Tickets that are not folded in, the oldest first; whoever folds does it alone. */
export const unfolded = query(
  'hotline.unfolded',
  Type.Object({ ticketId: Type.String(), number: Type.Integer(), title: Type.String(), body: Type.String() }),
  (p: { tenantId: number; limit: number }) => sql`
  select c.ticket_id as "ticketId", t.number, t.title, c.body
  from (select ticket_id, tenant_id, body from {hotline.content} c where c.tenant_id = ${p.tenantId} and not c.folded order by c.ticket_id limit ${p.limit} for update of c) c
  join {hotline.ticket} t on t.tenant_id = c.tenant_id and t.ticket_id = c.ticket_id`,
)
export const foldAlone = query('hotline.fold-alone', Type.Object({}), (p: { tenantId: number }) => sql`select from pg_advisory_xact_lock(7012, ${p.tenantId})`)
export const markFolded = query(
  'hotline.mark-folded',
  Type.Object({}),
  (p: { tenantId: number; ids: string[] }) =>
    sql`update hotline.content set folded = true where tenant_id = ${p.tenantId} and ticket_id = any (${p.ids}::uuid[])`,
)

/** Writes lists in the place of those that there are. */
export const writePostings = query(
  'hotline.write-postings',
  Type.Object({}),
  (p: { tenantId: number; bigrams: number[]; months: number[]; tickets: number[]; lists: Uint8Array[] }) => sql`
  insert into hotline.posting (tenant_id, bigram, month, tickets, list)
  select ${p.tenantId}, x.bigram, x.month, x.tickets, x.list from unnest(${p.bigrams}::int[], ${p.months}::int[], ${p.tickets}::int[], ${p.lists}::bytea[]) x(bigram, month, tickets, list)
  on conflict (tenant_id, bigram, month) do update set tickets = excluded.tickets, list = excluded.list`,
)
