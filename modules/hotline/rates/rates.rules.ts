// The seven rates from counts (H6, H10; rules.md §5): numerator ÷ denominator, what is not in it, and the range that those not heard allow. Pure; for server and pages.
import type { Among } from '../hotline-among.contract.ts'
import { type Counter, counters, openCounters } from '../hotline-tally.rules.ts'

export const allCounters = [...counters, ...openCounters]
export type RateCounts = Record<Counter | (typeof openCounters)[number], number>

export const rateIds = ['closing', 'on-time', 'signing', 'responding', 'solving', 'satisfying', 'calling'] as const
export type RateId = (typeof rateIds)[number]

interface Definition {
  name: string
  /** What it says, and what it doesn't. */
  says: string
  above: Among
  below: Among
  /** What is not in it, shown beside, in the order of the page. */
  beside: Among[]
  /** Those not heard: where they are, and the numerator and denominator with all of them in it, there is a range. */
  unheard?: Among
}

/** Each rate: its name, sentence, numerator, denominator and what is shown beside it. */
export const rates: Record<RateId, Definition> = {
  closing: {
    name: '办结率',
    says: '到期应办结的诉求里，已经办结的。办结不等于解决。',
    above: 'closed',
    below: 'due',
    beside: ['direct', 'overdue', 'not-due', 'carried'],
  },
  'on-time': { name: '按时办结率', says: '到期应办结的诉求里，在期限内办结的。', above: 'on-time', below: 'due', beside: ['not-on-time', 'not-due'] },
  signing: { name: '签收率', says: '派给单位、到了签收期限的诉求里，按时签收的。', above: 'signed', below: 'sign-due', beside: ['not-signed', 'sign-not-due'] },
  responding: {
    name: '响应率',
    says: '派给单位、到了响应期限的诉求里，按时联系诉求人的。',
    above: 'responded',
    below: 'respond-due',
    beside: ['not-responded', 'respond-not-due'],
  },
  solving: {
    ...{ name: '解决率', says: '回访接通的诉求人里，说问题已经解决的；解决后又复发的不算。', above: 'solved', below: 'reached' },
    ...{ beside: ['not-solved', 'relapsed', 'not-reached'], unheard: 'not-reached' },
  },
  satisfying: {
    ...{ name: '满意率', says: '作了评价的诉求人里，评满意和非常满意的。', above: 'satisfied', below: 'rated' },
    ...{ beside: ['not-satisfied', 'not-rated'], unheard: 'not-rated' },
  },
  calling: { name: '回访覆盖率', says: '已经办结的诉求里，回访过的；接没接通都算。', above: 'called', below: 'closed', beside: ['not-called'] },
}

/** How many of the counted tickets are so; `carried` isn't among them. */
export function countOf(among: Among, c: RateCounts): number {
  switch (among) {
    case 'due':
      return c.closed + c.overdue
    case 'not-on-time':
      return c.closed + c.overdue - c.onTime
    case 'not-due':
      return c.open - c.overdue
    case 'sign-due':
      return c.dispatched + c.signDueOpen
    case 'signed':
      return c.signedInTime + c.signedOpen
    case 'not-signed':
      return countOf('sign-due', c) - countOf('signed', c)
    case 'sign-not-due':
      return c.signNotDue
    case 'respond-due':
      return c.dispatched + c.respondDueOpen
    case 'responded':
      return c.respondedInTime + c.respondedOpen
    case 'not-responded':
      return countOf('respond-due', c) - countOf('responded', c)
    case 'respond-not-due':
      return c.respondNotDue
    case 'not-called':
      return c.closed - c.called
    case 'not-reached':
      return c.closed - c.reached
    case 'not-solved':
      return c.reached - c.solved
    case 'not-rated':
      return c.closed - c.rated
    case 'not-satisfied':
      return c.rated - c.satisfied
    case 'on-time':
      return c.onTime
    case 'carried':
      return 0
    default:
      return c[among]
  }
}

export interface Rate {
  numerator: number
  denominator: number
  /** Per cent with two places, half up; null where there is nothing to divide by. */
  value: string | null
  /** If none, or all, of those not heard were so; null where everybody was heard or nobody is missing. */
  range: { low: string; high: string } | null
}

/** `numerator` ÷ `denominator` in per cent, two places, half up; null without a denominator. */
export function perCent(numerator: number, denominator: number): string | null {
  if (denominator === 0) return null
  const hundredths = (BigInt(numerator) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator))
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`
}

/** One rate of counted tickets (H10). */
export function rateOf(id: RateId, counts: RateCounts): Rate {
  const { above, below, unheard } = rates[id]
  const [numerator, denominator] = [countOf(above, counts), countOf(below, counts)]
  const missing = unheard === undefined ? 0 : countOf(unheard, counts)
  const [low, high] = [perCent(numerator, denominator + missing), perCent(numerator + missing, denominator + missing)]
  const range = missing === 0 || low === null || high === null ? null : { low, high }
  return { numerator, denominator, value: perCent(numerator, denominator), range }
}

/** Nothing counted. */
export const noCounts = Object.fromEntries(allCounters.map((name) => [name, 0])) as RateCounts

/** The counts of several groups together. */
export function summed(groups: readonly RateCounts[]): RateCounts {
  return Object.fromEntries(allCounters.map((name) => [name, groups.reduce((sum, one) => sum + one[name], 0)])) as RateCounts
}

/** The last day of a month written `2024-11`. */
export function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** The month so many later (earlier when negative). */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** How many weeks before a week are its measure, and how many tickets are too few to be told as a rise. */
export const rise = { weeks: 8, least: 10, times: 2 } as const

/** A week's count against the same seven days of the weeks before: a sudden rise where it is more than the mean and twice the spread. */
export interface Rise {
  mean: number
  spread: number
  threshold: number
  isRise: boolean
}

/**
 * The arithmetic of a rise: mean of the weeks before; spread = their standard deviation, at least √mean (what chance alone gives); threshold =
 * mean + 2 × spread. Fewer than `rise.least` tickets in the week are never a rise.
 */
export function riseOf(count: number, before: readonly number[]): Rise {
  const mean = before.reduce((sum, one) => sum + one, 0) / before.length
  const variance = before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, before.length - 1)
  const spread = Math.max(Math.sqrt(variance), Math.sqrt(mean), 1)
  const threshold = mean + rise.times * spread
  const rounded = (value: number): number => Math.round(value * 10) / 10
  return { mean: rounded(mean), spread: rounded(spread), threshold: rounded(threshold), isRise: count >= rise.least && count > threshold }
}
