// One record, any number of matters (M14): the system says which may belong together, a person links them.
import { Refusal } from '#base/errors.ts'
import { bodiesUnder } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { postFor } from '../matter.rules.ts'
import { unseen } from '../matter.service.ts'
import { matterById } from '../matter.sql.ts'
import { editionOf } from '../matter-prepare.service.ts'
import type { Proposal, Served } from './propose.contract.ts'
import { likeness, likest } from './propose.rules.ts'
import { mattersFor, recordOf, recordsFor } from './propose.sql.ts'

/** Shown at most, and looked at for it. */
const [MOST, LOOKED_AT] = [5, 100]
const handles = (actor: Actor, ownerId: string): boolean => postFor(actor, 'owner', { ownerId, askerId: null, doer: null }) !== undefined

/** Those of a kind that is named first, then those whose titles are alike; the rest only where no kind is named and `all` asks for them. */
function chosen<Row extends { title: string; isNamed: boolean; names: boolean }>(rows: readonly Row[], title: string, all: boolean): Row[] {
  const fits = (row: Row): boolean => row.isNamed || likeness(row.title, title) > 0 || (all && !row.names)
  const found = likest(rows.filter(fits), title, rows.length)
  return [...found.filter(({ isNamed }) => isNamed), ...found.filter(({ isNamed }) => !isNamed)].slice(0, MOST)
}

/** Records that may show what a matter asks for: of its body, within its time; none for whoever may not link one. */
export async function recordsForMatter(tx: Tx, actor: Actor, matterId: string): Promise<{ rows: Proposal[] }> {
  const matter = await tx.maybe(matterById, { tenantId: tx.tenant.id, matterId })
  if (matter === undefined) throw unseen()
  if (!handles(actor, matter.ownerId)) return { rows: [] }
  const { proposes } = await editionOf(tx, matter)
  const bodies = await bodiesUnder(tx, matter.ownerId)
  const time = { from: matter.openedOn, to: matter.closedOn ?? today(tx.tenant) }
  const rows = await tx.all(recordsFor, { tenantId: tx.tenant.id, matterId, bodies, ...time, limit: LOOKED_AT })
  const named = rows.map((row) => ({ ...row, isNamed: proposes?.includes(row.kind) === true, names: proposes !== undefined }))
  return { rows: chosen(named, matter.title, true).map(({ recordId, title, happenedOn }) => ({ recordId, title, happenedOn })) }
}

/** Open matters that the actor handles and that a record may satisfy: their kind names the record's, or their titles are alike. */
export async function mattersForRecord(tx: Tx, actor: Actor, recordId: string): Promise<{ rows: Served[] }> {
  const record = await tx.maybe(recordOf, { tenantId: tx.tenant.id, recordId })
  if (record === undefined) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  const { ownerId, unitId, happenedOn: on } = record
  const found = (await tx.all(mattersFor, { tenantId: tx.tenant.id, recordId, ownerId, unitId, on, limit: LOOKED_AT })).filter((row) =>
    handles(actor, row.ownerId),
  )
  const rows = found.map(async ({ matterId, title, dueAt, ...matter }) => {
    const { name: kindName, proposes } = await editionOf(tx, matter)
    return { matterId, title, kindName, dueAt, isNamed: proposes?.includes(record.kind) === true, names: proposes !== undefined }
  })
  return { rows: chosen(await Promise.all(rows), record.title, false).map(({ isNamed: _isNamed, names: _names, ...row }) => row) }
}
