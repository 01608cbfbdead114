// Endpoints of passkeys.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { Kept, preparedRoute, type Route, route } from '#server/kit/route.ts'
import { accountById } from '../access.sql.ts'
import { letIn } from './arrival.service.ts'
import { ifShown, showing } from './own-password.service.ts'
import { passkeyAdd, passkeyChallenge, passkeyOptions, passkeyRemove, passkeyRename, passkeySignIn, passkeys } from './passkeys.contract.ts'
import { beginAdding, beginSignIn, finishAdding, remove, rename, shownByPasskey, siteOf } from './passkeys.service.ts'
import { passkeysOf } from './passkeys.sql.ts'

export const passkeyRoutes: Route[] = [
  route(passkeyChallenge, ({ tx, request }) => beginSignIn(tx, siteOf(request))),
  route(passkeySignIn, async (call) => {
    const { tx, request, body } = call
    const { accountId, passkeyId, wrong } = await shownByPasskey(tx, siteOf(request), body)
    if (wrong === undefined) return letIn(call, await tx.one(accountById, { tenantId: tx.tenant.id, accountId }), 'passkey')
    await leaveEntry(tx, 'access.sign-in-refused', { kind: 'passkey', id: passkeyId }, { wrong })
    return new Kept(new Refusal('not-signed-in', '这把通行密钥没有通过验证：它可能已被删除，或者等得太久。请再试一次，或换一种登录方式。'))
  }),
  route(passkeys, async ({ tx, actor }) => {
    const of = { tenantId: tx.tenant.id, accountId: actor.accountId }
    const [{ passwordHash }, rows] = await Promise.all([tx.one(accountById, of), tx.all(passkeysOf, of)])
    return { passkeys: rows.map(({ id, name, madeAt, usedAt }) => ({ id, name, madeAt, usedAt })), asksPassword: passwordHash !== null }
  }),
  preparedRoute(passkeyOptions, showing, (call) => ifShown(call, () => beginAdding(call.tx, siteOf(call.request), call.prepared.account))),
  route(passkeyAdd, async ({ tx, actor, request, body }) => {
    const added = await finishAdding(tx, siteOf(request), actor.accountId, body)
    return added instanceof Refusal ? new Kept(added) : added
  }),
  route(passkeyRename, async ({ tx, actor, params, body }) => {
    await rename(tx, actor.accountId, params.passkeyId, body.name)
    return {}
  }),
  route(passkeyRemove, async ({ tx, actor, params }) => {
    await remove(tx, actor.accountId, params.passkeyId)
    return {}
  }),
]
