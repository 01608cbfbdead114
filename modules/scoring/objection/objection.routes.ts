// Endpoints of objections.
import { lookAt } from '#modules/ledger/index.ts'
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import { frozenMoment } from '../scoring.runs.ts'
import * as contract from './objection.contract.ts'
import { accept, attachFile, decide, openToObjections, raise, recompute, withdraw } from './objection.service.ts'
import { exportFound, objectionPage, objectionsPage, periodPage } from './objection-read.service.ts'

export const objectionRoutes: Route[] = [
  route(contract.listObjections, ({ tx, query }) => objectionsPage(tx, query)),
  route(contract.exportObjections, (call) => exportFound(call, call.body)),
  route(contract.readObjection, ({ tx, actor, params }) => objectionPage(tx, actor, params.objection)),
  route(contract.readPeriod, ({ tx, params }) => periodPage(tx, params.run)),
  route(contract.openPeriod, ({ tx, params }) => openToObjections(tx, params.run)),
  route(contract.raiseObjection, ({ tx, actor, allow, body }) => raise(tx, actor, allow, body)),
  preparedRoute(
    contract.attachToObjection,
    ({ query, body }) => lookAt(query.name, body),
    ({ tx, allow, files, params, prepared }) => attachFile(tx, allow, files, params.objection, prepared),
  ),
  route(contract.acceptObjection, ({ tx, actor, allow, params, body }) => accept(tx, actor, allow, params.objection, body.id)),
  route(contract.decideObjection, ({ tx, actor, allow, params, body }) => decide(tx, actor, allow, params.objection, body)),
  route(contract.withdrawObjection, ({ tx, actor, allow, params, body }) => withdraw(tx, actor, allow, params.objection, body)),
  preparedRoute(
    contract.recomputeRun,
    ({ pool, tenant }) => frozenMoment(pool, tenant),
    ({ tx, actor, allow, params, body, prepared }) => {
      allow('scoring.run')
      return recompute(tx, actor, params.run, body.id, prepared)
    },
  ),
]
