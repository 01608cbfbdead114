// Reads a pasted notice or chat message into the fields of an entry. What is not sure is left empty, with a note why.
import { addDays, formatDate, isDate } from '#base/dates.ts'
import type { RecordKind } from './ledger-kinds.contract.ts'

/** What was read; a field that is not sure is not there. `notes` says in Chinese what was seen and not taken, and why. */
export interface Notice {
  kind?: string
  happenedOn?: string
  title?: string
  place?: string
  topic?: string
  notes: string[]
}

type Kind = Pick<RecordKind, 'id' | 'name' | 'also'>

/** Reads a text of at most some thousand characters. @param today the tenant's date: a later one is not taken. */
export function readNotice(text: string, kinds: readonly Kind[], today: string): Notice {
  const plain = halfWidth(text)
  const notes: string[] = []
  const title = titleOf(plain)
  const found: Notice = {
    kind: kindOf(plain, title, kinds, notes),
    happenedOn: dateOf(plain, today, notes),
    title,
    place: placeOf(plain),
    topic: topicOf(plain),
    notes,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as unknown as Notice
}

/** Digits, letters and the signs of dates in half width; every character keeps its place. */
function halfWidth(text: string): string {
  return text.slice(0, 5000).replace(/[０-９Ａ-Ｚａ-ｚ．／－]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
}

interface Seen {
  at: number
  end: number
  date: string
}

/** The day of the event: the one that is said to be it, else the only one there is. */
function dateOf(text: string, today: string, notes: string[]): string | undefined {
  const seen = [...datesIn(text, today)].sort((left, right) => left.at - right.at).filter((each) => !isDeadline(text, each) && !isSignature(text, each))
  const said = seen.filter((each) => /(时间|日期)[是为:：\s]*$|(定于|拟于|[^由至]于)\s*$/.test(text.slice(Math.max(0, each.at - 6), each.at)))
  const candidates = said.length > 0 ? said.slice(0, 1) : seen
  const days = [...new Set(candidates.map((each) => each.date))]
  const [day] = days
  if (day === undefined) return undefined
  if (days.length > 1) {
    notes.push(`文中有 ${days.length} 个日期（${days.map(formatDate).join('、')}），拿不准是哪一天，请自己选。`)
    return undefined
  }
  if (day > today) {
    notes.push(`${formatDate(day)}还没有到，纪实只记已经发生的事，日期没有填。`)
    return undefined
  }
  return day
}

function isDeadline(text: string, { at, end }: Seen): boolean {
  return (
    /^\s*(下班|上午|下午|\d+[点时])?\s*(之前|以前|前)/.test(text.slice(end, end + 8)) ||
    /(截止|截至|报名|反馈|报送)[^，。；\n]{0,4}$/.test(text.slice(Math.max(0, at - 8), at))
  )
}

/** A date alone on one of the last lines tells when the notice was written. */
function isSignature(text: string, { at, end }: Seen): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, text.indexOf('\n', end) === -1 ? undefined : text.indexOf('\n', end)).trim()
  return line.length <= end - at + 1 && text.slice(end).trim().length < 20 && text.slice(0, at).trim().length > 0
}

const numeral = '[〇零一二三四五六七八九十]'
const patterns: [RegExp, (match: RegExpMatchArray, today: string) => string | undefined][] = [
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

function* datesIn(text: string, today: string): Iterable<Seen> {
  const taken: Seen[] = []
  for (const [pattern, read] of patterns) {
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

function dayFrom(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
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

/** Weeks begin on Monday. */
function weekday(which: string | undefined, day: string | undefined, today: string): string {
  const now = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const wanted = day === '天' ? 6 : '一二三四五六日'.indexOf(day ?? '')
  return addDays(today, wanted - now - (which === '上' ? 7 : 0))
}

function digits(text = ''): string {
  return [...text].map((character) => '零一二三四五六七八九'.indexOf(character === '〇' ? '零' : character).toString()).join('')
}

/** 十二 → 12, 二十 → 20, 三十一 → 31. */
function number(text = ''): string {
  const value = (character: string): number => Math.max(0, '〇一二三四五六七八九'.indexOf(character === '零' ? '〇' : character))
  const at = text.indexOf('十')
  if (at < 0) return String(value(text))
  return String((at === 0 ? 1 : value(text[0] ?? '')) * 10 + (text.length > at + 1 ? value(text[at + 1] ?? '') : 0))
}

const abstract = /^(此|会|全|本|我|各|其|这|那)|[上中下内时前后间]$|基础|指导|范围|系统|领导|情况/

/** After 地点, or between 在 and what was done there. */
function placeOf(text: string): string | undefined {
  const labelled = /(?:地点|会场|地址)\s*[:：是为]\s*([^\n，。；;]{2,40})/.exec(text)?.[1]?.trim()
  if (labelled !== undefined) return labelled
  for (const match of text.matchAll(/在([^在，。；、：:“”\n\d]{0,3}[^在，。；、：:“”\n]{2,25}?)(?:召开|举行|举办|开展|进行|集中|组织|参加|观看|参观)/g)) {
    const place = match[1]?.trim() ?? ''
    if (!abstract.test(place)) return place
  }
  return undefined
}

/** What it was about, where the text says so. */
function topicOf(text: string): string | undefined {
  const quoted = '[“"「『]([^”"」』\\n]{2,60})[”"」』]'
  const ways = [
    new RegExp(`以${quoted}为(?:活动)?主题`),
    new RegExp(`主题\\s*(?:是|为|[:：])?\\s*${quoted}`),
    /(?:主题|议题|内容)\s*[:：]\s*([^\n。；;]{2,60})/,
    new RegExp(`围绕${quoted}`),
    /(?:学习|研讨|解读|传达)[^，。\n《]{0,6}(《[^》\n]{2,40}》)/,
  ]
  for (const way of ways) {
    const found = way.exec(text)?.[1]?.trim()
    if (found !== undefined) return found
  }
  return undefined
}

/** What the first line is called, where it is a title: 关于召开…的通知 gives what is called. */
function titleOf(text: string): string | undefined {
  const [first = ''] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const bare = first.replace(/^[【[（(]?\s*(通知|会议通知|活动通知|温馨提示|提醒)\s*[】\]）)]?\s*[:：]?\s*/, '').replace(/[。！!]$/, '')
  const called = /^关于(?:组织)?(?:召开|开展|举办|举行|做好)?(.{2,60}?)的?(?:通知|公告|函|提示)$/.exec(bare)?.[1] ?? bare
  const length = [...called].length
  return length < 4 || length > 40 || /[:：，。；？?]/.test(called) || /^(各|请|大家|同志们)/.test(called) ? undefined : called
}

/** The kind whose name stands in the title, else the only one whose name stands in the text. Longer names cover shorter ones inside them. */
function kindOf(text: string, title: string | undefined, kinds: readonly Kind[], notes: string[]): string | undefined {
  for (const part of title === undefined ? [text] : [title, text]) {
    const named = kindsIn(part, kinds)
    if (named.length === 1) return named[0]?.id
    if (named.length > 1) {
      notes.push(`文中提到${named.map((kind) => `“${kind.name}”`).join('、')}，拿不准是哪一种，请自己选。`)
      return undefined
    }
  }
  return undefined
}

function kindsIn(text: string, kinds: readonly Kind[]): Kind[] {
  const words = kinds
    .flatMap((kind) => [kind.name, ...(kind.also ?? [])].map((word) => ({ kind, word })))
    .sort((left, right) => right.word.length - left.word.length)
  let rest = text
  const found = new Set<Kind>()
  for (const { kind, word } of words) {
    if (!rest.includes(word)) continue
    found.add(kind)
    rest = rest.replaceAll(word, '\n')
  }
  return [...found]
}
