// Endpoints of org that read, and the correction of a person; changes, structure and imports have theirs beside them.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './org.contract.ts'
import { bodies, history, members, partyOrg, partyOrgs, persons, tree, unit, units, vocabulary } from './org.service.ts'
import { correctPerson as correctPersonOf } from './org-person.contract.ts'
import { correctPerson } from './org-person.service.ts'

export const readRoutes: Route[] = [
  route(contract.vocabulary, async ({ tenant, may }) => vocabulary(tenant, may)),
  route(contract.listUnits, ({ tx, query }) => units(tx, query)),
  route(contract.listPartyOrgs, ({ tx, actor, query }) => partyOrgs(tx, actor, query)),
  route(contract.treeLevel, ({ tx, params, query }) => tree(tx, params.tree, query)),
  route(contract.unitPage, ({ tx, actor, params, query }) => unit(tx, actor, params.id, query)),
  route(contract.partyOrgPage, ({ tx, actor, params, query }) => partyOrg(tx, actor, params.id, query)),
  route(contract.bodyHistory, ({ tx, params, query }) => history(tx, params.id, query)),
  route(contract.listMembers, ({ tx, actor, params, query }) => members(tx, actor, params.id, query)),
  route(contract.findPersons, ({ tx, query }) => persons(tx, query)),
  route(correctPersonOf, async ({ tx, allow, params, body }) => ({ changed: await correctPerson(tx, allow, params.person, body) })),
  route(contract.findBodies, ({ tx, query }) => bodies(tx, query)),
]
