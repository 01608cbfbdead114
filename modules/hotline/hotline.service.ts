// Entering tickets and making steps. One step of two at once wins, the same id twice has one effect (H3). The transaction sees the tenant: who may is decided here (H2).
import { chinaDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { calendarOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import { noteText } from './citizen/citizen-text.sql.ts'
import { type NewStep, type NewTicket, type Receipt, type StepId, stateNames, type Ticket } from './hotline.contract.ts'
import { categoryOf, type HotlinePack, hotlineOf } from './hotline.pack.ts'
import {
  aroundTicket,
  columnsOf,
  insertChanges,
  insertStep,
  insertTicket,
  markRelapseOf,
  solvedBefore,
  stepAt,
  ticketById,
  ticketToStep,
} from './hotline.sql.ts'
import { type Around, changesOf, citizensDue, dispatched, sidesOf } from './hotline-life.service.ts'
import { checkStep, lifecycle, mustStandAt, nameOfStep, type Side } from './hotline-steps.rules.ts'
import { needsVersion, tallyOf } from './hotline-tally.rules.ts'
import { cleanLine, cleanText } from './hotline-text.rules.ts'

/** Who acts. Citizens and the system have no actor. */
export interface Acting {
  tx: Tx
  actor: Actor | null
}

/** One sentence for a ticket that is not there and for one that is not the reader's business. */
export const unseen = () => new Refusal('not-found', '没有找到这件工单，或者它不在您的范围内。')
const wrong = (field: string, value: unknown, message: string) => new Refusal('invalid', message, [{ field, value, message }])
const used = (field: string, id: string) => new Refusal('conflict', '这个编号已经用过，请刷新页面后重新提交。', [{ field, value: id, message: '编号已使用' }])

/** The code by which a citizen follows a ticket, eight digits: it follows from the ticket and the installation's secret. */
export function codeOf(secrets: Secrets, ticketId: string): string {
  return String(Buffer.from(secrets.mark('hotline-code', ticketId), 'base64url').readUInt32BE() % 100_000_000).padStart(8, '0')
}

/** A ticket that nothing has happened to yet. */
export function newTicket(given: Pick<Ticket, 'ticketId' | 'receivedAt' | 'dueAt' | 'channel' | 'class' | 'category' | 'title'> & Partial<Ticket>): Ticket {
  return {
    ...{
      number: '0',
      unitId: null,
      parentId: null,
      dispatchedAt: null,
      signDueAt: null,
      signedAt: null,
      respondDueAt: null,
      respondedAt: null,
      unitDueAt: null,
    },
    ...{
      answeredAt: null,
      calledAt: null,
      closedAt: null,
      knownFrom: given.receivedAt,
      revision: 1,
      satisfaction: null,
      transfers: 0,
      rehandled: 0,
      extended: 0,
      calls: 0,
    },
    ...{
      direct: false,
      reached: null,
      solved: null,
      withheld: false,
      supervised: false,
      arbitrated: false,
      relapsed: false,
      extendAsked: false,
      state: 'received',
    },
    ...{ county: '', place: '', source: '', mergedInto: null, relapseOf: null },
    ...given,
  }
}

function ticketOf(tx: Tx, pack: HotlinePack, input: NewTicket): Ticket {
  const category = categoryOf(pack, input.category)
  if (category === undefined) throw wrong('/category', input.category, '没有这个类别，请重新选择')
  const classId = input.class ?? category.class
  if (!pack.classes.some(({ id }) => id === classId)) throw wrong('/class', classId, '没有这个等级，请重新选择')
  if (!pack.channels.some(({ id }) => id === input.channel)) throw wrong('/channel', input.channel, '没有这个渠道，请重新选择')
  const county = input.county ?? ''
  if (county !== '' && !partOf(tx.tenant, organisationPack).counties.some(({ code }) => code === county))
    throw wrong('/county', county, '没有这个县区，请重新选择')
  const at = now(tx.tenant)
  return newTicket({
    ...{ ticketId: input.id, channel: input.channel, class: classId, category: input.category, county, withheld: input.withheld === true },
    ...{ title: cleanLine('/title', input.title), place: cleanLine('/place', input.place ?? '') },
    ...{ receivedAt: at.toISOString(), dueAt: citizensDue(pack, classId, at, calendarOf(tx.tenant)) },
  })
}

const inserted = (
  tx: Tx,
  ticket: Ticket,
  content: { body: string; name: string; phone: string },
  step: { madeBy: Side; told: string; note: string; personId: string | null },
) =>
  tx.maybe(insertTicket, {
    ...{
      tenantId: tx.tenant.id,
      ticketId: ticket.ticketId,
      ticket: JSON.stringify({ ...columnsOf(ticket), tenant_id: tx.tenant.id, known_until: 'infinity', source_id: null }),
    },
    ...{
      day: Number(chinaDate(new Date(ticket.receivedAt)).replaceAll('-', '')),
      ...content,
      ...step,
      stepId: ticket.ticketId,
      authorId: tx.actorId,
      at: ticket.knownFrom,
    },
  })

/** Enters a ticket under the id its maker gave it (`side` agent or citizen). The same again answers as the first did; the same id for something else is a conflict. */
export async function enterTicket({ tx, actor }: Acting, side: 'agent' | 'citizen', input: NewTicket): Promise<Receipt> {
  const pack = hotlineOf(tx.tenant)
  if (pack.intake_instead !== undefined) throw new Refusal('conflict', `本系统不登记新的诉求。${pack.intake_instead}`)
  const ticket = ticketOf(tx, pack, input)
  const content = { body: cleanText('/body', input.body), name: cleanLine('/caller/name', input.caller?.name ?? ''), phone: phoneOf(input.caller?.phone ?? '') }
  const first = { madeBy: side, told: '诉求已受理。', note: '', personId: actor?.personId || null }
  // Neither waits for the other.
  const [opened, before] = await Promise.all([inserted(tx, ticket, content, first), sameBefore(tx, pack, ticket)])
  if (opened === undefined) return enteredBefore(tx, ticket, content.body)
  await leaveEntry(tx, 'hotline.open', { kind: 'ticket', id: ticket.ticketId }, { category: ticket.category, class: ticket.class, by: side })
  if (content.phone !== '') text(tx, ticket.ticketId, opened.revision, 'entered', ticket.knownFrom)
  if (before !== undefined) await markRelapse(tx, before.ticketId, ticket.ticketId)
  return { ...opened, ticketId: ticket.ticketId, repeated: false }
}

/** Digits, with what people write between them. */
function phoneOf(text: string): string {
  if (text !== '' && !/^\+?[\d -]{5,20}$/.test(text)) throw wrong('/caller/phone', text, '电话号码只填数字，例如 03551234567')
  return text.replaceAll(/[ -]/g, '')
}

async function enteredBefore(tx: Tx, { ticketId, category, title, channel }: Ticket, body: string): Promise<Receipt> {
  const key = { tenantId: tx.tenant.id, ticketId }
  const before = await tx.maybe(ticketById, key)
  const first = before === undefined ? undefined : await tx.maybe(stepAt, { ...key, revision: 1 })
  if (before === undefined || first?.authorId !== tx.actorId || before.title !== title || before.channel !== channel || before.body !== body)
    throw used('/id', ticketId)
  if (before.revision === 1 && before.category !== category) throw used('/id', ticketId)
  return { ticketId, number: before.number, revision: 1, state: first.to, dueAt: before.dueAt, repeated: true }
}

/** The ticket of the same place and category that was solved not long ago (H7). */
function sameBefore(tx: Tx, { rules }: HotlinePack, { place, category, county, ticketId, receivedAt }: Ticket): Promise<{ ticketId: string } | undefined> {
  if (place === '') return Promise.resolve(undefined)
  const since = new Date(Date.parse(receivedAt) - rules.relapse_days * 86_400_000).toISOString()
  return tx.maybe(solvedBefore, { tenantId: tx.tenant.id, place, category, county, since, not: ticketId })
}

/** It wasn't solved after all. Whoever else has said so meanwhile, or reopened it, has said enough. */
async function markRelapse(tx: Tx, beforeId: string, ticketId: string): Promise<void> {
  const before = await tx.maybe(ticketToStep, { tenantId: tx.tenant.id, ticketId: beforeId })
  if (before?.solved === true && !before.relapsed && lifecycle.relapse.from.includes(before.state))
    await step({ tx, actor: null }, before, 'system', { stepId: newId(), revision: before.revision, step: 'relapse' })
  await tx.all(markRelapseOf, { tenantId: tx.tenant.id, ticketId, relapseOf: beforeId })
}

/** Makes a step as one of the sides that the actor's posts give. Refuses what is not the actor's: as not found where the ticket isn't seen. */
export async function stepAs({ tx, actor }: { tx: Tx; actor: Actor }, ticketId: string, input: NewStep): Promise<Receipt> {
  const ticket = await tx.maybe(ticketToStep, { tenantId: tx.tenant.id, ticketId })
  if (ticket === undefined || !mayRead(actor, ticket.unitId)) {
    // A unit that has just returned a ticket may ask for what it did, once more.
    const before = ticket === undefined ? undefined : await repeated(tx, ticket, input)
    if (before !== undefined) return before
    throw unseen()
  }
  const sides = sidesOf(actor.posts, ticket.unitId)
  const side = lifecycle[input.step].by.find((one) => sides.has(one))
  if (side === undefined) throw new Refusal('not-allowed', `“${nameOfStep(input.step)}”不由您的岗位办理。`)
  if (side === 'caller' && sides.has('unit')) throw new Refusal('not-allowed', '承办单位不能回访自己办的工单。')
  return step({ tx, actor }, ticket, side, input)
}

/** Whether a post lets the actor read the tickets of a unit; those that no unit holds are for posts of the whole city. */
export function mayRead(actor: Actor, unitId: string | null): boolean {
  return actor.posts.some(({ may, reach }) => may.includes('hotline.read') && (reach === 'tenant' || (unitId !== null && reach.includes(unitId))))
}

/** Makes a step of a side that the caller has made sure of: a citizen's with number and code, the system's own. */
export async function makeStep(acting: Acting, ticketId: string, side: Side, input: NewStep): Promise<Receipt> {
  const ticket = await acting.tx.maybe(ticketToStep, { tenantId: acting.tx.tenant.id, ticketId })
  if (ticket === undefined) throw unseen()
  return step(acting, ticket, side, input)
}

const receipt = (ticket: Ticket, done: { revision: number; state: Ticket['state']; dueAt: string }, again: boolean): Receipt => ({
  ...{ ticketId: ticket.ticketId, number: ticket.number, revision: done.revision, state: done.state, dueAt: done.dueAt, repeated: again },
})

/** What the same step answered before; undefined where it wasn't made. */
async function repeated(tx: Tx, ticket: Ticket, input: NewStep): Promise<Receipt | undefined> {
  const before = await tx.maybe(stepAt, { tenantId: tx.tenant.id, ticketId: ticket.ticketId, revision: input.revision + 1 })
  if (before === undefined || before.stepId !== input.stepId || before.authorId !== tx.actorId) return undefined
  const [told, note] = [cleanText('/told', input.told ?? ''), cleanText('/note', input.note ?? '')]
  if (before.step !== input.step || before.note !== note || (told !== '' && before.told !== told)) throw used('/stepId', input.stepId)
  return receipt(ticket, { revision: input.revision + 1, state: before.to, dueAt: ticket.dueAt }, true)
}

async function overtaken(tx: Tx, ticket: Ticket): Promise<Refusal> {
  const last = await tx.maybe(stepAt, { tenantId: tx.tenant.id, ticketId: ticket.ticketId, revision: ticket.revision })
  return new Refusal(
    'conflict',
    `${last?.author ?? '他人'}刚办了“${nameOfStep(last?.step ?? '')}”，现在是“${stateNames[ticket.state]}”。请看过最新情况再办。`,
    [{ field: '/revision', value: ticket.revision, message: `现在是第 ${ticket.revision} 步` }],
  )
}

/** Steps whose words are the answer that the citizen reads. */
const answering: readonly StepId[] = ['direct', 'answer', 'drop']

async function step({ tx, actor }: Acting, ticket: Ticket, side: Side, input: NewStep): Promise<Receipt> {
  if (ticket.revision !== input.revision) {
    const before = await repeated(tx, ticket, input)
    if (before !== undefined) return before
    throw await overtaken(tx, ticket)
  }
  if (ticket.source.startsWith('feed:')) throw new Refusal('conflict', '这件工单由城市原有平台办理，请在那里办；这里只跟着它走。')
  mustStandAt(ticket, input.step)
  checkStep(input)
  const around = await aroundOf({ tx, actor }, ticket, input)
  const changes = changesOf(ticket, input, around)
  const standing = { ...ticket, ...changes }
  const [told, note] = [cleanText('/told', input.told ?? ''), cleanText('/note', input.note ?? '')]
  const done = await tx.one(insertStep, {
    ...{
      tenantId: tx.tenant.id,
      ticketId: ticket.ticketId,
      revision: ticket.revision,
      changes: JSON.stringify(columnsOf(changes)),
      versioned: needsVersion(ticket, standing, around.at.toISOString()),
    },
    ...{ step: input.step, madeBy: side, told: told || toldOf(input.step, standing), note, fields: fieldsOf(input), stepId: input.stepId },
    ...{ authorId: tx.actorId, personId: actor?.personId || null, at: around.at.toISOString(), answer: answering.includes(input.step) ? told : null },
  })
  count(tx, ticket, standing)
  if (ticket.state !== standing.state && ticket.parentId === null) {
    if (standing.state === 'closed') text(tx, ticket.ticketId, done.revision, 'closed', around.at.toISOString())
    if (standing.state === 'answered' || standing.state === 'dropped') text(tx, ticket.ticketId, done.revision, 'answered', around.at.toISOString())
  }
  if (input.step === 'part') await openPart({ tx, actor }, ticket, input, around, note)
  await leaveEntry(
    tx,
    'hotline.step',
    { kind: 'ticket', id: ticket.ticketId },
    { step: input.step, revision: done.revision, from: ticket.state, to: done.state, by: side },
  )
  return receipt(ticket, done, false)
}

/** Whoever asked is told, where a telephone is known; the text goes out with the job. */
function text(tx: Tx, ticketId: string, revision: number, kind: 'entered' | 'answered' | 'closed', at: string): void {
  tx.append(noteText, { tenantId: tx.tenant.id, ticketId, revision, kind, at })
}

/** What a step changes of the counts of closed tickets. */
function count(tx: Tx, before: Ticket, standing: Ticket): void {
  const changes = tallyOf(before, standing)
  if (changes.length === 0) return
  const rows = changes.map((change) => ({ tenant_id: tx.tenant.id, change_id: newId(), ticket_id: before.ticketId, ...columnsOf(change) }))
  tx.append(insertChanges, { rows: JSON.stringify(rows) })
}

/** What the citizen reads of a step that says nothing itself. */
function toldOf(stepId: StepId, { state }: Ticket): string {
  const words: Partial<Record<StepId, string>> = {
    dispatch: '已派给承办单位办理。',
    sign: '承办单位已签收。',
    return: state === 'arbitration' ? '承办单位退回，热线正在确定由谁办理。' : '承办单位退回，热线正在重新派单。',
    arbitrate: '热线已确定承办单位。',
    answer: '承办单位已答复。',
    reopen: '诉求人要求重新办理。',
    merge: '与另一件相同诉求合并办理。',
    'move-unit': '承办单位有变更，已转由接续单位办理。',
  }
  return words[stepId] ?? ''
}

const besides = ['unitId', 'class', 'category', 'county', 'place', 'reached', 'solved', 'satisfaction', 'into'] as const
function fieldsOf(input: NewStep): string | null {
  const given = besides.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]))
  return given.length === 0 ? null : JSON.stringify(Object.fromEntries(given))
}

/** What the step depends on; a unit that is named must be there today, a ticket into which another goes must be open. */
async function aroundOf({ tx, actor }: Acting, ticket: Ticket, input: NewStep): Promise<Around> {
  const pack = hotlineOf(tx.tenant)
  const plain = { pack, works: calendarOf(tx.tenant), at: now(tx.tenant), partsOpen: 0, hasHandled: false }
  if (!['dispatch', 'arbitrate', 'part', 'merge', 'answer', 'call', 'move-unit'].includes(input.step)) return plain
  const { unitId = null, into = null } = input
  const found = await tx.one(aroundTicket, {
    tenantId: tx.tenant.id,
    ticketId: ticket.ticketId,
    personId: actor?.personId || null,
    unitId,
    into,
    on: today(tx.tenant),
  })
  if (unitId !== null && found.unitName === null) throw wrong('/unitId', unitId, '今天没有这个单位，请重新选择')
  if (into !== null && (into === ticket.ticketId || found.intoState === null || found.intoState === 'merged' || found.intoState === 'dropped'))
    throw wrong('/into', into, '要并入的那件工单不存在，或者已经并走，请重新选择')
  return { ...plain, partsOpen: found.partsOpen, hasHandled: found.hasHandled }
}

/** A part of a ticket for another unit, with a clock of its own (H9). */
async function openPart({ tx, actor }: Acting, whole: Ticket, { unitId = '', stepId }: NewStep, around: Around, note: string): Promise<void> {
  const at = around.at.toISOString()
  const { class: class_, category, county, place, title, channel, withheld, dueAt } = whole
  const part = newTicket({
    ticketId: newId(),
    parentId: whole.ticketId,
    receivedAt: at,
    dueAt,
    channel,
    class: class_,
    category,
    county,
    place,
    title,
    withheld,
    ...dispatched(whole, unitId, around),
  })
  const { body } = await tx.one(ticketById, { tenantId: tx.tenant.id, ticketId: whole.ticketId })
  const opened = await inserted(tx, part, { body, name: '', phone: '' }, { madeBy: 'dispatcher', told: '', note, personId: actor?.personId || null })
  if (opened === undefined) throw new Error(`the part of step ${stepId} was not opened`)
}
