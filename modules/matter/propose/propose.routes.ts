// Endpoints of proposals, a line each.
import { type Route, route } from '#server/kit/route.ts'
import { proposedRecords, servedMatters } from './propose.contract.ts'
import { mattersForRecord, recordsForMatter } from './propose.service.ts'

export const proposeRoutes: Route[] = [
  route(proposedRecords, ({ tx, actor, params }) => recordsForMatter(tx, actor, params.matterId)),
  route(servedMatters, ({ tx, actor, params }) => mattersForRecord(tx, actor, params.recordId)),
]
