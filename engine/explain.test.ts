// The explanation's arithmetic is the arithmetic of the score.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultContext, evaluate, explainItem, loadRubric } from '#engine/index.ts'
import { rubrics, worlds } from '#engine/test/drawn.ts'
import { factsOf, trialCatalogue, type World } from '#engine/test/trial.ts'
import { draws } from '#test/draws.ts'

const world: World = {
  units: [{ id: 'u1', name: '一', class: '甲', parent: null, staff: 4, open: true }],
  events: [1, 2, 3, 4, 5].map((n) => ({
    unit_id: 'u1',
    day: `2024-0${n}-01`,
    known_from: '2020-01-01T00:00:00Z',
    kind: '会',
    n,
    hours: '1.5',
    ok: n > 1,
    due: null,
    at: null,
    tags: null,
    case_key: null,
  })),
  marks: [],
}

function sentence(input: unknown, rule: object, more: object = {}): string {
  const text = JSON.stringify({
    rubric: 'r',
    version: '1',
    title: '题',
    subject: 'unit',
    population: { source: 'unit' },
    period: { from: '2024-01-01', to: '2024-12-31' },
    defaults: { missing: 'zero', round: '2' },
    measures: { meetings: { label: '会议', unit: ' 次', over: 'event' }, good: { label: '合格率', unit: '%', over: 'event', share: { where: 'ok' } } },
    blocks: [{ id: 'one', label: '一', items: [{ id: 'a', label: '项', points: '10', input, rule, ...more }] }],
    total: { floor: '0', cap: 'none', round: '2' },
    rank: { peers: 'all', ties: 'min' },
  })
  const loaded = loadRubric(text, 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok)
  const item = evaluate(loaded.value, factsOf(world), defaultContext(loaded.value, { tenant: 1, asOf: '2025-01-01T00:00:00Z' }))[0]?.items[0]
  assert.ok(item)
  return explainItem(loaded.value, item).sentence
}

test('each step can be followed with a pocket calculator', () => {
  assert.equal(
    sentence('meetings', { kind: 'proportional', target: '12' }),
    '会议 5 次。5 ÷ 12 = 0.416666666667；10 × 0.416666666667 = 4.166666666667。四舍五入到 2 位小数，不低于 0、不高于 10：4.17 分。',
  )
  assert.equal(
    sentence('good', { kind: 'shortfall', target: '90', lose: '0.5', step: 'started' }),
    '合格率 4 ÷ 5 × 100 = 80%。差 10，合 10 ÷ 1 = 10 个单位（不足一个单位按一个计，计 10）；10 − 0.5 × 10 = 5。四舍五入到 2 位小数，不低于 0、不高于 10：5 分。',
  )
  assert.equal(
    sentence('meetings / subject.staff', { kind: 'deduct', lose: '2' }),
    '会议 5 次，staff 4，x = (meetings ÷ subject.staff) = 1.25。扣 2 × 1.25 = 2.5；10 − 2.5 = 7.5。四舍五入到 2 位小数，不低于 0、不高于 10：7.5 分。',
  )
  assert.equal(
    sentence({ mark: 'none' }, { kind: 'convert', factor: '1' }, { missing: 'peer-mean', peers: 'all' }),
    '没有数据，按规则取可比对象的平均分：没有可比对象有数据，记：0 分。',
  )
  assert.equal(sentence({ mark: 'none' }, { kind: 'convert', factor: '1' }), '没有数据，按规则记 0 分：0 分。')
})

test('every drawn result has an explanation that ends with its points', () => {
  fc.assert(
    fc.property(rubrics, worlds, (rubric, drawn) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'r.yaml', trialCatalogue)
      assert.ok(loaded.ok)
      for (const row of evaluate(loaded.value, factsOf(drawn), defaultContext(loaded.value, { tenant: 1, asOf: '2025-01-01T00:00:00Z' })))
        for (const item of row.items) {
          const { sentence: text, inputs } = explainItem(loaded.value, item)
          assert.ok(item.points === null ? text.endsWith('。') : text.endsWith(`：${item.points} 分。`), text)
          assert.ok(inputs.every(({ label }) => label !== ''))
        }
    }),
    draws(60),
  )
})
