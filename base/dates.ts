// Calendar dates as `YYYY-MM-DD` text, as they are valid in China (house.md §6.3, §6.4).

/** True for a date that exists: 2024-02-29 yes, 2023-02-29 no, nor a day of the year 0. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

/** The date `days` later (earlier when negative). */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The date in China (UTC+8, no summer time) at a moment. */
export function chinaDate(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** 2026年11月23日 */
export function formatDate(date: string): string {
  const [year, month, day] = date.split('-')
  return `${year}年${Number(month)}月${Number(day)}日`
}

/** 2026年11月23日 14:05, in China. */
export function formatMoment(moment: string | Date): string {
  const at = new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString()
  return `${formatDate(at.slice(0, 10))} ${at.slice(11, 16)}`
}
