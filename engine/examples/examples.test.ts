// The example rubrics: SQL and reference give the results worked out by hand, and equal each other to the last digit.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { defaultContext, type ResultRow } from '#engine/index.ts'
import { withTemporaryDatabase } from '#server/app/score/database.ts'
import { type Case, loadCase, scoreByReference, scoreBySql } from '#server/app/score/score.ts'

type Expected = Record<string, { total: string; grade: string | null; rank: string; items: Record<string, string | null> }>

const folder = import.meta.dirname
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'rubric.yaml')))

function load(name: string): Case {
  const { case: loaded, diagnostics, notes } = loadCase(join(folder, name, 'rubric.yaml'), join(folder, name, 'facts'))
  assert.deepEqual([...diagnostics, ...notes].map(formatDiagnostic), [])
  assert.ok(loaded !== null)
  return loaded
}

/** A result as `expected.json` writes it. */
function shortened(rows: ResultRow[]): Expected {
  const points = ({ items }: ResultRow) => Object.fromEntries(items.map((item) => [item.id, item.points]))
  return Object.fromEntries(rows.map((row) => [row.id, { total: row.total ?? '', grade: row.grade, rank: row.rank ?? '', items: points(row) }]))
}

const expected = (name: string): Expected => JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Expected
const context = (loaded: Case) => defaultContext(loaded.rubric, { tenant: 1, asOf: '2026-01-01T00:00:00Z' })

test('there are the examples of issue 2, and others of other styles', () => {
  assert.deepEqual(names.slice(0, 6), ['a-county-2018', 'b-party-2022', 'c1-grading', 'c2-grading', 'c3-grading', 'd-ballot'])
  assert.deepEqual(names.slice(6), ['e-websites-2019', 'f-service-ratings-2021', 'g-hotline-2021'])
})

for (const name of names) {
  test(`${name}: the reference gives what was worked out by hand`, () => {
    const loaded = load(name)
    assert.deepEqual(shortened(scoreByReference(loaded, context(loaded))), expected(name))
  })
}

test('[R-RUN-1] every example: SQL equals the reference to the last digit', async () => {
  await withTemporaryDatabase(async (pool) => {
    for (const name of names) {
      const loaded = load(name)
      const rows = await scoreBySql(pool, loaded, context(loaded))
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        scoreByReference(loaded, context(loaded)),
        name,
      )
      assert.deepEqual(shortened(rows), expected(name))
    }
  })
})
