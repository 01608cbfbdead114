// Endpoints of duties, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './duty.contract.ts'
import { amend, fulfilDuty } from './duty.service.ts'
import { exportDuties, gapsOf, gridOf, listDuties, myDuties, readDuty } from './duty-read.service.ts'

export const dutyRoutes: Route[] = [
  route(contract.myDuties, ({ tx, actor }) => myDuties(tx, actor)),
  route(contract.dutyGrid, async ({ tx, actor, query, allow }) => {
    if (query.body !== undefined) allow('read', query.body)
    return gridOf(tx, actor, query)
  }),
  route(contract.listDuties, async ({ tx, actor, query, allow }) => {
    if (query.body !== undefined) allow('read', query.body)
    return listDuties(tx, actor, query)
  }),
  route(contract.dutyGaps, async ({ tx, actor, query, allow }) => {
    if (query.body !== undefined) allow('read', query.body)
    return gapsOf(tx, actor, query)
  }),
  route(contract.readDuty, ({ tx, actor, params }) => readDuty(tx, actor, params.body, params.duty)),
  route(contract.fulfilDuty, (call) => fulfilDuty(call, call.body)),
  route(contract.correctFulfilment, (call) => amend(call, call.params.id, call.body.version, call.body.reason, call.body)),
  route(contract.withdrawFulfilment, (call) => amend(call, call.params.id, call.body.version, call.body.reason, null)),
  route(contract.exportDuties, async (call) => {
    if (call.body.body !== undefined) call.allow('export', call.body.body)
    return exportDuties(call, call.body)
  }),
]
