// What later modules may call of the organisation.
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Route } from '#server/kit/route.ts'
import { changeRoutes } from './changes/changes.routes.ts'
import { importRoutes } from './imports/imports.routes.ts'
import { readRoutes } from './org.routes.ts'
import { type BodyRow, bodiesBelow, bodyById } from './org-scope.sql.ts'
import { changedSince } from './org-since.sql.ts'
import { structureRoutes } from './structure/structure.routes.ts'

export { readSheet, type Sheet } from './imports/imports.reader.ts'
export { type Field, mapFields, readDay } from './imports/imports.rules.ts'
export { actions, organisationPack, type PostKind } from './org.pack.ts'
export { correctPerson, erasePerson, findPerson, orgDataOf, personsWhoLeft } from './org-person.service.ts'
export type { BodyRow } from './org-scope.sql.ts'
export { orgSources } from './org-sources.sql.ts'
export { checkStructureRules } from './structure/structure.pack.ts'

/** Ids of the units and Party organisations that a post at `bodyId` reaches along `tree`, by today's trees (house.md §6.5). */
export async function scopeBelow(tx: Tx, bodyId: string, tree: string): Promise<string[]> {
  const rows = await tx.all(bodiesBelow, { bodyId, tree, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  return rows.map((row) => row.id)
}

/** True where the organisation has changed at or after a moment. To be asked in a transaction that sees the tenant. */
export async function organisationChangedSince(tx: Tx, since: string): Promise<boolean> {
  return (await tx.one(changedSince, { tenantId: tx.tenant.id, since })).changed
}

/** The unit or Party organisation with this id on a day (default today), or undefined. */
export async function findBody(tx: Tx, bodyId: string, on = today(tx.tenant)): Promise<BodyRow | undefined> {
  return tx.maybe(bodyById, { bodyId, on, asOf: now(tx.tenant).toISOString() })
}

/** Ids of a body and everything below it on a day (default today): a unit's along the administrative tree, a Party organisation's along the party tree. */
export async function bodiesUnder(tx: Tx, bodyId: string, on = today(tx.tenant)): Promise<string[]> {
  const asOf = now(tx.tenant).toISOString()
  const body = await tx.maybe(bodyById, { bodyId, on, asOf })
  const rows = await tx.all(bodiesBelow, { bodyId, tree: body?.kind === 'party-org' ? 'party' : 'administrative', on, asOf })
  return rows.map((row) => row.id)
}

export const orgRoutes: Route[] = [...readRoutes, ...structureRoutes, ...changeRoutes, ...importRoutes]
