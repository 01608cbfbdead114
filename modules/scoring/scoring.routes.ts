// Endpoints of scoring. What many readers share is prepared before the request's transaction opens.
import { type Preparing, preparedRoute, type Route, route } from '#server/kit/route.ts'
import { type Basis, basisLine, basisOf } from './scoring.basis.ts'
import {
  type BasisQuery,
  exportBoard,
  exportScore,
  listRuns,
  printScore,
  readBoard,
  readDistribution,
  readEvidence,
  readLastYear,
  readScore,
  startRun,
} from './scoring.contract.ts'
import { countEvidence, evidencePage } from './scoring.evidence.ts'
import { BAND } from './scoring.rules.ts'
import { frozenMoment, listRunRows, storeRun } from './scoring.runs.ts'
import { boardPage, distribution, exportScores, readSubject, visibleScore } from './scoring.service.ts'
import { exportOne, printOne } from './scoring-export.service.ts'
import { lastYear, yearBeforeOf } from './scoring-year.service.ts'

function readBasis({ pool, tenant, query }: Pick<Preparing<unknown, BasisQuery, unknown>, 'pool' | 'tenant' | 'query'>): Promise<Basis> {
  return basisOf(pool, tenant, query)
}

export const scoringRoutes: Route[] = [
  preparedRoute(
    readBoard,
    (call) => readBasis(call),
    ({ tx, actor, query, prepared }) => boardPage(tx, actor, prepared, query),
  ),
  preparedRoute(
    readDistribution,
    (call) => readBasis(call),
    async ({ tx, tenant, prepared }) => ({
      basis: basisLine(tenant, prepared),
      width: BAND,
      classes: distribution(tx, prepared),
    }),
  ),
  preparedRoute(
    readScore,
    (call) => readBasis(call),
    ({ tx, actor, params, prepared }) => readSubject(tx, actor, prepared, params.subject),
  ),
  preparedRoute(
    readLastYear,
    async (call) => yearBeforeOf(call.pool, call.tenant, await readBasis(call)),
    ({ tx, actor, params, prepared }) => lastYear(tx, actor, prepared, params.subject),
  ),
  preparedRoute(
    exportScore,
    ({ pool, tenant, body: { format: _format, ...basis } }) => basisOf(pool, tenant, basis),
    (call) => exportOne(call, call.prepared, call.params.subject, call.body.format),
  ),
  preparedRoute(
    printScore,
    ({ pool, tenant, body }) => basisOf(pool, tenant, body),
    (call) => printOne(call, call.prepared, call.params.subject),
  ),
  preparedRoute(
    readEvidence,
    async (call) => {
      const { pool, tenant, params, query } = call
      const basis = await readBasis(call)
      return { basis, all: await countEvidence(pool, tenant, basis, { ...params, ...query }) }
    },
    async ({ tx, actor, params, query, prepared: { basis, all } }) => {
      await visibleScore(tx, actor, basis, params.subject)
      return evidencePage(tx, basis, { ...params, ...query }, all)
    },
  ),
  route(listRuns, async ({ tx, query }) => ({ runs: await listRunRows(tx, query.rubric ?? null) })),
  preparedRoute(
    startRun,
    ({ pool, tenant }) => frozenMoment(pool, tenant),
    ({ tx, body, prepared }) => storeRun(tx, body, prepared),
  ),
  preparedRoute(
    exportBoard,
    ({ pool, tenant, body }) => basisOf(pool, tenant, body),
    (call) => exportScores(call, call.prepared, call.body),
  ),
]
