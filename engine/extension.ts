// The form of a rubric file that extends another: what it may say of its base. The meaning is in SPEC.md (R-EXT).
import { type TObject, type TProperties, type TSchema, Type } from 'typebox'
import { withSharedParts } from '#base/json-schema.ts'
import { Block, Id, Item, Measure, named, Rubric } from '#engine/definition.ts'

const closed = { additionalProperties: false }
const some = Type.Optional

/** The same fields, none of which must be there. */
function partial(given: TSchema): Record<string, TSchema> {
  return Object.fromEntries(Object.entries((given as TObject<TProperties>).properties).map(([key, one]) => [key, some(one)]))
}

const place = {
  into: some(Type.String({ description: 'last in this block; of an item also bonuses or penalties' })),
  after: some(Type.String({ description: 'directly after this item or block' })),
  before: some(Type.String({ description: 'directly before this item or block' })),
}
const parts = Rubric.properties
const anyFields = (given: TSchema): TSchema => Type.Object(partial(given), closed)

const ItemChange = Type.Object({ ...partial(Item), id: Id, ...place }, { ...closed, description: 'an item of the base with what changes in it, or a new one' })
const BlockChange = Type.Object(
  { ...partial(Block), id: Id, ...place },
  { ...closed, description: 'a block of the base with what changes in it, or a new one' },
)
const VetoChange = Type.Object(
  { ...partial((parts.vetoes as unknown as { items: TSchema }).items), id: Id },
  { ...closed, description: 'a veto of the base with what changes in it, or a new one' },
)

/** A file that extends a base. A field of an item, block, measure or veto that is left empty (`~`) is taken away. */
export const Extension = Type.Object(
  {
    ...partial(Rubric),
    extends: Type.Object({ rubric: parts.rubric, version: parts.version }, { ...closed, description: 'the base: { rubric: id, version: n }' }),
    rubric: parts.rubric,
    version: parts.version,
    title: parts.title,
    remove: some(Type.Array(Type.String(), { description: 'ids of items, blocks, measures, vetoes of the base' })),
    measures: some(Type.Record(Type.String(), anyFields(Measure))),
    items: some(Type.Array(ItemChange)),
    blocks: some(Type.Array(BlockChange)),
    bonuses: some(anyFields(parts.bonuses as unknown as TSchema)),
    penalties: some(anyFields(parts.penalties as unknown as TSchema)),
    vetoes: some(Type.Array(VetoChange)),
  },
  { ...closed, description: 'a rubric that extends another' },
)

type Change = Record<string, unknown> & { id: string; into?: string; after?: string; before?: string }
/** The extension as its schema has let it through. */
export interface ExtensionFile {
  extends: { rubric: string; version: string }
  remove?: string[]
  measures?: Record<string, Record<string, unknown>>
  items?: Change[]
  blocks?: Change[]
  vetoes?: Change[]
  bonuses?: Record<string, unknown>
  penalties?: Record<string, unknown>
  [key: string]: unknown
}
export type { Change }

/** The JSON Schema of a rubric file, for editors: whole, or extending another. */
export function rubricJsonSchema(): Record<string, unknown> {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Dajuan rubric', anyOf: [Rubric, Extension], $defs: named }
  return withSharedParts(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"Block"', '"$ref":"#/$defs/Block"')))
}
