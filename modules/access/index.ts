// What later modules and the app may call of access.
export { hashPassword } from './access.rules.ts'
export { accessRoutes, tokenOf } from './access.routes.ts'
export { actorOfToken, mayDo, mustBeAllowed } from './access.service.ts'
