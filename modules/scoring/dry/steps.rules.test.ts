// The next steps of a made-up unit, worked out by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '#base/decimal.ts'
import { type Catalogue, defaultContext, evaluate, type Facts, gradingAmong, loadRubric, sheetOf } from '#engine/index.ts'
import { closedBecause, nextSteps } from './steps.rules.ts'

const column = (name: string, type: 'string' | 'bool' | 'int') => ({ name, label: name, type, sql: `r.${name}` })
const catalogue: Catalogue = {
  sources: [
    { name: 'unit', label: '单位', relation: 'unit r', id: 'r.id', subjects: { unit: 'r.id' }, when: null, columns: [column('name', 'string')] },
    {
      name: 'record.theme-day',
      label: '主题党日',
      relation: 't r',
      id: 'r.id',
      subjects: { unit: 'r.u' },
      when: 'r.day',
      columns: [column('form', 'string'), column('good', 'bool'), column('late', 'bool')],
    },
    {
      name: 'mark',
      label: '评分',
      relation: 'm r',
      id: 'r.id',
      subjects: { unit: 'r.u' },
      when: 'r.day',
      columns: [column('item', 'string'), { name: 'value', label: '分', type: 'decimal', sql: 'r.value' }],
    },
  ],
}
const text = `
rubric: steps
version: 1
title: 还能做什么
subject: unit
population: { source: unit }
period: { from: 2024-01-01, to: 2024-12-31 }
defaults: { round: 2, missing: zero }
measures:
  days: { label: 主题党日次数, over: record.theme-day, unit: 次 }
  early: { label: 上半年的主题党日, over: record.theme-day, unit: 次, period: { to: 2024-06-30 } }
  forms: { label: 形式数, over: record.theme-day, countDistinct: form, unit: 种 }
  good: { label: 达标率, over: record.theme-day, where: '!late', share: { where: good }, unit: '%' }
  bad: { label: 不达标的次数, over: record.theme-day, where: '!good', unit: 次 }
blocks:
  - id: a
    label: 甲
    items:
      - { id: count, label: 全年12次, points: 30, input: days, rule: { kind: tiers, compare: '>=', table: [{ bound: 12, points: 30 }, { bound: 6, points: 20 }, { bound: 5, points: 10 }], otherwise: 0 } }
      - { id: half, label: 上半年6次, points: 10, input: early, rule: { kind: proportional, target: 6 } }
      - { id: form, label: 3种形式, points: 15, input: forms, rule: { kind: proportional, target: 3 } }
      - { id: rate, label: 全部达标, points: 20, input: good, rule: { kind: shortfall, target: 100, lose: 0.2, step: pro-rata } }
      - { id: fault, label: 每次不达标扣2分, points: 10, input: bad, rule: { kind: deduct, lose: 2 } }
      - { id: liked, label: 满意度, points: 15, input: { mark: liked }, rule: { kind: convert, factor: 0.15 } }
total: { floor: 0, cap: 100, round: 2 }
grades: [{ grade: 好, from: 70, quota: { count: 1, ties: out, peers: all } }, { grade: 差 }]
rank: { peers: all, ties: min }
`
const loaded = loadRubric(text, 'steps.yaml', catalogue)
assert.ok(loaded.ok, JSON.stringify(loaded))
const ir = loaded.value

/** Four theme days of u1, of two forms, one of them not good, all in May; twelve good ones of u2. */
const facts: Facts = (source) => {
  if (source === 'unit') return ['u1', 'u2'].map((id) => ({ id, subject: id, when: null, values: { name: id } }))
  if (source === 'mark') return ['u1', 'u2'].map((subject) => ({ id: subject, subject, when: '2024-06-01', values: { item: 'liked', value: '80' } }))
  const day = (subject: string, index: number, form: string, good: boolean) => ({
    id: `${subject}${index}`,
    subject,
    when: '2024-05-01',
    values: { form, good, late: false },
  })
  return [
    ...['a', 'a', 'b', 'b'].map((form, index) => day('u1', index, form, index > 0)),
    ...Array.from({ length: 12 }, (_, index) => day('u2', index, ['a', 'b', 'c'][index % 3] ?? '', true)),
  ]
}
const context = defaultContext(ir, { tenant: 1, asOf: '2025-01-01T00:00:00Z' })
const rows = evaluate(ir, facts, context)
const [u1, u2] = rows
assert.ok(u1 && u2)
// 0 of 30; 6.67; 10; 15 (75 %: 25 × 0.2 lost); 8; 12.
assert.equal(u1.total, '51.67')

const found = (today: string) =>
  nextSteps({
    ir,
    catalogue,
    context,
    today,
    own: sheetOf(ir, u1),
    peers: () => [sheetOf(ir, u2)],
    total: decimal(u1.total ?? '0'),
    gradeOf: gradingAmong(ir, () => [u2]),
    minutesOf: () => null,
  })

test('what brings most for each one more comes first, with the whole sheet counted', () => {
  const { steps } = found('2024-12-20')
  assert.deepEqual(
    steps.map(({ sentence, each, total, grade }) => [sentence, each, total, grade]),
    [
      // The third form is the fifth day too: 5 + 10.
      ['“形式数”再增加1种，+15分', '15', '66.67', '差'],
      // The fifth day 10, and 4 good ones of 5: 80 %, a point more; then 5 of 6. The other unit has the only place in the best grade.
      ['再增加1次主题党日，都符合“达标率”的要求，+11分', '11', '62.67', '差'],
      ['再增加2次主题党日，都符合“达标率”的要求，+21.67分', '10.835', '73.34', '差'],
      ['再增加2次主题党日，+20分', '10', '71.67', '差'],
      ['再增加8次主题党日，+30分', '3.75', '81.67', '差'],
    ],
  )
  assert.deepEqual(steps[0]?.items, [
    { id: 'count', label: '全年12次', gain: '10' },
    { id: 'form', label: '3种形式', gain: '5' },
  ])
})

test('late entries are named, and whether they count; distinct ones too', () => {
  const note = (measure: string) => found('2024-12-20').steps.find((step) => step.measure === measure)?.note ?? ''
  assert.match(note('days'), /补登也算，会标明补录/)
  assert.match(note('good'), /细则对补录另有规定/)
  assert.match(note('forms'), /^只算还没有计过的/)
})

test('what can’t be raised any more says why: a past period, faults that happened, marks', () => {
  assert.deepEqual(
    found('2024-12-20').fixed.map(({ id, lost, why }) => [id, lost, why]),
    [
      ['half', '3.33', '它的统计期已经过了。'],
      ['liked', '3', '由评分决定，登记工作不改变它。'],
      ['fault', '2', '已经发生的扣分不能撤回。'],
    ],
  )
  // Before July the half year can still be mended, by the same days.
  assert.ok(found('2024-06-01').steps.some(({ items }) => items.some(({ id }) => id === 'half')))
})

test('after the period there is nothing to be done', () => {
  assert.equal(closedBecause(ir, '2024-12-31'), '')
  assert.match(closedBecause(ir, '2025-01-01'), /2024年12月31日结束/)
})
