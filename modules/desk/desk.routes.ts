// Endpoints of the workbench and the search.
import { type Route, route } from '#server/kit/route.ts'
import { search, todo } from './desk.contract.ts'
import { find, todoOf } from './desk.service.ts'

export const deskRoutes: Route[] = [
  route(todo, ({ tx, actor }) => todoOf(tx, actor.scope)),
  route(search, async ({ tx, query, may }) => ({ items: await find(tx, query.q, may('read') ? 'all' : 'directory') })),
]
