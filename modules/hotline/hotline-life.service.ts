// Decisions of tickets: who makes a step (H2), what it changes and by when (H4–H6). No database, no clock of its own.
import { createHash } from 'node:crypto'
import { chinaDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import type { Calendar } from '#base/working-days.ts'
import { deadlineOf, extendedOf } from '#modules/matter/index.ts'
import type { HeldPost } from '#server/kit/actor.ts'
import type { NewStep, State, Ticket } from './hotline.contract.ts'
import { categoryOf, type HotlinePack, type TicketClass } from './hotline.pack.ts'
import { actionOf, type Side } from './hotline-steps.rules.ts'

const reachesUnit = ({ reach }: HeldPost, unitId: string | null): boolean => reach === 'tenant' || (unitId !== null && reach.includes(unitId))

/** The sides that posts give over a ticket: a unit's only over the unit that holds it. */
export function sidesOf(posts: readonly HeldPost[], unitId: string | null): Set<Side> {
  const sides = Object.entries(actionOf) as [Side, string][]
  return new Set(
    sides.flatMap(([side, action]) => (posts.some((post) => post.may.includes(action) && (side === 'unit' ? reachesUnit(post, unitId) : true)) ? [side] : [])),
  )
}

/** The pack's class of a ticket. A bug of ours where there is none: it was checked when the ticket was entered. */
export function classOf(pack: HotlinePack, id: string): TicketClass {
  const found = pack.classes.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no class of tickets is called ${id}`)
  return found
}

/** What a step depends on besides the ticket. */
export interface Around {
  pack: HotlinePack
  works: Calendar
  at: Date
  /** Parts that aren't closed. */
  partsOpen: number
  /** Whoever makes it has handled or answered the ticket before. */
  hasHandled: boolean
}

const after = (class_: TicketClass['sign'], at: Date, works: Calendar): string => deadlineOf(class_, at, works).toISOString()

/** The clocks of a unit that is given a ticket at a moment (H4). */
export function dispatched(ticket: Pick<Ticket, 'class'>, unitId: string, { pack, works, at }: Pick<Around, 'pack' | 'works' | 'at'>) {
  const { sign, respond, close } = classOf(pack, ticket.class)
  const moment = at.toISOString()
  const clocks = { signDueAt: after(sign, at, works), respondDueAt: after(respond, at, works), unitDueAt: after(close, at, works) }
  return { unitId, state: 'dispatched' as State, dispatchedAt: moment, signedAt: null, respondedAt: null, ...clocks }
}

/** The citizen's deadline of a ticket received at a moment (H4). */
export function citizensDue(pack: HotlinePack, classId: string, receivedAt: Date, works: Calendar): string {
  return after(classOf(pack, classId).close, receivedAt, works)
}

/** The seed by which it is drawn who is called back of the tickets answered on a day: published with the day, the same for everybody (H6). */
export const seedOf = (day: string): string => `12345/${day}`

/** Whether a ticket answered on a day is called back: everyone, unless its class has a share; then by the day's seed and its number alone (H6). */
export function isSampled({ call_back }: HotlinePack, { class: classId, number }: Pick<Ticket, 'class' | 'number'>, day: string): boolean {
  const share = call_back.shares.find((one) => one.class === classId)
  if (share === undefined) return true
  const drawn = createHash('sha256')
    .update(`${seedOf(day)}/${number}`)
    .digest()
    .readUInt32BE()
  return drawn < (share.per_cent / 100) * 2 ** 32
}

const wrong = (field: string, value: unknown, message: string) => new Refusal('invalid', message, [{ field: `/${field}`, value, message }])
const hinder = (message: string) => new Refusal('conflict', message)

/** What is taken back when a ticket is worked on again. */
const reopened = (ticket: Ticket, { pack }: Around): Partial<Ticket> => ({
  state: ticket.unitId === null ? 'returned' : 'handling',
  ...{ answeredAt: null, calledAt: null, closedAt: null, reached: null, solved: null, satisfaction: null, direct: false },
  ...{ calls: 0, rehandled: ticket.rehandled + 1, supervised: ticket.supervised || ticket.rehandled + 1 >= pack.rules.supervised_after },
})

function called(ticket: Ticket, input: NewStep, around: Around): Partial<Ticket> {
  const { pack, at } = around
  const calledAt = at.toISOString()
  if (ticket.calledAt !== null) throw hinder('这件工单已经回访过。')
  if (around.hasHandled) throw new Refusal('not-allowed', '这件工单您办过或答复过，要由另一位同志回访。')
  if (input.reached !== true) {
    if (input.solved !== undefined || input.satisfaction !== undefined) throw wrong('reached', input.reached, '没有联系上诉求人，不能填写是否解决和满意度')
    const calls = ticket.calls + 1
    return calls < pack.call_back.calls ? { calls } : { calls, calledAt, reached: false, state: 'closed', closedAt: ticket.closedAt ?? calledAt }
  }
  if (input.solved === undefined) throw wrong('solved', null, '联系上了，请选诉求人说的是否解决')
  const heard = { calls: ticket.calls + 1, calledAt, reached: true, solved: input.solved, satisfaction: input.satisfaction ?? null }
  if (input.solved) return { ...heard, state: 'closed', closedAt: ticket.closedAt ?? calledAt }
  return reopened(ticket, around)
}

function corrected(ticket: Ticket, input: NewStep, { pack, works }: Around): Partial<Ticket> {
  const { county, place } = input
  if (input.category !== undefined && categoryOf(pack, input.category) === undefined) throw wrong('category', input.category, '没有这个类别，请重新选择')
  if (input.class !== undefined && !pack.classes.some(({ id }) => id === input.class)) throw wrong('class', input.class, '没有这个等级，请重新选择')
  const changes = {
    category: input.category ?? ticket.category,
    class: input.class ?? ticket.class,
    county: county ?? ticket.county,
    place: place ?? ticket.place,
  }
  if (Object.entries(changes).every(([name, value]) => ticket[name as 'class'] === value)) throw wrong('category', changes.category, '没有要更正的内容')
  // The clock of the right class, counted from the same first minute.
  return changes.class === ticket.class ? changes : { ...changes, dueAt: citizensDue(pack, changes.class, new Date(ticket.receivedAt), works) }
}

function extended(ticket: Ticket, { pack, works, at }: Around): Partial<Ticket> {
  const { close } = classOf(pack, ticket.class)
  if (at.toISOString() > ticket.dueAt) throw hinder('期限已经过了，不能再延期。')
  const longer = (due: string): string => extendedOf(close, new Date(due), works).toISOString()
  const { dueAt, unitDueAt } = ticket
  return { dueAt: longer(dueAt), unitDueAt: unitDueAt === null ? null : longer(unitDueAt), extended: ticket.extended + 1, extendAsked: false }
}

function mustAskExtension(ticket: Ticket, { pack, at }: Around): Partial<Ticket> {
  const { close } = classOf(pack, ticket.class)
  if (ticket.extendAsked) throw hinder('已经申请过延期，等热线答复。')
  if (ticket.extended >= (close.extend?.times ?? 0)) throw hinder('这类工单不能再延期。')
  if (at.toISOString() > ticket.dueAt) throw hinder('期限已经过了，不能再申请延期。')
  return { extendAsked: true }
}

function returned(ticket: Ticket, { pack }: Around): Partial<Ticket> {
  if (ticket.arbitrated) throw hinder('这件工单是仲裁后派来的，不能再退。')
  if (ticket.parentId !== null) throw hinder('协办件不能退单，请在答复里写明情况。')
  const transfers = ticket.transfers + 1
  const { returns_before_arbitration, supervised_after } = pack.rules
  const none = { unitId: null, dispatchedAt: null, signDueAt: null, signedAt: null, respondDueAt: null, respondedAt: null, unitDueAt: null, extendAsked: false }
  const supervised = ticket.supervised || transfers >= supervised_after
  return { ...none, transfers, supervised, state: transfers >= returns_before_arbitration ? 'arbitration' : 'returned' }
}

function answered(ticket: Ticket, { pack, at, partsOpen }: Around): Partial<Ticket> {
  if (partsOpen > 0) throw hinder(`还有 ${partsOpen} 件协办没有办完，都办完后再答复。`)
  const answeredAt = at.toISOString()
  const told = { answeredAt, respondedAt: ticket.respondedAt ?? answeredAt, extendAsked: false }
  const isCalled = ticket.parentId === null && isSampled(pack, ticket, chinaDate(at))
  return isCalled ? { ...told, state: 'answered' } : { ...told, state: 'closed', closedAt: answeredAt }
}

function rated(ticket: Ticket, input: NewStep): Partial<Ticket> {
  if (ticket.satisfaction !== null) throw hinder('这件工单已经评价过，评价不能更改。')
  return { satisfaction: input.satisfaction ?? null }
}

function reopening(ticket: Ticket, around: Around): Partial<Ticket> {
  const days = around.pack.rules.reopen_days
  const until = new Date(ticket.closedAt ?? around.at).getTime() + days * 86_400_000
  if (around.at.getTime() > until) throw hinder(`办结已经超过${days}天，请作为新的诉求登记。`)
  return reopened(ticket, around)
}

/** What a step changes of a ticket. Refuses (conflict, invalid, not-allowed) with the way out. `input.unitId` was checked to be there today. */
export function changesOf(ticket: Ticket, input: NewStep, around: Around): Partial<Ticket> {
  const moment = around.at.toISOString()
  switch (input.step) {
    case 'direct':
      return { state: 'closed', direct: true, respondedAt: moment, answeredAt: moment, closedAt: moment }
    case 'dispatch':
      return dispatched(ticket, input.unitId ?? '', around)
    case 'arbitrate':
      return { ...dispatched(ticket, input.unitId ?? '', around), arbitrated: true }
    case 'drop':
      return { state: 'dropped', closedAt: moment }
    case 'merge':
      return { state: 'merged', closedAt: moment, mergedInto: input.into ?? null }
    case 'correct':
      return corrected(ticket, input, around)
    case 'sign':
      return { state: 'handling', signedAt: moment }
    case 'respond':
      return { respondedAt: ticket.respondedAt ?? moment }
    case 'return':
      return returned(ticket, around)
    case 'extend-ask':
      return mustAskExtension(ticket, around)
    case 'extend-grant':
      if (!ticket.extendAsked) throw hinder('承办单位没有申请延期。')
      return extended(ticket, around)
    case 'extend-refuse':
      if (!ticket.extendAsked) throw hinder('承办单位没有申请延期。')
      return { extendAsked: false }
    case 'answer':
      return answered(ticket, around)
    case 'call':
      return called(ticket, input, around)
    case 'reopen':
      return reopening(ticket, around)
    case 'rate':
      return rated(ticket, input)
    case 'archive':
      return { state: 'archived' }
    case 'relapse':
      return { relapsed: true }
    case 'move-unit':
      return input.unitId === undefined
        ? {
            ...returned({ ...ticket, arbitrated: false, parentId: null }, around),
            transfers: ticket.transfers,
            supervised: ticket.supervised,
            state: 'returned',
          }
        : { unitId: input.unitId }
    case 'comment':
    case 'part':
      return {}
  }
}
