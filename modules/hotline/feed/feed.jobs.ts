// Reads feeds from folders, `<data>/hotline/feed/<source>/*.ndjson`, one event a line: what a platform without a way to call us puts there. The cursor is `file:line`.
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Value from 'typebox/value'
import { type Pool, transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { log } from '#server/kit/log.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { FeedEvent } from './feed.contract.ts'
import { takeEvents } from './feed.service.ts'
import { holdFeed } from './feed.sql.ts'

const BATCH = 500

/** Reads one source's folder from its cursor on, a batch a transaction: after a crash it goes on behind the last one that was taken. */
export async function pullFolder(pool: Pool, tenant: Tenant, source: string, folder: string): Promise<void> {
  const opening = { tenant, actorId: null, scope: 'tenant', mode: 'write' } as const
  const { cursor } = await transaction(pool, opening, (tx) => tx.one(holdFeed, { tenantId: tenant.id, source, at: new Date().toISOString() }))
  const [last = '', line = '0'] = cursor.split(':')
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson') && name >= last)
    .sort()) {
    let read = file === last ? Number(line) : 0
    let at = 0
    let taken = read
    let batch: FeedEvent[] = []
    const take = async (): Promise<void> => {
      // Also where no line was an event: the next turn begins behind them.
      if (read > taken) await transaction(pool, opening, (tx) => takeEvents(tx, source, batch, `${file}:${read}`))
      taken = read
      batch = []
    }
    for await (const text of createInterface({ input: createReadStream(join(folder, file)) })) {
      at += 1
      if (at <= read) continue
      read = at
      const event = parsed(text)
      if (event === undefined) log('feed line refused', { source, file, line: read })
      else batch.push(event)
      if (batch.length === BATCH) await take()
    }
    await take()
  }
}

/** The event of a line; undefined where it is none. */
function parsed(text: string): FeedEvent | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(FeedEvent, value) ? value : undefined
  } catch {
    return undefined
  }
}

export const feedJob: Job = {
  name: 'hotline.feed',
  everySeconds: 30,
  run: async ({ pool, dataDir }, tenant) => {
    const root = join(dataDir, 'hotline', 'feed')
    if (!existsSync(root)) return
    for (const { name } of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && /^[a-z][a-z0-9-]{0,30}$/.test(entry.name)))
      await pullFolder(pool, tenant, name, join(root, name))
  },
}
