// Clocks counted minute by minute over ten years, to hold the arithmetic of matter-clock.rules.ts against. Knows the days of China from the
// time zone database, not from arithmetic; knows nothing of midnights, spans or whole days at once.
import type { Calendar } from '#base/working-days.ts'
import { deadlineOf, extendedOf, goOnOf, restOf } from './matter-clock.rules.ts'
import type { Clock } from './matter-kinds.contract.ts'

const MINUTE = 60_000
const FIRST = '2016-12-31T16:00:00Z'
const YEARS = 10
/** The table goes on after the ten years, for deadlines that end later. */
const HOURS = Math.round((YEARS + 2) * 365.25 * 24)
const START = Date.parse(FIRST)

interface Minutes {
  day: Uint16Array
  works: Uint8Array
}

/** The day of each minute, as a number, and whether it is worked. */
function minutesOf(works: Calendar): Minutes {
  const china = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
  const table: Minutes = { day: new Uint16Array(HOURS * 60), works: new Uint8Array(HOURS * 60) }
  let [day, last] = [-1, '']
  for (let hour = 0; hour < HOURS; hour += 1) {
    const date = china.format(START + hour * 60 * MINUTE)
    if (date !== last) day += 1
    last = date
    table.day.fill(day, hour * 60, hour * 60 + 60)
    table.works.fill(works(date) ? 1 : 0, hour * 60, hour * 60 + 60)
  }
  return table
}

const runs = (table: Minutes, unit: Clock['unit'], minute: number): boolean => unit !== 'working-days' || table.works[minute] === 1

/** The deadline of a clock that starts at a moment. */
function walkedDeadline(table: Minutes, { within, unit }: Pick<Clock, 'within' | 'unit'>, from: number): number {
  let minute = Math.floor((from - START) / MINUTE)
  if (unit === 'minutes' || unit === 'hours') {
    for (let left = unit === 'hours' ? within * 60 : within; left > 0; left -= 1) minute += 1
    return START + minute * MINUTE + ((from - START) % MINUTE)
  }
  for (let left = within; left > 0; ) {
    minute += 1
    if (table.day[minute] !== table.day[minute - 1] && runs(table, unit, minute)) left -= 1
  }
  while (table.day[minute + 1] === table.day[minute]) minute += 1
  return START + minute * MINUTE + 59_000
}

/** Whole minutes between a full minute and a deadline in which the clock runs. */
function walkedRest(table: Minutes, unit: Clock['unit'], at: number, due: number): number {
  let left = 0
  for (let minute = (at - START) / MINUTE; START + (minute + 1) * MINUTE <= due; minute += 1) if (runs(table, unit, minute)) left += 1
  return left
}

/** Where a clock ends that goes on at a full minute with so many minutes left. */
function walkedOn(table: Minutes, unit: Clock['unit'], minutes: number, at: number): number {
  let minute = (at - START) / MINUTE
  for (let left = minutes; left > 0; minute += 1) if (runs(table, unit, minute)) left -= 1
  return START + minute * MINUTE
}

const UNITS = ['minutes', 'hours', 'days', 'working-days'] as const
const MOST = { minutes: 5000, hours: 300, days: 60, 'working-days': 30 }

export interface ClocksCompared {
  clocks: number
  different: string[]
}

/**
 * Draws clocks, lets each start, be extended or not, rest and go on, and compares every moment and every rest with the walk.
 * @param draw a number from 0 up to 1
 */
export function compareClocks(clocks: number, draw: () => number, works: Calendar): ClocksCompared {
  const table = minutesOf(works)
  const whole = (most: number): number => Math.floor(draw() * most)
  const different: string[] = []
  for (let n = 0; n < clocks; n += 1) {
    const unit = UNITS[whole(4)] ?? 'days'
    const clock: Clock = { unit, within: 1 + whole(MOST[unit]), extend: { times: 1, by: 1 + whole(5) } }
    const from = START + whole(YEARS * 365 * 24 * 60) * MINUTE + whole(60) * 1000
    const due = deadlineOf(clock, new Date(from), works)
    const longer = extendedOf(clock, due, works)
    const rests = Math.ceil(from / MINUTE) * MINUTE + whole((due.getTime() - from) / MINUTE + 60) * MINUTE
    const left = restOf(clock, new Date(rests), due, works)
    const again = rests + whole(30 * 24 * 60) * MINUTE
    const end = goOnOf(clock, left, new Date(again), works)
    const ours = [due.getTime(), longer.getTime(), left, end.getTime()]
    const theirs = [
      walkedDeadline(table, clock, from),
      walkedDeadline(table, { within: clock.extend?.by ?? 0, unit }, due.getTime()),
      walkedRest(table, unit, rests, due.getTime()),
      walkedOn(table, unit, left, again),
    ]
    const wrong = ours.findIndex((one, at) => one !== theirs[at])
    if (wrong >= 0)
      different.push(
        `${clock.within} ${unit} from ${new Date(from).toISOString()}: ${['deadline', 'extended', 'rest', 'going on'][wrong]} ${ours[wrong]}, walked ${theirs[wrong]}`,
      )
  }
  return { clocks, different }
}
