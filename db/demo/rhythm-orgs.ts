// What Party organisations do month by month and year by year: meetings, lectures, theme days, talks, elections.
import { type City, exists, headOf, holder, isGrassroots, NOW, type Org, type Person, roll, START, type Unit } from './city.ts'
import { dateText, day, monthStart, workday, yearMonth } from './days.ts'
import type { Draft } from './ledger-rows.ts'
import { agendas, discussionTopics, lectureTopics, places, themes, warnings } from './phrases.ts'
import type { Random } from './random.ts'

const studyFrom = day('2024-04-01')
const studyUntil = day('2024-08-01')
/** In April–July 2024 lectures, discussions and warning sessions belong to the discipline study (campaign.ts). */
export const inDisciplineStudy = (on: number) => on >= studyFrom && on < studyUntil

/** Whether a regular activity took place: always in named organisations, by its quality elsewhere. */
export function held(quality: number, stream: Random): boolean {
  return quality === 1 || stream.chance(1 - (1 - quality) * 1.25)
}

/** Who stayed away of a roll; nobody in named organisations, and never the host. */
export function absentees(org: Org, members: readonly Person[], host: Person | undefined, stream: Random): Person[] {
  if (org.unit.named) return []
  const share = 0.02 + (1 - org.quality) * 0.18
  return members.filter((person) => person !== host && stream.chance(share))
}

export interface Month {
  first: number
  next: number
  year: number
  month: number
}

/** A working day of the month, early enough in the last one to have been entered by now. */
export function someDay({ first, next }: Month, stream: Random): number {
  return workday(stream.between(first, Math.min(next - 3, day(NOW) - 10)))
}

/** One of the list: in named units each in turn, so that no item of a rubric is missed there by chance; anywhere else as it falls. */
export function choose<T>(list: readonly T[], unit: Unit, turn: number, stream: Random): T {
  const drawn = stream.pick(list)
  return unit.named ? (list[turn % list.length] ?? drawn) : drawn
}

/** Happens with this probability; always in named units. */
const likely = (unit: Unit, probability: number, stream: Random) => stream.chance(probability) || unit.named

function themeDay({ first }: Month, { rhythm }: Org): number {
  const weekday = (first + 4) % 7
  return workday(first + ((rhythm.weekday - weekday + 7) % 7) + rhythm.week * 7)
}

function campaignOf({ year, month }: Month, unit: Unit, share: number, stream: Random): Record<string, string> {
  if (month === 5 && year >= 2020 && likely(unit, share, stream)) return { campaign: `clean-month-${year}` }
  if (year === 2021 && month >= 3 && stream.chance(share)) return { campaign: 'history-study-2021' }
  if (year === 2023 && month >= 5 && stream.chance(share)) return { campaign: 'theme-education-2023' }
  return {}
}

function branchMonth(org: Org, at: Month, stream: Random, add: (draft: Draft) => void): void {
  const { month, year } = at
  const meet = (kind: string, on: number, title: string, fields: Draft['fields']) => {
    if (!exists(org, on) || !held(org.quality, stream)) return
    const members = roll(org, on)
    const host = holder(org, 'secretary', on)
    const people: Draft['people'] = kind === 'theme-day' || host === undefined ? [] : [['host', host]]
    add({ kind, unit: org.unit, org, day: on, title, place: stream.pick(places), fields, people, roll: members, absent: absentees(org, members, host, stream) })
  }
  const theme = stream.pick(themes)
  const activity = choose(['study', 'service', 'site', 'outreach', 'pledge'], org.unit, month, stream)
  meet('theme-day', themeDay(at, org), stream.chance(0.5) ? `${month}月主题党日` : theme, { theme, activity, ...campaignOf(at, org.unit, 0.3, stream) })
  if (month % 3 === 2) meet('members-meeting', someDay(at, stream), `第${'一二三四'[(month - 2) / 3]}季度党员大会`, { agenda: stream.pick(agendas) })
  if (month === 1)
    meet('organisational-life', someDay(at, stream), `${year - 1}年度组织生活会`, {
      theme: stream.pick(discussionTopics),
      problems: stream.between(org.unit.named ? 6 : 3, 20),
      review: true,
    })
  if (month % 3 === 0 && !inDisciplineStudy(at.first)) {
    const topic = stream.pick(discussionTopics)
    meet('study-discussion', someDay(at, stream), `研讨${topic}`, { topic, ...campaignOf(at, org.unit, 0.4, stream) })
  }
}

function groupMonth(org: Org, at: Month, stream: Random, add: (draft: Draft) => void): void {
  const on = someDay(at, stream)
  if (exists(org, on) && held(org.quality, stream))
    add({ kind: 'group-meeting', unit: org.unit, org, day: on, title: `${at.month}月党小组会`, fields: { topic: stream.pick(themes) } })
}

function lecturer(org: Org, at: Month, on: number): [Person | undefined, boolean] {
  if (at.month === 5 || at.month === 11) return [holder(org, 'secretary', on), true]
  return [holder(org, 'discipline-member', on) ?? holder(org, 'full-time-deputy', on) ?? headOf(org.unit, on), false]
}

function grassrootsMonth(org: Org, at: Month, stream: Random, add: (draft: Draft) => void): void {
  const { unit } = org
  const { month } = at
  const dated = (make: (on: number) => Omit<Draft, 'unit' | 'org' | 'day'>) => {
    const on = someDay(at, stream)
    if (exists(org, on) && held(org.quality, stream)) add({ ...make(on), unit, org, day: on })
  }
  if (org.kind !== 'branch')
    dated(() => ({ kind: 'committee-meeting', title: `${month}月委员会会议`, place: stream.pick(places), fields: { agenda: stream.pick(agendas) } }))
  else if (org.size >= 7) dated(() => ({ kind: 'committee-meeting', title: `${month}月支委会`, fields: { agenda: stream.pick(agendas) } }))
  if (month % 3 === 2 && !inDisciplineStudy(at.first)) {
    dated((on) => {
      const [person, bySecretary] = lecturer(org, at, on)
      const theme = choose(['theory', 'history', 'work', 'discipline'], unit, month, stream)
      return {
        kind: 'party-lecture',
        title: `党课${stream.pick(lectureTopics)}`,
        place: stream.pick(places),
        fields: { theme, by_secretary: bySecretary, ...campaignOf(at, org.unit, 0.3, stream) },
        people: person === undefined ? [] : [['lecturer', person]],
      }
    })
  }
  if (month % 3 === 1) {
    dated((on) => {
      const talker = holder(org, 'secretary', on)
      const others = org.kind === 'branch' ? roll(org, on).filter((person) => person !== talker) : []
      const partner = others.length > 0 ? stream.pick(others) : headOf(unit, on)
      const people: Draft['people'] = []
      if (talker !== undefined) people.push(['talker', talker])
      if (partner !== undefined) people.push(['partner', partner])
      return {
        kind: 'heart-talk',
        title: month === 1 ? '会前谈心谈话' : '日常谈心谈话',
        fields: { occasion: month === 1 ? 'life' : choose(['regular', 'regular', 'care', 'post'], unit, month, stream) },
        people,
      }
    })
  }
  if ((month === 5 || month === 10) && !inDisciplineStudy(at.first)) {
    const [title, form] = choose(warnings, unit, month === 10 ? 3 : 1, stream)
    dated(() => ({
      kind: 'warning-education',
      title,
      place: stream.pick(places),
      fields: { concentrated: likely(unit, 0.5, stream), form, ...campaignOf(at, org.unit, 0.8, stream) },
    }))
  }
}

/** Everything that Party organisations did in a month. */
export function orgsMonth(city: City, at: Month, stream: Random, add: (draft: Draft) => void): void {
  for (const org of city.orgs) {
    if (org.from >= at.next || org.until <= at.first) continue
    if (org.kind === 'group') groupMonth(org, at, stream, add)
    if (org.kind === 'branch') branchMonth(org, at, stream, add)
    if (isGrassroots(org)) grassrootsMonth(org, at, stream, add)
  }
}

/** Members of the organisation and of the branches below it. */
function electors(org: Org, on: number): number {
  const branches =
    org.kind === 'branch' ? [org] : org.unit.orgs.filter((other) => other.kind === 'branch' && (org.kind === 'committee' || other.parent === org))
  return branches.reduce((total, branch) => total + roll(branch, on).length, 0)
}

/** The elections that the terms come from. */
export function elections(city: City, stream: Random): Draft[] {
  const drafts: Draft[] = []
  for (const org of city.orgs) {
    if (!isGrassroots(org)) continue
    for (const { elected, due } of org.terms) {
      if (elected < day(START)) continue
      const secretary = holder(org, 'secretary', elected)
      const eligible = electors(org, elected)
      const attended = eligible - Math.floor(stream.next() * eligible * (org.unit.named ? 0 : 0.15))
      drafts.push({
        kind: 'election',
        unit: org.unit,
        org,
        day: elected,
        title: '换届选举',
        place: stream.pick(places),
        firm: true,
        fields: { eligible, attended, elected: org.kind === 'branch' ? Math.min(5, 1 + org.posts.length) : 7, due_on: dateText(due) },
        people: secretary === undefined ? [] : [['secretary', secretary]],
      })
    }
  }
  return drafts
}

/** The months from the first day of records to the present. */
export function monthsFrom(from: string): Month[] {
  const months: Month[] = []
  for (let first = day(from); first < day(NOW); first = monthStart(first, 1)) months.push({ first, next: monthStart(first, 1), ...yearMonth(first) })
  return months
}
