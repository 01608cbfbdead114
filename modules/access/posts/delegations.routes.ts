// Endpoints of delegations.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './delegations.contract.ts'
import { delegate, delegations, ownToGive, recall, receiversNamed, vacantToGive, within } from './delegations.service.ts'

export const delegationRoutes: Route[] = [
  route(contract.listDelegations, ({ tx, actor, query }) => delegations(tx, actor, query)),
  route(contract.delegationsWithin, ({ tx, actor, query }) => within(tx, actor, query)),
  route(contract.delegablePosts, ({ tx, actor }) => ownToGive(tx, actor)),
  route(contract.vacantPosts, ({ tx, actor, query }) => vacantToGive(tx, actor, query.q ?? '')),
  route(contract.receivers, ({ tx, actor, query }) => receiversNamed(tx, actor, query.q)),
  route(contract.delegate, async ({ tx, actor, body }) => {
    await delegate(tx, actor, body)
    return {}
  }),
  route(contract.recallDelegation, async ({ tx, actor, params }) => {
    await recall(tx, actor, params.id)
    return {}
  }),
]
