// The tenant's time. Valid dates and known_from come from here or from its SQL twin kit.now(); sessions and audit use real time.
import { chinaDate } from '#base/dates.ts'
import type { Tenant } from './tenant.ts'

/** The tenant's time now, in whole milliseconds. */
export function now(tenant: Tenant): Date {
  return new Date(Date.now() + tenant.clockOffset)
}

/** The tenant's date today, in China. */
export function today(tenant: Tenant): string {
  return chinaDate(now(tenant))
}
