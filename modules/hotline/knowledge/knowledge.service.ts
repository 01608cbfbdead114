// Answers that may be given directly: listed, found for what is being typed, written by version, withdrawn.
import type { Static } from 'typebox'
import { isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { bigrams } from '#modules/ledger/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { categoryOf, hotlineOf } from '../hotline.pack.ts'
import { cleanLine, cleanText } from '../hotline-text.rules.ts'
import type { Knowledge, WrittenKnowledge } from './knowledge.contract.ts'
import { insertKnowledge, type KnowledgeRow, knowledgeById, knowledgeList, updateKnowledge, validKnowledge } from './knowledge.sql.ts'

const PAGE = 50
const SUGGESTED = 3
/** Of the pairs of characters of a question so many are in the text, before it is suggested. */
const ALIKE = 0.2

/** A page of what may be answered directly, newest first. */
export async function knowledgeOf(
  tx: Tx,
  { q = '', category, after }: { q?: string | undefined; category?: string | undefined; after?: string | undefined },
): Promise<{ rows: Knowledge[]; next: string | null }> {
  const wanted = q.trim().replace(/[\\%_]/g, '\\$&')
  const pattern = wanted === '' ? null : `%${wanted}%`
  const rows = await tx.all(knowledgeList, { tenantId: tx.tenant.id, pattern, category: category ?? null, after: after ?? null, most: PAGE + 1 })
  const shown = rows.slice(0, PAGE)
  const pack = hotlineOf(tx.tenant)
  const on = today(tx.tenant)
  return {
    rows: shown.map((row) => ({
      ...row,
      categoryName: categoryOf(pack, row.category)?.category.name ?? row.category,
      expired: row.validUntil !== null && row.validUntil < on,
    })),
    next: rows.length > PAGE ? (shown.at(-1)?.knowledgeId ?? null) : null,
  }
}

/** Answers for what is being typed: of its category those whose question has most in common with the text, at most three; none without either. */
export async function findKnowledge(tx: Tx, { category, text = '' }: { category?: string | undefined; text?: string | undefined }) {
  const typed = new Set(bigrams(text))
  if (category === undefined && typed.size < 3) return []
  const rows = await tx.all(validKnowledge, { tenantId: tx.tenant.id, category: category ?? null, on: today(tx.tenant) })
  return rows
    .map((row) => {
      const asked = [...new Set(bigrams(row.question))]
      return { row, share: asked.length === 0 ? 0 : asked.filter((pair) => typed.has(pair)).length / asked.length }
    })
    .filter(({ share }) => share >= ALIKE)
    .sort((left, right) => right.share - left.share)
    .slice(0, SUGGESTED)
    .map(({ row }) => row)
}

const changedFirst = (): Refusal => new Refusal('conflict', '这一条已经被别人改过或停用了。请刷新看过再改，您写的还在。')

/** Writes one, or its next version. Refuses: invalid, conflict (another version stands, or the id is taken). */
export async function writeAnswer(tx: Tx, { revision, ...given }: WrittenKnowledge): Promise<{ knowledgeId: string; revision: number }> {
  if (categoryOf(hotlineOf(tx.tenant), given.category) === undefined)
    throw new Refusal('invalid', '没有这个类别，请重新选择。', [{ field: '/category', value: given.category, message: '没有这个类别' }])
  const validUntil = given.validUntil ?? null
  if (validUntil !== null && !isDate(validUntil))
    throw new Refusal('invalid', '没有这一天。', [{ field: '/validUntil', value: validUntil, message: '没有这一天' }])
  const values = {
    ...{ tenantId: tx.tenant.id, knowledgeId: given.knowledgeId, category: given.category, validUntil },
    ...{ question: cleanLine('/question', given.question), answer: cleanText('/answer', given.answer) },
    ...{ authorId: tx.actorId, at: now(tx.tenant).toISOString() },
  }
  const written = revision === 0 ? await tx.maybe(insertKnowledge, values) : await tx.maybe(updateKnowledge, { ...values, revision, withdrawn: false })
  if (written === undefined) {
    const there = revision === 0 ? await tx.maybe(knowledgeById, values) : undefined
    // Sent twice: the same words under the same id are there already.
    if (there !== undefined && !there.withdrawn && isSame(there, values)) return { knowledgeId: given.knowledgeId, revision: there.revision }
    throw changedFirst()
  }
  await leaveEntry(tx, 'hotline.write-knowledge', { kind: 'knowledge', id: given.knowledgeId }, { category: given.category, revision: written.revision })
  return { knowledgeId: given.knowledgeId, revision: written.revision }
}

const isSame = (there: Pick<Static<typeof KnowledgeRow>, 'question' | 'answer' | 'category'>, given: { question: string; answer: string; category: string }) =>
  there.question === given.question && there.answer === given.answer && there.category === given.category

/** Takes one out of use; what was answered with it stays. Refuses: not-found, conflict. */
export async function withdrawAnswer(tx: Tx, knowledgeId: string, revision: number): Promise<{ knowledgeId: string; revision: number }> {
  const there = await tx.maybe(knowledgeById, { tenantId: tx.tenant.id, knowledgeId })
  if (there === undefined) throw new Refusal('not-found', '没有找到这一条答复。')
  const values = { ...there, tenantId: tx.tenant.id, authorId: tx.actorId, at: now(tx.tenant).toISOString(), revision, withdrawn: true }
  const written = await tx.maybe(updateKnowledge, values)
  if (written === undefined) throw changedFirst()
  await leaveEntry(tx, 'hotline.withdraw-knowledge', { kind: 'knowledge', id: knowledgeId }, { revision: written.revision })
  return { knowledgeId, revision: written.revision }
}
