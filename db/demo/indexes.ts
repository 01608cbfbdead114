// Takes the indexes off empty tables for the time of a load and puts them back as the migrations made them: building one is quicker than growing it.
import type { Client } from 'pg'

/** How one index is taken off and put back. */
export interface Rebuild {
  what: string
  drop: string
  create: string
  /** The same without keeping readers out: the index first, what makes it a key of the table last. */
  gently: { create: string; attach: string | null }
}

/** How to drop and rebuild every index of the tables, primary keys included; nothing for a table that holds rows. */
export async function rebuilds(client: Client, tables: readonly string[]): Promise<Rebuild[]> {
  const found: Rebuild[] = []
  for (const table of tables) {
    const { rows: some } = await client.query(`select from ${table} limit 1`)
    if (some.length > 0) continue
    const { rows } = await client.query<{ name: string; definition: string; constraint: string | null }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition, pg_get_constraintdef(c.oid) as constraint
       from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
       where i.indrelid = $1::regclass order by i.indisprimary desc, i.indexrelid`,
      [table],
    )
    for (const { name, definition, constraint } of rows) {
      const bare = name.slice(name.indexOf('.') + 1)
      found.push({
        what: bare,
        drop: constraint === null ? `drop index ${name}` : `alter table ${table} drop constraint ${bare}`,
        create: constraint === null ? definition : `alter table ${table} add constraint ${bare} ${constraint}`,
        gently: {
          create: definition,
          attach: constraint === null ? null : `alter table ${table} add constraint ${bare} ${constraint.split(' (')[0]} using index ${bare}`,
        },
      })
    }
  }
  return found
}

/** Drops the indexes of the empty ones among the tables. @returns what puts them back, one after another, telling how far it is. */
export async function withoutIndexes(client: Client, tables: readonly string[]): Promise<(at: (done: number, total: number) => void) => Promise<void>> {
  const list = await rebuilds(client, tables)
  for (const { drop } of list) await client.query(drop)
  return async (at) => {
    for (const [index, { create }] of list.entries()) {
      at(index, list.length)
      await client.query(create)
    }
  }
}
