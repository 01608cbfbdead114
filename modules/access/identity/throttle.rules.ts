// How long the next attempt waits after failed ones.

const FIRST_SECONDS = 30
const LONGEST_SECONDS = 15 * 60

/** Seconds until the next attempt: none while failures are fewer than `allowed`, then half a minute, doubling to a quarter of an hour. */
export function waitAfter(failures: number, allowed: number): number {
  return failures < allowed ? 0 : Math.min(FIRST_SECONDS * 2 ** (failures - allowed), LONGEST_SECONDS)
}

/** A wait as a person counts it. */
export function waitInWords(seconds: number): string {
  return seconds <= 60 ? `${Math.ceil(seconds)} 秒` : `${Math.ceil(seconds / 60)} 分钟`
}

/** What an address counts as: of IPv6 the first half, since one machine has all of the second. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== '')) as [string[], string[]]
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}
