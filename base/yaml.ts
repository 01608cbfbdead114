// YAML files somebody wrote: read with places, checked against a schema, every mistake told at once.
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Diagnostic, Place } from './errors.ts'

export interface YamlFile {
  file: string
  document: Document
  lines: LineCounter
  value: unknown
}

export type Read = { ok: true; value: YamlFile } | { ok: false; diagnostics: Diagnostic[] }

/** Parses a YAML text; syntax errors become diagnostics with their places. */
export function readYaml(text: string, file: string): Read {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  if (document.errors.length > 0) {
    const diagnostics = document.errors.map((error): Diagnostic => {
      const { line, col } = lines.linePos(error.pos[0])
      return { file, line, column: col, code: 'yaml', message: error.message }
    })
    return { ok: false, diagnostics }
  }
  return { ok: true, value: { file, document, lines, value: document.toJS({ maxAliasCount: 100 }) } }
}

/** Line and column of the value at a path such as ['kinds', 3, 'name']; of its nearest parent where it is missing. */
export function placeAt({ document, lines, file }: YamlFile, path: readonly (string | number)[]): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const range = (node as { range?: [number, number, number] } | null | undefined)?.range
    if (range !== undefined && range !== null) {
      const { line, col } = lines.linePos(range[0])
      return { file, line, column: col }
    }
  }
  return { file, line: 1, column: 1 }
}

/** The place of a key itself, for keys that should not be there. */
export function placeOfKey(yaml: YamlFile, path: readonly (string | number)[]): Place {
  const parent = path.length === 1 ? yaml.document.contents : yaml.document.getIn(path.slice(0, -1), true)
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(path.at(-1)))
    const range = (pair?.key as { range?: [number, number, number] } | undefined)?.range
    if (range !== undefined) {
      const { line, col } = yaml.lines.linePos(range[0])
      return { file: yaml.file, line, column: col }
    }
  }
  return placeAt(yaml, path)
}

/** A JSON pointer as a path. */
export function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')))
}

/** What a schema finds wrong in a file; empty when nothing is. */
export function checkYaml(yaml: YamlFile, schema: TSchema): Diagnostic[] {
  const compiled = Compile(schema)
  if (compiled.Check(yaml.value)) return []
  return compiled.Errors(yaml.value).flatMap((error): Diagnostic[] => {
    const { keyword, instancePath, message, params } = error as unknown as {
      keyword: string
      instancePath: string
      message: string
      params: Record<string, unknown>
    }
    const path = pathOf(instancePath)
    if (keyword === 'boolean' || keyword === 'const') return []
    if (keyword === 'additionalProperties') {
      return (params['additionalProperties'] as string[]).map((name) => ({
        ...placeOfKey(yaml, [...path, name]),
        code: 'unknown-key',
        message: `unknown key \`${name}\` in ${instancePath || '/'}`,
      }))
    }
    if (keyword === 'required') {
      return (params['requiredProperties'] as string[]).map((name) => ({
        ...placeAt(yaml, path),
        code: 'missing-key',
        message: `\`${name}\` is missing in ${instancePath || '/'}`,
      }))
    }
    return [{ ...placeAt(yaml, path), code: 'invalid', message: `${instancePath || '/'} ${message}` }]
  })
}
