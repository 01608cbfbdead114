// Reads a pasted notice or chat message: who asks whom for what by when, and when and where something is. Each part with its place in the text; nothing is guessed silently.
import { addDays } from '#base/dates.ts'
import { dayFrom, daysIn, halfWidth, number, numeral, type SaidDay, type Saying, weekday } from '#base/said-days.ts'
import { workingDaysAfter } from '#base/working-days.ts'

/** What can be read; several deadlines are several parts. `kind` has no place of its own. */
export const partNames = {
  title: '标题',
  asker: '谁提的',
  to: '要求谁',
  deadline: '期限',
  on: '日期',
  time: '时间',
  place: '地点',
  people: '人员',
  basis: '依据',
  kind: '类别',
} as const
export type PartOf = keyof typeof partNames

export interface Part {
  what: PartOf
  at: number
  end: number
  /** As it goes into a form: a day as 2024-12-27, a time as 09:00, the rest as it is written. */
  value: string
}

/** Reads a text of at most some thousand characters on a day. Parts come in the order of the text. */
export function readNotice(given: string, today: string): Part[] {
  const text = halfWidth(given)
  const parts = [titleOf(text), askerOf(text), toOf(text), ...daysOf(text, today), placeOf(text), peopleOf(text), basisOf(text)].flat()
  const kind = { what: 'kind' as const, at: 0, end: 0, value: kindOf(text) }
  return [...parts.sort((left, right) => left.at - right.at || left.end - right.end), kind]
}

const found = (what: PartOf, match: RegExpExecArray | null, value = match?.[1]): Part[] => {
  if (match?.[1] === undefined || value === undefined) return []
  const at = match.index + match[0].indexOf(match[1])
  return [{ what, at, end: at + match[1].length, value: value.trim() }]
}
const first = (what: PartOf, text: string, ways: readonly RegExp[]): Part[] => {
  for (const way of ways) {
    const part = found(what, way.exec(text))
    if (part.length > 0) return part
  }
  return []
}

const titleOf = (text: string): Part[] =>
  first('title', text, [/^\s*关于(?:组织)?(?:召开|开展|举办|举行|做好)?([^\n]{2,60}?)的?(?:通知|公告|函|提示)\s*(?:\n|$)/])

const body = '(?:委员会|巡视组|监委|工委|党委|党组|办公室|督查室|部|局|委|办|处|科|厅|中心|公司|政府|院|校|组)'
const askers = [
  // Alone on one of the last lines, the day below it.
  new RegExp(`\\n\\s*([^\\n，。：:；、0-9]{2,24}${body})\\s*\\n[^\\n]{6,14}日\\s*$`),
  new RegExp(`^\\s*【([^】\\n]{1,20}${body})】`),
  new RegExp(`^\\s*([^\\s，。：:各请]{1,16}?${body})(?:紧急)?(?:通知)?[:：]`),
  new RegExp(`(?:(?<![\\u4e00-\\u9fa5])应|接|根据|按照?|依据)\\s*([^，。《》：:\\n\\d]{1,16}?${body})(?:的)?(?:通知|要求|部署|安排|来电)`),
  new RegExp(`(?:^|[，。\\n])\\s*([^，。《》：:\\n\\d各请]{1,14}?${body})要求`),
]
const askerOf = (text: string): Part[] => first('asker', text, askers)

const many = '(?:各位?|全体|市直各|县直各)'
const receivers = [
  new RegExp(`(?:^|\\n)\\s*(${many}[^\\n：:，。；]{1,24}?)(?:注意)?[：:]`),
  new RegExp(
    `(${many}(?:（[^）]{1,6}）|[^，。；：:\\n请于在按]){1,14}?)(?=[于在把将按务注]|尽快|抓紧|提前|做好|填报|报送|上报|提供|派|参加|完成|每月|年底|月底|今天|明天|[三五十\\d]+个?(?:工作)?[日天]内|\\d{1,2}月|\\d+日|[，。；])`,
  ),
]
/** Whom it asks; not what stands after “people”. */
function toOf(text: string): Part[] {
  const plain = text.replace(/(?:参会|参加|与会)人员\s*[:：][^\n]*/g, (line) => '\n'.padEnd(line.length, ' '))
  return first('to', plain, receivers).filter(({ value }) => !/^各位(?:$|党组成员)/.test(value))
}

const numbers = `(?:\\d{1,3}|${numeral}{1,3})`
const asNumber = (text = ''): number => (/^\d+$/.test(text) ? Number(text) : Number(number(text)))
const lastOf = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/** The day of this month, or of the next where it has passed. */
function dayOfMonth(text: string | undefined, today: string, months = 0): string | undefined {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const at = (by: number): string | undefined => {
    const start = new Date(Date.UTC(year, month - 1 + by, 1)).toISOString()
    return dayFrom(start.slice(0, 4), start.slice(5, 7), String(asNumber(text)))
  }
  const day = at(months)
  return months === 0 && day !== undefined && day < today ? at(1) : day
}

/** What stands in notices besides plain days: it says by when. */
const ahead: Saying[] = [
  [/每(?:个?月|周|季度?|年)\s*\d{0,2}[日号]?/g, () => ''],
  [/明年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g, ([, m, d], today) => dayFrom(String(Number(today.slice(0, 4)) + 1), m, d)],
  [/(?:第?[一二三四1-4]季度末|季末)/g, (_match, today) => lastOf(Number(today.slice(0, 4)), Math.ceil(Number(today.slice(5, 7)) / 3) * 3)],
  [/(\d{1,2})月底/g, ([, m], today) => lastOf(Number(today.slice(0, 4)) + (Number(m) < Number(today.slice(5, 7)) ? 1 : 0), Number(m))],
  [
    /(下个?月|本月|这个月|当月)?月?(?:底|末)(?=之?前|以前|完成|报)/g,
    ([, which], today) => lastOf(Number(today.slice(0, 4)), Number(today.slice(5, 7)) + (which?.startsWith('下') ? 1 : 0)),
  ],
  [/(?:今年)?年[底末](?=之?前|以前|完成|报)/g, (_match, today) => `${today.slice(0, 4)}-12-31`],
  [new RegExp(`(${numbers})个?工作日之?内`, 'g'), ([, n], today) => workingDaysAfter(today, asNumber(n))],
  [new RegExp(`(${numbers})[日天]之?内`, 'g'), ([, n], today) => addDays(today, asNumber(n))],
  [/[本这]周内/g, (_match, today) => (weekday('本', '五', today) < today ? weekday('本', '日', today) : weekday('本', '五', today))],
  [/下(?:周|星期|礼拜)([一二三四五六日天])/g, ([, day], today) => weekday('下', day, today)],
  [new RegExp(`(本月|下个?月)\\s*(${numbers})\\s*[日号]`, 'g'), ([, which, d], today) => dayOfMonth(d, today, which?.startsWith('下') ? 1 : 0)],
  [
    /(?<![上下本这每（(])(?:周|星期)([一二三四五六日天])/g,
    ([, day], today) => (weekday('本', day, today) < today ? weekday('下', day, today) : weekday('本', day, today)),
  ],
  [new RegExp(`(?<![\\d月年.\\-/〕〇零一二三四五六七八九十（(])(${numbers})\\s*[日号](?!内|个)`, 'g'), ([, d], today) => dayOfMonth(d, today)],
  [
    /(?<![\d.第])(\d{1,2})\.(\d{1,2})(?=\s*(?:之前|以前|前|截止))/g,
    ([, m, d], today) => dayFrom(String(Number(today.slice(0, 4)) + (Number(m) < Number(today.slice(5, 7)) ? 1 : 0)), m, d),
  ],
]

const clock = `(?:（[^）]{1,6}）)?\\s*(?:下班|上午|下午|中午|晚上?|早上)?\\s*(?:${numbers}\\s*[:：点时](?:\\d{1,2}分?|半|整)?)?`
const before = new RegExp(`^${clock}\\s*(?:下班)?\\s*(?:之前|以前|前|止|截止)`)
const announced = /(?:截止(?:时间|日期)?|时限|期限|报送时间|上报时间|反馈时间|最迟|最晚|不迟于|不晚于)[是为:：于至到在]*\s*$/
const past = /^[^，。；\n]{0,4}(?:印发|下发|会议(?:要求|精神|部署))/

function daysOf(text: string, today: string): Part[] {
  const seen = [...daysIn(text, today, ahead)].filter((day) => day.date !== '' && !isElsewhere(text, day)).sort((left, right) => left.at - right.at)
  const isDue = ({ at, end }: SaidDay): boolean =>
    before.test(text.slice(end, end + 24)) || /内$/.test(text.slice(at, end)) || announced.test(text.slice(Math.max(0, at - 12), at))
  const due = seen.filter(isDue).map((day) => ({ what: 'deadline' as const, at: day.at, end: day.end, value: day.date }))
  const days = seen.filter((day) => !isDue(day))
  const said = days.find(({ at }) => /(?:时间|日期)[是为:：\s]*$|(?:定于|安排在|拟于)\s*$/.test(text.slice(Math.max(0, at - 6), at)))
  const on = said ?? days[0]
  return [...due, ...(on === undefined ? [] : [{ what: 'on' as const, at: on.at, end: on.end, value: on.date }, ...timeOf(text, on)])]
}

/** The day under a signature, one in the name of a document, one on which somebody said something. */
function isElsewhere(text: string, { at, end }: SaidDay): boolean {
  const isSigned = text.slice(end).trim() === '' && /\n\s*$/.test(text.slice(0, at))
  const isQuoted = text.lastIndexOf('《', at) > text.lastIndexOf('》', at)
  return isSigned || isQuoted || past.test(text.slice(end, end + 12))
}

/** The time of day right after the day. */
function timeOf(text: string, { end }: SaidDay): Part[] {
  const near = text.slice(end, end + 24)
  const match = new RegExp(`^(?:（[^）]{1,6}）)?\\s*((?:上午|下午|中午|晚上?|早上)?\\s*(${numbers})\\s*[:：点时]\\s*(\\d{1,2}|半)?)`).exec(near)
  if (match?.[1] === undefined) return []
  const isLate = /下午|晚/.test(match[1]) || text.slice(end - 2, end) === '今晚'
  const hour = asNumber(match[2]) + (isLate && asNumber(match[2]) < 12 ? 12 : 0)
  const minute = match[3] === '半' ? '30' : (match[3] ?? '00').padStart(2, '0')
  const at = end + near.indexOf(match[1])
  return hour > 23 ? [] : [{ what: 'time', at, end: at + match[1].trimEnd().length, value: `${String(hour).padStart(2, '0')}:${minute}` }]
}

const placeOf = (text: string): Part[] =>
  first('place', text, [
    /(?:地点|会场|地址)\s*[:：是为]\s*([^\n，。；;]{2,40})/,
    /(?<!报)在((?![\d本此全各会我其这])[^在，。；、：:“”\n\d]{1,3}[^在，。；、：:“”\n]{1,20}?(?:室|厅|楼|馆|中心|校|址|园|场|堂|教室))(?:召开|举行|举办|开展|进行|集中|组织)/,
  ])
const peopleOf = (text: string): Part[] => [
  ...first('people', text, [/(?:参会人员|参加人员|参加对象|与会人员)\s*[:：]\s*([^\n。；]{2,40})/]),
  ...first('people', text, [/联系人\s*[:：]\s*([^\s，。；（(\d]{2,8})/]),
]
const documentNumber = '[\\u4e00-\\u9fa5]{1,8}〔\\d{4}〕\\d{1,4}号'
const basisOf = (text: string): Part[] =>
  first('basis', text, [
    new RegExp(`(《[^》\\n]{4,60}》（${documentNumber}）)`),
    new RegExp(`(?:依据|根据|按照?)\\s*(${documentNumber})`),
    /(?:依据|根据|按照?|落实)\s*(《[^》\n]{4,60}》)/,
  ])

/** What to call it: its own title, else what it wants to have. Empty where it says neither. */
export function nameFor(given: string, parts: readonly Part[]): string {
  const own = parts.find(({ what }) => what === 'title')?.value
  const wanted = /(?:报送|填报|上报|提交|提供|反馈|填写|召开|开展|完成)[^，。；：:！!\n]{2,24}/.exec(halfWidth(given))?.[0]
  return own ?? wanted?.trim() ?? ''
}

/** What sort of asking it is, by the first thing that it wants; what is only to be done is a task. */
function kindOf(text: string): string {
  const ways: [string, RegExp][] = [
    ['list', /(?:报|交|供|复|名单|清单|花名册)[^，。；\n]{0,14}(?:名单|清单|花名册)|名单为准/],
    ['form', /(?:报|填|写|交|供|送|发|核对|反馈|整理|把|将|台账)[^，。；\n]{0,16}(?:表|台账)|台账|表填报/],
    ['meeting', /召开|参会|例会/],
    ['inspection', /(?:开展|进行)[^，。；\n]{0,10}(?:督查|检查|考核)|对[^，。；\n]{2,20}(?:督查|检查)/],
    ['report', /(?:报|交|供|送|受理|把|梳理)[^，。；\n]{0,16}(?:总结|小结|报告|材料|方案|计划|情况|信息|心得)|工作情况|(?:总结|小结|报告|方案|计划)报/],
  ]
  const seen = ways.flatMap(([kind, way]) => {
    const at = text.search(way)
    return at < 0 ? [] : [{ kind, at }]
  })
  return seen.sort((left, right) => left.at - right.at)[0]?.kind ?? 'task'
}
