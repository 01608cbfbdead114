// Planning, starting and closing an inspection, within caps and budgets or by its release [I1, I2].
import { createHash } from 'node:crypto'
import { formatDate, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId, uuidPattern } from '#base/ids.ts'
import { releaseOf, type Subject } from '#modules/approval/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { burdenPack, charge, preview } from '#modules/burden/index.ts'
import { oneLine } from '#modules/ledger/index.ts'
import type { Acting } from '#modules/matter/index.ts'
import { findBody, organisationPack } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { InspectionReceipt, NewInspection } from './inspection.contract.ts'
import { checklistsOf } from './inspection.pack.ts'
import { headsOf } from './inspection.rules.ts'
import {
  answersOf,
  besideInYear,
  type Head,
  inspectionById,
  lockFor,
  putInspection,
  putVisits,
  setState,
  unitsToVisit,
  type VisitHead,
  visitsOf,
} from './inspection.sql.ts'

/** One sentence for an inspection that is not there and for one that is not the actor's business [I7]. */
export const unseen = (): Refusal => new Refusal('not-found', '没有找到这次督查，或者它不在您的范围内。')
const wrong = (field: string, value: unknown, message: string): Refusal => new Refusal('invalid', `${message}。`, [{ field, value, message }])

/** The inspection, held until the transaction ends, for who may ask on behalf of its asking body. */
export async function held({ tx, allow }: Acting, inspectionId: string): Promise<Head> {
  await tx.all(lockFor, { id: inspectionId })
  const found = await tx.maybe(inspectionById, { tenantId: tx.tenant.id, inspectionId })
  if (found === undefined) throw unseen()
  allow('matter.ask', found.askerId)
  return found
}

const receipt = (inspectionId: string, state: Head['state'], repeated: boolean): InspectionReceipt => ({ inspectionId, state, repeated })

/** Plans an inspection, or writes one anew that hasn't started. Refuses: invalid (by field), not-found (bodies), conflict (started, id used). */
export async function planInspection({ tx, allow }: Acting, input: NewInspection): Promise<InspectionReceipt> {
  const { id, askerId, units, firstDay, lastDay } = input
  allow('matter.ask', askerId)
  await tx.all(lockFor, { id })
  const checklist = checklistsOf(tx.tenant).get(input.kind)
  if (checklist === undefined) throw wrong('/kind', input.kind, `没有“${input.kind}”这种督查，请从列表中选择`)
  for (const [field, value] of [
    ['/firstDay', firstDay],
    ['/lastDay', lastDay],
  ] as const)
    if (!isDate(value)) throw wrong(field, value, '没有这一天')
  if (lastDay < firstDay) throw wrong('/lastDay', lastDay, '结束日期不能早于开始日期')
  if (lastDay < today(tx.tenant)) throw wrong('/lastDay', lastDay, '这段日期已经过去')
  const bodies = await bodiesOf({ tx, allow }, askerId, units)
  const key = { tenantId: tx.tenant.id, inspectionId: id }
  const before = await tx.maybe(inspectionById, key)
  const content = { title: oneLine(input.title), basis: oneLine(input.basis), reason: oneLine(input.reason ?? '') }
  if (before !== undefined) {
    const there = (await tx.all(visitsOf, { tenantId: tx.tenant.id, inspectionIds: [id] })).map(({ unitId }) => unitId)
    if (hashOf(before, there) === hashOf({ ...before, ...input, ...content }, units)) return receipt(id, before.state, true)
    if (before.state !== 'planned') throw new Refusal('conflict', '这次督查已经开始，不能再改；要增加单位，请另外安排。')
  }
  const written = tx.maybe(putInspection, {
    ...{ ...key, ...content, kind: input.kind, checklist: JSON.stringify(checklist), askerId, firstDay, lastDay },
    ...{ authorId: tx.actorId, at: now(tx.tenant).toISOString() },
  })
  const saved = await written.catch((error: unknown) => {
    throw isPgError(error, '42501') ? used(id) : error
  })
  if (saved === undefined) throw used(id)
  await tx.all(putVisits, {
    ...key,
    askerId,
    visitIds: bodies.map(() => newId()),
    unitIds: bodies.map(({ unitId }) => unitId),
    bodyIds: bodies.map(({ bodyId }) => bodyId),
  })
  await leaveEntry(tx, 'inspection.plan', { kind: 'inspection', id }, { of: input.kind, asker: askerId, units: units.length })
  return receipt(id, 'planned', false)
}

const used = (id: string): Refusal => new Refusal('conflict', '这个编号已经用过，请刷新页面后重新填写。', [{ field: '/id', value: id, message: '编号已使用' }])

/** The units with the organisations that put right what is found. Refuses by name what may not or can't be inspected [I1]. */
async function bodiesOf({ tx, allow }: Pick<Acting, 'tx' | 'allow'>, askerId: string, units: readonly string[]): Promise<{ unitId: string; bodyId: string }[]> {
  const asker = await findBody(tx, askerId)
  if (asker === undefined) throw wrong('/askerId', askerId, '没有这个组织，请从列表中选择')
  for (const unitId of units) allow('matter.ask', unitId)
  const kinds = partOf(tx.tenant, organisationPack).party_org_kinds.flatMap(({ id, grassroots }) => (grassroots === true ? [id] : []))
  const found = await tx.all(unitsToVisit, { unitIds: units, kinds, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  return units.map((unitId, at) => {
    const unit = found.find((one) => one.unitId === unitId)
    if (unit === undefined) throw wrong(`/units/${at}`, unitId, '没有这个单位，请从列表中选择单位')
    if (unitId === asker.unitId || unitId === askerId) throw wrong(`/units/${at}`, unitId, `${unit.name}是组织督查的单位自己，不能督查自己`)
    if (unit.bodyId === null) throw wrong(`/units/${at}`, unitId, `${unit.name}没有基层党组织，查出的问题没有组织整改，请先在组织页登记`)
    return { unitId, bodyId: unit.bodyId }
  })
}

type Content = Pick<Head, 'kind' | 'title' | 'basis' | 'reason' | 'askerId' | 'firstDay' | 'lastDay'>

/** What is released when an inspection is: all that its units are told, and which they are. */
function hashOf({ kind, title, basis, reason, askerId, firstDay, lastDay }: Content, units: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, title, basis, reason, askerId, firstDay, lastDay, [...units].sort()]))
    .digest('hex')
}

function asking({ inspectionId, title, basis, askerId, firstDay, checklist }: Head) {
  const receivers = { under: askerId, of: 'unit' as const }
  return { id: inspectionId, title, basis, kind: 'inspection', askerId, receivers, minutes: checklist.minutes, dueOn: firstDay }
}

/** What an inspection that is planned would exceed, a sentence each, and whether exactly this was released [I2]. */
export async function weighed(tx: Tx, found: Head, visits: readonly VisitHead[]): Promise<{ exceeds: string[]; released: boolean }> {
  if (found.state !== 'planned') return { exceeds: [], released: false }
  const units = visits.map(({ unitId }) => unitId)
  // Whoever asks for nobody is held to no cap: burden counts what was charged, by body; here an office is one, and what is planned counts.
  const { askerId: _askerId, ...uncapped } = asking(found)
  const { why } = await preview(tx, uncapped, units)
  const year = found.firstDay.slice(0, 4)
  const most = mostOf(tx)
  const beside = await tx.all(besideInYear, { tenantId: tx.tenant.id, askerUnit: found.askerUnit, inspectionId: found.inspectionId, year })
  const full = most !== undefined && beside.length + 1 > most
  return {
    exceeds: [
      ...why,
      ...(full ? [`综合性督查检查考核一年最多 ${most} 次，${year}年已有 ${beside.length} 次（“${beside.map(({ title }) => title).join('”“')}”）`] : []),
    ],
    released: (await releaseOf(tx, 'inspection', found.inspectionId, hashOf(found, units))) !== undefined,
  }
}

/** Inspections of one body a year, as the pack caps them. */
export function mostOf(tx: Tx): number | undefined {
  return partOf(tx.tenant, burdenPack).caps.find(({ kind }) => kind === 'inspection')?.most_a_year
}

/** Starts it and charges its units. Refuses: conflict with the figures and the way out where it exceeds what is allowed and wasn't released. */
export async function startInspection(acting: Acting, inspectionId: string): Promise<InspectionReceipt> {
  const { tx } = acting
  const found = await held(acting, inspectionId)
  if (found.state !== 'planned') return receipt(inspectionId, found.state, true)
  if (found.lastDay < today(tx.tenant)) throw new Refusal('conflict', `督查到${formatDate(found.lastDay)}为止，已经过了；请先改日期。`)
  const visits = await tx.all(visitsOf, { tenantId: tx.tenant.id, inspectionIds: [inspectionId] })
  const { exceeds, released } = await weighed(tx, found, visits)
  if (exceeds.length > 0 && !released)
    throw new Refusal(
      'conflict',
      `${exceeds.join('；')}。请并入已经安排的督查（把单位加进去），或者写明理由送审，批准后再开始。`,
      exceeds.map((message) => ({ field: '/inspectionId', value: inspectionId, message })),
    )
  await charge(
    tx,
    { ...asking(found), ...(released ? { released: found.reason } : {}) },
    visits.map(({ unitId }) => unitId),
  )
  await tx.all(setState, { tenantId: tx.tenant.id, inspectionId, state: 'under-way', at: now(tx.tenant).toISOString() })
  await leaveEntry(tx, 'inspection.start', { kind: 'inspection', id: inspectionId }, { units: visits.length, minutes: found.checklist.minutes })
  return receipt(inspectionId, 'under-way', false)
}

/** Closes it. Refuses: conflict (not started, a visit with answers that nobody signed). */
export async function closeInspection(acting: Acting, inspectionId: string): Promise<InspectionReceipt> {
  const { tx } = acting
  const found = await held(acting, inspectionId)
  if (found.state === 'closed') return receipt(inspectionId, 'closed', true)
  if (found.state === 'planned') throw new Refusal('conflict', '这次督查还没有开始，不能结束。')
  const visits = await tx.all(visitsOf, { tenantId: tx.tenant.id, inspectionIds: [inspectionId] })
  const answers = await tx.all(answersOf, { tenantId: tx.tenant.id, visitIds: visits.map(({ visitId }) => visitId) })
  const open = visits.find(({ visitId, signedAt }) => signedAt === null && headsOf(answers.filter((one) => one.visitId === visitId)).size > 0)
  if (open !== undefined) throw new Refusal('conflict', `${open.unitName}已经查了，还没有签字；请督查组签字后再结束。`)
  await tx.all(setState, { tenantId: tx.tenant.id, inspectionId, state: 'closed', at: now(tx.tenant).toISOString() })
  await leaveEntry(
    tx,
    'inspection.close',
    { kind: 'inspection', id: inspectionId },
    { visits: visits.length, signed: visits.filter(({ signedAt }) => signedAt !== null).length },
  )
  return receipt(inspectionId, 'closed', false)
}

/** An inspection as a thing to be approved where it exceeds what is allowed. */
export const inspectionSubject: Subject = {
  kind: 'inspection',
  name: '督查',
  read: async (tx, id) => {
    const found = new RegExp(uuidPattern).test(id) ? await tx.maybe(inspectionById, { tenantId: tx.tenant.id, inspectionId: id }) : undefined
    if (found === undefined) return undefined
    const visits = await tx.all(visitsOf, { tenantId: tx.tenant.id, inspectionIds: [id] })
    const { exceeds } = await weighed(tx, found, visits)
    const stop =
      found.state !== 'planned'
        ? '这次督查已经开始，不必再送审。'
        : exceeds.length === 0
          ? '这次督查没有超出规定，不必送审，可以直接开始。'
          : found.reason === ''
            ? '请先写明为什么超出规定也要督查，保存后再送审。'
            : undefined
    return {
      title: found.title,
      bodyId: found.askerId,
      address: `/inspections/${id}`,
      hash: hashOf(
        found,
        visits.map(({ unitId }) => unitId),
      ),
      summary: [
        `${found.askerName}拟督查${visits.length}个单位，每个约${found.checklist.minutes}分钟，${formatDate(found.firstDay)}至${formatDate(found.lastDay)}。`,
        ...exceeds.map((text) => `${text}。`),
        ...(found.reason === '' ? [] : [`理由：${found.reason}`]),
      ],
      ...(stop === undefined ? {} : { stop }),
    }
  },
}
