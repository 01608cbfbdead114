// What a reader should hear of: deadlines that were reminded of, and moves of followed matters.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'

/** One line: a deadline that comes (`reminder`), or what somebody did with a followed matter (`move`). */
export const NewsRow = Type.Object({
  what: Type.Union([Type.Literal('reminder'), Type.Literal('move')]),
  matterId: Type.String(),
  title: Type.String(),
  kindName: Type.String(),
  stageName: Type.String(),
  /** What was done; empty for a reminder. */
  moveName: Type.String(),
  author: shown('record', orNull(Type.String())),
  at: Type.String(),
  dueAt: orNull(Type.String()),
  unread: Type.Boolean(),
})
export type NewsRow = Static<typeof NewsRow>

export const listNews = endpoint({
  id: 'matter.news',
  method: 'GET',
  path: '/api/news',
  summary: 'What the reader should hear of, newest first, fifty at most: reminders of deadlines, moves of followed matters that the reader may see',
  reply: Type.Object({ rows: Type.Array(NewsRow) }),
})
export const unreadNews = endpoint({
  id: 'matter.news-unread',
  method: 'GET',
  path: '/api/news/unread',
  summary: 'How much of it is unread, counted to 50',
  reply: Type.Object({ count: Type.Integer() }),
})
export const newsRead = endpoint({
  id: 'matter.news-read',
  needs: 'read',
  method: 'POST',
  path: '/api/news/read',
  summary: 'Marks what came up to a moment as read',
  body: Type.Object({ until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z$' }) }, closed),
  reply: Type.Object({ count: Type.Integer() }),
})
export const followMatter = endpoint({
  id: 'matter.follow',
  needs: 'read',
  method: 'POST',
  path: '/api/matters/:matterId/follower',
  summary: 'Follows a matter, or no longer; gives no right to see it',
  params: Type.Object({ matterId: Id }, closed),
  body: Type.Object({ following: Type.Boolean() }, closed),
  reply: Type.Object({ following: Type.Boolean() }),
})
