// Query shapes: each named query is prepared by the real, migrated database and the columns it would return are compared with
// the row schema it declares. Nothing is executed.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from 'pg'
import type { TSchema } from 'typebox'
import { owned, type Query, queries, type Sight, seenBy } from '#server/kit/sql.ts'

interface Column {
  name: string
  dataTypeID: number
}

/** The part of pg's connection that PostgreSQL's extended protocol needs to parse and describe a statement. */
interface Wire {
  parse: (statement: { name: string; text: string; types: number[] }) => void
  describe: (target: { type: 'S'; name: string }) => void
  sync: () => void
}

/** Columns that PostgreSQL says `text` would return; rejects with its complaint when it can't be prepared. */
export function describe(client: Client, text: string): Promise<Column[]> {
  return new Promise((resolve, reject) => {
    let columns: Column[] = []
    const submittable = {
      submit: (wire: Wire) => {
        wire.parse({ name: '', text, types: [] })
        wire.describe({ type: 'S', name: '' })
        wire.sync()
      },
      handleRowDescription: ({ fields }: { fields: Column[] }) => (columns = fields),
      handleError: reject,
      handleReadyForQuery: () => resolve(columns),
    }
    client.query(submittable as never)
  })
}

/** What a property may be in JavaScript, by PostgreSQL's type; parsers as server/kit/db.ts sets them. */
const KINDS: Record<number, string> = {
  16: 'boolean',
  20: 'number',
  21: 'number',
  23: 'number',
  700: 'number',
  701: 'number',
  18: 'string',
  19: 'string',
  25: 'string',
  1042: 'string',
  1043: 'string',
  1700: 'string',
  2950: 'string',
  1082: 'string',
  1184: 'string',
  1083: 'string',
  17: 'object',
  114: 'json',
  3802: 'json',
}

/** The same for a schema; a union takes what any of its parts takes, null aside. */
function kindsOf(schema: TSchema): Set<string> {
  const { type, anyOf, enum: values, const: constant } = schema as { type?: string; anyOf?: TSchema[]; enum?: unknown[]; const?: unknown }
  if (anyOf !== undefined) return new Set(anyOf.flatMap((part) => [...kindsOf(part)]))
  if (values !== undefined) return new Set(values.map((value) => typeof value))
  if (constant !== undefined) return new Set([typeof constant])
  if (type === undefined) return new Set(['any'])
  return type === 'null' ? new Set() : new Set([type === 'integer' ? 'number' : type])
}

function fits(schema: TSchema, dataTypeID: number, arrays: Set<number>): boolean {
  const wanted = kindsOf(schema)
  if (wanted.has('any') || wanted.size === 0) return true
  if (arrays.has(dataTypeID)) return wanted.has('array')
  const kind = KINDS[dataTypeID]
  // An enum or a domain comes as text; a jsonb value can be anything.
  return kind === 'json' || wanted.has(kind ?? 'string')
}

/** Stands for any parameter: has every property, can be iterated, is used as a value. With it, the optional parts of a query are built too. */
function anything(): unknown {
  const self: unknown = new Proxy(() => undefined, {
    get: (_target, name) => {
      if (name === Symbol.iterator) return [][Symbol.iterator].bind([self])
      if (name === Symbol.toPrimitive || name === 'toString' || name === 'toJSON') return () => '1'
      if (name === 'length') return 1
      if (name === 'map') return (each: (item: unknown, index: number) => unknown) => [each(self, 0)]
      return self
    },
    apply: () => self,
  })
  return self
}

const sights: Sight[] = ['tenant', 'narrow', 'wide']

/** The texts a query can have: with every optional part, and with none, for each that may read. */
function textsOf(query: Query<never, unknown>): string[] {
  const texts: string[] = []
  let failure: unknown
  for (const params of [anything(), {}]) {
    try {
      const { text } = query.build(params as never)
      texts.push(...sights.map((sight) => seenBy(sight, text)))
    } catch (error) {
      failure = error
    }
  }
  if (texts.length === 0) throw failure
  return [...new Set(texts)]
}

/** What is wrong with one query: the statement itself, or columns that are not those of its row schema. */
export async function checkQuery(client: Client, query: Query<never, unknown>, arrays: Set<number>): Promise<string[]> {
  const problems = new Set<string>()
  for (const text of textsOf(query)) {
    let columns: Column[]
    try {
      columns = await describe(client, text)
    } catch (error) {
      problems.add(`${query.name}: PostgreSQL refuses it: ${(error as Error).message}`)
      continue
    }
    const declared = query.row.properties
    // An empty row is a command's: what it returns is not looked at.
    if (Object.keys(declared).length === 0) continue
    for (const { name, dataTypeID } of columns) {
      const schema = declared[name]
      if (schema === undefined) problems.add(`${query.name}: returns column "${name}", which its row does not declare`)
      else if (!fits(schema, dataTypeID, arrays))
        problems.add(
          `${query.name}: column "${name}" comes as ${KINDS[dataTypeID] ?? `type ${dataTypeID}`}, its row declares ${[...kindsOf(schema)].join(' or ')}`,
        )
    }
    for (const name of Object.keys(declared))
      if (!columns.some((column) => column.name === name)) problems.add(`${query.name}: its row declares "${name}", which it does not return`)
  }
  return [...problems]
}

/** Places where a text reads a table or function whose rows are somebody's without braces: past the reader's scope. */
export function bareReads(text: string): string[] {
  const names = [...owned.keys()].map((name) => name.replace('.', '\\.')).join('|')
  const reads = new RegExp(`(?<!delete )\\b(?:from|join)\\s+(${names})\\b`, 'g')
  return names === ''
    ? []
    : [...text.matchAll(reads)].map(({ 1: name, index }) => `line ${text.slice(0, index).split('\n').length} reads ${name} past the scope: write {${name}}`)
}

/** Checks every query that the files `*.sql.ts` of modules and server define. */
export async function checkQueries(client: Client, root: string): Promise<{ problems: string[]; note: string }> {
  const files = ['modules', 'server'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  )
  for (const file of files) if (file.endsWith('.sql.ts')) await import(pathToFileURL(file).href)
  const { rows } = await client.query<{ oid: number }>(`select oid::int from pg_type where typcategory = 'A'`)
  const arrays = new Set(rows.map(({ oid }) => oid))
  const problems: string[] = []
  for (const file of files)
    if (file.endsWith('.sql.ts')) problems.push(...bareReads(readFileSync(file, 'utf8')).map((problem) => `${relative(root, file)}: ${problem}`))
  for (const query of queries.values()) problems.push(...(await checkQuery(client, query, arrays)))
  return { problems, note: `${queries.size} queries` }
}
