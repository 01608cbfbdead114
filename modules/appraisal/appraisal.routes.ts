// Endpoints of appraisal.
import { type Route, route } from '#server/kit/route.ts'
import { decideAppraisal, listAppraisals, readAppraisal, subjectGrades } from './appraisal.contract.ts'
import { appraisalPage, decideOn, gradesThroughYears, listAppraisalRows } from './appraisal.service.ts'

export const appraisalRoutes: Route[] = [
  route(listAppraisals, async ({ tx, actor }) => ({ appraisals: await listAppraisalRows(tx, actor) })),
  route(readAppraisal, ({ tx, actor, params, query }) => appraisalPage(tx, actor, params.appraisal, query)),
  route(subjectGrades, async ({ tx, actor, params }) => ({ grades: await gradesThroughYears(tx, actor, params.subject) })),
  route(decideAppraisal, ({ tx, actor, body }) => decideOn(tx, actor, body)),
]
