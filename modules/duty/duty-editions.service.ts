// The editions of the duty lists: kept when the server starts, read with each request; what is asked of the database on a day.
import { addDays } from '#base/dates.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { recordsPack } from '#modules/ledger/index.ts'
import { kindsOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { listsOf } from './duty.pack.ts'
import { type Edition, idOf, type Standing, standingsOn } from './duty.rules.ts'
import { type Asked, type DutyAsked, editionRows, type PostAsked, putEdition, type SeatAsked } from './duty.sql.ts'
import type { DutyList } from './duty-lists.contract.ts'

/** A duty that is due within so many days is due soon. */
const SOON_DAYS = 14

const known = new WeakMap<Tenant, Promise<Edition[]>>()

/** Every edition of the tenant's lists, list by list in the order of their numbers. They change with the pack alone, when the server starts. */
export function editionsOf(tx: Tx): Promise<Edition[]> {
  const there =
    known.get(tx.tenant) ??
    tx.all(editionRows, { tenantId: tx.tenant.id }).then((rows) => rows.map((row) => ({ ...row, definition: row.definition as DutyList })))
  known.set(tx.tenant, there)
  there.catch(() => known.delete(tx.tenant))
  return there
}

/**
 * Keeps the lists of the pack as they are now [D2]. The first edition of a list holds from the day its file says, each later one from the day
 * on which it is first there: what has begun is judged as it began.
 */
export async function keepDuties(tx: Tx): Promise<void> {
  known.delete(tx.tenant)
  const editions = await editionsOf(tx)
  for (const { id, hash, definition } of listsOf(packOf(tx.tenant))) {
    const last = editions.findLast(({ list }) => list === id)
    if (last?.hash === hash) continue
    const number = (last?.number ?? 0) + 1
    const from = last === undefined ? definition.valid_from : [today(tx.tenant), definition.valid_from].sort().at(-1)
    await tx.all(putEdition, { tenantId: tx.tenant.id, list: id, number, hash, from: from ?? definition.valid_from, definition: JSON.stringify(definition) })
    await leaveEntry(tx, 'duty.edition', { kind: 'duty-list', id }, { number, hash })
  }
  known.delete(tx.tenant)
  await editionsOf(tx)
}

/** The duties in force today. */
export async function standingsOf(tx: Tx): Promise<Standing[]> {
  return standingsOn(await editionsOf(tx), today(tx.tenant))
}

/** What to ask the database about these duties, in these bodies and of these posts (null: all). */
export function asked(tx: Tx, standings: readonly Standing[], ids: readonly string[] | null, posts: readonly PostAsked[] | null = null): Asked {
  const kinds = partOf(tx.tenant, organisationPack).posts
  const seats = new Map<string, SeatAsked>()
  for (const { list, seat } of standings)
    for (const { post, kinds: bodies, where_held = false } of seat.held_as) {
      const of = kinds.find(({ id }) => id === post)?.of
      const isAsked = posts === null || posts.some((one) => one.post === post)
      if (of !== undefined && isAsked)
        seats.set(`${list} ${seat.id} ${post} ${bodies}`, {
          ...{ list, seat: seat.id, post, where_held, shared: seat.shared === true, city: of === 'tenant' },
          ...(of === 'tenant' ? { of: 'party-org', kinds: ['work-committee'] } : { of, kinds: bodies ?? null }),
        })
    }
  return {
    tenantId: tx.tenant.id,
    on: today(tx.tenant),
    asOf: now(tx.tenant).toISOString(),
    soonDays: SOON_DAYS,
    seats: JSON.stringify([...seats.values()]),
    duties: JSON.stringify(standings.map((one) => dutyAsked(tx.tenant, one))),
    ids: ids === null ? null : [...ids],
    posts: posts === null ? null : JSON.stringify(posts),
    city: [...seats.values()].some(({ city }) => city),
  }
}

/** A duty as the statements read it. */
export function dutyAsked(tenant: Tenant, { n, duty, list, period, before }: Standing): DutyAsked {
  const { way } = duty
  const ref = way === undefined || 'hand' in way ? '' : 'record' in way ? way.record : way.matter
  const ofUnit =
    way === undefined || 'hand' in way ? false : 'record' in way ? recordOf(tenant, way.record)?.of === 'unit' : kindsOf(tenant).get(way.matter)?.of === 'unit'
  return {
    ...{ n, duty: duty.id, list, seat: duty.seat, kinds: duty.kinds ?? null, ref, of_unit: ofUnit, origin: idOf(duty.id) },
    way: way === undefined ? '' : 'hand' in way ? 'hand' : 'record' in way ? 'record' : 'matter',
    ...{ first: period?.first ?? null, last: period?.last ?? null, due: period?.due ?? null, before_first: before?.first ?? null },
  }
}

/** The kind of record with this id. */
export function recordOf(tenant: Tenant, id: string) {
  return partOf(tenant, recordsPack).kinds.find((kind) => kind.id === id)
}

/** The last day of the month of a day. */
export function monthEnd(day: string): string {
  return addDays(new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1)).toISOString().slice(0, 10), -1)
}
