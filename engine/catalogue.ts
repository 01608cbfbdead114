// What the modules tell the engine about their facts: sources, columns, whose and when.

/** Column types. Whole numbers and decimals are exact; a date has no time zone. */
export type ColumnType = 'string' | 'int' | 'decimal' | 'bool' | 'date' | 'timestamp' | 'list(string)'

/** Who is scored. */
export type SubjectKind = 'unit' | 'party-org'

export interface Column {
  name: string
  label: string
  type: ColumnType
  /** SQL expression over the relation's columns, e.g. `(fields->>'hours')::numeric`. */
  sql: string
  /** All texts that may stand in it, where the owner knows them. */
  values?: string[]
}

/**
 * A fact source. `relation` is a table, a subselect in brackets or a set-returning function call, with an alias; its owner writes the
 * tenant and bitemporal filters in it. It, and the other SQL fragments, may hold the marks `{tenant} {on} {asOf} {from} {to}`,
 * which become bound parameters (int, date, timestamptz, date, date). The engine adds `when between {from} and {to}` itself.
 */
export interface Source {
  name: string
  label: string
  relation: string
  /** SQL expression: the row's id, unique in the relation, of any type with an order; returned as text. */
  id: string
  /** SQL expression per subject kind: whose row it is, of the same type as the population's `id`; null for nobody's. Kinds that the source doesn't know are left out. */
  subjects: Partial<Record<SubjectKind, string>>
  /** SQL expression of the row's date, or null for a state that is valid on {on}. */
  when: string | null
  columns: Column[]
}

/**
 * All sources by name. Conventions: a population source has columns `name`, `class`, `parent` (string) and attributes, `when: null`,
 * and its `id` is the subject, and may have `share` (decimal, the part of the days {from} to {to} in which the subject existed); `mark`
 * has columns `item` (string), `value` (decimal), `by` (string), `group` (string, of the reviewer), and holds one row in force per
 * subject, item and reviewer; `ballot` has `item` (the question), `choice`, `category` (strings) and `count` (int), and holds sealed
 * totals, never a person's vote. A column `late` (bool) says which rows were entered late.
 */
export interface Catalogue {
  sources: Source[]
}

/** The name of the source that holds marks. */
export const markSource = 'mark'

/** The name of the source that holds totals of ballots. */
export const ballotSource = 'ballot'

/**
 * The name of the source that says who succeeded whom in a merger: whose a row is, is the successor; column `old` (string) is the id of what
 * was merged into it. Rubrics with `merged: follow` read it, as of {on} and {asOf}.
 */
export const successorSource = 'successor'

/** The source of that name, or undefined. */
export function findSource(catalogue: Catalogue, name: string): Source | undefined {
  return catalogue.sources.find((source) => source.name === name)
}
