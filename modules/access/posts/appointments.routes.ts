// Endpoints of the security officer.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './appointments.contract.ts'
import { accountPosts, dropSecondFactor, forceOut, forgiveFailures, giveAppointment, takeAppointment } from './appointments.service.ts'

export const appointmentRoutes: Route[] = [
  route(contract.listAccountPosts, ({ tx, secrets, query }) => accountPosts(tx, secrets, query)),
  route(contract.appoint, async ({ tx, actor, body }) => {
    await giveAppointment(tx, actor, body)
    return {}
  }),
  route(contract.endAppointment, async ({ tx, actor, params, body }) => {
    await takeAppointment(tx, actor, params.id, body.reason)
    return {}
  }),
  route(contract.endAccountSessions, async ({ tx, actor, params }) => ({ ended: await forceOut(tx, actor, params.id) })),
  route(contract.liftThrottle, async ({ tx, actor, secrets, params }) => {
    await forgiveFailures(tx, actor, secrets, params.id)
    return {}
  }),
  route(contract.resetSecondFactor, async ({ tx, actor, params }) => {
    await dropSecondFactor(tx, actor, params.id)
    return {}
  }),
]
