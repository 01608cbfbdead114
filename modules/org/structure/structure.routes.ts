// Endpoints of the structure rules.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './structure.contract.ts'
import { due, structure, structureRule } from './structure.service.ts'

export const structureRoutes: Route[] = [
  route(contract.structure, ({ tx, query }) => structure(tx, query)),
  route(contract.structureRule, ({ tx, actor, params, query }) => structureRule(tx, actor, params.rule, query)),
  route(contract.due, ({ tx, actor, query }) => due(tx, actor, query)),
]
