// Endpoints of inspections, a line each.
import { lookAt } from '#modules/ledger/index.ts'
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './inspection.contract.ts'
import { checklistsOf } from './inspection.pack.ts'
import { closeInspection, planInspection, startInspection } from './inspection-plan.service.ts'
import { exportInspections, inspectionPage, inspectionsPage, visitPage } from './inspection-read.service.ts'
import { assignMember, candidatesFor } from './inspection-team.service.ts'
import { attachFile, keepAnswers, signVisit } from './inspection-visit.service.ts'

export const inspectionRoutes: Route[] = [
  route(contract.inspectionKinds, async ({ tenant }) => ({
    kinds: [...checklistsOf(tenant).values()].map(({ finding: _finding, citation: _citation, ...kind }) => kind),
  })),
  route(contract.listInspections, ({ tx, actor, query }) => inspectionsPage(tx, actor, query.year)),
  route(contract.readInspection, ({ tx, may, params }) => inspectionPage(tx, may, params.inspectionId)),
  route(contract.planInspection, (call) => planInspection(call, call.body)),
  route(contract.startInspection, (call) => startInspection(call, call.params.inspectionId)),
  route(contract.closeInspection, (call) => closeInspection(call, call.params.inspectionId)),
  route(contract.listCandidates, (call) => candidatesFor(call, call.params.inspectionId, call.query.q)),
  route(contract.assignMember, (call) => assignMember(call, call.params.inspectionId, call.body)),
  route(contract.readVisit, ({ tx, actor, params }) => visitPage(tx, actor, params.visitId)),
  route(contract.sendAnswers, async ({ tx, actor, params, body }) => ({
    ...(await keepAnswers(tx, actor, params.visitId, body.answers)),
    page: await visitPage(tx, actor, params.visitId),
  })),
  preparedRoute(
    contract.attachToAnswer,
    ({ query, body }) => lookAt(query.name, body),
    ({ tx, actor, files, params, query, prepared }) => attachFile(tx, actor, files, params.visitId, query.answer, prepared),
  ),
  preparedRoute(
    contract.signVisit,
    async ({ body }) => (body.drawn === undefined ? null : lookAt('签字.png', Buffer.from(body.drawn, 'base64'))),
    ({ tx, actor, files, params, body, prepared }) => signVisit(tx, actor, files, params.visitId, { ...body, looked: prepared }),
  ),
  route(contract.exportInspections, (call) => exportInspections(call, call.body)),
]
