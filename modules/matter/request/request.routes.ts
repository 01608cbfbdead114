// Endpoints of requests, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './request.contract.ts'
import { draftRequest, nudgeRequest, recallRequest, reviewRequest, sendRequest } from './request.service.ts'
import { previewOf, reachOf } from './request-choose.service.ts'
import { askersOf, exportBoard, receiversOfRequest, requestPage, requestsPage } from './request-read.service.ts'

export const requestRoutes: Route[] = [
  route(contract.listAskers, async ({ tx, actor }) => ({ askers: await askersOf(tx, actor) })),
  route(contract.listRequests, ({ tx, query }) => requestsPage(tx, query)),
  route(contract.readRequest, ({ tx, actor, params }) => requestPage(tx, actor, params.requestId)),
  route(contract.listReceivers, ({ tx, params, query }) => receiversOfRequest(tx, params.requestId, query)),
  route(contract.previewRequest, ({ tx, actor, allow, body }) => {
    allow('matter.ask', body.askerId)
    return previewOf(tx, reachOf(actor, body.askerId), body)
  }),
  route(contract.draftRequest, (call) => draftRequest(call, call.body)),
  route(contract.sendRequest, (call) => sendRequest(call, call.params.requestId, call.body.receivers)),
  route(contract.recallRequest, (call) => recallRequest(call, call.params.requestId, call.body.reason)),
  route(contract.nudgeRequest, (call) => nudgeRequest(call, call.params.requestId, call.body)),
  route(contract.reviewRequest, (call) => reviewRequest(call, call.params.requestId, call.body)),
  route(contract.exportReceivers, (call) => exportBoard(call, call.params.requestId, call.body)),
]
