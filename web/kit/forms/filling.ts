// How long somebody has been at a form, pauses cut off: for a count that leads to nobody (modules/burden B2).

/** A pause longer than this is no work. */
const IDLE_MS = 60_000

/** Starts with the first touch; `take` gives whole seconds, at least one, and starts anew. */
export function timeFilling(now: () => number = Date.now): { touch: () => void; take: () => number } {
  let last: number | undefined
  let worked = 0
  const touch = (): void => {
    const at = now()
    if (last !== undefined) worked += Math.min(at - last, IDLE_MS)
    last = at
  }
  const take = (): number => {
    touch()
    const seconds = Math.min(14_400, Math.max(1, Math.round(worked / 1000)))
    last = undefined
    worked = 0
    return seconds
  }
  return { touch, take }
}
