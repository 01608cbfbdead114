// Facts of a folder in a temporary PostgreSQL: the catalogue over their tables, and the statements that make and fill them.
import type { Catalogue, ColumnType, Source, Sql } from '#engine/index.ts'
import { engineType } from './columns.ts'
import type { FactTable } from './facts.ts'

const sqlTypes: Partial<Record<ColumnType, string>> = {
  int: 'numeric',
  decimal: 'numeric',
  bool: 'boolean',
  date: 'date',
  string: 'text',
  'list(string)': 'text[]',
}

/** Columns are called c1, c2, … so that no name of a file can meddle with the SQL. */
function definitions(table: FactTable): string {
  const own = table.columns.map(({ type }, index) => `c${index + 1} ${sqlTypes[engineType[type]]}`)
  return ['row_no int', 'whose text', 'day date', 'known_from timestamptz', 'known_until timestamptz', ...own].join(', ')
}

/** Nothing that the engine calls a part of its statement: such a name would hide the table. */
function tableName(at: number): string {
  return `csv_${at + 1}`
}

/** The fact sources: the same for both evaluators. Whose a row is, is its unit, for rubrics of units and of Party organisations alike. */
export function catalogueOf(tables: FactTable[]): Catalogue {
  return {
    sources: tables.map((table, at): Source => {
      const isUnit = table.name === 'unit'
      return {
        name: table.name,
        label: table.name,
        relation: isUnit
          ? `${tableName(at)} r`
          : `(select * from ${tableName(at)} where (known_from is null or known_from <= {asOf}) and (known_until is null or known_until > {asOf})) r`,
        id: isUnit ? 'r.whose' : 'r.row_no',
        subjects: { unit: 'r.whose', 'party-org': 'r.whose' },
        when: table.dated ? 'r.day' : null,
        columns: table.columns.map(({ name, type }, index) => ({
          ...{ name, label: name, type: engineType[type], sql: `r.c${index + 1}` },
        })),
      }
    }),
  }
}

const CHUNK = 5000

/** The statements that make and fill the tables, which belong to the connection. */
export function loading(tables: FactTable[]): Sql[] {
  return tables.flatMap((table, at) => {
    const made = [`drop table if exists ${tableName(at)}`, `create temporary table ${tableName(at)} (${definitions(table)})`].map(
      (text): Sql => ({ text, values: [] }),
    )
    const rows = table.rows.map((row, index) => ({
      ...{ row_no: index + 1, whose: row.whose, day: row.day, known_from: row.knownFrom, known_until: row.knownUntil },
      ...Object.fromEntries(row.values.map((value, column) => [`c${column + 1}`, value])),
    }))
    const chunks = Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, index) => rows.slice(index * CHUNK, (index + 1) * CHUNK))
    const filled = chunks.map(
      (chunk): Sql => ({
        text: `insert into ${tableName(at)} select * from jsonb_to_recordset($1::jsonb) as x(${definitions(table)})`,
        values: [JSON.stringify(chunk)],
      }),
    )
    return [...made, ...filled]
  })
}
