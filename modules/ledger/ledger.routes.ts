// Endpoints of the ledger, a line each where it can be.

import { isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { now, today } from '#server/kit/clock.ts'
import { partOf } from '#server/kit/pack.ts'
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './ledger.contract.ts'
import { recordsPack } from './ledger.pack.ts'
import { correctRecord, enterRecord, readRecord, withdrawRecord } from './ledger.service.ts'
import { bodiesOf, rollOf } from './ledger.sql.ts'
import { attach, findAttachment, lookAt, serveFile } from './ledger-files.service.ts'
import { exportRecords, listRecords, monthsOf } from './ledger-list.service.ts'

/** Bodies offered in the entry form; whoever has more searches for one. */
const OFFERED = 30

export const ledgerRoutes: Route[] = [
  route(contract.recordKinds, async ({ tx, tenant, actor, may }) => {
    const ids = actor.scope === 'tenant' ? [] : [...actor.scope]
    const bodies = await tx.all(bodiesOf, { ids, on: today(tenant), asOf: now(tenant).toISOString(), limit: OFFERED })
    return { kinds: partOf(tenant, recordsPack).kinds, mayEnter: may('record.enter'), bodies }
  }),
  route(contract.listRecords, ({ tx, query }) => listRecords(tx, query)),
  route(contract.recordMonths, ({ tx, query }) => monthsOf(tx, query)),
  route(contract.enterRecord, ({ tx, allow, body }) => enterRecord(tx, allow, body)),
  route(contract.readRecord, ({ tx, params, may }) => readRecord(tx, params.recordId, may('record.correct'))),
  route(contract.correctRecord, ({ tx, allow, params, body }) => correctRecord(tx, allow, params.recordId, body)),
  route(contract.withdrawRecord, ({ tx, allow, params, body }) => withdrawRecord(tx, allow, params.recordId, body)),
  route(contract.exportRecords, (call) => exportRecords(call, call.body)),
  route(contract.roll, async ({ tx, query, allow }) => {
    if (!isDate(query.on)) throw new Refusal('invalid', '没有这一天。', [{ field: '/on', value: query.on, message: '没有这一天' }])
    allow('record.enter', query.body)
    return { people: await tx.all(rollOf, { bodyId: query.body, on: query.on, asOf: now(tx.tenant).toISOString() }) }
  }),
  preparedRoute(
    contract.attach,
    ({ query, body }) => lookAt(query.name, body),
    ({ tx, allow, files, params, prepared }) => attach(tx, allow, files, params.recordId, prepared),
  ),
  route(contract.attachment, async (call) => serveFile(call, await findAttachment(call.tx, call.params.attachmentId), call.query.size)),
]
