// inspection's part of a pack: the folder inspections/, a checklist a file.
import type { Diagnostic } from '#base/errors.ts'
import { checkYaml, parseYaml } from '#base/yaml.ts'
import { matterKindsOf } from '#modules/matter/index.ts'
import { type Pack, type PackFolder, type PackText, packOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { InspectionKind } from './inspection-kinds.contract.ts'

export const inspectionFolder: PackFolder = { folder: 'inspections', ending: '.yaml' }

/** A checklist as an inspection keeps it: the kind's file with its types by name. */
export type Checklist = Omit<InspectionKind, 'types'> & { id: string; types: { id: string; name: string }[] }

function readKind(file: PackText) {
  const yaml = parseYaml(file.text, file.file, 'native')
  const diagnostics = yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, InspectionKind)
  return { yaml, diagnostics, kind: diagnostics.length > 0 ? null : (yaml.tree as InspectionKind) }
}

/** The types of finding that the kind of matter knows, by the field by which it recognises a relapse. */
function typesOf(pack: Pack, finding: string): { id: string; name: string }[] {
  const kind = matterKindsOf(pack).get(finding)
  return kind?.fields.find(({ id }) => id === kind.relapse?.field)?.choices ?? []
}

const known = new WeakMap<Pack, ReadonlyMap<string, Checklist>>()

/** The checklists of the tenant's pack by id; files with mistakes are left out. */
export function checklistsOf(tenant: Pick<Tenant, 'pack'>): ReadonlyMap<string, Checklist> {
  const pack = packOf(tenant)
  const found =
    known.get(pack) ??
    new Map(
      pack.texts(inspectionFolder).flatMap((file): [string, Checklist][] => {
        const { kind } = readKind(file)
        if (kind === null) return []
        const named = typesOf(pack, kind.finding)
        const types = kind.types.map((id) => ({ id, name: named.find((type) => type.id === id)?.name ?? id }))
        return [[file.name, { ...kind, id: file.name, types }]]
      }),
    )
  known.set(pack, found)
  return found
}

/** What is wrong with a pack's checklists: their shape, items called alike, findings that no matter can take. */
export function checkInspections(pack: Pack): Diagnostic[] {
  return pack.texts(inspectionFolder).flatMap((file) => {
    const { yaml, diagnostics, kind } = readKind(file)
    if (kind === null) return diagnostics
    const found: Diagnostic[] = []
    const at = (path: (string | number)[], code: string, message: string, hint: string) => found.push({ ...yaml.placeOf(path), code, message, hint })
    const seen = new Set<string>()
    for (const [s, section] of kind.sections.entries())
      for (const [i, { id }] of section.items.entries()) {
        if (seen.has(id)) at(['sections', s, 'items', i, 'id'], 'twice', `two items are called ${id}`, 'call one of them otherwise')
        seen.add(id)
      }
    const matter = matterKindsOf(pack).get(kind.finding)
    if (matter === undefined) at(['finding'], 'name', `no kind of matter \`${kind.finding}\``, [...matterKindsOf(pack).keys()].join(', '))
    else if (matter.of !== 'party-org' || matter.opened_by !== 'asker' || !matter.form.includes('problem') || matter.relapse === undefined)
      at(
        ['finding'],
        'name',
        `\`${kind.finding}\` can't take a finding`,
        'a kind of Party organisations, opened by who asks, with a field `problem` and a relapse',
      )
    else
      for (const [n, id] of kind.types.entries())
        if (!typesOf(pack, kind.finding).some((type) => type.id === id))
          at(
            ['types', n],
            'name',
            `${kind.finding} knows no type \`${id}\``,
            typesOf(pack, kind.finding)
              .map((type) => type.id)
              .join(', '),
          )
    return found
  })
}
