// Endpoints of access.
import { now, today } from '#server/kit/clock.ts'
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import { hints, place, session, signIn, signOut } from './access.contract.ts'
import { closeSession, describe, postName } from './access.service.ts'
import { accountById } from './access.sql.ts'
import { accountRoutes } from './accounts/accounts.routes.ts'
import { setToken, tokenOf } from './identity/cookies.ts'
import { identityRoutes } from './identity/identity.routes.ts'
import { oidcRoutes } from './identity/oidc.routes.ts'
import { passkeyRoutes } from './identity/passkeys.routes.ts'
import { attempt, signInWith } from './identity/sign-in.service.ts'
import { postRoutes } from './posts/posts.routes.ts'

export const accessRoutes: Route[] = [
  preparedRoute(signIn, attempt, signInWith),
  route(signOut, async ({ tx, request, reply }) => {
    const token = tokenOf(request)
    if (token !== undefined) await closeSession(tx, token)
    setToken(request, reply, '', 0)
    return {}
  }),
  route(session, async ({ tx, actor }) => {
    const { login } = await tx.one(accountById, { tenantId: tx.tenant.id, accountId: actor.accountId })
    return describe(tx, login, actor)
  }),
  route(hints, async ({ tenant, demoAccounts }) => ({
    accounts: tenant.demonstration ? demoAccounts().map((entry) => ({ ...entry, post: postName(tenant, entry.post) })) : [],
  })),
  route(place, async ({ tenant }) => ({
    slug: tenant.slug,
    name: tenant.name,
    demonstration: tenant.demonstration,
    today: today(tenant),
    now: now(tenant).toISOString(),
  })),
  ...identityRoutes,
  ...passkeyRoutes,
  ...oidcRoutes,
  ...accountRoutes,
  ...postRoutes,
]
