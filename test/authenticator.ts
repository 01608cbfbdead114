// A passkey held in memory: answers WebAuthn's options as a browser with a security key would, or as a forger would.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** How an answer differs from an honest one. */
export interface Lie {
  origin?: string
  /** The site it was made for. */
  site?: string
  challenge?: string
  type?: string
  /** User present is 1, verified 4. */
  flags?: number
  counter?: number
  userHandle?: string
  signature?: string
  attestation?: Map<string, unknown>
}

export interface Authenticator {
  create: (options: PublicKeyCredentialCreationOptionsJSON, lie?: Lie) => RegistrationResponseJSON
  get: (options: PublicKeyCredentialRequestOptionsJSON, lie?: Lie) => AuthenticationResponseJSON
}

const HONEST_FLAGS = 5
const HAS_KEY = 64
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** A fresh authenticator for pages of `origin`; its counter goes up with each answer. */
export function authenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0
  let userHandle = text(randomBytes(16))
  const client = (type: string, challenge: string, lie: Lie): Buffer =>
    Buffer.from(JSON.stringify({ type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? origin, crossOrigin: false }))
  const head = (site: string, flags: number, lie: Lie): Buffer => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(lie.counter ?? (counter += 1))
    return Buffer.concat([sha256(lie.site ?? site), Buffer.from([(lie.flags ?? HONEST_FLAGS) | flags]), counted])
  }
  const shown = { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} } as const
  return {
    create: ({ challenge, rp, user }, lie = {}) => {
      userHandle = user.id
      const key = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
        [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
      ])
      const authData = Buffer.concat([head(rp.id ?? '', HAS_KEY, lie), Buffer.alloc(16), Buffer.from([0, id.length]), id, isoCBOR.encode(key)])
      const attestation =
        lie.attestation ??
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
        ])
      const attestationObject = text(isoCBOR.encode(new Map([...attestation, ['authData', Uint8Array.from(authData)]]) as never))
      return { ...shown, response: { clientDataJSON: text(client('webauthn.create', challenge, lie)), attestationObject, transports: ['internal'] } }
    },
    get: ({ challenge, rpId = '' }, lie = {}) => {
      const clientData = client('webauthn.get', challenge, lie)
      const authData = head(rpId, 0, lie)
      const signature = lie.signature ?? text(sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey))
      const response = { clientDataJSON: text(clientData), authenticatorData: text(authData), signature, userHandle: lie.userHandle ?? userHandle }
      return { ...shown, response }
    },
  }
}
