// Endpoints of the citizen's side.
import { type Route, route } from '#server/kit/route.ts'
import { citizenStep, follow, report } from './citizen.contract.ts'
import { followTicket, reportTicket, stepOfCitizen } from './citizen.service.ts'

export const citizenRoutes: Route[] = [
  route(report, (call) => reportTicket(call, call.body)),
  route(follow, (call) => followTicket(call, call.body)),
  route(citizenStep, (call) => stepOfCitizen(call, call.body)),
]
