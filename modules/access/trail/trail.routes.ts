// Endpoints of the page 审计.
import { type Route, route } from '#server/kit/route.ts'
import { exportTrail, listTrail, readTrailEntry, readTrailState } from './trail.contract.ts'
import { trailEntry, trailFile, trailPage, trailState } from './trail.service.ts'

export const trailRoutes: Route[] = [
  route(listTrail, ({ tx, query }) => trailPage(tx, query)),
  route(readTrailState, ({ tx }) => trailState(tx)),
  route(readTrailEntry, ({ tx, params }) => trailEntry(tx, Number(params.seq))),
  route(exportTrail, (call) => trailFile(call, call.body)),
]
