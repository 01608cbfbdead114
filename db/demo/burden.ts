// What bodies were asked for in the last year and what it cost them: our own requests at the price of their forms, what other bodies wanted, some complaints.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { noticeDays, priceOf } from '#modules/burden/burden.rules.ts'
import { type City, exists, isGrassroots, NOW, type Org } from './city.ts'
import { dateText, day, dayOf, moment, momentText, monthStart } from './days.ts'
import { type Course, isWorking, workingDay } from './matter-courses.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

interface Rules {
  field_seconds: Record<string, number>
  enough_fillings: number
  notice_working_days: number
}

interface Asked {
  id: string
  /** The body that asks, where it is ours; else the body it was entered for. */
  ownerId: string
  ours: boolean
  asker: string
  title: string
  kind: string
  seconds: number
  on: number
  due: number | null
  receivers: readonly string[]
}

export interface BurdenBook {
  askings: Sheet
  charges: Sheet
  complaints: Sheet
  /** Charges a request of ours to its receivers at the price of what their moves fill in; what lies more than a year back is not kept. */
  request: (given: { id: string; course: Course; asker: Org; title: string; at: number; receivers: readonly string[] }) => void
}

/** The months that the page adds up begin here. */
const SINCE = monthStart(day(NOW), -11)

/** What other bodies want, invented, with the seconds it takes. */
const wanted = [
  ['报送安全生产自查情况表', 'form', 240],
  ['报送统计年报补充表', 'form', 420],
  ['报送会议传达落实情况', 'report', 900],
  ['填报人员信息核对表', 'list', 300],
  ['报送宣传信息', 'report', 600],
  ['填报培训需求表', 'form', 180],
  ['报送节日值班安排', 'list', 120],
] as const
const askers = ['市统计部门（示例）', '市安全生产部门（示例）', '市宣传部门（示例）', '县政府办公室（示例）', '上级主管部门（示例）'] as const
const grievances = [
  ['already-collected', '同一份人员信息上个月已经报过。', '已核对，与上月名单相同，本次不用再报，已告知提出单位。'],
  ['short-notice', '当天下午通知，次日上午就要。', '已与提出单位商定，期限延后三个工作日。'],
  ['too-much', '一张表四十多栏，大部分基层没有。', '已请提出单位精简到十二栏。'],
  ['needless', '与支部工作无关。', null],
] as const

/** A book of askings for a tenant. */
export function burdenBook(tenant: number, stream: Random): BurdenBook & { asked: (asked: Asked) => void } {
  const rules = parse(readFileSync(new URL('../../packs/changzhi/burden.yaml', import.meta.url), 'utf8')) as Rules
  const askings = sheet('burden.asking', [
    ...['tenant_id', 'asking_id', 'owner_id', 'ours', 'asker', 'title', 'basis', 'kind'],
    ...['seconds', 'receivers', 'asked_on', 'due_on', 'short', 'known_from'],
  ])
  const charges = sheet('burden.charge', [
    ...['tenant_id', 'asking_id', 'body_id', 'month', 'asker', 'title', 'kind'],
    ...['asked_on', 'due_on', 'short', 'seconds', 'saved'],
  ])
  const complaints = sheet('burden.complaint', [
    'tenant_id',
    'complaint_id',
    'asking_id',
    'title',
    'kind',
    'text',
    'made_on',
    'due_on',
    'answer',
    'answered_on',
  ])

  function asked({ id, ownerId, ours, asker, title, kind, seconds, on, due, receivers }: Asked): void {
    const [askedOn, dueOn] = [dateText(on), due === null ? null : dateText(due)]
    const short = dueOn !== null && noticeDays(askedOn, dueOn, (date) => isWorking(day(date))) < rules.notice_working_days
    askings.add(
      ...[tenant, id, ownerId, ours, asker, title, ours ? '年度计划' : '外单位来文', kind],
      ...[seconds, receivers.length, askedOn, dueOn, short, momentText(moment(on, 9))],
    )
    const month = dateText(monthStart(on))
    for (const body of receivers) charges.add(tenant, id, body, month, asker, title, kind, askedOn, dueOn, short, seconds, 0)
    if (ours || !stream.chance(0.06)) return
    const [of, text, answer] = stream.pick(grievances)
    const made = workingDay(on + 1)
    const answered = workingDay(made + 3)
    if (answered > day(NOW)) return
    const closed = answer === null && answered < day(NOW) - 7 ? '已与提出单位沟通，今后不再发到支部。' : answer
    complaints.add(
      ...[tenant, stream.id(moment(made, 10)), id, title, of, text, dateText(made), dateText(workingDay(made + 7))],
      ...[closed, closed === null ? null : dateText(answered)],
    )
  }

  return {
    askings,
    charges,
    complaints,
    asked,
    request: ({ id, course: { kind }, asker, title, at, receivers }) => {
      const on = dayOf(at)
      if (on < SINCE) return
      const filled = new Set(kind.moves.filter(({ by }) => by === 'owner').flatMap(({ form }) => form ?? []))
      const fields = kind.fields.filter((field) => filled.has(field.id))
      const { seconds } = priceOf({ fields, minutes: kind.minutes }, [], { enough: rules.enough_fillings, fieldSeconds: rules.field_seconds })
      asked({ id, ownerId: asker.id, ours: true, asker: asker.name, title, kind: 'task', seconds, on, due: null, receivers })
    },
  }
}

/** What other bodies wanted of the branches of a county or of the city's offices, month by month; one in five in a hurry. */
export function others(city: City, book: ReturnType<typeof burdenBook>, stream: Random): void {
  const committees = city.orgs.filter(({ kind }) => kind === 'county-committee' || kind === 'work-committee')
  for (let first = SINCE; first < day(NOW); first = monthStart(first, 1))
    for (const committee of committees)
      for (let left = committee.kind === 'work-committee' ? 2 : 0.8; left > 0; left -= 1) {
        if (!stream.chance(left)) continue
        const on = workingDay(first + stream.between(0, 24))
        if (on >= day(NOW)) continue
        const below = city.orgs.filter(
          (org) =>
            isGrassroots(org) &&
            exists(org, on) &&
            (committee.kind === 'work-committee' ? org.unit.level === 'city' : org.unit.county === committee.unit.county),
        )
        const [title, kind, seconds] = stream.pick(wanted)
        const due = workingDay(on + (stream.chance(0.2) ? 1 : stream.between(7, 20)))
        const receivers = below.map(({ id }) => id)
        if (receivers.length > 0)
          book.asked({ id: stream.id(moment(on, 9)), ownerId: committee.id, ours: false, asker: stream.pick(askers), title, kind, seconds, on, due, receivers })
      }
}
