// Complaints, and what was asked or given before.
import { type Static, Type } from 'typebox'
import { protect, query, sql } from '#server/kit/sql.ts'
import type { Earlier } from './burden.contract.ts'

// One's own; whoever answers them sees the tenant.
protect('burden.complaint', () => 'it.author_id = (select kit.actor())')

const Text = Type.String()
const Int = Type.Integer()
const MaybeText = Type.Union([Text, Type.Null()])
const Texts = Type.Unsafe<string[]>(Type.Any())

export const ComplaintRow = Type.Object({
  complaintId: Text,
  authorId: MaybeText,
  title: Text,
  kind: Text,
  text: Text,
  earlier: Type.Unsafe<Static<typeof Earlier>[]>(Type.Any()),
  madeOn: Text,
  dueOn: Text,
  answer: MaybeText,
  answeredOn: MaybeText,
})
export type ComplaintRow = Static<typeof ComplaintRow>
const complaint = sql`c.complaint_id as "complaintId", c.author_id as "authorId", c.title, c.kind, c.text, c.earlier, c.made_on as "madeOn", c.due_on as "dueOn", c.answer, c.answered_on as "answeredOn"`

/** Without `returning`: whoever complains without a name may not read the row afterwards. */
export const insertComplaint = query(
  'burden.insert-complaint',
  Type.Object({}),
  (p: {
    tenantId: number
    complaintId: string
    authorId: string | null
    askingId: string | null
    title: string
    kind: string
    text: string
    earlier: string
    madeOn: string
    dueOn: string
  }) => sql`
  insert into burden.complaint (tenant_id, complaint_id, author_id, asking_id, title, kind, text, earlier, made_on, due_on)
  values (${p.tenantId}, ${p.complaintId}, ${p.authorId}, ${p.askingId}, ${p.title}, ${p.kind}, ${p.text}, ${p.earlier}::jsonb, ${p.madeOn}, ${p.dueOn}) on conflict do nothing`,
)
export const complaintsSeen = query(
  'burden.complaints',
  ComplaintRow,
  (p: { tenantId: number }) => sql`
  select ${complaint} from {burden.complaint} c where c.tenant_id = ${p.tenantId} order by c.answered_on desc nulls first, c.due_on, c.complaint_id limit 200`,
)
/** How many wait for an answer, the earliest last day, how many are past it. */
export const complaintsWaiting = query(
  'burden.complaints-waiting',
  Type.Object({ count: Int, dueOn: MaybeText, late: Int }),
  (p: { tenantId: number; on: string }) => sql`
  select count(*)::int as count, min(c.due_on) as "dueOn", count(*) filter (where c.due_on < ${p.on}::date)::int as late
  from {burden.complaint} c where c.tenant_id = ${p.tenantId} and c.answer is null`,
)
export const complaintById = query(
  'burden.complaint-by-id',
  ComplaintRow,
  (p: { tenantId: number; complaintId: string }) =>
    sql`select ${complaint} from {burden.complaint} c where c.tenant_id = ${p.tenantId} and c.complaint_id = ${p.complaintId}`,
)
export const answerComplaint = query(
  'burden.answer-complaint',
  Type.Object({ complaintId: Text }),
  (p: { tenantId: number; complaintId: string; answer: string; on: string; by: string | null }) => sql`
  update burden.complaint set answer = ${p.answer}, answered_on = ${p.on}, answered_by = ${p.by}
  where tenant_id = ${p.tenantId} and complaint_id = ${p.complaintId} and answer is null returning complaint_id as "complaintId"`,
)

/** An asking as one of its receivers in scope was charged for it, with how many receivers of the scope there are. */
export const chargeOf = query(
  'burden.charge-of',
  Type.Object({ bodyId: Text, title: Text, terms: Texts, askedOn: Text }),
  (p: { tenantId: number; askingId: string; bodyId: string | null }) => sql`
  select c.body_id as "bodyId", c.title, c.terms, c.asked_on as "askedOn" from {burden.charge} c
  where c.tenant_id = ${p.tenantId} and c.asking_id = ${p.askingId} and (${p.bodyId}::uuid is null or c.body_id = ${p.bodyId}) order by c.body_id limit 1`,
)
/** Askings that had asked a body for some of these terms before a day. */
export const earlierAskings = query(
  'burden.earlier-askings',
  Type.Object({ term: Text, from: Text, saidOn: Text }),
  (p: { tenantId: number; bodyId: string; terms: readonly string[]; askingId: string; before: string }) => sql`
  select x.term, c.asker || '《' || c.title || '》' as "from", c.asked_on as "saidOn" from {burden.charge} c cross join lateral unnest(c.terms) x(term)
  where c.tenant_id = ${p.tenantId} and c.body_id = ${p.bodyId} and c.asking_id <> ${p.askingId} and c.asked_on <= ${p.before}::date and x.term = any (${p.terms}::text[])
  order by c.asked_on desc, x.term limit 20`,
)
/** How many were asked, whoever they are: told to no one, it decides whether the asking may be named. */
export const receiversAsked = query(
  'burden.receivers-asked',
  Type.Object({ receivers: Int }),
  (p: { tenantId: number; askingId: string }) => sql`
  select count(*)::int as receivers from {burden.charge} c where c.tenant_id = ${p.tenantId} and c.asking_id = ${p.askingId}`,
)
