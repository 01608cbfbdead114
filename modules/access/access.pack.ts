// access's part of a pack, file security.yaml: how one signs in and for how long.
import { type Static, Type } from 'typebox'
import { closed } from '#base/schemas.ts'
import { packPart } from '#server/kit/pack.ts'

const Count = (minimum: number) => Type.Integer({ minimum })

export const SecurityPack = Type.Object(
  {
    sessions: Type.Object(
      {
        /** A session ends after so many hours, and after so many minutes without a request. */
        hours: Count(1),
        idle_minutes: Count(1),
      },
      closed,
    ),
    passwords: Type.Object(
      {
        shortest: Count(8),
        /** A password older than so many days must be changed first; 0: never. */
        days: Count(0),
      },
      closed,
    ),
    /** Posts whose holders need a second factor (or a passkey) before anything else. */
    second_factor_posts: Type.Array(Type.String()),
    /** Failed sign-ins after which the next must wait, within the window: per account and per address. A known device has its own count. */
    failures: Type.Object({ window_minutes: Count(1), per_account: Count(1), per_address: Count(1) }, closed),
  },
  closed,
)
export type SecurityPack = Static<typeof SecurityPack>

export const securityPack = packPart('security.yaml', SecurityPack)
