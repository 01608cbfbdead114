// What the app may call of appraisal.
export { appraisalRoutes } from './appraisal.routes.ts'
export { appraisalSubject } from './appraisal.service.ts'
