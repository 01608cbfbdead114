// What later modules and the app may call of duty.

export { dutyJob } from './duty.jobs.ts'
export { checkDuties, conductFolder, dutyFolder } from './duty.pack.ts'
export { dutyRoutes } from './duty.routes.ts'
export { keepDuties } from './duty-editions.service.ts'
export { dutyTodo } from './duty-read.service.ts'
