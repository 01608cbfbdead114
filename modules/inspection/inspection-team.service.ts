// Who visits: proposed with the reason where somebody must avoid a unit, refused where it is assigned nonetheless [I3].
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Acting } from '#modules/matter/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tie } from './inspection.contract.ts'
import { avoidance, tieNames } from './inspection.rules.ts'
import { addMember, answersOf, dropMember, peopleNamed, tiesOf, type VisitHead, visitsOf } from './inspection.sql.ts'
import { held } from './inspection-plan.service.ts'

const MOST = 10

/** The visits whose unit the person must avoid, with the tie. */
async function avoided({ tx }: Pick<Acting, 'tx'>, accountId: string, visits: readonly VisitHead[]): Promise<{ visit: VisitHead; tie: Tie }[]> {
  const ties = await tx.all(tiesOf, { accountId, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  return visits.flatMap((visit) => {
    const tie = avoidance(ties, visit.unitId)
    return tie === undefined ? [] : [{ visit, tie }]
  })
}

/** People by name who have an account, with the units of the inspection that each must avoid. */
export async function candidatesFor(acting: Acting, inspectionId: string, q: string) {
  const { tx } = acting
  await held(acting, inspectionId)
  const visits = await tx.all(visitsOf, { tenantId: tx.tenant.id, inspectionIds: [inspectionId] })
  const found = await tx.all(peopleNamed, { tenantId: tx.tenant.id, q: q.trim(), accountId: null, most: MOST })
  const people = []
  for (const person of found) {
    const avoids = (await avoided(acting, person.accountId, visits)).map(({ visit, tie }) => ({ visitId: visit.visitId, unit: visit.unitName, tie }))
    people.push({ ...person, avoids })
  }
  return { people }
}

/** Puts a person on the team of visits, or takes one off. Refuses: not-found (inspection, visit, person), conflict (must avoid, signed, answers there). */
export async function assignMember(
  acting: Acting,
  inspectionId: string,
  { accountId, visits: ids, assigned }: { accountId: string; visits: readonly string[]; assigned: boolean },
): Promise<{ visits: number }> {
  const { tx } = acting
  const found = await held(acting, inspectionId)
  if (found.state === 'closed') throw new Refusal('conflict', '这次督查已经结束，督查组不能再变。')
  const all = await tx.all(visitsOf, { tenantId: tx.tenant.id, inspectionIds: [inspectionId] })
  const visits = ids.map((id, at) => {
    const visit = all.find(({ visitId }) => visitId === id)
    if (visit === undefined) throw new Refusal('not-found', '这次督查没有这个单位。', [{ field: `/visits/${at}`, value: id, message: '没有这个单位' }])
    if (visit.signedAt !== null) throw new Refusal('conflict', `${visit.unitName}已经签字，督查组不能再变。`)
    return visit
  })
  if (assigned) await mustFit(acting, accountId, visits)
  else await mustHaveSaidNothing(acting, accountId, ids)
  const key = { tenantId: tx.tenant.id, visitIds: [...ids], accountId }
  if (assigned) await tx.all(addMember, { ...key, inspectionId, askerId: found.askerId, at: now(tx.tenant).toISOString() })
  else await tx.all(dropMember, key)
  await leaveEntry(tx, 'inspection.assign', { kind: 'inspection', id: inspectionId }, { accountId, visits: ids.length, assigned })
  return { visits: visits.length }
}

async function mustFit({ tx }: Acting, accountId: string, visits: readonly VisitHead[]): Promise<void> {
  const [person] = await tx.all(peopleNamed, { tenantId: tx.tenant.id, q: '', accountId, most: 1 })
  if (person === undefined)
    throw new Refusal('not-found', '没有找到这位同志，或者不在您的范围内。', [{ field: '/accountId', value: accountId, message: '没有找到' }])
  const avoids = await avoided({ tx }, accountId, visits)
  if (avoids.length > 0)
    throw new Refusal(
      'conflict',
      `${person.name}要回避：${avoids.map(({ visit, tie }) => `${visit.unitName}（${tieNames[tie]}）`).join('、')}。请换一位同志，或者只派去其他单位。`,
      avoids.map(({ visit, tie }) => ({ field: '/visits', value: visit.visitId, message: `${visit.unitName}：${tieNames[tie]}` })),
    )
}

/** Who has answered stays on the team: the answers are signed in the team's name. */
async function mustHaveSaidNothing({ tx }: Acting, accountId: string, visitIds: readonly string[]): Promise<void> {
  const answers = await tx.all(answersOf, { tenantId: tx.tenant.id, visitIds: [...visitIds] })
  if (answers.some(({ authorId }) => authorId === accountId)) throw new Refusal('conflict', '这位同志已经有检查记录，不能移出督查组。')
}
