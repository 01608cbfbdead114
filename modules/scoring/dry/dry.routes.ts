// Endpoints of dry runs and next steps. A dry run is computed before the request's transaction opens, in its person's turn.
import { type Preparing, preparedRoute, type Route } from '#server/kit/route.ts'
import { basisOf } from '../scoring.basis.ts'
import { dryRun, exportDryRun, readNextSteps } from './dry.contract.ts'
import { exportTable, type Finished, type Tried, told, tryOut } from './dry.service.ts'
import { inTurn } from './dry.turn.ts'
import { stepsFor } from './steps.service.ts'

function finish({ pool, tenant, actor, request, body }: Preparing<unknown, unknown, Tried>): Promise<Finished> {
  return inTurn(pool, tenant, actor.accountId, request, (tx) => tryOut(tx, body))
}

export const dryRoutes: Route[] = [
  preparedRoute(dryRun, finish, async ({ tx, actor, body, prepared }) => told(tx, actor, prepared, body)),
  preparedRoute(
    exportDryRun,
    (call) => {
      call.allow('export')
      return finish(call)
    },
    (call) => exportTable(call, call.prepared, call.body.table),
  ),
  preparedRoute(
    readNextSteps,
    ({ pool, tenant, query }) => basisOf(pool, tenant, query),
    ({ tx, actor, params, prepared }) => stepsFor(tx, actor, prepared, params.subject),
  ),
]
