// What later modules and the app may call of access.

export { accessRoutes, tokenOf } from './access.routes.ts'
export { hashPassword } from './access.rules.ts'
export { actorOfToken, mayDo, mustBeAllowed } from './access.service.ts'
export { insertAccount, insertPerson } from './access.sql.ts'
