// One person: what is held about them, an erasure. Corrections are org's.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { erasePerson, findPerson, organisationPack } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { DataOf } from '#server/kit/personal.ts'
import {
  accountsOfPerson,
  appointmentsOfPerson,
  delegationsOfPerson,
  identitiesOfPerson,
  ownUnmaskings,
  sessionsOfPerson,
  unmaskingsOver,
  withAccount,
} from './personal.sql.ts'
import { privacyPack } from './privacy.pack.ts'

/** What access holds of a person. */
export const accessDataOf: DataOf = async (tx, personId) => {
  const asked = { tenantId: tx.tenant.id, personId }
  const { posts } = partOf(tx.tenant, organisationPack)
  const { classes } = partOf(tx.tenant, privacyPack)
  const postIn = <R extends { post: string }>(row: R): R => ({ ...row, post: posts.find(({ id }) => id === row.post)?.name ?? row.post })
  const classIn = <R extends { class: string }>(row: R): R => ({ ...row, class: classes.find(({ id }) => id === row.class)?.name ?? row.class })
  return {
    账号: await tx.all(accountsOfPerson, asked),
    岗位任命: (await tx.all(appointmentsOfPerson, asked)).map(postIn),
    代行和代管: (await tx.all(delegationsOfPerson, asked)).map(postIn),
    统一身份: await tx.all(identitiesOfPerson, asked),
    会话: await tx.all(sessionsOfPerson, asked),
    我看过的个人信息: (await tx.all(ownUnmaskings, asked)).map(classIn),
    涉及我的组织的查看: (await tx.all(unmaskingsOver, { ...asked, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })).map(classIn),
  }
}

export interface PersonData {
  person: { id: string; name: string }
  at: string
  data: Record<string, unknown[]>
}

/** Everything that is held about a person, by heading, from what each module holds. Leaves an audit entry. */
export async function personData(tx: Tx, parts: readonly DataOf[], personId: string): Promise<PersonData> {
  const { person } = await findPerson(tx, personId)
  const data: Record<string, unknown[]> = {}
  for (const part of parts) Object.assign(data, await part(tx, personId))
  await leaveEntry(tx, 'person.export', { kind: 'person', id: personId }, Object.fromEntries(Object.values(data).map((rows, index) => [index, rows.length])))
  return { person: { id: person.id, name: person.name }, at: new Date().toISOString(), data }
}

/** Erases the one row that names a person. Refuses while they have an account that signs in, or belong somewhere. */
export async function eraseForGood(tx: Tx, personId: string, reason: string): Promise<void> {
  const { person, bodyId } = await findPerson(tx, personId)
  const [account] = await tx.all(withAccount, { tenantId: tx.tenant.id, ids: [personId] })
  if (account !== undefined) throw new Refusal('conflict', '这个人还有能登录的账号，请先停用账号。')
  await erasePerson(tx, person.id)
  await leaveEntry(tx, 'person.erase', { kind: 'person', id: person.id }, { reason, bodyId })
}
