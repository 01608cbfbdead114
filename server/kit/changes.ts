// A counter per tenant that moves after every committed change of facts in this process, so that what is computed from
// facts can be kept until they change. Writers bump it through tx.afterCommit, never before.
const counters = new Map<number, number>()

/** The number of changes of facts committed by this process for the tenant. */
export function factsVersion(tenantId: number): number {
  return counters.get(tenantId) ?? 0
}

/** Call after the commit of a change of facts or of the organisation. */
export function factsChanged(tenantId: number): void {
  counters.set(tenantId, factsVersion(tenantId) + 1)
}
