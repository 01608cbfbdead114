// A score beside the same subject's a year before.
import { formatDate } from '#base/dates.ts'
import { endBefore } from '#engine/index.ts'
import type { Rubric } from '#modules/rubric/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { yearEarlier } from './dry/dry.rules.ts'
import { type Basis, basisOf } from './scoring.basis.ts'
import type { ScorePage } from './scoring.contract.ts'
import { liveBoard } from './scoring.live.ts'
import { scoreOrNone } from './scoring.service.ts'
import { runOfPeriodBefore } from './scoring.sql.ts'
import { scorePage } from './scoring.tree.ts'

export interface YearBefore {
  how: 'run' | 'recomputed'
  basis: Basis
}

/** The rubric over the year before. Its hash is another, so that boards of the two are kept apart. */
function yearBack({ ir, head, ...rubric }: Rubric): Rubric {
  return { ...rubric, head: { ...head, hash: `${head.hash} a year before` }, ir: yearEarlier(ir) }
}

/**
 * What a score is held against as last year's: the last official run of the rubric over an earlier period where there is one, what was
 * published then; else the same rubric over the facts of a year before, as they are known now.
 */
export async function yearBeforeOf(pool: Pool, tenant: Tenant, basis: Basis): Promise<YearBefore> {
  const { rubric, on, asked } = basis
  const run = await transaction(pool, { tenant, actorId: null, scope: [], mode: 'read' }, (tx) =>
    tx.maybe(runOfPeriodBefore, { tenantId: tenant.id, rubricId: rubric.head.rubricId, from: rubric.ir.period.from, asOf: asked }),
  )
  if (run !== undefined) return { how: 'run', basis: await basisOf(pool, tenant, { run: run.runId }) }
  const earlier = { rubric: yearBack(rubric), on: endBefore(on), asOf: asked }
  const board = await liveBoard(pool, tenant, earlier)
  return { how: 'recomputed', basis: { ...basis, ...earlier, asOf: board.asOf, run: null, board, spread: board.spread } }
}

/** The subject's score a year before, in the reader's scope; null where it had none. */
export async function lastYear(
  tx: Tx,
  actor: Actor,
  { how, basis }: YearBefore,
  subject: string,
): Promise<{ how: YearBefore['how']; sentence: string; score: ScorePage | null }> {
  const score = await scoreOrNone(tx, actor, basis, subject)
  const { head, ir } = basis.rubric
  const what =
    how === 'run'
      ? `上一考核期的正式计算（第${head.version}版，算到${formatDate(basis.on)}）`
      : `用这份细则算上一年的纪实（${formatDate(ir.period.from)}起，算到${formatDate(basis.on)}），不是当年公布的得分`
  return {
    how,
    sentence: score === null ? `${what}：当时没有这个对象。` : `${what}。`,
    score: score === null ? null : scorePage(tx.tenant, basis, score, null),
  }
}
