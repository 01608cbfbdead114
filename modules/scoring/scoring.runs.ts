// Official runs: frozen, computed and stored in one statement. Why the freeze works is in README.md.
import type { Static } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { type ItemResult, peersName, runSql, TOLD, telling } from '#engine/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { catalogueOf, freezeRubric, listRubricRows, mustBeReleased, type Rubric, rubricOf } from '#modules/rubric/index.ts'
import { isPgError, type Pool, type Tx, transaction, WRITERS } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { datesOf } from './scoring.basis.ts'
import { contextFor } from './scoring.board.ts'
import type { RunRow } from './scoring.contract.ts'
import { itemsOf } from './scoring.rules.ts'
import {
  compact,
  countResults,
  type FullResult,
  freezeMoment,
  insertRun,
  limitWaiting,
  lockRunId,
  type RunHead,
  resultsOfRun,
  runById,
  runHeads,
  storing,
} from './scoring.sql.ts'

export interface RunOrder {
  id: string
  rubric: string
  version?: number
  on?: string
  asOf?: string
}

const TRIES = 5

/**
 * A moment such that whatever is known by it has been committed, and whatever is committed later is known later.
 * Refuses (conflict) when somebody writes without pause for ten seconds, e.g. an import.
 */
export async function frozenMoment(pool: Pool, tenant: Tenant): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
        await tx.all(limitWaiting, {})
        return (await tx.one(freezeMoment, { lock: WRITERS, tenantId: tenant.id })).asOf
      })
    } catch (error) {
      // 55P03: somebody has been writing for two seconds; let those who waited behind us go first.
      if (!isPgError(error, '55P03')) throw error
      if (attempt === TRIES) throw new Refusal('conflict', '有一次导入或登记还没有结束，暂时不能确定计算的截至时刻，请稍后再试。')
    }
  }
}

/** Computes and stores a run as of `frozen`, or of the earlier moment that was ordered. The same id again gives the run there is. */
export async function storeRun(tx: Tx, order: RunOrder, frozen: string): Promise<RunRow & { repeated: boolean }> {
  await tx.all(lockRunId, { runId: order.id })
  const known = await tx.maybe(runById, { tenantId: tx.tenant.id, runId: order.id })
  if (known !== undefined) return repeat(tx, known, order)
  const rubric = await rubricOf(tx, order.rubric, order.version ?? null)
  await mustBeReleased(tx, rubric.head)
  const { on, asOf: wanted } = datesOf(tx.tenant, rubric, order)
  const asOf = wanted !== null && wanted < frozen ? wanted : frozen
  const from = performance.now()
  await tx.compiled(storing(runSql(rubric.ir, catalogueOf(tx.tenant), contextFor(tx.tenant, { rubric, on, asOf })), tx.tenant.id, order.id))
  const milliseconds = Math.round(performance.now() - from)
  const { count: subjects } = await tx.one(countResults, { tenantId: tx.tenant.id, runId: order.id })
  const { rubricId, version, title } = rubric.head
  const run = { runId: order.id, rubricId, version, on, asOf, subjects, milliseconds }
  const { startedAt } = await tx.one(insertRun, { ...run, tenantId: tx.tenant.id, ...rubric.ir.period, authorId: tx.actorId })
  await freezeRubric(tx, rubric.head)
  await leaveEntry(tx, 'scoring.run', { kind: 'run', id: order.id }, { rubric: rubricId, version, on, asOf, subjects })
  return { ...rowOf({ ...run, startedAt }, title), repeated: false }
}

async function repeat(tx: Tx, known: RunHead, order: RunOrder): Promise<RunRow & { repeated: boolean }> {
  if (known.rubricId !== order.rubric)
    throw new Refusal('conflict', '这个编号已经用于另一次计算，请换一个编号。', [{ field: '/id', value: order.id, message: '编号已使用' }])
  const { head } = await rubricOf(tx, known.rubricId, known.version)
  return { ...rowOf(known, head.title), repeated: true }
}

function rowOf({ runId, rubricId, version, on, asOf, subjects, milliseconds, startedAt }: RunHead, title: string): RunRow {
  return { run: runId, rubric: rubricId, version, title, on, asOf, subjects, milliseconds, startedAt }
}

/** Official runs, newest first. */
export async function listRunRows(tx: Tx, rubricId: string | null): Promise<RunRow[]> {
  const titles = new Map((await listRubricRows(tx)).map((row) => [row.rubric, row.title]))
  return (await tx.all(runHeads, { tenantId: tx.tenant.id, rubricId })).map((run) => rowOf(run, titles.get(run.rubricId) ?? run.rubricId))
}

/** A result as later modules read it. */
export type ScoredResult = Omit<Static<typeof FullResult>, 'items'> & { items: ItemResult[] }

/**
 * A stored run with all results that this transaction may see, which tell what the groups of quotas read: where a stored result doesn't, the run
 * is computed again for its day and moment, which gives the same, by a rubric that tells. Refuses not-found.
 */
export async function runResults(tx: Tx, runId: string): Promise<{ run: RunHead; results: ScoredResult[] }> {
  const run = await tx.maybe(runById, { tenantId: tx.tenant.id, runId })
  if (run === undefined) throw new Refusal('not-found', '没有这次计算。')
  const rubric = await rubricOf(tx, run.rubricId, run.version)
  const stored = await tx.all(resultsOfRun, { tenantId: tx.tenant.id, runId })
  const told = stored.length > 0 && hasOwnGroups(rubric.ir) ? await toldItems(tx, run, rubric) : new Map<string, ItemResult[]>()
  return { run, results: stored.map((row) => ({ ...row, items: [...itemsOf(row), ...(told.get(row.id) ?? [])] })) }
}

/** True where a quota's groups are others than class, parent or all, which every result names. */
function hasOwnGroups({ grades, population }: Rubric['ir']): boolean {
  return grades.some(({ quota }) => quota !== null && peersName(quota.peers, population) === null)
}

async function toldItems(tx: Tx, { on, asOf }: RunHead, rubric: Rubric): Promise<Map<string, ItemResult[]>> {
  const statement = runSql(telling(rubric.ir), catalogueOf(tx.tenant), contextFor(tx.tenant, { rubric, on, asOf }))
  const rows = await tx.compiled<{ id: string; items: string }>(compact(statement))
  return new Map(rows.map((row) => [row.id, itemsOf(row).filter(({ id }) => id === TOLD)]))
}
