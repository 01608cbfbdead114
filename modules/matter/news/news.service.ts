// What a reader should hear of (M13): reminders and the moves of followed matters, read through the reader's scope each time.
import { leaveEntry } from '#modules/audit/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { nameOfStep, stageOf } from '../matter.rules.ts'
import { unseen } from '../matter.service.ts'
import { matterById } from '../matter.sql.ts'
import { editionOf } from '../matter-prepare.service.ts'
import type { NewsRow } from './news.contract.ts'
import { deleteFollow, insertFollow, markSeen, newsOf, unreadCount } from './news.sql.ts'

const mine = (tx: Tx, { accountId }: Actor) => ({ tenantId: tx.tenant.id, accountId })

/** The newest lines. */
export async function newsFor(tx: Tx, actor: Actor): Promise<{ rows: NewsRow[] }> {
  const rows = (await tx.all(newsOf, mine(tx, actor))).map(async ({ what, matterId, at, dueAt, move, author, title, unread, ...row }): Promise<NewsRow> => {
    const kind = await editionOf(tx, row)
    const told = { what: what as NewsRow['what'], matterId, title, kindName: kind.name, stageName: stageOf(kind, row.stage).name }
    return { ...told, moveName: what === 'move' ? nameOfStep(kind, move) : '', author, at, dueAt, unread }
  })
  return { rows: await Promise.all(rows) }
}

/** How many lines are unread. */
export function unreadFor(tx: Tx, actor: Actor): Promise<{ count: number }> {
  return tx.one(unreadCount, mine(tx, actor))
}

/** Marks what came up to a moment as read; what comes later stays unread. @returns how much that is. */
export async function readUntil(tx: Tx, actor: Actor, until: string): Promise<{ count: number }> {
  const at = now(tx.tenant).toISOString()
  await tx.all(markSeen, { ...mine(tx, actor), until: until < at ? until : at })
  return unreadFor(tx, actor)
}

/** Follows a matter that the actor sees, or no longer; twice has one effect. */
export async function followMatter(tx: Tx, actor: Actor, matterId: string, following: boolean): Promise<{ following: boolean }> {
  const key = { ...mine(tx, actor), matterId }
  if ((await tx.maybe(matterById, key)) === undefined) throw unseen()
  const changed = await (following ? tx.maybe(insertFollow, { ...key, since: now(tx.tenant).toISOString() }) : tx.maybe(deleteFollow, key))
  if (changed !== undefined) await leaveEntry(tx, following ? 'matter.follow' : 'matter.unfollow', { kind: 'matter', id: matterId }, {})
  return { following }
}
