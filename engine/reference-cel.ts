// CEL evaluated the obvious way, for the reference: null stands for an error or an absent value.
import { daysBetween, isDate } from '#base/dates.ts'
import { add, compare, comparePlaces, type Decimal, decimal, divide, multiply, negate, round, subtract, whole } from '#base/decimal.ts'
import { mayBeQuotient } from '#engine/cel-sql.ts'
import type { Expr } from '#engine/expr.ts'

type Ref = Extract<Expr, { op: 'ref' }>
/** A fact's value as it is written: numbers as decimal text, dates and moments as text. */
export type Written = string | boolean | string[] | null
export type Value = Decimal | Written
/** The value of a name. */
export type Lookup = (ref: Ref) => Value

/** True for a number, as against text, lists and null. */
export function isDecimalValue(value: Value): value is Decimal {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A written value by its type: numbers become decimals. */
export function read(written: Written | undefined, type: Ref['type']): Value {
  if (written === undefined || written === null) return null
  return (type === 'int' || type === 'decimal') && typeof written === 'string' ? decimal(written) : written
}

/** Evaluates an expression that gives a number. */
export function numberOf(expr: Expr, lookup: Lookup): Decimal | null {
  const value = evaluateCel(expr, lookup)
  return isDecimalValue(value) ? value : null
}

/** An expression's value; null is no value (R-CEL-2). */
export function evaluateCel(expr: Expr, lookup: Lookup): Value {
  const go = (part: Expr): Value => evaluateCel(part, lookup)
  switch (expr.op) {
    case 'literal':
      return typeof expr.value === 'string' && (expr.type === 'int' || expr.type === 'decimal') ? decimal(expr.value) : expr.value
    case 'ref':
      return lookup(expr)
    case 'compare':
      return compared(expr, go(expr.left), go(expr.right))
    case 'and': {
      const [a, b] = [go(expr.left), go(expr.right)]
      return a === false || b === false ? false : a === null || b === null ? null : true
    }
    case 'or': {
      const [a, b] = [go(expr.left), go(expr.right)]
      return a === true || b === true ? true : a === null || b === null ? null : false
    }
    case 'not': {
      const a = go(expr.of)
      return a === null ? null : a !== true
    }
    case 'has':
      return go(expr.of) !== null
    case 'arith':
      return calculated(expr, go(expr.left), go(expr.right))
    case 'negate': {
      const a = go(expr.of)
      return isDecimalValue(a) ? negate(a) : null
    }
    case 'choose': {
      const when = go(expr.when)
      return when === null ? null : go(when === true ? expr.yes : expr.no)
    }
    case 'in': {
      const item = go(expr.item)
      const equal = expr.list.map((one) => compared({ how: '==', left: expr.item, right: one }, item, go(one)))
      return equal.includes(true) ? true : equal.includes(null) ? null : false
    }
    case 'member': {
      const [item, list] = [go(expr.item), go(expr.list)]
      return item === null || !Array.isArray(list) ? null : list.includes(item as string)
    }
    case 'text': {
      const [a, b] = [go(expr.left), go(expr.right)]
      if (typeof a !== 'string' || typeof b !== 'string') return null
      return expr.how === 'startsWith' ? a.startsWith(b) : expr.how === 'endsWith' ? a.endsWith(b) : a.includes(b)
    }
    case 'join': {
      const [a, b] = [go(expr.left), go(expr.right)]
      return typeof a === 'string' && typeof b === 'string' ? a + b : null
    }
    case 'size': {
      const a = go(expr.of)
      return typeof a === 'string' ? whole([...a].length) : Array.isArray(a) ? whole(a.length) : null
    }
    case 'days': {
      const [a, b] = [go(expr.left), go(expr.right)]
      return typeof a === 'string' && typeof b === 'string' ? whole(daysBetween(b, a)) : null
    }
    case 'shift':
      return shifted(go(expr.left), go(expr.days))
    case 'part': {
      const a = go(expr.of)
      return typeof a === 'string' ? whole(Number(a.split('-')[['year', 'month', 'day'].indexOf(expr.part)])) : null
    }
    case 'pick': {
      const [a, b] = [go(expr.left), go(expr.right)]
      if (!isDecimalValue(a) || !isDecimalValue(b)) return null
      const order = compare(rounded(expr.left, a), rounded(expr.right, b))
      return (expr.how === 'min' ? order <= 0 : order >= 0) ? a : b
    }
    case 'round': {
      const a = go(expr.of)
      return isDecimalValue(a) ? round(round(a, comparePlaces), expr.places) : null
    }
  }
}

/** Rounded for comparing where a quotient may be in it (R-NUM-2). */
function rounded(expr: Expr, value: Decimal): Decimal {
  return mayBeQuotient(expr) ? round(value, comparePlaces) : value
}

/** Text by code point. */
function order(a: string, b: string): number {
  const [x, y] = [[...a], [...b]]
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return x.length - y.length
}

/** Moments in microseconds. */
function micros(text: string): bigint {
  const fraction = /\.(\d{1,6})/.exec(text)?.[1] ?? ''
  return BigInt(Date.parse(text.replace(/\.\d+/, ''))) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

function compared(expr: { how: '==' | '!=' | '<' | '<=' | '>' | '>='; left: Expr; right: Expr }, a: Value, b: Value): boolean | null {
  if (a === null || b === null || Array.isArray(a) || Array.isArray(b)) return null
  let difference: number
  if (isDecimalValue(a) && isDecimalValue(b)) difference = compare(rounded(expr.left, a), rounded(expr.right, b))
  else if (expr.left.type === 'timestamp') difference = Number(micros(a as string) - micros(b as string))
  else if (typeof a === 'boolean') difference = Number(a) - Number(b)
  else difference = order(a as string, b as string)
  return { '==': difference === 0, '!=': difference !== 0, '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 }[expr.how]
}

function calculated(expr: Extract<Expr, { op: 'arith' }>, a: Value, b: Value): Decimal | null {
  if (!isDecimalValue(a) || !isDecimalValue(b)) return null
  switch (expr.how) {
    case '+':
      return add(a, b)
    case '-':
      return subtract(a, b)
    case '*':
      return multiply(a, b)
    case '/':
      if (expr.type === 'decimal') return divide(a, b)
      return b.digits === 0n ? null : whole(a.digits / b.digits)
    case '%':
      return b.digits === 0n ? null : whole(a.digits % b.digits)
  }
}

function shifted(day: Value, days: Value): string | null {
  if (typeof day !== 'string' || !isDecimalValue(days) || days.digits > 100_000n || days.digits < -100_000n) return null
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + Number(days.digits))
  const text = at.toISOString().slice(0, 10)
  return isDate(text) ? text : null
}
