// Endpoints of the answer sheet. What is counted over the whole tenant is ready before the reader's transaction opens.
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './answers.contract.ts'
import { askPart, figurePage, figuresOf, sheetText } from './answers.service.ts'
import { coverageOf } from './answers-coverage.service.ts'
import { evidenceOf, exportEvidence, publicGroups } from './answers-evidence.service.ts'
import { mustBePublic, sheetsFor } from './answers-release.service.ts'

/** Rows on a page. */
const PAGE = 30

export const answersRoutes: Route[] = [
  route(contract.listSheets, ({ tx, actor }) => sheetsFor(tx, actor)),
  preparedRoute(
    contract.readSheet,
    ({ pool, tenant, actor, params }) => mustBePublic(pool, tenant, actor, params),
    ({ tx, params }) => sheetText(tx, params.sheet),
  ),
  preparedRoute(contract.readFigures, figuresOf, async ({ prepared }) => prepared),
  preparedRoute(contract.readFigure, figurePage, async ({ prepared }) => prepared),
  preparedRoute(
    contract.readRows,
    (call) => askPart(call, call.query.part),
    ({ tx, actor, query, prepared }) => evidenceOf(tx, prepared, { after: query.after, limit: query.limit ?? PAGE, all: actor.scope === 'tenant' }),
  ),
  preparedRoute(
    contract.readGroups,
    (call) => askPart(call, call.query.part),
    ({ tx, prepared }) => publicGroups(tx, prepared),
  ),
  preparedRoute(
    contract.exportRows,
    (call) => askPart({ ...call, query: call.body }, call.body.part),
    (call) => exportEvidence(call, call.prepared),
  ),
  route(contract.readCoverage, async ({ tenant }) => coverageOf(tenant)),
]
