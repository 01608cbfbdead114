// Endpoints of approval.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './approval.contract.ts'
import { draft, endOpinions, opine, passStep, recall, resubmit, withdraw } from './approval.service.ts'
import { answerTo, noticesFor, object } from './approval-notices.service.ts'
import { listPage, paperPage, standingOf } from './approval-read.service.ts'

export const approvalRoutes: Route[] = [
  route(contract.listPapers, ({ tx, actor, query }) => listPage(tx, actor, query)),
  route(contract.readStanding, ({ tx, actor, query }) => standingOf(tx, actor, query.kind, query.subject)),
  route(contract.readPaper, ({ tx, actor, params }) => paperPage(tx, actor, params.paper)),
  route(contract.draftPaper, ({ tx, actor, body }) => draft(tx, actor, body)),
  route(contract.checkPaper, ({ tx, actor, params, body }) => passStep(tx, actor, params.paper, { step: 'check', ...body })),
  route(contract.signPaper, ({ tx, actor, params, body }) => passStep(tx, actor, params.paper, { step: 'sign', ...body })),
  route(contract.enterMeeting, ({ tx, actor, params, body: { heldOn, minutes, ...body } }) =>
    passStep(tx, actor, params.paper, { step: 'meeting', ...body, detail: { ...(heldOn === null ? {} : { heldOn }), minutes } }),
  ),
  route(contract.giveOpinion, ({ tx, actor, params, body }) => opine(tx, actor, params.paper, { step: 'opinions', ...body })),
  route(contract.endOpinions, ({ tx, actor, params, body }) => endOpinions(tx, actor, params.paper, { step: 'opinions', ...body })),
  route(contract.passSecrecy, ({ tx, actor, params, body }) => passStep(tx, actor, params.paper, { step: 'secrecy', ...body })),
  route(contract.releasePaper, ({ tx, actor, params, body }) => passStep(tx, actor, params.paper, { step: 'release', ...body })),
  route(contract.recallPaper, ({ tx, actor, params, body }) => recall(tx, actor, params.paper, { step: 'released', verdict: 'recall', ...body })),
  route(contract.withdrawPaper, ({ tx, actor, params, body }) => withdraw(tx, actor, params.paper, { step: 'draft', verdict: 'withdraw', ...body })),
  route(contract.resubmitPaper, ({ tx, actor, params, body }) =>
    resubmit(tx, actor, params.paper, { step: 'draft', verdict: 'resubmit', id: body.id, reason: body.note }),
  ),
  route(contract.listNotices, async ({ tx, actor }) => ({ notices: await noticesFor(tx, actor) })),
  route(contract.objectTo, ({ tx, actor, params, body, request, secrets }) =>
    object(tx, actor, params.paper, { ...body, addressMark: secrets.mark('objection', request.ip) }),
  ),
  route(contract.answerObjection, ({ tx, actor, params, body }) => answerTo(tx, actor, params.objection, body)),
]
