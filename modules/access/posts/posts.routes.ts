// Endpoints of posts, appointments and delegations.
import { type Route, route } from '#server/kit/route.ts'
import { appointmentRoutes } from './appointments.routes.ts'
import { delegationRoutes } from './delegations.routes.ts'
import { listPostPeople, readPosts } from './posts.contract.ts'
import { peopleInReach, postsAndActions } from './posts.service.ts'

export const postRoutes: Route[] = [
  route(readPosts, ({ tx, actor }) => postsAndActions(tx, actor)),
  route(listPostPeople, ({ tx, actor, query }) => peopleInReach(tx, actor, query)),
  ...appointmentRoutes,
  ...delegationRoutes,
]
