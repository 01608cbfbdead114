// Endpoints of personal data.
import type { DataOf } from '#server/kit/personal.ts'
import { type Route, route } from '#server/kit/route.ts'
import { personData } from './person.service.ts'
import * as contract from './privacy.contract.ts'
import { maskAgain, unmask, unmaskings } from './unmasking.service.ts'

export const privacyRoutes: Route[] = [
  route(contract.unmask, ({ tx, actor, allow, body }) => {
    allow('person.unmask', body.body)
    return unmask(tx, actor, body)
  }),
  route(contract.endUnmask, async ({ tx, actor, body }) => {
    await maskAgain(tx, actor, body.class)
    return {}
  }),
  route(contract.unmaskings, ({ tx, actor }) => unmaskings(tx, actor)),
]

/** One's own data is put together from what all modules hold, later ones, too: the app has the list. */
export function personalRoutes(parts: readonly DataOf[]): Route[] {
  return [route(contract.myData, ({ tx, actor }) => personData(tx, parts, actor.personId))]
}
