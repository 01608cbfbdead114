// The endpoints of the seven rates, of hot spots and sudden rises, and of how the counts are kept.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, orNull } from '#base/schemas.ts'
import { allCounters, type RateCounts } from './rates.rules.ts'

const Month = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])$' })
/** Counts from which every rate follows (`rateOf` in rates.rules.ts). */
const Counts = Type.Unsafe<RateCounts>(Type.Object(Object.fromEntries(allCounters.map((name) => [name, Type.Integer()]))))

const byOf = ['unit', 'category', 'county', 'channel', 'class', 'month'] as const
export type By = (typeof byOf)[number]
export const byNames: Record<By, string> = { unit: '单位', category: '类别', county: '县区', channel: '渠道', class: '等级', month: '月份' }

export const RatesQuery = Type.Object(
  {
    from: Type.Optional(Month),
    to: Type.Optional(Month),
    by: Type.Optional(Type.Unsafe<By>(Type.Union(byOf.map((one) => Type.Literal(one))))),
    asOf: Type.Optional(Day),
  },
  closed,
)
export type RatesQuery = Static<typeof RatesQuery>

export const RateGroup = Type.Object({
  /** Empty for tickets that no unit holds, or that are of no county. */
  key: Type.String(),
  name: Type.String(),
  /** Of a category its group; of a unit its county. */
  of: Type.String(),
  counts: Counts,
})
export type RateGroup = Static<typeof RateGroup>

const RateValue = Type.Object({
  ...{ id: Type.String(), name: Type.String(), numerator: Type.Integer(), denominator: Type.Integer(), value: orNull(Type.String()) },
  range: orNull(Type.Object({ low: Type.String(), high: Type.String() })),
})

export const RatesPage = Type.Object({
  /** Days of the period, both included: tickets received in it. */
  from: Type.String(),
  to: Type.String(),
  by: Type.String(),
  /** The moment as of which it is counted. */
  at: Type.String(),
  past: Type.Boolean(),
  /** The whole city, whoever reads. */
  total: Counts,
  rates: Type.Array(RateValue),
  /** Received before the period and open when it began: closed since, still open. In none of the rates. */
  carried: Type.Object({ closed: Type.Integer(), open: Type.Integer() }),
  /** By the dimension asked for; of units those that the reader sees. */
  groups: Type.Array(RateGroup),
  /** How many groups there are in all: "you see 12 of 688". */
  groupsInAll: Type.Integer(),
  wholeCity: Type.Boolean(),
})
export type RatesPage = Static<typeof RatesPage>

export const readRates = endpoint({
  id: 'hotline.rates',
  method: 'GET',
  path: '/api/hotline/rates',
  summary:
    'The seven rates of tickets received in some months, by unit, category, county, channel, class or month, as of now or as of the end of a past day; the city’s total and the groups that the reader sees',
  needs: 'hotline.read',
  reach: 'tenant',
  // What changed after the moment is little or much: a plan for any moment reads every ticket.
  plannedAnew: true,
  query: RatesQuery,
  reply: RatesPage,
})
export const exportRates = endpoint({
  id: 'hotline.rates-export',
  method: 'POST',
  path: '/api/hotline/rates/export',
  summary: 'The same as csv, numerators and denominators beside each rate; leaves an audit entry',
  needs: 'hotline.read',
  reach: 'tenant',
  plannedAnew: true,
  body: RatesQuery,
  reply: Type.String(),
})

const Spot = { category: Type.String(), categoryName: Type.String(), county: Type.String(), countyName: Type.String(), count: Type.Integer() }
export const RiseRow = Type.Object({
  ...Spot,
  before: Type.Array(Type.Integer()),
  ...{ mean: Type.Number(), spread: Type.Number(), threshold: Type.Number(), isRise: Type.Boolean() },
})
export type RiseRow = Static<typeof RiseRow>
export const PlaceRow = Type.Object({ ...Spot, place: Type.String(), open: Type.Integer(), relapsed: Type.Integer() })
export type PlaceRow = Static<typeof PlaceRow>

export const readHotSpots = endpoint({
  id: 'hotline.hot-spots',
  method: 'GET',
  path: '/api/hotline/hot-spots',
  summary:
    'Sudden rises by category and county of the last seven days against the weeks before, and places from which the same is asked again; of the tickets that the reader sees',
  needs: 'hotline.read',
  sees: 'hotline.read',
  reply: Type.Object({
    from: Type.String(),
    to: Type.String(),
    /** Beginning of the place's days. */
    placesFrom: Type.String(),
    placesLeast: Type.Integer(),
    rises: Type.Array(RiseRow),
    /** How many pairs of category and county were looked at. */
    lookedAt: Type.Integer(),
    places: Type.Array(PlaceRow),
  }),
})

export const readCounting = endpoint({
  id: 'hotline.counting',
  method: 'GET',
  path: '/api/hotline/counting',
  summary: 'Whether the kept counts equal a recount of all tickets: the last nightly recount, and changes that wait to be folded in',
  needs: 'hotline.read',
  reach: 'tenant',
  reply: Type.Object({
    waiting: Type.Integer(),
    recount: orNull(Type.Object({ at: Type.String(), milliseconds: Type.Integer(), tickets: Type.Integer(), differences: Type.Integer() })),
  }),
})
