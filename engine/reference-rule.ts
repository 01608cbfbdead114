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
import type { ItemIr, RuleIr } from '#engine/ir.ts'
import { evaluateCel, type Lookup, numberOf } from '#engine/reference-cel.ts'

/** A place among peers: the least of its equals, and how many they are. */
export interface Standing {
  place: number
  equals: number
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
    case 'rank':
    case 'rank-lose':
      return standing === null ? null : byPlace(rule, full, standing)
    case 'formula':
      return amount(rule.value)
  }
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
