// Endpoints of duties, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './duty.contract.ts'
import { amend, fulfilDuty } from './duty.service.ts'
import { exportDuties, gapsOf, gridOf, listDuties, myDuties, readDuty } from './duty-read.service.ts'

export const dutyRoutes: Route[] = [
  route(contract.myDuties, ({ tx, actor }) => myDuties(tx, actor)),
  route(contract.dutyGrid, ({ tx, actor, query }) => gridOf(tx, actor, query)),
  route(contract.listDuties, ({ tx, actor, query }) => listDuties(tx, actor, query)),
  route(contract.dutyGaps, ({ tx, actor, query }) => gapsOf(tx, actor, query)),
  route(contract.readDuty, ({ tx, actor, params }) => readDuty(tx, actor, params.body, params.duty)),
  route(contract.fulfilDuty, (call) => fulfilDuty(call, call.body)),
  route(contract.correctFulfilment, (call) => amend(call, call.params.id, call.body.version, call.body.reason, call.body)),
  route(contract.withdrawFulfilment, (call) => amend(call, call.params.id, call.body.version, call.body.reason, null)),
  route(contract.exportDuties, (call) => exportDuties(call, call.body)),
]
