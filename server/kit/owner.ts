// What only the database's owner may do, said at the command line: no route and no job has this connection.
import pg from 'pg'
import type { Query } from './sql.ts'
import type { Tenant } from './tenant.ts'

/** Queries as the database's owner, for one tenant, in one transaction. */
export interface Owner {
  tenant: Tenant
  all: <P, R>(query: Query<P, R>, params: P) => Promise<R[]>
}

/** Runs `work` in one transaction as the owner; commits when it resolves, rolls back when it throws. */
export async function asOwner<T>(ownerUrl: string, tenant: Tenant, work: (owner: Owner) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`begin; set local dajuan.tenant = ${pg.escapeLiteral(String(tenant.id))}`)
    const all = async <P, R>(query: Query<P, R>, params: P): Promise<R[]> => {
      const { text, values } = query.build(params)
      return (await client.query<R & pg.QueryResultRow>(text, values as unknown[])).rows
    }
    const value = await work({ tenant, all })
    await client.query('commit')
    return value
  } finally {
    // Ending the connection rolls back what was not committed.
    await client.end()
  }
}
