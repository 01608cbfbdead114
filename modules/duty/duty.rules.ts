// Which duties there are on a day, in which period, due when: pure, from the editions of the lists.
import { createHash } from 'node:crypto'
import { addDays } from '#base/dates.ts'
import type { Duty, DutyList, Seat } from './duty-lists.contract.ts'

/** A duty list as it was: in force from a day until the next begins. */
export interface Edition {
  list: string
  number: number
  hash: string
  from: string
  definition: DutyList
}

export interface Period {
  first: string
  last: string
  due: string
}

/** A duty in force, with the period in which the day lies (null: continuous) and the first day of the one before, where it held there too. */
export interface Standing {
  /** Its place among all, from 1. */
  n: number
  duty: Duty
  seat: Seat
  list: string
  listName: string
  edition: number
  period: Period | null
  before: Period | null
}

const lengths = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12, once: 12 } as const
const iso = (year: number, month: number): string => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)

/** The period of a duty in which a day lies [D3]; null for what is continuous, and for what is done once outside its year. */
export function periodOf({ rhythm, by }: Pick<Duty, 'rhythm' | 'by'>, day: string): Period | null {
  if (rhythm === 'continuous') return null
  const year = day.slice(0, 4)
  if (rhythm === 'once' && by?.slice(0, 4) !== year) return null
  const length = lengths[rhythm]
  const start = Math.floor((Number(day.slice(5, 7)) - 1) / length) * length
  const last = addDays(iso(Number(year), start + length), -1)
  return { first: iso(Number(year), start), last, due: by === undefined ? last : by.length === 5 ? `${year}-${by}` : by }
}

/** What a period is called: 2024年11月, 2024年第四季度, 2024年上半年, 2024年. */
export function periodName({ first, last }: Pick<Period, 'first' | 'last'>): string {
  const [from, to] = [Number(first.slice(5, 7)), Number(last.slice(5, 7))]
  const year = `${first.slice(0, 4)}年`
  if (to === from) return `${year}${to}月`
  if (to - from === 2) return `${year}第${['一', '二', '三', '四'][Math.floor((from - 1) / 3)] ?? ''}季度`
  return to - from === 5 ? `${year}${from === 1 ? '上' : '下'}半年` : year
}

/** The edition in force on a day; before the first began, the first, whose period it may have begun in [D2]. */
function editionOn(editions: readonly Edition[], day: string): Edition | undefined {
  return editions.findLast(({ from }) => from <= day) ?? editions[0]
}

/** The duties in force on a day, level by level in the order of their lists. `editions`: all of the tenant, by number. */
export function standingsOn(editions: readonly Edition[], day: string): Standing[] {
  const lists = Map.groupBy(editions, ({ list }) => list)
  const found = [...lists.values()].flatMap((all) =>
    all.flatMap((edition) => ofEdition(edition, all, day).map((one) => ({ ...one, order: edition.definition.order }))),
  )
  return found.sort((left, right) => left.order - right.order).map(({ order: _order, ...one }, index) => ({ ...one, n: index + 1 }))
}

function ofEdition(edition: Edition, all: readonly Edition[], day: string): Omit<Standing, 'n'>[] {
  const { definition, list, number, from } = edition
  if ((all[0]?.from ?? from) > day) return []
  return definition.seats.flatMap((seat) =>
    definition.duties
      .filter((duty) => duty.seat === seat.id)
      .flatMap((duty) => {
        const period = periodOf(duty, day)
        if (period === null && duty.rhythm !== 'continuous') return []
        if (editionOn(all, period?.first ?? day) !== edition) return []
        return [{ duty, seat, list, listName: definition.name, edition: number, period, before: period === null ? null : beforeOf(duty, period, all) }]
      }),
  )
}

/** The period before, where the list held in it and had the duty. */
function beforeOf(duty: Duty, { first }: Period, all: readonly Edition[]): Period | null {
  const before = periodOf(duty, addDays(first, -1))
  if (before === null || before.last < (all[0]?.from ?? '')) return null
  const then = editionOn(all, before.first)?.definition.duties.find(({ id }) => id === duty.id)
  return then?.rhythm === duty.rhythm ? before : null
}

/** The periods of a duty from the beginning of the day's year to the day, newest first, as far as its list held. */
export function periodsOf({ duty, period, list }: Standing, editions: readonly Edition[], day: string): Period[] {
  const begun = editions.find((one) => one.list === list)?.from ?? day
  const found: Period[] = []
  for (let one = period; one !== null && one.last >= begun && one.first.slice(0, 4) === day.slice(0, 4); one = periodOf(duty, addDays(one.first, -1)))
    found.push(one)
  return found
}

/** An id that follows from what it is of, so that the same is never made twice [D6]. */
export function idOf(...parts: string[]): string {
  const hex = createHash('sha256')
    .update(['dajuan', 'duty', ...parts].join('/'))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
