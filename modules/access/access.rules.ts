// Passwords and session tokens: how they are made and compared. No storage here.
import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const COST = { memory: 19_456, passes: 2, parallelism: 1 }

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { message: Buffer.from(password.normalize('NFC')), nonce: salt, tagLength: 32, ...cost }
    argon2('argon2id', options, (error: Error | null, key: Buffer) => (error === null ? resolve(key) : reject(error)))
  })
}

/** `argon2id$m=…,t=…,p=…$salt$hash`, base64url; OWASP's smallest setting (19 MiB, 2 passes). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return `argon2id$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${salt.toString('base64url')}$${hash.toString('base64url')}`
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
export const nobodysHash = `argon2id$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`

/** A new session token, 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
