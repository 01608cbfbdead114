// What the pages of rates show: addresses of the tickets behind a number, a rate as text, a county's tile, the change from one period to another.
import { type Among, amongNames } from '../../hotline-among.contract.ts'
import type { By, RateGroup, RatesPage } from '../../rates/rates.contract.ts'
import { countOf, type RateCounts, type RateId, rateOf, rates } from '../../rates/rates.rules.ts'

type Behind = Pick<RatesPage, 'from' | 'to'>

/** The list of the tickets that are counted so, within the period, and in the group where one is given. Of months the month. */
export function ticketsHref({ from, to }: Behind, among: Among, by?: string, key?: string): string {
  const month = by === 'month' && key !== undefined ? { from: `${key}-01`, to: endOf(key) } : { from, to }
  const within = by === undefined || by === 'month' || key === undefined || key === '' ? {} : { [by]: key }
  return `/hotline?${new URLSearchParams({ among, ...month, ...within })}`
}

function endOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** `98.36%`, or a dash where there is nothing to divide by. */
export function rateText(id: RateId, counts: RateCounts): string {
  const { value } = rateOf(id, counts)
  return value === null ? '—' : `${value}%`
}

/** What the range says; nothing where there is none. */
export function rangeText(id: RateId, counts: RateCounts): string {
  const { range } = rateOf(id, counts)
  const { unheard } = rates[id]
  if (range === null || unheard === undefined) return ''
  const verb = id === 'satisfying' ? '满意' : '解决'
  return `另有 ${countOf(unheard, counts)} 件${amongNames[unheard]}：都不${verb === '满意' ? '满意' : '算解决'}时 ${range.low}%，都${verb}时 ${range.high}%`
}

/** How many percentage points more or less; nothing where one of the two is no rate. */
export function changeText(id: RateId, now: RateCounts, before: RateCounts): string {
  const [a, b] = [rateOf(id, now).value, rateOf(id, before).value]
  if (a === null || b === null) return '—'
  const points = Math.round((Number(a) - Number(b)) * 100) / 100
  return points === 0 ? '持平' : `${points > 0 ? '升' : '降'} ${Math.abs(points).toFixed(2)} 个百分点`
}

/** Points of a trend's line in a box, and its lowest and highest value; months without a rate are left out. */
export function trendOf(id: RateId, groups: readonly RateGroup[]): { values: (number | null)[]; low: string; high: string } {
  const values = groups.map(({ counts }) => rateOf(id, counts).value)
  const known = values.filter((value) => value !== null).map(Number)
  const told = (value: number): string => (known.length === 0 ? '—' : `${value.toFixed(2)}%`)
  return { values: values.map((value) => (value === null ? null : Number(value))), low: told(Math.min(...known)), high: told(Math.max(...known)) }
}

/** Units that most need help: those with open tickets past their time, most first, at most ten; with what stands in their way. No ranking of persons (H12). */
export function needingHelp(groups: readonly RateGroup[]): RateGroup[] {
  return groups
    .filter(({ key, counts }) => key !== '' && counts.overdue > 0)
    .sort((a, b) => b.counts.overdue - a.counts.overdue)
    .slice(0, 10)
}

export const byOptions: { id: By; label: string }[] = [
  { id: 'unit', label: '按单位' },
  { id: 'category', label: '按类别' },
  { id: 'county', label: '按县区' },
  { id: 'month', label: '按月份' },
  { id: 'channel', label: '按渠道' },
  { id: 'class', label: '按等级' },
]
