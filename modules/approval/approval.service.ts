// Papers through their steps. Every deed has a client-made id (the same twice acts once), holds the paper while it looks and writes,
// compares the thing with what was sent in, and leaves an audit entry.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Audience, Receipt, State, StepKind } from './approval.contract.ts'
import { approvalsPack } from './approval.pack.ts'
import { actionOf, entered, inseparable, isInside, isOpen, opinionsOf, opinionsStand, passed, postFor, standsAt } from './approval.rules.ts'
import {
  type ActRow,
  actById,
  actsOf,
  insertAct,
  insertPaper,
  lockNumbers,
  nextNumber,
  numberPaper,
  type Paper,
  paperById,
  papersOf,
  paperToChange,
  updatePaper,
} from './approval.sql.ts'
import { type Content, subjectOf } from './approval.subjects.ts'
import { stateNames } from './approval-words.rules.ts'

/** One sentence for a paper that is not there and for one that is not the actor's business. */
export const unseen = () => new Refusal('not-found', '没有这份签批件，或者它不在您的范围内。')
const used = (id: string) => new Refusal('conflict', '这个编号已经用过，请换一个编号。', [{ field: '/id', value: id, message: '编号已使用' }])
const receipt = ({ paperId, state, number }: Paper, repeated: boolean): Receipt => ({ paper: paperId, state, number, repeated })

export interface DraftOrder {
  id: string
  kind: string
  subject: string
  route: string
  audience: Audience
  note: string
}

/** The thing as it stands now; refuses (not-found) where there is none. */
async function contentOf(tx: Tx, kind: string, id: string): Promise<Content> {
  const content = await subjectOf(kind)?.read(tx, id)
  if (content === undefined) throw new Refusal('not-found', '没有找到要送审的内容，或者它不在您的范围内。')
  return content
}

/** Sends a thing in. Refuses: not-found, not-allowed (not the actor's to send), invalid (route, audience), conflict (under way or released already). */
export async function draft(tx: Tx, actor: Actor, order: DraftOrder): Promise<Receipt> {
  await tx.all(lockNumbers, { tenantId: tx.tenant.id })
  const known = await tx.maybe(paperById, { tenantId: tx.tenant.id, paperId: order.id })
  if (known !== undefined) {
    if (known.drafterId !== actor.accountId || known.subjectKind !== order.kind || known.subjectId !== order.subject) throw used(order.id)
    return receipt(known, true)
  }
  const content = await contentOf(tx, order.kind, order.subject)
  const post = postFor(actor, 'approval.draft', content.bodyId)
  if (post === undefined) throw new Refusal('not-allowed', '这项内容不在您岗位的起草范围内。')
  if (content.stop !== undefined) throw new Refusal('conflict', content.stop)
  const route = partOf(tx.tenant, approvalsPack).routes.find(({ id }) => id === order.route)
  if (route === undefined || !route.subjects.includes(order.kind))
    throw new Refusal('invalid', '没有这条签批流程，请另选一条。', [{ field: '/route', value: order.route, message: '没有这条流程' }])
  if (!route.audiences.includes(order.audience))
    throw new Refusal('invalid', '这条流程不发到这个范围，请另选范围。', [{ field: '/audience', value: order.audience, message: '不是这条流程的范围' }])
  const papers = await tx.all(papersOf, { tenantId: tx.tenant.id, kind: order.kind, subjectId: order.subject })
  if (papers.some(isOpen)) throw new Refusal('conflict', '这项内容已经在签批中，请等它办结；要改，请先撤稿。')
  const same = papers.find(({ state, hash, audience }) => state === 'released' && hash === content.hash && audience === order.audience)
  if (same !== undefined) throw new Refusal('conflict', `同样的内容已经发布（${same.number}），不必再送；要重发，请先撤回。`)
  const at = now(tx.tenant).toISOString()
  const [first] = route.steps
  if (first === undefined) throw new Error(`route ${route.id} has no steps`)
  await tx.all(insertPaper, {
    tenantId: tx.tenant.id,
    paperId: order.id,
    route: route.id,
    steps: JSON.stringify(route.steps),
    separate: JSON.stringify(route.separate),
    subjectKind: order.kind,
    subjectId: order.subject,
    title: content.title,
    address: content.address,
    hash: content.hash,
    summary: JSON.stringify(content.summary),
    note: order.note,
    audience: order.audience,
    bodyId: post.reach === 'tenant' ? null : post.bodyId,
    aboutId: content.bodyId,
    drafterId: actor.accountId,
    drafterPersonId: actor.personId,
    state: first.kind,
    at,
  })
  const paper = await tx.one(paperById, { tenantId: tx.tenant.id, paperId: order.id })
  const begun = entered(paper, first.kind, today(tx.tenant), at)
  await tx.all(updatePaper, { tenantId: tx.tenant.id, paper: begun })
  await leaveEntry(
    tx,
    'approval.draft',
    { kind: 'paper', id: order.id },
    { subject: order.kind, of: order.subject, route: route.id, audience: order.audience, hash: content.hash },
  )
  return receipt(begun, false)
}

/** A deed as it is asked for: at which step, with which words. */
export interface Order {
  id: string
  step: StepKind | 'draft' | 'released'
  verdict: 'pass' | 'return' | 'agree' | 'disagree' | 'withdraw' | 'resubmit' | 'recall'
  reason: string
  detail?: ActRow['detail']
}

interface Doing {
  tx: Tx
  actor: Actor
  order: Order
  paper: Paper
  acts: ActRow[]
  today: string
  at: string
}

/** Holds the paper and gives what a deed needs; a deed that was done already gives its paper alone. */
async function begin(tx: Tx, actor: Actor, paperId: string, order: Order): Promise<{ done: Paper } | Doing> {
  const paper = await tx.maybe(paperToChange, { tenantId: tx.tenant.id, paperId })
  if (paper === undefined || !isInside(actor, paper)) throw unseen()
  const known = await tx.maybe(actById, { tenantId: tx.tenant.id, actId: order.id })
  if (known !== undefined) {
    if (known.paperId !== paperId || known.accountId !== actor.accountId || known.verdict !== order.verdict) throw used(order.id)
    return { done: paper }
  }
  const acts = await tx.all(actsOf, { tenantId: tx.tenant.id, paperId })
  return { tx, actor, order, paper, acts, today: today(tx.tenant), at: now(tx.tenant).toISOString() }
}

/** Refuses (conflict) where the paper stands elsewhere: whoever comes second is told so. */
function mustStandAt(doing: Doing, wanted: State): void {
  const state = standsAt(doing.paper, doing.today)
  if (state === wanted) return
  if (doing.paper.state === 'notice' && wanted === 'release') {
    const { noticeUntil, objectionsOpen } = doing.paper
    const open = objectionsOpen > 0 ? `还有 ${objectionsOpen} 条异议没有答复` : `公示到 ${noticeUntil} 才满`
    throw new Refusal('conflict', `公示还没有结束：${open}，结束后再发布。`)
  }
  throw new Refusal('conflict', `这份签批件现在是“${stateNames[state]}”，可能刚有人办过。请刷新页面再看。`)
}

/** Refuses (conflict) where the thing is no longer what was sent in. */
async function mustBeUnchanged({ tx, paper }: Doing): Promise<void> {
  const content = await subjectOf(paper.subjectKind)?.read(tx, paper.subjectId)
  if (content?.hash !== paper.hash) throw new Refusal('conflict', '内容在送审以后改动过，不能再往下走。请退回起草人，改好后重新送审。')
}

function mustMay({ actor, paper }: Doing, action: string): void {
  if (postFor(actor, action, paper.aboutId) === undefined) throw new Refusal('not-allowed', '您的岗位没有这项权限，或者这件事不在您的范围内。')
}

function mustSay(reason: string, why: string): void {
  if (reason.trim().length < 2) throw new Refusal('invalid', why, [{ field: '/reason', value: reason, message: why }])
}

/** Writes the deed and what it made of the paper. */
async function finish({ tx, actor, order, paper, at }: Doing, changed: Paper): Promise<Receipt> {
  const acted = tx.all(insertAct, {
    tenantId: tx.tenant.id,
    actId: order.id,
    paperId: paper.paperId,
    round: paper.round,
    step: order.step,
    verdict: order.verdict,
    reason: order.reason,
    detail: JSON.stringify(order.detail ?? {}),
    accountId: actor.accountId,
    personId: actor.personId,
    post: tx.origin?.post ?? '',
    at,
  })
  // The id of a deed on another paper that was sent at the same moment.
  await acted.catch((error: unknown) => {
    throw isPgError(error, '23505') ? used(order.id) : error
  })
  await tx.all(updatePaper, { tenantId: tx.tenant.id, paper: changed })
  const { round, hash } = paper
  // A deed beside the steps has a name of its own; the number is text, and what the paper says anyway.
  const name = order.step === 'draft' || order.step === 'released' ? order.verdict : order.step
  await leaveEntry(tx, `approval.${name}`, { kind: 'paper', id: paper.paperId }, { verdict: order.verdict, round, hash, state: changed.state })
  return receipt(changed, false)
}

/** Passes a step or returns the paper: check, sign, meeting, secrecy. Refuses: conflict (elsewhere, changed), not-allowed, invalid (no reason). */
export async function passStep(
  tx: Tx,
  actor: Actor,
  paperId: string,
  order: Order & { step: 'check' | 'sign' | 'meeting' | 'secrecy' | 'release' },
): Promise<Receipt> {
  const doing = await begin(tx, actor, paperId, order)
  if ('done' in doing) return receipt(doing.done, true)
  // Whoever releases may also stop a notice.
  if (!(order.step === 'release' && order.verdict === 'return' && doing.paper.state === 'notice')) mustStandAt(doing, order.step)
  mustMay(doing, actionOf[order.step])
  if (order.verdict === 'return') return sendBack(doing)
  const separate = inseparable(doing.paper, doing.acts, actor.personId, order.step)
  if (separate !== undefined) throw new Refusal('not-allowed', separate)
  await mustBeUnchanged(doing)
  if (order.step === 'meeting') checkMeeting(doing)
  return order.step === 'release' ? release(doing) : finish(doing, passed(doing.paper, doing.today, doing.at))
}

function checkMeeting({ order: { detail }, today: day }: Doing): void {
  const wrong = (field: string, message: string) => new Refusal('invalid', message, [{ field, message }])
  if (detail?.heldOn === undefined) throw wrong('/heldOn', '请填会议日期')
  if (detail.heldOn > day) throw wrong('/heldOn', '会议还没有开，不能登记')
  if ((detail.minutes ?? '').trim().length < 5) throw wrong('/minutes', '请写明会议纪要的要点或文号')
}

async function sendBack(doing: Doing): Promise<Receipt> {
  mustSay(doing.order.reason, '退回要写明理由，让起草人知道改什么。')
  return finish(doing, { ...doing.paper, state: 'draft', changedAt: doing.at })
}

async function release(doing: Doing): Promise<Receipt> {
  const { tx, paper, at, today: day } = doing
  await tx.all(lockNumbers, { tenantId: tx.tenant.id })
  const year = Number(day.slice(0, 4))
  const { next: n } = await tx.one(nextNumber, { tenantId: tx.tenant.id, year })
  const number = partOf(tx.tenant, approvalsPack).number.replace('{year}', String(year)).replace('{n}', String(n))
  await tx.all(numberPaper, { tenantId: tx.tenant.id, paperId: paper.paperId, number, year, n, at })
  return finish(doing, { ...paper, state: 'released', changedAt: at, number, releasedAt: at })
}

/** A joint opinion by a post that was asked and has not answered; when all agree the paper goes on. */
export async function opine(tx: Tx, actor: Actor, paperId: string, order: Order & { post: string }): Promise<Receipt> {
  const doing = await begin(tx, actor, paperId, { ...order, step: 'opinions', detail: { post: order.post } })
  if ('done' in doing) return receipt(doing.done, true)
  const { paper, acts, at, today: day } = doing
  mustStandAt(doing, 'opinions')
  if (!paper.asked.includes(order.post) || !actor.posts.some(({ post, may }) => post === order.post && may.includes('approval.opinion')))
    throw new Refusal('not-allowed', '这份签批件没有请您的岗位出具意见。')
  if (opinionsOf(paper, acts).has(order.post)) throw new Refusal('conflict', '您的岗位已经出具过意见，请刷新页面再看。')
  const separate = inseparable(paper, acts, actor.personId, 'opinions')
  if (separate !== undefined) throw new Refusal('not-allowed', separate)
  if (order.verdict === 'disagree') mustSay(order.reason, '不同意的，请写明理由。')
  await mustBeUnchanged(doing)
  const given = {
    ...doing.order,
    actId: order.id,
    paperId,
    round: paper.round,
    accountId: '',
    personId: '',
    post: '',
    by: null,
    doneAt: at,
    detail: { post: order.post },
  }
  const { agreed } = opinionsStand(paper, [...acts, given], day)
  return finish(doing, agreed ? passed(paper, day, at) : { ...paper, changedAt: at })
}

/** The signer goes on without late opinions, or over a disagreement, with a reason; or returns the paper. Refuses (conflict) while a post still has time. */
export async function endOpinions(tx: Tx, actor: Actor, paperId: string, order: Order): Promise<Receipt> {
  const doing = await begin(tx, actor, paperId, order)
  if ('done' in doing) return receipt(doing.done, true)
  mustStandAt(doing, 'opinions')
  mustMay(doing, 'approval.sign')
  mustSay(order.reason, order.verdict === 'return' ? '退回要写明理由，让起草人知道改什么。' : '不等意见继续办理，要写明理由。')
  if (order.verdict === 'return') return sendBack(doing)
  const { waiting } = opinionsStand(doing.paper, doing.acts, doing.today)
  if (waiting.length > 0) throw new Refusal('conflict', `还有 ${waiting.length} 个岗位没有出具意见，时限到 ${doing.paper.opinionsDueOn}；过了时限才可以不等。`)
  await mustBeUnchanged(doing)
  return finish(doing, passed(doing.paper, doing.today, doing.at))
}

/** Takes a paper back before its release: its drafter, or who else drafts for the same body. */
export async function withdraw(tx: Tx, actor: Actor, paperId: string, order: Order): Promise<Receipt> {
  const doing = await begin(tx, actor, paperId, order)
  if ('done' in doing) return receipt(doing.done, true)
  if (!isOpen(doing.paper)) mustStandAt(doing, 'draft')
  mustMay(doing, 'approval.draft')
  return finish(doing, { ...doing.paper, state: 'withdrawn', changedAt: doing.at })
}

/** Sends a returned paper in again with the thing as it is now; the route begins anew. */
export async function resubmit(tx: Tx, actor: Actor, paperId: string, order: Order): Promise<Receipt> {
  const doing = await begin(tx, actor, paperId, order)
  if ('done' in doing) return receipt(doing.done, true)
  const { paper, today: day, at } = doing
  mustStandAt(doing, 'draft')
  mustMay(doing, 'approval.draft')
  if (paper.drafterPersonId !== actor.personId) throw new Refusal('not-allowed', '请由起草人重新送审；换人办理的，请先撤稿再另行送审。')
  const { title, address, hash, summary } = await contentOf(tx, paper.subjectKind, paper.subjectId)
  const [first] = paper.steps
  const anew = {
    ...paper,
    round: paper.round + 1,
    title,
    address,
    hash,
    summary,
    note: order.reason || paper.note,
    asked: [],
    opinionsDueOn: null,
    noticeScope: null,
    noticeFrom: null,
    noticeUntil: null,
  }
  return finish(doing, entered(anew, first?.kind ?? 'check', day, at))
}

/** Takes a release back, with a reason. */
export async function recall(tx: Tx, actor: Actor, paperId: string, order: Order): Promise<Receipt> {
  const doing = await begin(tx, actor, paperId, order)
  if ('done' in doing) return receipt(doing.done, true)
  mustStandAt(doing, 'released')
  mustMay(doing, 'approval.release')
  mustSay(order.reason, '撤回要写明理由。')
  return finish(doing, { ...doing.paper, state: 'recalled', changedAt: doing.at, recalledAt: doing.at, recallReason: order.reason })
}

/** Sends a paper on notice back to its drafter because an objection was upheld; the caller holds the paper. */
export async function returnFromNotice(tx: Tx, actor: Actor, paper: Paper, id: string, reason: string): Promise<Receipt> {
  const order: Order = { id, step: 'notice', verdict: 'return', reason }
  return finish(
    { tx, actor, order, paper, acts: [], today: today(tx.tenant), at: now(tx.tenant).toISOString() },
    { ...paper, state: 'draft', changedAt: now(tx.tenant).toISOString() },
  )
}
