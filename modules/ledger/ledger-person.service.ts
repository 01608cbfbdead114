// What the ledger holds of a person: the records they took part in or were entered by.
import type { DataOf } from '#server/kit/personal.ts'
import { participationsOf } from './ledger-person.sql.ts'

/** What the ledger holds of a person. */
export const ledgerDataOf: DataOf = async (tx, personId) => ({ 参加的纪实: await tx.all(participationsOf, { tenantId: tx.tenant.id, personId }) })
