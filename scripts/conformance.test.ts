// The conformance cases run with every test run: no wrong answer, and the page with the counts is true.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type Server, testServer } from '#test/postgres.ts'
import { conformancePage, type Outcome, pagePath, runConformance } from './conformance.ts'

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

test('docs/cel-conformance.md is what npm run conformance finds', () => {
  assert.equal(readFileSync(pagePath, 'utf8'), conformancePage(outcomes), 'npm run conformance -- --write')
})
