// Endpoints of sign-in at providers elsewhere.
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import { oidcCode, oidcFinish, oidcStart, signInWays } from './oidc.contract.ts'
import { arrive, depart, departed, returned, showCode } from './oidc.service.ts'
import { hasName } from './passkeys.service.ts'

export const oidcRoutes: Route[] = [
  route(signInWays, async ({ tenant, request, oidc }) => ({ passkey: hasName(request), providers: oidc.offered(tenant) })),
  preparedRoute(oidcStart, depart, async (call) => departed(call, call.prepared)),
  preparedRoute(oidcFinish, returned, arrive),
  route(oidcCode, showCode),
]
