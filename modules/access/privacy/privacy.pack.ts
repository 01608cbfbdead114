// access's part of a pack about persons, file privacy.yaml.
import { type Static, Type } from 'typebox'
import type { Diagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { type Pack, packPart, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'

const Text = Type.String({ minLength: 1 })
const Count = Type.Integer({ minimum: 1 })

export const PrivacyPack = Type.Object(
  {
    /** The smallest group that anyone may see. */
    k: Type.Integer({ minimum: 2 }),
    unmask: Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: 240 }), reasons: Type.Array(Text) }, closed),
    classes: Type.Array(
      Type.Object(
        {
          id: Type.Union([Type.Literal('membership'), Type.Literal('vote'), Type.Literal('mark'), Type.Literal('complaint'), Type.Literal('phone')]),
          name: Text,
          /** What belongs to it, in words. */
          covers: Text,
          mask: Type.Union([Type.Literal('partly'), Type.Literal('wholly')]),
        },
        closed,
      ),
    ),
    retention: Type.Array(Type.Object({ kind: Text, name: Text, days: Count }, closed)),
  },
  closed,
)
export type PrivacyPack = Static<typeof PrivacyPack>

export const privacyPack = packPart('privacy.yaml', PrivacyPack)

/** The smallest group that anyone may see. */
export function kOf(tenant: Tenant): number {
  return partOf(tenant, privacyPack).k
}

/** What a schema can't say of privacy.yaml: each retention names a kind that some module keeps. */
export function checkRetention(kinds: readonly string[]): (pack: Pack) => Diagnostic[] {
  return (pack) =>
    pack.part(privacyPack).retention.flatMap(({ kind }, index) =>
      kinds.includes(kind)
        ? []
        : [
            {
              ...pack.yaml(privacyPack).placeOf(['retention', index, 'kind']),
              code: 'unknown-name',
              message: `no kind of row \`${kind}\` is kept for a time`,
              hint: `one of ${kinds.join(', ')}`,
            },
          ],
    )
}
