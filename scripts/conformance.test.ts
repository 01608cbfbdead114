// The conformance cases run with every test run: no wrong answer, and the page with the counts is true.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Server, testServer } from '#test/postgres.ts'
import { documents, type Outcome, runConformance, ways } from './conformance.ts'

let server: Server
let outcomes: Outcome[]
before(async () => {
  server = await testServer()
  outcomes = await runConformance(server.url)
})
after(() => server.stop())

test('[R-CEL-11] no conformance case gives a wrong answer or makes a statement fail, in either way', () => {
  assert.deepEqual(
    outcomes.filter(({ is }) => is === 'wrong').map(({ case: { section, text }, way, why }) => `${section} (${way}): ${text}: ${why}`),
    [],
  )
})

test('[R-CEL-11] every refusal has a reason', () => {
  assert.deepEqual(
    outcomes.filter(({ is, why }) => is === 'refused' && why === ''),
    [],
  )
})

test('docs/cel-conformance.md and the READMEs say what npm run conformance finds', () => {
  for (const { found, wanted } of documents(outcomes)) assert.equal(found, wanted, 'npm run conformance -- --write')
})

test('[R-CEL-11] seven in ten cases of comparisons, logic, integers, texts, moments and macros pass, in both ways', () => {
  for (const files of [['comparisons'], ['logic'], ['integer_math'], ['string', 'string_ext'], ['timestamps'], ['macros']])
    for (const way of ways) {
      const tried = outcomes.filter((one) => one.way === way && files.includes(one.case.section.split('/')[0] ?? ''))
      const passed = tried.filter(({ is }) => is === 'passed').length
      assert.ok(passed >= 0.7 * tried.length, `${files.join(', ')} (${way}): ${passed} of ${tried.length}`)
    }
})
