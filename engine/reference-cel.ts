// CEL evaluated the obvious way, for the reference: null stands for an error or an absent value.
import { daysBetween, isDate } from '#base/dates.ts'
import { add, ceiling, compare, comparePlaces, type Decimal, decimal, divide, floor, format, multiply, negate, round, subtract, whole } from '#base/decimal.ts'
import { mayBeQuotient } from '#engine/cel-sql.ts'
import type { Expr } from '#engine/expr.ts'
import { callValue, inWord, momentSeconds, orderOfText } from '#engine/reference-call.ts'

type Ref = Extract<Expr, { op: 'ref' }>
/** A fact's value as it is written: numbers as decimal text, dates and moments as text. */
export type Written = string | boolean | string[] | null
/** Doubles are JavaScript's numbers. */
export type Value = Decimal | Written | number | Value[]
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

/** What the macros around an expression have at hand: the element and its place, by name. */
type Each = Record<string, { value: Value; place: number }>

/** An expression's value; null is no value (R-CEL-2). */
export function evaluateCel(expr: Expr, lookup: Lookup, each: Each = {}): Value {
  const go = (part: Expr): Value => evaluateCel(part, lookup, each)
  const moment = (part: Expr): Value => {
    const value = go(part)
    return part.type === 'timestamp' && typeof value === 'string' ? momentSeconds(value) : value
  }
  switch (expr.op) {
    case 'literal':
      if (typeof expr.value !== 'string') return expr.value
      return expr.type === 'double' ? Number(expr.value) : ['int', 'uint', 'decimal'].includes(expr.type) ? decimal(expr.value) : expr.value
    case 'ref':
      return lookup(expr)
    case 'compare':
      return compared(expr, moment(expr.left), moment(expr.right))
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
      if (typeof a === 'number') return -a
      return isDecimalValue(a) ? inType(negate(a), expr.type) : null
    }
    case 'choose': {
      const when = go(expr.when)
      return when === null ? null : go(when === true ? expr.yes : expr.no)
    }
    case 'in': {
      const item = moment(expr.item)
      const equal = expr.list.map((one) => compared({ how: '==', left: expr.item, right: one }, item, moment(one)))
      return equal.includes(true) ? true : equal.includes(null) ? null : false
    }
    case 'member': {
      const [item, list] = [moment(expr.item), go(expr.list)]
      if (item === null || !Array.isArray(list)) return null
      return list.some((one) => compared({ how: '==', left: expr.item, right: expr.item }, item, one) === true)
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
      if (expr.of.type === 'bytes' && typeof a === 'string') return whole(a.length / 2)
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
      if (!isDecimalValue(a)) return null
      const near = round(a, comparePlaces)
      return expr.toward === 'down' ? floor(near) : expr.toward === 'up' ? ceiling(near) : round(near, expr.places)
    }
    case 'list': {
      const items = expr.items.map(moment)
      return items.includes(null) ? null : items
    }
    case 'each': {
      const own = each[expr.name]
      return own === undefined ? null : expr.what === 'place' ? whole(own.place) : own.value
    }
    case 'over':
      return overList(expr, go(expr.list), (part, value, place) => {
        const inner = { ...each, [expr.name]: { value, place } }
        return evaluateCel(part, lookup, inner)
      })
    case 'call':
      return callValue(expr.fn, expr.args.map(moment))
  }
}

/** Rounded for comparing where a quotient may be in it (R-NUM-2). */
function rounded(expr: Expr, value: Decimal): Decimal {
  return mayBeQuotient(expr) ? round(value, comparePlaces) : value
}

/** An int or uint within its 64 bits; null beyond. */
function inType(value: Decimal, type: Expr['type']): Decimal | null {
  return type === 'int' || type === 'uint' ? inWord(value.digits, type) : value
}

/** A macro over a list; a condition or value that is null is an error of the whole, save where all or exists is decided without it. */
function overList(expr: Extract<Expr, { op: 'over' }>, list: Value, on: (part: Expr, value: Value, place: number) => Value): Value {
  if (!Array.isArray(list)) return null
  const holds = list.map((value, place) => (expr.where === null ? true : on(expr.where, value, place)))
  if (expr.how === 'all') return holds.includes(false) ? false : holds.includes(null) ? null : true
  if (expr.how === 'exists') return holds.includes(true) ? true : holds.includes(null) ? null : false
  if (holds.includes(null)) return null
  if (expr.how === 'existsOne') return holds.filter((one) => one === true).length === 1
  const { make } = expr
  const made = list.map((value, place) => (make === null ? value : on(make, value, place))).filter((_value, place) => holds[place] === true)
  return expr.how === 'map' && made.includes(null) ? null : made
}

function compared(expr: { how: '==' | '!=' | '<' | '<=' | '>' | '>='; left: Expr; right: Expr }, a: Value, b: Value): boolean | null {
  if (a === null || b === null || Array.isArray(a) || Array.isArray(b)) return null
  let difference: number
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [a, b].map((value) => (typeof value === 'number' ? value : Number(format(value as Decimal)))) as [number, number]
    if (Number.isNaN(x) || Number.isNaN(y)) return expr.how === '!='
    difference = x < y ? -1 : x > y ? 1 : 0
  } else if (isDecimalValue(a) && isDecimalValue(b)) difference = compare(rounded(expr.left, a), rounded(expr.right, b))
  else if (typeof a === 'boolean') difference = Number(a) - Number(b)
  else difference = orderOfText(a as string, b as string)
  return { '==': difference === 0, '!=': difference !== 0, '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 }[expr.how]
}

function calculated(expr: Extract<Expr, { op: 'arith' }>, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '%': a % b }[expr.how]
  if (!isDecimalValue(a) || !isDecimalValue(b)) return null
  switch (expr.how) {
    case '+':
      return inType(add(a, b), expr.type)
    case '-':
      return inType(subtract(a, b), expr.type)
    case '*':
      return inType(multiply(a, b), expr.type)
    case '/':
      if (expr.type === 'decimal') return divide(a, b)
      return b.digits === 0n ? null : inType(whole(a.digits / b.digits), expr.type)
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
