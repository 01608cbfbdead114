// The modules of the server: their routes and their parts of a pack, a line each.
import { accessRoutes } from '#modules/access/index.ts'
import { deskRoutes } from '#modules/desk/index.ts'
import { ledgerRoutes, recordsPack } from '#modules/ledger/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { PackCheck, PackFolder, PackPart } from '#server/kit/pack.ts'
import type { Route } from '#server/kit/route.ts'

export const routes: Route[] = [...accessRoutes, ...deskRoutes, ...ledgerRoutes]

export const packParts: PackPart<unknown>[] = [organisationPack, recordsPack]

/** Folders of texts that a pack may have. */
export const packFolders: PackFolder[] = []

/** What modules check of a pack beyond its schemas. */
export const packChecks: PackCheck[] = []
