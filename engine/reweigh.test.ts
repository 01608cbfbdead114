// Totals, grades and places from known item points: equal to the reference for drawn rubrics; other weights worked out by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimal, format } from '#base/decimal.ts'
import { defaultContext, evaluate, loadRubric, type RubricIr } from '#engine/index.ts'
import { addedUp, outcomesOf, readsTotals, shownNumber, telling } from '#engine/reweigh.ts'
import { rubrics, worlds } from '#engine/test/drawn.ts'
import { factsOf, trialCatalogue } from '#engine/test/trial.ts'
import { draws } from '#test/draws.ts'

test('[R-TOT-1] [R-QUO-1] [R-RAN-1] what the reference computes comes out of its item points again', () => {
  let graded = 0
  fc.assert(
    fc.property(rubrics, worlds, (rubric, world) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'drawn.yaml', trialCatalogue)
      assert.ok(loaded.ok)
      const ir = telling(loaded.value)
      const rows = evaluate(ir, factsOf(world), defaultContext(ir, { tenant: 1, asOf: '2025-01-01T00:00:00Z' }))
      const again = outcomesOf(
        ir,
        rows.map((row) => addedUp(ir, row)),
      )
      graded += rows.filter(({ grade }) => grade !== null).length
      assert.deepEqual(
        again.map(({ id, total, grade, place }) => ({
          id,
          total: shownNumber(total),
          grade: grade === null ? null : ir.grades[grade - 1]?.grade,
          rank: shownNumber(place),
        })),
        rows.map(({ id, total, grade, rank }) => ({ id, total, grade, rank })),
      )
    }),
    draws(300),
  )
  assert.ok(graded > 100)
})

/** Two blocks of 60 and 40, an item each; three units. */
const text = `
rubric: three
version: 1
title: 三个单位
subject: unit
population: { source: unit }
period: { from: 2024-01-01, to: 2024-12-31 }
defaults: { round: 2 }
blocks:
  - { id: a, label: 甲, items: [{ id: a1, label: 甲一, points: 60, missing: zero, input: { mark: a }, rule: { kind: convert, factor: 1 } }] }
  - { id: b, label: 乙, items: [{ id: b1, label: 乙一, points: 40, missing: zero, input: { mark: b }, rule: { kind: convert, factor: 1 } }] }
total: { floor: 0, cap: 100, round: 2 }
grades: [{ grade: 好, from: 80 }, { grade: 差 }]
rank: { peers: all, ties: min }
`
function three(given = text): RubricIr {
  const loaded = loadRubric(given, 'three.yaml', trialCatalogue)
  assert.ok(loaded.ok, JSON.stringify(loaded))
  return loaded.value
}
const row = (id: string, a: string, b: string) => ({
  id,
  class: null,
  parent: null,
  vetoes: [],
  blocks: {},
  items: [
    { id: 'a1', max: '60', points: a, inputs: {}, missing: null },
    { id: 'b1', max: '40', points: b, inputs: {}, missing: null },
  ],
})

test('a block that weighs a tenth more lifts whoever is better in it, and the total is worth what it was', () => {
  const ir = three()
  // 80.1, 79.9, 70 before.
  const subjects = [row('u1', '42.1', '38'), row('u2', '59.9', '20'), row('u3', '50', '20')].map((one) => addedUp(ir, one))
  const shown = (factors?: Map<string, ReturnType<typeof decimal>>) =>
    outcomesOf(ir, subjects, factors).map(({ total, grade, place }) => [total && format(total), grade, place && format(place)])
  assert.deepEqual(shown(), [
    ['80.1', 1, '1'],
    ['79.9', 2, '2'],
    ['70', 2, '3'],
  ])
  // a × 1.1: (42.1 × 1.1 + 38) × 100 ÷ 106 = 79.5377…; (59.9 × 1.1 + 20) × 100 ÷ 106 = 81.0283…; (55 + 20) × 100 ÷ 106 = 70.7547…
  assert.deepEqual(shown(new Map([['a', decimal('1.1')]])), [
    ['79.54', 2, '2'],
    ['81.03', 1, '1'],
    ['70.75', 2, '3'],
  ])
  // a × 0.9: (37.89 + 38) × 100 ÷ 94 = 80.7340…; (53.91 + 20) × 100 ÷ 94 = 78.6276…; (45 + 20) × 100 ÷ 94 = 69.1489…
  assert.deepEqual(shown(new Map([['a', decimal('0.9')]])), [
    ['80.73', 1, '1'],
    ['78.63', 2, '2'],
    ['69.15', 2, '3'],
  ])
})

test('what reads a block or the total is named', () => {
  assert.deepEqual(readsTotals(three()), [])
  const veto = 'vetoes: [{ id: low, label: 甲块不到一半, when: blocks.a < 30, ceiling: 差 }]\ngrades:'
  assert.deepEqual(readsTotals(three(text.replace('grades:', veto))), ['甲块不到一半'])
})
