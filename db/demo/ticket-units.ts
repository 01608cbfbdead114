// Who settles what: each category of the pack, in each county and township, comes to one unit of the city.
import type { Category, HotlinePack, TicketClass } from '#modules/hotline/hotline.pack.ts'
import { type Piece, textPiece, uuidPiece } from './binary.ts'
import type { City, Unit } from './city.ts'
import { NEVER } from './days.ts'
import type { Random } from './random.ts'
import { spotsOf, wordsOf } from './ticket-texts.ts'

/** A unit that handles tickets. Named units do everything in time (quality 1). */
export interface Handler {
  id: string
  piece: Piece
  quality: number
}

/** A township with the places that tickets come from; `county` is its code of six digits. */
export interface Place {
  county: string
  countyPiece: Piece
  name: string
  short: string
  handler: Handler
  spots: readonly string[]
}

/** A category with what is needed of it often. */
export interface Topic {
  id: string
  piece: Piece
  class: TicketClass
  words: ReturnType<typeof wordsOf>
  /** Share of the tickets in each month, January first. */
  season: readonly number[]
  night: boolean
  /** How often it is answered directly. */
  direct: number
  handlerAt: (place: Place) => Handler
}

/** Weight and season by category; others weigh 1 in every month. */
const winter = [3.2, 2.4, 1.2, 0.15, 0.05, 0.05, 0.05, 0.05, 0.1, 0.9, 3.4, 3.4]
const summer = [0.6, 0.6, 0.7, 0.9, 1.2, 1.6, 1.8, 1.8, 1.2, 0.8, 0.6, 0.6]
const weights: Record<string, { weight: number; season?: readonly number[]; night?: true }> = {
  ...{ heating: { weight: 7, season: winter }, water: { weight: 3.4, season: summer }, gas: { weight: 1.2 }, power: { weight: 2.2, season: summer } },
  ...{
    noise: { weight: 4.6, season: summer, night: true },
    parking: { weight: 3.6 },
    property: { weight: 4.2 },
    refunds: { weight: 4.4 },
    stalls: { weight: 1.8, season: summer, night: true },
  },
  ...{
    pensions: { weight: 3.2 },
    medical: { weight: 3.4 },
    permits: { weight: 3.4 },
    'transport-permits': { weight: 2.6 },
    taxes: { weight: 1.8 },
    wages: { weight: 2.6 },
  },
  ...{
    schools: { weight: 1.6, season: [0.6, 0.6, 0.7, 0.8, 1, 1.8, 2.2, 2.4, 1, 0.4, 0.4, 0.4] },
    veterans: { weight: 0.4 },
    disabled: { weight: 0.4 },
    tobacco: { weight: 0.3 },
  },
  ...{
    lifts: { weight: 0.5 },
    manholes: { weight: 0.6 },
    'illegal-building': { weight: 0.9 },
    renewal: { weight: 0.8 },
    trees: { weight: 0.7, season: summer },
    sewage: { weight: 1.1, season: summer },
  },
}
/** How often a class is answered directly. */
const direct: Record<string, number> = { consultation: 0.8, ordinary: 0.27, complaint: 0.2, utility: 0.28, danger: 0, complex: 0.04 }
const even = Array.from({ length: 12 }, () => 1)

const isThere = (unit: Unit): boolean => unit.until === NEVER && unit.from < Date.parse('2020-07-01') / 86_400_000
const handlers = new WeakMap<Unit, Handler>()

function handlerOf(unit: Unit): Handler {
  let known = handlers.get(unit)
  if (known === undefined) handlers.set(unit, (known = { id: unit.id, piece: uuidPiece(unit.id), quality: unit.named ? 1 : Math.min(0.99, unit.quality) }))
  return known
}

/** The townships of the city. */
export function placesOf(city: City, stream: Random): Place[] {
  return city.units
    .filter((unit) => unit.level === 'township' && isThere(unit))
    .map((unit) => {
      const name = unit.name.replace('（示例）', '')
      const short = name.startsWith(unit.county) ? name.slice(unit.county.length) : name
      const county = unit.division.slice(0, 6)
      return { county, countyPiece: textPiece(county), name, short, handler: handlerOf(unit), spots: spotsOf(short, short.endsWith('街道'), stream) }
    })
}

/** Units that a ticket may be sent to by mistake: all say 示例. */
export function wrongOnes(city: City): Handler[] {
  return city.units.filter((unit) => !unit.named && unit.level !== 'township' && unit.class === 'government' && isThere(unit)).map(handlerOf)
}

/** The categories of the pack. In a city without a unit that the pack names, the first invented one of the county settles it. */
export function topicsOf(pack: HotlinePack, city: City): Topic[] {
  const byName = new Map(city.units.map((unit) => [unit.name, unit]))
  const inCounty = Map.groupBy(
    city.units.filter((unit) => unit.level === 'county' && isThere(unit)),
    (unit) => unit.division.slice(0, 6),
  )
  const spare = city.units.find((unit) => !unit.named && unit.level === 'city' && isThere(unit)) as Unit
  const settles = ({ unit: name = '', in_county }: Category, county: string): Unit => {
    const own = byName.get(name)
    const offices = inCounty.get(county) ?? []
    const office = in_county === true && own?.line != null ? offices.find(({ line }) => line === own.line) : undefined
    return office ?? own ?? offices.find(({ named }) => !named) ?? spare
  }
  return pack.categories.flatMap((group) =>
    group.items.map((item): Topic => {
      const known = new Map<string, Handler>()
      const { weight = 1, season = even, night = false } = { season: undefined, night: undefined, ...weights[item.id] }
      const id = item.class ?? group.class
      const class_ = pack.classes.find((one) => one.id === id)
      if (class_ === undefined) throw new Error(`no class of tickets is called ${id}`)
      const scale = weight / (season.reduce((sum, one) => sum + one, 0) / 12)
      return {
        ...{
          id: item.id,
          piece: textPiece(item.id),
          class: class_,
          words: wordsOf(item.id),
          season: season.map((one) => one * scale),
          night,
          direct: direct[id] ?? 0.2,
        },
        handlerAt: ({ county, handler }) => {
          if (item.township === true) return handler
          let found = known.get(county)
          if (found === undefined) known.set(county, (found = handlerOf(settles(item, county))))
          return found
        },
      }
    }),
  )
}
