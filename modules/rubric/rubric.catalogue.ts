// The engine's catalogue of a pack: the fact sources of every module that owns facts.
import type { Catalogue } from '#engine/index.ts'
import { ledgerSources, recordsPack } from '#modules/ledger/index.ts'
import { matterKindsOf, matterSources } from '#modules/matter/index.ts'
import { organisationPack, orgSources } from '#modules/org/index.ts'
import { type Pack, packOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'

const catalogues = new WeakMap<Pack, Catalogue>()

/** The catalogue of a pack: what rubrics, figures and structure rules may read. Built once per pack. */
export function catalogueOfPack(pack: Pack): Catalogue {
  let catalogue = catalogues.get(pack)
  if (catalogue === undefined) {
    const sources = [...orgSources(pack.part(organisationPack)), ...ledgerSources(pack.part(recordsPack)), ...matterSources(matterKindsOf(pack).values())]
    catalogue = { sources }
    catalogues.set(pack, catalogue)
  }
  return catalogue
}

/** The catalogue of the tenant's pack. */
export function catalogueOf(tenant: Tenant): Catalogue {
  return catalogueOfPack(packOf(tenant))
}
