// The arithmetic of blocks and totals is the arithmetic of the score.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultContext, evaluate, explainTotal, loadRubric, type ResultRow, type TotalExplanation } from '#engine/index.ts'
import { rubrics, worlds } from '#engine/test/drawn.ts'
import { factsOf, trialCatalogue } from '#engine/test/trial.ts'
import { draws } from '#test/draws.ts'

const item = (id: string, points: string | null, more: object = {}) => ({
  id,
  label: id,
  points: '10',
  missing: 'exclude',
  input: points === null ? { mark: 'none' } : 'n',
  rule: points === null ? { kind: 'convert', factor: '1' } : { kind: 'formula', value: points },
  ...more,
})

function explained(blocks: object[], more: object = {}): { row: ResultRow; total: TotalExplanation } {
  const text = JSON.stringify({
    rubric: 'r',
    version: '1',
    title: '题',
    subject: 'unit',
    population: { source: 'unit' },
    period: { from: '2024-01-01', to: '2024-12-31' },
    defaults: { missing: 'zero', round: '2' },
    measures: { n: { label: '事', over: 'event' } },
    blocks,
    total: { floor: '0', cap: '100', round: '2' },
    rank: { peers: 'all', ties: 'min' },
    ...more,
  })
  const loaded = loadRubric(text, 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok, JSON.stringify(loaded))
  const world = { units: [{ id: 'u1', name: '一', class: '甲', parent: null, staff: 4, open: true }], events: [], marks: [] }
  const [row] = evaluate(loaded.value, factsOf(world), defaultContext(loaded.value, { tenant: 1, asOf: '2025-01-01T00:00:00Z' }))
  assert.ok(row)
  return { row, total: explainTotal(loaded.value, row) }
}

test('[R-BLK-1] start, sum, floor, weight and rounding stand in the order in which they are done', () => {
  const { total } = explained([{ id: 'a', label: '甲', start: '5', weight: '0.7', items: [item('x', '3.5'), item('y', '-1', { floor: '-5' })] }])
  assert.equal(total.blocks.get('a')?.sentence, '基础分加各项：5 + 3.5 − 1 = 7.5；7.5 × 权重 0.7 = 5.25。')
  assert.equal(total.sentence, '5.25；总分 5.25 分。')
  const low = explained([{ id: 'a', label: '甲', start: '5', floor: '8', items: [item('x', '2')] }])
  assert.equal(low.total.blocks.get('a')?.sentence, '基础分加各项：5 + 2 = 7，最低 8。')
})
test('[R-BLK-3] what is left out is named, and by what the rest is rescaled', () => {
  const { total } = explained([{ id: 'a', label: '甲', items: [item('x', '6'), item('y', null), item('z', '3')] }])
  assert.equal(total.blocks.get('a')?.sentence, '“y”不计，其余 6 + 3 = 9，按 30 ÷ 20 折算：9 × 30 ÷ 20 = 13.5。')
  const none = explained([{ id: 'a', label: '甲', items: [item('y', null)] }])
  assert.equal(none.total.blocks.get('a')?.sentence, '“y”不计，没有可计的部分，整个部分不计。')
  assert.equal(none.total.sentence, '“甲”不计，没有可计的部分，没有总分。')
})
test('a block that does not apply says so instead of its arithmetic', () => {
  const two = (more: object) => [
    { id: 'a', label: '甲', items: [item('x', '6')] },
    { id: 'b', label: '乙', start: '5', items: [item('y', '3')], ...more },
  ]
  const none = explained(two({ when: 'subject.staff > 9' }))
  assert.equal(none.total.blocks.get('b')?.sentence, '这一部分不适用，不计分。')
  assert.equal(none.total.total, none.row.total)
  const rescaled = explained(two({ when: 'subject.staff > 9', whenNone: 'rescale' }))
  assert.equal(rescaled.total.blocks.get('b')?.sentence, '这一部分不适用，由其余部分按比例折算。')
  assert.equal(rescaled.total.sentence, '“乙”不计，其余 6，按 25 ÷ 10 折算：6 × 25 ÷ 10 = 15；总分 15 分。')
  assert.equal(rescaled.total.total, rescaled.row.total)
})
test('[R-TOT-1] bonuses and penalties with their caps, then rounding', () => {
  const { total } = explained([{ id: 'a', label: '甲', items: [item('x', '6.123', { round: '3' })] }], {
    bonuses: { cap: '2', items: [{ id: 'b', label: 'b', points: '5', input: 'n', rule: { kind: 'formula', value: '3' } }] },
    penalties: { cap: 'none', items: [{ id: 'p', label: 'p', points: '5', input: 'n', rule: { kind: 'formula', value: '1' } }] },
  })
  assert.equal(total.sentence, '6.123；加分 3，最高 2；扣分 1；6.123 + 2 − 1 = 7.123；四舍五入到 2 位小数：7.12；总分 7.12 分。')
})
test('[R-BLK-1] [R-TOT-1] for every drawn rubric the blocks and the total that are explained are those of the run', () => {
  fc.assert(
    fc.property(rubrics, worlds, (rubric, drawn) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'r.yaml', trialCatalogue)
      assert.ok(loaded.ok)
      for (const row of evaluate(loaded.value, factsOf(drawn), defaultContext(loaded.value, { tenant: 1, asOf: '2025-01-01T00:00:00Z' }))) {
        const { blocks, total, sentence } = explainTotal(loaded.value, row)
        assert.equal(total, row.total)
        assert.deepEqual(Object.fromEntries([...blocks].map(([id, block]) => [id, block.points])), row.blocks)
        assert.ok(row.total === null ? sentence.endsWith('没有总分。') : sentence.endsWith(`总分 ${row.total} 分。`), sentence)
      }
    }),
    draws(100),
  )
})
