// What matters hold of a person: those given to them, and the steps they made.
import type { DataOf } from '#server/kit/personal.ts'
import { givenTo, stepsBy } from './matter-person.sql.ts'

/** What matters hold of a person. */
export const matterDataOf: DataOf = async (tx, personId) => {
  const key = { tenantId: tx.tenant.id, personId }
  return { 经办的事项: await tx.all(givenTo, key), 办过的步骤: await tx.all(stepsBy, key) }
}
