// Fills the organisations with invented people: members on chairs, terms and elections, posts, heads of units, moves between branches.
import { type City, exists, isGrassroots, NOW, type Org, type Person, type Plan, type Seat, START, type Unit } from './city.ts'
import { addYears, day, moment, NEVER, workday } from './days.ts'
import { personName } from './names.ts'
import { type Random, shuffled } from './random.ts'
import { reorganised } from './unit-names.ts'

const start = day(START)
const now = day(NOW)
const termYears: Partial<Record<Org['kind'], number>> = { committee: 5, 'discipline-committee': 5, 'general-branch': 3, branch: 3 }
/** Nobody changes office while the discipline study of April–July 2024 runs. */
const quietFrom = day('2024-03-25')
const quietUntil = day('2024-08-05')

function addPerson(city: City, stream: Random, kind: 'member' | 'expert' = 'member'): Person {
  const { name, sex } = personName(stream)
  const person: Person = { id: stream.id(moment(start, 9)), name, sex, born: stream.between(1964, 1998), outside: kind === 'expert' }
  city.persons.push(person)
  return person
}

/** Takes a chair's person away on a day and puts another on it. */
function replace(city: City, org: Org, seat: Seat, on: number, joins: 'full' | 'probationary', stream: Random): Seat {
  seat.until = on
  const next: Seat = { person: addPerson(city, stream), from: on, until: org.until, ...(joins === 'probationary' ? { fullFrom: addYears(on, 1) } : {}) }
  org.seats.push(next)
  return next
}

/** The chair at the head of the unit: it has no other post. */
const HEAD = 3

function fillBranch(city: City, org: Org, stream: Random): void {
  for (let chair = 0; chair < org.size; chair += 1) {
    const seat: Seat = { person: addPerson(city, stream), from: stream.between(org.from, start - 30), until: org.until }
    org.seats.push(seat)
    if (org.until === NEVER && org.unit.level !== 'city' && org.size >= 8 && chair >= org.chairs && stream.chance(0.12)) {
      seat.from = workday(stream.between(start + 30, now - 60))
      if (stream.chance(0.5)) seat.fullFrom = addYears(seat.from, 1)
      continue
    }
    if (org.until !== NEVER || chair < org.chairs || !stream.chance(0.14)) continue
    const on = workday(stream.between(start + 30, now - 20))
    replace(city, org, seat, on, org.size >= 8 && stream.chance(0.5) ? 'probationary' : 'full', stream)
  }
}

/** The branch whose first ten chairs carry the posts of a committee or general branch. */
function leadersBranch(city: City, org: Org): Org {
  const branch = city.orgs.find((other) => other.kind === 'branch' && other.parent === org)
  if (branch === undefined) throw new Error(`${org.name} has no branch`)
  return branch
}

const chair = (branch: Org, index: number): Person => {
  const seat = branch.seats[index]
  if (seat === undefined) throw new Error(`${branch.name} has no chair ${index}`)
  return seat.person
}

function holdTerms(org: Org, stream: Random): void {
  const years = termYears[org.kind]
  if (years === undefined) return
  let elected = org.from < start ? workday(addYears(start, -years) + stream.between(20, years * 365 - 20)) : workday(org.from + 14)
  for (;;) {
    const due = addYears(elected, years)
    org.terms.push({ elected, due })
    let next = workday(due - stream.between(3, 40))
    if (next >= quietFrom && next < quietUntil) next = workday(quietFrom - stream.between(10, 45))
    if (next >= Math.min(now, org.until)) return
    elected = next
  }
}

/** Secretary and the other posts; in four of ten organisations the secretary changed at the last election. */
function fillPosts(org: Org, people: { secretary: Person; before: Person; others: Array<[string, Person]> }, stream: Random): void {
  const last = org.terms.findLast((term) => term.elected > start + 60)
  const change = last !== undefined && stream.chance(0.4) ? last.elected : undefined
  if (change !== undefined) org.posts.push({ post: 'secretary', person: people.before, from: org.from, until: change })
  org.posts.push({ post: 'secretary', person: people.secretary, from: change ?? org.from, until: org.until })
  for (const [post, person] of people.others) org.posts.push({ post, person, from: org.from, until: org.until })
}

function fillOffices(city: City, org: Org, stream: Random): void {
  holdTerms(org, stream)
  if (org.kind === 'branch') {
    const others: Array<[string, Person]> = [['discipline-member', chair(org, 1)]]
    if (org.size >= 7) others.push(['organisation-member', chair(org, 4)])
    if (org.size >= 12) others.push(['publicity-member', chair(org, 5)])
    fillPosts(org, { secretary: chair(org, 0), before: chair(org, 2), others }, stream)
  } else if (org.kind === 'committee' || org.kind === 'general-branch') {
    const branch = leadersBranch(city, org)
    const others: Array<[string, Person]> =
      org.kind === 'committee'
        ? [
            ['full-time-deputy', chair(branch, 7)],
            ['deputy-secretary', chair(branch, 8)],
          ]
        : [['discipline-member', chair(branch, 7)]]
    fillPosts(org, { secretary: chair(branch, 6), before: chair(branch, 9), others }, stream)
  } else if (org.kind === 'discipline-committee' && org.parent !== null) {
    org.posts.push({ post: 'discipline-secretary', person: chair(leadersBranch(city, org.parent), 8), from: org.from, until: org.until })
  } else if (org.kind === 'county-committee' || org.kind === 'work-committee') {
    const branch = leadersBranch(city, org)
    fillPosts(org, { secretary: chair(branch, HEAD), before: chair(branch, HEAD), others: [] }, { ...stream, chance: () => false })
    const desks = org.kind === 'work-committee' ? branch.seats.slice(6, 12) : [branch.seats[5]]
    for (const seat of desks)
      if (seat !== undefined)
        org.posts.push({ post: org.kind === 'work-committee' ? 'desk' : 'county-desk', person: seat.person, from: org.from, until: org.until })
  }
}

/** Every unit has a first-responsible person on every day; three in ten changed once, with the branch's chair. */
function appointHead(city: City, unit: Unit, stream: Random): void {
  const branch = unit.orgs.find((org) => org.kind === 'branch')
  if (branch === undefined) throw new Error(`${unit.name} has no branch`)
  const seat = branch.seats[HEAD]
  if (seat === undefined) throw new Error(`${branch.name} has no chair for the head of the unit`)
  unit.heads.push({ person: seat.person, from: unit.from, until: unit.until })
  const ownSecretary = unit.orgs.some((org) => org.kind === 'county-committee' || org.kind === 'work-committee')
  if (unit.until !== NEVER || unit.from > start || ownSecretary || !stream.chance(0.3)) return
  const on = workday(stream.between(start + 100, day('2024-02-20')))
  const [first] = unit.heads
  if (first === undefined) return
  first.until = on
  unit.heads.push({ ...replace(city, branch, seat, on, 'full', stream), until: unit.until })
}

/** Members go from a branch that ends into those that follow it, chair by chair. */
function followOn(city: City, from: readonly Org[], into: readonly Org[], on: number): void {
  const members = from.flatMap((org) => org.seats.filter((seat) => exists(seat, on - 1)).map((seat) => seat.person))
  for (const [index, person] of members.entries()) {
    const target = into[index % into.length]
    if (target === undefined) continue
    target.seats.push({ person, from: on, until: target.until })
  }
  for (const org of into) org.size = org.seats.length
  const kind = into.length === 1 ? 'merge' : 'split'
  for (const old of from)
    for (const next of into) {
      city.lineage.push({ kind, on, from: old.id, to: next.id, note: `${old.name} → ${next.name}` })
      city.lineage.push({ kind, on, from: old.unit.id, to: next.unit.id, note: `${old.unit.name} → ${next.unit.name}` })
    }
}

/** Pairs of members of two branches that change places, in 2022 and 2023. */
function exchange(city: City, stream: Random): void {
  const branches = shuffled(
    city.orgs.filter((org) => org.kind === 'branch' && !org.unit.named && org.from < start && org.until === NEVER && org.size > org.chairs + 3),
    stream,
  )
  for (let i = 0; i + 1 < branches.length && i < 320; i += 2) {
    const [a, b] = [branches[i], branches[i + 1]]
    if (a === undefined || b === undefined) continue
    const on = workday(day('2022-02-10') + stream.between(0, 660))
    const free = (org: Org) => org.seats.slice(org.chairs, org.size).find((seat) => seat.until === NEVER && seat.from < start)
    const [left, right] = [free(a), free(b)]
    if (left === undefined || right === undefined) continue
    left.until = on
    right.until = on
    a.seats.push({ person: right.person, from: on, until: NEVER })
    b.seats.push({ person: left.person, from: on, until: NEVER })
  }
}

/** Leaves some invented organisations without their last election, so that their term is overdue. */
function forgetElections(city: City, count: number, stream: Random): void {
  const late = city.orgs.filter((org) => {
    const last = org.terms.at(-1)
    return (
      org.kind === 'branch' && !org.unit.named && org.from < start && last !== undefined && last.elected > day('2023-06-01') && last.elected < day('2024-10-15')
    )
  })
  for (const [index, org] of shuffled(late, stream).slice(0, count).entries()) {
    org.terms.pop()
    const due = org.terms.at(-1)?.due
    // Two of them asked beforehand, so the list shows what an exception looks like.
    if (index < 2 && due !== undefined) city.exceptions.push({ rule: 'term', body: org.id, reason: '报上级党组织同意，延期换届（演示数据）', from: due })
    const secretary = org.posts.filter((held) => held.post === 'secretary')
    const [former, current] = secretary
    if (former === undefined || current === undefined) continue
    // The election at which the secretary would have changed was not held.
    org.posts = [{ ...former, until: org.until }, ...org.posts.filter((held) => held.post !== 'secretary')]
  }
}

/** Fills the city with people. */
export function buildPeople(city: City, plan: Plan, stream: Random): void {
  const branches = city.orgs.filter((org) => org.kind === 'branch')
  for (const org of branches) if (org.from < start) fillBranch(city, org, stream)
  const branchOf = (name: string): Org[] => city.orgs.filter((org) => org.kind === 'branch' && org.unit.name === name)
  followOn(city, reorganised.merge.from.flatMap(branchOf), branchOf(reorganised.merge.into), day(reorganised.merge.on))
  followOn(city, branchOf(reorganised.split.from), reorganised.split.into.flatMap(branchOf), day(reorganised.split.on))
  for (const org of city.orgs) fillOffices(city, org, stream)
  for (const unit of city.units) appointHead(city, unit, stream)
  exchange(city, stream)
  forgetElections(city, plan.overdue, stream)
  for (let i = 0; i < plan.figures.experts; i += 1) city.experts.push(addPerson(city, stream, 'expert'))
  for (const org of city.orgs) if (isGrassroots(org) && org.terms.length === 0) throw new Error(`${org.name} has no term`)
}
