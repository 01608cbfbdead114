// Who moves, what to look at again, what weights decide: on a few made-up subjects.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadRubric, type RubricIr } from '#engine/index.ts'
import { trialCatalogue } from '#engine/test/trial.ts'
import { findingsOf, movesOf, type Placed, pageOfMoves, sensitivityOf, yearEarlier } from './dry.rules.ts'

function rubric(period = '{ from: 2024-01-01, to: 2024-12-31 }', measures = ''): RubricIr {
  const loaded = loadRubric(
    `
rubric: three
version: 1
title: 三个单位
subject: unit
population: { source: unit }
period: ${period}
defaults: { round: 2, missing: zero }
measures: { ${measures} }
blocks:
  - { id: a, label: 甲, items: [{ id: a1, label: 甲一, points: 60, input: { mark: a }, rule: { kind: convert, factor: 1 } }] }
  - { id: b, label: 乙, items: [{ id: b1, label: 乙一, points: 40, input: { mark: b }, rule: { kind: convert, factor: 1 } }] }
total: { floor: 0, cap: 100, round: 2 }
grades: [{ grade: 好, from: 80 }, { grade: 差 }]
rank: { peers: all, ties: min }
`,
    'three.yaml',
    trialCatalogue,
  )
  assert.ok(loaded.ok, JSON.stringify(loaded))
  return loaded.value
}
const placed = (id: string, total: string | null, grade: string | null): Placed => ({ id, name: `单位${id}`, class: 'k', total, grade })

test('who moves between grades: counts from and to, to which side, who came and who went', () => {
  const before = [placed('1', '90', '好'), placed('2', '85', '好'), placed('3', '70', '一般'), placed('4', '50', '差'), placed('9', '1', '差')]
  const after = [placed('1', '91', '好'), placed('2', '75', '一般'), placed('3', '81', '好'), placed('4', '82', '好'), placed('5', '60', '差')]
  const { moves, table, ...counts } = movesOf(before, after, ['好', '一般', '差'])
  assert.deepEqual(counts, { by: 'grade', compared: 4, added: 1, gone: 1, changed: 3, up: 2, down: 1 })
  assert.deepEqual(table, [
    { from: '好', to: '好', count: 1 },
    { from: '好', to: '一般', count: 1 },
    { from: '一般', to: '好', count: 1 },
    { from: '差', to: '好', count: 1 },
  ])
  assert.deepEqual(
    moves.map(({ id, side }) => [id, side]),
    [
      ['2', 'down'],
      ['3', 'up'],
      ['4', 'up'],
    ],
  )
  const first = pageOfMoves(moves, undefined, 2)
  assert.deepEqual(
    first.units.map(({ id }) => id),
    ['2', '3'],
  )
  assert.deepEqual(
    pageOfMoves(moves, first.next ?? '', 2).units.map(({ id }) => id),
    ['4'],
  )
  assert.throws(() => pageOfMoves(moves, 'x', 2), /invalid|页/)
})

test('without grades totals are compared, as numbers', () => {
  const { moves, by, up, down, table } = movesOf([placed('1', '9.5', null), placed('2', '80', null)], [placed('1', '10', null), placed('2', '79', null)], [])
  assert.deepEqual([by, up, down, table, moves.length], ['total', 1, 1, [], 2])
})

test('sensitivity: a tenth more of one block changes two grades and two places', () => {
  const ir = rubric()
  const row = (id: string, a: string, b: string, total: string) => ({
    id,
    total,
    class: null,
    parent: null,
    vetoes: [],
    blocks: { a, b },
    items: [
      { id: 'a1', max: '60', points: a, inputs: {}, missing: null },
      { id: 'b1', max: '40', points: b, inputs: {}, missing: null },
    ],
  })
  // As in engine/reweigh.test.ts: 80.1, 79.9, 70; with a × 1.1: 79.54, 81.03, 70.75.
  const subjects = [row('u1', '42.1', '38', '80.1'), row('u2', '59.9', '20', '79.9'), row('u3', '50', '20', '70')]
  const found = sensitivityOf(ir, subjects, { places: 0, ranked: true })
  assert.deepEqual(found?.blocks[0], { id: 'a', label: '甲', more: { grades: 2, places: 2 }, less: { grades: 0, places: 0 } })
  assert.deepEqual(found?.held, [])
  assert.deepEqual(sensitivityOf(ir, subjects, { places: 1, ranked: true })?.blocks[0]?.more, { grades: 2, places: 0 })
  assert.deepEqual(sensitivityOf(ir, subjects, { places: 0, ranked: false })?.blocks[0]?.more, { grades: 2, places: 0 })
  // A total that the items don't add up to says nothing.
  assert.equal(sensitivityOf(ir, [row('u1', '1', '1', '3')], { places: 0, ranked: true }), null)
})

test('findings: all the same, all in full, nobody in full; few subjects say nothing', () => {
  const ir = rubric()
  const item = (given: object) => ({
    id: 'a1',
    label: '甲一',
    block: 'a',
    full: '60',
    count: 9,
    mean: 1,
    deviation: 1,
    missing: 0,
    weight: 0.6,
    influence: 0.5,
    best: '60',
    least: '3',
    atFull: 1,
    ...given,
  })
  const kinds = (given: object) => findingsOf(ir, [item(given)], '个单位').map(({ kind }) => kind)
  assert.deepEqual(kinds({}), [])
  assert.deepEqual(kinds({ least: '60', atFull: 9 }), ['all-full'])
  assert.deepEqual(kinds({ best: '3', atFull: 0 }), ['same'])
  assert.deepEqual(kinds({ best: '59.5', atFull: 0 }), ['unreached'])
  assert.deepEqual(kinds({ best: null, least: null, atFull: null }), [])
})

test('last year’s facts: the period and measures’ own days move, relative ones stay', () => {
  const { period, measures } = yearEarlier(
    rubric(
      '{ from: 2024-02-29, to: 2024-12-31 }',
      'a: { over: event, period: { to: 2024-06-30 } }, b: { over: event, period: previous-year }, c: { over: event }',
    ),
  )
  assert.deepEqual(period, { from: '2023-02-28', to: '2023-12-31' })
  assert.deepEqual([measures.a?.period, measures.b?.period, measures.c?.period], [{ to: '2023-06-30' }, 'previous-year', null])
})
