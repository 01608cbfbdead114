// Endpoints of access.
import { Refusal } from '#base/errors.ts'
import { now, today } from '#server/kit/clock.ts'
import { transaction } from '#server/kit/db.ts'
import { type Preparing, preparedRoute, type Route, route } from '#server/kit/route.ts'
import { hints, place, session, signIn, signOut } from './access.contract.ts'
import { nobodysHash, passwordFits } from './access.rules.ts'
import { closeSession, describe, postName } from './access.service.ts'
import { type AccountRow, accountById, accountByLogin } from './access.sql.ts'
import { letIn } from './identity/arrival.service.ts'
import { setToken, tokenOf } from './identity/cookies.ts'

/** The account whose password was given; refuses with one sentence for both kinds of mistake. The hash is computed outside any transaction. */
async function shownByPassword({ pool, tenant, body }: Preparing<unknown, unknown, { account: string; password: string }>): Promise<AccountRow> {
  const account = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, (tx) =>
    tx.maybe(accountByLogin, { tenantId: tenant.id, login: body.account.trim() }),
  )
  const fits = await passwordFits(body.password, account?.passwordHash ?? nobodysHash)
  if (account === undefined || !fits) throw new Refusal('not-signed-in', '账号或密码不对，请核对后再试。', [{ field: '/password', message: '账号或密码不对' }])
  return account
}

export const accessRoutes: Route[] = [
  preparedRoute(signIn, shownByPassword, (call) => letIn(call, call.prepared, 'password')),
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
]
