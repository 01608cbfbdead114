// audit's part of a pack, file audit.yaml: how entries are sealed and how long they are kept.
import { type Static, Type } from 'typebox'
import { closed } from '#base/schemas.ts'
import { packPart } from '#server/kit/pack.ts'

/** Days that entries are kept at the least: six months (网络安全法第二十一条). */
export const LEAST_DAYS = 183

export const AuditPack = Type.Object(
  {
    /** The hash of new links. */
    hash: Type.Union([Type.Literal('sm3'), Type.Literal('sha256')]),
    /** Links after which the chain's end is signed, and hours after which it is when there is something new. */
    checkpoint_every: Type.Integer({ minimum: 1 }),
    checkpoint_hours: Type.Integer({ minimum: 1, maximum: 24 }),
    /** Days before which nothing is pruned. */
    keep_days: Type.Integer({ minimum: LEAST_DAYS }),
  },
  closed,
)
export type AuditPack = Static<typeof AuditPack>
export type Algorithm = AuditPack['hash']

export const auditPack = packPart('audit.yaml', AuditPack)
