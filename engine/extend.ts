// A rubric file that extends another: both trees → one, of which every part knows the file and line it was written on (SPEC.md R-EXT).
import type { Checked, Diagnostic } from '#base/errors.ts'
import type { Path } from '#base/shape.ts'
import { suggest } from '#base/suggest.ts'
import { checkYaml, type PlaceOf, parseYaml, type YamlFile } from '#base/yaml.ts'
import { named, Rubric, type RubricFile } from '#engine/definition.ts'
import { type Change, Extension, type ExtensionFile } from '#engine/extension.ts'
import { createReport, inOrder, type Report } from '#engine/report.ts'

/** The text of a rubric's version and the name that diagnostics give it; undefined where there is none. */
export type Bases = (rubric: string, version: string) => { text: string; file: string } | undefined

/** A file of the right shape, what it extends taken in. */
export interface Definition {
  tree: RubricFile
  placeOf: PlaceOf
}

export const noBases: Bases = () => undefined

/** The version that a text extends; null where it extends none or can't be read. */
export function extendedBy(text: string): { rubric: string; version: string } | null {
  if (!text.includes('extends')) return null
  const given = asTree(asTree(parseYaml(text, '').tree)?.extends)
  return typeof given?.rubric === 'string' && typeof given.version === 'string' ? { rubric: given.rubric, version: given.version } : null
}

/** Bases among files at hand; a later file hides an earlier one of the same rubric and version. */
export function basesAmong(files: readonly { text: string; file: string }[]): Bases {
  let byName: Map<string, { text: string; file: string }> | undefined
  return (rubric, version) => {
    byName ??= new Map(files.map((one) => [nameOf(one.text), one]))
    return byName.get(`${rubric} ${version}`)
  }
}

function nameOf(text: string): string {
  const tree = asTree(parseYaml(text, '').tree)
  return `${tree?.rubric} ${tree?.version}`
}

/** A text and the texts that it extends, nearest first, as far as there are any. */
export function chainOf(text: string, bases: Bases): string[] {
  const chain: string[] = []
  for (let next: string | undefined = text; next !== undefined && !chain.includes(next); ) {
    chain.push(next)
    const named = extendedBy(next)
    next = named === null ? undefined : bases(named.rubric, named.version)?.text
  }
  return chain
}

/** Reads a rubric file and what it extends, and checks the form of the whole. */
export function readDefinition(text: string, file: string, bases: Bases): Checked<Definition> {
  const whole = resolved(parseYaml(text, file), bases, [])
  if (!whole.ok) return { ok: false, diagnostics: ownFirst(whole.diagnostics, file) }
  const shape = checkYaml(whole.value, Rubric, named)
  if (shape.length > 0) return { ok: false, diagnostics: ownFirst(shape, file) }
  return { ok: true, value: { tree: whole.value.tree as RubricFile, placeOf: whole.value.placeOf } }
}

/** Diagnostics in the order of the file; those of its bases after its own, and said to be so. */
export function ownFirst(diagnostics: Diagnostic[], file: string): Diagnostic[] {
  const inBase = inOrder(diagnostics.filter((one) => one.file !== file)).map((one) => ({
    ...one,
    hint: `${one.hint === undefined ? '' : `${one.hint} — `}this line is in the base: change or remove it in ${file}`,
  }))
  return [...inOrder(diagnostics.filter((one) => one.file === file)), ...inBase]
}

type Tree = Record<string, unknown>

function asTree(value: unknown): Tree | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined
}

/** A file with its bases taken in, one after the other. */
function resolved(yaml: YamlFile, bases: Bases, trail: string[]): Checked<YamlFile> {
  if (yaml.diagnostics.length > 0) return { ok: false, diagnostics: yaml.diagnostics }
  const tree = asTree(yaml.tree)
  if (tree?.extends === undefined) return { ok: true, value: yaml }
  const shape = checkYaml({ ...yaml, tree: withoutEmpty(tree) }, Extension, named)
  if (shape.length > 0) return { ok: false, diagnostics: shape }
  const extension = tree as unknown as ExtensionFile
  const { rubric, version } = extension.extends
  const refuse = (message: string, hint?: string): Checked<YamlFile> => ({
    ok: false,
    diagnostics: [{ ...yaml.placeOf(['extends']), code: 'extends', message, ...(hint === undefined ? {} : { hint }) }],
  })
  const here = [...trail, `${tree.rubric} ${tree.version}`]
  if (here.includes(`${rubric} ${version}`)) return refuse(`the bases go in a circle: ${[...here, `${rubric} ${version}`].join(' → ')}`)
  const found = bases(rubric, version)
  if (found === undefined)
    return refuse(`there is no rubric \`${rubric}\` version ${version} to extend`, 'the base has to be among the files at hand, or stored')
  const base = resolved(parseYaml(found.text, found.file), bases, here)
  if (!base.ok) return base
  // The base is looked at for its form alone: its names and types are checked in the whole.
  const wrong = checkYaml(base.value, Rubric, named)
  return wrong.length > 0 ? { ok: false, diagnostics: wrong } : extended(base.value, yaml, extension)
}

/** The tree without the fields that are taken away (`when: ~`): what is left has a form that can be checked. */
function withoutEmpty(tree: Tree): Tree {
  const strip = (value: unknown): unknown => {
    const one = asTree(value)
    return one === undefined ? value : Object.fromEntries(Object.entries(one).filter(([, field]) => field !== null))
  }
  const lists = ['items', 'blocks', 'vetoes'].flatMap((key) => (Array.isArray(tree[key]) ? [[key, (tree[key] as unknown[]).map(strip)]] : []))
  const measures = asTree(tree.measures)
  const named = measures === undefined ? {} : { measures: Object.fromEntries(Object.entries(measures).map(([name, one]) => [name, strip(one)])) }
  return { ...tree, ...Object.fromEntries(lists), ...named }
}

interface Origin {
  yaml: YamlFile
  path: Path
}

/** A list of items or blocks as it is being put together, and who holds it. */
interface Spot {
  list: Tree[]
  index: number
}

const ownKeys = new Set(['extends', 'remove', 'measures', 'items', 'blocks', 'vetoes', 'bonuses', 'penalties'])
const placeKeys = new Set(['into', 'after', 'before'])

/** Base and extension as one file. Everything is looked up in the tree being made, so that what was added can be a place for what follows. */
function extended(base: YamlFile, yaml: YamlFile, extension: ExtensionFile): Checked<YamlFile> {
  const report = createReport(yaml.placeOf)
  /** Where a map of the tree was written, and where single fields of it were. */
  const homes = new Map<object, Origin>()
  const fields = new Map<object, Map<string, Origin>>()
  const copy = (of: YamlFile, one: Tree, path: Path): Tree => {
    const made = Object.fromEntries(Object.entries(one).filter(([key, value]) => !placeKeys.has(key) && value !== null))
    homes.set(made, { yaml: of, path })
    for (const key of ['items', 'blocks'])
      if (Array.isArray(one[key])) made[key] = (one[key] as Tree[]).map((inner, index) => copy(of, inner, [...path, key, index]))
    return made
  }
  const from = base.tree as Tree
  const whole: Tree = { ...from }
  const seams = new Map<string, Origin>(Object.keys(from).map((key) => [key, { yaml: base, path: [key] }]))
  fields.set(whole, seams)
  for (const key of ['blocks', 'vetoes']) if (Array.isArray(from[key])) whole[key] = (from[key] as Tree[]).map((one, index) => copy(base, one, [key, index]))
  for (const key of ['bonuses', 'penalties']) if (from[key] !== undefined) whole[key] = copy(base, from[key] as Tree, [key])
  const measures = new Map(Object.entries(asTree(from.measures) ?? {}).map(([name, one]) => [name, copy(base, one as Tree, ['measures', name])]))

  /** Lays the fields of a change over what is there; an empty one is taken away. */
  const change = (one: Tree, given: Tree, path: Path): void => {
    const own = fields.get(one) ?? new Map<string, Origin>()
    const home = homes.get(one)
    if (home !== undefined) for (const key of Object.keys(one)) if (!own.has(key)) own.set(key, { yaml: home.yaml, path: [...home.path, key] })
    fields.set(one, own)
    homes.set(one, { yaml, path })
    for (const [key, value] of Object.entries(given)) {
      if (placeKeys.has(key)) continue
      if (value === null) delete one[key]
      else {
        one[key] = value
        own.set(key, { yaml, path: [...path, key] })
      }
    }
  }

  remove(whole, measures, extension.remove ?? [], report)
  for (const [name, given] of Object.entries(extension.measures ?? {})) {
    const known = measures.get(name)
    if (known === undefined) measures.set(name, copy(yaml, given, ['measures', name]))
    else change(known, given, ['measures', name])
  }
  if (measures.size > 0) whole.measures = Object.fromEntries(measures)
  else delete whole.measures
  for (const key of ['bonuses', 'penalties'] as const) {
    const given = extension[key]
    if (given === undefined) continue
    const known = asTree(whole[key])
    if (known === undefined) whole[key] = copy(yaml, given, [key])
    else change(known, given, [key])
  }
  for (const kind of ['blocks', 'items'] as const)
    for (const [index, given] of (extension[kind] ?? []).entries()) {
      const path: Path = [kind, index]
      const spot = find(whole, kind, given.id)
      if (spot !== undefined && kind === 'blocks' && ('items' in given || 'blocks' in given))
        report.say(path, 'extends', `\`${given.id}\` is a block of the base: what changes in it is said under \`items\` and \`blocks\` of the file`)
      const one = spot?.list[spot.index] ?? copy(yaml, given, path)
      if (spot !== undefined) change(one, given, path)
      if (spot === undefined || given.into !== undefined || given.after !== undefined || given.before !== undefined) put(whole, kind, one, given, path, report)
    }
  for (const [index, given] of (extension.vetoes ?? []).entries()) {
    const all = (whole.vetoes ?? []) as Tree[]
    const known = all.find(({ id }) => id === given.id)
    if (known !== undefined) change(known, given, ['vetoes', index])
    else whole.vetoes = [...all, copy(yaml, given, ['vetoes', index])]
  }
  for (const [key, value] of Object.entries(extension)) {
    if (ownKeys.has(key)) continue
    if (value === null) delete whole[key]
    else {
      whole[key] = value
      seams.set(key, { yaml, path: [key] })
    }
  }
  if (report.diagnostics.length > 0) return { ok: false, diagnostics: report.diagnostics }

  const originOf = (path: Path): Origin => {
    let node: unknown = whole
    let at: Origin = { yaml, path: [] }
    for (const key of path) {
      const inner: unknown = typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[key] : undefined
      const home = typeof inner === 'object' && inner !== null ? homes.get(inner) : undefined
      at = home ?? fields.get(node as object)?.get(String(key)) ?? { yaml: at.yaml, path: [...at.path, key] }
      node = inner
    }
    return at
  }
  return {
    ok: true,
    value: {
      tree: whole,
      numbers: yaml.numbers,
      diagnostics: [],
      placeOf: (path, offset) => {
        const origin = originOf(path)
        return origin.yaml.placeOf(origin.path, offset)
      },
      keyPlaceOf: (path) => {
        const origin = originOf(path)
        return origin.yaml.keyPlaceOf(origin.path)
      },
    },
  }
}

/** Takes ids away; `items.deeds` and `measures.deeds` where two have one name. */
function remove(whole: Tree, measures: Map<string, Tree>, ids: string[], report: Report): void {
  for (const [index, given] of ids.entries()) {
    const path: Path = ['remove', index]
    const [group, id] = given.includes('.') ? [given.slice(0, given.indexOf('.')), given.slice(given.indexOf('.') + 1)] : [null, given]
    const vetoes = (whole.vetoes ?? []) as Tree[]
    const spots: [string, () => void][] = []
    if (measures.has(id)) spots.push(['measures', () => void measures.delete(id)])
    for (const kind of ['items', 'blocks'] as const) {
      const spot = find(whole, kind, id)
      if (spot !== undefined) spots.push([kind, () => void spot.list.splice(spot.index, 1)])
    }
    if (vetoes.some((one) => one.id === id)) spots.push(['vetoes', () => void (whole.vetoes = vetoes.filter((one) => one.id !== id))])
    const fitting = spots.filter(([name]) => group === null || group === name)
    const [first] = fitting
    if (first === undefined) report.say(path, 'extends', `the base has no \`${given}\``, suggest(id, [...idsOf(whole), ...measures.keys()]))
    else if (fitting.length > 1)
      report.say(path, 'extends', `\`${id}\` is the name of several things in the base`, `write ${fitting.map(([name]) => `${name}.${id}`).join(' or ')}`)
    else first[1]()
  }
}

/** Lists of items or of blocks anywhere in the tree. */
function listsOf(whole: Tree, kind: 'items' | 'blocks'): Tree[][] {
  const down = (blocks: Tree[]): Tree[][] =>
    blocks.flatMap((one) => [...((one[kind] === undefined ? [] : [one[kind]]) as Tree[][]), ...down((one.blocks ?? []) as Tree[])])
  const blocks = (whole.blocks ?? []) as Tree[]
  if (kind === 'blocks') return [blocks, ...down(blocks)]
  const extras = ['bonuses', 'penalties'].flatMap((key) => (asTree(whole[key])?.items === undefined ? [] : [asTree(whole[key])?.items as Tree[]]))
  return [...down(blocks), ...extras]
}

function find(whole: Tree, kind: 'items' | 'blocks', id: string): Spot | undefined {
  for (const list of listsOf(whole, kind)) {
    const index = list.findIndex((one) => one.id === id)
    if (index >= 0) return { list, index }
  }
  return undefined
}

function idsOf(whole: Tree): string[] {
  return (['items', 'blocks'] as const).flatMap((kind) => listsOf(whole, kind).flatMap((list) => list.map(({ id }) => String(id))))
}

/** Puts an item or a block where the extension says; a new block without a place comes last. */
function put(whole: Tree, kind: 'items' | 'blocks', one: Tree, given: Change, path: Path, report: Report): void {
  const said = (['into', 'after', 'before'] as const).filter((key) => given[key] !== undefined)
  const [how] = said
  const name = kind === 'items' ? 'item' : 'block'
  if (said.length > 1) return void report.say(path, 'extends', `say one of ${said.join(', ')}`)
  if (how === undefined && kind === 'items') {
    const near = suggest(given.id, idsOf(whole))
    return void report.say(
      path,
      'extends',
      `the base has no item \`${given.id}\``,
      `${near === undefined ? '' : `${near} `}A new item says \`into\` or \`after\``,
    )
  }
  const spot = find(whole, kind, given.id)
  spot?.list.splice(spot.index, 1)
  const target = how === undefined ? '' : String(given[how])
  const extra = kind === 'items' && (target === 'bonuses' || target === 'penalties') ? asTree(whole[target]) : undefined
  const beside = how === 'after' || how === 'before' ? find(whole, kind, target) : undefined
  const block = how === 'into' ? find(whole, 'blocks', target) : undefined
  const holder = how === undefined ? whole : (extra ?? block?.list[block.index])
  if (beside !== undefined) beside.list.splice(beside.index + (how === 'after' ? 1 : 0), 0, one)
  else if (holder !== undefined) holder[kind] = [...((holder[kind] ?? []) as Tree[]), one]
  else if (how !== undefined)
    report.say(
      [...path, how],
      'extends',
      `there is no ${how === 'into' ? 'block' : name} \`${target}\` to place \`${given.id}\` at`,
      suggest(target, idsOf(whole)),
    )
}
