// Statements as values. A query has a name, the shape of its rows and a function that builds its text;
// `npm run check` prepares each against the migrated schema and compares the columns.
import { type Sql, default as sql } from 'sql-template-tag'
import type { Static, TObject, TSchema } from 'typebox'

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag'

/** What runs a statement: text with $n marks and the values for them. */
export interface Statement {
  text: string
  values: unknown[]
}

export interface Query<Params, Row> {
  name: string
  row: TObject
  build: (params: Params) => Sql
  /** Never set; carries the row type. */
  _row?: Row
}

/** Every query of the process, for the check against the schema. */
export const queries = new Map<string, Query<never, unknown>>()

/**
 * Defines a named query.
 * @param name `<module>.<what>`, unique.
 * @param row the columns it returns, in camelCase as the SQL aliases them; an empty object for a command.
 */
export function query<Params, Shape extends TObject>(name: string, row: Shape, build: (params: Params) => Sql): Query<Params, Static<Shape>> {
  const value: Query<Params, Static<Shape>> = { name, row, build }
  if (queries.has(name)) throw new Error(`two queries are called ${name}`)
  queries.set(name, value as unknown as Query<never, unknown>)
  return value
}

/** `column as "camelCase"` for each property of a row schema: the select list of a plain table read. */
export function columns(row: Record<string, TSchema>, alias = ''): Sql {
  const prefix = alias === '' ? '' : `${alias}.`
  const list = Object.keys(row).map((name) => `${prefix}${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as "${name}"`)
  return sql([list.join(', ')] as unknown as TemplateStringsArray)
}
