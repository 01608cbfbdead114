// 统一社会信用代码 (GB 32100) with right check characters, for invented units.
import type { Random } from './random.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const bodyWeights = [3, 7, 9, 10, 5, 8, 4, 2]
const bodyAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The 18th character for the first 17 (GB 32100). */
export function creditCheck(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * alphabet.indexOf(first17[index] ?? ''), 0)
  return alphabet[(31 - (sum % 31)) % 31] as string
}

/** The check character of the organisation code within (GB 11714). */
function bodyCheck(first8: string): string {
  const sum = bodyWeights.reduce((total, weight, index) => total + weight * bodyAlphabet.indexOf(first8[index] ?? ''), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** A code of an invented body: registrar and type (11 organ, 12 public institution, 91 enterprise), division, body number. */
export function creditCode(type: string, division: string, stream: Random): string {
  const body = `MB9${Array.from({ length: 5 }, () => alphabet[stream.between(0, 30)]).join('')}`
  const first17 = `${type}${division.slice(0, 6)}${body}${bodyCheck(body)}`
  return first17 + creditCheck(first17)
}
