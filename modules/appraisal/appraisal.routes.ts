// Endpoints of appraisal.
import { type Route, route } from '#server/kit/route.ts'
import { decideAppraisal, listAppraisals, readAppraisal, subjectGrades } from './appraisal.contract.ts'
import { appraisalPage, decideOn, gradesThroughYears, listAppraisalRows } from './appraisal.service.ts'

export const appraisalRoutes: Route[] = [
  route(listAppraisals, async ({ tx, allow }) => {
    allow('read')
    return { appraisals: await listAppraisalRows(tx) }
  }),
  route(readAppraisal, ({ tx, params, query, allow }) => {
    allow('read')
    return appraisalPage(tx, params.appraisal, query)
  }),
  route(subjectGrades, async ({ tx, params, allow }) => {
    allow('read')
    return { grades: await gradesThroughYears(tx, params.subject) }
  }),
  route(decideAppraisal, ({ tx, body, allow }) => {
    allow('appraisal.decide')
    return decideOn(tx, body)
  }),
]
