// Schemas that contracts and pack files have in common.
import { type TSchema, Type } from 'typebox'
import { uuidPattern } from './ids.ts'

/** No keys but those named. */
export const closed = { additionalProperties: false }

export const Id = Type.String({ pattern: uuidPattern })

/** A date as `YYYY-MM-DD` of the years 1900 to 2199, which a database's own bounds and sums of days stay clear of; whether it exists is for isDate to say. */
export const Day = Type.String({ pattern: '^(19|20|21)\\d{2}-\\d{2}-\\d{2}$' })

/** The schema, or null. */
export function orNull<T extends TSchema>(type: T) {
  return Type.Union([type, Type.Null()])
}
