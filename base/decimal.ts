// Exact decimals: digits × 10^-scale. The same arithmetic as PostgreSQL's numeric, quotients to 30 places (house.md §6.8).

/** value = digits ÷ 10^scale. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** Places that a quotient keeps; further digits are dropped. */
export const quotientPlaces = 30
/** Places to which numbers are rounded before they are compared. */
export const comparePlaces = 12

export const zero: Decimal = { digits: 0n, scale: 0 }
export const one: Decimal = { digits: 1n, scale: 0 }
export const hundred: Decimal = { digits: 100n, scale: 0 }

const pattern = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** True for text that `decimal` takes: `-12.50`, no exponent. */
export function isDecimal(text: string): boolean {
  return pattern.test(text)
}

/** Reads `-12.50`. Throws on anything else: check with `isDecimal` what comes from outside. */
export function decimal(text: string): Decimal {
  const match = pattern.exec(text)
  if (match === null) throw new Error(`not a decimal: ${text}`)
  const fraction = match[3] ?? ''
  const digits = BigInt(`${match[2]}${fraction}`)
  return { digits: match[1] === '-' ? -digits : digits, scale: fraction.length }
}

/** A whole number as a decimal. */
export function whole(value: number | bigint): Decimal {
  return { digits: BigInt(value), scale: 0 }
}

function at(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale)
}

/** a + b, exactly. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { digits: at(a, scale) + at(b, scale), scale }
}

/** −a. */
export function negate(a: Decimal): Decimal {
  return { digits: -a.digits, scale: a.scale }
}

/** a − b, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b))
}

/** a × b, exactly: the places of both add up. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

/** a ÷ b to 30 places, further digits dropped; null when b is 0. */
export function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.digits === 0n) return null
  const scale = Math.max(a.scale, b.scale)
  return { digits: (at(a, scale) * 10n ** BigInt(quotientPlaces)) / at(b, scale), scale: quotientPlaces }
}

/** Rounds to so many places; a half goes away from zero. */
export function round(a: Decimal, places: number): Decimal {
  if (a.scale <= places) return a
  const unit = 10n ** BigInt(a.scale - places)
  const size = a.digits < 0n ? -a.digits : a.digits
  const rounded = (size * 2n + unit) / (unit * 2n)
  return { digits: a.digits < 0n ? -rounded : rounded, scale: places }
}

/** The largest whole number not above a. */
export function floor(a: Decimal): Decimal {
  const unit = 10n ** BigInt(a.scale)
  const cut = a.digits / unit
  return { digits: a.digits < 0n && cut * unit !== a.digits ? cut - 1n : cut, scale: 0 }
}

/** The smallest whole number not below a. */
export function ceiling(a: Decimal): Decimal {
  return negate(floor(negate(a)))
}

/** −1, 0 or 1, exactly; round to `comparePlaces` first where a quotient is in it. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale)
  const x = at(a, scale)
  const y = at(b, scale)
  return x < y ? -1 : x > y ? 1 : 0
}

/** The smaller of the two; a where they are equal. */
export function least(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b
}

/** The greater of the two; a where they are equal. */
export function greatest(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b
}

/** Shortest text: no trailing zeros, no exponent, no minus before zero. */
export function format(a: Decimal): string {
  let { digits, scale } = a
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n
    scale -= 1
  }
  const size = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? size : `${size.slice(0, -scale)}.${size.slice(-scale)}`
  return digits < 0n ? `-${text}` : text
}
