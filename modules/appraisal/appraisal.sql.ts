// Appraisals and the grades decided.
import { type Static, Type } from 'typebox'
import { ofScope, protect, query, sql } from '#server/kit/sql.ts'
import type { GradeCount, Step } from './appraisal.contract.ts'
import type { QuotaUse } from './appraisal.rules.ts'

protect('appraisal.grade', ofScope('subject_id'))

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])

/** Numbers over the whole tenant, kept with the appraisal. */
export interface Summary {
  subjects: number
  grades: GradeCount[]
  ceilings: Record<string, number>
  quotas: QuotaUse[]
}

export const AppraisalHead = Type.Object({
  id: Text,
  title: Text,
  year: Type.Integer(),
  run: Text,
  rubric: Text,
  version: Type.Integer(),
  on: Text,
  asOf: Text,
  decidedAt: Text,
  summary: Type.Unsafe<Summary>(Type.Any()),
})
export type AppraisalHead = Static<typeof AppraisalHead>

const head = sql`a.appraisal_id as id, a.title, a.year, a.run_id as run, r.rubric_id as rubric, r.version, r.valid_on as "on", r.as_of as "asOf", a.decided_at as "decidedAt", a.grades as summary`
const joined = sql`appraisal.appraisal a join scoring.run r on r.tenant_id = a.tenant_id and r.run_id = a.run_id`

export const appraisalHeads = query(
  'appraisal.heads',
  AppraisalHead,
  (p: { tenantId: number }) => sql`
  select ${head} from ${joined} where a.tenant_id = ${p.tenantId} order by a.decided_at desc limit 200`,
)

export const appraisalById = query(
  'appraisal.by-id',
  AppraisalHead,
  (p: { tenantId: number; appraisalId: string }) => sql`
  select ${head} from ${joined} where a.tenant_id = ${p.tenantId} and a.appraisal_id = ${p.appraisalId}`,
)

export const appraisalOfRun = query(
  'appraisal.of-run',
  Type.Object({ id: Text, title: Text }),
  (p: { tenantId: number; runId: string }) => sql`
  select a.appraisal_id as id, a.title from appraisal.appraisal a where a.tenant_id = ${p.tenantId} and a.run_id = ${p.runId}`,
)

/** Two decisions on one run, or with one id, wait for each other. */
export const lockDecision = query(
  'appraisal.lock',
  Type.Object({ done: Type.Boolean() }),
  (p: { tenantId: number }) => sql`select pg_advisory_xact_lock(7006, ${p.tenantId}::int) is null as "done"`,
)

export const insertAppraisal = query(
  'appraisal.insert',
  Type.Object({}),
  (p: { tenantId: number; id: string; title: string; year: number; run: string; authorId: string | null; summary: string }) => sql`
  insert into appraisal.appraisal (tenant_id, appraisal_id, title, year, run_id, author_id, decided_at, grades)
  values (${p.tenantId}, ${p.id}, ${p.title}, ${p.year}, ${p.run}, ${p.authorId}, kit.now(), ${p.summary}::jsonb)`,
)

/** All grades of an appraisal at once; `rows` is a JSON list. */
export const insertGrades = query(
  'appraisal.insert-grades',
  Type.Object({}),
  (p: { tenantId: number; id: string; rows: string }) => sql`
  insert into appraisal.grade (tenant_id, appraisal_id, subject_id, name, class, total, by_threshold, grade, reasons)
  select ${p.tenantId}, ${p.id}, g.subject, g.name, g.class, g.total, g.by_threshold, g.grade, g.steps
  from jsonb_to_recordset(${p.rows}::jsonb) as g (subject uuid, name text, class text, total numeric, by_threshold text, grade text, steps jsonb)`,
)

export const GradeLine = Type.Object({
  subject: Text,
  name: Text,
  class: Text,
  total: MaybeText,
  byThreshold: Text,
  grade: Text,
  steps: Type.Unsafe<Step[]>(Type.Any()),
})

const grade = sql`g.subject_id as subject, g.name, g.class, trim_scale(g.total)::text as total, g.by_threshold as "byThreshold", g.grade, g.reasons as steps`

/** The grades that the reader may see. */
export const gradesOf = query(
  'appraisal.grades',
  GradeLine,
  (p: { tenantId: number; appraisalId: string }) => sql`
  select ${grade} from {appraisal.grade} g where g.tenant_id = ${p.tenantId} and g.appraisal_id = ${p.appraisalId} order by g.total desc, g.subject_id`,
)

export const gradesOfSubject = query(
  'appraisal.subject-grades',
  Type.Object({ appraisal: Text, title: Text, year: Type.Integer(), ...GradeLine.properties }),
  (p: { tenantId: number; subjectId: string }) => sql`
  select a.appraisal_id as appraisal, a.title, a.year, ${grade} from {appraisal.grade} g join appraisal.appraisal a on a.tenant_id = g.tenant_id and a.appraisal_id = g.appraisal_id
  where g.tenant_id = ${p.tenantId} and g.subject_id = ${p.subjectId} order by a.decided_at desc`,
)
