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

/** Whose rows a transaction reads: the tenant's, or those of a scope of few or of many bodies. */
export type Sight = 'tenant' | 'narrow' | 'wide'

/**
 * Tables, and functions that give rows of them, whose rows are somebody's: by name the condition under which the row `it` is of the
 * reader's scope. Statements read them in braces, `from {ledger.record} r`, which `seenBy` writes out: two layers, so that neither a
 * dropped policy nor a forgotten condition shows a foreign row (`npm run check` finds one that is read bare).
 */
export const owned = new Map<string, (sight: 'narrow' | 'wide') => string>()

/** Says that the rows of a table or function are somebody's. */
export function protect(name: string, condition: (sight: 'narrow' | 'wide') => string): void {
  owned.set(name, condition)
}

/** `it.<column>` is a body of the scope: few bodies are worth looking up by index, with many the rows are walked in their order. */
export function ofScope(column: string): (sight: 'narrow' | 'wide') => string {
  return (sight) => (sight === 'narrow' ? `it.${column} = any ((select kit.scope())::uuid[])` : uncounted(`it.${column} in (select unnest(kit.scope()))`))
}

/**
 * A condition written so that PostgreSQL takes it for neither a join nor an index condition, and as letting nearly all through, which
 * it does: the policies have narrowed the rows already, and a plan would count the same condition twice.
 */
export function uncounted(condition: string): string {
  return `nullif(${condition}, false) is not null`
}

const inBraces = /\{(\w+\.\w+)(\([^{}]*\))?\}/g

/** The text as it is run: what stands in braces is the table itself for who sees the tenant, the rows of the scope for others. */
export function seenBy(sight: Sight, text: string): string {
  return text.replace(inBraces, (_mark, name: string, call = '') => {
    const condition = owned.get(name)
    if (condition === undefined) throw new Error(`{${name}} is read in braces, but nobody has said whose its rows are`)
    return sight === 'tenant' ? `${name}${call}` : `(select it.* from ${name}${call} it where ${seenBy(sight, condition(sight))})`
  })
}

/** `column as "camelCase"` for each property of a row schema: the select list of a plain table read. */
export function columns(row: Record<string, TSchema>, alias = ''): Sql {
  const prefix = alias === '' ? '' : `${alias}.`
  const list = Object.keys(row).map((name) => `${prefix}${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as "${name}"`)
  return sql([list.join(', ')] as unknown as TemplateStringsArray)
}
