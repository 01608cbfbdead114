// The citizen's side, without an account: everything runs as the tenant and is let in by number and code alone (H2).
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { countsOfGuess, forgive, noteFailure, waitOfTurn } from '#modules/access/index.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { Kept } from '#server/kit/route.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import type { NewStep } from '../hotline.contract.ts'
import { categoryOf, hotlineOf } from '../hotline.pack.ts'
import { codeOf, enterTicket, makeStep } from '../hotline.service.ts'
import { ticketById } from '../hotline.sql.ts'
import { cleanText } from '../hotline-text.rules.ts'
import type { Followed, Report } from './citizen.contract.ts'
import { digitsOf, titleOf, trailOf, wordsOf } from './citizen.rules.ts'
import { ticketOfNumber, toldSteps } from './citizen.sql.ts'

/** Who asks, as far as that is known. */
export interface Asking {
  tx: Tx
  secrets: Secrets
  request: FastifyRequest
}

/** Enters what a citizen reports; the number and the code by which it is followed. */
export async function reportTicket({ tx, secrets }: Asking, { id, category, county, place, body, name, phone, withheld }: Report) {
  if ([...cleanText('/body', body)].length < 5)
    throw new Refusal('invalid', '请写清楚是什么事，至少5个字。', [{ field: '/body', value: body.slice(0, 40), message: '至少写5个字' }])
  const given = { id, channel: 'web', category, title: titleOf(cleanText('/body', body)), body }
  const beside = { ...(county === undefined ? {} : { county }), ...(place === undefined ? {} : { place }), ...(withheld === undefined ? {} : { withheld }) }
  const caller = { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) }
  const { ticketId, number, dueAt, repeated } = await enterTicket({ tx, actor: null }, 'citizen', { ...given, ...beside, caller })
  return { number, code: codeOf(secrets, ticketId), dueAt, repeated }
}

/** The ticket that number and code open. What is wrong, number or code, is not said; the next attempt at the same number or from the same address waits. */
async function opened({ tx, secrets, request }: Asking, given: { number: string; code: string }): Promise<string | Kept> {
  const [number, code] = [digitsOf(given.number), digitsOf(given.code)]
  const counts = countsOfGuess(secrets, request, `ticket ${tx.tenant.id} ${number}`)
  const wait = await waitOfTurn(tx, counts)
  if (wait > 0) return tooMany(wait)
  const found = /^\d{1,18}$/.test(number) ? await tx.maybe(ticketOfNumber, { tenantId: tx.tenant.id, number }) : undefined
  // Computed for a number that is not there, too: the time tells nothing.
  const right = Buffer.from(codeOf(secrets, found?.ticketId ?? number))
  const said = Buffer.from(code)
  if (said.length === right.length && timingSafeEqual(said, right) && found !== undefined) {
    forgive(tx, counts)
    return found.ticketId
  }
  await noteFailure(tx, counts)
  return new Kept(new Refusal('not-found', '编号或查询码不对。请对照受理时给您的编号和8位查询码再输一次；找不到了可以拨打12345，由话务员查。'))
}

function tooMany(seconds: number): Kept {
  return new Kept(
    new Refusal('too-many', `输错的次数太多，请过${seconds <= 60 ? `${Math.ceil(seconds)}秒` : `${Math.ceil(seconds / 60)}分钟`}再试，或者拨打12345。`),
  )
}

/** What a citizen reads of the ticket that number and code open. */
export async function followTicket(asking: Asking, key: { number: string; code: string }): Promise<Followed | Kept> {
  const ticketId = await opened(asking, key)
  return ticketId instanceof Kept ? ticketId : followed(asking.tx, ticketId)
}

/** Rates, or has it handled again; the page as it is then. */
export async function stepOfCitizen(asking: Asking, { number, code, ...input }: { number: string; code: string } & NewStep): Promise<Followed | Kept> {
  const ticketId = await opened(asking, { number, code })
  if (ticketId instanceof Kept) return ticketId
  await makeStep({ tx: asking.tx, actor: null }, ticketId, 'citizen', input)
  return followed(asking.tx, ticketId)
}

async function followed(tx: Tx, ticketId: string): Promise<Followed> {
  const key = { tenantId: tx.tenant.id, ticketId }
  const [ticket, steps] = [await tx.one(ticketById, key), await tx.all(toldSteps, key)]
  const pack = hotlineOf(tx.tenant)
  const { number, revision, state, receivedAt, dueAt, closedAt, place, satisfaction } = ticket
  const at = now(tx.tenant).toISOString()
  const until = closedAt === null ? null : new Date(Date.parse(closedAt) + pack.rules.reopen_days * 86_400_000).toISOString()
  return {
    ...{ number, revision, state, words: wordsOf(state, ticket.unitName), receivedAt, dueAt, late: (closedAt ?? at) > dueAt, closedAt },
    ...{ category: categoryOf(pack, ticket.category)?.category.name ?? ticket.category, place, body: ticket.body, answer: ticket.answer },
    ...{ trail: trailOf(steps), satisfaction, mayRate: satisfaction === null && (state === 'closed' || state === 'archived') },
    reopenUntil: state === 'closed' && until !== null && until > at ? until : null,
  }
}
