// Complaints: made with or without a name, answered in a set time; "already collected" finds the earlier place by itself.
import { Refusal } from '#base/errors.ts'
import { workingDaysAfter } from '#base/working-days.ts'
import { kOf } from '#modules/access/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Complaint, Earlier } from './burden.contract.ts'
import { burdenPack, termsPack } from './burden.pack.ts'
import { knownOf } from './burden.service.ts'
import {
  answerComplaint,
  type ComplaintRow,
  chargeOf,
  complaintById,
  complaintsSeen,
  complaintsWaiting,
  earlierAskings,
  insertComplaint,
  receiversAsked,
} from './burden-complaint.sql.ts'

export interface NewComplaint {
  id: string
  anonymous: boolean
  kind: string
  asking?: string
  body?: string
  title: string
  text?: string
}

/** Where what an asking asks for was given or asked already. */
async function earlierPlaces(tx: Tx, askingId: string, charged: { bodyId: string; terms: string[]; askedOn: string }): Promise<Earlier[]> {
  const { bodyId, terms, askedOn } = charged
  const names = new Map(partOf(tx.tenant, termsPack).terms.map(({ id, name }) => [id, name]))
  const known = await knownOf(tx, [bodyId], terms)
  const asked = terms.length === 0 ? [] : await tx.all(earlierAskings, { tenantId: tx.tenant.id, bodyId, terms, askingId, before: askedOn })
  return [
    ...known.map(({ name, from, saidOn }) => ({ name, from, saidOn })),
    ...asked.map(({ term, from, saidOn }) => ({ name: names.get(term) ?? term, from, saidOn })),
  ]
}

/**
 * Makes a complaint. Without a name it keeps no author, no body, no place found and no time of day, leaves no audit entry, and names the asking
 * only where at least k were asked [B7]; its id must hold no time either (UUID version 4).
 */
export async function complain(tx: Tx, input: NewComplaint): Promise<{ complaintId: string; dueOn: string; earlier: Earlier[] }> {
  const { complaints } = partOf(tx.tenant, burdenPack)
  if (!complaints.kinds.some(({ id }) => id === input.kind)) {
    const message = `没有这一类意见，可选：${complaints.kinds.map(({ name }) => name).join('、')}`
    throw new Refusal('invalid', message, [{ field: '/kind', value: input.kind, message }])
  }
  if (input.anonymous && input.id[14] !== '4')
    throw new Refusal('invalid', '不具名的意见，编号里不能有时间。', [{ field: '/id', value: input.id, message: '请用随机编号（UUID 第 4 版）' }])
  const key = { tenantId: tx.tenant.id, askingId: input.asking ?? '' }
  const charged = input.asking === undefined ? undefined : await tx.maybe(chargeOf, { ...key, bodyId: input.body ?? null })
  if (input.asking !== undefined && charged === undefined)
    throw new Refusal('not-found', '没有找到这项要求，或者它不是向您的组织提的。', [{ field: '/asking', value: input.asking, message: '没有找到' }])
  const earlier = charged === undefined ? [] : await earlierPlaces(tx, key.askingId, charged)
  const { id: complaintId, anonymous } = input
  const dueOn = workingDaysAfter(today(tx.tenant), complaints.answer_working_days)
  const isNamed = !anonymous || (charged !== undefined && (await tx.one(receiversAsked, key)).receivers >= kOf(tx.tenant))
  tx.append(insertComplaint, {
    tenantId: tx.tenant.id,
    complaintId,
    authorId: anonymous ? null : tx.actorId,
    askingId: isNamed ? (input.asking ?? null) : null,
    title: isNamed ? (charged?.title ?? input.title) : '（不具名，不写明是哪一项）',
    kind: input.kind,
    text: input.text ?? '',
    earlier: JSON.stringify(anonymous ? [] : earlier),
    madeOn: today(tx.tenant),
    dueOn,
  })
  if (!anonymous) await leaveEntry(tx, 'burden.complain', { kind: 'complaint', id: complaintId }, { asking: input.asking ?? null, kind: input.kind })
  return { complaintId, dueOn, earlier }
}

function shownTo(tx: Tx, { authorId, ...row }: ComplaintRow): Complaint {
  return { ...row, isAnonymous: authorId === null, late: (row.answeredOn ?? today(tx.tenant)) > row.dueOn }
}

/** The complaints that the reader may see. */
export async function complaintsOf(tx: Tx): Promise<Complaint[]> {
  return (await tx.all(complaintsSeen, { tenantId: tx.tenant.id })).map((row) => shownTo(tx, row))
}

/** How far a complaint without a name is; one with a name is told to its author in the list alone. */
export async function complaintByNumber(tx: Tx, complaintId: string): Promise<Pick<Complaint, 'dueOn' | 'late' | 'answer' | 'answeredOn'> | null> {
  const row = await tx.maybe(complaintById, { tenantId: tx.tenant.id, complaintId })
  if (row === undefined || row.authorId !== null) return null
  const { dueOn, late, answer, answeredOn } = shownTo(tx, row)
  return { dueOn, late, answer, answeredOn }
}

/** Answers a complaint, once; the same answer again has no effect, another one is a conflict. */
export async function answer(tx: Tx, complaintId: string, text: string): Promise<{ repeated: boolean }> {
  const key = { tenantId: tx.tenant.id, complaintId }
  const written = await tx.maybe(answerComplaint, { ...key, answer: text, on: today(tx.tenant), by: tx.actorId })
  if (written !== undefined) {
    await leaveEntry(tx, 'burden.answer', { kind: 'complaint', id: complaintId })
    return { repeated: false }
  }
  const before = await tx.maybe(complaintById, key)
  if (before === undefined) throw new Refusal('not-found', '没有找到这条意见。')
  if (before.answer !== text) throw new Refusal('conflict', '这条意见已经答复过，请刷新后查看。', [{ field: '/answer', message: '已经答复' }])
  return { repeated: true }
}

/** What waits for whoever answers complaints: one line, due by the earliest last day. */
export async function complaintTodo(tx: Tx, actor: Actor) {
  if (!actor.posts.some(({ may }) => may.includes('burden.answer'))) return []
  const { count, dueOn, late } = await tx.one(complaintsWaiting, { tenantId: tx.tenant.id, on: today(tx.tenant) })
  if (count === 0) return []
  const title = `${count} 条减负意见等您答复${late === 0 ? '' : `，${late} 条已经超期`}`
  return [{ id: 'burden.complaints', title, kind: '减负', due: dueOn, minutes: count * 5, href: '/burden#complaints', state: 'open' as const }]
}
