// Tickets for tests: drawn from a seed, in every state that a life can lead to, with late, missing and exactly timely milestones.
import { newId } from '#base/ids.ts'
import type { Countable } from '../hotline-tally.rules.ts'

const HOUR = 3_600_000
export interface DrawnTicket extends Countable {
  ticketId: string
  number: number
  unitDueAt: string | null
  answeredAt: string | null
  knownFrom: string
  title: string
}

/** A small generator of numbers from 0 to 1: the same seed, the same tickets. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

let number = 20240101000000
/** A ticket received within `days` from a moment. Months' ends in China fall between: received and closed in different ones. */
export function drawTicket(random: () => number, units: readonly string[], from: number, days = 120): DrawnTicket {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const often = (share: number): boolean => random() < share
  const received = from + Math.floor((random() * days * 24 * HOUR) / 1000) * 1000
  const iso = (at: number): string => new Date(at).toISOString()
  const after = (at: number, hours: number): number => at + Math.floor(random() * hours * HOUR)
  const direct = often(0.2)
  const dispatched = direct || often(0.1) ? null : after(received, 5)
  const signed = dispatched !== null && often(0.9) ? after(dispatched, 40) : null
  const responded = signed !== null && often(0.9) ? after(signed, 40) : null
  const answered = direct ? received : responded !== null && often(0.9) ? after(responded, 200) : null
  const called = answered !== null && !direct && often(0.7) ? after(answered, 90) : null
  const isClosed = answered !== null && (direct || often(0.9))
  const closed = isClosed ? (called ?? (answered as number)) : null
  const out = often(0.05) ? pick(['merged', 'dropped']) : null
  const outAt = closed ?? after(received, 50)
  const reached = called === null ? null : often(0.8)
  const solved = reached === true ? often(0.9) : null
  const dispatchedIso = dispatched === null ? null : iso(dispatched)
  number += 1
  return {
    ...{ ticketId: newId(), number, parentId: often(0.05) ? newId() : null, title: `示例诉求 ${number}` },
    unitId: dispatched === null ? null : pick(units),
    state:
      out ??
      (isClosed
        ? pick(['closed', 'archived'])
        : dispatched === null
          ? 'received'
          : answered !== null
            ? 'answered'
            : signed === null
              ? 'dispatched'
              : 'handling'),
    ...{
      category: pick(['heating', 'noise', 'stalls']),
      county: pick(['140403', '140404', '']),
      channel: pick(['phone', 'web']),
      class: pick(['ordinary', 'utility']),
    },
    receivedAt: iso(received),
    dueAt: closed !== null && often(0.1) ? iso(closed) : iso(received + 168 * HOUR),
    dispatchedAt: dispatchedIso,
    signDueAt: dispatched === null ? null : iso(dispatched + 24 * HOUR),
    signedAt: signed === null ? null : iso(signed),
    respondDueAt: dispatched === null ? null : iso(dispatched + 48 * HOUR),
    respondedAt: responded === null ? null : iso(responded),
    unitDueAt: dispatched === null ? null : iso(dispatched + 168 * HOUR),
    answeredAt: answered === null ? null : iso(answered),
    calledAt: called === null ? null : iso(called),
    closedAt: out !== null ? iso(outAt) : closed === null ? null : iso(closed),
    ...{ reached, solved, satisfaction: closed !== null && often(0.6) ? pick([1, 2, 3, 4, 5]) : null, relapsed: solved === true && often(0.1), direct },
    ...{ transfers: often(0.1) ? 1 : 0, rehandled: often(0.1) ? 2 : 0 },
    knownFrom: iso(received),
  }
}

/** A row as the table has it. */
export function rowOfDrawn(ticket: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(ticket).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]))
}
/** Columns that a drawn ticket leaves to their defaults, for `jsonb_populate_record`. */
export const plainColumns = {
  ...{ tenant_id: 1, known_until: 'infinity', revision: 1, extended: 0, calls: 0, withheld: false, supervised: false, arbitrated: false, extend_asked: false },
  ...{ place: '', source: '' },
}
