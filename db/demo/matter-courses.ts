// The kinds of matter as the demonstration walks them: which move leads on, which back, which stays, which gives up.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { isWorkingDay } from '#base/working-days.ts'
import { deadlineOf, extendedOf, goOnOf, restOf } from '#modules/matter/matter-clock.rules.ts'
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

/** How many moves lead from each stage to an end where the matter is done. */
function distances({ stages, moves }: MatterKind): Map<string, number> {
  const far = new Map(stages.filter(({ end }) => end === 'done').map(({ id }) => [id, 0]))
  for (let grown = true; grown; ) {
    grown = false
    for (const { from, to } of moves) {
      const next = far.get(to)
      if (next === undefined) continue
      for (const id of from)
        if ((far.get(id) ?? Number.POSITIVE_INFINITY) > next + 1) {
          far.set(id, next + 1)
          grown = true
        }
    }
  }
  return far
}

function waysOf(kind: MatterKind): Map<string, Ways> {
  const far = distances(kind)
  const dropped = new Set(kind.stages.filter(({ end }) => end === 'dropped').map(({ id }) => id))
  return new Map(
    kind.stages.map(({ id }) => {
      const ways: Ways = { on: [], back: [], stay: [], drop: [] }
      for (const move of kind.moves.filter(({ from }) => from.includes(id))) {
        if (dropped.has(move.to)) ways.drop.push(move)
        else if (move.to === id) ways.stay.push(move)
        else ways[(far.get(move.to) ?? 0) < (far.get(id) ?? 0) ? 'on' : 'back'].push(move)
      }
      return [id, ways]
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
