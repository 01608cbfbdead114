// Reads a pasted notice or chat message into the fields of an entry. What is not sure is left empty, with a note why.
import { formatDate } from '#base/dates.ts'
import { daysIn, halfWidth, type SaidDay } from '#base/said-days.ts'
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

/** The day of the event: the one that is said to be it, else the only one there is. */
function dateOf(text: string, today: string, notes: string[]): string | undefined {
  const seen = [...daysIn(text, today)].sort((left, right) => left.at - right.at).filter((each) => !isDeadline(text, each) && !isSignature(text, each))
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

function isDeadline(text: string, { at, end }: SaidDay): boolean {
  return (
    /^\s*(下班|上午|下午|\d+[点时])?\s*(之前|以前|前)/.test(text.slice(end, end + 8)) ||
    /(截止|截至|报名|反馈|报送)[^，。；\n]{0,4}$/.test(text.slice(Math.max(0, at - 8), at))
  )
}

/** A date alone on one of the last lines tells when the notice was written. */
function isSignature(text: string, { at, end }: SaidDay): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, text.indexOf('\n', end) === -1 ? undefined : text.indexOf('\n', end)).trim()
  return line.length <= end - at + 1 && text.slice(end).trim().length < 20 && text.slice(0, at).trim().length > 0
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
