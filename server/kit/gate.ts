// How many may do a thing at once: what anyone can ask for without a session must not take every connection from those who work.
import { Refusal } from '#base/errors.ts'

/** Runs work, `atOnce` at a time; the others wait in order. Refuses (too-many) whoever finds `waiting` before them. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** A gate; what fails inside makes room like what succeeds. */
export function makeGate(atOnce: number, waiting: number): Gate {
  let inside = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (inside >= atOnce) {
      if (queue.length >= waiting) throw new Refusal('too-many', '现在查看的人太多，请过一会儿再试。')
      await new Promise<void>((enter) => queue.push(enter))
    } else inside += 1
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) inside -= 1
      else next()
    }
  }
}
