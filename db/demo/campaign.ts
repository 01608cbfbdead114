// The discipline study of April–July 2024. How many lectured, were warned, explained and discussed follows from these rows alone.
import { type City, exists, holder, isGrassroots, type Org, type Plan, roll, type Unit } from './city.ts'
import { day, workday } from './days.ts'
import type { Draft } from './ledger-rows.ts'
import { disciplineTopics, places, warnings } from './phrases.ts'
import { type Random, shuffled } from './random.ts'
import { absentees, choose } from './rhythm-orgs.ts'

const campaign = 'discipline-study-2024'
const from = day('2024-04-08')
const until = day('2024-07-25')

/** Named organisations first, then invented ones in an order in which quality helps a little and the county nothing. */
function chosen(orgs: readonly Org[], count: number, stream: Random): { in: Org[]; out: Org[] } {
  const weighed = orgs.map((org) => ({ org, weight: org.unit.named ? 10 : org.quality * 0.4 + stream.next() }))
  const order = weighed.sort((a, b) => b.weight - a.weight).map(({ org }) => org)
  return { in: order.slice(0, count), out: order.slice(count) }
}

function lectures(orgs: readonly Org[], plan: Plan, stream: Random): Draft[] {
  const drafts: Draft[] = []
  const lecture = (org: Org, bySecretary: boolean) => {
    const on = workday(stream.between(from, until))
    const person = bySecretary ? holder(org, 'secretary', on) : (holder(org, 'discipline-member', on) ?? holder(org, 'deputy-secretary', on))
    if (person === undefined) throw new Error(`${org.name} has nobody to lecture`)
    drafts.push({
      kind: 'party-lecture',
      unit: org.unit,
      org,
      day: on,
      title: `纪律党课${stream.pick(disciplineTopics)}`,
      place: stream.pick(places),
      firm: true,
      fields: { theme: 'discipline', by_secretary: bySecretary, campaign },
      people: [['lecturer', person]],
    })
  }
  const { in: lecturing, out: others } = chosen(orgs, plan.figures.lecturing, stream)
  for (const org of lecturing) {
    lecture(org, true)
    if (stream.chance(0.12)) lecture(org, true)
  }
  for (const org of others) if (stream.chance(0.6)) lecture(org, false)
  return drafts
}

function warningSessions(orgs: readonly Org[], plan: Plan, stream: Random): Draft[] {
  const drafts: Draft[] = []
  const session = (org: Org, concentrated: boolean) => {
    const [title, form] = choose(warnings, org.unit, 0, stream)
    drafts.push({
      kind: 'warning-education',
      unit: org.unit,
      org,
      day: workday(stream.between(from, until)),
      title,
      place: stream.pick(places),
      firm: true,
      fields: { concentrated, form, campaign },
    })
  }
  const { in: warned, out: others } = chosen(orgs, plan.figures.warned, stream)
  for (const org of warned) {
    session(org, true)
    if (stream.chance(0.2)) session(org, true)
  }
  for (const org of others) if (stream.chance(0.5)) session(org, false)
  return drafts
}

function discussions(branches: readonly Org[], stream: Random): Draft[] {
  const drafts: Draft[] = []
  const { in: discussing } = chosen(branches, Math.round(branches.length * 0.86), stream)
  for (const org of discussing) {
    for (let session = stream.between(org.unit.named ? 3 : 2, 3); session > 0; session -= 1) {
      const on = workday(stream.between(from, until))
      const members = roll(org, on)
      const host = holder(org, 'secretary', on)
      const topic = stream.pick(disciplineTopics)
      drafts.push({
        kind: 'study-discussion',
        unit: org.unit,
        org,
        day: on,
        title: `研讨${topic}`,
        place: stream.pick(places),
        firm: true,
        fields: { topic, campaign },
        people: host === undefined ? [] : [['host', host]],
        roll: members,
        absent: absentees(org, members, host, stream),
      })
    }
  }
  return drafts
}

function readings(city: City, units: readonly Unit[], stream: Random): Draft[] {
  const hosts = shuffled(
    units.filter((unit) => !unit.named || unit.orgs.some((org) => org.kind === 'county-committee' || org.kind === 'work-committee')),
    stream,
  )
  const drafts: Draft[] = []
  for (const [index, expert] of city.experts.entries()) {
    for (let time = stream.between(1, 3); time > 0; time -= 1) {
      const unit = hosts[(index * 3 + time) % hosts.length]
      const second = city.experts[(index + 1) % city.experts.length]
      if (unit === undefined || second === undefined) continue
      const people: Draft['people'] = [['expert', expert]]
      if (second !== expert && stream.chance(0.15)) people.push(['expert', second])
      drafts.push({
        kind: 'expert-reading',
        unit,
        day: workday(stream.between(from, until)),
        title: '纪律处分条例解读',
        place: stream.pick(places),
        firm: true,
        fields: { topic: stream.pick(disciplineTopics), audience: stream.between(40, 300), campaign },
        people,
      })
    }
  }
  return drafts
}

/** Every record of the discipline study. */
export function disciplineStudy(city: City, plan: Plan, stream: Random): Draft[] {
  const orgs = city.orgs.filter((org) => isGrassroots(org) && exists(org, from) && exists(org, until))
  const units = city.units.filter((unit) => exists(unit, from) && exists(unit, until))
  const branches = orgs.filter((org) => org.kind === 'branch')
  return [...lectures(orgs, plan, stream), ...warningSessions(orgs, plan, stream), ...discussions(branches, stream), ...readings(city, units, stream)]
}
