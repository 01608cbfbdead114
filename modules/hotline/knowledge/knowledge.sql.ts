// Statements of the answers that may be given directly. They are nobody's: every reader of the hotline sees all.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()
export const KnowledgeRow = Type.Object({
  knowledgeId: Text,
  category: Text,
  question: Text,
  answer: Text,
  validUntil: Type.Union([Text, Type.Null()]),
  revision: Type.Integer(),
  writtenAt: Text,
})
const columns = sql`k.knowledge_id as "knowledgeId", k.category, k.question, k.answer, k.valid_until as "validUntil", k.revision, k.at as "writtenAt"`

/** A page of them, newest first. `pattern`: of `like`. */
export const knowledgeList = query(
  'hotline.knowledge-list',
  KnowledgeRow,
  (p: { tenantId: number; pattern: string | null; category: string | null; after: string | null; most: number }) => sql`
  select ${columns} from hotline.knowledge k
  where k.tenant_id = ${p.tenantId} and not k.withdrawn and (${p.pattern}::text is null or k.question like ${p.pattern} or k.answer like ${p.pattern})
    and (${p.category}::text is null or k.category = ${p.category}) and (${p.after}::uuid is null or k.knowledge_id < ${p.after}::uuid)
  order by k.knowledge_id desc limit ${p.most}`,
)

/** Those of a category, or of all, that are valid on a day. */
export const validKnowledge = query(
  'hotline.knowledge-valid',
  Type.Object({ knowledgeId: Text, question: Text, answer: Text }),
  (p: { tenantId: number; category: string | null; on: string }) => sql`
  select k.knowledge_id as "knowledgeId", k.question, k.answer from hotline.knowledge k
  where k.tenant_id = ${p.tenantId} and not k.withdrawn and (${p.category}::text is null or k.category = ${p.category}) and (k.valid_until is null or k.valid_until >= ${p.on}::date)
  order by k.knowledge_id desc limit 300`,
)

export const knowledgeById = query(
  'hotline.knowledge-by-id',
  Type.Object({ ...KnowledgeRow.properties, withdrawn: Type.Boolean() }),
  (p: { tenantId: number; knowledgeId: string }) => sql`
  select ${columns}, k.withdrawn from hotline.knowledge k where k.tenant_id = ${p.tenantId} and k.knowledge_id = ${p.knowledgeId}`,
)

export interface KnowledgeValues {
  tenantId: number
  knowledgeId: string
  category: string
  question: string
  answer: string
  validUntil: string | null
  authorId: string | null
  at: string
}

/** A new one; nothing where the id is taken. */
export const insertKnowledge = query(
  'hotline.knowledge-insert',
  Type.Object({ revision: Type.Integer() }),
  (p: KnowledgeValues) => sql`
  insert into hotline.knowledge (tenant_id, knowledge_id, category, question, answer, valid_until, author_id, at)
  values (${p.tenantId}, ${p.knowledgeId}, ${p.category}, ${p.question}, ${p.answer}, ${p.validUntil}::date, ${p.authorId}::uuid, ${p.at}::timestamptz)
  on conflict do nothing returning revision`,
)

/** The next version of one; nothing where it isn't at the revision named any more. */
export const updateKnowledge = query(
  'hotline.knowledge-update',
  Type.Object({ revision: Type.Integer() }),
  (p: KnowledgeValues & { revision: number; withdrawn: boolean }) => sql`
  update hotline.knowledge set category = ${p.category}, question = ${p.question}, answer = ${p.answer}, valid_until = ${p.validUntil}::date, withdrawn = ${p.withdrawn},
    revision = revision + 1, author_id = ${p.authorId}::uuid, at = ${p.at}::timestamptz
  where tenant_id = ${p.tenantId} and knowledge_id = ${p.knowledgeId} and revision = ${p.revision} and not withdrawn returning revision`,
)
