// Endpoints of one's own account.
import { actions } from '#modules/org/index.ts'
import { partOf } from '#server/kit/pack.ts'
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import { securityPack } from '../access.pack.ts'
import { describe } from '../access.service.ts'
import { accountById } from '../access.sql.ts'
import {
  asksForSecondFactor,
  confirmAuthenticator as confirm,
  removeAuthenticator as remove,
  renewedCodes,
  startAuthenticator as start,
} from './authenticator.service.ts'
import { authenticatorOf } from './authenticator.sql.ts'
import {
  account,
  changePassword,
  confirmAuthenticator,
  endOtherSessions,
  endSession,
  ownSessions,
  removeAuthenticator,
  renewRecoveryCodes,
  startAuthenticator,
} from './identity.contract.ts'
import { change, changing, ifShown, showing } from './own-password.service.ts'
import { endAllSessions, endOneSession, sessionsOf } from './sessions.service.ts'

const DAY_MS = 86_400_000

function inWords(action: string): string {
  return (actions as Record<string, string>)[action] ?? action
}

export const identityRoutes: Route[] = [
  route(account, async ({ tx, actor }) => {
    const of = { tenantId: tx.tenant.id, accountId: actor.accountId }
    const [{ login, passwordHash, passwordSetAt }, { secret, codes }] = await Promise.all([tx.one(accountById, of), tx.one(authenticatorOf, of)])
    const { posts } = await describe(tx, login, actor)
    const { days, shortest } = partOf(tx.tenant, securityPack).passwords
    const until = days === 0 ? null : new Date(Date.parse(passwordSetAt) + days * DAY_MS).toISOString()
    return {
      posts: posts.map(({ name, body, by, until, reach, may }) => ({ name, body: body?.name ?? null, by, until, reach, may: may.map(inWords) })),
      password: passwordHash === null ? null : { setAt: passwordSetAt, until, shortest },
      authenticator: secret !== null,
      recoveryCodes: codes,
      secondFactorAsked: asksForSecondFactor(tx, actor.posts),
    }
  }),
  preparedRoute(changePassword, changing, change),
  route(startAuthenticator, async ({ tx, actor, secrets }) =>
    start(secrets, await tx.one(accountById, { tenantId: tx.tenant.id, accountId: actor.accountId })),
  ),
  route(confirmAuthenticator, async ({ tx, actor, secrets, body }) => ({ codes: await confirm(tx, secrets, actor.accountId, body) })),
  preparedRoute(removeAuthenticator, showing, (call) =>
    ifShown(call, async () => {
      await remove(call.tx, call.actor.accountId)
      return {}
    }),
  ),
  preparedRoute(renewRecoveryCodes, showing, (call) => ifShown(call, async () => ({ codes: await renewedCodes(call.tx, call.actor.accountId) }))),
  route(ownSessions, async ({ tx, actor }) => ({ sessions: await sessionsOf(tx, actor.accountId, actor.sessionId) })),
  route(endSession, async ({ tx, actor, params }) => {
    await endOneSession(tx, actor.accountId, params.session, 'ended-by-owner')
    return {}
  }),
  route(endOtherSessions, async ({ tx, actor }) => ({ ended: await endAllSessions(tx, actor.accountId, 'ended-by-owner', actor.sessionId) })),
]
