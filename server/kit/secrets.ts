// The installation's one secret: 32 random bytes in a file that only its owner may read. What needs a key gets one derived for its purpose.
import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OperatorError } from './operator-error.ts'

export interface Secrets {
  /** Encrypts a text for storage (AES-256-GCM); `context` (whose it is) must be the same when it is opened. */
  seal: (purpose: string, context: string, text: string) => string
  /** The text again; throws when key, purpose, context or text differ. */
  open: (purpose: string, context: string, sealed: string) => string
  /** A keyed hash (HMAC-SHA-256, base64url): equal for equal texts, and not to be guessed at without the key. */
  mark: (purpose: string, text: string) => string
  /** Ed25519 keys for signatures that others check. */
  signingKeys: (purpose: string) => { privateKey: KeyObject; publicKey: KeyObject }
}

const ED25519_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Secrets that all follow from `master`, 32 bytes. */
export function secretsFrom(master: Buffer): Secrets {
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', `dajuan/${purpose}`, 32))
  return {
    seal: (purpose, context, text) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key(purpose), nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: (purpose, context, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key(purpose), bytes.subarray(0, 12)).setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    mark: (purpose, text) => createHmac('sha256', key(purpose)).update(text).digest('base64url'),
    signingKeys: (purpose) => {
      const privateKey = createPrivateKey({ key: Buffer.concat([ED25519_HEAD, key(purpose)]), format: 'der', type: 'pkcs8' })
      return { privateKey, publicKey: createPublicKey(privateKey) }
    },
  }
}

/** The secrets of an installation: of the file named, else of `<dataDir>/secret`, which is made at the first start. Throws a sentence for a file that won't do. */
export function loadSecrets(dataDir: string, named?: string): Secrets {
  const file = named ?? join(dataDir, 'secret')
  if (!existsSync(file)) {
    if (named !== undefined)
      throw new OperatorError(`There is no secret file ${file}. Make one: head -c 32 /dev/urandom | base64 > ${file} && chmod 600 ${file}`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    if (named !== undefined) throw new OperatorError(`The secret file ${file} may be read by others; say: chmod 600 ${file}`)
    chmodSync(file, 0o600)
  }
  const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (master.length !== 32) throw new OperatorError(`The secret file ${file} holds ${master.length} bytes; it must hold 32, in base64.`)
  return secretsFrom(master)
}
