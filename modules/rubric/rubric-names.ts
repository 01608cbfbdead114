// The pack's names for values that rubrics and figures mention: choices of fields of records and matters, kinds, levels, campaigns, posts.
import { recordsPack } from '#modules/ledger/index.ts'
import { matterKindsOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { Pack } from '#server/kit/pack.ts'

/** The pack's name of a value in a source's column: `discipline-study-2024` → 党纪学习教育; undefined where it has none. */
export type ValueName = (source: string, column: string, value: string) => string | undefined

/** Looks values up in the pack. */
export function valueNames(pack: Pack): ValueName {
  const records = pack.part(recordsPack)
  const organisation = pack.part(organisationPack)
  const find = (list: readonly { id: string; name: string }[], id: string): string | undefined => list.find((one) => one.id === id)?.name
  const byColumn: Record<string, readonly { id: string; name: string }[]> = {
    'unit kind': organisation.unit_kinds,
    'unit class': organisation.unit_classes,
    'unit level': organisation.unit_levels,
    'party-org kind': organisation.party_org_kinds,
    'party-org class': organisation.unit_classes,
    'party-org level': organisation.unit_levels,
    'post post': organisation.posts,
    'post party_org_kind': organisation.party_org_kinds,
    'participant kind': records.kinds,
    'attendance kind': records.kinds,
    'participant role': records.kinds.flatMap((kind) => kind.roles),
    'participant campaign': records.campaigns,
    'attendance campaign': records.campaigns,
    'mark item': records.marks,
  }
  return (source, column, value) => {
    const matter = source.startsWith('matter.') ? matterKindsOf(pack).get(source.slice('matter.'.length)) : undefined
    if (matter !== undefined) return find(column === 'stage' ? matter.stages : (matter.fields.find(({ id }) => id === column)?.choices ?? []), value)
    const kindId = source.startsWith('record.') ? source.slice('record.'.length) : undefined
    if (kindId === undefined) return find(byColumn[`${source} ${column}`] ?? [], value)
    const field = records.kinds.find((kind) => kind.id === kindId)?.fields.find((one) => one.id === column)
    return find(field?.choices ?? [], value)
  }
}
