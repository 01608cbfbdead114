// What modules tell of their personal data: rows that are kept for a time only, and what they hold about one person.
import type { Tx } from './db.ts'

/** A kind of row that is deleted once its time is over; the pack's privacy.yaml says after how many days. */
export interface Kept {
  kind: string
  /** How many rows are over, without deleting them. */
  count: (tx: Tx, days: number) => Promise<number>
  /** Deletes them, and says how many they were. */
  remove: (tx: Tx, days: number) => Promise<number>
}

/** What a module holds about a person, by a heading in Chinese. The transaction sees the tenant. */
export type DataOf = (tx: Tx, personId: string) => Promise<Record<string, unknown[]>>
