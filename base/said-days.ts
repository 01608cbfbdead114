// Days as people say them in Chinese: 2024年12月18日, 12月18日, 十二月十八日, 12.18, 明天, 上周五. For notices that are pasted.
import { addDays, isDate } from './dates.ts'

/** Digits, letters and the signs of dates in half width; every character keeps its place. */
export function halfWidth(text: string): string {
  return text.slice(0, 5000).replace(/[０-９Ａ-Ｚａ-ｚ．／－]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
}

/** A day with its place in the text. */
export interface SaidDay {
  at: number
  end: number
  date: string
}

/** A Chinese numeral. */
export const numeral = '[〇零一二三四五六七八九十]'
/** How a day is said, and which one is meant by somebody who says it today. */
export type Saying = [RegExp, (match: RegExpMatchArray, today: string) => string | undefined]

const patterns: Saying[] = [
  [/(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g, ([, y, m, d]) => dayFrom(y, m, d)],
  [/(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g, ([, y, , m, d]) => dayFrom(y, m, d)],
  [new RegExp(`(${numeral}{4})年(${numeral}{1,2})月(${numeral}{1,3})日`, 'g'), ([, y, m, d]) => dayFrom(digits(y), number(m), number(d))],
  [/(?<![\d年])(去年|今年|本年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g, ([, which, m, d], today) => nearest(m, d, today, which)],
  [new RegExp(`(?<![年〇零一二三四五六七八九十])(${numeral}{1,2})月(${numeral}{1,3})日`, 'g'), ([, m, d], today) => nearest(number(m), number(d), today)],
  // 12.20: only where a time of day, a stop or the end follows, so that 3.5 hours or version 1.2 are no dates.
  [/(?<![\d.第])(\d{1,2})\.(\d{1,2})(?=\s*(?:上午|下午|晚上?|[周（(，,。\s]|$))/gm, ([, m, d], today) => nearest(m, d, today)],
  [/(今天|今日|今早|今晚|昨天|昨日|前天)/g, ([, word], today) => addDays(today, word === '前天' ? -2 : word?.startsWith('昨') ? -1 : 0)],
  [/(明天|明日|后天)/g, ([, word], today) => addDays(today, word === '后天' ? 2 : 1)],
  [/(本|这|上)(?:周|星期|礼拜)([一二三四五六日天])/g, ([, which, day], today) => weekday(which, day, today)],
]

/** The days that a text says, those of `also` first; of two that overlap the first pattern has it. */
export function* daysIn(text: string, today: string, also: readonly Saying[] = []): Iterable<SaidDay> {
  const taken: SaidDay[] = []
  for (const [pattern, read] of [...also, ...patterns]) {
    for (const match of text.matchAll(pattern)) {
      const [at, end] = [match.index, match.index + match[0].length]
      if (/农历\s*$/.test(text.slice(Math.max(0, at - 4), at)) || taken.some((other) => at < other.end && end > other.at)) continue
      const date = read(match, today)
      if (date === undefined) continue
      const seen = { at, end, date }
      taken.push(seen)
      yield seen
    }
  }
}

/** A day of the calendar from its numbers; undefined where there is no such day. */
export function dayFrom(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDate(date) ? date : undefined
}

/** A day without a year: the one closest to today, unless the year is said. */
function nearest(month: string | undefined, day: string | undefined, today: string, which?: string): string | undefined {
  const year = Number(today.slice(0, 4))
  const years = which === '去年' ? [year - 1] : which === undefined ? [year - 1, year, year + 1] : [year]
  const distance = (date: string): number => Math.abs(Date.parse(date) - Date.parse(today))
  const days = years.flatMap((each) => dayFrom(String(each), month, day) ?? [])
  return days.sort((left, right) => distance(left) - distance(right))[0]
}

/** The day of this week, the last one (上) or the next one (下); weeks begin on Monday. */
export function weekday(which: string | undefined, day: string | undefined, today: string): string {
  const now = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const wanted = day === '天' ? 6 : '一二三四五六日'.indexOf(day ?? '')
  return addDays(today, wanted - now + (which === '上' ? -7 : which === '下' ? 7 : 0))
}

function digits(text = ''): string {
  return [...text].map((character) => '零一二三四五六七八九'.indexOf(character === '〇' ? '零' : character).toString()).join('')
}

/** 十二 → 12, 二十 → 20, 三十一 → 31. */
export function number(text = ''): string {
  const value = (character: string): number => Math.max(0, '〇一二三四五六七八九'.indexOf(character === '零' ? '〇' : character))
  const at = text.indexOf('十')
  if (at < 0) return String(value(text))
  return String((at === 0 ? 1 : value(text[0] ?? '')) * 10 + (text.length > at + 1 ? value(text[at + 1] ?? '') : 0))
}
