// One subject's score with other numbers: nothing changed gives the result itself; changed numbers give what the facts would have given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { format, whole } from '#base/decimal.ts'
import { defaultContext, evaluate, loadRubric } from '#engine/index.ts'
import { itemsReading, rescored, sheetOf } from '#engine/rescore.ts'
import { shownNumber } from '#engine/reweigh.ts'
import { rubrics, worlds } from '#engine/test/drawn.ts'
import { factsOf, trialCatalogue, type World } from '#engine/test/trial.ts'
import { draws } from '#test/draws.ts'

const asOf = '2025-01-01T00:00:00Z'

test('a result rescored without a change is the result', () => {
  fc.assert(
    fc.property(rubrics, worlds, (rubric, world) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'drawn.yaml', trialCatalogue)
      assert.ok(loaded.ok)
      const ir = loaded.value
      const rows = evaluate(ir, factsOf(world), defaultContext(ir, { tenant: 1, asOf }))
      for (const row of rows.slice(0, 2)) {
        const own = sheetOf(ir, row)
        const peers = rows.filter((one) => one !== row).map((one) => sheetOf(ir, one))
        // The measures that items read, put in as they are: all of them are computed again.
        const again = rescored(ir, own, () => peers, own.measures)
        assert.deepEqual(
          row.items.map(({ id }) => [id, again.points.get(id) ? format(again.points.get(id) ?? whole(0)) : null]),
          row.items.map(({ id, points }) => [id, points]),
        )
        assert.equal(shownNumber(again.total), row.total)
      }
    }),
    draws(150),
  )
})

const text = `
rubric: two
version: 1
title: 两项
subject: unit
population: { source: unit, class: class }
period: { from: 2024-01-01, to: 2024-12-31 }
defaults: { round: 2, missing: zero }
measures:
  events: { over: event }
  good: { over: event, share: { where: ok } }
blocks:
  - id: a
    label: 甲
    items:
      - { id: many, label: 次数, points: 40, input: events, rule: { kind: proportional, target: 4 } }
      - { id: rate, label: 比率, points: 30, input: good, rule: { kind: shortfall, target: 100, lose: 0.5, step: pro-rata } }
      - { id: first, label: 位次, points: 30, input: events, rule: { kind: rank, best: high, peers: all, ties: min, points: [30, 20], otherwise: 10 } }
total: { floor: 0, cap: 100, round: 2 }
vetoes: [{ id: few, label: 不到两次, when: events < 2, ceiling: 差 }]
grades: [{ grade: 好, from: 50 }, { grade: 差 }]
rank: { peers: all, ties: min }
`
function worldOf(events: [unit: string, ok: boolean][]): World {
  const unit = (id: string) => ({ id, name: id, class: null, parent: null, staff: null, open: null })
  const event = { day: '2024-05-01', known_from: '2020-01-01T00:00:00Z', kind: null, n: null, hours: null, due: null, at: null, tags: null, case_key: null }
  return { units: ['u1', 'u2', 'u3'].map(unit), events: events.map(([unit_id, ok]) => ({ ...event, unit_id, ok })), marks: [] }
}

test('two more events give what they would have given, with peers as they are', () => {
  const loaded = loadRubric(text, 'two.yaml', trialCatalogue)
  assert.ok(loaded.ok, JSON.stringify(loaded))
  const ir = loaded.value
  const before: [string, boolean][] = [
    ['u1', false],
    ['u2', true],
    ['u2', true],
    ['u3', true],
  ]
  const score = (events: [string, boolean][]) => evaluate(ir, factsOf(worldOf(events)), defaultContext(ir, { tenant: 1, asOf }))
  const rows = score(before)
  const [u1, ...others] = rows
  assert.ok(u1)
  const changes = new Map([
    ['events', { numerator: whole(3), denominator: null, value: whole(3) }],
    ['good', { numerator: whole(2), denominator: whole(3), value: { digits: 66_666_666_666_666_666_666_666_666_666_666n, scale: 30 } }],
  ])
  const again = rescored(ir, sheetOf(ir, u1), () => others.map((row) => sheetOf(ir, row)), changes)
  const [expected] = score([...before, ['u1', true], ['u1', true]])
  // 3 of 4: 30; 66.67 % of 100: 30 − 33.33 × 0.5 = 13.33; first: 30.
  assert.equal(expected?.total, '73.33')
  assert.equal(shownNumber(again.total), '73.33')
  assert.deepEqual([u1.grade, u1.vetoes, again.grade, again.vetoes], ['差', ['few'], 1, []])
})

test('what reads a measure, by way of other items too', () => {
  const loaded = loadRubric(
    text
      .replace('rule: { kind: rank, best: high, peers: all, ties: min, points: [30, 20], otherwise: 10 }', 'rule: { kind: proportional, target: 9 }')
      .replace('label: 位次, points: 30, input: events', 'label: 位次, points: 30, input: { items: [rate] }'),
    'two.yaml',
    trialCatalogue,
  )
  assert.ok(loaded.ok)
  assert.deepEqual([...itemsReading(loaded.value, new Set(['good']))], ['rate', 'first'])
  assert.deepEqual([...itemsReading(loaded.value, new Set(['events']))], ['many'])
})
