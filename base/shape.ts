// Checks a parsed tree against a TypeBox schema: every error with its path, unknown keys with a suggestion.
import { isDecimal } from './decimal.ts'
import { suggest } from './suggest.ts'

export type Path = (string | number)[]
/** How a tree holds its numbers: as decimal text, exactly as written, or as JavaScript's numbers. */
export type Numbers = 'text' | 'native'

export interface ShapeError {
  path: Path
  /** True when the key itself is wrong, not its value. */
  atKey: boolean
  code: string
  message: string
  hint?: string
}

/** The part of JSON Schema that the definitions use. */
interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: string[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  minLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  description?: string
}

type Tree = Record<string, unknown>

/** Signs as they are printed, and what is meant. */
const signs: Record<string, string> = { '≥': '>=', '≧': '>=', '≤': '<=', '≦': '<=', '＞': '>', '＜': '<', '＝': '==', '=': '==' }

/** What is the same all the way down: the schemas that `$ref`s point to, how numbers stand in the tree, and what was found so far. */
interface Walk {
  named: Record<string, Schema>
  numbers: Numbers
  errors: ShapeError[]
  /** `whether`: only if anything is wrong, without the words, which cost a hundred times more. */
  told: 'all' | 'whether'
}

/** All the places where the tree doesn't fit the schema; `named` are the schemas that `$ref`s point to. */
export function shapeErrors(schema: object, tree: unknown, named: Record<string, object>, numbers: Numbers = 'text'): ShapeError[] {
  const errors: ShapeError[] = []
  walk(schema as Schema, tree, [], { named: named as Record<string, Schema>, numbers, errors, told: 'all' })
  return errors
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (isTree(value)) return 'a map'
  const text = String(value)
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``
}

const something: ShapeError = { path: [], atKey: false, code: 'shape', message: '' }

/** True when nothing is wrong with the value. */
function fits(schema: Schema, value: unknown, path: Path, on: Walk): boolean {
  const errors: ShapeError[] = []
  walk(schema, value, path, { ...on, errors, told: 'whether' })
  return errors.length === 0
}

function walk(given: Schema, value: unknown, path: Path, on: Walk): void {
  const schema = given.$ref === undefined ? given : (on.named[given.$ref] ?? given)
  const wrong = (message: string, hint?: string): void => {
    on.errors.push({ path, atKey: false, code: 'shape', message, ...(hint === undefined ? {} : { hint }) })
  }
  const expected = (what: string): void =>
    on.told === 'whether' ? void on.errors.push(something) : wrong(`expected ${schema.description ?? what}, found ${shown(value)}`)
  if (schema.anyOf !== undefined) union(schema, schema.anyOf, value, path, on)
  else if ('const' in schema) {
    if (value !== schema.const) wrong(`expected \`${String(schema.const)}\`, found ${shown(value)}`)
  } else if (schema.enum !== undefined) {
    if (typeof value !== 'string' || !schema.enum.includes(value))
      wrong(
        `expected one of ${schema.enum.join(', ')}, found ${shown(value)}`,
        typeof value === 'string' ? suggest(signs[value] ?? value, schema.enum) : undefined,
      )
  } else if (schema.type === 'object') {
    if (isTree(value)) object(schema, value, path, on)
    else expected('a map')
  } else if (schema.type === 'array') {
    if (!Array.isArray(value)) expected('a list')
    else if (value.length < (schema.minItems ?? 0)) wrong(`expected at least ${schema.minItems} in the list`)
    else for (const [index, one] of value.entries()) if (schema.items !== undefined) walk(schema.items, one, [...path, index], on)
  } else if (schema.type === 'boolean') {
    if (typeof value !== 'boolean') expected('true or false')
  } else if (schema.type === 'number' || schema.type === 'integer') {
    if (!isNumber(schema, value, on.numbers)) expected('a number')
  } else if (typeof value !== 'string' || value.length < (schema.minLength ?? 0)) expected('text')
  else if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) expected('other text')
}

function isNumber(schema: Schema, value: unknown, numbers: Numbers): boolean {
  if (numbers === 'native' ? typeof value !== 'number' : typeof value !== 'string') return false
  const text = String(value)
  if (!isDecimal(text) || (schema.type === 'integer' && !/^-?\d{1,15}$/.test(text))) return false
  return Number(value) >= (schema.minimum ?? -Infinity) && Number(value) <= (schema.maximum ?? Infinity)
}

function object(schema: Schema, value: Tree, path: Path, on: Walk): void {
  const record = schema.patternProperties === undefined ? undefined : Object.values(schema.patternProperties)[0]
  const known = Object.keys(schema.properties ?? {})
  for (const [key, one] of Object.entries(value)) {
    const inner = record ?? (known.includes(key) ? schema.properties?.[key] : undefined)
    if (inner !== undefined) walk(inner, one, [...path, key], on)
    else if (on.told === 'whether') on.errors.push(something)
    else {
      const hint = key.includes('：') ? 'after a key comes an English colon and a space' : suggest(key, known)
      on.errors.push({ path: [...path, key], atKey: true, code: 'unknown-key', message: `no key \`${key}\` here`, ...(hint === undefined ? {} : { hint }) })
    }
  }
  for (const key of schema.required ?? []) {
    const what = schema.properties?.[key]?.description
    if (!Object.hasOwn(value, key))
      on.errors.push({ path, atKey: false, code: 'missing-key', message: `\`${key}\` is missing here`, ...(what === undefined ? {} : { hint: what }) })
  }
}

function union(schema: Schema, variants: Schema[], value: unknown, path: Path, on: Walk): void {
  // A value that names its kind is held against that kind alone.
  const own = isTree(value) && value.kind !== undefined ? variants.find((variant) => variant.properties?.kind?.const === value.kind) : undefined
  if (own !== undefined) return void walk(own, value, path, on)
  if (variants.some((variant) => fits(variant, value, path, on))) return
  if (on.told === 'whether') return void on.errors.push(something)
  const tried = variants.map((variant) => {
    const found: ShapeError[] = []
    walk(variant, value, path, { ...on, errors: found })
    return { variant, found }
  })
  const words = variants.flatMap((variant) => ('const' in variant ? [String(variant.const)] : []))
  const kinds = tried.filter((one) => one.variant.properties?.kind !== undefined)
  const best = tried.filter((one) => one.variant.type === 'object').sort((a, b) => a.found.length - b.found.length)[0]
  if (isTree(value) && kinds.length > 0) byKind(kinds, value, path, on.errors)
  else if (isTree(value) && best !== undefined) on.errors.push(...best.found)
  else {
    const [kind] = kinds.map(({ variant }) => String(variant.properties?.kind?.const))
    const hint = kind !== undefined ? `a map such as { kind: ${kind}, … }` : typeof value === 'string' && words.length > 1 ? suggest(value, words) : undefined
    const message = `expected ${schema.description ?? variants.map(nameOf).join(' or ')}, found ${shown(value)}`
    on.errors.push({ path, atKey: false, code: 'shape', message, ...(hint === undefined ? {} : { hint }) })
  }
}

/** What a schema asks for, in a word or two. */
function nameOf(schema: Schema): string {
  if ('const' in schema) return `\`${String(schema.const)}\``
  return (
    schema.description ??
    { object: 'a map', array: 'a list', boolean: 'true or false', number: 'a number', integer: 'a whole number' }[schema.type ?? ''] ??
    'text'
  )
}

function byKind(kinds: { variant: Schema; found: ShapeError[] }[], value: Tree, path: Path, errors: ShapeError[]): void {
  const names = kinds.map((one) => String(one.variant.properties?.kind?.const))
  const match = kinds[names.indexOf(String(value.kind))]
  if (match !== undefined) errors.push(...match.found)
  else if (value.kind === undefined)
    errors.push({ path, atKey: false, code: 'missing-key', message: '`kind` is missing here', hint: `one of ${names.join(', ')}` })
  else
    errors.push({
      path: [...path, 'kind'],
      atKey: false,
      code: 'shape',
      message: `no rule kind \`${String(value.kind)}\``,
      hint: suggest(String(value.kind), names) ?? names.join(', '),
    })
}
