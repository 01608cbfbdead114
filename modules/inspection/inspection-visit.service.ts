// The visit itself: answers kept once and never overwritten [I4], files that nobody must add, the signature that opens matters [I5, I6].
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { keepFile, type Looked, oneLine } from '#modules/ledger/index.ts'
import { kindsOf, openMatters } from '#modules/matter/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { FileStore } from '#server/kit/files.ts'
import type { NewAnswer, NewSignature } from './inspection.contract.ts'
import { headsOf, isConflict, itemsOf, signable } from './inspection.rules.ts'
import {
  type AnswerRow,
  answersOf,
  type Head,
  insertAnswer,
  inspectionById,
  lockFor,
  markSigned,
  membersOf,
  type VisitHead,
  visitById,
} from './inspection.sql.ts'

const unseen = (): Refusal => new Refusal('not-found', '没有找到这次走访，或者它不在您的范围内。')

interface Visiting {
  visit: VisitHead
  head: Head
  answers: AnswerRow[]
}

/** The visit, held until the transaction ends, for a member of its team; `sees` says whether others may know that it is there. */
async function visiting(tx: Tx, actor: Actor, visitId: string, sees: boolean): Promise<Visiting> {
  await tx.all(lockFor, { id: visitId })
  const tenantId = tx.tenant.id
  const visit = await tx.maybe(visitById, { tenantId, visitId })
  const head = visit && (await tx.maybe(inspectionById, { tenantId, inspectionId: visit.inspectionId }))
  if (visit === undefined || head === undefined) throw unseen()
  const members = await tx.all(membersOf, { tenantId, visitIds: [visitId] })
  if (!members.some(({ accountId }) => accountId === actor.accountId)) throw sees ? new Refusal('not-allowed', '您不在这个单位的督查组里。') : unseen()
  if (head.state === 'planned') throw new Refusal('conflict', '这次督查还没有开始，请等组织督查的单位开始后再填。')
  return { visit, head, answers: await tx.all(answersOf, { tenantId, visitIds: [visitId] }) }
}

/** Keeps answers, each once by its id. Refuses: invalid (by field), not-found, not-allowed (not of the team), conflict (not started, id used). */
export async function keepAnswers(
  tx: Tx,
  actor: Actor,
  visitId: string,
  given: readonly NewAnswer[],
): Promise<{ stored: number; repeated: number; late: number }> {
  const { visit, head, answers } = await visiting(tx, actor, visitId, true)
  for (const [at, answer] of given.entries()) mustFit(head, answer, at)
  const late = visit.signedAt !== null || head.state === 'closed'
  let stored = 0
  for (const { id, item, verdict, note = '', finding = '', replaces = [] } of given) {
    const said = { item, verdict, note: oneLine(note), finding, replaces }
    const before = answers.find(({ answerId }) => answerId === id)
    if (before !== undefined) {
      if (!isSame(before, said) || before.authorId !== actor.accountId) throw used(id)
      continue
    }
    const at = now(tx.tenant).toISOString()
    const kept = await tx.maybe(insertAnswer, { tenantId: tx.tenant.id, answerId: id, visitId, ...said, late, authorId: tx.actorId, at })
    if (kept === undefined) throw used(id)
    answers.push({ ...said, answerId: id, visitId, late, authorId: actor.accountId, author: null, at })
    stored += 1
  }
  if (stored > 0) await leaveEntry(tx, 'inspection.answer', { kind: 'visit', id: visitId }, { answers: stored, ...(late ? { late: true } : {}) })
  return { stored, repeated: given.length - stored, late: late ? stored : 0 }
}

const used = (id: string): Refusal => new Refusal('conflict', '这个编号已经用于另一条检查记录。', [{ field: '/answers', value: id, message: '编号已使用' }])

function isSame(before: AnswerRow, said: Pick<AnswerRow, 'item' | 'verdict' | 'note' | 'finding' | 'replaces'>): boolean {
  const of = ({ item, verdict, note, finding, replaces }: typeof said): string => JSON.stringify([item, verdict, note, finding, [...replaces].sort()])
  return of(before) === of(said)
}

function mustFit({ checklist }: Head, { item, verdict, finding, note }: NewAnswer, at: number): void {
  const wrong = (field: string, value: unknown, message: string): Refusal =>
    new Refusal('invalid', `${message}。`, [{ field: `/answers/${at}/${field}`, value, message }])
  if (!itemsOf(checklist).some(({ id }) => id === item)) throw wrong('item', item, `“${checklist.name}”的检查表没有这一项`)
  if (finding === undefined) return
  if (verdict !== 'no') throw wrong('finding', finding, '只有“不符合”才能列为问题')
  if (!checklist.types.some(({ id }) => id === finding))
    throw wrong('finding', finding, `没有这种问题类型，可选：${checklist.types.map(({ name }) => name).join('、')}`)
  if (oneLine(note ?? '').length < 2) throw wrong('note', note, '列为问题要写明问题是什么')
}

/** Adds a file to an answer of the actor's own. Refuses: not-found, conflict (signed), invalid (too many). */
export async function attachFile(tx: Tx, actor: Actor, files: FileStore, visitId: string, answerId: string, looked: Looked): Promise<{ files: number }> {
  const { visit, answers } = await visiting(tx, actor, visitId, false)
  if (!answers.some((answer) => answer.answerId === answerId && answer.authorId === actor.accountId))
    throw new Refusal('not-found', '没有找到这条检查记录，请先上传检查结果，再传照片。', [{ field: '/answer', value: answerId, message: '没有找到' }])
  if (visit.signedAt !== null) throw new Refusal('conflict', '这次走访已经签字，不能再加附件。')
  await keepFile(tx, files, { kind: 'visit', id: answerId, ownerId: visit.bodyId }, looked)
  return { files: 1 }
}

/** Signs a visit and opens a matter for each finding, once. Refuses: not-found, conflict (not all answered, in conflict, other answers than seen, signed before). */
export async function signVisit(
  tx: Tx,
  actor: Actor,
  files: FileStore,
  visitId: string,
  { heads: seen, witness, looked }: Pick<NewSignature, 'heads' | 'witness'> & { looked: Looked | null },
): Promise<{ findings: number; repeated: boolean }> {
  const { visit, head, answers } = await visiting(tx, actor, visitId, false)
  const heads = headsOf(answers)
  const found = itemsOf(head.checklist).flatMap(({ id, name }) => {
    const [first] = heads.get(id) ?? []
    return first === undefined || first.finding === '' ? [] : [{ answer: first, name }]
  })
  const what = [...seen].sort()
  if (visit.signedAt !== null) {
    if (visit.signedBy === actor.accountId && String(what) === String([...visit.heads].sort())) return { findings: found.length, repeated: true }
    throw new Refusal('conflict', '这次走访已经签过字，不能再签；请刷新页面查看。')
  }
  if (head.state === 'closed') throw new Refusal('conflict', '这次督查已经结束，不能再签字。')
  mustBeWhole(head, heads)
  if (String(what) !== String(signable(answers)))
    throw new Refusal('conflict', '签字时看到的检查结果已有变化，请刷新，看过再签。', [{ field: '/heads', message: '有新的检查结果' }])
  await tx.all(markSigned, {
    tenantId: tx.tenant.id,
    visitId,
    heads: what,
    witness: oneLine(witness),
    drawn: looked !== null,
    accountId: tx.actorId,
    at: now(tx.tenant).toISOString(),
  })
  if (looked !== null) await keepFile(tx, files, { kind: 'visit', id: visitId, ownerId: visit.bodyId }, looked)
  for (const { answer, name } of found) await openFinding(tx, actor, { visit, head }, answer, name)
  await leaveEntry(
    tx,
    'inspection.sign',
    { kind: 'visit', id: visitId },
    { unitId: visit.unitId, answers: what.length, findings: found.length, drawn: looked !== null },
  )
  return { findings: found.length, repeated: false }
}

function mustBeWhole({ checklist }: Head, heads: ReadonlyMap<string, AnswerRow[]>): void {
  const items = itemsOf(checklist)
  const missing = items.filter(({ id }) => !heads.has(id))
  if (missing.length > 0) throw new Refusal('conflict', `还有 ${missing.length} 项没有填（${missing[0]?.name}），填完再签字；用不上的选“不适用”。`)
  const doubled = items.filter(({ id }) => isConflict(heads.get(id) ?? []))
  if (doubled.length > 0) throw new Refusal('conflict', `“${doubled[0]?.name}”有两种结果，请先商定一种，再签字。`)
}

/** A finding's matter: by the answer's id, owned by the unit's organisation, asked by the inspecting body. */
async function openFinding(tx: Tx, actor: Actor, { visit, head }: Pick<Visiting, 'visit' | 'head'>, answer: AnswerRow, name: string): Promise<void> {
  const kind = kindsOf(tx.tenant).get(head.checklist.finding)
  if (kind?.relapse === undefined) throw new Refusal('conflict', `城市包里没有“${head.checklist.finding}”这种事项，请联系管理员。`)
  const source = kind.form.includes('source') ? { source: 'inspection' } : {}
  const [opened] = await openMatters(tx, {
    kind,
    title: `${name}：${answer.note}`.slice(0, 120),
    fields: { problem: answer.note, ...source, [kind.relapse.field]: answer.finding },
    askerId: head.askerId,
    owners: [visit.bodyId],
    ids: [answer.answerId],
    origin: 'inspection',
    originId: visit.visitId,
    personId: actor.personId,
  })
  if (opened === undefined) throw new Refusal('conflict', `${visit.unitName}的党组织已有变动，问题没有组织整改；请先在组织页核对。`)
  await leaveEntry(tx, 'matter.open', { kind: 'matter', id: opened }, { matterKind: kind.id, bodyId: visit.bodyId, from: visit.visitId })
}
