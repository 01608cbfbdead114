// How many tickets come on each day, and when on the day: four years and what came since, exactly as many as planned.
import { dateText, day, monthStart, yearMonth } from './days.ts'
import { isWorking } from './matter-courses.ts'
import type { Random } from './random.ts'
import type { Topic } from './ticket-units.ts'

/** The article's four years end with this day. */
export const FOUR_YEARS_END = day('2024-07-01')
/** In six hours of the day, from midnight; the second row for what disturbs at night. */
const hours = [
  [1, 1, 1, 1, 1, 2, 5, 10, 20, 22, 21, 17, 10, 12, 18, 19, 18, 15, 10, 9, 8, 6, 4, 2],
  [9, 7, 5, 3, 2, 2, 4, 6, 8, 8, 7, 6, 5, 6, 6, 6, 6, 8, 12, 18, 24, 28, 24, 16],
].map((list) => {
  const total = list.reduce((sum, one) => sum + one, 0)
  let sum = 0
  return list.map((one) => (sum += one) / total)
})

/** The number of tickets of each day from `from` until before `until`; those before the end of the four years are `total` in all. */
export function perDay(topics: readonly Topic[], from: number, until: number, total: number, stream: Random): Map<number, number> {
  const weightOf = new Map<number, number>()
  const inMonth = Array.from({ length: 12 }, (_, month) => topics.reduce((sum, { season }) => sum + (season[month] ?? 0), 0))
  for (let on = from; on < until; on += 1) {
    const trend = 0.86 + (0.28 * (on - from)) / (FOUR_YEARS_END - from)
    const { month } = yearMonth(on)
    weightOf.set(on, trend * (inMonth[month - 1] ?? 0) * (isWorking(on) ? 1.12 : 0.74) * (0.92 + 0.16 * stream.next()))
  }
  let all = 0
  for (const [on, weight] of weightOf) if (on < FOUR_YEARS_END) all += weight
  const numbers = new Map<number, number>()
  let before = 0
  for (const [on, weight] of weightOf) {
    const after = before + (weight / all) * total
    numbers.set(on, Math.round(after) - Math.round(before))
    before = after
  }
  return numbers
}

/** Draws a category for a day. */
export function topicDraw(topics: readonly Topic[]): (on: number, draw: number) => number {
  let known = -1
  let sums = new Float64Array(0)
  return (on, draw) => {
    const first = monthStart(on)
    if (first !== known) {
      known = first
      let sum = 0
      const month = Number(dateText(on).slice(5, 7)) - 1
      sums = Float64Array.from(topics, ({ season }) => (sum += season[month] ?? 0))
    }
    const at = draw * (sums.at(-1) ?? 0)
    let index = 0
    while ((sums[index] as number) < at) index += 1
    return index
  }
}

/** A second of the day. */
export function secondOfDay(night: boolean, stream: Random): number {
  const draw = stream.next()
  const list = hours[night ? 1 : 0] as number[]
  let hour = 0
  while ((list[hour] as number) < draw) hour += 1
  return hour * 3600 + Math.floor(stream.next() * 3600)
}
