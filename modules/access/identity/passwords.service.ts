// Passwords: checked and hashed a few at a time, and refused where anyone would guess them first.
import type { Issue } from '#base/errors.ts'
import { makeGate } from '#server/kit/gate.ts'
import { hashPassword, nobodysHash, passwordFits } from '../access.rules.ts'

/** A hash takes a processor for some 20 ms: so many at once, and the others wait, so that those at work don't. */
const HASHES_AT_ONCE = 1
const HASHES_WAITING = 500
const hashing = makeGate(HASHES_AT_ONCE, HASHES_WAITING)

/** True when the password is the one that was hashed; for null, an account without one, never, after the same work. */
export function passwordIsThatOf(hash: string | null, password: string): Promise<boolean> {
  return hashing(() => passwordFits(password, hash ?? nobodysHash))
}

/** The hash to store of a new password. */
export function hashOfNew(password: string): Promise<string> {
  return hashing(() => hashPassword(password))
}

/** Why the password won't do for this account; undefined where it will. */
export async function passwordFault(password: string, { login, shortest }: { login: string; shortest: number }): Promise<string | undefined> {
  const lower = password.toLowerCase()
  if ([...password].length < shortest) return `密码至少 ${shortest} 个字符，可以用几个不相干的词连起来`
  if (lower.includes(login.toLowerCase())) return '密码里不要含有账号名'
  if (new Set(lower).size < 4) return '密码里重复的字符太多，请换一个'
  return (await commonest()).includes(lower) ? '这个密码太常见，一猜就中，请换一个' : undefined
}

/** Some fifty thousand passwords that are tried first. Loaded when first needed: 3 MB. */
async function commonest(): Promise<readonly string[]> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return dictionary['passwords-common'] as string[]
}

/** The refusal's issue of a field. */
export function fault(field: string, message: string): Issue[] {
  return [{ field, message }]
}
