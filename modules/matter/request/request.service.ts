// Deeds on requests: drafted, sent whole, recalled, nudged, reviewed. Each holds the request while it looks and writes, and leaves an audit entry.
import { chinaDate, formatDate, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId, uuidPattern } from '#base/ids.ts'
import { releaseOf, type Subject } from '#modules/approval/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import type { NewMove } from '../matter.contract.ts'
import { type Acting, moveMatter, openMatters } from '../matter.service.ts'
import { checkForm, editionOf } from '../matter-prepare.service.ts'
import type { Content, RequestReceipt } from './request.contract.ts'
import { chargeFor } from './request.cost.ts'
import { recallStage } from './request.rules.ts'
import {
  commentOnOpen,
  lockRequest,
  markNudged,
  markRecalled,
  markSent,
  mattersAmong,
  type RequestHead,
  recallMatters,
  requestById,
  saveDraft,
} from './request.sql.ts'
import { askedKind, canonical, contentOf, hashOf, previewOf, reachOf, receiversFor } from './request-choose.service.ts'
import { unseen } from './request-read.service.ts'

const receipt = ({ requestId, state, receivers }: RequestHead, repeated: boolean): RequestReceipt => ({ requestId, state, receivers, repeated })
const used = (id: string): Refusal => new Refusal('conflict', '这个编号已经用过，请换一个编号。', [{ field: '/id', value: id, message: '编号已使用' }])
const wrong = (field: string, value: unknown, message: string): Refusal => new Refusal('invalid', `${message}。`, [{ field, value, message }])
/** The end of a day in China. */
const endOf = (day: string): string => new Date(`${day}T23:59:59+08:00`).toISOString()

/** The request, held until the transaction ends. Refuses not-found, and what the actor may not ask for. */
async function held({ tx, allow }: Acting, requestId: string): Promise<RequestHead> {
  await tx.all(lockRequest, { requestId })
  const found = await tx.maybe(requestById, { tenantId: tx.tenant.id, requestId })
  if (found === undefined) throw unseen()
  allow('matter.ask', found.askerId)
  return found
}

/** Writes a draft, or writes it anew. Refuses: invalid (by field), not-found (asker), conflict (sent already, id used). */
export async function draftRequest({ tx, actor, allow }: Acting, { id, ...content }: Content & { id: string }): Promise<RequestReceipt> {
  allow('matter.ask', content.askerId)
  await tx.all(lockRequest, { requestId: id })
  const known = await tx.maybe(requestById, { tenantId: tx.tenant.id, requestId: id })
  if (known !== undefined) {
    allow('matter.ask', known.askerId)
    if (isSame(contentOf(known), content) && known.authorId === actor.accountId) return receipt(known, true)
    if (known.state !== 'draft') throw new Refusal('conflict', '这次下发已经发出，不能再改；要改，请先撤回，再另写一份。')
  }
  const { dueOn } = content
  if (dueOn !== null && (!isDate(dueOn) || dueOn < today(tx.tenant))) throw wrong('/dueOn', dueOn, '截止日期要在今天以后')
  const kind = askedKind(tx, content.kind)
  const fields = checkForm(kind, { fields: kind.form, required: kind.required ?? [] }, content.fields, {})
  const { cost } = await previewOf(tx, reachOf(actor, content.askerId), content)
  if (cost.receivers === 0) throw wrong('/selection', content.selection, '没有组织符合所选条件，请放宽条件')
  const written = tx.maybe(saveDraft, {
    tenantId: tx.tenant.id,
    requestId: id,
    kind: content.kind,
    title: content.title,
    fields: JSON.stringify(fields),
    askerId: content.askerId,
    dueAt: dueOn === null ? null : endOf(dueOn),
    receivers: cost.receivers,
    selection: JSON.stringify(content.selection),
    basis: content.basis,
    reason: content.reason,
    exceeds: cost.exceeds,
    minutes: cost.minutes,
    authorId: tx.actorId,
    at: now(tx.tenant).toISOString(),
  })
  // Somebody else's is not seen, and can't be written over.
  const saved = await written.catch((error: unknown) => {
    throw isPgError(error, '42501') ? used(id) : error
  })
  if (saved === undefined) throw used(id)
  await leaveEntry(tx, 'request.draft', { kind: 'request', id }, { of: content.kind, asker: content.askerId, receivers: cost.receivers })
  return { requestId: id, state: 'draft', receivers: cost.receivers, repeated: false }
}

const isSame = (left: Content, right: Content): boolean => canonical(left) === canonical(right)

/** Sends a draft to all its receivers in this transaction. Refuses: not-found, conflict (other receivers by now, not released, recalled, too late). */
export async function sendRequest(acting: Acting, requestId: string, seen: number): Promise<RequestReceipt> {
  const { tx, actor } = acting
  const head = await held(acting, requestId)
  if (head.state === 'sent') return receipt(head, true)
  if (head.state === 'recalled') throw new Refusal('conflict', '这次下发已经撤回，不能再发；请另写一份。')
  const at = now(tx.tenant)
  if (head.dueAt !== null && new Date(head.dueAt) <= at)
    throw new Refusal('conflict', `截止日期${formatDate(chinaDate(new Date(head.dueAt)))}已经过了，请改期再发。`)
  const content = contentOf(head)
  const receivers = await receiversFor(tx, reachOf(actor, head.askerId), content)
  if (receivers.length !== seen)
    throw new Refusal('conflict', `组织有了变动，现在要发给 ${receivers.length} 个，不是 ${seen} 个，请看过再发。`, [
      { field: '/receivers', value: seen, message: `现在是 ${receivers.length} 个` },
    ])
  const kind = askedKind(tx, head.kind)
  const released = await releasedFor(tx, head, receivers.length)
  const minutes = await chargeFor(tx, kind, { ...content, id: requestId, receivers, ...(released ? { released: head.reason } : {}) })
  const opened = await openMatters(tx, {
    kind,
    title: head.title,
    fields: head.fields,
    askerId: head.askerId,
    owners: receivers.map(({ id }) => id),
    // In the order of the receivers' names, in which the board lists them.
    ids: receivers.map(() => newId()).sort(),
    requestId,
    askedUntil: head.dueAt === null ? null : new Date(head.dueAt),
    personId: actor.personId,
  })
  if (opened.length !== receivers.length) throw new Error(`request ${requestId}: ${opened.length} of ${receivers.length} matters were opened`)
  await tx.one(markSent, {
    tenantId: tx.tenant.id,
    requestId,
    hash: kind.hash,
    receivers: receivers.length,
    minutes,
    authorId: tx.actorId,
    at: at.toISOString(),
  })
  await leaveEntry(tx, 'request.send', { kind: 'request', id: requestId }, { of: head.kind, asker: head.askerId, receivers: receivers.length, minutes })
  return { requestId, state: 'sent', receivers: receivers.length, repeated: false }
}

/** Whether exactly this was released by name, for no other number of receivers. */
async function releasedFor(tx: Tx, head: RequestHead, receivers: number): Promise<boolean> {
  if ((await releaseOf(tx, 'request', head.requestId, hashOf(head))) === undefined) return false
  if (receivers !== head.receivers) throw new Refusal('conflict', `批准的是发给 ${head.receivers} 个，现在是 ${receivers} 个，请保存后重新送审。`)
  return true
}

/** A request as a thing to be approved. */
export const requestSubject: Subject = {
  kind: 'request',
  name: '下发',
  read: async (tx, id) => {
    const head = new RegExp(uuidPattern).test(id) ? await tx.maybe(requestById, { tenantId: tx.tenant.id, requestId: id }) : undefined
    if (head === undefined) return undefined
    const { receivers, minutes, reason, exceeds, state } = head
    const stop =
      state !== 'draft'
        ? '这次下发已经发出，不必再送审。'
        : exceeds.length === 0
          ? '这次下发没有超出规定，不必送审，可以直接发出。'
          : reason.trim() === ''
            ? '请先写明为什么超出规定也要下发，保存后再送审。'
            : undefined
    return {
      title: head.title,
      bodyId: head.askerId,
      address: `/requests/${id}`,
      hash: hashOf(head),
      summary: [
        `${head.askerName}拟发给${receivers}个组织，每个约${minutes}分钟，合计约${Math.round((receivers * minutes) / 60)}小时。`,
        ...exceeds,
        ...(reason === '' ? [] : [`理由：${reason}`]),
      ],
      ...(stop === undefined ? {} : { stop }),
    }
  },
}

/** Takes a request back: its open matters are closed as recalled (M7). Refuses: not-found, conflict (not sent). */
export async function recallRequest(acting: Acting, requestId: string, reason: string): Promise<RequestReceipt> {
  const { tx } = acting
  const head = await held(acting, requestId)
  if (head.state === 'recalled') return receipt(head, true)
  mustBeSent(head)
  const at = now(tx.tenant).toISOString()
  const stage = recallStage(await editionOf(tx, head))
  const key = { tenantId: tx.tenant.id, requestId, at, reason }
  const { count } = await tx.one(recallMatters, { ...key, stage, on: today(tx.tenant), authorId: tx.actorId })
  await tx.one(markRecalled, key)
  await leaveEntry(tx, 'request.recall', { kind: 'request', id: requestId }, { closed: count })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { requestId, state: 'recalled', receivers: head.receivers, repeated: false }
}

function mustBeSent({ state }: RequestHead): void {
  if (state === 'draft') throw new Refusal('conflict', '这次下发还没有发出。')
  if (state === 'recalled') throw new Refusal('conflict', '这次下发已经撤回。')
}

/** Leaves a comment on each matter whose owner's turn it is, once a day. Refuses: not-found, conflict (nudged today, nobody to nudge). */
export async function nudgeRequest(
  acting: Acting,
  requestId: string,
  { whom, text }: { whom: 'open' | 'untouched' | 'late'; text: string },
): Promise<{ nudged: number }> {
  const { tx } = acting
  const head = await held(acting, requestId)
  mustBeSent(head)
  const key = { tenantId: tx.tenant.id, requestId }
  if ((await tx.maybe(markNudged, { ...key, on: today(tx.tenant) })) === undefined)
    throw new Refusal('conflict', '今天已经催办过，一天只能催一次；明天再催，或者直接联系。')
  const { count } = await tx.one(commentOnOpen, { ...key, whom, text: `催办：${text}`, authorId: tx.actorId, at: now(tx.tenant).toISOString() })
  if (count === 0) throw new Refusal('conflict', '没有符合条件的组织需要催办。')
  await leaveEntry(tx, 'request.nudge', { kind: 'request', id: requestId }, { whom, nudged: count })
  return { nudged: count }
}

export interface Review extends Pick<NewMove, 'move' | 'fields' | 'note'> {
  matters: { moveId: string; matterId: string; revision: number }[]
}

/** Makes one move on many matters of a request, each on its own: one that is refused says why and keeps none of the others. */
export async function reviewRequest(acting: Acting, requestId: string, { matters, ...move }: Review) {
  const { tx } = acting
  const head = await held(acting, requestId)
  mustBeSent(head)
  const among = new Set((await tx.all(mattersAmong, { tenantId: tx.tenant.id, requestId, ids: matters.map(({ matterId }) => matterId) })).map(({ id }) => id))
  const results: { matterId: string; done: boolean; message: string }[] = []
  let made = 0
  for (const { matterId, ...one } of matters) {
    const told = (done: boolean, message: string) => results.push({ matterId, done, message })
    if (!among.has(matterId)) {
      told(false, '这件事不在这次下发里。')
      continue
    }
    try {
      const { repeated } = await moveMatter(acting, matterId, { ...one, ...move })
      told(true, repeated ? '已经办过' : '已办')
      if (!repeated) made += 1
    } catch (error) {
      // A refusal comes before anything is written; whatever else is thrown ends them all.
      if (!(error instanceof Refusal) || error.issues[0]?.field === '/moveId') throw error
      told(false, error.message)
    }
  }
  if (made > 0) await leaveEntry(tx, 'request.review', { kind: 'request', id: requestId }, { move: move.move, done: made })
  return { results }
}
