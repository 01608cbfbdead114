// What later modules and the app may call of matter.

export { checkMatters, kindsOf, matterFolder, matterKindsOf } from './matter.pack.ts'
export { matterRoutes } from './matter.routes.ts'
export { begun, type Edition, moved, nameOfStep, type Standing, stageOf, typeOf, waitsFor } from './matter.rules.ts'
export { type Batch, openMatter, openMatters } from './matter.service.ts'
export { calendarOf, calendarPack, checkCalendar } from './matter-calendar.pack.ts'
export { findMatters, listMatters } from './matter-list.service.ts'
export { keepEditions } from './matter-prepare.service.ts'
export { matterTodo } from './matter-read.service.ts'
export { mattersOf, mattersSince } from './matter-since.service.ts'
export { matterSources } from './matter-sources.sql.ts'
export { requestRoutes } from './request/request.routes.ts'
export { requestSubject } from './request/request.service.ts'
