// One ticket as its reader sees it, and what is said while one is typed: who could settle it, what may be the same.
import { addDays, chinaDate } from '#base/dates.ts'
import { bigrams } from '#modules/ledger/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Possible, Suggested, Ticket, TicketPage } from './hotline.contract.ts'
import { categoryOf, hotlineOf } from './hotline.pack.ts'
import { unseen } from './hotline.service.ts'
import { alike, callerOf, partsOf, sentLately, stepsOf, ticketById, ticketsNamed, unitByRule } from './hotline.sql.ts'
import { isSampled, sidesOf } from './hotline-life.service.ts'
import { actionOf, lifecycle, nameOfStep } from './hotline-steps.rules.ts'

type StepName = keyof typeof lifecycle

/** The steps that the reader may make from where the ticket stands; what hinders one is said by the step itself when it is tried. */
function possibleFor(actor: Actor, ticket: Ticket, hasHandled: boolean): Possible[] {
  const sides = sidesOf(actor.posts, ticket.unitId)
  return (Object.keys(lifecycle) as StepName[]).flatMap((step): Possible[] => {
    const { name, by, from, asks, required } = lifecycle[step]
    const side = by.find((one) => sides.has(one))
    if (side === undefined || !from.includes(ticket.state) || isIdle(step, ticket)) return []
    const own = side === 'caller' && (hasHandled || sides.has('unit'))
    return [
      {
        step,
        name,
        asks: [...required, ...asks.filter((one) => !required.includes(one))],
        required,
        hindered: own ? '承办的人和单位不能回访自己办的工单。' : null,
      },
    ]
  })
}

/** Steps that lead nowhere as the ticket stands. */
function isIdle(step: StepName, ticket: Ticket): boolean {
  if (step === 'extend-grant' || step === 'extend-refuse') return !ticket.extendAsked
  if (step === 'extend-ask') return ticket.extendAsked
  if (step === 'return') return ticket.arbitrated || ticket.parentId !== null
  if (step === 'call') return ticket.calledAt !== null || ticket.parentId !== null
  return step === 'part' && ticket.parentId !== null
}

/** A ticket with its trail, both clocks and the reader's steps. Refuses (not-found) what the reader doesn't see. */
export async function readTicket(tx: Tx, actor: Actor, ticketId: string): Promise<TicketPage> {
  const key = { tenantId: tx.tenant.id, ticketId }
  const found = await tx.maybe(ticketById, key)
  if (found === undefined) throw unseen()
  const { unitName, body, answer, ...ticket } = found
  const others = [ticket.parentId, ticket.relapseOf, ticket.mergedInto].filter((id) => id !== null)
  const [steps, caller, parts, named] = await Promise.all([
    tx.all(stepsOf, key),
    tx.maybe(callerOf, key),
    tx.all(partsOf, key),
    others.length === 0 ? [] : tx.all(ticketsNamed, { tenantId: tx.tenant.id, ids: others }),
  ])
  const pack = hotlineOf(tx.tenant)
  const category = categoryOf(pack, ticket.category)
  const near = (id: string | null) => {
    const one = named.find((row) => row.ticketId === id)
    return one === undefined ? null : { ticketId: one.ticketId, number: one.number, title: one.title }
  }
  const nameIn = (list: readonly { id: string; name: string }[], id: string): string => list.find((one) => one.id === id)?.name ?? id
  const counties = partOf(tx.tenant, organisationPack).counties.map(({ code, name }) => ({ id: code, name }))
  const hasHandled = steps.some(({ personId, side, step }) => personId !== null && personId === actor.personId && (side === 'unit' || step === 'direct'))
  return {
    ticket,
    names: {
      unit: ticket.unitId === null ? null : { id: ticket.unitId, name: unitName ?? '' },
      class: nameIn(pack.classes, ticket.class),
      category: category?.category.name ?? ticket.category,
      group: nameIn(pack.categories, category?.group ?? ''),
      channel: nameIn(pack.channels, ticket.channel),
      county: nameIn(counties, ticket.county),
    },
    ...{ body, answer, caller: leftBy(caller) },
    trail: steps.map(({ stepId: _id, authorId: _author, personId: _person, ...step }) => ({ ...step, stepName: nameOfStep(step.step) })),
    possible: possibleFor(actor, ticket, hasHandled),
    sampled: ticket.answeredAt === null || isSampled(pack, ticket, chinaDate(new Date(ticket.answeredAt))),
    now: now(tx.tenant).toISOString(),
    parts: parts.map(({ unitId, unitName: name, ...part }) => ({ ...part, unit: unitId === null ? null : { id: unitId, name: name ?? '' } })),
    ...{ parent: near(ticket.parentId), relapseOf: near(ticket.relapseOf) },
  }
}

/** What the citizen left; null for what was not. */
function leftBy(caller: { name: string; phone: string } | undefined): TicketPage['caller'] {
  return caller === undefined || (caller.name === '' && caller.phone === '') ? null : { name: caller.name || null, phone: caller.phone || null }
}

/** What is asked for while a ticket is typed. */
export interface Typed {
  category?: string | undefined
  county?: string | undefined
  place?: string | undefined
  text?: string | undefined
}

const HABIT_DAYS = 90
const KEEP = 60_000
const kept = new Map<string, { until: number; units: Suggested[] }>()

/** Units that could settle a ticket of a category at a place, with reasons: the pack's rule, and where such tickets went lately. Up to a minute old. */
export async function suggestUnits(tx: Tx, { category = '', county = '', place = '' }: Typed): Promise<Suggested[]> {
  const rule = categoryOf(hotlineOf(tx.tenant), category)?.category
  if (rule === undefined) return []
  const key = JSON.stringify([tx.tenant.id, category, county, rule.township === true ? place : ''])
  const known = kept.get(key)
  if (known !== undefined && known.until > Date.now()) return known.units
  const units = await unitsFor(tx, rule, { category, county, place })
  if (kept.size > 5000) kept.clear()
  kept.set(key, { until: Date.now() + KEEP, units })
  return units
}

async function unitsFor(
  tx: Tx,
  rule: NonNullable<ReturnType<typeof categoryOf>>['category'],
  { category, county, place }: { category: string; county: string; place: string },
): Promise<Suggested[]> {
  const tenantId = tx.tenant.id
  const on = today(tx.tenant)
  const byRule = await tx.all(unitByRule, {
    tenantId,
    unit: rule.unit ?? null,
    county,
    inCounty: rule.in_county === true,
    township: rule.township === true,
    place,
    on,
  })
  const since = new Date(now(tx.tenant).getTime() - HABIT_DAYS * 86_400_000).toISOString()
  const lately = await tx.all(sentLately, { tenantId, category, county, since })
  const sent = lately.reduce((sum, { count }) => sum + count, 0)
  const units = new Map<string, Suggested>()
  const add = (id: string, name: string, reason: string): void => {
    const known = units.get(id) ?? { unit: { id, name }, reasons: [] }
    known.reasons.push(reason)
    units.set(id, known)
  }
  for (const { unitId, name } of byRule) add(unitId, name, `按分类规则，“${rule.name}”由它承办`)
  for (const { unitId, unitName, count } of lately) add(unitId, unitName, `近${HABIT_DAYS}天这里的“${rule.name}”有 ${count}/${sent} 件由它承办`)
  return [...units.values()]
}

const DOUBLE_DAYS = 30
const ALIKE = 0.35

/** How much two texts have in common, by their pairs of characters: shared ÷ those of the shorter. */
function overlap(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
  const [few, many] = left.size < right.size ? [left, right] : [right, left]
  return few.size === 0 ? 0 : [...few].filter((pair) => many.has(pair)).length / few.size
}

/** Tickets of the last days that may be the same: same category and county, the same place or much the same words. */
export async function doublesOf(tx: Tx, { category, county = '', place = '', text = '' }: Typed) {
  if (category === undefined || (place === '' && text.length < 4)) return []
  const since = `${addDays(today(tx.tenant), -DOUBLE_DAYS)}T00:00:00+08:00`
  const rows = await tx.all(alike, { tenantId: tx.tenant.id, category, county, since })
  const own = new Set(bigrams(text))
  return rows
    .map((row) => ({ row, same: place !== '' && row.place === place, share: overlap(own, new Set(bigrams(row.title))) }))
    .filter(({ same, share }) => same || share >= ALIKE)
    .sort((left, right) => Number(right.same) - Number(left.same) || right.share - left.share)
    .slice(0, 5)
    .map(({ row, same, share }) => ({ ...row, why: same ? '同一地点、同一类别' : `标题有 ${Math.round(share * 100)}% 的字相同` }))
}

/** The hotline's actions that the actor's posts give. */
export function hotlineActions(actor: Actor): string[] {
  const actions = ['hotline.read', 'hotline.feed', ...Object.values(actionOf)]
  return actions.filter((action) => actor.posts.some(({ may }) => may.includes(action)))
}
