// Doubles as IEEE 754 says: PostgreSQL has the same numbers, but stops a statement where a result is infinite, too small, or divided by 0,
// and takes NaN for equal to itself and greater than all else (SPEC.md R-CEL-12).
import { once } from '#engine/cel-types-sql.ts'
import type { ArithHow, CompareHow } from '#engine/expr.ts'

const up = '1.3407807929942597e154::float8' // 2 ^ 512
const down = '7.458340731200207e-155::float8' // 2 ^ -512
const infinity = "'Infinity'::float8"
/** Products below it, of numbers scaled by 2 ^ 1024, are 0. */
const smallest = '4.440892098500626e-16::float8' // 2 ^ -51
const isOdd = (x: string): string => `${x} in ('Infinity'::float8, '-Infinity'::float8, 'NaN'::float8)`
const isNegative = (x: string): string => `(${x}::text like '-%')`

/** a + b and so on, computed without PostgreSQL's errors. */
export function doubleArith(how: ArithHow, left: string, right: string): string {
  return once([left, right], (a, b) => {
    if (how === '*') return product(a, b)
    if (how === '/') return quotient(a, b)
    // Half of each can't be too large; where one is tiny beside such a number it changes nothing.
    const half = `(case when abs(${a}) < 1 then 0 else ${a} * 0.5 end ${how} case when abs(${b}) < 1 then 0 else ${b} * 0.5 end)`
    return `(case when ${isOdd(a)} or ${isOdd(b)} or (abs(${a}) < 8e307 and abs(${b}) < 8e307) then ${a} ${how} ${b} when abs(${half}) < 8.98846567431158e307 then ${half} * 2 when ${half} > 0 then ${infinity} when ${half} < 0 then -${infinity} end)`
  })
}

function product(a: string, b: string): string {
  const sign = `(case when ${isNegative(a)} = ${isNegative(b)} then 1 else -1 end)`
  return `(case when ${a} is null or ${b} is null then null when ${isOdd(a)} or ${isOdd(b)} then ${a} * ${b}
    when abs(${a}) > 1 and abs(${b}) > 1 then case when abs((${a} * ${down}) * (${b} * ${down})) >= 1 then ${sign} * ${infinity} else ${a} * ${b} end
    when abs(${a}) < 1 and abs(${b}) < 1 and ${a} <> 0 and ${b} <> 0 then case when abs(${a}) < 1e-162 and abs(${b}) < 1e-162 then ${sign} * 0::float8 when abs((${a} * ${up}) * (${b} * ${up})) <= ${smallest} then ${sign} * 0::float8 else ${a} * ${b} end
    else ${a} * ${b} end)`
}

function quotient(a: string, b: string): string {
  const sign = `(case when ${isNegative(a)} = ${isNegative(b)} then 1 else -1 end)`
  return `(case when ${a} is null or ${b} is null then null when ${a} = 'NaN'::float8 or ${b} = 'NaN'::float8 then 'NaN'::float8
    when ${b} = 0 then case when ${a} = 0 then 'NaN'::float8 else ${sign} * ${infinity} end
    when abs(${b}) = ${infinity} then case when abs(${a}) = ${infinity} then 'NaN'::float8 else ${sign} * 0::float8 end
    when abs(${a}) = ${infinity} then ${sign} * ${infinity}
    when abs(${b}) < 1 and abs(${a}) > 1e-16 then case when abs(${b}) < 1e-150 and abs(${a}) > 1e160 then ${sign} * ${infinity} when abs((${a} * ${down}) / (${b} * ${up})) >= 1 then ${sign} * ${infinity} else ${a} / ${b} end
    when abs(${a}) < 1 and abs(${b}) > 1 and ${a} <> 0 then case when abs((${a} * ${up}) / (${b} * ${down})) <= ${smallest} then ${sign} * 0::float8 else ${a} / ${b} end
    else ${a} / ${b} end)`
}

/** A comparison in which either side may be NaN. */
export function doubleCompare(how: CompareHow, operator: string, left: string, right: string): string {
  return once([left, right], (a, b) => {
    const nan = `(${a} = 'NaN'::float8 or ${b} = 'NaN'::float8)`
    return `(case when ${a} is not null and ${b} is not null then ${how === '!=' ? `${a} <> ${b} or ${nan}` : `${a} ${operator} ${b} and not ${nan}`} end)`
  })
}
