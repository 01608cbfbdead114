// Public notices: who sees them, who objects, who answers. The effect of a paper waits until the days have passed and every objection is answered.

import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Actor, anonymous } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { NoticeRow, Receipt } from './approval.contract.ts'
import { isAmong, isTold, postFor } from './approval.rules.ts'
import { returnFromNotice, unseen } from './approval.service.ts'
import { answer, insertObjection, objectionById, objectionsOf, type Paper, pageOfPapers, paperToChange, recentObjections, updatePaper } from './approval.sql.ts'
import { subjectOf } from './approval.subjects.ts'

/** Objections within an hour from one address, and from the public to one paper. */
const PER_ADDRESS = 3
const PER_PAPER = 60
/** Objections of one account to one paper. */
const PER_ACCOUNT = 5
const SHOWN = 100

/** What is on notice for the reader, newest first; with the reader's own objections and their answers. */
export async function noticesFor(tx: Tx, actor: Actor): Promise<NoticeRow[]> {
  const found = await tx.all(pageOfPapers, { tenantId: tx.tenant.id, states: ['notice'], drafter: null, after: null, limit: SHOWN })
  const papers = found.filter((paper) => isTold(actor, paper))
  const isKnown = actor !== anonymous
  const mine =
    isKnown && papers.length > 0
      ? await tx.all(objectionsOf, { tenantId: tx.tenant.id, paperIds: papers.map(({ paperId }) => paperId), accountId: actor.accountId })
      : []
  return papers.map((paper) => ({
    id: paper.paperId,
    kindName: subjectOf(paper.subjectKind)?.name ?? paper.subjectKind,
    title: paper.title,
    summary: paper.summary,
    address: isKnown ? paper.address : null,
    scope: paper.noticeScope ?? 'unit',
    from: paper.noticeFrom ?? '',
    until: paper.noticeUntil ?? '',
    open: isTaking(tx, paper),
    objections: paper.objections,
    mine: mine
      .filter(({ paperId, round }) => paperId === paper.paperId && round === paper.round)
      .map(({ text, madeAt, upheld, answer: words }) => ({ text, madeAt, upheld, answer: words })),
  }))
}

function isTaking(tx: Tx, { state, noticeUntil }: Paper): boolean {
  return state === 'notice' && noticeUntil !== null && today(tx.tenant) <= noticeUntil
}

export interface Objecting {
  id: string
  text: string
  name?: string
  contact?: string
  /** A keyed hash of the sender's address. */
  addressMark: string
}

/**
 * An objection by one of those for whom the notice stands. Refuses: not-found (no such notice for this reader), conflict (its days are over, id used),
 * invalid (from the public without name and contact), too-many.
 */
export async function object(tx: Tx, actor: Actor, paperId: string, given: Objecting): Promise<{ objection: string; repeated: boolean }> {
  const paper = await tx.maybe(paperToChange, { tenantId: tx.tenant.id, paperId })
  if (paper?.noticeScope == null || !isAmong(actor, paper.noticeScope, paper.aboutId)) throw new Refusal('not-found', '没有这项公示，或者它不对您公示。')
  const isKnown = actor !== anonymous
  const known = await tx.maybe(objectionById, { tenantId: tx.tenant.id, objectionId: given.id })
  if (known !== undefined) {
    if (known.paperId !== paperId || known.text !== given.text || known.accountId !== (isKnown ? actor.accountId : null))
      throw new Refusal('conflict', '这个编号已经用过，请换一个编号。', [{ field: '/id', value: given.id, message: '编号已使用' }])
    return { objection: given.id, repeated: true }
  }
  if (!isTaking(tx, paper)) throw new Refusal('conflict', '这项公示已经结束，不再接收异议。有问题请直接向市直工委反映。')
  const [name, contact] = [(given.name ?? '').trim(), (given.contact ?? '').trim()]
  if (!isKnown && name.length < 2) throw new Refusal('invalid', '请留下姓名。', [{ field: '/name', message: '请留下姓名' }])
  if (!isKnown && contact.length < 5) throw new Refusal('invalid', '请留下电话或其他联系方式，以便答复。', [{ field: '/contact', message: '请留下联系方式' }])
  await mustBeSlow(tx, actor, paper, given.addressMark)
  await tx.all(insertObjection, {
    tenantId: tx.tenant.id,
    objectionId: given.id,
    paperId,
    round: paper.round,
    text: given.text,
    accountId: isKnown ? actor.accountId : null,
    personId: isKnown ? actor.personId : null,
    name: isKnown ? '' : name,
    contact: isKnown ? '' : contact,
    addressMark: given.addressMark,
    at: now(tx.tenant).toISOString(),
  })
  await tx.all(updatePaper, { tenantId: tx.tenant.id, paper: { ...paper, objections: paper.objections + 1, objectionsOpen: paper.objectionsOpen + 1 } })
  await leaveEntry(tx, 'approval.object', { kind: 'objection', id: given.id }, { paper: paperId, from: isKnown ? 'account' : 'public' })
  return { objection: given.id, repeated: false }
}

async function mustBeSlow(tx: Tx, actor: Actor, paper: Paper, addressMark: string): Promise<void> {
  if (actor !== anonymous) {
    const mine = await tx.all(objectionsOf, { tenantId: tx.tenant.id, paperIds: [paper.paperId], accountId: actor.accountId })
    if (mine.length >= PER_ACCOUNT) throw new Refusal('too-many', '您对这项公示已经提过多次异议，请等候答复。')
    return
  }
  const { fromAddress, toPaper } = await tx.one(recentObjections, { tenantId: tx.tenant.id, paperId: paper.paperId, addressMark })
  if (fromAddress >= PER_ADDRESS || toPaper >= PER_PAPER) throw new Refusal('too-many', '提交得太频繁，请一小时后再试；也可以登录后提出。')
}

/**
 * Answers an objection; one that is upheld sends the paper back to its drafter. By someone other than the drafter and than who objected.
 * Refuses: not-found, not-allowed, conflict (answered already, no longer on notice).
 */
export async function answerTo(tx: Tx, actor: Actor, objectionId: string, given: { upheld: boolean; text: string }): Promise<Receipt> {
  const found = await tx.maybe(objectionById, { tenantId: tx.tenant.id, objectionId })
  if (found === undefined) throw unseen()
  const paper = await tx.maybe(paperToChange, { tenantId: tx.tenant.id, paperId: found.paperId })
  if (paper === undefined || postFor(actor, 'approval.check', paper.aboutId) === undefined) throw unseen()
  // Whoever held the paper before may have answered meanwhile.
  const objection = await tx.one(objectionById, { tenantId: tx.tenant.id, objectionId })
  const { state, number } = paper
  if (objection.answer !== null) {
    if (objection.answer === given.text && objection.upheld === given.upheld) return { paper: paper.paperId, state, number, repeated: true }
    throw new Refusal('conflict', '这条异议已经有人答复过，请刷新页面再看。')
  }
  if (state !== 'notice' || objection.round !== paper.round) throw new Refusal('conflict', '这份签批件已经不在公示中，不必再答复。')
  if (paper.drafterPersonId === actor.personId) throw new Refusal('not-allowed', '起草人不答复对自己稿件的异议，请由另一位同志答复。')
  if (objection.personId === actor.personId) throw new Refusal('not-allowed', '不能答复自己提的异议，请由另一位同志答复。')
  await tx.all(answer, { tenantId: tx.tenant.id, objectionId, upheld: given.upheld, text: given.text, by: actor.accountId, at: now(tx.tenant).toISOString() })
  const answered = { ...paper, objectionsOpen: paper.objectionsOpen - 1 }
  await tx.all(updatePaper, { tenantId: tx.tenant.id, paper: answered })
  await leaveEntry(tx, 'approval.answer', { kind: 'objection', id: objectionId }, { paper: paper.paperId, upheld: given.upheld })
  if (given.upheld) return returnFromNotice(tx, actor, answered, newId(), `异议成立：${given.text}`)
  return { paper: paper.paperId, state, number, repeated: false }
}
