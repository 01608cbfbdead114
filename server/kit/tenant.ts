// Tenants: which one a request is for, and its time.
import pg from 'pg'

export interface Tenant {
  id: number
  slug: string
  name: string
  host: string | null
  pack: string
  demonstration: boolean
  /** Milliseconds added to the real time. */
  clockOffset: number
}

/** All tenants, by id; read once at the start and after a tenant is made. */
export async function loadTenants(pool: pg.Pool): Promise<Tenant[]> {
  const { rows } = await pool.query<Tenant>(
    `select tenant_id as id, slug, name, host, pack, demonstration, (extract(epoch from clock_offset) * 1000)::float8 as "clockOffset" from kit.tenant order by tenant_id`,
  )
  return rows
}

/** The tenant of a host name; the first one where no tenant claims the name. Undefined only when there is none at all. */
export function tenantOf(tenants: readonly Tenant[], host: string): Tenant | undefined {
  const name = host.replace(/:\d+$/, '')
  return tenants.find((tenant) => tenant.host === name) ?? tenants[0]
}

/** Makes a tenant, as the database's owner. A slug that is taken is PostgreSQL's unique violation. */
export async function addTenant(ownerUrl: string, given: { slug: string; name: string; pack: string }): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('insert into kit.tenant (tenant_id, slug, name, pack) select coalesce(max(tenant_id), 0) + 1, $1, $2, $3 from kit.tenant', [
      given.slug,
      given.name,
      given.pack,
    ])
  } finally {
    await client.end()
  }
}
