// Versions of rubrics as their authors wrote them.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

export const DefinitionHead = Type.Object({
  rubricId: Type.String(),
  version: Type.Integer(),
  title: Type.String(),
  subject: Type.String(),
  hash: Type.String(),
  usedAt: Type.Union([Type.String(), Type.Null()]),
  knownFrom: Type.String(),
  /** Who wrote it on the page; null for a version of the pack. */
  authorId: Type.Union([Type.String(), Type.Null()]),
  baseRubric: Type.Union([Type.String(), Type.Null()]),
  baseVersion: Type.Union([Type.Integer(), Type.Null()]),
})
export type DefinitionHead = Static<typeof DefinitionHead>

const head = sql`d.rubric_id as "rubricId", d.version, d.title, d.subject, d.hash, d.used_at as "usedAt", d.known_from as "knownFrom", d.author_id as "authorId",
  d.base_rubric as "baseRubric", d.base_version as "baseVersion"`

export const definitionHeads = query(
  'rubric.heads',
  DefinitionHead,
  (p: { tenantId: number }) => sql`
  select ${head} from rubric.definition d where d.tenant_id = ${p.tenantId} order by d.rubric_id, d.version desc`,
)

/** One version; the latest where none is named. */
export const definitionHead = query(
  'rubric.head',
  DefinitionHead,
  (p: { tenantId: number; rubricId: string; version: number | null }) => sql`
  select ${head} from rubric.definition d
  where d.tenant_id = ${p.tenantId} and d.rubric_id = ${p.rubricId} and (${p.version}::int is null or d.version = ${p.version}::int)
  order by d.version desc limit 1`,
)

export const definitionText = query(
  'rubric.text',
  Type.Object({ text: Type.String() }),
  (p: { tenantId: number; rubricId: string; version: number }) => sql`
  select d.text from rubric.definition d where d.tenant_id = ${p.tenantId} and d.rubric_id = ${p.rubricId} and d.version = ${p.version}`,
)

export interface NewDefinition {
  tenantId: number
  rubricId: string
  version: number
  title: string
  subject: string
  text: string
  hash: string
  authorId: string | null
  baseRubric: string | null
  baseVersion: number | null
}

/** Writes a version, or replaces its text while it was never used; a trigger refuses a used one. */
export const putDefinition = query(
  'rubric.put',
  Type.Object({}),
  (p: NewDefinition) => sql`
  insert into rubric.definition (tenant_id, rubric_id, version, title, subject, text, hash, author_id, known_from, base_rubric, base_version)
  values (${p.tenantId}, ${p.rubricId}, ${p.version}, ${p.title}, ${p.subject}, ${p.text}, ${p.hash}, ${p.authorId}, kit.now(), ${p.baseRubric}, ${p.baseVersion})
  on conflict (tenant_id, rubric_id, version) do update
  set title = excluded.title, subject = excluded.subject, text = excluded.text, hash = excluded.hash, author_id = excluded.author_id, known_from = excluded.known_from,
    base_rubric = excluded.base_rubric, base_version = excluded.base_version`,
)

/** Freezes a version by its first official run; a version in use stays as it is. */
export const markUsed = query(
  'rubric.mark-used',
  Type.Object({}),
  (p: { tenantId: number; rubricId: string; version: number }) => sql`
  update rubric.definition set used_at = kit.now() where tenant_id = ${p.tenantId} and rubric_id = ${p.rubricId} and version = ${p.version} and used_at is null`,
)
