// Drafts of rubrics. City-wide posts alone write them, so their rows are the tenant's.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()
const MaybeText = Type.Union([Text, Type.Null()])
const MaybeInt = Type.Union([Type.Integer(), Type.Null()])

export const Draft = Type.Object({
  draftId: Text,
  rubricId: Text,
  title: Text,
  baseRubric: MaybeText,
  baseVersion: MaybeInt,
  authorId: Text,
  author: Text,
  savedBy: Text,
  savedAt: Text,
  edition: Type.Integer(),
  discardedAt: MaybeText,
  madeVersion: MaybeInt,
})
export type Draft = Static<typeof Draft>

const draft = sql`d.draft_id as "draftId", d.rubric_id as "rubricId", d.title, d.base_rubric as "baseRubric", d.base_version as "baseVersion", d.author_id as "authorId",
  coalesce(access.author_name(d.author_id), '') as author, coalesce(access.author_name(d.saved_by), '') as "savedBy", d.saved_at as "savedAt", d.edition, d.discarded_at as "discardedAt", d.made_version as "madeVersion"`

/** The last saved first, then those discarded not long ago. */
export const allDrafts = query(
  'rubric.drafts',
  Draft,
  (p: { tenantId: number }) => sql`
  select ${draft} from rubric.draft d where d.tenant_id = ${p.tenantId} and (d.discarded_at is null or d.discarded_at > kit.now() - interval '30 days')
  order by d.discarded_at is not null, d.saved_at desc, d.draft_id limit 200`,
)

const WithText = Type.Object({ ...Draft.properties, text: Text })
export const draftById = query(
  'rubric.draft',
  WithText,
  (p: { tenantId: number; draftId: string }) => sql`
  select ${draft}, d.text from rubric.draft d where d.tenant_id = ${p.tenantId} and d.draft_id = ${p.draftId}`,
)

/** The same, held until the end of the transaction. */
export const draftToChange = query(
  'rubric.draft-to-change',
  WithText,
  (p: { tenantId: number; draftId: string }) => sql`
  select ${draft}, d.text from rubric.draft d where d.tenant_id = ${p.tenantId} and d.draft_id = ${p.draftId} for update`,
)

export interface NewDraft {
  tenantId: number
  draftId: string
  rubricId: string
  title: string
  text: string
  baseRubric: string | null
  baseVersion: number | null
  authorId: string
}
export const insertDraft = query(
  'rubric.draft-insert',
  Type.Object({}),
  (p: NewDraft) => sql`
  insert into rubric.draft (tenant_id, draft_id, rubric_id, title, text, base_rubric, base_version, author_id, begun_at, saved_by, saved_at, edition)
  values (${p.tenantId}, ${p.draftId}, ${p.rubricId}, ${p.title}, ${p.text}, ${p.baseRubric}, ${p.baseVersion}, ${p.authorId}, kit.now(), ${p.authorId}, kit.now(), 1)`,
)

export const updateDraft = query(
  'rubric.draft-update',
  Type.Object({ edition: Type.Integer(), savedAt: Text }),
  (p: { tenantId: number; draftId: string; rubricId: string; title: string; text: string; savedBy: string }) => sql`
  update rubric.draft set rubric_id = ${p.rubricId}, title = ${p.title}, text = ${p.text}, saved_by = ${p.savedBy}, saved_at = kit.now(), edition = edition + 1
  where tenant_id = ${p.tenantId} and draft_id = ${p.draftId} returning edition, saved_at as "savedAt"`,
)

export const markDiscarded = query(
  'rubric.draft-discarded',
  Type.Object({}),
  (p: { tenantId: number; draftId: string; discarded: 'yes' | 'no' }) => sql`
  update rubric.draft set discarded_at = case ${p.discarded}::text when 'yes' then kit.now() end where tenant_id = ${p.tenantId} and draft_id = ${p.draftId}`,
)

export const markMade = query(
  'rubric.draft-made',
  Type.Object({}),
  (p: { tenantId: number; draftId: string; version: number }) => sql`
  update rubric.draft set made_version = ${p.version} where tenant_id = ${p.tenantId} and draft_id = ${p.draftId}`,
)
