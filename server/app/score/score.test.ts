// What a rubric says over a folder of facts that it can't mean, or hardly. No process, no database.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { loadCase } from './score.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-case-'))
after(() => rmSync(folder, { recursive: true }))

/** What is told of items over a folder with two questions, whose ballots have different choices. */
function told(items: string): { diagnostics: string[]; notes: string[] } {
  const head =
    'rubric: r\nversion: 1\ntitle: 示例 1/2\nsubject: unit\npopulation: { source: unit }\nperiod: { from: 2024-01-01, to: 2024-12-31 }\ndefaults: { missing: zero, round: 2 }\nblocks:\n  - id: all\n    label: 全部 1/2\n    items:\n'
  writeFileSync(join(folder, 'r.yaml'), `${head}${items}\ntotal: { floor: 0, cap: none, round: 2 }\nrank: { peers: all, ties: min }\n`)
  writeFileSync(join(folder, 'units.csv'), 'id\nu1\n')
  writeFileSync(join(folder, 'ballot.csv'), 'unit,item,choice,count\nu1,work,好,6\nu1,work,差,4\nu1,style,满意,7\nu1,style,弃权,1\n')
  const { diagnostics, notes } = loadCase(join(folder, 'r.yaml'), folder)
  const lines = (all: typeof notes): string[] => all.map((one) => formatDiagnostic(one).replace(`${folder}/`, ''))
  return { diagnostics: lines(diagnostics), notes: lines(notes) }
}
const ballot = (id: string, question: string, choices: string): string =>
  `      - { id: ${id}, label: 测评, points: 10, input: { ballot: ${question}, choices: { ${choices} }, missing: rescale }, rule: { kind: convert, factor: 10 } }\n`

test('[R-BAL-4] each question has choices of its own; one without a coefficient is told with its question', () => {
  assert.deepEqual(told(ballot('a', 'work', '好: 1, 差: 0.4') + ballot('b', 'style', '满意: 1, 弃权: none')).diagnostics, [])
  assert.deepEqual(told(ballot('a', 'work', '好: 1') + ballot('b', 'style', '满意: 1, 差: 0')).diagnostics, [
    "r.yaml:12:73 ballot the choice `差` of `work` has no coefficient — a number, or `差: none` if such ballots don't count",
    "r.yaml:13:74 ballot the choice `弃权` of `style` has no coefficient — a number, or `弃权: none` if such ballots don't count",
  ])
})

test('losses that a floor of 0 takes back are noted', () => {
  const noted = (more: string): string[] =>
    told(`      - { id: a, label: 一, points: 0${more}, input: { over: ballot }, rule: { kind: each, points: -2 } }`).notes.map((note) =>
      note.replace(/^\S+ /, ''),
    )
  assert.deepEqual(noted(''), ['no-loss `a` loses nothing: its points are not below 0 — write floor: none, or the most that can be lost such as floor: -20'])
  for (const sound of [', floor: none', ', floor: -3']) assert.deepEqual(noted(sound), [], sound)
})
