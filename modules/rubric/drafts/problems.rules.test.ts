// What the engine says of a wrong text is read in Chinese: every message of the checks has its sentence, every key of the schemas its word.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TSchema } from 'typebox'
import { Block, Rubric } from '#engine/definition.ts'
import { problemInWords } from './problems.rules.ts'

const engine = join(import.meta.dirname, '../../../engine')
/** Messages that the checks of a rubric say, with `nn` where a value stands. */
const messages = readdirSync(engine)
  .filter((file) => /^(check|extend)[\w-]*\.ts$/.test(file) && !file.includes('.test.'))
  .flatMap((file) => [...readFileSync(join(engine, file), 'utf8').matchAll(/'[a-z-]+',\s*(`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*')/g)])
  .map(([, text = '']) =>
    text
      .slice(1, -1)
      .replace(/\\([`'])/g, '$1')
      .replace(/\$\{[^}]*\}/g, 'nn'),
  )
  .filter((text) => text.split(' ').length > 2)

test('every message of the checks has a sentence of its own', () => {
  assert.ok(messages.length > 60, `${messages.length} messages found`)
  const untold = messages.filter((message) => problemInWords({ code: 'other', message }).startsWith('这里不成立'))
  assert.deepEqual([...new Set(untold)], [])
})

test('a key that is missing is named in Chinese, whichever it is', () => {
  const keys = new Set<string>()
  const walk = (schema: TSchema): void => {
    const { properties, items, anyOf } = schema as { properties?: Record<string, TSchema>; items?: TSchema; anyOf?: TSchema[] }
    for (const [key, one] of Object.entries(properties ?? {})) {
      keys.add(key)
      walk(one)
    }
    for (const one of [...(items === undefined ? [] : [items]), ...(anyOf ?? [])]) walk(one)
  }
  walk(Rubric)
  walk(Block)
  const foreign = [...keys].filter((key) => !/^这里缺“\p{Script=Han}/u.test(problemInWords({ code: 'missing-key', message: `\`${key}\` is missing here` })))
  assert.deepEqual(foreign, [])
})
