// JSON Schemas as files for editors: what is said several times is said once. Pure.

type Schema = Record<string, unknown>

/** Keywords that hold schemas: by name, in a list, or one. */
const holders = {
  byName: ['properties', 'patternProperties', '$defs'],
  list: ['anyOf', 'allOf', 'oneOf'],
  one: ['items', 'additionalProperties', 'not'],
}

/** Shorter parts are quicker read where they stand. */
const SHORT = 60

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema with each schema in it replaced by what `make` makes of it; `key` is the property it describes. */
function mapParts(schema: Schema, key: string, make: (part: Schema, key: string) => Schema): Schema {
  const made = (part: unknown, at: string): unknown => (isSchema(part) ? make(part, at) : part)
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (holders.byName.includes(keyword) && isSchema(value))
        return [keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, made(part, keyword === 'properties' ? name : key)]))]
      if (holders.list.includes(keyword) && Array.isArray(value)) return [keyword, value.map((part) => made(part, key))]
      return [keyword, holders.one.includes(keyword) ? made(value, key) : value]
    }),
  )
}

/** A schema that says the same with every part that stood in several places under `$defs`, named by the first property that it describes. */
export function withSharedParts(schema: Schema): Schema {
  const counts = new Map<string, number>()
  // What is within a part that has been met before moves with it, and is not met again.
  const count = (part: Schema): Schema => {
    const text = JSON.stringify(part)
    const met = counts.get(text) ?? 0
    counts.set(text, met + 1)
    return met > 0 ? part : mapParts(part, '', count)
  }
  count(schema)
  const names = new Map<string, string>()
  const shared: Record<string, Schema> = {}
  const taken = new Set(Object.keys(isSchema(schema.$defs) ? schema.$defs : {}))
  const share = (part: Schema, key: string): Schema => {
    const text = JSON.stringify(part)
    if (text.length <= SHORT || (counts.get(text) ?? 0) < 2) return mapParts(part, key, share)
    const known = names.get(text)
    if (known !== undefined) return { $ref: `#/$defs/${known}` }
    let name = key
    for (let next = 2; taken.has(name); next++) name = `${key}${next}`
    taken.add(name)
    names.set(text, name)
    shared[name] = mapParts(part, key, share)
    return { $ref: `#/$defs/${name}` }
  }
  const { $defs, ...rest } = mapParts(schema, 'part', share)
  return Object.keys(shared).length === 0 ? schema : { ...rest, $defs: { ...(isSchema($defs) ? $defs : {}), ...shared } }
}
