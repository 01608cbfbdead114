// One dry run a person at a time: a newer one ends the older one, and so does the person who goes away.
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { isPgError, type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { makeGate } from '#server/kit/gate.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { endStatement, limitTime, ownProcess } from './dry.sql.ts'

/** So many of all persons at once: the others wait, and connections are left for those who work. */
const gate = makeGate(2, 20)
const running = new Map<string, () => void>()
/** PostgreSQL's code for a statement that was ended, by its time or by somebody. */
const ENDED = '57014'

/**
 * Runs `work` in a transaction of its own that sees the tenant. Refuses: conflict when the same person starts another one meanwhile or has
 * gone, too-many when it takes longer than ten seconds.
 */
export async function inTurn<T>(pool: Pool, tenant: Tenant, person: string, request: FastifyRequest, work: (tx: Tx) => Promise<T>): Promise<T> {
  const key = `${tenant.id}/${person}`
  running.get(key)?.()
  let stopped = false
  let pid: number | null = null
  let ending: Promise<unknown> | undefined
  const stop = (): void => {
    if (stopped) return
    stopped = true
    if (pid !== null) ending = end(pool, pid)
  }
  const leave = (): void => {
    if (stopped) throw new Refusal('conflict', '您又开始了一次试算，这一次已停止。')
  }
  running.set(key, stop)
  const { socket } = request.raw
  socket.once('close', stop)
  try {
    return await gate(async () => {
      leave()
      return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
        await tx.all(limitTime, {})
        pid = (await tx.one(ownProcess, {})).pid
        leave()
        try {
          return await work(tx)
        } finally {
          // The connection serves others afterwards: what is to end it must have come and gone.
          pid = null
          await ending
        }
      })
    })
  } catch (error) {
    leave()
    if (isPgError(error, ENDED)) throw new Refusal('too-many', '试算超过10秒还没有算完，已停止。请过一会儿再试，或者先减少细则里的指标。')
    throw error
  } finally {
    socket.off('close', stop)
    if (running.get(key) === stop) running.delete(key)
  }
}

async function end(pool: Pool, pid: number): Promise<void> {
  const { text, values } = endStatement.build({ pid })
  await pool.query(text, values as unknown[]).catch(() => undefined)
}
