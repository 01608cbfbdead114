// One person's row: read, corrected, erased; and what org holds of a person. Facts hold the opaque id alone (house.md §6.6).
import { addDays } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { leaveChange } from '#modules/audit/index.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { DataOf } from '#server/kit/personal.ts'
import { initialsOf } from './org.initials.ts'
import { organisationPack } from './org.pack.ts'
import type { PersonCorrection } from './org-person.contract.ts'
import {
  bodyOfPerson,
  correctPersonRow,
  erasePersonRow,
  holdingsOfPerson,
  leftBefore,
  membershipsOfPerson,
  type PersonRow,
  personById,
} from './org-person.sql.ts'

export type { PersonRow }

/** The person with this id, and the body they belong to (null: to none). Refuses where there is no such person. */
export async function findPerson(tx: Tx, personId: string): Promise<{ person: PersonRow; bodyId: string | null }> {
  const asked = { tenantId: tx.tenant.id, personId }
  const person = await tx.maybe(personById, asked)
  if (person === undefined) throw new Refusal('not-found', '没有找到这个人，或者不在您的范围内。')
  return { person, bodyId: (await tx.maybe(bodyOfPerson, asked))?.bodyId ?? null }
}

const correctable = ['name', 'sex', 'birthYear'] as const

/**
 * Corrects a person's row with a reason; what is left out stays. The entry holds which fields changed and keyed marks of before and after.
 * Refuses names that hold numbers. @returns the fields that changed.
 */
export async function correctPerson(tx: Tx, allow: (action: string, bodyId?: string) => void, personId: string, given: PersonCorrection): Promise<string[]> {
  const { person, bodyId } = await findPerson(tx, personId)
  if (bodyId !== null) allow('person.correct', bodyId)
  const after = { ...person, name: given.name?.trim() ?? person.name, sex: given.sex ?? person.sex, birthYear: given.birthYear ?? person.birthYear }
  if (after.name === '' || /\d{6}/.test(after.name))
    throw new Refusal('invalid', '姓名不能为空，里面也不应有号码。', [{ field: '/name', value: given.name, message: '请填写姓名' }])
  const changed = correctable.filter((field) => person[field] !== after[field])
  if (changed.length === 0) return []
  const [initials = ''] = await initialsOf([after.name])
  await tx.all(correctPersonRow, { ...after, tenantId: tx.tenant.id, personId, initials })
  const change = { before: { ...person }, after: { ...after }, sensitive: correctable, detail: { reason: given.reason } }
  await leaveChange(tx, 'person.correct', { kind: 'person', id: personId }, change)
  return changed
}

/** Deletes the one row that names a person. Counts and replays stay as they are: facts hold the id. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.all(erasePersonRow, { tenantId: tx.tenant.id, personId })
}

/** Persons whose memberships and posts have all ended more than so many days ago. */
export async function personsWhoLeft(tx: Tx, days: number): Promise<string[]> {
  return (await tx.all(leftBefore, { tenantId: tx.tenant.id, before: addDays(today(tx.tenant), -days) })).map(({ id }) => id)
}

/** What org holds of a person. */
export const orgDataOf: DataOf = async (tx, personId) => {
  const asked = { tenantId: tx.tenant.id, personId }
  const { posts } = partOf(tx.tenant, organisationPack)
  const nameOf = (id: string) => posts.find((post) => post.id === id)?.name ?? id
  return {
    人员登记: await tx.all(personById, asked),
    组织关系: await tx.all(membershipsOfPerson, asked),
    任职: (await tx.all(holdingsOfPerson, asked)).map((row) => ({ ...row, post: nameOf(row.post) })),
  }
}
