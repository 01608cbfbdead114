// What changed between any two rubrics is told in Chinese: no field and no choice keeps the word of the file (R-DIF).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { named, Rubric } from '#engine/definition.ts'
import { loadRubric, rubricDiff } from '#engine/index.ts'
import { rubrics } from '#engine/test/drawn.ts'
import { trialCatalogue } from '#engine/test/trial.ts'

/** Every word that the schemas let a file choose. */
function choices(schema: TSchema, found = new Set<string>()): Set<string> {
  const {
    enum: words,
    const: word,
    properties,
    items,
    anyOf,
  } = schema as { enum?: string[]; const?: string; properties?: Record<string, TSchema>; items?: TSchema; anyOf?: TSchema[] }
  for (const one of [...(words ?? []), ...(word === undefined ? [] : [word])]) found.add(one)
  for (const one of [...Object.values(properties ?? {}), ...(items === undefined ? [] : [items]), ...(anyOf ?? [])]) choices(one, found)
  return found
}

test('every field that can differ has a Chinese name, every choice a Chinese word', () => {
  const words = new Set([Rubric, ...Object.values(named)].flatMap((schema) => [...choices(schema)]).filter((word) => /^[a-z]/.test(word)))
  const drawn = fc.sample(rubrics, { numRuns: 400, seed: 1 }).map((rubric) => {
    const loaded = loadRubric(JSON.stringify(rubric), 'r.yaml', trialCatalogue)
    assert.ok(loaded.ok)
    return loaded.value
  })
  // Expressions name columns, which are the source's own words.
  const saying = { expr: () => '算式', rule: () => '计分' }
  const fields = drawn.flatMap((after, index) => rubricDiff(drawn[index - 1] ?? after, after, saying).flatMap((change) => change.fields))
  const foreignNames = new Set(fields.filter(({ label }) => !/\p{Script=Han}/u.test(label)).map(({ field }) => field))
  const foreignWords = new Set(
    fields
      .filter(({ field }) => !field.endsWith('peers'))
      .flatMap(({ field, before, after }) => [before, after].flatMap((text) => text.split(/[；、]/)).map((part) => [field, part] as const))
      .filter(([, part]) => part.split(' ').some((word) => words.has(word)) || /^[a-z]\w* /i.test(part))
      .map(([field, part]) => `${field}: ${part}`),
  )
  assert.deepEqual([[...foreignNames].sort(), [...foreignWords].sort()], [[], []])
})
