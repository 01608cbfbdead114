// What is asked for and opened month by month: requests to all, to a county, below a committee; and single matters of every kind of the pack.
import type { BurdenBook } from './burden.ts'
import { type City, exists, isGrassroots, type Org, type Plan, type Unit } from './city.ts'
import { dayOf, entryMoment, moment } from './days.ts'
import { type Course, isWorking, workingDay } from './matter-courses.ts'
import type { MatterBook, Opening } from './matter-rows.ts'
import { fieldsOf, titleOf } from './matter-texts.ts'
import { PRESENT } from './matter-walk.ts'
import type { Random } from './random.ts'
import { type Month, monthsFrom } from './rhythm-orgs.ts'

/** How much is asked for in each month of a year. */
const season = [1.1, 0.5, 1.3, 1.1, 1, 1.4, 1, 0.6, 1.1, 0.8, 1.2, 1.4]

/** How many matters of a kind a body has in a year; those of shortfall grow with what is lacking and leave out the named units. */
const yearly: Record<string, { each: number; shortfall?: true }> = {
  task: { each: 0 },
  'clean-unit': { each: 0.01 },
  rectification: { each: 12, shortfall: true },
  'style-problem': { each: 3, shortfall: true },
  promise: { each: 1.2 },
  visit: { each: 0.7 },
  'field-work': { each: 0.7 },
  commitment: { each: 0.6 },
  admission: { each: 0.6 },
  'ten-ones': { each: 0.5 },
  roadmap: { each: 0.2 },
  'notice-item': { each: 0.2 },
  election: { each: 0.2 },
  'training-class': { each: 0.12 },
  brand: { each: 0.06 },
  'demonstration-site': { each: 0.04 },
  'discipline-setup': { each: 0.2 },
  practice: { each: 0.04 },
}
const USUAL = { each: 0.1 }

interface Body {
  unit: Unit
  org?: Org
  from: number
  until: number
  quality: number
}

/** A working day, sooner Monday to Wednesday; in the last month before the present. */
function openingMoment({ first, next }: Month, stream: Random): number {
  const last = Math.min(next - 1, dayOf(PRESENT) - 1)
  for (let tries = 0; ; tries += 1) {
    const on = stream.between(first, last)
    if (isWorking(on) && (tries > 9 || (on + 4) % 7 <= 3 || stream.chance(0.6))) return entryMoment(on, stream)
  }
}

interface Making {
  city: City
  kinds: Map<string, Course>
  book: MatterBook
  burden: Pick<BurdenBook, 'request'>
  stream: Random
  /** Who may have a matter of each kind, by unit. */
  bodies: Map<string, Map<Unit, Body[]>>
}

/** Who may have a matter of the kind. */
function bodiesOf({ kind }: Course, { units, orgs }: City): Body[] {
  if (kind.of === 'unit')
    return units
      .filter((unit) => kind.of_kinds?.includes(unit.kind) ?? true)
      .map((unit) => ({ unit, from: unit.from, until: unit.until, quality: unit.named ? 1 : unit.quality }))
  const may = (org: Org) => kind.of_kinds?.includes(org.kind) ?? isGrassroots(org)
  return orgs.filter(may).map((org) => ({ unit: org.unit, org, from: org.from, until: org.until, quality: org.unit.named ? 1 : org.quality }))
}

const rootOf = (city: City): Org => {
  const root = city.orgs.find(({ kind }) => kind === 'work-committee')
  if (root === undefined) throw new Error('the city has no work committee')
  return root
}

/** Who asks a body: the organisation above it, a county's committee in its county, else the work committee. */
function committees(city: City): (body: Body) => string {
  const counties = new Map(city.orgs.filter(({ kind }) => kind === 'county-committee').map((org) => [org.unit.county, org]))
  const root = rootOf(city)
  return ({ unit, org }) => {
    const own = org?.parent ?? (unit.level === 'city' ? root : counties.get(unit.county)) ?? root
    return own === org ? root.id : own.id
  }
}

/** Opens a matter, those below it first, and those that its moves start. */
function open(making: Making, body: Body, opening: Opening): void {
  const { kinds, bodies, book, stream } = making
  const id = book.id(opening.at)
  const below = [...kinds.values()].filter(({ kind }) => kind.part_of === opening.course.id)
  let childrenDone: number | undefined
  for (const course of below) {
    const mates = bodies.get(course.id)?.get(body.unit) ?? []
    for (let count = mates.length === 0 ? 0 : stream.between(1, 3); count > 0; count -= 1) {
      const mate = stream.pick(mates)
      const at = entryMoment(workingDay(dayOf(opening.at) + stream.between(3, body.quality === 1 ? 5 : 20)), stream)
      if (at >= PRESENT || !exists(mate, dayOf(at))) continue
      const steps = book.add(book.id(at), single(course, mate, opening.askerId, at, stream, { parentId: id }))
      const last = steps.at(-1)
      const ended = last !== undefined && course.stages.get(last.to)?.end !== undefined
      childrenDone = Math.max(childrenDone ?? 0, ended ? last.at : Number.POSITIVE_INFINITY)
    }
  }
  const steps = book.add(id, { ...opening, ...(childrenDone === undefined ? {} : { childrenDone }) })
  for (const { move, at } of steps) {
    const started = opening.course.kind.moves.find((other) => other.id === move)?.starts
    const course = started === undefined ? undefined : kinds.get(started.kind)
    if (course !== undefined)
      open(making, body, single(course, body, opening.askerId, at, stream, { originId: id, ...(started?.title === undefined ? {} : { title: started.title }) }))
  }
}

function single(course: Course, { unit, org, quality }: Body, askerId: string | null, at: number, stream: Random, more: Partial<Opening> = {}): Opening {
  const { kind, id } = course
  const fields = fieldsOf(kind, kind, at, quality, stream)
  return { course, unit, ...(org === undefined ? {} : { org }), askerId, title: titleOf(id, kind, stream), at, fields, ...more }
}

/** One request to many, a matter each; now and then it is taken back the next day. */
function ask(making: Making, course: Course, asker: Org, receivers: Body[], at: number, title: string): void {
  const { book, burden, stream } = making
  const askerId = asker.id
  const those = receivers.filter((body) => exists(body, dayOf(at)))
  if (those.length === 0) return
  const fields = fieldsOf(course.kind, course.kind, at, 1, stream)
  const taken = stream.chance(0.015) ? entryMoment(workingDay(dayOf(at) + 1), stream) : undefined
  const recalledAt = taken === undefined || taken >= PRESENT ? {} : { recalledAt: taken }
  const requestId = book.ask({ course, title, askerId, fields, at, receivers: those.length, ...recalledAt })
  burden.request({ id: requestId, course, asker, title, at, receivers: those.map(({ unit, org }) => (org ?? unit).id) })
  for (const body of those) book.add(book.id(at), { ...single(course, body, askerId, at, stream, { fields, title, requestId }), ...recalledAt })
}

/** The requests of a month: the work committee's to all and to the city's, each county's to its own, committees' to what is below them. */
function requests(making: Making, task: Course, bodies: Body[], at: Month): void {
  const { city, stream } = making
  const usual = season[at.month - 1] ?? 1
  const root = rootOf(city)
  const some = (times: number, asker: Org, receivers: () => Body[]) => {
    for (let left = times * usual; left > 0; left -= 1)
      if (stream.chance(left)) ask(making, task, asker, receivers(), openingMoment(at, stream), titleOf(task.id, task.kind, stream))
  }
  some(0.4, root, () => bodies)
  some(0.8, root, () => bodies.filter(({ unit }) => unit.level === 'city'))
  for (const org of city.orgs) if (org.kind === 'county-committee') some(0.25, org, () => bodies.filter(({ unit }) => unit.county === org.unit.county))
  for (const org of city.orgs)
    if (org.kind === 'committee' && org.from < at.next && org.until > at.first)
      some(0.4, org, () => bodies.filter((body) => body.org?.parent === org && body.org.kind !== 'committee'))
}

/** Adds every matter to the book, a month at a step. */
export function* matters(
  city: City,
  kinds: Map<string, Course>,
  book: MatterBook,
  burden: Pick<BurdenBook, 'request'>,
  plan: Plan,
  stream: Random,
): Generator<{ done: number; total: number }> {
  const months = monthsFrom(plan.from)
  const above = committees(city)
  const all = new Map([...kinds.values()].map((course) => [course.id, bodiesOf(course, city)]))
  const making: Making = { city, kinds, book, burden, stream, bodies: new Map([...all].map(([id, bodies]) => [id, Map.groupBy(bodies, ({ unit }) => unit)])) }
  const task = kinds.get('task')
  const tasked = all.get('task') ?? []
  for (const [index, at] of months.entries()) {
    const usual = (season[at.month - 1] ?? 1) / 12
    if (task !== undefined) requests(making, task, tasked, at)
    for (const course of kinds.values()) {
      const { each, shortfall } = { shortfall: undefined, ...(yearly[course.id] ?? USUAL) }
      if (course.kind.part_of !== undefined || each === 0) continue
      for (const body of all.get(course.id) ?? []) {
        if (!stream.chance(each * usual * (shortfall === true ? 1 - body.quality : 1))) continue
        const opened = openingMoment(at, stream)
        if (!exists(body, dayOf(opened))) continue
        open(making, body, single(course, body, course.kind.opened_by === 'owner' ? null : above(body), opened, stream))
      }
    }
    yield { done: index + 1, total: months.length }
  }
  // Two days before the present everybody was asked, so that every workbench has something to do.
  if (task !== undefined) ask(making, task, rootOf(city), tasked, moment(dayOf(PRESENT) - 2, 9.5), '报送年度党建工作总结')
}
