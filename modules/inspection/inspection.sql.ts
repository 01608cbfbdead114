// Every statement of inspections. What belongs to a visit is seen with it [I7]; the conditions here are the policies' own.
import { type Static, Type } from 'typebox'
import { ofScope, protect, query, type Sql, sql } from '#server/kit/sql.ts'
import { State, Tie, Verdict } from './inspection.contract.ts'
import type { Checklist } from './inspection.pack.ts'

const either = (...conditions: string[]): string => `(${conditions.join(' or ')})`
protect('inspection.member', (sight) => either(ofScope('asker_id')(sight), 'it.account_id = (select kit.actor())'))
protect('inspection.visit', (sight) =>
  either(
    ofScope('asker_id')(sight),
    'it.visit_id in (select m.visit_id from {inspection.member} m where m.account_id = (select kit.actor()))',
    `it.signed_at is not null and ${either(ofScope('unit_id')(sight), ofScope('body_id')(sight))}`,
  ),
)
protect('inspection.inspection', (sight) => either(ofScope('asker_id')(sight), 'it.inspection_id in (select v.inspection_id from {inspection.visit} v)'))
protect('inspection.answer', () => 'it.visit_id in (select v.visit_id from {inspection.visit} v)')

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])
const Ids = Type.Array(Text)

/** The newest name of a unit or Party organisation, whatever has become of it. */
const nameOf = (id: Sql): Sql => sql`coalesce(
  (select u.name from org.unit u where u.tenant_id = (select kit.tenant_id()) and u.unit_id = ${id} and u.known_until = 'infinity' order by u.valid_from desc limit 1),
  (select o.name from org.party_org o where o.tenant_id = (select kit.tenant_id()) and o.party_org_id = ${id} and o.known_until = 'infinity' order by o.valid_from desc limit 1), '')`

/** The unit that a body is or belongs to: an office is one, whether its unit or its Party organisation asks. */
const unitOf = (id: Sql): Sql => sql`coalesce(
  (select o.unit_id from org.party_org o where o.tenant_id = (select kit.tenant_id()) and o.party_org_id = ${id} and o.known_until = 'infinity' order by o.valid_from desc limit 1), ${id})`

export const Head = Type.Object({
  inspectionId: Text,
  kind: Text,
  checklist: Type.Unsafe<Checklist>(Type.Any()),
  title: Text,
  basis: Text,
  reason: Text,
  askerId: Text,
  askerName: Text,
  askerUnit: Text,
  firstDay: Text,
  lastDay: Text,
  state: State,
  authorId: MaybeText,
})
export type Head = Static<typeof Head>
const head = sql`i.inspection_id as "inspectionId", i.kind, i.checklist, i.title, i.basis, i.reason, i.asker_id as "askerId", ${nameOf(sql`i.asker_id`)} as "askerName", ${unitOf(sql`i.asker_id`)} as "askerUnit", i.first_day as "firstDay",
  i.last_day as "lastDay", i.state, i.author_id as "authorId"`

/** Holds an inspection or a visit until the transaction ends: of two deeds at once the second sees what the first did. */
export const lockFor = query('inspection.lock', Type.Object({}), (p: { id: string }) => sql`select pg_advisory_xact_lock(7064, hashtext(${p.id}))`)

export const inspectionById = query(
  'inspection.by-id',
  Head,
  (p: { tenantId: number; inspectionId: string }) =>
    sql`select ${head} from {inspection.inspection} i where i.tenant_id = ${p.tenantId} and i.inspection_id = ${p.inspectionId}`,
)

export const inspectionsOfYear = query(
  'inspection.of-year',
  Head,
  (p: { tenantId: number; year: string }) => sql`
  select ${head} from {inspection.inspection} i where i.tenant_id = ${p.tenantId} and extract(year from i.first_day) = ${p.year}::int order by i.first_day, i.inspection_id`,
)

/** Other inspections of an office in a year, under whichever of its bodies: those that were started, and those that were planned before this one. */
export const besideInYear = query(
  'inspection.beside-in-year',
  Type.Object({ title: Text }),
  (p: { tenantId: number; askerUnit: string; inspectionId: string; year: string }) => sql`
  select i.title from {inspection.inspection} i
  where i.tenant_id = ${p.tenantId} and ${unitOf(sql`i.asker_id`)} = ${p.askerUnit} and i.inspection_id <> ${p.inspectionId} and extract(year from i.first_day) = ${p.year}::int
    and (i.state <> 'planned' or i.inspection_id < ${p.inspectionId}) order by i.first_day, i.inspection_id`,
)

export const putInspection = query(
  'inspection.put',
  Type.Object({ inspectionId: Text }),
  (p: {
    tenantId: number
    inspectionId: string
    kind: string
    checklist: string
    title: string
    basis: string
    reason: string
    askerId: string
    firstDay: string
    lastDay: string
    authorId: string | null
    at: string
  }) => sql`
  insert into inspection.inspection (tenant_id, inspection_id, kind, checklist, title, basis, reason, asker_id, first_day, last_day, author_id, known_from)
  values (${p.tenantId}, ${p.inspectionId}, ${p.kind}, ${p.checklist}::jsonb, ${p.title}, ${p.basis}, ${p.reason}, ${p.askerId}, ${p.firstDay}, ${p.lastDay}, ${p.authorId}, ${p.at})
  on conflict (tenant_id, inspection_id) do update set kind = excluded.kind, checklist = excluded.checklist, title = excluded.title, basis = excluded.basis, reason = excluded.reason,
    first_day = excluded.first_day, last_day = excluded.last_day
  where inspection.state = 'planned' and inspection.asker_id = excluded.asker_id
  returning inspection_id as "inspectionId"`,
)

export const setState = query(
  'inspection.set-state',
  Type.Object({}),
  (p: { tenantId: number; inspectionId: string; state: 'under-way' | 'closed'; at: string }) => sql`
  update inspection.inspection set state = ${p.state}, started_at = case when ${p.state} = 'under-way' then ${p.at}::timestamptz else started_at end,
    closed_at = case when ${p.state} = 'closed' then ${p.at}::timestamptz end
  where tenant_id = ${p.tenantId} and inspection_id = ${p.inspectionId}`,
)

/** Units with the Party organisation that puts right what is found: the first grassroots one, by the pack's order of kinds. */
export const unitsToVisit = query(
  'inspection.units-to-visit',
  Type.Object({ unitId: Text, name: Text, bodyId: MaybeText }),
  (p: { unitIds: readonly string[]; kinds: readonly string[]; on: string; asOf: string }) => sql`
  select u.unit_id as "unitId", u.name, (
    select o.party_org_id from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o
    where o.unit_id = u.unit_id and o.kind = any (${[...p.kinds]}::text[]) order by array_position(${[...p.kinds]}::text[], o.kind), o.party_org_id limit 1) as "bodyId"
  from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = any (${[...p.unitIds]}::uuid[])`,
)

/** Visits of an inspection as they are to be: others go, with their teams; those that are there stay. */
export const putVisits = query(
  'inspection.put-visits',
  Type.Object({}),
  (p: { tenantId: number; inspectionId: string; askerId: string; visitIds: string[]; unitIds: string[]; bodyIds: string[] }) => sql`
  with gone as (
    delete from inspection.visit v where v.tenant_id = ${p.tenantId} and v.inspection_id = ${p.inspectionId} and not (v.unit_id = any (${p.unitIds}::uuid[])) returning v.visit_id
  ), off as (
    delete from inspection.member m using gone where m.tenant_id = ${p.tenantId} and m.visit_id = gone.visit_id
  )
  insert into inspection.visit (tenant_id, visit_id, inspection_id, asker_id, unit_id, body_id)
  select ${p.tenantId}, given.visit, ${p.inspectionId}, ${p.askerId}, given.unit, given.body
  from unnest(${p.visitIds}::uuid[], ${p.unitIds}::uuid[], ${p.bodyIds}::uuid[]) given(visit, unit, body)
  on conflict (tenant_id, inspection_id, unit_id) do nothing`,
)

export const VisitHead = Type.Object({
  visitId: Text,
  inspectionId: Text,
  askerId: Text,
  unitId: Text,
  unitName: Text,
  bodyId: Text,
  signedAt: MaybeText,
  signedBy: MaybeText,
  witness: Text,
  drawn: Type.Boolean(),
  heads: Ids,
})
export type VisitHead = Static<typeof VisitHead>
const visit = sql`v.visit_id as "visitId", v.inspection_id as "inspectionId", v.asker_id as "askerId", v.unit_id as "unitId", ${nameOf(sql`v.unit_id`)} as "unitName", v.body_id as "bodyId",
  v.signed_at as "signedAt", v.signed_by as "signedBy", v.witness, v.drawn, v.heads`

export const visitById = query(
  'inspection.visit-by-id',
  VisitHead,
  (p: { tenantId: number; visitId: string }) => sql`select ${visit} from {inspection.visit} v where v.tenant_id = ${p.tenantId} and v.visit_id = ${p.visitId}`,
)
export const visitsOf = query(
  'inspection.visits-of',
  VisitHead,
  (p: { tenantId: number; inspectionIds: string[] }) => sql`
  select ${visit} from {inspection.visit} v where v.tenant_id = ${p.tenantId} and v.inspection_id = any (${p.inspectionIds}::uuid[]) order by "unitName", v.visit_id`,
)

export const MemberRow = Type.Object({ visitId: Text, accountId: Text, name: MaybeText })
export const membersOf = query(
  'inspection.members-of',
  MemberRow,
  (p: { tenantId: number; visitIds: string[] }) => sql`
  select m.visit_id as "visitId", m.account_id as "accountId", access.author_name(m.account_id) as name from {inspection.member} m
  where m.tenant_id = ${p.tenantId} and m.visit_id = any (${p.visitIds}::uuid[]) order by m.known_from, m.account_id`,
)

export const AnswerRow = Type.Object({
  answerId: Text,
  visitId: Text,
  item: Text,
  verdict: Verdict,
  note: Text,
  finding: Text,
  replaces: Ids,
  late: Type.Boolean(),
  authorId: MaybeText,
  author: MaybeText,
  at: Text,
})
export type AnswerRow = Static<typeof AnswerRow>
export const answersOf = query(
  'inspection.answers-of',
  AnswerRow,
  (p: { tenantId: number; visitIds: string[] }) => sql`
  select a.answer_id as "answerId", a.visit_id as "visitId", a.item, a.verdict, a.note, a.finding, a.replaces, a.late, a.author_id as "authorId", access.author_name(a.author_id) as author, a.at
  from {inspection.answer} a where a.tenant_id = ${p.tenantId} and a.visit_id = any (${p.visitIds}::uuid[]) order by a.at, a.answer_id`,
)

/** Keeps an answer; no row where its id is there. */
export const insertAnswer = query(
  'inspection.insert-answer',
  Type.Object({ answerId: Text }),
  (p: {
    tenantId: number
    answerId: string
    visitId: string
    item: string
    verdict: string
    note: string
    finding: string
    replaces: string[]
    late: boolean
    authorId: string | null
    at: string
  }) => sql`
  insert into inspection.answer (tenant_id, answer_id, visit_id, item, verdict, note, finding, replaces, late, author_id, at)
  values (${p.tenantId}, ${p.answerId}, ${p.visitId}, ${p.item}, ${p.verdict}, ${p.note}, ${p.finding}, ${p.replaces}::uuid[], ${p.late}, ${p.authorId}, ${p.at})
  on conflict do nothing returning answer_id as "answerId"`,
)

export const addMember = query(
  'inspection.add-member',
  Type.Object({}),
  (p: { tenantId: number; visitIds: string[]; accountId: string; inspectionId: string; askerId: string; at: string }) => sql`
  insert into inspection.member (tenant_id, visit_id, account_id, inspection_id, asker_id, known_from)
  select ${p.tenantId}, visit, ${p.accountId}, ${p.inspectionId}, ${p.askerId}, ${p.at} from unnest(${p.visitIds}::uuid[]) visit on conflict do nothing`,
)
export const dropMember = query(
  'inspection.drop-member',
  Type.Object({}),
  (p: { tenantId: number; visitIds: string[]; accountId: string }) => sql`
  delete from inspection.member where tenant_id = ${p.tenantId} and visit_id = any (${p.visitIds}::uuid[]) and account_id = ${p.accountId}`,
)

/** Units that the person behind an account must not inspect [I3]. */
export const tiesOf = query(
  'inspection.ties-of',
  Type.Object({ unitId: Text, tie: Tie }),
  (p: { accountId: string; on: string; asOf: string }) => sql`
  select t.unit_id as "unitId", t.tie from inspection.ties(${p.accountId}, ${p.on}::date, ${p.asOf}::timestamptz) t`,
)

/** People whom the reader sees and who have an account, by a part of their name. */
export const peopleNamed = query(
  'inspection.people-named',
  Type.Object({ accountId: Text, name: Text, body: Text }),
  (p: { tenantId: number; q: string; accountId: string | null; most: number }) => sql`
  with named as (
    select p.person_id, p.name from {org.person} p where p.tenant_id = ${p.tenantId} and not p.outside
      and (${p.accountId}::uuid is not null or position(${p.q} in p.name) > 0 or starts_with(p.initials, lower(${p.q}))) 
  ), held as materialized (select a.account_id, a.person_id from inspection.accounts_of((select array_agg(n.person_id) from named n)) a)
  select held.account_id as "accountId", named.name, coalesce((
    select ${nameOf(sql`m.party_org_id`)} from {org.membership} m where m.tenant_id = ${p.tenantId} and m.person_id = named.person_id and m.known_until = 'infinity' order by m.valid_from desc limit 1), '') as body
  from held join named using (person_id) where ${p.accountId}::uuid is null or held.account_id = ${p.accountId}::uuid order by named.name, held.account_id limit ${p.most}`,
)

export const markSigned = query(
  'inspection.mark-signed',
  Type.Object({}),
  (p: { tenantId: number; visitId: string; heads: string[]; witness: string; drawn: boolean; accountId: string | null; at: string }) => sql`
  update inspection.visit set signed_at = ${p.at}, signed_by = ${p.accountId}, witness = ${p.witness}, drawn = ${p.drawn}, heads = ${p.heads}::uuid[]
  where tenant_id = ${p.tenantId} and visit_id = ${p.visitId} and signed_at is null`,
)
