// What waits on the hotline in the reader's scope.
import { uuidPattern } from '#base/ids.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { unseen } from '../hotline.service.ts'
import type { Desk, Waiting } from './waiting.contract.ts'
import { deskTickets, ticketOfNumber, waitingByState } from './waiting.sql.ts'

/** Open tickets by state. */
export async function waitingFor(tx: Tx): Promise<Waiting> {
  const at = now(tx.tenant).toISOString()
  return { now: at, states: await tx.all(waitingByState, { tenantId: tx.tenant.id, at }) }
}

/** The ticket of a public number. Refuses (not-found) what the reader doesn't see. */
export async function findByNumber(tx: Tx, number: string) {
  const found = await tx.maybe(ticketOfNumber, { tenantId: tx.tenant.id, number })
  if (found === undefined) throw unseen()
  return found
}

const PAGE = 50
const isId = new RegExp(uuidPattern)
const statesOf: Record<Desk, string[]> = {
  dispatch: ['received', 'returned'],
  extension: ['handling'],
  arbitration: ['arbitration'],
  'call-back': ['answered'],
  unit: ['dispatched', 'handling'],
}

/** A page of the tickets whose next step is a desk's, the next deadline first. Refuses: invalid (a key that is none). */
export async function deskFor(tx: Tx, desk: Desk, after: string | undefined) {
  const key = after === undefined ? [] : readPageKey(after)
  const [due = null, id = null] = (key ?? []) as (string | null)[]
  if (key === undefined || (after !== undefined && (Number.isNaN(Date.parse(String(due))) || !isId.test(String(id))))) throw badPageKey(after ?? '')
  const asked = { tenantId: tx.tenant.id, states: statesOf[desk], extendAsked: desk === 'extension' ? true : null }
  const rows = await tx.all(deskTickets, { ...asked, afterDue: due, afterId: id, most: PAGE + 1 })
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    now: now(tx.tenant).toISOString(),
    rows: shown.map(({ turnDue: _due, ...row }) => row),
    next: rows.length > PAGE && last !== undefined ? writePageKey([last.turnDue, last.ticketId]) : null,
  }
}
