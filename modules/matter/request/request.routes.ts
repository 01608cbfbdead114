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
  route(contract.draftRequest, ({ tx, actor, allow, body }) => draftRequest(tx, actor, allow, body)),
  route(contract.sendRequest, ({ tx, actor, allow, params, body }) => sendRequest(tx, actor, allow, params.requestId, body.receivers)),
  route(contract.recallRequest, ({ tx, allow, params, body }) => recallRequest(tx, allow, params.requestId, body.reason)),
  route(contract.nudgeRequest, ({ tx, allow, params, body }) => nudgeRequest(tx, allow, params.requestId, body)),
  route(contract.reviewRequest, ({ tx, actor, allow, params, body }) => reviewRequest(tx, actor, allow, params.requestId, body)),
  route(contract.exportReceivers, (call) => exportBoard(call, call.params.requestId, call.body)),
]
