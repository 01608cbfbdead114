// What later modules and the app may call of access.

export { securityPack } from './access.pack.ts'
export { accessRoutes } from './access.routes.ts'
export { hashPassword } from './access.rules.ts'
export { actorOfToken } from './access.service.ts'
export { insertAccount, insertPerson } from './access.sql.ts'
export { tokenOf } from './identity/cookies.ts'
export { mayDo, mustBeAllowed } from './posts/posts.rules.ts'
export { insertAppointment } from './posts/posts.sql.ts'
