// Endpoints of answers that may be given directly, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './knowledge.contract.ts'
import { knowledgeOf, withdrawAnswer, writeAnswer } from './knowledge.service.ts'

export const knowledgeRoutes: Route[] = [
  route(contract.listKnowledge, ({ tx, query }) => knowledgeOf(tx, query)),
  route(contract.writeKnowledge, ({ tx, body }) => writeAnswer(tx, body)),
  route(contract.withdrawKnowledge, ({ tx, params, body }) => withdrawAnswer(tx, params.knowledgeId, body.revision)),
]
