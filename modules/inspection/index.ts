// What the app may call of inspection.
export { checkInspections, inspectionFolder } from './inspection.pack.ts'
export { inspectionRoutes } from './inspection.routes.ts'
export { inspectionSubject } from './inspection-plan.service.ts'
