// Numbers, choices and ids that follow from a seed: the same seed makes the same city.

export interface Random {
  /** At least 0, below 1. */
  next: () => number
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number
  chance: (probability: number) => boolean
  pick: <T>(list: readonly T[]) => T
  /** A UUIDv7 whose time is `at` (epoch milliseconds). */
  id: (at: number) => string
}

/** A 32-bit hash of the parts (FNV-1a): seeds of independent streams. */
export function mix(...parts: Array<string | number>): number {
  let hash = 0x811c9dc5
  for (const character of parts.join('/')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hex = (value: number, from: number) => bytes[(value >>> from) & 255] as string

/** A stream of numbers (sfc32) for a seed of 32 bits. */
export function random(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = 1
  const word = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i += 1) word()
  const next = () => word() / 2 ** 32
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    id: (at) => {
      const high = Math.floor(at / 65_536)
      const low = at % 65_536
      const x = word()
      const y = word()
      const z = word()
      const time = `${hex(high, 24)}${hex(high, 16)}${hex(high, 8)}${hex(high, 0)}-${hex(low, 8)}${hex(low, 0)}`
      return `${time}-7${hex(x, 0)}${hex(x, 8)[0]}-${(8 + ((x >>> 16) & 3)).toString(16)}${hex(x, 20)}${hex(x, 8)[1]}-${hex(y, 0)}${hex(y, 8)}${hex(y, 16)}${hex(y, 24)}${hex(z, 0)}${hex(z, 8)}`
    },
  }
}

/** The list in an order that follows from the stream; the list itself stays as it is. */
export function shuffled<T>(list: readonly T[], stream: Random): T[] {
  const copy = [...list]
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = stream.between(0, i)
    const held = copy[i] as T
    copy[i] = copy[j] as T
    copy[j] = held
  }
  return copy
}
