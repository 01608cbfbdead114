// The modules of the server: their routes and their parts of a pack, a line each.
import { releaseDemonstration } from '#db/demo/release.ts'
import {
  accessDataOf,
  accessKept,
  accessRoutes,
  checkRetention,
  personalRoutes,
  privacyPack,
  privacyRoutes,
  retentionJob,
  securityPack,
  trailRoutes,
} from '#modules/access/index.ts'
import { answersRoutes, checkAnswers, coveragePack, figureSubject, figuresPack, noticesPack, sheetFolder, sheetSubject } from '#modules/answers/index.ts'
import { appraisalRoutes, appraisalSubject } from '#modules/appraisal/index.ts'
import { approvalRoutes, approvalsPack, checkRoutes, type Subject, useSubjects } from '#modules/approval/index.ts'
import { auditPack, relayJob, sealJob } from '#modules/audit/index.ts'
import { burdenDataOf, burdenPack, burdenRoutes, burdenSubject, checkForms, termsPack, useForms, useSubmissions } from '#modules/burden/index.ts'
import { deskRoutes } from '#modules/desk/index.ts'
import { checkDuties, conductFolder, dutyFolder, dutyJob, dutyRoutes, keepDuties } from '#modules/duty/index.ts'
import {
  attachmentRoutes,
  checkHotline,
  citizenRoutes,
  feedJob,
  foldJob,
  hotlineFeedRoutes,
  hotlinePack,
  hotlineRoutes,
  knowledgeRoutes,
  open311Routes,
  ratesRoutes,
  tallyJob,
  textJob,
  ticketJob,
  ticketListRoutes,
  waitingRoutes,
} from '#modules/hotline/index.ts'
import { checkInspections, inspectionFolder, inspectionRoutes, inspectionSubject } from '#modules/inspection/index.ts'
import { handedInSince, learnRecords, ledgerDataOf, ledgerRoutes, markRoutes, recordForms, recordsPack } from '#modules/ledger/index.ts'
import {
  calendarPack,
  checkCalendar,
  checkMatters,
  feedRoutes,
  keepEditions,
  matterDataOf,
  matterFolder,
  matterForms,
  matterRoutes,
  newsRoutes,
  proposeRoutes,
  remindJob,
  requestRoutes,
  requestSubject,
} from '#modules/matter/index.ts'
import { checkStructureRules, organisationPack, orgDataOf, orgRoutes } from '#modules/org/index.ts'
import { checkLint, checkRubrics, lintPack, loadPackRubrics, rubricFolder, rubricRoutes, rubricSubject } from '#modules/rubric/index.ts'
import { checkBoards, dryRoutes, objectionRoutes, scoringPack, scoringRoutes } from '#modules/scoring/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import type { PackCheck, PackFolder, PackPart } from '#server/kit/pack.ts'
import type { DataOf, Kept } from '#server/kit/personal.ts'
import type { Route } from '#server/kit/route.ts'

/** What modules hold about one person. */
export const dataOf: DataOf[] = [orgDataOf, accessDataOf, burdenDataOf, ledgerDataOf, matterDataOf]

/** Rows that modules keep for a time only. */
export const kept: readonly Kept[] = accessKept

export const routes: Route[] = [
  ...accessRoutes,
  ...trailRoutes,
  ...privacyRoutes,
  ...personalRoutes(dataOf),
  ...deskRoutes,
  ...burdenRoutes,
  ...ledgerRoutes,
  ...markRoutes,
  ...matterRoutes,
  ...feedRoutes,
  ...newsRoutes,
  ...proposeRoutes,
  ...requestRoutes,
  ...dutyRoutes,
  ...inspectionRoutes,
  ...hotlineRoutes,
  ...knowledgeRoutes,
  ...attachmentRoutes,
  ...waitingRoutes,
  ...ticketListRoutes,
  ...citizenRoutes,
  ...ratesRoutes,
  ...hotlineFeedRoutes,
  ...open311Routes,
  ...orgRoutes,
  ...approvalRoutes,
  ...rubricRoutes,
  ...scoringRoutes,
  ...objectionRoutes,
  ...dryRoutes,
  ...appraisalRoutes,
  ...answersRoutes,
]

export const packParts: PackPart<unknown>[] = [
  auditPack,
  securityPack,
  privacyPack,
  organisationPack,
  approvalsPack,
  termsPack,
  burdenPack,
  recordsPack,
  calendarPack,
  hotlinePack,
  lintPack,
  scoringPack,
  noticesPack,
  figuresPack,
  coveragePack,
]

/** Folders of texts that a pack may have. */
export const packFolders: PackFolder[] = [matterFolder, inspectionFolder, dutyFolder, conductFolder, rubricFolder, sheetFolder]

/** What can be sent for approval. */
const approvalSubjects: Subject[] = [rubricSubject, appraisalSubject, sheetSubject, figureSubject, requestSubject, burdenSubject, inspectionSubject]
useSubjects(approvalSubjects)

/** What is filled in, and who counts what was handed in. */
useForms((pack) => [...recordForms(pack), ...matterForms(pack)])
useSubmissions(handedInSince)

/** What modules check of a pack beyond its schemas. */
export const packChecks: PackCheck[] = [
  checkRetention(kept.map(({ kind }) => kind)),
  checkStructureRules,
  checkMatters,
  checkDuties,
  checkInspections,
  checkRoutes,
  checkForms,
  checkCalendar,
  checkHotline,
  checkLint,
  checkRubrics,
  checkBoards,
  checkAnswers,
]

/** What modules bring up to date for a tenant when the server starts, each in a transaction that sees the tenant. */
export const tenantStarts: ((tx: Tx) => Promise<void>)[] = [keepEditions, keepDuties, loadPackRubrics, releaseDemonstration, learnRecords]

/** What modules do by themselves while the server is up. */
export const jobs: Job[] = [sealJob, relayJob, retentionJob(kept), remindJob, dutyJob, ticketJob, textJob, tallyJob, feedJob, foldJob]
