// What the form asks for each thing of a rubric: made of the definition's own schemas, so that a setting that comes has its field. Pure.
import type { Path } from '#base/shape.ts'
import { Block, Item, Measure, Rubric } from '#engine/definition.ts'
import type { SpotKind } from './editor-text.rules.ts'
import { choiceWord, hintFor, keyWord, unsetWord } from './editor-words.rules.ts'

/** Which names completion offers in an expression: of the rubric, with the total, of a rule (also x), of the columns of a source. */
export type Names = 'rubric' | 'veto' | 'rule' | `source:${string}` | 'population'

export interface Option {
  id: string
  label: string
}
/** Things of this rubric, or of the catalogue, that a field may name. */
export type Choices = 'sources' | 'measures' | 'scored' | 'grades'
export type Known = Record<Choices, Option[]>

/** A field. Those within it are made for the value that it has: their paths are within it. */
export interface FieldSpec {
  path: Path
  label: string
  /** `group`: several fields; `variant`: one of several forms; `rows`: a list of groups; `map`: names with a value each; `list`: on one line. */
  control: 'text' | 'area' | 'number' | 'cel' | 'select' | 'list' | 'group' | 'variant' | 'rows' | 'map'
  optional: boolean
  hint?: string | undefined
  names?: Names
  /** Of a choice or variant; of a number or list, the words that may stand for one. */
  options?: Option[]
  choices?: Choices
  unset?: string
  inner?: (value: unknown) => FieldSpec[]
  /** Which form a variant has. */
  which?: (value: unknown) => string
  /** What a form, a group or a row begins with. */
  begin?: (which: string, before: unknown, known: Known, id: string) => unknown
}

interface Schema {
  type?: string
  const?: string
  enum?: string[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  required?: string[]
  description?: string
}
/** Where a field stands: the names of what it is in, the nearest first, and what an expression there may name. */
interface Place {
  holders: string[]
  names: Names
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const treeOf = (value: unknown): Record<string, unknown> => (isTree(value) ? value : {})
const schemaOf = (given: unknown): Schema => given as Schema

const idsOf: Record<string, Choices> = {
  over: 'sources',
  source: 'sources',
  of: 'measures',
  ceiling: 'grades',
  'zero.list': 'scored',
  'items.list': 'scored',
  'items.map': 'scored',
  tieBreak: 'scored',
  id: 'scored',
}
/** What the tree holds, and what only the text has. */
const notInForm = new Set(['kind', 'id', 'blocks', 'items', 'measures', 'vetoes', 'grades', 'bonuses', 'penalties'])
const aggregates = ['countDistinct', 'sum', 'avg', 'min', 'max', 'share', 'severity']

function isSimple(one: Schema): boolean {
  return one.const !== undefined || one.type === 'number' || one.type === 'integer' || one.type === 'string' || one.type === 'boolean'
}

/** The name of one form among several: the kind, the key that it can't be without, or what it is made of. */
function formOf(schema: Schema): string {
  if (schema.type === 'array') return 'list'
  if (schema.patternProperties !== undefined) return 'map'
  return schema.properties === undefined ? 'text' : (schema.properties['kind']?.const ?? schema.required?.[0] ?? Object.keys(schema.properties)[0] ?? '')
}

function formOfValue(value: unknown, forms: Schema[]): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return 'list'
  if (!isTree(value)) return forms.some((one) => one.const === value || one.enum?.includes(String(value))) ? String(value) : 'text'
  if (typeof value['kind'] === 'string') return value['kind']
  const names = forms.filter((one) => one.properties !== undefined).map(formOf)
  return names.find((name) => Object.hasOwn(value, name)) ?? (forms.some((one) => one.patternProperties !== undefined) ? 'map' : (names[0] ?? ''))
}

/** The fields of an object; a measure asks first how its rows become a number. */
function fieldsOf(schema: Schema, place: Place, value?: unknown): FieldSpec[] {
  const properties = schema.properties ?? {}
  const isMeasure = properties['countDistinct'] !== undefined
  const names: Names = 'over' in properties ? `source:${String(treeOf(value)['over'] ?? '')}` : place.names
  return Object.entries(properties).flatMap(([key, one]) => {
    if (isMeasure && key === 'share') return [takeField(schema, { ...place, names })]
    // The form of a variant that is named after one of these has it as its field.
    if ((notInForm.has(key) && place.holders[0] !== key) || (isMeasure && (key === 'count' || aggregates.includes(key)))) return []
    return [fieldOf(key, one, [key], schema.required?.includes(key) !== true, { ...place, names: key === 'rule' ? 'rule' : names })]
  })
}

/** How the rows of a measure become a number: one of its keys, or none of them. */
function takeField(schema: Schema, place: Place): FieldSpec {
  const which = (value: unknown): string => aggregates.find((key) => treeOf(value)[key] !== undefined) ?? 'count'
  return {
    path: [],
    label: '怎样成为一个数',
    control: 'variant',
    optional: false,
    options: ['count', ...aggregates].map((id) => ({ id, label: choiceWord(id, 'measure') })),
    which,
    inner: (value) => {
      const key = which(value)
      const one = schema.properties?.[key]
      return key === 'count' || one === undefined ? [] : [fieldOf(key, one, [key], false, place)]
    },
    begin: (key, before, known) => {
      const kept = Object.fromEntries(Object.entries(treeOf(before)).filter(([name]) => !aggregates.includes(name)))
      const one = schema.properties?.[key]
      return key === 'count' || one === undefined ? kept : { ...kept, [key]: first(key, one, known, '') }
    },
  }
}

function fieldOf(key: string, schema: Schema, path: Path, optional: boolean, place: Place): FieldSpec {
  const { holders } = place
  const spec: FieldSpec = { path, label: keyWord(key, holders), control: 'text', optional, hint: hintFor(key, holders) }
  const option = (id: string): Option => ({ id, label: choiceWord(id, key, holders) })
  const inside: Place = { ...place, holders: [key, ...holders] }
  const choices = idsOf[key]
  if (schema.anyOf !== undefined && !schema.anyOf.every(isSimple)) return variantField(key, spec, schema.anyOf, inside, option)
  if (schema.type === 'array' && (key === 'tieBreak' || schema.items?.properties !== undefined)) {
    const rowOf = schema.items ?? {}
    const inner = (): FieldSpec[] => (rowOf.properties === undefined ? [fieldOf(key, rowOf, [], false, place)] : fieldsOf(rowOf, inside))
    return { ...spec, control: 'rows', inner, begin: (_, __, known) => first(key, rowOf, known, '') }
  }
  if (schema.type === 'array') {
    const words = (schema.items?.anyOf ?? []).flatMap((one) => (one.const === undefined ? [] : [option(one.const)]))
    const ids = idsOf[`${key}.list`]
    if (ids !== undefined)
      return {
        ...spec,
        control: 'rows',
        inner: () => [{ path: [], label: keyWord('id', ['tieBreak']), control: 'select', optional: false, choices: ids }],
        begin: (_, __, known) => known[ids][0]?.id ?? '',
      }
    return { ...spec, control: 'list', options: words }
  }
  if (schema.patternProperties !== undefined) {
    const of = Object.values(schema.patternProperties)[0] ?? {}
    const ids = idsOf[`${key}.map`]
    return { ...spec, control: 'map', ...(ids === undefined ? {} : { choices: ids }), inner: () => [fieldOf(key, of, [], false, place)], begin: () => ({}) }
  }
  if (schema.properties !== undefined)
    return {
      ...spec,
      control: 'group',
      inner: (value) => fieldsOf(schema, inside, value),
      begin: (_, __, known, id) => ({ ...treeOf(first(key, schema, known, id)), ...alsoNeeds[key] }),
    }
  const constant = schema.const === undefined ? [] : [schema.const]
  if (schema.enum !== undefined || constant.length > 0)
    return { ...spec, control: 'select', options: (schema.enum ?? constant).map(option), unset: unsetWord(key, holders) }
  if (choices !== undefined) return { ...spec, control: 'select', choices, unset: unsetWord(key, holders) }
  if (/CEL/.test(schema.description ?? '')) return { ...spec, control: 'cel', names: key === 'by' && holders[0] === 'peers' ? 'rubric' : place.names }
  const words = (schema.anyOf ?? []).flatMap((one) => (one.const === undefined ? [] : [option(one.const)]))
  if (schema.anyOf !== undefined || schema.type === 'number' || schema.type === 'integer') return { ...spec, control: 'number', options: words }
  return { ...spec, control: key === 'note' ? 'area' : 'text' }
}

/** A field that is written in one of several forms, some of them a word. */
function variantField(key: string, spec: FieldSpec, forms: Schema[], place: Place, option: (id: string) => Option): FieldSpec {
  const which = (value: unknown): string => formOfValue(value, forms)
  const named = (name: string): Schema | undefined => forms.find((one) => one.const === undefined && one.enum === undefined && formOf(one) === name)
  const isWord = (id: string): boolean => forms.some((one) => one.const === id || one.enum?.includes(id))
  return {
    ...spec,
    control: 'variant',
    options: forms.flatMap((one) => one.enum ?? one.const ?? [formOf(one)]).map(option),
    unset: unsetWord(key, place.holders.slice(1)),
    which,
    inner: (value) => {
      const name = which(value)
      const form = isWord(name) ? undefined : named(name)
      if (form === undefined) return []
      if (form.properties !== undefined)
        return fieldsOf(form, { ...place, holders: [name, ...place.holders], names: key === 'input' && name !== 'over' ? 'rubric' : place.names }, value)
      const one = fieldOf(key, form, [], false, { ...place, holders: place.holders.slice(1) })
      return [name === 'text' ? asText(key, { ...one, label: keyWord('text', place.holders) }, place) : { ...one, label: option(name).label }]
    },
    begin: (id, before, known, own) => (isWord(id) ? id : begun(key, id, named(id) ?? {}, before, known, own)),
  }
}

/** One line of the variant `text`: an expression, or the id of a thing. */
function asText(key: string, one: FieldSpec, { names }: Place): FieldSpec {
  const choices = idsOf[key]
  return choices === undefined ? { ...one, control: 'cel', names } : { ...one, label: keyWord('id', [key]), control: 'select', choices }
}

/** What kinds need beyond the keys that they can't be without. */
const alsoNeeds: Record<string, Record<string, unknown>> = {
  rank: { lose: '1' },
  convert: { factor: '1' },
  escalate: { beyond: 'none' },
  relative: { how: 'ratio' },
  exempt: { when: 'false', give: 'exclude' },
  quota: { percent: '30', round: 'down' },
  choices: { choices: { 优秀: '1', 良好: '0.8', 一般: '0.6', 较差: '0' } },
}

/** A form of a variant to begin with: what the one before had is taken over where it fits. */
function begun(key: string, id: string, schema: Schema, before: unknown, known: Known, own: string): unknown {
  const made = first(key, schema, known, own)
  if (!isTree(made)) return made
  const old = treeOf(before)
  const kept = Object.entries(schema.properties ?? {}).filter(
    ([name, one]) => one.const === undefined && typeof old[name] === 'string' && (one.enum?.includes(String(old[name])) ?? isScalar(one)),
  )
  const more = { ...alsoNeeds[id], ...(id === 'choices' ? { ballot: own } : {}), ...(id === 'mark' ? { mark: own } : {}) }
  return { ...made, ...more, ...Object.fromEntries(kept.map(([name]) => [name, old[name]])) }
}

function isScalar(one: Schema): boolean {
  return one.anyOf?.every(isSimple) ?? isSimple(one)
}

/** The least that has the form: what must be there, each with something to begin with. */
function first(key: string, schema: Schema, known: Known, own: string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0] ?? ''
  if (schema.type === 'array') {
    const count = /\[low, high\]/.test(schema.description ?? '') ? ['0', '100'] : undefined
    return count ?? [idsOf[`${key}.list`] === undefined ? first(key, schema.items ?? {}, known, own) : (known.scored[0]?.id ?? '')]
  }
  if (schema.patternProperties !== undefined) return idsOf[`${key}.map`] === undefined ? { 示例: '1' } : { [known.scored[0]?.id ?? '']: '1' }
  if (schema.properties !== undefined) {
    const needed = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name) === true || name === 'kind')
    return Object.fromEntries(needed.map(([name, one]) => [name, first(name, one, known, own)]))
  }
  if (key === 'peers') return 'all'
  const choices = idsOf[key]
  if (choices !== undefined) return known[choices][0]?.id ?? ''
  if (key === 'input') return known.measures[0]?.id ?? '0'
  const [form] = schema.anyOf?.every(isSimple) === false ? schema.anyOf : []
  if (form !== undefined) return first(key, form, known, own)
  return beginnings[key] ?? '1'
}
const beginnings: Record<string, string> = { when: 'true', where: 'true', key: 'id', by: 'id', mark: '', label: '名称', grade: '等次' }

const top = (schema: unknown, holder: string, names: Names): FieldSpec[] => fieldsOf(schemaOf(schema), { holders: [holder], names })
const { properties: parts } = schemaOf(Rubric)
const partOf = (name: string): Schema => parts?.[name] ?? {}
const itemSpecs = top(Item, 'item', 'rubric')
const leading = ['label', 'points', 'input', 'rule']
const bySpot: Record<SpotKind, FieldSpec[]> = {
  item: [...leading.flatMap((key) => itemSpecs.filter(({ path }) => path[0] === key)), ...itemSpecs.filter(({ path }) => !leading.includes(String(path[0])))],
  block: top(Block, 'block', 'rubric'),
  rubric: top(Rubric, 'rubric', 'population'),
  veto: top(partOf('vetoes').items, 'veto', 'veto'),
  grade: top(partOf('grades').items, 'grade', 'rubric'),
  extra: top(partOf('bonuses'), 'extra', 'rubric'),
  measure: [],
}

/** The fields of what is chosen in the tree, with the value that it has. */
export function fieldsFor(kind: SpotKind, value: unknown): FieldSpec[] {
  return kind === 'measure' ? fieldsOf(schemaOf(Measure), { holders: ['measure'], names: 'rubric' }, value) : bySpot[kind]
}

/** Each field of a thing that has this value, those within others too, by its path. */
export function allFields(specs: readonly FieldSpec[], value: unknown, at: Path = []): { path: Path; spec: FieldSpec }[] {
  return specs.flatMap((spec) => {
    const path = [...at, ...spec.path]
    const here = spec.path.reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[key] : undefined),
      value,
    )
    const rows = spec.control === 'rows' && Array.isArray(here) ? here.flatMap((row, index) => allFields(spec.inner?.(row) ?? [], row, [...path, index])) : []
    const isWithin = spec.control === 'group' || spec.control === 'variant'
    return [{ path, spec }, ...rows, ...(isWithin && here !== undefined ? allFields(spec.inner?.(here) ?? [], here, path) : [])]
  })
}

/** The choices, with what is written now where it is none of them. */
export function optionsWith(options: readonly Option[], value: string): Option[] {
  return value === '' || options.some(({ id }) => id === value) ? [...options] : [...options, { id: value, label: value }]
}

/** Whether a field takes the whole line of a form. */
export function isWide({ control, path }: FieldSpec): boolean {
  return (control !== 'number' && control !== 'select' && control !== 'text') || ['label', 'title'].includes(String(path.at(-1)))
}

/** Whether a form of a variant can be used here: ballots need a catalogue that has some. */
export function isThere(form: string, { sources }: Known): boolean {
  return form !== 'choices' || sources.some(({ id }) => id === 'ballot')
}
