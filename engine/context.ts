// What a run or a figure is computed for: tenant, valid date, moment of knowledge, period (house.md §6.3).
import { isDate } from '#base/dates.ts'
import type { MeasurePeriod } from '#engine/definition.ts'

/** `on` is the valid date, `asOf` the moment (ISO 8601) whose knowledge is used, `from` and `to` the period, both days included. */
export interface Context {
  tenant: number
  on: string
  asOf: string
  from: string
  to: string
}

/** The context of a rubric's own period: `on` is its end if not given. */
export function defaultContext(rubric: { period: { from: string; to: string } }, given: { tenant: number; asOf: string; on?: string }): Context {
  return { tenant: given.tenant, on: given.on ?? rubric.period.to, asOf: given.asOf, from: rubric.period.from, to: rubric.period.to }
}

/** The context a measure is computed in: its own period if it names one, never after `on` (R-PER-1 to R-PER-4). */
export function contextOf(period: MeasurePeriod | null, context: Context): Context {
  if (period === 'previous-year') return clip({ ...context, on: endBefore(context.on), from: yearBefore(context.from), to: endBefore(context.to) })
  if (period === null) return clip(context)
  return clip({ ...context, from: period.from ?? context.from, to: period.to ?? context.to })
}

function clip(context: Context): Context {
  return context.to > context.on ? { ...context, to: context.on } : context
}

/** The same day a year before; the last day of February becomes that of the year before, so that no day falls between two years. */
export function endBefore(date: string): string {
  const before = yearBefore(date)
  const leap = `${before.slice(0, 4)}-02-29`
  return before.endsWith('-02-28') && isDate(leap) ? leap : before
}

/** The same day a year before; 29 February becomes the 28th. */
export function yearBefore(date: string): string {
  const year = String(Number(date.slice(0, 4)) - 1).padStart(4, '0')
  return date.endsWith('-02-29') ? `${year}-02-28` : `${year}${date.slice(4)}`
}
