// Endpoints of the workbench and the search.
import { type Route, route } from '#server/kit/route.ts'
import { search, todo } from './desk.contract.ts'
import { find, todoOf } from './desk.service.ts'

export const deskRoutes: Route[] = [
  route(todo, ({ tx, actor, may }) => todoOf(tx, actor, may('record.enter') ? 'may-enter' : 'may-look')),
  route(search, async ({ tx, query, may }) => ({ items: await find(tx, query.q, may('read') ? 'all' : 'directory') })),
]
