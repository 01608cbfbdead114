// Endpoints of news, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './news.contract.ts'
import { followMatter, newsFor, readUntil, unreadFor } from './news.service.ts'

export const newsRoutes: Route[] = [
  route(contract.listNews, ({ tx, actor }) => newsFor(tx, actor)),
  route(contract.unreadNews, ({ tx, actor }) => unreadFor(tx, actor)),
  route(contract.newsRead, ({ tx, actor, body }) => readUntil(tx, actor, body.until)),
  route(contract.followMatter, ({ tx, actor, params, body }) => followMatter(tx, actor, params.matterId, body.following)),
]
