// The port to what it costs the grassroots to keep the facts that a rubric reads. Module burden fills it; until then nobody knows.
import type { MeasureIr } from '#engine/index.ts'

/** Minutes a year that it takes all subjects together to keep the rows behind these measures; null: not known. */
export type CostOf = (measures: readonly MeasureIr[]) => number | null

/** Nothing is known of minutes yet, and no number is better than a made-up one. */
export const costOf: CostOf = () => null

/** The cost in words. */
export function wordsOfCost(minutes: number | null): string {
  return minutes === null ? '基层为这些数据要花多少时间，现在还没有依据，不作估计。' : `基层为这些数据一年约花${Math.round(minutes / 60)}小时。`
}
