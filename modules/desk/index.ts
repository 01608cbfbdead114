// The desk reads every module and is read by none; the app mounts its routes.
export { deskRoutes } from './desk.routes.ts'
