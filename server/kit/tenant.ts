// Tenants: which one a request is for, and its time.
import type { Pool } from './db.ts'

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
export async function loadTenants(pool: Pool): Promise<Tenant[]> {
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
