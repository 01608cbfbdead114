// hotline's part of a pack, hotline.yaml: classes with their clocks, categories with who settles them, channels, rules of calling back.
import { type Static, Type } from 'typebox'
import type { Diagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { Clock } from '#modules/matter/matter-kinds.contract.ts'
import { type Pack, packPart, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9_-]*$', maxLength: 40 })
const Text = Type.String({ minLength: 1 })
const Count = Type.Integer({ minimum: 1 })
const Named = { id: Id, name: Text }

export const TicketClass = Type.Object(
  {
    ...Named,
    help: Type.Optional(Text),
    /** From dispatch to the unit's signature. */
    sign: Clock,
    /** From dispatch to the unit's first word with the citizen. */
    respond: Clock,
    /** The citizen's clock, from the first minute; the unit's, from each dispatch. */
    close: Clock,
  },
  closed,
)
export type TicketClass = Static<typeof TicketClass>

export const Category = Type.Object(
  {
    ...Named,
    /** Instead of its group's. */
    class: Type.Optional(Id),
    /** Name of the unit that settles it. */
    unit: Type.Optional(Text),
    /** In a county, the office below that unit in the professional line. */
    in_county: Type.Optional(Type.Boolean()),
    /** The township's own. */
    township: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Category = Static<typeof Category>

export const HotlinePack = Type.Object(
  {
    name: Text,
    notice: Text,
    /** Where the city's own platform takes tickets in and this system only follows it: the sentence that says where to go instead. */
    intake_instead: Type.Optional(Text),
    classes: Type.Array(TicketClass, { minItems: 1 }),
    channels: Type.Array(Type.Object(Named, closed), { minItems: 1 }),
    categories: Type.Array(Type.Object({ ...Named, class: Id, items: Type.Array(Category, { minItems: 1 }) }, closed), { minItems: 1 }),
    rules: Type.Object({ returns_before_arbitration: Count, supervised_after: Count, reopen_days: Count, archive_days: Count, relapse_days: Count }, closed),
    call_back: Type.Object(
      { calls: Count, shares: Type.Array(Type.Object({ class: Id, per_cent: Type.Integer({ minimum: 0, maximum: 100 }) }, closed)) },
      closed,
    ),
    templates: Type.Array(Type.Object({ ...Named, text: Text }, closed)),
  },
  closed,
)
export type HotlinePack = Static<typeof HotlinePack>
export const hotlinePack = packPart('hotline.yaml', HotlinePack)

/** The tenant's hotline as its pack says it. */
export function hotlineOf(tenant: Pick<Tenant, 'pack'>): HotlinePack {
  return partOf(tenant, hotlinePack)
}

/** A category by its id, with its group and its class; undefined where there is none. */
export function categoryOf({ categories }: HotlinePack, id: string): { category: Category; group: string; class: string } | undefined {
  for (const group of categories) {
    const category = group.items.find((item) => item.id === id)
    if (category !== undefined) return { category, group: group.id, class: category.class ?? group.class }
  }
  return undefined
}

/** Ids are named once; categories and shares name classes that there are; a category has one way to its unit. */
export function checkHotline(pack: Pack): Diagnostic[] {
  const yaml = pack.yaml(hotlinePack)
  const { classes, channels, categories, call_back } = pack.part(hotlinePack)
  const found: Diagnostic[] = []
  const at = (path: (string | number)[], code: string, message: string, hint: string): number => found.push({ ...yaml.placeOf(path), code, message, hint })
  const once = (ids: string[], placed: (index: number) => (string | number)[], what: string): void => {
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index) at(placed(index), 'twice', `two ${what} are called ${id}`, 'give one of them another id')
  }
  const classIds = classes.map(({ id }) => id)
  const mustBeClass = (id: string | undefined, path: (string | number)[]): void => {
    if (id !== undefined && !classIds.includes(id)) at(path, 'name', `no class \`${id}\``, classIds.join(', '))
  }
  once(classIds, (index) => ['classes', index, 'id'], 'classes')
  once(
    channels.map(({ id }) => id),
    (index) => ['channels', index, 'id'],
    'channels',
  )
  const items = categories.flatMap((group, g) => group.items.map((item, n) => ({ item, path: ['categories', g, 'items', n] as (string | number)[] })))
  once(
    [...categories.map(({ id }) => id), ...items.map(({ item }) => item.id)],
    (index) => (index < categories.length ? ['categories', index, 'id'] : [...(items[index - categories.length]?.path ?? []), 'id']),
    'categories',
  )
  for (const [g, group] of categories.entries()) mustBeClass(group.class, ['categories', g, 'class'])
  for (const { item, path } of items) {
    mustBeClass(item.class, [...path, 'class'])
    if ((item.unit === undefined) === (item.township !== true))
      at([...path, 'id'], 'unit', `\`${item.id}\` needs one of unit and township`, 'say who settles it')
    if (item.in_county === true && item.unit === undefined)
      at([...path, 'in_county'], 'unit', 'in_county goes with unit', 'name the unit in whose line the office stands')
  }
  for (const [n, share] of call_back.shares.entries()) mustBeClass(share.class, ['call_back', 'shares', n, 'class'])
  return found
}
