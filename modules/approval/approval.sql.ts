// Papers, what was done to them, objections.
import { type Static, Type } from 'typebox'
import { empty, protect, query, sql, uncounted } from '#server/kit/sql.ts'
import { type Audience, Audience as AudienceType, type State, State as StateType } from './approval.contract.ts'
import type { Step } from './approval.pack.ts'

/** Whose business a paper is, and to whom it was released or is on notice: as the policies say it. */
const inside = (paper: string) =>
  `(${paper}.body_id = any ((select kit.scope())::uuid[]) or ${paper}.drafter_id = (select kit.actor()) or ${paper}.asked ?| (select kit.posts()))`
const told = `case case when it.state = 'released' then it.audience when it.state = 'notice' then it.notice_scope end
    when 'public' then true
    when 'system' then (select kit.actor()) is not null
    when 'unit' then it.about_id = any ((select kit.scope())::uuid[]) or (it.about_id is null and cardinality((select kit.scope())) > 0) end`
protect('approval.paper', () => uncounted(`${inside('it')} or ${told}`))
protect('approval.act', () =>
  uncounted(`exists (select from {approval.paper} p where p.tenant_id = it.tenant_id and p.paper_id = it.paper_id and ${inside('p')})`),
)
protect('approval.objection', () => uncounted('it.account_id = (select kit.actor())'))

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

export const Paper = Type.Object({
  paperId: Text,
  route: Text,
  steps: Type.Unsafe<Step[]>(Type.Any()),
  separate: Type.Unsafe<string[]>(Type.Any()),
  subjectKind: Text,
  subjectId: Text,
  title: Text,
  address: Text,
  hash: Text,
  summary: Type.Unsafe<string[]>(Type.Any()),
  note: Text,
  audience: AudienceType,
  bodyId: MaybeText,
  aboutId: MaybeText,
  drafterId: Text,
  drafterPersonId: Text,
  draftedAt: Text,
  state: StateType,
  round: Type.Integer(),
  changedAt: Text,
  asked: Type.Unsafe<string[]>(Type.Any()),
  opinionsDueOn: MaybeText,
  noticeScope: Type.Union([AudienceType, Type.Null()]),
  noticeFrom: MaybeText,
  noticeUntil: MaybeText,
  objections: Type.Integer(),
  objectionsOpen: Type.Integer(),
  number: MaybeText,
  releasedAt: MaybeText,
  recalledAt: MaybeText,
  recallReason: MaybeText,
})
export type Paper = Static<typeof Paper>

const paper = sql`p.paper_id as "paperId", p.route, p.steps, p.separate, p.subject_kind as "subjectKind", p.subject_id as "subjectId", p.title, p.address, p.hash, p.summary, p.note, p.audience,
  p.body_id as "bodyId", p.about_id as "aboutId", p.drafter_id as "drafterId", p.drafter_person_id as "drafterPersonId", p.drafted_at as "draftedAt", p.state, p.round, p.changed_at as "changedAt",
  p.asked, p.opinions_due_on as "opinionsDueOn", p.notice_scope as "noticeScope", p.notice_from as "noticeFrom", p.notice_until as "noticeUntil", p.objections, p.objections_open as "objectionsOpen",
  p.number, p.released_at as "releasedAt", p.recalled_at as "recalledAt", p.recall_reason as "recallReason"`

export const paperById = query(
  'approval.paper',
  Paper,
  (p: { tenantId: number; paperId: string }) => sql`select ${paper} from {approval.paper} p where p.tenant_id = ${p.tenantId} and p.paper_id = ${p.paperId}`,
)

/** The same, held until the end of the transaction: two who act at once act one after the other. */
export const paperToChange = query(
  'approval.paper-to-change',
  Paper,
  (p: { tenantId: number; paperId: string }) =>
    sql`select ${paper} from {approval.paper} p where p.tenant_id = ${p.tenantId} and p.paper_id = ${p.paperId} for update`,
)

/** Papers under way, oldest change first. */
export const openPapers = query(
  'approval.open',
  Paper,
  (p: { tenantId: number; most: number }) => sql`
  select ${paper} from {approval.paper} p where p.tenant_id = ${p.tenantId} and p.state not in ('released', 'withdrawn', 'recalled')
  order by p.changed_at, p.paper_id limit ${p.most}`,
)

/** A page of papers, last changed first; `drafter` null: anybody's. */
export const pageOfPapers = query(
  'approval.page',
  Paper,
  (p: { tenantId: number; states: readonly State[] | null; drafter: string | null; after: { at: string; id: string } | null; limit: number }) => sql`
  select ${paper} from {approval.paper} p
  where p.tenant_id = ${p.tenantId} ${p.states === null ? empty : sql`and p.state = any (${p.states}::text[])`}
    ${p.drafter === null ? empty : sql`and p.drafter_person_id = ${p.drafter}`}
    ${p.after === null ? empty : sql`and (p.changed_at, p.paper_id) < (${p.after.at}::timestamptz, ${p.after.id}::uuid)`}
  order by p.changed_at desc, p.paper_id desc limit ${p.limit}`,
)

/** The papers of one thing, last changed first. */
export const papersOf = query(
  'approval.papers-of',
  Paper,
  (p: { tenantId: number; kind: string; subjectId: string }) => sql`
  select ${paper} from {approval.paper} p where p.tenant_id = ${p.tenantId} and p.subject_kind = ${p.kind} and p.subject_id = ${p.subjectId}
  order by p.changed_at desc, p.paper_id desc limit 50`,
)

export const Told = Type.Object({
  paperId: Text,
  subjectId: Text,
  hash: Text,
  state: StateType,
  audience: AudienceType,
  noticeScope: Type.Union([AudienceType, Type.Null()]),
  aboutId: MaybeText,
  number: MaybeText,
  releasedAt: MaybeText,
})
export type Told = Static<typeof Told>

/** Releases in force and notices that run, of one kind of thing; of one thing where it is named. */
export const toldOf = query(
  'approval.told',
  Told,
  (p: { tenantId: number; kind: string; subjectId: string | null }) => sql`
  select p.paper_id as "paperId", p.subject_id as "subjectId", p.hash, p.state, p.audience, p.notice_scope as "noticeScope", p.about_id as "aboutId", p.number, p.released_at as "releasedAt"
  from {approval.paper} p where p.tenant_id = ${p.tenantId} and p.subject_kind = ${p.kind} and p.state in ('released', 'notice')
    ${p.subjectId === null ? empty : sql`and p.subject_id = ${p.subjectId}`}
  order by p.released_at desc nulls last`,
)

export interface NewPaper {
  tenantId: number
  paperId: string
  route: string
  steps: string
  separate: string
  subjectKind: string
  subjectId: string
  title: string
  address: string
  hash: string
  summary: string
  note: string
  audience: Audience
  bodyId: string | null
  aboutId: string | null
  drafterId: string
  drafterPersonId: string
  state: State
  at: string
}

export const insertPaper = query(
  'approval.insert-paper',
  Type.Object({}),
  (p: NewPaper) => sql`
  insert into approval.paper (tenant_id, paper_id, route, steps, separate, subject_kind, subject_id, title, address, hash, summary, note, audience, body_id, about_id, drafter_id, drafter_person_id, drafted_at, state, changed_at)
  values (${p.tenantId}, ${p.paperId}, ${p.route}, ${p.steps}::jsonb, ${p.separate}::jsonb, ${p.subjectKind}, ${p.subjectId}, ${p.title}, ${p.address}, ${p.hash}, ${p.summary}::jsonb, ${p.note}, ${p.audience},
    ${p.bodyId}, ${p.aboutId}, ${p.drafterId}, ${p.drafterPersonId}, ${p.at}, ${p.state}, ${p.at})`,
)

/** Writes what a deed has changed of a paper; the caller holds it. */
export const updatePaper = query(
  'approval.update-paper',
  Type.Object({}),
  (p: { tenantId: number; paper: Paper }) => sql`
  update approval.paper set state = ${p.paper.state}, round = ${p.paper.round}, changed_at = ${p.paper.changedAt}, title = ${p.paper.title}, address = ${p.paper.address}, hash = ${p.paper.hash},
    summary = ${JSON.stringify(p.paper.summary)}::jsonb, note = ${p.paper.note}, asked = ${JSON.stringify(p.paper.asked)}::jsonb, opinions_due_on = ${p.paper.opinionsDueOn},
    notice_scope = ${p.paper.noticeScope}, notice_from = ${p.paper.noticeFrom}, notice_until = ${p.paper.noticeUntil}, objections = ${p.paper.objections}, objections_open = ${p.paper.objectionsOpen},
    recalled_at = ${p.paper.recalledAt}, recall_reason = ${p.paper.recallReason}
  where tenant_id = ${p.tenantId} and paper_id = ${p.paper.paperId}`,
)

/** One after the other, so that two releases don't take one number, and two drafts don't pass each other. */
export const lockNumbers = query(
  'approval.lock',
  Type.Object({ done: Type.Boolean() }),
  (p: { tenantId: number }) => sql`select pg_advisory_xact_lock(7032, ${p.tenantId}::int) is null as "done"`,
)

export const nextNumber = query(
  'approval.next-number',
  Type.Object({ next: Type.Integer() }),
  (p: { tenantId: number; year: number }) => sql`
  select coalesce(max(p.number_in_year), 0) + 1 as next from {approval.paper} p where p.tenant_id = ${p.tenantId} and p.number_year = ${p.year}`,
)

export const numberPaper = query(
  'approval.number',
  Type.Object({}),
  (p: { tenantId: number; paperId: string; number: string; year: number; n: number; at: string }) => sql`
  update approval.paper set number = ${p.number}, number_year = ${p.year}, number_in_year = ${p.n}, released_at = ${p.at} where tenant_id = ${p.tenantId} and paper_id = ${p.paperId}`,
)

export const ActRow = Type.Object({
  actId: Text,
  paperId: Text,
  round: Type.Integer(),
  step: Text,
  verdict: Text,
  reason: Text,
  detail: Type.Unsafe<{ heldOn?: string; minutes?: string; post?: string }>(Type.Any()),
  accountId: Text,
  personId: Text,
  post: Text,
  by: MaybeText,
  doneAt: Text,
})
export type ActRow = Static<typeof ActRow>

const act = sql`a.act_id as "actId", a.paper_id as "paperId", a.round, a.step, a.verdict, a.reason, a.detail, a.account_id as "accountId", a.person_id as "personId", a.post, access.author_name(a.account_id) as by, a.done_at as "doneAt"`

export const actById = query(
  'approval.act',
  ActRow,
  (p: { tenantId: number; actId: string }) => sql`select ${act} from {approval.act} a where a.tenant_id = ${p.tenantId} and a.act_id = ${p.actId}`,
)

/** What was done to a paper, in order. */
export const actsOf = query(
  'approval.acts',
  ActRow,
  (p: { tenantId: number; paperId: string }) => sql`
  select ${act} from {approval.act} a where a.tenant_id = ${p.tenantId} and a.paper_id = ${p.paperId} order by a.done_at, a.act_id`,
)

/** What was done to the papers under way, by this person or as a joint opinion: what decides on what may be done next. */
export const actsUnderWay = query(
  'approval.acts-under-way',
  ActRow,
  (p: { tenantId: number; personId: string }) => sql`
  select ${act} from {approval.act} a join {approval.paper} p on p.tenant_id = a.tenant_id and p.paper_id = a.paper_id and p.round = a.round
  where a.tenant_id = ${p.tenantId} and p.state not in ('released', 'withdrawn', 'recalled') and (a.person_id = ${p.personId} or a.step = 'opinions')
  order by a.done_at, a.act_id`,
)

export const insertAct = query(
  'approval.insert-act',
  Type.Object({}),
  (p: {
    tenantId: number
    actId: string
    paperId: string
    round: number
    step: string
    verdict: string
    reason: string
    detail: string
    accountId: string
    personId: string
    post: string
    at: string
  }) => sql`
  insert into approval.act (tenant_id, act_id, paper_id, round, step, verdict, reason, detail, account_id, person_id, post, done_at)
  values (${p.tenantId}, ${p.actId}, ${p.paperId}, ${p.round}, ${p.step}, ${p.verdict}, ${p.reason}, ${p.detail}::jsonb, ${p.accountId}, ${p.personId}, ${p.post}, ${p.at})`,
)

export const Objection = Type.Object({
  objectionId: Text,
  paperId: Text,
  round: Type.Integer(),
  text: Text,
  accountId: MaybeText,
  personId: MaybeText,
  name: Text,
  contact: Text,
  madeAt: Text,
  upheld: Type.Union([Type.Boolean(), Type.Null()]),
  answer: MaybeText,
  answeredAt: MaybeText,
})
export type Objection = Static<typeof Objection>

const objection = sql`o.objection_id as "objectionId", o.paper_id as "paperId", o.round, o.text, o.account_id as "accountId", o.person_id as "personId", coalesce(nullif(o.name, ''), access.author_name(o.account_id), '') as name,
  o.contact, o.made_at as "madeAt", o.upheld, o.answer, o.answered_at as "answeredAt"`

export const objectionById = query(
  'approval.objection',
  Objection,
  (p: { tenantId: number; objectionId: string }) => sql`
  select ${objection} from {approval.objection} o where o.tenant_id = ${p.tenantId} and o.objection_id = ${p.objectionId}`,
)

export const objectionsOf = query(
  'approval.objections',
  Objection,
  (p: { tenantId: number; paperIds: readonly string[]; accountId: string | null }) => sql`
  select ${objection} from {approval.objection} o where o.tenant_id = ${p.tenantId} and o.paper_id = any (${p.paperIds}::uuid[])
    ${p.accountId === null ? empty : sql`and o.account_id = ${p.accountId}`}
  order by o.made_at, o.objection_id`,
)

/** How many objections came from the public within the last hour of real time: from an address, and to a paper. */
export const recentObjections = query(
  'approval.recent-objections',
  Type.Object({ fromAddress: Type.Integer(), toPaper: Type.Integer() }),
  (p: { tenantId: number; paperId: string; addressMark: string }) => sql`
  select (select count(*)::int from {approval.objection} o where o.tenant_id = ${p.tenantId} and o.address_mark = ${p.addressMark} and o.account_id is null and o.received_at > clock_timestamp() - interval '1 hour') as "fromAddress",
    (select count(*)::int from {approval.objection} o where o.tenant_id = ${p.tenantId} and o.paper_id = ${p.paperId} and o.account_id is null and o.received_at > clock_timestamp() - interval '1 hour') as "toPaper"`,
)

export const insertObjection = query(
  'approval.insert-objection',
  Type.Object({}),
  (p: {
    tenantId: number
    objectionId: string
    paperId: string
    round: number
    text: string
    accountId: string | null
    personId: string | null
    name: string
    contact: string
    addressMark: string
    at: string
  }) => sql`
  insert into approval.objection (tenant_id, objection_id, paper_id, round, text, account_id, person_id, name, contact, address_mark, made_at)
  values (${p.tenantId}, ${p.objectionId}, ${p.paperId}, ${p.round}, ${p.text}, ${p.accountId}, ${p.personId}, ${p.name}, ${p.contact}, ${p.addressMark}, ${p.at})`,
)

export const answer = query(
  'approval.answer',
  Type.Object({}),
  (p: { tenantId: number; objectionId: string; upheld: boolean; text: string; by: string; at: string }) => sql`
  update approval.objection set upheld = ${p.upheld}, answer = ${p.text}, answered_by = ${p.by}, answered_at = ${p.at} where tenant_id = ${p.tenantId} and objection_id = ${p.objectionId}`,
)
