// Endpoints of accounts. First passwords are hashed before the transaction opens.
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './accounts.contract.ts'
import { accounts, candidates, firstPassword, giveFirstPassword, identities, link, open, setState, unlink } from './accounts.service.ts'

export const accountRoutes: Route[] = [
  route(contract.listAccounts, ({ tx, query }) => accounts(tx, query)),
  route(contract.accountPersons, ({ tx, query }) => candidates(tx, query.name)),
  preparedRoute(contract.openAccount, firstPassword, async ({ tx, actor, body, prepared }) => {
    await open(tx, actor, body, prepared.passwordHash)
    return { password: prepared.password }
  }),
  route(contract.setAccountState, async ({ tx, actor, params, body }) => {
    await setState(tx, actor, params.id, body.active)
    return {}
  }),
  preparedRoute(contract.resetPassword, firstPassword, async ({ tx, actor, params, prepared }) => {
    await giveFirstPassword(tx, actor, params.id, prepared.passwordHash)
    return { password: prepared.password }
  }),
  route(contract.listIdentities, ({ tx }) => identities(tx)),
  route(contract.linkIdentity, async ({ tx, actor, body }) => {
    await link(tx, actor, body)
    return {}
  }),
  route(contract.unlinkIdentity, async ({ tx, actor, body }) => {
    await unlink(tx, actor, body)
    return {}
  }),
]
