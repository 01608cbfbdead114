// Runs and their results; the newest change of facts; names of what stands behind a number.
import { type Static, Type } from 'typebox'
import { ofScope, protect, query, sql } from '#server/kit/sql.ts'

protect('scoring.result', ofScope('subject_id'))

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

export const RunHead = Type.Object({
  runId: Text,
  rubricId: Text,
  version: Type.Integer(),
  on: Text,
  asOf: Text,
  subjects: Type.Integer(),
  milliseconds: Type.Integer(),
  startedAt: Text,
})
export type RunHead = Static<typeof RunHead>

const runHead = sql`r.run_id as "runId", r.rubric_id as "rubricId", r.version, r.valid_on as "on", r.as_of as "asOf", r.subjects, r.milliseconds, r.started_at as "startedAt"`

export const runHeads = query(
  'scoring.runs',
  RunHead,
  (p: { tenantId: number; rubricId: string | null }) => sql`
  select ${runHead} from scoring.run r where r.tenant_id = ${p.tenantId} and (${p.rubricId}::text is null or r.rubric_id = ${p.rubricId}::text)
  order by r.as_of desc, r.run_id desc limit 200`,
)

export const runById = query(
  'scoring.run',
  RunHead,
  (p: { tenantId: number; runId: string }) => sql`
  select ${runHead} from scoring.run r where r.tenant_id = ${p.tenantId} and r.run_id = ${p.runId}`,
)

/** The last official run of a rubric over a period that ended before a day; of those before a moment, where one is named. */
export const runOfPeriodBefore = query(
  'scoring.run-of-period-before',
  Type.Object({ runId: Text }),
  (p: { tenantId: number; rubricId: string; from: string; asOf: string | null }) => sql`
  select r.run_id as "runId" from scoring.run r
  where r.tenant_id = ${p.tenantId} and r.rubric_id = ${p.rubricId} and r.period_until < ${p.from}::date and (${p.asOf}::timestamptz is null or r.as_of <= ${p.asOf}::timestamptz)
  order by r.period_until desc, r.as_of desc limit 1`,
)

/** Two requests with one id wait for each other. */
export const lockRunId = query(
  'scoring.lock-run',
  Type.Object({ done: Type.Boolean() }),
  (p: { runId: string }) => sql`select pg_advisory_xact_lock(7005, hashtext(${p.runId})) is null as "done"`,
)

export interface NewRun extends Omit<RunHead, 'startedAt'> {
  tenantId: number
  from: string
  to: string
  authorId: string | null
}
export const insertRun = query(
  'scoring.insert-run',
  Type.Object({ startedAt: Text }),
  (p: NewRun) => sql`
  insert into scoring.run (tenant_id, run_id, rubric_id, version, valid_on, as_of, period_from, period_until, subjects, milliseconds, author_id, started_at)
  values (${p.tenantId}, ${p.runId}, ${p.rubricId}, ${p.version}, ${p.on}, ${p.asOf}, ${p.from}, ${p.to}, ${p.subjects}, ${p.milliseconds}, ${p.authorId}, kit.now())
  returning started_at as "startedAt"`,
)

/** The engine's statement with items as text: kept as they come, and read when one subject's score is asked for. */
export function compact(statement: { text: string; values: unknown[] }): { text: string; values: unknown[] } {
  return {
    text: `select s.id, coalesce(s.name, '') as name, coalesce(s.class, '') as class, s.parent, s.total, s.rank, s.grade, s.vetoes, s.blocks, s.items from (${statement.text}) s`,
    values: statement.values,
  }
}

/** How many rows a statement of the engine gives. */
export function counting(statement: { text: string; values: unknown[] }): { text: string; values: unknown[] } {
  return { text: `select count(*)::int as count from (${statement.text}) one`, values: statement.values }
}

/** The engine's statement with its rows stored as the results of a run. */
export function storing(statement: { text: string; values: unknown[] }, tenantId: number, runId: string): { text: string; values: unknown[] } {
  const [tenant, run] = [statement.values.length + 1, statement.values.length + 2]
  return {
    text: `insert into scoring.result (tenant_id, run_id, subject_id, name, class, parent, total, rank, grade, vetoes, blocks, items)
select $${tenant}::int, $${run}::uuid, s.id::uuid, coalesce(s.name, ''), coalesce(s.class, ''), s.parent, s.total::numeric, s.rank::numeric, s.grade, s.vetoes, s.blocks, s.items::jsonb
from (${statement.text}) s`,
    values: [...statement.values, tenantId, runId],
  }
}

export const countResults = query(
  'scoring.count-results',
  Type.Object({ count: Type.Integer() }),
  (p: { tenantId: number; runId: string }) => sql`
  select count(*)::int as count from {scoring.result} r where r.tenant_id = ${p.tenantId} and r.run_id = ${p.runId}`,
)

export const ResultHead = Type.Object({
  id: Text,
  name: Text,
  class: Text,
  parent: MaybeText,
  total: MaybeText,
  rank: MaybeText,
  grade: MaybeText,
  vetoes: Type.Unsafe<string[]>(Type.Any()),
  blocks: Type.Unsafe<Record<string, string | null>>(Type.Any()),
})
const resultHead = sql`r.subject_id as id, r.name, r.class, r.parent, trim_scale(r.total)::text as total, trim_scale(r.rank)::text as rank, r.grade, r.vetoes, r.blocks`

/** The results that the reader may see, without their items. */
export const resultHeads = query(
  'scoring.results',
  ResultHead,
  (p: { tenantId: number; runId: string }) => sql`
  select ${resultHead} from {scoring.result} r where r.tenant_id = ${p.tenantId} and r.run_id = ${p.runId}`,
)

export const FullResult = Type.Object({ ...ResultHead.properties, items: Text })
export const resultsOfRun = query(
  'scoring.full-results',
  FullResult,
  (p: { tenantId: number; runId: string }) => sql`
  select ${resultHead}, r.items::text as items from {scoring.result} r where r.tenant_id = ${p.tenantId} and r.run_id = ${p.runId} order by r.subject_id`,
)

export const resultOf = query(
  'scoring.result',
  FullResult,
  (p: { tenantId: number; runId: string; subjectId: string }) => sql`
  select ${resultHead}, r.items::text as items from {scoring.result} r where r.tenant_id = ${p.tenantId} and r.run_id = ${p.runId} and r.subject_id = ${p.subjectId}`,
)

/** The subject's result in the last official run of the rubric before a moment. */
export const previousResult = query(
  'scoring.previous-result',
  Type.Object({ ...FullResult.properties, runId: Text, on: Text, asOf: Text }),
  (p: { tenantId: number; rubricId: string; subjectId: string; before: string }) => sql`
  select run.run_id as "runId", run.valid_on as "on", run.as_of as "asOf", ${resultHead}, r.items::text as items
  from scoring.run run join {scoring.result} r on r.tenant_id = run.tenant_id and r.run_id = run.run_id and r.subject_id = ${p.subjectId}
  where run.tenant_id = ${p.tenantId} and run.rubric_id = ${p.rubricId} and run.as_of < ${p.before}::timestamptz
  order by run.as_of desc limit 1`,
)

/** Waits until nobody writes for the tenant (see README) and gives that moment; the wait after it makes every later write later than it. */
export const freezeMoment = query(
  'scoring.freeze',
  Type.Object({ asOf: Text }),
  (p: { lock: number; tenantId: number }) => sql`
  with locked as materialized (select pg_advisory_xact_lock(${p.lock}::int, ${p.tenantId}::int) is null as done), moment as materialized (select kit.now() as at from locked), gone as materialized (select pg_sleep(0.002) is null as done from moment)
  select moment.at as "asOf" from moment, gone`,
)
export const limitWaiting = query('scoring.limit-waiting', Type.Object({}), (_: object) => sql`set local lock_timeout = '2s'`)

/**
 * A moment before which whatever was written is committed: now where nobody writes for the tenant, else as long ago as a write may take; less
 * five seconds for clocks that differ.
 */
export const horizon = query(
  'scoring.horizon',
  Type.Object({ since: Text }),
  (p: { lock: number; tenantId: number; minutes: number }) => sql`
  select (kit.now() - interval '5 seconds' - case when exists (
    select from pg_locks l where l.locktype = 'advisory' and l.classid::int = ${p.lock}::int and l.objid::int = ${p.tenantId}::int and l.database = (select d.oid from pg_database d where d.datname = current_database())
  ) then make_interval(mins => ${p.minutes}::int) else interval '0' end)::text as since`,
)

/** Plans of kept statements stay as they are in this transaction. */
export const keepPlans = query('scoring.keep-plans', Type.Object({}), (_: object) => sql`set local plan_cache_mode = force_generic_plan`)

export const tenantNow = query('scoring.now', Type.Object({ now: Text }), (_: object) => sql`select kit.now() as now`)

/** The newest change of facts or of the organisation: other processes' too. */
export const newestChange = query(
  'scoring.newest-change',
  Type.Object({ at: MaybeText }),
  (p: { tenantId: number }) => sql`
  select greatest(
    (select max(known_from) from {ledger.record} where tenant_id = ${p.tenantId}), (select max(known_from) from {ledger.mark} where tenant_id = ${p.tenantId}),
    (select max(known_from) from org.unit where tenant_id = ${p.tenantId}), (select max(known_from) from org.party_org where tenant_id = ${p.tenantId}),
    (select max(known_from) from org.placement where tenant_id = ${p.tenantId}), (select max(known_from) from org.holding where tenant_id = ${p.tenantId}),
    (select max(known_from) from {org.membership} where tenant_id = ${p.tenantId}), (select max(known_from) from org.term where tenant_id = ${p.tenantId}),
    (select max(known_from) from org.lineage where tenant_id = ${p.tenantId}))::text as at`,
)

const Described = Type.Object({ id: Text, title: Text, detail: Text })

/** Marks by id, as the reader may see them. */
export const marksById = query(
  'scoring.marks',
  Described,
  (p: { tenantId: number; ids: string[] }) => sql`
  select m.mark_id as id, m.item as title, m.given_by || case m.source when '' then '' else '（' || m.source || '）' end as detail
  from {ledger.mark} m where m.tenant_id = ${p.tenantId} and m.mark_id = any (${p.ids}::uuid[])`,
)

/** Bodies by their ids, and those that were merged away by the ids of the mergers. */
export const bodiesById = query(
  'scoring.bodies',
  Described,
  (p: { tenantId: number; ids: string[]; on: string; asOf: string }) => sql`
  select u.unit_id as id, u.name as title, u.kind as detail from org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u where u.unit_id = any (${p.ids}::uuid[])
  union all
  select o.party_org_id, o.name, o.kind from org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o where o.party_org_id = any (${p.ids}::uuid[])
  union all
  select l.lineage_id, coalesce(u.name, o.name), coalesce(u.kind, o.kind) from org.lineage l
    left join org.units_at(l.took_effect_on - 1, ${p.asOf}::timestamptz) u on u.unit_id = l.from_id
    left join org.party_orgs_at(l.took_effect_on - 1, ${p.asOf}::timestamptz) o on o.party_org_id = l.from_id
  where l.tenant_id = ${p.tenantId} and l.lineage_id = any (${p.ids}::uuid[]) and coalesce(u.name, o.name) is not null`,
)

/** Posts and memberships by id: the body, the post or kind, and the person's name where the reader may see it. */
export const peopleById = query(
  'scoring.people',
  Type.Object({ ...Described.properties, person: Type.Union([Text, Type.Null()]), bodyId: Text }),
  (p: { tenantId: number; ids: string[]; on: string; asOf: string }) => sql`
  with held as (
    select h.holding_id as id, h.body_id, h.person_id, h.post as word from org.holding h where h.tenant_id = ${p.tenantId} and h.holding_id = any (${p.ids}::uuid[])
    union all
    select m.membership_id, m.party_org_id, m.person_id, m.kind from {org.membership} m where m.tenant_id = ${p.tenantId} and m.membership_id = any (${p.ids}::uuid[])
  )
  select held.id, held.word as title, coalesce(o.name, u.name, '') as detail, person.name as person, held.body_id as "bodyId"
  from held left join {org.person} person on person.tenant_id = ${p.tenantId} and person.person_id = held.person_id
    left join org.party_orgs_at(${p.on}::date, ${p.asOf}::timestamptz) o on o.party_org_id = held.body_id
    left join org.units_at(${p.on}::date, ${p.asOf}::timestamptz) u on u.unit_id = held.body_id`,
)
