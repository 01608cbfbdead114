// Results that many readers share: computed once in a transaction of their own that sees the tenant, kept until facts change.
import { kOf } from '#modules/access/index.ts'
import type { Rubric } from '#modules/rubric/index.ts'
import { factsVersion } from '#server/kit/changes.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { type Board, computeBoard, type Wanted } from './scoring.board.ts'
import { type Spread, settled, spreadOf } from './scoring.rules.ts'
import { newestChange, resultsOfRun } from './scoring.sql.ts'

interface Entry {
  /** The counter of changes when computing began; a later one makes the entry stale. */
  version: number
  newest: string | null
  checkedAt: number
  board: Promise<Board>
}

/** How long other processes' changes may go unseen. This process's are seen at once. */
const LOOK_MS = 400
const KEPT = 8
const boards = new Map<string, Entry>()
const runs = new Map<string, Promise<Spread>>()

function asTenant<T>(pool: Pool, tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, work)
}

/** The board as facts stand now (or at a moment); computed once however many ask, again once facts have changed. */
export async function liveBoard(pool: Pool, tenant: Tenant, wanted: Wanted): Promise<Board> {
  const { head } = wanted.rubric
  const key = [tenant.id, head.rubricId, head.version, head.hash, wanted.on, wanted.asOf ?? ''].join('/')
  let before: Board | null = null
  for (;;) {
    const version = factsVersion(tenant.id)
    const entry = boards.get(key)
    if (entry === undefined) return compute(pool, tenant, wanted, key, version, before)
    if (entry.version === version && (Date.now() - entry.checkedAt < LOOK_MS || (await unchangedElsewhere(pool, tenant, entry)))) return used(key, entry)
    // Stale: whoever is computing finishes first, so that computations of one board never run beside each other.
    before = await entry.board.catch(() => null)
    if (boards.get(key) === entry) boards.delete(key)
  }
}

function used(key: string, entry: Entry): Promise<Board> {
  boards.delete(key)
  boards.set(key, entry)
  return entry.board
}

function compute(pool: Pool, tenant: Tenant, wanted: Wanted, key: string, version: number, before: Board | null): Promise<Board> {
  const entry: Entry = {
    version,
    newest: null,
    checkedAt: Number.POSITIVE_INFINITY,
    board: asTenant(pool, tenant, async (tx) => {
      entry.newest = (await tx.one(newestChange, { tenantId: tenant.id })).at
      const board = await computeBoard(tx, wanted, before)
      entry.checkedAt = Date.now()
      return board
    }),
  }
  boards.set(key, entry)
  while (boards.size > KEPT) boards.delete(boards.keys().next().value ?? '')
  // A failure is told to those who wait for it and not kept.
  entry.board.catch(() => boards.get(key) === entry && boards.delete(key))
  return entry.board
}

async function unchangedElsewhere(pool: Pool, tenant: Tenant, entry: Entry): Promise<boolean> {
  const before = entry.checkedAt
  entry.checkedAt = Date.now()
  try {
    const newest = await asTenant(pool, tenant, (tx) => tx.one(newestChange, { tenantId: tenant.id }))
    return newest.at === entry.newest
  } catch (error) {
    entry.checkedAt = before
    throw error
  }
}

/** The spread of a stored run; a run never changes, so it is read once. */
export function spreadOfRun(pool: Pool, tenant: Tenant, runId: string, rubric: Rubric): Promise<Spread> {
  const key = `${tenant.id}/${runId}`
  let spread = runs.get(key)
  if (spread === undefined) {
    spread = asTenant(pool, tenant, async (tx) =>
      settled(
        spreadOf(
          await tx.all(resultsOfRun, { tenantId: tenant.id, runId }),
          rubric.ir.grades.map(({ grade }) => grade),
          kOf(tenant),
        ),
      ),
    )
    runs.set(key, spread)
    while (runs.size > 50) runs.delete(runs.keys().next().value ?? '')
    spread.catch(() => runs.delete(key))
  }
  return spread
}
