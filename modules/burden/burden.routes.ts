// Endpoints of burden, a line each where it can be.

import { partOf } from '#server/kit/pack.ts'
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './burden.contract.ts'
import { burdenPack } from './burden.pack.ts'
import { enterAsking, fill, knownFor, preview } from './burden.service.ts'
import { answer, complain, complaintByNumber, complaintsOf } from './burden-complaint.service.ts'
import { publishedOf } from './burden-published.service.ts'
import { askingsOf, exportTotals, exportWorkbook, overviewOf, totalsOf } from './burden-totals.service.ts'

export const burdenRoutes: Route[] = [
  route(contract.overview, ({ tx }) => overviewOf(tx)),
  route(contract.known, async ({ tx, query, allow }) => {
    allow('read', query.body)
    return { values: await knownFor(tx, query.body, query.form) }
  }),
  route(contract.fill, async ({ tx, body }) => {
    await fill(tx, body.form, body.seconds)
    return {}
  }),
  route(contract.preview, ({ tx, body, allow }) => {
    allow('record.enter', body.receivers.under)
    if (body.askerId !== undefined) allow('record.enter', body.askerId)
    return preview(tx, body)
  }),
  route(contract.listAskings, async ({ tx, query, allow }) => {
    if (query.body !== undefined) allow('read', query.body)
    return askingsOf(tx, query)
  }),
  route(contract.enterAsking, ({ tx, allow, body }) => enterAsking(tx, allow, body)),
  route(contract.listComplaints, async ({ tx, may }) => ({
    mayAnswer: may('burden.answer'),
    kinds: partOf(tx.tenant, burdenPack).complaints.kinds,
    rows: await complaintsOf(tx),
  })),
  route(contract.complain, ({ tx, body }) => complain(tx, body)),
  route(contract.complaintByNumber, async ({ tx, params }) => ({ found: await complaintByNumber(tx, params.complaintId) })),
  route(contract.answerComplaint, ({ tx, params, body }) => answer(tx, params.complaintId, body.answer)),
  route(contract.readTotals, async ({ tx, query }) => ({ rows: await totalsOf(tx, query) })),
  route(contract.exportWorkbook, (call) => exportWorkbook(call, call.body)),
  route(contract.published, ({ tx }) => publishedOf(tx)),
  route(contract.exportTotals, (call) => exportTotals(call, call.body)),
]
