// Time-based codes of an authenticator app (RFC 6238), and recovery codes that stand in for one.
import { createHash, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODES = 10

function totp(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: '答卷', label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret: Secret.fromBase32(secret) })
}

/** A new secret, and the address that an authenticator app reads as a QR code. */
export function newAuthenticator(login: string): { secret: string; uri: string } {
  const secret = new Secret({ size: 20 }).base32
  return { secret, uri: totp(secret, login).toString() }
}

/** The time step whose code this is, of the present one, the one before and the one after; undefined for a code of none. */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  const delta = totp(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_SECONDS) + delta
}

/** True for what looks like an authenticator's code; anything else is taken for a recovery code. */
export function isTimeCode(code: string): boolean {
  return /^\d{6}$/.test(code)
}

/** A code as it was typed, without spaces and hyphens and in capitals. */
export function plainCode(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase()
}

/** Ten recovery codes of 50 random bits: two groups of five letters and digits with a hyphen between. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const letters = [...randomBytes(10)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })
}

/** What is stored of a recovery code. */
export function recoveryHash(accountId: string, code: string): string {
  return createHash('sha256')
    .update(`${accountId} ${plainCode(code)}`)
    .digest('base64url')
}
