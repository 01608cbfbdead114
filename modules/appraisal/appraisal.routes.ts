// Endpoints of appraisal.
import { type Route, route } from '#server/kit/route.ts'
import { decideAppraisal, listAppraisals, readAppraisal, subjectGrades } from './appraisal.contract.ts'
import { appraisalPage, decideOn, gradesThroughYears, listAppraisalRows } from './appraisal.service.ts'

export const appraisalRoutes: Route[] = [
  route(listAppraisals, async ({ tx }) => ({ appraisals: await listAppraisalRows(tx) })),
  route(readAppraisal, ({ tx, params, query }) => appraisalPage(tx, params.appraisal, query)),
  route(subjectGrades, async ({ tx, params }) => ({ grades: await gradesThroughYears(tx, params.subject) })),
  route(decideAppraisal, ({ tx, body }) => decideOn(tx, body)),
]
