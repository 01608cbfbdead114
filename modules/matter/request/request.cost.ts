// What a request costs those who are asked, in the words of the composer. The figures are burden's.
import type { Tx } from '#server/kit/db.ts'
import type { Edition } from '../matter.rules.ts'
import type { Cost } from './request.contract.ts'
import type { Receiver } from './request.sql.ts'

/** The cost of asking these receivers for a matter of this kind. */
export async function costOf(_tx: Tx, kind: Edition, { receivers }: { askerId: string; dueOn: string | null; receivers: readonly Receiver[] }): Promise<Cost> {
  const { minutes, fields } = kind
  return {
    receivers: receivers.length,
    minutes,
    hours: Math.round((receivers.length * minutes) / 60),
    from: '估计',
    fields: fields.length,
    notes: [],
    exceeds: [],
    refused: [],
  }
}
