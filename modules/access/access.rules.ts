// Passwords and session tokens: how they are made and compared. No storage here.
import { argon2, argon2Sync, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** One of OWASP's equal settings of argon2id, 7 MiB and 5 passes: the one that takes a processor least long (docs/decisions/0005-identity.md). */
const passwordCost = { memory: 7168, passes: 5, parallelism: 1 }

const form = (salt: Buffer, hash: Buffer): string =>
  `argon2id$m=${passwordCost.memory},t=${passwordCost.passes},p=${passwordCost.parallelism}$${salt.toString('base64url')}$${hash.toString('base64url')}`

function derive(password: string, salt: Buffer, cost: typeof passwordCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { message: Buffer.from(password.normalize('NFC')), nonce: salt, tagLength: 32, ...cost }
    argon2('argon2id', options, (error: Error | null, key: Buffer) => (error === null ? resolve(key) : reject(error)))
  })
}

/** `argon2id$m=…,t=…,p=…$salt$hash`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return form(salt, await derive(password, salt, passwordCost))
}

/** True when the password is the one that was hashed. A hash in another form is a bug of ours. */
export async function passwordFits(password: string, stored: string): Promise<boolean> {
  const match = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored)
  if (match === null) throw new Error('stored password hash has an unknown form')
  const [, memory, passes, parallelism, salt, hash] = match
  const expected = Buffer.from(hash ?? '', 'base64url')
  const found = await derive(password, Buffer.from(salt ?? '', 'base64url'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

/** A hash that no password fits, so that an unknown account takes as long to refuse as a wrong password. */
export const nobodysHash = form(Buffer.alloc(16), Buffer.alloc(32))

/** The same form for a salt that is not random and at once: for the demonstration, which the same seed makes again. */
export function hashAtOnce(password: string, salt: Buffer): string {
  return form(salt, argon2Sync('argon2id', { message: password, nonce: salt, tagLength: 32, ...passwordCost }))
}

/** A new session token, 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
