// How numbers, shares, dates and durations are written in Chinese. Decimals arrive as strings and never pass through a float.
import { daysBetween, formatDate, formatMoment } from '#base/dates.ts'

/** 2026年11月23日, or — where there is none. */
export function date(value: string | null | undefined): string {
  return value ? formatDate(value.slice(0, 10)) : '—'
}

/** 2026年11月23日 14:05 in China, or — where there is none. */
export function moment(value: string | null | undefined): string {
  return value ? formatMoment(value) : '—'
}

/** 2019年7月1日—2024年6月30日 */
export function period(value: { from: string; to: string } | null | undefined): string {
  return value ? `${date(value.from)}—${date(value.to)}` : '—'
}

/**
 * A decimal string with thousands grouped, rounded half-up (away from zero) to `places` where given: 1492345.5 → 1,492,345.5.
 * Text that is no decimal is returned as it is.
 */
export function decimal(value: string | number | null | undefined, places?: number): string {
  if (value === null || value === undefined || value === '') return '—'
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value))
  if (match === null) return String(value)
  const [, sign = '', whole = '0', rest = ''] = match
  const rounded = places === undefined ? { whole, rest } : round(whole, rest, places)
  const grouped = rounded.whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const isZero = /^0*$/.test(rounded.whole + rounded.rest)
  return `${isZero ? '' : sign}${grouped}${rounded.rest === '' ? '' : `.${rounded.rest}`}`
}

function round(whole: string, rest: string, places: number): { whole: string; rest: string } {
  if (rest.length <= places) return { whole, rest: rest.padEnd(places, '0') }
  const kept = BigInt(whole + rest.slice(0, places)) + (rest.charCodeAt(places) >= 53 ? 1n : 0n)
  const digits = kept.toString().padStart(places + 1, '0')
  return { whole: digits.slice(0, digits.length - places), rest: digits.slice(digits.length - places) }
}

/** A percentage as published, two places: 99.87 → 99.87%. The value is in percent already. */
export function percent(value: string | null | undefined, places = 2): string {
  return value === null || value === undefined ? '—' : `${decimal(value, places)}%`
}

/** numerator ÷ denominator in percent, half-up at two places: (37, 37) → 100.00%; — where the denominator is 0 or missing. */
export function share(numerator: string | number | bigint | null, denominator: string | number | bigint | null): string {
  if (numerator === null || denominator === null || BigInt(denominator) === 0n) return '—'
  const scaled = (BigInt(numerator) * 1_000_000n) / BigInt(denominator)
  return percent(`${scaled / 10_000n}.${(scaled % 10_000n).toString().padStart(4, '0')}`)
}

/** A figure with its unit; percentages get two places. */
export function figure(value: string | null, unit: string): string {
  return value === null ? '未记录' : unit === '%' ? percent(value) : `${decimal(value)}${unit}`
}

/** 约5分钟, 约1小时20分钟 */
export function minutes(value: number): string {
  const hours = Math.floor(value / 60)
  const rest = value % 60
  return hours === 0 ? `约${rest}分钟` : `约${hours}小时${rest === 0 ? '' : `${rest}分钟`}`
}

export type Urgency = 'late' | 'soon' | 'later' | 'open'

/** How a due date stands on `today`: late, within three days, later, or without a date; with the words for it. */
export function due(value: string | null, today: string): { urgency: Urgency; text: string } {
  if (value === null) return { urgency: 'open', text: '不限时间' }
  const days = daysBetween(today, value)
  if (days < 0) return { urgency: 'late', text: `已超${-days}天` }
  if (days === 0) return { urgency: 'soon', text: '今天截止' }
  return { urgency: days <= 3 ? 'soon' : 'later', text: days === 1 ? '明天截止' : `还有${days}天` }
}

/** 3.2 MB */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`
  return value < 1024 * 1024 ? `${Math.round(value / 1024)} kB` : `${(value / 1024 / 1024).toFixed(1)} MB`
}
