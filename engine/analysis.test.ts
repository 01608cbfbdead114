// Statistics worked out by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse, correlationOf, mostPoints } from '#engine/analysis.ts'
import { impossibleConditions } from '#engine/impossible.ts'
import { type ItemResult, loadRubric, type RubricIr } from '#engine/index.ts'
import { trialCatalogue } from '#engine/test/trial.ts'

const item = (id: string, points: string | number, rest = 'input: { mark: x }, rule: { kind: convert, factor: 1 }') =>
  `{ id: ${id}, label: ${id}, points: ${points}, ${rest} }`
function rubricOf(blocks: string, rest = '', peers = 'all'): RubricIr {
  const text = `
rubric: three
version: 1
title: 三个单位
subject: unit
population: { source: unit, class: class }
period: { from: 2024-01-01, to: 2024-12-31 }
defaults: { round: 2, missing: zero }
measures: { few: { label: 少, over: event, where: n > 5 && n < 3 }, none: { over: event, where: 'kind == "a" && kind in ["b", "c"]' }, some: { over: event, where: 'n >= 3 && n <= 3 || ok && !ok' } }
blocks: [${blocks}]
${rest}
total: { floor: 0, cap: 100, round: 2 }
rank: { peers: ${peers}, ties: min }
`
  const loaded = loadRubric(text, 'three.yaml', trialCatalogue)
  assert.ok(loaded.ok, JSON.stringify(loaded))
  return loaded.value
}
const row = (points: Record<string, string | null>, of = 'k', blocks: Record<string, string | null> = {}) => ({
  blocks,
  class: of,
  parent: null,
  items: Object.entries(points).map(([id, value]): ItemResult => ({ id, points: value, max: null, inputs: {}, missing: value === '0' ? 'zero' : null })),
})
const near = (value: number | null | undefined, expected: number) => assert.ok(Math.abs((value ?? Number.NaN) - expected) < 1e-12, `${value} ≠ ${expected}`)

test('correlation is Pearson’s over the places that both have', () => {
  const [a, b] = [Float64Array.of(1, 2, 3, 4, Number.NaN), Float64Array.of(2, 1, 4, 3, 9)]
  // Deviations −1.5 −0.5 0.5 1.5 and −0.5 −1.5 1.5 0.5: 3 ÷ √(5 × 5).
  near(correlationOf(a, b).correlation, 0.6)
  assert.equal(correlationOf(a, b).count, 4)
  assert.equal(correlationOf(a, Float64Array.of(7, 7, 7, 7, 1)).correlation, null)
})

test('weight against influence, block by block; both add up to 1', () => {
  const ir = rubricOf(`{ id: a, label: 甲, items: [${item('a1', 30)}, ${item('a2', 30)}] }, { id: b, label: 乙, weight: 0.5, items: [${item('b1', 80)}] }`)
  // a1 20 10 0, a2 30 30 30, b1 40 50 60 × 0.5. Deviations 10 0 −10; none; −5 0 5. Total 5 0 −5, variance 50.
  const rows = [
    row({ a1: '20', a2: '30', b1: '40' }, 'k', { a: '50', b: '20' }),
    row({ a1: '10', a2: '30', b1: '50' }, 'k', { a: '40', b: '25' }),
    row({ a1: '0', a2: '30', b1: '60' }, 'k', { a: '30', b: '30' }),
  ]
  const { items, blocks } = analyse(ir, rows, { k: 3, alike: 0.95 })
  const [a1, a2, b1] = items
  near(a1?.influence, 2)
  near(a2?.influence, 0)
  near(b1?.influence, -1)
  near(a1?.weight, 0.3)
  near(b1?.weight, 0.4)
  near(blocks[0]?.weight, 0.6)
  near(blocks[0]?.influence, 2)
  for (const share of ['weight', 'influence'] as const)
    near(
      items.reduce((sum, one) => sum + (one[share] ?? 0), 0),
      1,
    )
  assert.deepEqual([a1?.mean, a1?.best, a1?.least, a1?.atFull, a1?.missing], [10, '20', '0', 0, 1])
  near(a1?.deviation, Math.sqrt(200 / 3))
  assert.deepEqual([a2?.deviation, a2?.atFull], [0, 3])
})

test('what differs between groups that are ranked apart moves nobody, nor does what doesn’t apply', () => {
  const byClass = rubricOf(`{ id: a, label: 甲, items: [${item('a1', 50)}, ${item('a2', 50)}] }`, '', 'class')
  const rows = [row({ a1: '50' }, 'k'), row({ a1: '48' }, 'k'), row({ a2: '10' }, 'l'), row({ a2: '10' }, 'l')]
  const [a1, a2] = analyse(byClass, rows, { k: 1, alike: 0.95 }).items
  assert.deepEqual([a1?.influence, a2?.influence], [1, 0])
  assert.deepEqual([a1?.count, a2?.count], [2, 2])
  // Of the first two a1 is all there is, of the others a2.
  assert.deepEqual([a1?.weight, a2?.weight], [0.5, 0.5])
})

test('where each has items of its own, the block still tells', () => {
  const ir = rubricOf(`{ id: a, label: 甲, items: [${item('a1', 50)}, ${item('a2', 50)}] }, { id: b, label: 乙, items: [${item('b1', 50)}] }`)
  const rows = [row({ a1: '50', b1: '20' }, 'k', { a: '50', b: '20' }), row({ a2: '10', b1: '20' }, 'k', { a: '10', b: '20' })]
  const { blocks, items } = analyse(ir, rows, { k: 1, alike: 0.95 })
  assert.deepEqual(
    blocks.map(({ influence }) => influence),
    [1, 0],
  )
  assert.deepEqual(
    items.map(({ influence }) => influence),
    [null, null, null],
  )
})

test('a block that starts with its points and loses some weighs what it starts with', () => {
  const lost = item('l', 0, 'floor: none, input: { mark: x }, rule: { kind: convert, factor: -1 }')
  const ir = rubricOf(`{ id: a, label: 甲, start: 100, weight: 0.6, items: [${lost}] }, { id: b, label: 乙, items: [${item('b1', 40)}] }`)
  const { items, blocks } = analyse(ir, [row({ l: '-3', b1: '40' }), row({ l: '0', b1: '40' })], { k: 1, alike: 0.95 })
  assert.deepEqual([items[0]?.weight, items[0]?.influence, items[1]?.weight], [null, 1, 0.4])
  assert.deepEqual(
    blocks.map(({ weight }) => weight),
    [0.6, 0.4],
  )
})

test('pairs that say the same, over enough subjects', () => {
  const ir = rubricOf(
    `{ id: a, label: 甲, items: [${item('a1', 10)}, ${item('a2', 10)}, ${item('a3', 10)}] }`,
    `penalties: { cap: none, items: [${item('p', 5)}] }`,
  )
  const rows = [1, 2, 3, 4].map((n) => row({ a1: String(n), a2: String(2 * n), a3: String(n % 2), p: String(5 - n) }))
  assert.deepEqual(analyse(ir, rows, { k: 4, alike: 0.95 }).pairs, [{ a: 'a1', b: 'a2', correlation: 1, count: 4 }])
  assert.deepEqual(analyse(ir, rows, { k: 5, alike: 0.95 }).pairs, [])
  const { blocks, items } = analyse(ir, rows, { k: 4, alike: 0.95 })
  assert.deepEqual(
    blocks.map(({ id }) => id),
    ['a', 'penalties'],
  )
  assert.equal(items[3]?.weight, null)
  // Points lost less are points won: the penalty pulls the way the others do.
  assert.ok((items[3]?.influence ?? 0) > 0)
})

test('full points that the text can’t give', () => {
  const tiers = (points: string) =>
    `input: { mark: x }, rule: { kind: tiers, compare: '>=', table: [{ bound: 3, points: ${points} }, { bound: 1, points: 2 }], otherwise: 0 }`
  const ir = rubricOf(
    `{ id: a, label: 甲, items: [${item('t', 10, tiers('8'))}, ${item('u', 10, tiers('10'))}, ${item('c', 10, 'cap: 6, input: { mark: x }, rule: { kind: convert, factor: 1 }')}, ${item('f', 10)}] }`,
  )
  assert.deepEqual(
    ['t', 'u', 'c', 'f'].map((id) => mostPoints(ir, id)),
    ['8', '10', '6', '10'],
  )
})

test('conditions that nothing can meet', () => {
  const gate = (when: string) => `rule: { kind: gate, when: '${when}' }`
  const ir = rubricOf(
    `{ id: a, label: 甲, items: [${item('g', 5, gate('subject.staff > 3 && 2 > subject.staff'))}, ${item('h', 5, gate('subject.staff > 3 || subject.staff < 2'))}, ${item('i', 5, gate('subject.open && !subject.open'))}] }`,
  )
  assert.deepEqual(
    impossibleConditions(ir).map(({ of, id }) => `${of} ${id}`),
    ['item g', 'item i', 'measure few', 'measure none'],
  )
})
