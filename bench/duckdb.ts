// DuckDB with the city in native tables, loaded before anything is measured; two threads.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

export interface Duck {
  all: <R>(sql: string) => Promise<R[]>
  close: () => void
}

const field = (name: string): string => `fields->>'${name}' as ${name}`
const dated = "valid_from, least(valid_until, date '9999-12-31') as valid_until, known_from, least(known_until, timestamptz '9999-12-31') as known_until"
const known = "known_from, least(known_until, timestamptz '9999-12-31') as known_until"

/** What is taken over, a table each: the columns the baseline reads, jsonb fields as columns of their own. */
const tables: Record<string, string> = {
  unit: `select unit_id, name, level, ${dated} from org.unit`,
  party_org: `select party_org_id, kind, unit_id, ${dated} from org.party_org`,
  placement: `select tree, node_id, parent_id, ${dated} from org.placement`,
  membership: `select person_id, party_org_id, kind, ${dated} from org.membership`,
  holding: `select body_id, person_id, post, ${dated} from org.holding`,
  term: `select party_org_id, term_id, elected_on, due_on, ${known} from org.term`,
  mark: `select subject_id, item, value, given_on, ${known} from ledger.mark`,
  matter: `select kind, unit_id, opened_on, outcome, known_from, stage_since as closed_at from matter.matter`,
  record: `select kind, unit_id, party_org_id, happened_on, due, present, complete, state, ${known}, ${['campaign', 'occasion', 'activity', 'theme', 'form', 'honour'].map(field).join(', ')},
    fields->>'state' as honour_state, (fields->>'by_secretary')::boolean as by_secretary, (fields->>'concentrated')::boolean as concentrated, (fields->>'review')::boolean as review,
    (fields->>'done')::boolean as done, (fields->>'problems')::int as problems, (fields->>'households')::int as households, (fields->>'questions')::int as questions,
    (fields->>'solved')::int as solved, (fields->>'works')::int as works from ledger.record`,
}

/** Copies the tables out of PostgreSQL and into DuckDB. */
export async function openDuck(ownerUrl: string): Promise<Duck> {
  const folder = mkdtempSync(join(tmpdir(), 'dajuan-duck-'))
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  try {
    for (const [name, select] of Object.entries(tables)) {
      const file = join(folder, `${name}.csv`)
      await pipeline(client.query(copyTo(`copy (${select}) to stdout with (format csv, header)`)), createWriteStream(file))
      await connection.run(`create table ${name} as select * from read_csv('${file}', sample_size = -1)`)
    }
  } finally {
    await client.end()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    all: async <R>(sql: string): Promise<R[]> => (await connection.runAndReadAll(sql)).getRowObjectsJS() as R[],
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
