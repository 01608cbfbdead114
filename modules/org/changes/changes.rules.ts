// Pure rules of change: a row in force is cut at a day, what was before stays, what comes after is written anew.

/** A row's span of valid time: `validUntil` is the first day after, or 'infinity'. */
export interface Span {
  validFrom: string
  validUntil: string
}

/** The part of a row that lies before a day: none or one. */
export function partBefore<R extends Span>(row: R, on: string): R[] {
  return row.validFrom < on ? [{ ...row, validUntil: on }] : []
}

/** The row from a day on, with what is new about it. */
export function partSince<R extends Span>(row: R, on: string, patch: Partial<R>): R {
  return { ...row, ...patch, validFrom: row.validFrom > on ? row.validFrom : on }
}

/** True when the row is in force on the day. */
export function inForce(row: Span, on: string): boolean {
  return row.validFrom <= on && row.validUntil > on
}

/** The day a term ends that began on a day: so many years later; 29 February becomes the 28th. */
export function termEnd(electedOn: string, years: number): string {
  const year = String(Number(electedOn.slice(0, 4)) + years).padStart(4, '0')
  return electedOn.endsWith('-02-29') ? `${year}-02-28` : `${year}${electedOn.slice(4)}`
}

/** The way from a node up to its root over `parentOf`, itself left out. Stops where it would go round. */
export function ancestors(node: string, parentOf: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = []
  for (let at = parentOf.get(node) ?? null; at !== null && !way.includes(at); at = parentOf.get(at) ?? null) way.push(at)
  return way
}

/**
 * Whether what stands below the merged bodies can be put below the target without going round: it can't where the target stands below
 * something that stands below a merged body. Standing directly below a merged one is fine: the target then takes its place.
 */
export function targetIsBelow(target: string, merged: ReadonlySet<string>, parentOf: ReadonlyMap<string, string | null>): boolean {
  const way = ancestors(target, parentOf)
  const first = way.findIndex((node) => !merged.has(node))
  return first !== -1 && way.slice(first).some((node) => merged.has(node))
}
