// Endpoints of marks.
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './marks.contract.ts'
import { correctMark, enterMark, exportMarks, listMarks, readMark, withdrawMark } from './marks.service.ts'
import { importMarks, previewMarks, readMarkFile } from './marks-import.service.ts'

export const markRoutes: Route[] = [
  route(contract.listMarks, ({ tx, query }) => listMarks(tx, query)),
  route(contract.readMark, ({ tx, params }) => readMark(tx, params.markId)),
  route(contract.enterMark, ({ tx, allow, body }) => enterMark(tx, allow, body)),
  route(contract.correctMark, ({ tx, allow, params, body }) => correctMark(tx, allow, params.markId, body)),
  route(contract.withdrawMark, ({ tx, allow, params, body }) => withdrawMark(tx, allow, params.markId, body.reason)),
  route(contract.exportMarks, (call) => exportMarks(call, call.body)),
  preparedRoute(
    contract.previewMarks,
    (call) => readMarkFile(call, call.query, call.body),
    ({ tx, may, query, prepared }) => previewMarks(tx, (bodyId) => may('marks.write', bodyId), query, prepared),
  ),
  preparedRoute(
    contract.importMarks,
    (call) => readMarkFile(call, call.query, call.body),
    ({ tx, may, query, prepared }) => importMarks(tx, (bodyId) => may('marks.write', bodyId), query, prepared),
  ),
]
