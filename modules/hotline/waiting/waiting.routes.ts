// Endpoints of what waits on the hotline, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './waiting.contract.ts'
import { deskFor, findByNumber, waitingFor } from './waiting.service.ts'

export const waitingRoutes: Route[] = [
  route(contract.waiting, ({ tx }) => waitingFor(tx)),
  route(contract.deskRows, ({ tx, params, query }) => deskFor(tx, params.desk, query.after)),
  route(contract.findTicket, ({ tx, params }) => findByNumber(tx, params.number)),
]
