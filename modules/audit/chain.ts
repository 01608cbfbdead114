// The chain's arithmetic: what of an entry is hashed, how links hang together, how a checkpoint is signed. Pure.
import { createHash, hash, type KeyObject, sign, verify } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { orNull } from '#base/schemas.ts'
import type { Algorithm } from './audit.pack.ts'

const Text = Type.String()

/** An entry with all that it says, as texts: `at` in UTC to the microsecond, `detail` as PostgreSQL writes its jsonb. */
export const SealedEntry = Type.Object({
  entryId: Text,
  at: Text,
  actorId: orNull(Text),
  action: Text,
  objectKind: Text,
  objectId: Text,
  detail: Text,
  post: orNull(Text),
  postBodyId: orNull(Text),
  address: orNull(Text),
  requestId: orNull(Text),
})
export type SealedEntry = Static<typeof SealedEntry>

export const Checkpoint = Type.Object({ seq: Type.Integer(), alg: Text, hash: Text, at: Text, keyId: Text, signature: Text })
export type Checkpoint = Static<typeof Checkpoint>

/** What the first link follows. */
export const BEGINNING = '0'.repeat(64)

/** The one text of an entry that is hashed: a JSON array, so that no two entries share it. */
function canonical(tenantId: number, entry: SealedEntry): string {
  const { entryId, at, actorId, action, objectKind, objectId, detail, post, postBodyId, address, requestId } = entry
  return JSON.stringify([tenantId, entryId, at, actorId, action, objectKind, objectId, detail, post, postBodyId, address, requestId])
}

/** The hash of a link: of the one before and its entry. Hexadecimal. */
export function linkHash(algorithm: Algorithm, before: string, tenantId: number, entry: SealedEntry): string {
  return hash(algorithm, before + canonical(tenantId, entry), 'hex')
}

function signedText(tenant: string, { seq, alg, hash: end, at }: Omit<Checkpoint, 'keyId' | 'signature'>): Buffer {
  return Buffer.from(JSON.stringify(['dajuan audit checkpoint', tenant, seq, alg, end, at]))
}

/** The name of a public key: the beginning of its SHA-256. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}

/** Signs the chain's end at a moment. */
export function signCheckpoint(
  tenant: string,
  end: Pick<Checkpoint, 'seq' | 'alg' | 'hash' | 'at'>,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
): Checkpoint {
  return { ...end, keyId: keyIdOf(publicKey), signature: sign(null, signedText(tenant, end), privateKey).toString('base64url') }
}

/** True where the checkpoint is signed with the key that belongs to `publicKey`. */
export function isSigned(tenant: string, checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  return verify(null, signedText(tenant, checkpoint), publicKey, Buffer.from(checkpoint.signature, 'base64url'))
}
