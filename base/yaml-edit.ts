// Changes to a YAML text that somebody wrote: values are set where they stand, and everything else stays as it is, comments included.
import { type Document, isCollection, isMap, isPair, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml'
import { isDecimal } from './decimal.ts'
import type { Path } from './shape.ts'

/** `set` replaces or adds a value, `remove` takes one away, `insert` puts one into a list, `move` takes an element of a list to a place in a list. */
export type YamlEdit =
  | { kind: 'set'; path: Path; value: unknown }
  | { kind: 'remove'; path: Path }
  | { kind: 'insert'; path: Path; at: number; value: unknown }
  | { kind: 'move'; from: Path; to: Path; at: number }

/** The text after the edits, in their order; null where it is no YAML that can be edited. Decimal text becomes a number. */
export function editYaml(text: string, edits: readonly YamlEdit[]): string | null {
  const document = parseDocument(text, { schema: 'core', version: '1.2' })
  if (document.errors.length > 0 || !isMap(document.contents)) return null
  for (const edit of edits) apply(document, edit)
  return asWritten(text, document.toString({ lineWidth: 0, flowCollectionPadding: true }))
}

function apply(document: Document, edit: YamlEdit): void {
  if (edit.kind === 'set') {
    const old = document.getIn(edit.path, true)
    const made = nodeOf(document, edit.value)
    if (isScalar(old) && isScalar(made)) {
      made.comment = old.comment ?? null
      made.commentBefore = old.commentBefore ?? null
      if (typeof made.value === 'string' && typeof old.value === 'string' && old.type !== undefined && !old.type.startsWith('BLOCK')) made.type = old.type
    }
    document.setIn(edit.path, made)
  } else if (edit.kind === 'remove') document.deleteIn(edit.path)
  else if (edit.kind === 'insert') put(document, edit.path, edit.at, nodeOf(document, edit.value))
  else {
    const node = document.getIn(edit.from, true) as Node | undefined
    if (node === undefined) return
    document.deleteIn(edit.from)
    put(document, edit.to, edit.at, node)
  }
}

/** Puts an element into a list, which is made where there is none. */
function put(document: Document, path: Path, at: number, node: Node): void {
  const list = document.getIn(path)
  if (isSeq(list)) list.items.splice(at, 0, node)
  else document.setIn(path, document.createNode([node]))
}

/** A value as a node: maps within lists and maps on one line, decimal text as a number. */
function nodeOf(document: Document, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false }) as Node
  const numbers = (one: unknown): void => {
    if (isPair(one)) numbers(one.value)
    else if (isCollection(one)) one.items.forEach(numbers)
    else if (isScalar(one) && typeof one.value === 'string' && isDecimal(one.value) && one.value.length < 16) {
      const places = /\.(\d+)$/.exec(one.value)?.[1]?.length
      one.value = Number(one.value)
      if (places !== undefined) (one as Scalar).minFractionDigits = places
    }
  }
  numbers(node)
  if (isCollection(node) && !holdsList(value)) node.flow = true
  return node
}

/** A block with its items is written over several lines. */
function holdsList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('items' in value || 'blocks' in value)
}

/** Lines that differ from the old text by blanks at brackets alone, as they were written. */
function asWritten(before: string, after: string): string {
  const bare = (line: string): string => line.replace(/([[{]) +/g, '$1').replace(/ +([\]}])/g, '$1')
  const old = before.split('\n')
  const written = new Map(old.map((line) => [bare(line), line]))
  const same = new Set(old)
  return after
    .split('\n')
    .map((line) => (same.has(line) ? line : (written.get(bare(line)) ?? line.replaceAll('[ {', '[{').replaceAll('} ]', '}]'))))
    .join('\n')
}
