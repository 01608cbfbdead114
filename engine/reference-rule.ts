// Scoring rules computed one subject at a time, for the reference. Null means the data is missing.
import {
  add,
  ceiling,
  compare,
  comparePlaces,
  type Decimal,
  decimal,
  divide,
  floor,
  greatest,
  least,
  multiply,
  one,
  round,
  subtract,
  whole,
  zero,
} from '#base/decimal.ts'
import type { Expr } from '#engine/expr.ts'
import type { ItemIr, PeerName, RuleIr } from '#engine/ir.ts'
import { evaluateCel, type Lookup, numberOf } from '#engine/reference-cel.ts'

/** What an item's peers give a subject: its place (the least of its equals) and how many share it, and the peers' x that it is compared with. */
export interface Standing {
  place: number
  equals: number
  others: Decimal[]
}

const near = (value: Decimal): Decimal => round(value, comparePlaces)

/** The rule's points before rounding and limits. */
export function rulePoints(item: ItemIr, x: Decimal | null, lookup: Lookup, standing: Standing | null): Decimal | null {
  const full = decimal(item.points ?? '0')
  const rule = item.rule
  const amount = (expr: Expr): Decimal | null => numberOf(expr, lookup)
  switch (rule.kind) {
    case 'proportional': {
      const target = amount(rule.target)
      const ratio = x === null || target === null ? null : divide(x, target)
      if (ratio === null) return null
      return multiply(full, compare(near(ratio), decimal(rule.cap)) > 0 ? decimal(rule.cap) : ratio)
    }
    case 'tiers': {
      if (x === null) return null
      const row = rule.table.find(({ bound }) => {
        const limit = amount(bound)
        return limit !== null && fits(compare(near(x), near(limit)), rule.compare)
      })
      return amount(row?.points ?? rule.otherwise)
    }
    case 'shortfall':
    case 'excess':
      return distance(rule, x, full, amount)
    case 'gate': {
      const holds = evaluateCel(rule.when, lookup)
      return holds === null ? null : holds === true ? full : zero
    }
    case 'checklist': {
      const parts = rule.parts.map((part) => ({ holds: evaluateCel(part.when, lookup), points: part.points }))
      if (parts.every(({ holds }) => holds === null)) return null
      const points = parts.map((part) => (part.holds === true ? amount(part.points) : zero))
      if (rule.take === 'sum') return points.reduce((sum, value) => (sum === null || value === null ? null : add(sum, value)), zero)
      // The best of what is known.
      const known = points.filter((value) => value !== null)
      return known.length === 0 ? null : known.reduce(greatest)
    }
    case 'deduct': {
      const lose = amount(rule.lose)
      if (x === null || lose === null) return null
      const lost = multiply(lose, x)
      return subtract(full, rule.limit !== null && compare(near(lost), decimal(rule.limit)) > 0 ? decimal(rule.limit) : lost)
    }
    case 'each': {
      const points = amount(rule.points)
      return x === null || points === null ? null : multiply(points, x)
    }
    case 'convert': {
      const [factor, offset] = [amount(rule.factor), amount(rule.offset)]
      return x === null || factor === null || offset === null ? null : add(multiply(factor, x), offset)
    }
    case 'escalate': {
      if (x === null) return null
      const events = greatest(floor(near(x)), zero)
      if (rule.beyond === 'all' && compare(events, whole(rule.lose.length)) > 0) return zero
      const listed = rule.lose.filter((_, index) => compare(whole(index), events) < 0).map(decimal)
      // However many events come after the list, they are counted at once: x may be any number.
      const after = rule.beyond === 'last' ? greatest(subtract(events, whole(rule.lose.length)), zero) : zero
      return subtract(full, [...listed, multiply(after, decimal(rule.lose.at(-1) ?? '0'))].reduce(add, zero))
    }
    case 'convert-range': {
      if (x === null) return null
      const [[low, high], [least, most]] = [rule.from.map(decimal), rule.to.map(decimal)] as [[Decimal, Decimal], [Decimal, Decimal]]
      if (rule.outside !== 'extend') {
        const at = compare(near(x), low) < 0 ? least : compare(near(x), high) > 0 ? most : null
        if (at !== null) return rule.outside === 'clamp' ? at : null
      }
      const along = divide(multiply(subtract(x, low), subtract(most, least)), subtract(high, low))
      return along === null ? null : add(least, along)
    }
    case 'ratio-to-best': {
      const best = standing === null ? undefined : bestOf(standing.others, rule.best)
      if (x === null || best === undefined) return null
      const [top, own] = [compare(near(best), zero), compare(near(x), zero)]
      if (top === 0 && own === 0) return { zero, full, missing: null }[rule.bestZero]
      if (top < 0 || (top === 0 && rule.best === 'high')) return null
      const ratio = rule.best === 'high' ? divide(x, best) : divide(best, x)
      return ratio === null ? null : multiply(full, ratio)
    }
    case 'relative-ratio': {
      const mean = standing === null ? null : meanOf(standing.others)
      if (x === null || mean === null || compare(near(mean), zero) <= 0) return null
      const ratio = divide(x, mean)
      return ratio === null ? null : multiply(full, compare(near(ratio), decimal(rule.cap)) > 0 ? decimal(rule.cap) : ratio)
    }
    case 'relative-difference': {
      const mean = standing === null ? null : meanOf(standing.others)
      const [base, factor] = [amount(rule.base), amount(rule.factor)]
      return x === null || mean === null || base === null || factor === null ? null : add(base, multiply(factor, subtract(x, mean)))
    }
    case 'rank':
    case 'rank-lose':
      return standing === null ? null : byPlace(rule, full, standing)
    case 'formula':
      if (rule.peers === null) return amount(rule.value)
      return standing === null ? null : numberOf(rule.value, (ref) => (ref.scope === 'peers' ? peerValue(ref.name as PeerName, standing) : lookup(ref)))
  }
}

/** What the peers of a formula give (R-PEE-5). */
export function peerValue(name: PeerName, { place, others }: Standing): Decimal | null {
  switch (name) {
    case 'count':
      return whole(others.length)
    case 'place':
      return whole(place)
    case 'max':
      return bestOf(others, 'high') ?? null
    case 'min':
      return bestOf(others, 'low') ?? null
    case 'mean':
      return meanOf(others)
  }
}

/** The greatest, or the least; undefined of nobody. */
export function bestOf(values: Decimal[], best: 'high' | 'low'): Decimal | undefined {
  return values.reduce<Decimal | undefined>((top, value) => (top === undefined || compare(value, top) === (best === 'high' ? 1 : -1) ? value : top), undefined)
}

function meanOf(values: Decimal[]): Decimal | null {
  return divide(values.reduce(add, zero), whole(values.length))
}

function fits(order: number, how: '>=' | '>' | '<=' | '<' | '=='): boolean {
  return { '>=': order >= 0, '>': order > 0, '<=': order <= 0, '<': order < 0, '==': order === 0 }[how]
}

function distance(
  rule: Extract<RuleIr, { kind: 'shortfall' | 'excess' }>,
  x: Decimal | null,
  full: Decimal,
  amount: (expr: Expr) => Decimal | null,
): Decimal | null {
  const target = amount(rule.target)
  if (x === null || target === null) return null
  const away = rule.kind === 'shortfall' ? subtract(target, x) : subtract(x, target)
  if (compare(near(away), zero) <= 0) return full
  const lose = amount(rule.lose)
  const units = divide(away, decimal(rule.unit))
  if (lose === null || units === null) return null
  const steps = rule.step === 'pro-rata' ? units : rule.step === 'whole' ? floor(near(units)) : ceiling(near(units))
  return subtract(full, multiply(lose, steps))
}

function byPlace(rule: Extract<RuleIr, { kind: 'rank' | 'rank-lose' }>, full: Decimal, { place, equals }: Standing): Decimal | null {
  const places = rule.ties === 'average' ? Array.from({ length: equals }, (_, index) => place + index) : [place]
  const points = places.map((at) =>
    rule.kind === 'rank' ? decimal(rule.points[at - 1] ?? rule.otherwise) : subtract(full, multiply(decimal(rule.lose), subtract(whole(at), one))),
  )
  return points.length === 1 ? (points[0] ?? null) : divide(points.reduce(add, zero), whole(points.length))
}

/** Rounds to the item's place, then holds between floor and cap (R-ITM-3). */
export function heldPoints(raw: Decimal, item: ItemIr): Decimal {
  return held(round(near(raw), item.round), item)
}

/** Between floor and cap. */
export function held(value: Decimal, limits: { floor: string | null; cap: string | null }): Decimal {
  const low = limits.floor === null ? value : greatest(value, decimal(limits.floor))
  return limits.cap === null ? low : least(low, decimal(limits.cap))
}
