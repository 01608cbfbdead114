// Inspections of the year: one of the work committee, closed, whose findings are being put right; one of a county under way, with a visit signed, one in
// conflict and one to come. By the demonstration's accounts; few rows, the same for the same seed.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { InspectionKind } from '#modules/inspection/inspection-kinds.contract.ts'
import type { burdenBook } from './burden.ts'
import { type City, exists, isGrassroots, type Org, type Unit } from './city.ts'
import { dateText, day, moment, momentText } from './days.ts'
import type { Course } from './matter-courses.ts'
import type { MatterBook } from './matter-rows.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

const problems: Record<string, [type: string, text: string]> = {
  'duty-list': ['drifting', '两名班子成员说不清自己的党建责任'],
  'three-meetings': ['administration', '两个季度没有党课的记录'],
  'theme-day': ['drifting', '主题党日只读文件，没有讨论'],
  'service-window': ['service', '一次性告知单没有更新'],
  discipline: ['integrity', '纪检委员上月没有监督记录'],
}

interface Making {
  tenant: number
  city: City
  book: MatterBook
  burden: ReturnType<typeof burdenBook>
  kinds: ReadonlyMap<string, Course>
  /** Ids of accounts by login. */
  accounts: ReadonlyMap<string, string>
  stream: Random
}

interface Told {
  asker: Org
  title: string
  basis: string
  from: number
  until: number
  closed: boolean
  team: string[]
  /** What has become of the visit of each unit. */
  visits: { unit: Unit; how: 'signed' | 'conflict' | 'to come'; on: number; found: string[] }[]
}

function checklist(): InspectionKind {
  return parse(readFileSync(new URL('../../packs/changzhi/inspections/party-building.yaml', import.meta.url), 'utf8')) as InspectionKind
}

/** The rows of inspections; what was found goes into the book of matters. */
export function inspections(making: Making): Sheet[] {
  const { tenant, city, burden, kinds, accounts, stream } = making
  const kind = checklist()
  const found = kinds.get(kind.finding)
  if (found === undefined) throw new Error(`the pack has no kind of matter ${kind.finding}`)
  const items = kind.sections.flatMap((section) => section.items)
  const course: Course = found
  const named = course.kind.fields.find(({ id }) => id === course.kind.relapse?.field)?.choices ?? []
  const kept = { ...kind, id: 'party-building', types: kind.types.map((id) => ({ id, name: named.find((type) => type.id === id)?.name ?? id })) }
  const plans = sheet('inspection.inspection', [
    ...[
      'tenant_id',
      'inspection_id',
      'kind',
      'checklist',
      'title',
      'basis',
      'asker_id',
      'first_day',
      'last_day',
      'state',
      'author_id',
      'known_from',
      'started_at',
      'closed_at',
    ],
  ])
  const visits = sheet('inspection.visit', [
    ...['tenant_id', 'visit_id', 'inspection_id', 'asker_id', 'unit_id', 'body_id', 'signed_at', 'signed_by', 'witness', 'heads'],
  ])
  const members = sheet('inspection.member', ['tenant_id', 'visit_id', 'account_id', 'inspection_id', 'asker_id', 'known_from'])
  const answers = sheet('inspection.answer', ['tenant_id', 'answer_id', 'visit_id', 'item', 'verdict', 'note', 'finding', 'author_id', 'at'])
  const account = (login: string): string => accounts.get(login) ?? ''

  function add({ asker, title, basis, from, until, closed, team, visits: list }: Told): void {
    const asked = moment(from - 7, 9)
    const id = stream.id(asked)
    const author = account(team[0] ?? '')
    const days = [dateText(from), dateText(until)]
    const words = [title, basis, asker.id, ...days, closed ? 'closed' : 'under-way', author]
    const ended = closed ? momentText(moment(until, 17)) : null
    plans.add(tenant, id, 'party-building', JSON.stringify(kept), ...words, momentText(asked), momentText(asked), ended)
    const receivers = list.flatMap(({ unit }) => (firstOf(unit) === undefined ? [] : [unit.id]))
    burden.asked({
      id,
      ownerId: asker.id,
      ours: true,
      asker: asker.name,
      title,
      kind: 'inspection',
      seconds: kind.minutes * 60,
      on: from - 7,
      due: from,
      receivers,
    })
    for (const { unit, how, on: visited, found } of list) {
      const org = firstOf(unit)
      if (org === undefined) continue
      const visitId = stream.id(asked)
      const at = moment(visited, 10)
      const heads: string[] = []
      for (const login of team) members.add(tenant, visitId, account(login), id, asker.id, momentText(asked))
      for (const [index, item] of (how === 'to come' ? [] : items).entries()) {
        if (how === 'conflict' && index > 5) break
        const problem = found.includes(item.id) ? problems[item.id] : undefined
        const answerId = stream.id(at + index * 60_000)
        const verdict = problem !== undefined ? 'no' : stream.chance(0.15) ? 'mostly' : 'yes'
        heads.push(answerId)
        answers.add(tenant, answerId, visitId, item.id, verdict, problem?.[1] ?? '', problem?.[0] ?? '', author, momentText(at + index * 60_000))
        // The other inspector, without network, saw it otherwise.
        if (how === 'conflict' && index === 4)
          answers.add(
            tenant,
            stream.id(at + 300_000),
            visitId,
            item.id,
            'no',
            '抽问的两名党员说不出上次主题党日的内容',
            '',
            account(team[1] ?? ''),
            momentText(at + 300_000),
          )
        if (problem !== undefined && how === 'signed')
          finding(making.book, course, { unit, org, asker, visitId, answerId, name: item.name, problem, at: moment(visited, 11.5) })
      }
      const signed = how === 'signed'
      visits.add(
        tenant,
        visitId,
        id,
        asker.id,
        unit.id,
        org.id,
        signed ? momentText(moment(visited, 11.5)) : null,
        signed ? author : null,
        signed ? '办公室主任' : '',
        signed ? `{${heads.join(',')}}` : '{}',
      )
    }
  }
  for (const told of plansOf(city)) add(told)
  return [plans, visits, members, answers]
}

interface Found {
  unit: Unit
  org: Org
  asker: Org
  visitId: string
  answerId: string
  name: string
  problem: [string, string]
  at: number
}

function finding(book: MatterBook, course: Course, { unit, org, asker, visitId, answerId, name, problem: [type, text], at }: Found): void {
  const fields = { problem: text, source: 'inspection', type }
  book.add(answerId, { course, unit, org, askerId: asker.id, title: `${name}：${text}`, at, fields, origin: 'inspection', originId: visitId })
}

/** The organisation that puts right what is found: the first grassroots one. */
function firstOf({ orgs }: Unit): Org | undefined {
  const order = ['committee', 'general-branch', 'branch']
  return orgs
    .filter((org) => isGrassroots(org) && exists(org, day('2024-12-20')))
    .sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind))[0]
}

function plansOf({ units, orgs }: City): Told[] {
  const root = orgs.find(({ kind }) => kind === 'work-committee')
  const county = orgs.find(({ kind, unit }) => kind === 'county-committee' && unit.county === '壶关县')
  if (root === undefined || county === undefined) throw new Error('the city lacks a committee that inspects')
  const now = day('2024-12-20')
  const may = (unit: Unit): boolean => exists(unit, now) && !unit.named && firstOf(unit) !== undefined
  // Branches without a committee and townships: none of the demonstration's inspectors belongs to them, or did.
  const city = units.filter((unit) => may(unit) && unit.level === 'city' && unit.orgs[0]?.kind === 'branch').slice(0, 4)
  const townships = units.filter((unit) => may(unit) && unit.level === 'township' && unit.county === '壶关县').slice(0, 3)
  const found = [['duty-list'], ['three-meetings', 'service-window'], [], ['discipline']]
  const hows = ['signed', 'conflict', 'to come'] as const
  return [
    {
      ...{ asker: root, title: '2024年度市直机关党建督查', basis: '2024年度督查检查考核计划', from: day('2024-10-14'), until: day('2024-10-25'), closed: true },
      team: ['bangongshi', 'xianqu'],
      visits: city.map((unit, at) => ({ unit, how: 'signed', on: day('2024-10-15') + at * 2, found: found[at] ?? [] })),
    },
    {
      ...{
        asker: county,
        title: '2024年度乡镇机关党建督查',
        basis: '壶关县2024年督查计划第2项',
        from: day('2024-12-16'),
        until: day('2024-12-27'),
        closed: false,
      },
      team: ['xianqu', 'zhuanzhi'],
      visits: townships.map((unit, at) => ({ unit, how: hows[at] ?? 'to come', on: day('2024-12-17') + at, found: at === 0 ? ['theme-day'] : [] })),
    },
  ]
}
