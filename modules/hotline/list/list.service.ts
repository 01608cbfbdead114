// The list of tickets: filter, total, paging by number and by key.
import { isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import type { Tx } from '#server/kit/db.ts'
import { hotlineOf } from '../hotline.pack.ts'
import { searchTickets, wordsOf } from '../search/search.service.ts'
import { ticketsNumbered } from '../search/search.sql.ts'
import type { TicketFilter, TicketRow } from './list.contract.ts'
import { type After, type Filter, ticketCount, ticketPage } from './list.sql.ts'

/** Totals count no further: a page says "10,000+". */
export const COUNTED = 10_000
/** Of a search, where each row's text is read. */
export const COUNTED_IN_SEARCH = 1000

/** What is asked, as statements take it. Refuses (invalid) what the pack or the calendar doesn't have. */
export function filterOf(tx: Tx, given: TicketFilter): Filter {
  const { categories } = hotlineOf(tx.tenant)
  for (const name of ['from', 'to'] as const) {
    const value = given[name]
    if (value !== undefined && !isDate(value)) throw new Refusal('invalid', '没有这一天。', [{ field: `/${name}`, value, message: '没有这一天' }])
  }
  const group = categories.find(({ id }) => id === given.category)
  return {
    ...given,
    tenantId: tx.tenant.id,
    categories: given.category === undefined ? undefined : group === undefined ? [given.category] : group.items.map(({ id }) => id),
  }
}

interface Page {
  rows: TicketRow[]
  next: string | null
  total: { count: number; capped: boolean } | null
}

/** One page of tickets in the reader's scope, newest first; the total, which also says how to look for the rows, comes with each page but those that go on from a row. */
export async function listTickets(tx: Tx, given: TicketFilter & { after?: string; page?: number; limit?: number }): Promise<Page> {
  const { after: key, page = 1, limit = 30, q, ...asked } = given
  const filter = filterOf(tx, asked)
  const words = wordsOf(q)
  if (words.length > 0) return searched(tx, filter, words, { key, page: given.page, limit })
  const from = key === undefined ? undefined : readKey(key)
  const count = from === undefined ? (await tx.one(ticketCount, { ...filter, most: COUNTED })).count : null
  const walked = from?.walked ?? (count ?? 0) > COUNTED
  const rows = await tx.all(ticketPage, { ...filter, after: from, skip: from === undefined ? (page - 1) * limit : 0, limit: limit + 1, walked })
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? writePageKey([walked, last.receivedAt, last.ticketId]) : null,
    total: count === null ? null : { count: Math.min(count, COUNTED), capped: count > COUNTED },
  }
}

/** A page of what holds the words, newest first by number; counted where a page is asked by number. */
async function searched(
  tx: Tx,
  filter: Filter,
  words: string[],
  { key, page, limit }: { key: string | undefined; page: number | undefined; limit: number },
): Promise<Page> {
  const [before] = key === undefined ? [] : (readPageKey(key) ?? [])
  if (key !== undefined && (typeof before !== 'number' || !Number.isSafeInteger(before))) throw badPageKey(key)
  const counted = key === undefined && page !== undefined
  const skip = counted ? (page - 1) * limit : 0
  const most = counted ? Math.max(COUNTED_IN_SEARCH, skip + limit) + 1 : limit + 1
  const found = await searchTickets(tx, filter, words, { before: before as number | undefined, most })
  const numbers = found.slice(skip, skip + limit)
  const last = numbers.at(-1)
  return {
    rows: numbers.length === 0 ? [] : await tx.all(ticketsNumbered, { tenantId: tx.tenant.id, numbers }),
    next: found.length > skip + limit && last !== undefined ? writePageKey([last]) : null,
    total: counted ? { count: Math.min(found.length, COUNTED_IN_SEARCH), capped: found.length > COUNTED_IN_SEARCH } : null,
  }
}

function readKey(text: string): After & { walked: boolean } {
  const [walked, at, id] = readPageKey(text) ?? []
  if (typeof walked !== 'boolean' || typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at)) || !new RegExp(uuidPattern).test(id))
    throw badPageKey(text)
  return { walked, at: new Date(at).toISOString(), id }
}
