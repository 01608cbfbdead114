// What burden holds of a person: askings they entered or sent, complaints they made under their name. One without a name leads to nobody [B7].
import type { DataOf } from '#server/kit/personal.ts'
import { askingsBy, complaintsBy } from './burden-person.sql.ts'

/** What burden holds of a person. */
export const burdenDataOf: DataOf = async (tx, personId) => {
  const key = { tenantId: tx.tenant.id, personId }
  return { 登记或下发的要求: await tx.all(askingsBy, key), 提过的减负意见: await tx.all(complaintsBy, key) }
}
