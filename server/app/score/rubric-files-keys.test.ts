// docs/rubric-files.md leaves nothing out: every key of a rubric file, and every word that a key may have, stands in a snippet that is tested.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { shapeErrors } from '#base/shape.ts'
import { compileCel } from '#engine/cel.ts'
import { Block, Item, Measure, named, Rubric } from '#engine/definition.ts'
import type { ExprType } from '#engine/expr.ts'
import { Extension } from '#engine/extension.ts'
import { fences, page } from './page.ts'

/** The part of JSON Schema that the definitions use. */
interface Schema {
  $ref?: string
  const?: unknown
  enum?: string[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  items?: Schema
  description?: string
}

/** Gathers what there is to be said: `visit` is told each key and word once, whatever number of places share its schema. */
class Words {
  readonly #known = new Map<Schema, string>()
  readonly said = new Set<string>()

  #resolved(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : ((named[schema.$ref] as Schema | undefined) ?? schema)
  }

  /** Names every key and word below a schema; a schema that stands in several places is named once. */
  learn(given: Schema, path: string): string[] {
    const schema = this.#resolved(given)
    if (this.#known.has(schema)) return []
    this.#known.set(schema, path)
    const words = 'const' in schema ? [`${path}: ${String(schema.const)}`] : (schema.enum ?? []).map((word) => `${choiceOf(schema)}: ${word}`)
    const inner = Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
      this.#known.has(one) ? [] : [`${path}.${key}`, ...this.learn(one, `${path}.${key}`)],
    )
    const more = [...(schema.anyOf ?? []), ...Object.values(schema.patternProperties ?? {}), ...(schema.items === undefined ? [] : [schema.items])]
    return [...words, ...inner, ...more.flatMap((one) => this.learn(one, `${path}${kindOf(one)}`))]
  }

  /** Notes what a value says. */
  use(given: Schema, value: unknown): void {
    const schema = this.#resolved(given)
    const path = this.#known.get(schema)
    if (schema.anyOf !== undefined) {
      const fitting = schema.anyOf.find((one) => shapeErrors(one, value, named, 'native').length === 0)
      if (fitting !== undefined) this.use(fitting, value)
    } else if (Array.isArray(value)) for (const one of value) this.use(schema.items ?? {}, one)
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) {
        const inner = schema.properties?.[key] ?? Object.values(schema.patternProperties ?? {})[0]
        if (inner === undefined) continue
        this.said.add(`${path}.${key}`)
        // A key whose schema stands elsewhere too is known by the name it has there.
        const own = this.#known.get(this.#resolved(inner))
        if (own !== undefined) this.said.add(own)
        this.use(inner, one)
      }
    else this.said.add(`${schema.enum === undefined ? path : choiceOf(schema)}: ${String(value)}`)
  }
}

/** The same choice in two places is one choice. */
function choiceOf(schema: Schema): string {
  return (schema.enum ?? []).join(' or ')
}

function kindOf({ properties }: Schema): string {
  const kind = properties?.['kind']
  return kind !== undefined && 'const' in kind ? `(${String(kind.const)})` : ''
}

/** What every kind of snippet is a value of. */
const shapes: [RegExp, Schema, (tree: unknown) => unknown[]][] = [
  [/^yaml (rubric|part)/, Rubric as Schema, (tree) => [tree]],
  [/^yaml measures/, Measure as Schema, (tree) => Object.values(tree as object)],
  [/^yaml items/, Item as Schema, (tree) => tree as unknown[]],
  [/^yaml extension/, Extension as Schema, (tree) => [tree]],
]

test('every key of a rubric file, and every word it may have, stands in a snippet of the page', () => {
  const words = new Words()
  const own = /\.(extends|remove|into|after|before)\b/
  const whole = [...words.learn(Rubric as Schema, 'rubric'), ...words.learn(Block as unknown as Schema, 'block')]
  const all = [...new Set([...whole, ...words.learn(Extension as Schema, 'extension').filter((one) => own.test(one))])]
  for (const { kind, text } of fences)
    for (const [shape, schema, values] of shapes) if (shape.test(kind)) for (const value of values(parse(text))) words.use(schema, value)
  assert.ok(all.length > 200, `${all.length} keys and words`)
  assert.deepEqual(
    all.filter((one) => !words.said.has(one)),
    [],
  )
})

test('every code of a mistake in a rubric is explained on the page', () => {
  const folder = join(import.meta.dirname, '../../../engine/golden/mistakes')
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/^ {2}r\.yaml:\d+:\d+ [a-z-]+/gm) ?? [])
  const codes = [...new Set(lines.map((line) => line.split(' ').at(-1) ?? ''))]
  assert.ok(codes.length > 15, codes.join(' '))
  assert.deepEqual(
    codes.filter((code) => !page.includes(`\`${code}\``)),
    [],
  )
})

test('every expression that the page gives as an example of CEL is one', () => {
  const part = (from: string, to: string): string => page.slice(page.indexOf(from), page.indexOf(to))
  const codes = [...`${part('### CEL', 'Which names there are')}${part("A column's type is", 'A name may say the type')}`.matchAll(/`([^`]+)`/g)].map(
    ([, code = '']) => code,
  )
  // Lists of signs, names of functions and of files aside.
  const expressions = codes.filter((code) => !code.includes('…') && /[(?/<>]|in |[!=]=/.test(code) && !/^[=+.]|\.md$/.test(code))
  assert.ok(expressions.length > 25, expressions.join('\n'))
  const types = { kind: 'string', code: 'string', tags: 'list(string)', due: 'date', date: 'date', at: 'timestamp', times: 'int', n: 'int', hours: 'decimal', ok: 'bool', b: 'decimal', c: 'decimal' } as const // biome-ignore format: one thought
  const fits = (code: string, a: ExprType, x: ExprType): boolean => {
    const plain = Object.entries({ ...types, a, x }).map(([name, type]) => [name, { op: 'ref' as const, type, scope: 'column' as const, name }] as const)
    return compileCel(code, { plain: Object.fromEntries(plain), groups: {} }).expr !== null
  }
  assert.deepEqual(
    expressions.filter((code) => !fits(code, 'decimal', 'decimal') && !fits(code, 'bool', 'string')),
    [],
  )
})
