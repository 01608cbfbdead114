// ledger's part of a pack: the kinds of record.
import type { Form } from '#modules/burden/index.ts'
import { type Pack, packPart } from '#server/kit/pack.ts'
import { RecordsPack } from './ledger-kinds.contract.ts'

export const recordsPack = packPart('records.yaml', RecordsPack)

/** The forms by which records are entered, for burden. */
export function recordForms(pack: Pack): Form[] {
  const yaml = pack.yaml(recordsPack)
  return pack.part(recordsPack).kinds.map((kind, index) => ({
    id: `record.${kind.id}`,
    name: kind.name,
    fields: kind.fields.filter(({ set_when: isSet }) => isSet === undefined),
    required: kind.complete,
    minutes: kind.minutes,
    placeOf: (field) =>
      yaml.placeOf(['kinds', index, 'fields', kind.fields.indexOf(kind.fields.filter(({ set_when: isSet }) => isSet === undefined)[field] as never)]),
  }))
}
