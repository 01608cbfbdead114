// YAML files somebody wrote: text → plain tree with places, and what a schema finds wrong in it, all of it at once.
import type { TSchema } from 'typebox'
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar, type YAMLError } from 'yaml'
import { isDecimal } from './decimal.ts'
import type { Diagnostic, Place } from './errors.ts'
import { type Numbers, type Path, shapeErrors } from './shape.ts'

/** Where the value at a path stands; `offset` counts characters inside its text; the nearest existing parent if it is absent. */
export type PlaceOf = (path: Path, offset?: number) => Place

/** A file as read: maps, lists, text, booleans, null, and numbers as `numbers` says. */
export interface YamlFile {
  tree: unknown
  numbers: Numbers
  placeOf: PlaceOf
  keyPlaceOf: (path: Path) => Place
  diagnostics: Diagnostic[]
}

const maxNodes = 200_000

const quotes = 'put text with , [ ] { } or ": " in it in single quotes'
const wide = /[，：｛｝［］“”‘’]/
const yamlHints: Partial<Record<YAMLError['code'], string>> = {
  UNEXPECTED_TOKEN: quotes,
  BLOCK_IN_FLOW: quotes,
  MISSING_CHAR: `${quotes}; what belongs together begins in one column`,
  TAG_RESOLVE_FAILED: 'put text that begins with ! in single quotes',
  BAD_SCALAR_START: 'put text that begins with > or | in single quotes',
  BAD_ALIAS: 'put text that begins with * or & in single quotes',
  BAD_INDENT: 'what belongs together begins in one column',
  TAB_AS_INDENT: 'indent with spaces',
  MULTILINE_IMPLICIT_KEY: 'after a key comes an English colon and a space; what belongs together begins in one column',
}

/** The errors until the parser loses its way, one a line: what follows from them is no mistake of the file. */
function inSync(errors: YAMLError[], at: (offset: number) => Place): YAMLError[] {
  const lost = errors.findIndex(({ message }) => message.includes('in YAML stream'))
  const sure = lost < 1 ? errors.slice(0, lost < 0 ? errors.length : 1) : errors.slice(0, lost)
  return sure.filter(({ pos }, index) => sure.findIndex((one) => at(one.pos[0]).line === at(pos[0]).line) === index)
}

/** Parses YAML; what can't be read is in `diagnostics`, the rest is in the tree. Numbers stay text unless asked for, so that 0.1 is exactly 0.1. */
export function parseYaml(text: string, file: string, numbers: Numbers = 'text'): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core', version: '1.2', stringKeys: false })
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(Math.max(offset, 0), text.length))
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const diagnostics: Diagnostic[] = inSync([...document.errors, ...document.warnings], at).map(({ code, message, pos }) => {
    const place = at(pos[0])
    const line = text.split('\n')[place.line - 1] ?? ''
    const hint = message.includes('Block scalar header')
      ? yamlHints.BAD_SCALAR_START
      : wide.test(line) && yamlHints[code] === quotes
        ? `${quotes}; between keys write English punctuation: , : { } [ ]`
        : yamlHints[code]
    return { ...place, code: 'yaml', message: message.split('\n')[0] ?? 'not YAML', ...(hint === undefined ? {} : { hint }) }
  })
  let count = 0
  const say = (node: Node, message: string): null => {
    diagnostics.push({ ...at(node.range?.[0] ?? 0), code: 'yaml', message })
    return null
  }
  const plain = (node: Node | null, depth: number): unknown => {
    if (node === null) return null
    count += 1
    if (depth > 60 || count > maxNodes) return depth > 60 || count === maxNodes + 1 ? say(node, 'nested too deeply, or too large') : null
    if (isAlias(node)) return resolved(node, depth)
    if (isMap(node)) return mapOf(node.items as Pair<Node, Node | null>[], depth)
    if (isSeq(node)) return node.items.map((item) => plain(item as Node | null, depth + 1))
    return isScalar(node) ? scalar(node, numbers) : null
  }
  const resolved = (node: Alias, depth: number): unknown => {
    const target = node.resolve(document)
    return target === undefined ? say(node, `no anchor &${node.source}`) : plain(target, depth + 1)
  }
  const mapOf = (items: Pair<Node, Node | null>[], depth: number): Record<string, unknown> => {
    const entries: [string, unknown][] = []
    for (const { key, value } of items) {
      if (!isScalar(key)) say(key, 'a key must be plain text')
      else {
        const name = String(scalar(key, 'text'))
        if (name === '<<') say(key, 'merge keys are not read; use an alias for the whole value')
        entries.push([name, plain(value, depth + 1)])
      }
    }
    // fromEntries makes own properties even of `__proto__`.
    return Object.fromEntries(entries)
  }
  const tree = plain(document.contents, 0)
  const placeOf: PlaceOf = (path, offset = 0) => {
    const { node, length } = nodeAt(document, path)
    return at(node === null ? 0 : length === path.length && isScalar(node) ? inScalar(text, node, offset) : (node.range?.[0] ?? 0))
  }
  const keyPlaceOf = (path: Path): Place => {
    const { node, length } = nodeAt(document, path.slice(0, -1))
    const key = length === path.length - 1 && node !== null ? pairOf(node, path.at(-1))?.key : undefined
    return key === undefined ? placeOf(path) : at(key.range?.[0] ?? 0)
  }
  return { tree, numbers, placeOf, keyPlaceOf, diagnostics }
}

/** What a schema finds wrong in a file, each mistake at its place; `named` are the schemas that `$ref`s point to. */
export function checkYaml(yaml: YamlFile, schema: TSchema, named: Record<string, TSchema> = {}): Diagnostic[] {
  return shapeErrors(schema, yaml.tree, named, yaml.numbers).map(({ path, atKey, ...error }) => ({
    ...(atKey ? yaml.keyPlaceOf(path) : yaml.placeOf(path)),
    ...error,
  }))
}

/** The last pair of a map with this key. */
function pairOf(node: Node, name: string | number | undefined): Pair<Node, Node | null> | undefined {
  return isMap(node) ? (node.items as Pair<Node, Node | null>[]).findLast(({ key }) => isScalar(key) && String(scalar(key, 'text')) === name) : undefined
}

/** The node at a path, or its nearest existing parent, and how much of the path led there. A key without a value stands for it. */
function nodeAt(document: Document, path: Path): { node: Node | null; length: number } {
  const real = (node: Node | null | undefined): Node | null => (isAlias(node) ? (node.resolve(document) ?? node) : (node ?? null))
  let node = real(document.contents as Node | null)
  for (const [length, step] of path.entries()) {
    if (node === null) return { node, length }
    const pair = pairOf(node, step)
    const next: Node | null = pair !== undefined ? real(pair.value ?? pair.key) : isSeq(node) ? real(node.items[Number(step)] as Node | null) : null
    if (next === null) return { node, length }
    node = next
  }
  return { node, length: path.length }
}

function scalar(node: Scalar, numbers: Numbers): unknown {
  if (numbers === 'text' && (typeof node.value === 'number' || typeof node.value === 'bigint')) {
    const source = (node.source ?? String(node.value)).replace(/^\+/, '')
    return isDecimal(source) ? source : (node.source ?? String(node.value))
  }
  return node.value
}

/** The offset in the file of the `offset`-th character of a scalar's text. */
function inScalar(text: string, node: Scalar, offset: number): number {
  const [start, valueEnd] = node.range ?? [0, 0]
  if (node.type === 'PLAIN' || node.type === undefined) return start + offset
  const raw = text.slice(start, valueEnd)
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') {
    // Escapes make the source longer than the value: walk both.
    let from = 1
    for (let i = 0; i < offset && from < raw.length; i += 1) {
      const two = raw.slice(from, from + 2)
      from += node.type === 'QUOTE_SINGLE' ? (two === "''" ? 2 : 1) : raw[from] === '\\' ? (raw[from + 1] === 'u' ? 6 : raw[from + 1] === 'x' ? 4 : 2) : 1
    }
    return start + from
  }
  // Block scalar: go down its lines, each without the indentation of the first; a line's end is one character of the value.
  let from = start + raw.indexOf('\n') + 1
  const indent = /^ */.exec(text.slice(from))?.[0].length ?? 0
  let left = offset
  for (;;) {
    const end = text.indexOf('\n', from)
    const length = (end < 0 ? text.length : end) - from - indent
    if (left <= length || end < 0 || end >= valueEnd) return Math.min(from + indent + left, valueEnd)
    left -= Math.max(length, 0) + 1
    from = end + 1
  }
}
