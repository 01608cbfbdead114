// Walks a matter through its kind's stages: in time or late, sent back, extended, recalled, or still open at the demonstration's present.
import type { By, Move, Stage } from '#modules/matter/matter-kinds.contract.ts'
import { NOW } from './city.ts'
import { day, dayOf, entryMoment, moment } from './days.ts'
import { type Course, deadline, extended, goOn, type Resting, rest, workingDay } from './matter-courses.ts'
import { type Fields, fieldsOf, noteOf } from './matter-texts.ts'
import type { Random } from './random.ts'

/** The demonstration's present, as a moment. */
export const PRESENT = moment(day(NOW), 9)
/** Why a request was taken back. */
export const TAKEN_BACK = '情况有变，不再需要。'
const MINUTE = 60_000
const DAY = 1440 * MINUTE

export interface Start {
  course: Course
  at: number
  /** 1 in named units: in time, never sent back, nothing given up. */
  quality: number
  fields: Fields
  /** The whole request is taken back at this moment. */
  recalledAt?: number
  /** When nothing below it is open any more; infinite while something is. */
  childrenDone?: number
}

export interface Step {
  move: string
  by: By
  from: string
  to: string
  at: number
  /** Since when it is in the stage that the step led to. */
  since: number
  due: number | null
  /** What of its clock rests while it is paused. */
  resting: Resting | null
  paused: boolean
  /** The owner was late in this step. */
  late: boolean
  fields: Fields
  note: string
}

/** A moment between two, about at this share of the way: on a working day in office hours where there is one. */
function between(from: number, until: number, share: number, stream: Random): number {
  const first = from + 5 * MINUTE
  const wished = dayOf(first + (until - first) * share)
  for (const on of [workingDay(wished), workingDay(wished, -1)]) {
    const at = entryMoment(on, stream)
    if (at > first && at < until) return at
  }
  return first + Math.floor((Math.min(Math.max(until - first, 0), 600 * MINUTE) * stream.next()) / 1000) * 1000
}

/** When a stage is left. Those who ask and check are always in time, the owner by its quality; without a clock within some weeks. */
function leaving({ quality }: Start, { clock }: Stage, move: Move, since: number, due: number | null, stream: Random): number {
  const lack = move.by === 'owner' ? 1 - quality : 0
  const first = move.guard?.when.includes('+ 365') ? since + 366 * DAY : since
  if (due === null) return between(first, first + 60 * DAY, stream.next(), stream)
  if (lack > 0 && stream.chance(0.01 + lack * 0.4)) return entryMoment(workingDay(dayOf(due) + 1 + Math.floor(stream.next() ** 2 * 25)), stream)
  return between(first, due, clock?.remind === undefined ? stream.next() : stream.next() ** 0.6, stream)
}

/** The moves that a stage is left by, as they fall: on, now and then back; given up rarely. */
function drawn({ course, quality, childrenDone }: Start, stage: Stage, backs: number, stream: Random): Move | undefined {
  const { on, back, drop } = course.ways.get(stage.id) ?? { on: [], back: [], drop: [] }
  const lack = 1 - quality
  if (drop.length > 0 && lack > 0 && childrenDone === undefined && stream.chance(0.004)) return stream.pick(drop)
  if (back.length > 0 && backs < 2 && lack > 0 && stream.chance(0.02 + lack * 0.5)) return stream.pick(back)
  // What was sent back for rewriting goes back to where it came from.
  if (on.length === 0) return back[0]
  return on.length < 2 || quality === 1 || stream.chance(0.7) ? on[0] : stream.pick(on)
}

/** Whether a move is made only once nothing below the matter is open: by its guard, or because it closes it. */
const waitsForChildren = ({ stages }: Course, { guard, to }: Move) => stages.get(to)?.end !== undefined || guard?.when.includes('children_open') === true

/** Every step of a matter up to the demonstration's present; the first opens it. */
export function walk(start: Start, stream: Random): Step[] {
  const { course, quality } = start
  const steps: Step[] = []
  let stage = course.kind.stages[0] as Stage
  let since = start.at
  let last = start.at
  let due = stage.clock === undefined ? null : deadline(stage.clock, since)
  let resting: Resting | null = null
  let backs = 0
  let extensions = 0
  const step = (move: string, by: By, to: Stage, at: number, fields: Fields, note: string) => {
    const from = move === 'open' ? '' : stage.id
    const paused = stage.pauses === true
    const late = due !== null && !paused && at > due
    if (to !== stage) {
      const own = to.clock === undefined ? null : deadline(to.clock, at)
      const before = due
      due = to.clock?.goes_on === true && resting !== null ? goOn(to.clock, rest(resting), at) : own
      if (to.pauses !== true) resting = null
      else if (!paused) resting = before === null ? null : { clock: stage.clock ?? { unit: 'days' }, at, due: before }
      stage = to
      since = at
    }
    last = at
    steps.push({ move, by, from, to: to.id, at, since, due, resting, paused: to.pauses === true, late, fields, note })
  }
  const make = (move: Move, at: number) => {
    step(move.id, move.by, course.stages.get(move.to) as Stage, at, fieldsOf(course.kind, move, at, quality, stream), noteOf(move))
  }
  step('open', course.kind.opened_by, stage, start.at, start.fields, '')
  while (stage.end === undefined) {
    const move = drawn(start, stage, backs, stream)
    if (move === undefined) break
    let at = leaving(start, stage, move, since, due, stream)
    if (
      move.by === 'owner' &&
      quality < 1 &&
      due !== null &&
      extensions === 0 &&
      start.recalledAt === undefined &&
      stage.clock?.extend !== undefined &&
      stream.chance((1 - quality) * 0.2)
    ) {
      const asked = between(since, due, 0.8, stream)
      const granted = between(asked, Math.min(asked + 3 * DAY, due), 0.4, stream)
      if (asked >= PRESENT) break
      extensions += 1
      step('extend-ask', 'owner', stage, asked, {}, '工作量较大，申请延期。')
      if (granted >= PRESENT) break
      due = extended(stage.clock, due)
      step('extend-grant', 'asker', stage, granted, {}, '同意延期。')
      at = Math.max(between(granted, due, 0.7, stream), granted + MINUTE)
    }
    if (start.childrenDone !== undefined && at <= start.childrenDone && waitsForChildren(course, move)) at = start.childrenDone + 5 * MINUTE
    const [repeated] = course.ways.get(stage.id)?.stay ?? []
    if (repeated !== undefined)
      for (let on = entryMoment(workingDay(dayOf(last) + 28), stream); on < Math.min(at, PRESENT); on = entryMoment(workingDay(dayOf(last) + 28), stream))
        make(repeated, on)
    // What was taken back is worked on no further than to its receipt.
    if (start.recalledAt !== undefined && steps.length > 1) at = Math.max(at, start.recalledAt)
    if (start.recalledAt !== undefined && at + MINUTE >= start.recalledAt) {
      step('recalled', 'asker', course.recalled ?? stage, start.recalledAt, {}, TAKEN_BACK)
      break
    }
    if (at >= PRESENT) break
    if (course.ways.get(stage.id)?.back.includes(move)) backs += 1
    make(move, Math.max(at, last + MINUTE))
  }
  return steps
}
