// Endpoints of feeds.
import { type Route, route } from '#server/kit/route.ts'
import { pushFeed, readFeeds, replayFeed } from './feed.contract.ts'
import { listFeeds, replay, takeEvents } from './feed.service.ts'

export const hotlineFeedRoutes: Route[] = [
  route(pushFeed, ({ tx, params, body }) => takeEvents(tx, params.source, body.events)),
  route(replayFeed, ({ tx, params, body }) => replay(tx, params.source, body.cursor)),
  route(readFeeds, ({ tx }) => listFeeds(tx)),
]
