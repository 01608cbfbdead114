// The text of a rubric as the editor shows it: a tree of what it says, and edits of the tree as edits of the text. Pure; runs in the browser.
import type { Path } from '#base/shape.ts'
import { editYaml, type YamlEdit } from '#base/yaml-edit.ts'
import { type Bases, wholeTree } from '#engine/extend.ts'

export type SpotKind = 'rubric' | 'block' | 'item' | 'measure' | 'veto' | 'grade' | 'extra'
type Tree = Record<string, unknown>

/** A thing that can be chosen in the tree: where it stands in the whole, and where in the text, null for what only a base says. */
export interface Spot {
  key: string
  kind: SpotKind
  id: string
  label: string
  points: string | null
  path: Path
  own: Path | null
  /** The list it stands in: id of a block, bonuses, penalties; empty at the top. */
  holder: string
  /** True where a base has it, so that the text says only what differs. */
  inherited: boolean
}

/** A text as read, with what it extends. */
export interface Reading {
  text: string
  whole: Tree
  /** The text alone. */
  own: Tree
  spots: Spot[]
  extends: boolean
  /** Line and column of a path of the whole; of the text alone, undefined in a base. */
  placeOf: (path: Path) => { line: number; column: number } | undefined
}

const ownFile = 'rubric.yaml'
const extraWords = { bonuses: '加分', penalties: '扣分' } as const
const listOf = { item: 'items', block: 'blocks', veto: 'vetoes' } as const

function asTree(value: unknown): Tree | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined
}
function asList(value: unknown): Tree[] {
  return Array.isArray(value) ? value.map((one) => asTree(one) ?? {}) : []
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The value at a path. */
export function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[key] : undefined), tree)
}

/** Reads a text; null where it, or what it extends, can't be read. */
export function readRubricText(source: string, bases: Bases): Reading | null {
  const found = wholeTree(source, ownFile, bases)
  const whole = asTree(found?.tree)
  const own = asTree(found?.own)
  if (found === null || whole === undefined || own === undefined) return null
  const isExtending = own.extends !== undefined
  const base = asTree(found.base)
  const known = new Set(base === undefined ? [] : spotsOf(base).map(({ key }) => key))
  const places = new Map(spotsOf(own).map(({ key, path }) => [key, path]))
  for (const [index, one] of (isExtending ? asList(own.items) : []).entries()) places.set(`item:${text(one.id)}`, ['items', index])
  return {
    text: source,
    whole,
    own,
    extends: isExtending,
    spots: spotsOf(whole).map((spot) => ({ ...spot, own: isExtending ? (places.get(spot.key) ?? null) : spot.path, inherited: known.has(spot.key) })),
    placeOf: (path) => {
      const place = found.placeOf(path)
      return place.file === ownFile ? place : undefined
    },
  }
}

/** Everything in a tree that has an id, from the top down. */
function spotsOf(whole: Tree): Spot[] {
  const spot = (kind: SpotKind, id: string, one: Tree, path: Path, holder: string): Spot => ({
    key: `${kind}:${id}`,
    kind,
    id,
    label: text(one.label) || id,
    points: typeof one.points === 'string' ? one.points : null,
    path,
    own: null,
    holder,
    inherited: false,
  })
  const items = (given: unknown, path: Path, holder: string): Spot[] =>
    asList(given).map((one, index) => spot('item', text(one.id), one, [...path, index], holder))
  const blocks = (given: unknown, path: Path, holder: string): Spot[] =>
    asList(given).flatMap((one, index) => {
      const here = [...path, index]
      const id = text(one.id)
      return [spot('block', id, one, here, holder), ...items(one.items, [...here, 'items'], id), ...blocks(one.blocks, [...here, 'blocks'], id)]
    })
  return [
    { ...spot('rubric', '', whole, [], ''), label: '总则' },
    ...blocks(whole.blocks, ['blocks'], ''),
    ...(['bonuses', 'penalties'] as const).flatMap((key) => {
      const extra = asTree(whole[key])
      return extra === undefined ? [] : [{ ...spot('extra', key, extra, [key], ''), label: extraWords[key] }, ...items(extra.items, [key, 'items'], key)]
    }),
    // A grade is known by its place: its name is what one types.
    ...asList(whole.grades).map((one, index) => ({ ...spot('grade', String(index), one, ['grades', index], ''), label: text(one.grade) })),
    ...asList(whole.vetoes).map((one, index) => spot('veto', text(one.id), one, ['vetoes', index], '')),
    ...Object.entries(asTree(whole.measures) ?? {}).map(([name, one]) => spot('measure', name, asTree(one) ?? {}, ['measures', name], '')),
  ]
}

/** The text after edits; the same text where it can't be edited. */
function edited(reading: Reading, edits: YamlEdit[]): string {
  return editYaml(reading.text, edits) ?? reading.text
}

/** `tree` with another value at a path; undefined takes the key away. */
function withValue(tree: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(tree)) return tree.map((one: unknown, index) => (index === Number(key) ? withValue(one, rest, value) : one))
  const given = asTree(tree) ?? {}
  const inner = withValue(given[key], rest, value)
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => name !== key))
  return inner === undefined ? others : Object.hasOwn(given, key) ? { ...given, [key]: inner } : { ...others, [key]: inner }
}

/** Where the text says what is the spot's own, and the edit that makes the place where it has none yet. */
function ownEdits(reading: Reading, spot: Spot, fields: Tree): YamlEdit[] {
  const { own, kind } = spot
  const into = (at: Path): YamlEdit[] => Object.entries(fields).map(([key, value]) => ({ kind: 'set', path: [...at, key], value }))
  if (own !== null) return into(own)
  if (kind !== 'item' && kind !== 'block' && kind !== 'veto') return into(spot.path)
  const list = listOf[kind]
  return [{ kind: 'insert', path: [list], at: ownLength(reading, list), value: { id: spot.id, ...fields } }]
}

/** How long a list of the text itself is. */
function ownLength({ own }: Reading, key: 'items' | 'blocks' | 'vetoes' | 'remove'): number {
  const list = own[key]
  return Array.isArray(list) ? list.length : 0
}

/** Sets a field of a spot, or takes it away (undefined); the empty path sets all of them. What a base says is changed in the text that extends it. */
export function setField(reading: Reading, spot: Spot, field: Path, value: unknown): string {
  return edited(reading, editsOf(reading, spot, field, value))
}

function editsOf(reading: Reading, spot: Spot, field: Path, value: unknown): YamlEdit[] {
  const [key, ...rest] = field
  if (key === undefined) {
    const [before, after] = [asTree(valueAt(reading.whole, spot.path)) ?? {}, asTree(value) ?? {}]
    const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name])
    return differing.flatMap((name) => editsOf(reading, spot, [name], after[name]))
  }
  const put = (path: Path, given: unknown): YamlEdit[] => [given === undefined ? { kind: 'remove', path } : { kind: 'set', path, value: given }]
  const isOwn = !spot.inherited || spot.kind === 'grade'
  if (!reading.extends || (isOwn && spot.own !== null && spot.kind !== 'rubric')) return put([...(spot.own ?? spot.path), ...field], value)
  // Grades are one value: who changes one writes them all.
  if (spot.kind === 'grade') return put(['grades'], withValue(reading.whole.grades, [Number(spot.id), ...field], value))
  const full = rest.length === 0 ? value : withValue(valueAt(reading.whole, [...spot.path, key]), rest, value)
  return spot.kind === 'rubric' ? put([key], full) : ownEdits(reading, spot, { [key]: full ?? null })
}

/** A name that nothing has yet. */
function freshId(reading: Reading, stem: string): string {
  const taken = new Set(reading.spots.map(({ id }) => id))
  let n = 1
  while (taken.has(`${stem}${n}`)) n += 1
  return `${stem}${n}`
}

function newItem(reading: Reading, id: string): Tree {
  const defaults = asTree(reading.whole.defaults) ?? {}
  return {
    id,
    label: '新指标',
    points: '5',
    ...(defaults.missing === undefined ? { missing: 'zero' } : {}),
    ...(defaults.round === undefined ? { round: '2' } : {}),
    input: { mark: id },
    rule: { kind: 'convert', factor: '1' },
  }
}

/** A text and the key of what is chosen in it afterwards. */
export interface Made {
  text: string
  key: string
}

/** Adds an item after the chosen one, or last in the chosen block, or in the first block there is. */
export function addItem(reading: Reading, near: Spot | undefined): Made {
  const id = freshId(reading, 'item')
  const block = near?.kind === 'block' ? near : reading.spots.find((spot) => spot.kind === 'block')
  const item = newItem(reading, id)
  const key = `item:${id}`
  if (reading.extends) {
    const place = near?.kind === 'item' ? { after: near.id } : { into: block?.id ?? '' }
    return { key, text: edited(reading, [{ kind: 'insert', path: ['items'], at: ownLength(reading, 'items'), value: { ...item, ...place } }]) }
  }
  if (near?.kind === 'item')
    return { key, text: edited(reading, [{ kind: 'insert', path: near.path.slice(0, -1), at: Number(near.path.at(-1)) + 1, value: item }]) }
  if (block === undefined) return { key: 'rubric:', text: reading.text }
  const list = [...block.path, 'items']
  return { key, text: edited(reading, [{ kind: 'insert', path: list, at: asList(valueAt(reading.whole, list)).length, value: item }]) }
}

/** Adds a block with one item: after the chosen top block, else last. */
export function addBlock(reading: Reading, near: Spot | undefined): Made {
  const id = freshId(reading, 'block')
  const value = { id, label: '新板块', items: [newItem(reading, freshId(reading, 'item'))] }
  const count = asList(reading.whole.blocks).length
  const at = near?.kind === 'block' && near.holder === '' ? Number(near.path.at(-1)) + 1 : count
  if (!reading.extends) return { key: `block:${id}`, text: edited(reading, [{ kind: 'insert', path: ['blocks'], at, value }]) }
  const place = near?.kind === 'block' ? { after: near.id } : {}
  return { key: `block:${id}`, text: edited(reading, [{ kind: 'insert', path: ['blocks'], at: ownLength(reading, 'blocks'), value: { ...value, ...place } }]) }
}

/** Adds a measure that counts the rows of a source. */
export function addMeasure(reading: Reading, source: string): Made {
  const id = freshId(reading, 'measure')
  return { key: `measure:${id}`, text: edited(reading, [{ kind: 'set', path: ['measures', id], value: { label: '新取数', over: source } }]) }
}

/** Adds an item to the bonuses or penalties, which are made where there are none. */
export function addExtra(reading: Reading, extra: 'bonuses' | 'penalties'): Made {
  const id = freshId(reading, extra === 'bonuses' ? 'bonus' : 'penalty')
  const sign = extra === 'bonuses' ? '1' : '-1'
  const item = {
    ...newItem(reading, id),
    label: extra === 'bonuses' ? '新加分项' : '新扣分项',
    points: 'none',
    floor: 'none',
    rule: { kind: 'each', points: sign },
  }
  const key = `item:${id}`
  const known = reading.spots.find((spot) => spot.key === `extra:${extra}`)
  if (known === undefined) {
    const limits = extra === 'bonuses' ? { cap: '10' } : { floor: '-10', cap: '0' }
    return { key, text: edited(reading, [{ kind: 'set', path: [extra], value: { ...limits, items: [item] } }]) }
  }
  if (reading.extends)
    return { key, text: edited(reading, [{ kind: 'insert', path: ['items'], at: ownLength(reading, 'items'), value: { ...item, into: extra } }]) }
  const list = [extra, 'items']
  return { key, text: edited(reading, [{ kind: 'insert', path: list, at: asList(valueAt(reading.whole, list)).length, value: item }]) }
}

/** Adds a grade after the chosen one, else before the last; three where there are none. */
export function addGrade(reading: Reading, near: Spot | undefined): Made {
  const grades = asList(reading.whole.grades)
  if (grades.length === 0) {
    const value = [{ grade: '优秀', from: '90' }, { grade: '合格', from: '60' }, { grade: '不合格' }]
    return { key: 'grade:0', text: edited(reading, [{ kind: 'set', path: ['grades'], value }]) }
  }
  const at = Math.min(near?.kind === 'grade' ? Number(near.id) + 1 : grades.length, grades.length - 1)
  const above = Number(grades[at - 1]?.from ?? 95)
  const value = { grade: '新等次', from: String(Math.max(0, above - 5)) }
  const edit: YamlEdit = reading.extends
    ? { kind: 'set', path: ['grades'], value: grades.toSpliced(at, 0, value) }
    : { kind: 'insert', path: ['grades'], at, value }
  return { key: `grade:${at}`, text: edited(reading, [edit]) }
}

/** Adds a veto that caps the grade at the second best, or zeroes the total where there are no grades; it holds for nobody yet. */
export function addVeto(reading: Reading): Made {
  const id = freshId(reading, 'veto')
  const second = asList(reading.whole.grades)[1]?.grade
  const value = { id, label: '新的一票否决', when: 'false', ...(second === undefined ? { zero: 'total' } : { ceiling: second }) }
  const at = reading.extends ? ownLength(reading, 'vetoes') : asList(reading.whole.vetoes).length
  return { key: `veto:${id}`, text: edited(reading, [{ kind: 'insert', path: ['vetoes'], at, value }]) }
}

/** Takes a spot away; what a base has is named under `remove`. The rubric itself stays, and so do bonuses and penalties of a base. */
export function removeSpot(reading: Reading, spot: Spot): string {
  const { kind, own } = spot
  if (kind === 'rubric' || (kind === 'extra' && spot.inherited)) return reading.text
  if (kind === 'grade') {
    const left = asList(reading.whole.grades).filter((_, index) => index !== Number(spot.id))
    if (reading.extends) return edited(reading, [{ kind: 'set', path: ['grades'], value: left.length === 0 ? null : left }])
    return edited(reading, [{ kind: 'remove', path: left.length === 0 ? ['grades'] : spot.path }])
  }
  const edits: YamlEdit[] = own === null ? [] : [{ kind: 'remove', path: own }]
  if (!spot.inherited) return edited(reading, edits)
  const isAlone = reading.spots.filter(({ id }) => id === spot.id).length === 1
  const value = isAlone ? spot.id : `${kind === 'veto' ? 'vetoes' : `${kind}s`}.${spot.id}`
  return edited(reading, [...edits, { kind: 'insert', path: ['remove'], at: ownLength(reading, 'remove'), value }])
}

/** Items or blocks of the same list, in order. */
function siblings(reading: Reading, spot: Spot): Spot[] {
  return reading.spots.filter((one) => one.kind === spot.kind && one.holder === spot.holder)
}

/** Moves a spot up or down within its list; the same text at either end. */
export function moveSpot(reading: Reading, spot: Spot, by: -1 | 1): string {
  if (spot.kind !== 'item' && spot.kind !== 'block') return reading.text
  const list = siblings(reading, spot)
  const other = list[list.findIndex(({ key }) => key === spot.key) + by]
  if (other === undefined) return reading.text
  if (!reading.extends) return edited(reading, [{ kind: 'move', from: spot.path, to: spot.path.slice(0, -1), at: Number(spot.path.at(-1)) + by }])
  return placed(reading, spot, by < 0 ? 'before' : 'after', other.id)
}

/** Moves an item into another block, or to the bonuses or penalties. */
export function moveInto(reading: Reading, spot: Spot, holder: string): string {
  if (reading.extends) return placed(reading, spot, 'into', holder)
  const block = reading.spots.find((one) => one.kind === 'block' && one.id === holder)
  const list = block === undefined ? [holder, 'items'] : [...block.path, 'items']
  return edited(reading, [{ kind: 'move', from: spot.path, to: list, at: asList(valueAt(reading.whole, list)).length }])
}

function placed(reading: Reading, spot: Spot, how: 'into' | 'after' | 'before', id: string): string {
  const { own } = spot
  const others: YamlEdit[] =
    own === null ? [] : (['into', 'after', 'before'] as const).filter((key) => key !== how).map((key) => ({ kind: 'remove', path: [...own, key] }))
  return edited(reading, [...others, ...ownEdits(reading, spot, { [how]: id })])
}

/** The spot and the field in which a place of the text lies: the last that begins before it. */
export function spotAt(reading: Reading, line: number, column: number): Spot | undefined {
  const begun = reading.spots
    .filter((spot) => spot.own !== null || spot.kind === 'rubric')
    .map((spot) => ({ spot, place: reading.placeOf(spot.path) }))
    .filter(({ place }) => place !== undefined && (place.line < line || (place.line === line && place.column <= column)))
  return begun.sort((a, b) => (b.place?.line ?? 0) - (a.place?.line ?? 0) || (b.place?.column ?? 0) - (a.place?.column ?? 0))[0]?.spot
}

/** The field of a spot that a place lies in: of those given, the one that begins last before it on its line or above. */
export function fieldAt(reading: Reading, spot: Spot, fields: readonly Path[], line: number, column: number): Path | undefined {
  const begun = fields
    .filter((field) => valueAt(reading.whole, [...spot.path, ...field]) !== undefined)
    .map((field) => ({ field, place: reading.placeOf([...spot.path, ...field]) }))
    .filter(({ place }) => place !== undefined && (place.line < line || (place.line === line && place.column <= column)))
  return begun.sort((a, b) => (b.place?.line ?? 0) - (a.place?.line ?? 0) || (b.place?.column ?? 0) - (a.place?.column ?? 0))[0]?.field
}
