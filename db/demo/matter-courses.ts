// The kinds of matter as the demonstration walks them: which move leads on, which back, which stays, which gives up.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { isWorkingDay } from '#base/working-days.ts'
import { deadlineOf, extendedOf, goOnOf, remindAt, restOf } from '#modules/matter/matter-clock.rules.ts'
import type { Clock, MatterKind, Move, Stage } from '#modules/matter/matter-kinds.contract.ts'
import { dateText, dayOf } from './days.ts'

/** Moves from a stage, by where they lead. */
export interface Ways {
  on: Move[]
  back: Move[]
  stay: Move[]
  drop: Move[]
}

export interface Course {
  id: string
  hash: string
  kind: MatterKind
  stages: Map<string, Stage>
  ways: Map<string, Ways>
  /** Where a matter ends whose request is taken back. */
  recalled: Stage | undefined
}

const folder = new URL('../../packs/changzhi/matters/', import.meta.url)

/** What leads to a later stage of the file leads on, what leads to an earlier one back. */
function waysOf({ stages, moves }: MatterKind): Map<string, Ways> {
  const place = new Map(stages.map(({ id, end }, index) => [id, end === 'dropped' ? Number.POSITIVE_INFINITY : index]))
  return new Map(
    stages.map(({ id }, index) => {
      const to = (move: Move) => place.get(move.to) ?? 0
      const from = moves.filter((move) => move.from.includes(id))
      return [
        id,
        {
          on: from.filter((move) => to(move) > index && Number.isFinite(to(move))),
          back: from.filter((move) => to(move) < index),
          stay: from.filter((move) => to(move) === index),
          drop: from.filter((move) => !Number.isFinite(to(move))),
        },
      ]
    }),
  )
}

/** The kinds of the pack, by id. */
export function courses(): Map<string, Course> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return new Map(
    files.sort().map((name) => {
      const id = name.slice(0, -'.yaml'.length)
      const kind = parse(readFileSync(new URL(name, folder), 'utf8')) as MatterKind
      const hash = createHash('sha256').update(JSON.stringify(kind)).digest('hex')
      return [
        id,
        {
          id,
          hash,
          kind,
          stages: new Map(kind.stages.map((stage) => [stage.id, stage])),
          ways: waysOf(kind),
          recalled: kind.stages.find(({ end }) => end === 'dropped'),
        },
      ]
    }),
  )
}

const known = new Map<string, number>()

/** A stage's deadline. Days end at midnight, so each is reckoned once a day. */
export function deadline(clock: Clock, from: number): number {
  if (clock.unit === 'minutes' || clock.unit === 'hours') return deadlineOf(clock, new Date(from), isWorkingDay).getTime()
  const key = `${clock.within} ${clock.unit} ${dayOf(from)}`
  let at = known.get(key)
  if (at === undefined) known.set(key, (at = deadlineOf(clock, new Date(from), isWorkingDay).getTime()))
  return at
}

/** The deadline after an extension. */
export const extended = (clock: Clock, due: number): number => extendedOf(clock, new Date(due), isWorkingDay).getTime()

/** When a deadline is reminded of. */
export const reminder = (clock: Clock | undefined, since: number, due: number | null): number | null =>
  clock === undefined || due === null ? null : (remindAt(clock, new Date(since), new Date(due), isWorkingDay)?.getTime() ?? null)

/** A clock that was paused at a moment. */
export interface Resting {
  clock: Pick<Clock, 'unit'>
  at: number
  due: number
}

/** Minutes left of a clock that rests. */
export const rest = ({ clock, at, due }: Resting): number => restOf(clock, new Date(at), new Date(due), isWorkingDay)

/** The deadline of a clock that goes on with so many minutes. */
export const goOn = (clock: Clock, left: number, at: number): number => goOnOf(clock, left, new Date(at), isWorkingDay).getTime()

const works = new Map<number, boolean>()

/** True on a working day of the State Council's calendar. */
export function isWorking(at: number): boolean {
  let answer = works.get(at)
  if (answer === undefined) works.set(at, (answer = isWorkingDay(dateText(at))))
  return answer
}

/** The day itself, or the nearest working day in the direction. */
export function workingDay(at: number, direction: 1 | -1 = 1): number {
  let on = at
  while (!isWorking(on)) on += direction
  return on
}
