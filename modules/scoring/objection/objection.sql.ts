// Objections, what was done to them, and the periods in which they may be raised.
import { type Static, Type } from 'typebox'
import { empty, ofScope, protect, query, type Sql, sql } from '#server/kit/sql.ts'
import { State, type Target } from './objection.contract.ts'

protect('scoring.objection', ofScope('subject_id'))
protect('scoring.objection_act', ofScope('subject_id'))

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

export const PeriodRow = Type.Object({ runId: Text, from: Text, until: Text, endedAt: MaybeText })
export type PeriodRow = Static<typeof PeriodRow>
const period = sql`p.run_id as "runId", p.opened_on as "from", p.until, p.ended_at as "endedAt"`

export const periodOf = query(
  'scoring.objection-period',
  PeriodRow,
  (p: { tenantId: number; runId: string }) => sql`
  select ${period} from scoring.objection_period p where p.tenant_id = ${p.tenantId} and p.run_id = ${p.runId}`,
)

/** Periods that run on a day and concern somebody of the reader's scope. */
export const runningPeriods = query(
  'scoring.running-periods',
  Type.Object({ runId: Text, rubricId: Text, title: Text, until: Text }),
  (p: { tenantId: number; on: string }) => sql`
  select p.run_id as "runId", r.rubric_id as "rubricId", d.title, p.until from scoring.objection_period p
    join scoring.run r on r.tenant_id = p.tenant_id and r.run_id = p.run_id
    join rubric.definition d on d.tenant_id = r.tenant_id and d.rubric_id = r.rubric_id and d.version = r.version
  where p.tenant_id = ${p.tenantId} and p.ended_at is null and p.until >= ${p.on}::date
    and exists (select from {scoring.result} s where s.tenant_id = p.tenant_id and s.run_id = p.run_id) order by p.until, p.run_id limit 20`,
)

/** Whoever raises, closes or opens on one run waits for the others. */
export const lockRun = query(
  'scoring.lock-objections',
  Type.Object({ done: Type.Boolean() }),
  (p: { runId: string }) => sql`select pg_advisory_xact_lock(7042, hashtext(${p.runId})) is null as "done"`,
)

export const insertPeriod = query(
  'scoring.insert-period',
  Type.Object({}),
  (p: { tenantId: number; runId: string; from: string; until: string; by: string | null; at: string; endedAt: string | null }) => sql`
  insert into scoring.objection_period (tenant_id, run_id, opened_on, until, opened_by, opened_at, ended_at)
  values (${p.tenantId}, ${p.runId}, ${p.from}, ${p.until}, ${p.by}, ${p.at}, ${p.endedAt})`,
)
export const endPeriod = query(
  'scoring.end-period',
  Type.Object({}),
  (p: { tenantId: number; runId: string; at: string }) => sql`
  update scoring.objection_period set ended_at = ${p.at} where tenant_id = ${p.tenantId} and run_id = ${p.runId} and ended_at is null`,
)

export const Objection = Type.Object({
  objectionId: Text,
  runId: Text,
  rubricId: Text,
  version: Type.Integer(),
  title: Text,
  on: Text,
  asOf: Text,
  runBy: MaybeText,
  subjectId: Text,
  name: Text,
  targetKind: Type.Unsafe<Target['kind']>(Text),
  targetId: Text,
  label: Text,
  reason: Text,
  records: Type.Unsafe<string[]>(Type.Any()),
  state: State,
  dueOn: MaybeText,
  answer: MaybeText,
  newRunId: MaybeText,
  raisedBy: Text,
  raisedAt: Text,
  changedAt: Text,
})
export type Objection = Static<typeof Objection>

const objection = sql`o.objection_id as "objectionId", o.run_id as "runId", r.rubric_id as "rubricId", r.version, d.title, r.valid_on as "on", r.as_of as "asOf", access.author_name(r.author_id) as "runBy", o.subject_id as "subjectId", coalesce(s.name, '') as name, o.target_kind as "targetKind", o.target_id as "targetId",
  o.label, o.reason, o.records, o.state, o.due_on as "dueOn",
  (select a.text from {scoring.objection_act} a where a.tenant_id = o.tenant_id and a.objection_id = o.objection_id and a.act in ('uphold', 'reject')) as answer,
  (select a.run_id from {scoring.objection_act} a where a.tenant_id = o.tenant_id and a.objection_id = o.objection_id and a.act = 'recompute') as "newRunId", o.raised_by as "raisedBy", o.raised_at as "raisedAt", o.changed_at as "changedAt"`
const joined = sql`{scoring.objection} o join scoring.run r on r.tenant_id = o.tenant_id and r.run_id = o.run_id
  join rubric.definition d on d.tenant_id = r.tenant_id and d.rubric_id = r.rubric_id and d.version = r.version
  left join {scoring.result} s on s.tenant_id = o.tenant_id and s.run_id = o.run_id and s.subject_id = o.subject_id`

export const objectionById = query(
  'scoring.objection-by-id',
  Objection,
  (p: { tenantId: number; objectionId: string }) =>
    sql`select ${objection} from ${joined} where o.tenant_id = ${p.tenantId} and o.objection_id = ${p.objectionId}`,
)

export interface Filter {
  tenantId: number
  states: readonly State[] | null
  rubricId: string | null
  runId: string | null
  words: readonly string[]
}
/** `strpos` on the subject's name and the item's label: objections are few. */
const matching = (p: Filter): Sql => sql`o.tenant_id = ${p.tenantId} ${p.states === null ? empty : sql`and o.state = any (${p.states}::text[])`}
    ${p.rubricId === null ? empty : sql`and r.rubric_id = ${p.rubricId}`} ${p.runId === null ? empty : sql`and o.run_id = ${p.runId}`}
    ${p.words.length === 0 ? empty : sql`and (select bool_and(strpos(coalesce(s.name, '') || ' ' || o.label, w) > 0) from unnest(${p.words}::text[]) w)`}`

/** A page of objections, last changed first. */
export const pageOfObjections = query(
  'scoring.objections',
  Objection,
  (p: Filter & { after: { at: string; id: string } | null; limit: number }) => sql`
  select ${objection} from ${joined} where ${matching(p)}
    ${p.after === null ? empty : sql`and (o.changed_at, o.objection_id) < (${p.after.at}::timestamptz, ${p.after.id}::uuid)`}
  order by o.changed_at desc, o.objection_id desc limit ${p.limit}`,
)
export const countObjections = query(
  'scoring.count-objections',
  Type.Object({ count: Type.Integer() }),
  (p: Filter & { most: number }) => sql`select count(*)::int as count from (select from ${joined} where ${matching(p)} limit ${p.most}) found`,
)

/** An open objection to the same target. */
export const openOnTarget = query(
  'scoring.open-on-target',
  Type.Object({ objectionId: Text }),
  (p: { tenantId: number; runId: string; subjectId: string; kind: string; id: string }) => sql`
  select o.objection_id as "objectionId" from {scoring.objection} o where o.tenant_id = ${p.tenantId} and o.run_id = ${p.runId} and o.subject_id = ${p.subjectId}
    and o.target_kind = ${p.kind} and o.target_id = ${p.id} and o.state in ('raised', 'accepted', 'upheld') limit 1`,
)

export interface NewObjection {
  tenantId: number
  objectionId: string
  runId: string
  subjectId: string
  kind: string
  targetId: string
  label: string
  reason: string
  records: string
  dueOn: string
  by: string
  at: string
}
export const insertObjection = query(
  'scoring.insert-objection',
  Type.Object({}),
  (p: NewObjection) => sql`
  insert into scoring.objection (tenant_id, objection_id, run_id, subject_id, target_kind, target_id, label, reason, records, state, due_on, raised_by, raised_at, changed_at)
  values (${p.tenantId}, ${p.objectionId}, ${p.runId}, ${p.subjectId}, ${p.kind}, ${p.targetId}, ${p.label}, ${p.reason}, ${p.records}::jsonb, 'raised', ${p.dueOn}, ${p.by}, ${p.at}, ${p.at})`,
)

/** Moves an objection on; the caller holds its run. */
export const moveObjection = query(
  'scoring.move-objection',
  Type.Object({}),
  (p: { tenantId: number; objectionId: string; state: State; dueOn: string | null; at: string }) => sql`
  update scoring.objection set state = ${p.state}, due_on = ${p.dueOn}, changed_at = ${p.at} where tenant_id = ${p.tenantId} and objection_id = ${p.objectionId}`,
)
/** Closes what was upheld on a run. */
export const closeUpheld = query(
  'scoring.close-upheld',
  Type.Object({ objectionId: Text, subjectId: Text }),
  (p: { tenantId: number; runId: string; at: string }) => sql`
  update scoring.objection set state = 'recomputed', due_on = null, changed_at = ${p.at}
  where tenant_id = ${p.tenantId} and run_id = ${p.runId} and state = 'upheld' returning objection_id as "objectionId", subject_id as "subjectId"`,
)
/** How many objections to a run have led to another. */
export const ledTo = query(
  'scoring.led-to',
  Type.Object({ count: Type.Integer() }),
  (p: { tenantId: number; runId: string; newRunId: string }) => sql`
  select count(*)::int as count from {scoring.objection_act} a join {scoring.objection} o on o.tenant_id = a.tenant_id and o.objection_id = a.objection_id
  where a.tenant_id = ${p.tenantId} and a.run_id = ${p.newRunId} and o.run_id = ${p.runId}`,
)

/** How many objections to a run are open, and whether one has led to another run. */
export const standingOfRun = query(
  'scoring.objections-of-run',
  Type.Object({ open: Type.Integer(), recomputed: Type.Integer() }),
  (p: { tenantId: number; runId: string }) => sql`
  select count(*) filter (where o.state in ('raised', 'accepted', 'upheld'))::int as open, count(*) filter (where o.state = 'recomputed')::int as recomputed
  from {scoring.objection} o where o.tenant_id = ${p.tenantId} and o.run_id = ${p.runId}`,
)

export const Act = Type.Object({ actId: Text, objectionId: Text, act: Text, text: Text, accountId: Text, post: Text, by: MaybeText, doneAt: Text })
const act = sql`a.act_id as "actId", a.objection_id as "objectionId", a.act, a.text, a.account_id as "accountId", a.post, access.author_name(a.account_id) as by, a.done_at as "doneAt"`

export const actById = query(
  'scoring.objection-act',
  Act,
  (p: { tenantId: number; actId: string }) => sql`select ${act} from {scoring.objection_act} a where a.tenant_id = ${p.tenantId} and a.act_id = ${p.actId}`,
)
export const actsOf = query(
  'scoring.objection-acts',
  Act,
  (p: { tenantId: number; objectionId: string }) => sql`
  select ${act} from {scoring.objection_act} a where a.tenant_id = ${p.tenantId} and a.objection_id = ${p.objectionId} order by a.done_at, a.act_id`,
)
export const insertAct = query(
  'scoring.insert-objection-act',
  Type.Object({}),
  (p: {
    tenantId: number
    actId: string
    objectionId: string
    subjectId: string
    act: string
    text: string
    runId: string | null
    accountId: string
    post: string
    at: string
  }) => sql`
  insert into scoring.objection_act (tenant_id, act_id, objection_id, subject_id, act, text, run_id, account_id, post, done_at)
  values (${p.tenantId}, ${p.actId}, ${p.objectionId}, ${p.subjectId}, ${p.act}, ${p.text}, ${p.runId}, ${p.accountId}, ${p.post}, ${p.at})`,
)
