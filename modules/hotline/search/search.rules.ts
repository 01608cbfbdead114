// The search in tickets: which tickets of a month have a pair of characters, written as differences between their numbers.

/** A public number is day × 1,000,000 + six digits; its month is yyyymm, its place what is left of it. */
const PER_MONTH = 100_000_000
/** The month of a public number. */
export const monthOf = (number: number): number => Math.floor(number / PER_MONTH)

/** Writes the numbers of one month: differences in ascending order, seven bits a byte, the last byte of each marked. */
export function writeList(numbers: readonly number[]): Buffer {
  const bytes: number[] = []
  let last = -1
  const ascends = numbers.every((number, at) => at === 0 || number > (numbers[at - 1] as number))
  for (const number of ascends ? numbers : [...new Set(numbers)].sort((left, right) => left - right)) {
    const place = number % PER_MONTH
    let difference = place - last
    for (; difference > 127; difference >>= 7) bytes.push(difference & 127)
    bytes.push(difference | 128)
    last = place
  }
  return Buffer.from(bytes)
}

/** The numbers of a list, ascending. */
export function readList(month: number, list: Uint8Array): number[] {
  const found: number[] = []
  let [at, difference, shift] = [-1, 0, 0]
  for (const byte of list) {
    difference |= (byte & 127) << shift
    shift += 7
    if (byte < 128) continue
    at += difference
    found.push(month * PER_MONTH + at)
    difference = 0
    shift = 0
  }
  return found
}

/** The numbers that stand in every list, newest first; the shortest list is read first. */
export function meet(month: number, lists: readonly Uint8Array[]): number[] {
  const [first, ...others] = [...lists].sort((left, right) => left.length - right.length)
  let met = first === undefined ? [] : readList(month, first)
  for (const list of others) {
    if (met.length === 0) break
    const has = new Set(readList(month, list))
    met = met.filter((number) => has.has(number))
  }
  return met.reverse()
}

/** Newest months together until they may lead to `size` tickets; each group four times as many as the one before. */
export function groupsOf(months: readonly { month: number; tickets: number }[], size: number): number[][] {
  const groups: number[][] = []
  let [group, sum, enough]: [number[], number, number] = [[], 0, size]
  for (const { month, tickets } of months) {
    group.push(month)
    sum += tickets
    if (sum < enough) continue
    groups.push(group)
    ;[group, sum, enough] = [[], 0, enough * 4]
  }
  return group.length === 0 ? groups : [...groups, group]
}
