// Endpoints of the files of tickets, a line each.
import { lookAt, serveFile } from '#modules/ledger/index.ts'
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './attachment.contract.ts'
import { attachTo, fileOf, filesOf } from './attachment.service.ts'

export const attachmentRoutes: Route[] = [
  route(contract.ticketFiles, ({ tx, params }) => filesOf(tx, params.ticketId)),
  preparedRoute(
    contract.attachToTicket,
    ({ query, body }) => lookAt(query.name, body),
    ({ tx, actor, files, params, prepared }) => attachTo(tx, actor, files, params.ticketId, prepared),
  ),
  route(contract.ticketFile, async (call) => serveFile(call, await fileOf(call.tx, call.params.attachmentId), call.query.size)),
]
