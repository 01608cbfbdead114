// What is known, how long fillings took, and what askings cost whom.
import { type Static, Type } from 'typebox'
import { ofScope, protect, query, sql } from '#server/kit/sql.ts'

for (const table of ['known', 'charge']) protect(`burden.${table}`, ofScope('body_id'))
protect('burden.asking', ofScope('owner_id'))

const Text = Type.String()
const Int = Type.Integer()
const MaybeText = Type.Union([Text, Type.Null()])

/** Replaces what a source said of a body by what it says now. */
export const replaceKnown = query(
  'burden.replace-known',
  Type.Object({}),
  (p: { tenantId: number; bodyId: string; sourceId: string; source: string; saidOn: string; terms: string[]; values: string[]; until: string[] }) => sql`
  with gone as (
    delete from burden.known k using (select) one
    where k.tenant_id = ${p.tenantId} and k.source_id = ${p.sourceId} and (k.body_id <> ${p.bodyId} or k.term <> all (${p.terms}::text[]))
  )
  insert into burden.known as k (tenant_id, body_id, term, source_id, source, value, said_on, valid_until, known_from)
  select ${p.tenantId}, ${p.bodyId}, x.term, ${p.sourceId}, ${p.source}, x.value::jsonb, ${p.saidOn}, x.until, kit.now()
  from unnest(${p.terms}::text[], ${p.values}::text[], ${p.until}::date[]) x(term, value, until)
  on conflict (tenant_id, body_id, term, source_id) do update
    set source = excluded.source, value = excluded.value, said_on = excluded.said_on, valid_until = excluded.valid_until, known_from = excluded.known_from`,
)

export const KnownRow = Type.Object({ body: Text, term: Text, value: Type.Unknown(), from: Text, saidOn: Text, validUntil: Text })
export type KnownRow = Static<typeof KnownRow>

/** The newest valid value of each term of each body on a day, at most `most`. */
export const knownValues = query(
  'burden.known-values',
  KnownRow,
  (p: { tenantId: number; bodyIds: readonly string[]; terms: readonly string[]; on: string; most: number }) => sql`
  select distinct on (k.body_id, k.term) k.body_id as body, k.term, k.value, k.source as "from", k.said_on as "saidOn", k.valid_until as "validUntil"
  from {burden.known} k
  where k.tenant_id = ${p.tenantId} and k.body_id = any (${p.bodyIds}::uuid[]) and k.term = any (${p.terms}::text[]) and k.said_on <= ${p.on}::date and k.valid_until >= ${p.on}::date
  order by k.body_id, k.term, k.said_on desc, k.known_from desc limit ${p.most}`,
)

/** Adds one to a bucket of a form. */
export const addFilling = query(
  'burden.add-filling',
  Type.Object({}),
  (p: { tenantId: number; form: string; bucket: number }) => sql`
  insert into burden.filling as f (tenant_id, form, bucket, count) values (${p.tenantId}, ${p.form}, ${p.bucket}, 1)
  on conflict (tenant_id, form, bucket) do update set count = f.count + 1`,
)

/** The buckets of some forms; of all forms where null. */
export const fillingsOf = query(
  'burden.fillings-of',
  Type.Object({ form: Text, bucket: Int, count: Int }),
  (p: { tenantId: number; forms: readonly string[] | null }) => sql`
  select f.form, f.bucket, f.count from burden.filling f where f.tenant_id = ${p.tenantId} and (${p.forms}::text[] is null or f.form = any (${p.forms}::text[]))`,
)

export const Receiver = Type.Object({ id: Text, name: Text, kind: Text, knownTerms: Int, saved: Int, spent: Int })
export type Receiver = Static<typeof Receiver>

/**
 * Who would receive an asking, with what is known of each: how many of the terms, the seconds that this saves, and the seconds that it is
 * asked for in the month already. Added up in one grouping, without a join: the planner takes thousands of bodies for one and would join in nested loops.
 */
export const receiversOf = query(
  'burden.receivers-of',
  Receiver,
  (p: {
    tenantId: number
    of: 'unit' | 'party-org'
    ids: readonly string[]
    kinds: readonly string[] | null
    terms: readonly string[]
    seconds: readonly number[]
    on: string
    asOf: string
    month: string
  }) => sql`
  with body as (
    select u.unit_id as id, u.name, u.kind from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where ${p.of} = 'unit' and u.unit_id = any (${p.ids}::uuid[])
    union all
    select o.party_org_id, o.name, o.kind from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where ${p.of} = 'party-org' and o.party_org_id = any (${p.ids}::uuid[])
  ), said as (
    select distinct k.body_id, k.term from {burden.known} k
    where k.tenant_id = ${p.tenantId} and k.body_id = any (${p.ids}::uuid[]) and k.term = any (${p.terms}::text[]) and k.said_on <= ${p.on}::date and k.valid_until >= ${p.on}::date
  ), worth as (select x.term, sum(x.seconds) as seconds from unnest(${p.terms}::text[], ${p.seconds}::int[]) x(term, seconds) group by x.term),
  part as (
    select id, name, kind, 0 as terms, 0 as saved, 0 as spent from body
    union all
    select s.body_id, null, null, 1, coalesce((select w.seconds from worth w where w.term = s.term), 0), 0 from said s
    union all
    select c.body_id, null, null, 0, 0, c.seconds from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.month = ${p.month}::date and c.body_id = any (${p.ids}::uuid[])
  )
  select id, max(name) as name, max(kind) as kind, sum(terms)::int as "knownTerms", sum(saved)::int as saved, sum(spent)::int as spent
  from part group by id having max(name) is not null and (${p.kinds}::text[] is null or max(kind) = any (${p.kinds}::text[])) order by 2, 1`,
)

/** Of how many of some bodies each term is known, and one place where it stands. */
export const knownByTerm = query(
  'burden.known-by-term',
  Type.Object({ term: Text, receivers: Int, from: Text }),
  (p: { tenantId: number; bodyIds: readonly string[]; terms: readonly string[]; on: string }) => sql`
  select k.term, count(distinct k.body_id)::int as receivers, max(k.source) as "from" from {burden.known} k
  where k.tenant_id = ${p.tenantId} and k.body_id = any (${p.bodyIds}::uuid[]) and k.term = any (${p.terms}::text[]) and k.said_on <= ${p.on}::date and k.valid_until >= ${p.on}::date
  group by k.term order by 2 desc, 1`,
)

/** Who asks some bodies for the same terms in a month: how many of them, of how many bodies. */
export const askedToo = query(
  'burden.asked-too',
  Type.Object({ asker: Text, terms: Int, receivers: Int }),
  (p: { tenantId: number; bodyIds: readonly string[]; terms: readonly string[]; month: string }) => sql`
  select c.asker, count(distinct x.term)::int as terms, count(distinct c.body_id)::int as receivers
  from {burden.charge} c cross join lateral unnest(c.terms) x(term)
  where c.tenant_id = ${p.tenantId} and c.month = ${p.month}::date and c.body_id = any (${p.bodyIds}::uuid[]) and x.term = any (${p.terms}::text[])
  group by c.asker order by 2 desc, 3 desc, 1 limit 20`,
)

/** How often our body has asked for something of a kind since a day. */
export const askedSince = query(
  'burden.asked-since',
  Type.Object({ count: Int }),
  (p: { tenantId: number; ownerId: string; kind: string; since: string }) => sql`
  select count(*)::int as count from {burden.asking} a where a.tenant_id = ${p.tenantId} and a.owner_id = ${p.ownerId} and a.ours and a.kind = ${p.kind} and a.asked_on >= ${p.since}::date`,
)

export interface NewAskingRow {
  tenantId: number
  askingId: string
  ownerId: string
  ours: boolean
  asker: string
  title: string
  basis: string
  kind: string
  form: string
  terms: readonly string[]
  seconds: number
  askedOn: string
  dueOn: string | null
  short: boolean
  reason: string
  authorId: string | null
  bodies: readonly string[]
  charged: readonly number[]
  saved: readonly number[]
}

/** Writes an asking with what it costs each receiver. No row where the id is taken. */
export const insertAsking = query(
  'burden.insert-asking',
  Type.Object({ charged: Int }),
  (p: NewAskingRow) => sql`
  with asking as (
    insert into burden.asking (tenant_id, asking_id, owner_id, ours, asker, title, basis, kind, form, terms, seconds, receivers, asked_on, due_on, short, reason, author_id, known_from)
    values (${p.tenantId}, ${p.askingId}, ${p.ownerId}, ${p.ours}, ${p.asker}, ${p.title}, ${p.basis}, ${p.kind}, ${p.form}, ${p.terms}::text[], ${p.seconds}, ${p.bodies.length}, ${p.askedOn}, ${p.dueOn}, ${p.short},
      ${p.reason}, ${p.authorId}, kit.now())
    on conflict do nothing returning *
  ), charge as (
    insert into burden.charge (tenant_id, asking_id, body_id, month, asker, title, kind, terms, asked_on, due_on, short, seconds, saved)
    select a.tenant_id, a.asking_id, x.body, date_trunc('month', a.asked_on::timestamp)::date, a.asker, a.title, a.kind, a.terms, a.asked_on, a.due_on, a.short, x.charged, x.saved
    from asking a, unnest(${p.bodies}::uuid[], ${p.charged}::int[], ${p.saved}::int[]) x(body, charged, saved)
  )
  select a.receivers as charged from asking a`,
)

/** An asking as it was entered, to tell a repetition from another one under the same id. */
export const askingById = query(
  'burden.asking-by-id',
  Type.Object({ title: Text, asker: Text, ownerId: Text, authorId: MaybeText }),
  (p: { tenantId: number; askingId: string }) => sql`
  select a.title, a.asker, a.owner_id as "ownerId", a.author_id as "authorId" from {burden.asking} a where a.tenant_id = ${p.tenantId} and a.asking_id = ${p.askingId}`,
)
