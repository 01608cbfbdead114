// Endpoints of the lists, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './list.contract.ts'
import { listTickets } from './list.service.ts'

export const listRoutes: Route[] = [route(contract.listTickets, ({ tx, query }) => listTickets(tx, query))]
