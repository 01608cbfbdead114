// What units do through the year: centre-group study, research, visits, deeds, training, talks, culture.
import { type City, exists, headOf, type Unit } from './city.ts'
import type { Draft } from './ledger-rows.ts'
import { cultures, deeds, outreachTopics, places, researchTopics, studyTopics, trainings } from './phrases.ts'
import type { Random } from './random.ts'
import { choose, held, inDisciplineStudy, type Month, someDay } from './rhythm-orgs.ts'

type Made = Pick<Draft, 'kind' | 'title' | 'place' | 'fields' | 'people'>

interface Yearly {
  /** Times a year, by level. */
  times: (unit: Unit) => number
  make: (unit: Unit, on: number, at: Month, stream: Random) => Made
}

const led = (unit: Unit, on: number, role: string): Draft['people'] => {
  const head = headOf(unit, on)
  return head === undefined ? [] : [[role, head]]
}

const yearly: readonly Yearly[] = [
  {
    times: (unit) => (unit.level === 'city' ? 12 : 8),
    make: (unit, on, at, stream) => {
      const topic = stream.pick(studyTopics)
      const campaign: Record<string, string> = inDisciplineStudy(at.first) && (stream.chance(0.6) || unit.named) ? { campaign: 'discipline-study-2024' } : {}
      return {
        kind: 'center-group-study',
        title: stream.chance(0.5) ? '中心组学习' : `学习${topic}`,
        place: '机关会议室',
        fields: { topic, ...campaign },
        people: led(unit, on, 'host'),
      }
    },
  },
  {
    times: () => 3,
    make: (unit, on, at, stream) => {
      const topic = stream.pick(researchTopics)
      const form = choose(['publicity', 'petitions', 'research', 'office'], unit, at.month >> 2, stream)
      return {
        kind: 'research',
        title: `${topic}调研`,
        fields: { topic, form, days: stream.between(1, 6), outcome: '形成调研报告' },
        people: led(unit, on, 'leader'),
      }
    },
  },
  {
    times: () => 4,
    make: (unit, on, _at, stream) => {
      const questions = stream.between(2, 15)
      const solved = unit.named ? questions : Math.round(questions * (1 - stream.next() * 0.4))
      return {
        kind: 'visit',
        title: '机关干部走访',
        fields: { households: stream.between(unit.named ? 30 : 5, 60), questions, solved },
        people: led(unit, on, 'leader'),
      }
    },
  },
  {
    times: () => 3,
    make: (unit, on, _at, stream) => {
      const done = unit.named || stream.chance(0.6 + unit.quality * 0.38)
      const fields = { for_whom: stream.pick(['public', 'grassroots', 'enterprise', 'farmer']), done, result: done ? '已办结并回访' : '正在办理' }
      return { kind: 'practical-deed', title: stream.pick(deeds), fields, people: led(unit, on, 'leader') }
    },
  },
  {
    times: () => 1,
    make: (_unit, _on, _at, stream) => ({
      kind: 'training',
      title: stream.pick(trainings),
      place: stream.pick(places),
      fields: { audience: stream.pick(['party-workers', 'youth', 'members']), hours: `${stream.between(4, 32)}`, places: stream.between(10, 80) },
    }),
  },
  {
    times: () => 1,
    make: (unit, _on, _at, stream) => {
      const topic = stream.pick(outreachTopics)
      return { kind: 'outreach-talk', title: topic, place: stream.pick(places), fields: { topic, audience: stream.between(unit.named ? 80 : 20, 200) } }
    },
  },
  {
    times: () => 1,
    make: (unit, _on, at, stream) => {
      const [title, form] = stream.pick(cultures)
      return {
        kind: 'culture-event',
        title,
        fields: { form, works: stream.between(unit.named ? 20 : 5, 60), ...(at.year >= 2022 ? { campaign: 'clean-office' } : {}) },
      }
    },
  },
  {
    times: (unit) => (unit.level === 'city' ? 1 : 0),
    make: (unit, on, _at, stream) => {
      const topic = stream.pick(studyTopics)
      return { kind: 'joint-study', title: '联组共学', place: '机关会议室', fields: { topic, partners: '两家示例单位' }, people: led(unit, on, 'host') }
    },
  },
]

/** Everything that units did in a month: each kind falls on months of its own, spread over the year from unit to unit. */
export function unitsMonth(city: City, at: Month, stream: Random, add: (draft: Draft) => void): void {
  for (const [place, unit] of city.units.entries()) {
    if (unit.from >= at.next || unit.until <= at.first) continue
    for (const [index, { times, make }] of yearly.entries()) {
      const perYear = times(unit)
      const turn = (at.month - 1 + place * 5 + index * 7) % 12
      const falls = Math.floor(((turn + 1) * perYear) / 12) - Math.floor((turn * perYear) / 12)
      if (falls === 0 || !held(unit.quality, stream)) continue
      const on = someDay(at, stream)
      if (exists(unit, on)) add({ ...make(unit, on, at, stream), unit, day: on })
    }
  }
}
