// What later modules and the app may call of approval.

export { approvalsPack, checkRoutes } from './approval.pack.ts'
export { approvalRoutes } from './approval.routes.ts'
export { type Content, type Subject, useSubjects } from './approval.subjects.ts'
export { approvalTodo, isUnderWay, type Release, releaseOf, releasesOf, toldTo } from './approval-read.service.ts'
