// The job that reminds of deadlines: each once, by day (M12). In the page a reminder is its row, there exactly once; outside it is sent at most once.
import { chinaDate, formatDate } from '#base/dates.ts'
import { type Holder, holdersAt } from '#modules/access/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import type { Job, JobHost } from '#server/kit/jobs.ts'
import { log } from '#server/kit/log.ts'
import { type Message, NotTaken } from '#server/kit/notify/message.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { kindsOf } from '../matter.pack.ts'
import { actionOf, movesFrom, stageOf } from '../matter.rules.ts'
import { calendarOf } from '../matter-calendar.pack.ts'
import { isAwake } from '../matter-clock.rules.ts'
import type { By } from '../matter-kinds.contract.ts'
import { topOrgs } from '../matter-list.sql.ts'
import { editionOf } from '../matter-prepare.service.ts'
import { dueReminders, insertReminders, NOBODY, noteReminder, takeReminders } from './reminder.sql.ts'

const BATCH = 500
/** So long after it was due a reminder still goes out: a server that was down says it once when it is up again. */
const DAYS = 7
/** So often it is tried where nobody took it, a minute apart. */
const TRIES = 5

type Due = Awaited<ReturnType<typeof takeDue>>[number]
const takeDue = (tx: Tx, until: Date, only: { kinds: string[]; stages: string[] } | null) =>
  tx.all(dueReminders, {
    tenantId: tx.tenant.id,
    since: new Date(until.getTime() - DAYS * 86_400_000).toISOString(),
    until: until.toISOString(),
    kinds: only?.kinds ?? null,
    stages: only?.stages ?? null,
    limit: BATCH,
  })

/** Stages of the pack whose clock reminds also at night. */
function wakeful(tenant: Tenant): { kinds: string[]; stages: string[] } {
  const found = [...kindsOf(tenant).values()].flatMap(({ id, stages }) =>
    stages.flatMap((stage) => (stage.clock?.any_hour === true ? [[id, stage.id] as const] : [])),
  )
  return { kinds: found.map(([kind]) => kind), stages: found.map(([, stage]) => stage) }
}

/** Whose turn it is: holders of a post of the body that makes the next move; where the matter is a person's, that person alone. */
function toRemind({ waitsFor, ownerId, askerId, personId }: Due, holders: readonly Holder[], postsOf: (by: By) => string[], tops: readonly string[]): string[] {
  const body = waitsFor === 'owner' ? ownerId : askerId
  const posts = waitsFor === '' ? [] : postsOf(waitsFor as By)
  const theirs = holders.filter(({ post, bodyId }) => posts.includes(post) && (bodyId === body || (bodyId === null && body !== null && tops.includes(body))))
  const own = waitsFor === 'owner' && personId !== null ? theirs.filter((holder) => holder.personId === personId) : theirs
  return [...new Set(own.map(({ accountId }) => accountId))]
}

async function writeDown(tx: Tx, found: readonly Due[], state: 'page' | 'due'): Promise<void> {
  const at = now(tx.tenant).toISOString()
  const { posts } = partOf(tx.tenant, organisationPack)
  const postsOf = (by: By): string[] => posts.filter(({ may }) => may.includes(actionOf[by])).map(({ id }) => id)
  const bodies = [...new Set(found.flatMap(({ ownerId, askerId }) => (askerId === null ? [ownerId] : [ownerId, askerId])))]
  const all = [...new Set((['owner', 'asker', 'checker'] as const).flatMap(postsOf))]
  const holders = await tx.all(holdersAt, { bodies, posts: all, on: today(tx.tenant), asOf: at })
  const tops = (await tx.all(topOrgs, { on: today(tx.tenant), asOf: at })).map(({ id }) => id)
  const rows: { due: Due; accountId: string; anyHour: boolean }[] = []
  for (const due of found) {
    const anyHour = stageOf(await editionOf(tx, due), due.stage).clock?.any_hour === true
    const accounts = toRemind(due, holders, postsOf, tops)
    for (const accountId of accounts.length === 0 ? [NOBODY] : accounts) rows.push({ due, accountId, anyHour })
  }
  await tx.all(insertReminders, {
    ...{ tenantId: tx.tenant.id, at, state },
    matterIds: rows.map(({ due }) => due.matterId),
    dueAts: rows.map(({ due }) => due.dueAt),
    accountIds: rows.map(({ accountId }) => accountId),
    anyHour: rows.map(({ anyHour }) => anyHour),
  })
}

type Taken = { matterId: string; dueAt: string; accountId: string; login: string; kind: string; hash: string; stage: string; waitsFor: string }

/** What leaves the house: kind, stage and deadline, no title; the link opens the form of the move that is waited for. */
async function messageOf(tx: Tx, origin: string, taken: Taken): Promise<Message> {
  const { matterId, dueAt, accountId, login, stage, waitsFor } = taken
  const kind = await editionOf(tx, taken)
  const move = movesFrom(kind, stage).find(({ by, to }) => by === waitsFor && to !== stage)
  const isOver = new Date(dueAt) < now(tx.tenant)
  const subject = `${kind.name}：${stageOf(kind, stage).name}，${isOver ? '已过期限' : `${formatDate(chinaDate(new Date(dueAt)))}到期`}`
  return {
    ...{ id: `${matterId}.${Date.parse(dueAt)}.${accountId}`, login, subject },
    text: `您有一件“${kind.name}”轮到您办（${stageOf(kind, stage).name}），${isOver ? '期限已过' : `期限是${formatDate(chinaDate(new Date(dueAt)))}`}。打开链接，登录后办理。`,
    link: `${origin}/matters/${matterId}${move === undefined ? '' : `?move=${move.id}`}`,
  }
}

/** Sends what is to be sent outside: marked and committed before, so that a crash in between sends nothing twice; what surely nobody took is tried again. */
async function sendOut({ pool, notifier }: Pick<JobHost, 'pool' | 'notifier'>, tenant: Tenant, isAsleep: boolean): Promise<void> {
  if (notifier === undefined) return
  const opening = { tenant, actorId: null, scope: 'tenant', mode: 'write' } as const
  const taken = await transaction(pool, opening, async (tx) => {
    const rows = await tx.all(takeReminders, { tenantId: tenant.id, anyHourAlone: isAsleep, tries: TRIES, limit: BATCH })
    return Promise.all(rows.filter(({ state }) => state === 'sending').map(async (row) => ({ row, message: await messageOf(tx, notifier.origin, row) })))
  })
  for (const { row, message } of taken) {
    const state = await notifier.send(message).then(
      () => 'sent' as const,
      (error: Error) => {
        log('reminder not sent', { id: message.id, error: error.message })
        return error instanceof NotTaken && row.tries < TRIES ? ('due' as const) : ('failed' as const)
      },
    )
    await transaction(pool, opening, (tx) =>
      tx.all(noteReminder, { tenantId: tenant.id, matterId: row.matterId, dueAt: row.dueAt, accountId: row.accountId, state }),
    )
  }
}

/** Reminds of what is due, for one tenant. At night and on days off only what says `any_hour`. */
export async function remind(host: Pick<JobHost, 'pool' | 'notifier'>, tenant: Tenant): Promise<void> {
  const at = now(tenant)
  const isAsleep = !isAwake(at, calendarOf(tenant))
  const only = isAsleep ? wakeful(tenant) : null
  if (only?.kinds.length !== 0)
    for (let more = true; more; )
      more = await transaction(host.pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
        const found = await takeDue(tx, at, only)
        if (found.length > 0) await writeDown(tx, found, host.notifier === undefined ? 'page' : 'due')
        return found.length === BATCH
      })
  await sendOut(host, tenant, isAsleep)
}

export const remindJob: Job = { name: 'matter.remind', everySeconds: 60, run: remind }
