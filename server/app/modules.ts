// The modules of the server: their routes and their parts of a pack, a line each.
import { accessRoutes, securityPack } from '#modules/access/index.ts'
import { answersRoutes, checkAnswers, coveragePack, figuresPack, noticesPack, sheetFolder } from '#modules/answers/index.ts'
import { appraisalRoutes } from '#modules/appraisal/index.ts'
import { deskRoutes } from '#modules/desk/index.ts'
import { ledgerRoutes, recordsPack } from '#modules/ledger/index.ts'
import { checkStructureRules, organisationPack, orgRoutes } from '#modules/org/index.ts'
import { checkRubrics, loadPackRubrics, rubricFolder, rubricRoutes } from '#modules/rubric/index.ts'
import { checkBoards, scoringPack, scoringRoutes } from '#modules/scoring/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import type { PackCheck, PackFolder, PackPart } from '#server/kit/pack.ts'
import type { Route } from '#server/kit/route.ts'

export const routes: Route[] = [
  ...accessRoutes,
  ...deskRoutes,
  ...ledgerRoutes,
  ...orgRoutes,
  ...rubricRoutes,
  ...scoringRoutes,
  ...appraisalRoutes,
  ...answersRoutes,
]

export const packParts: PackPart<unknown>[] = [securityPack, organisationPack, recordsPack, scoringPack, noticesPack, figuresPack, coveragePack]

/** Folders of texts that a pack may have. */
export const packFolders: PackFolder[] = [rubricFolder, sheetFolder]

/** What modules check of a pack beyond its schemas. */
export const packChecks: PackCheck[] = [checkStructureRules, checkRubrics, checkBoards, checkAnswers]

/** What modules bring up to date for a tenant when the server starts, each in a transaction that sees the tenant. */
export const tenantStarts: ((tx: Tx) => Promise<void>)[] = [loadPackRubrics]

/** What modules do by themselves while the server is up. */
export const jobs: Job[] = []
